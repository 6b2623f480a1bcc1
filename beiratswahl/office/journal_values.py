"""The values of journal entries in German: ballots, rules, sums by reason, dates; nothing is shown as it is stored."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from beiratswahl import words
from beiratswahl.law.postal import Rejection
from beiratswahl.law.rule_layers import RuleError
from beiratswahl.law.rule_parameters import PARAMETERS
from beiratswahl.law.rule_sets import RuleSet, rule_set_of
from beiratswahl.law.suffrage import Entitlement, Entry
from beiratswahl.office import roll_words, rule_words
from beiratswahl.operations.ballot_words import REASONS, content_of
from beiratswahl.operations.ballots import ballot_of

#: stored words that stand for something; a text that somebody typed is never one of them
CODES: dict[str, str] = {
    **REASONS,
    **{rejection.key: rejection.text for rejection in Rejection},
    **{value: text for answers in rule_words.ANSWERS.values() for value, text in answers if value not in ("true", "false")},
    Entitlement.YES.value: "wahlberechtigt",
    Entitlement.NO.value: "nicht wahlberechtigt",
    Entitlement.UNCLEAR.value: "unklar",
    Entry.EX_OFFICIO.value: "von Amts wegen",
    Entry.APPLICATION.value: "auf Antrag",
}
#: names inside of values; those of the entry itself are in `journal_words.KEYS`
NESTED = {
    "began": "Beginn",
    "blocked": "gesperrt",
    "chair": "Vorsitz",
    "confirmations": "bestätigt",
    "corrections": "Berichtigungen",
    "district": "Bezirk",
    "ended": "Ende",
    "members": "Mitglieder",
    "place": "Ort",
    "recorder": "Schriftführung",
    "values": "Werte",
    "with_certificate": "mit Wahlschein",
    "without_certificate": "ohne Wahlschein",
}


def said(key: str, value: object, names: Mapping[str, str]) -> str:
    """Einzelheit in words.

    Args:
        key: name of the detail.
        value: what is stored of it, a JSON value.
        names: German words for names.
    """
    if value is None or value in ("", [], {}):
        return "–"
    if key in _WHOLE and isinstance(value, dict | list):
        try:
            return _WHOLE[key](value)
        except (RuleError, KeyError, ValueError):  # written by an older program: told part by part
            return _said(value, {**names, **NESTED, **CODES})
    return _said(value, {**names, **NESTED, **CODES})


def _said(value: object, names: Mapping[str, str]) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{names.get(name, name)}: {_said(each, names)}" for name, each in value.items())
    if isinstance(value, list):
        between = "; " if any(isinstance(each, list | dict) for each in value) else ", "
        return between.join(_said(each, names) for each in value if each != "")
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, int):
        return str(value)
    return _text(str(value)) if value not in (None, "") else "–"


def _text(text: str) -> str:
    """A stored word or moment for people; anything else as it is."""
    if text in CODES:
        return CODES[text]
    try:
        if len(text) == len("2026-11-15"):
            return words.short_date(date.fromisoformat(text))
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return words.moment(at) if at.tzinfo else text


def _rules(stored: Any) -> str:
    of = rule_set_of(stored)
    return "; ".join(f"{PARAMETERS[key].title}: {rule_words.said(value, of.day)}" for key, value in _stated(of).items())


def _stated(of: RuleSet) -> dict[str, Any]:
    confirmed = {confirmation.key: confirmation.value for confirmation in of.confirmations}
    return {**of.bylaw.values, **of.notice.values, **confirmed}


def _persons(stored: Any) -> str:
    lines = []
    for entitled, category, entry, persons in stored:
        said_of = roll_words.answer(entitled, entry)
        about = (said_of, category, "" if said_of == roll_words.ON_APPLICATION else CODES.get(entry, entry))
        lines.append(f"{words.number(persons)} {', '.join(part for part in about if part)}")
    return "; ".join(lines)


#: details that are told as a whole
_WHOLE: dict[str, Callable[[Any], str]] = {
    "ballot": lambda stored: content_of(ballot_of(stored)),
    "counts": _persons,
    "rules": _rules,
    "void_lots": lambda stored: ", ".join(f"Los {number}: {winner}" for number, winner in stored),
}
