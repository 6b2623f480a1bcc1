"""Rules in a JSON call: names and values as in part A of the rules, laid over the statute of that election day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from beiratswahl.commands.json_input import InputError, date_at
from beiratswahl.law.rule_layers import CONFIRMABLE, Origin, RuleError, layer_of
from beiratswahl.law.rule_sets import RuleSet, Setting


def rule_set_at(value: object, path: str, day: date) -> RuleSet:
    """Regeln einer Anfrage: the rule set of an election day with the rules given in the call.

    Args:
        value: an object of rule names and values; a rule to be confirmed may be null, which says nothing.
        path: its JSON path.
        day: election day.

    Returns:
        The rule set; the rules of the call stand where the bylaw stands.

    Raises:
        InputError: unknown names, wrong types, values out of range, or rules that contradict each other; all of them in one message.
    """
    if not isinstance(value, Mapping):
        raise InputError(path, "Hier wird ein Objekt mit Regeln erwartet.")
    said = {key: raw for key, raw in value.items() if raw is not None or key not in CONFIRMABLE}
    try:
        rule_set = RuleSet(day, layer_of(Origin.BYLAW, said, "Anfrage"))
        rule_set.settings()
    except RuleError as error:
        raise rule_fault(error, path) from error
    return rule_set


def rule_fault(error: RuleError, path: str) -> InputError:
    """Regelfehler als Eingabefehler: the path of the first problem, the texts of all."""
    first, *others = error.problems
    further = "".join(f" Außerdem {path}.{problem.key}: {problem.text}" for problem in others)
    return InputError(f"{path}.{first.key}", f"{first.text}{further}")


def election_day_at(value: object, path: str) -> date:
    """Wahltag: a calendar day for which the statute is known.

    Raises:
        InputError: no day, or a day before the first version of the statute.
    """
    day = date_at(value, path)
    try:
        RuleSet(day).settings()
    except RuleError as error:
        raise InputError(path, error.problems[0].text) from error
    return day


def projected(settings: Mapping[str, Setting], fields: tuple[str, ...]) -> list[Any]:
    """Ausschnitt: the values of some rules, in this order."""
    return [settings[name].value for name in fields]


def require_confirmed(missing: tuple[str, ...], path: str) -> None:
    """Bestätigung verlangen: names every rule that is left out and has no silent default.

    Raises:
        InputError: at least one rule is missing.
    """
    if missing:
        names = ", ".join(f"„{name}“" for name in missing)
        text = "Diese Regel hat keine stille Vorgabe, weil der Gesetzestext dazu nicht eindeutig ist. Bitte angeben:"
        raise InputError(f"{path}.{missing[0]}", f"{text} {names}.")
