"""Regelwerk einer Wahl: statute by date < bylaw < notice, and what persons have confirmed, put together into `Rules`.

The layers are what the archive keeps; `Rules` is rebuilt from them each time, so a value never loses its source.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from beiratswahl.law.rule_contradictions import contradictions
from beiratswahl.law.rule_layers import Confirmation, Layer, Origin, Problem, RuleError, confirmation_of, empty_layer, layer_of
from beiratswahl.law.rule_parameters import PARAMETERS, REQUIRED, Parameter
from beiratswahl.law.rule_values import Value, plain, shown
from beiratswahl.law.rule_versions import CHANGING, BeforeFirstVersion, StatuteText, statute_text, version_on
from beiratswahl.law.rules import Rules, RuleVersion, System, confirmable


class Setting(NamedTuple):
    """Geltender Wert: what holds for one rule, from which layer and source.

    Attributes:
        parameter: what the rule means and where it stands.
        value: what holds; None where nothing applies or somebody must still say it.
        origin: the layer that decided.
        source: the document or § that says so; for a confirmation the person, day and reason.
        mark: confidence in the statute's text; empty where a document of the municipality or a person answers for it.
    """

    parameter: Parameter
    value: Value
    origin: Origin
    source: str
    mark: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Regelwerk: the layers from which one election's rules are built.

    Attributes:
        day: election day; it chooses the version of the statute.
        bylaw: values of the bylaw (Satzung).
        notice: values of the public notice (Bekanntmachung), which win over the bylaw.
        confirmations: acts in their order; the last one for a rule counts.
    """

    day: date
    bylaw: Layer = field(default_factory=lambda: empty_layer(Origin.BYLAW))
    notice: Layer = field(default_factory=lambda: empty_layer(Origin.NOTICE))
    confirmations: tuple[Confirmation, ...] = ()

    def settings(self) -> dict[str, Setting]:
        """Geltende Werte: for every rule what holds and why, even while some are still open.

        Raises:
            RuleError: layers contradict each other, the statute, or themselves; all problems together.
        """
        version = _version(self.day)
        stated = self._stated()
        settled: dict[str, Setting] = {}
        chosen: dict[str, Value] = {}
        problems = self._overruled(stated)
        for key, parameter in PARAMETERS.items():
            statute = _statute(parameter, version, chosen)
            setting = stated.get(key, statute)
            if parameter.fixed and setting.value != statute.value:
                text = f"Das legt das Gesetz fest ({statute.source}). Erlaubt ist nur: {shown(plain(statute.value))}."
                problems.append(Problem(setting.origin, key, text))
            settled[key] = setting
            chosen[key] = setting.value
        problems += contradictions(chosen)
        if problems:
            raise RuleError(problems)
        return settled

    def rules(self) -> Rules:
        """Regeln: the frozen value for every law function.

        Raises:
            RuleError: system or seats are not given, or the layers contradict each other.
        """
        values: dict[str, Any] = {key: setting.value for key, setting in self.settings().items()}
        missing = [key for key in REQUIRED if values[key] is None]
        if missing:
            texts = ((key, PARAMETERS[key].kind.allowed) for key in missing)
            raise RuleError(Problem(None, key, f"Diese Regel fehlt. Erlaubt ist: {allowed}.") for key, allowed in texts)
        return Rules(**values)

    def to_be_confirmed(self) -> tuple[str, ...]:
        """Zu bestätigen: the rules that neither bylaw, notice nor a person has settled and that matter for this election."""
        settings = self.settings()
        return tuple(key for key in open_rules(settings) if settings[key].value is None)

    def confirmed(self, confirmation: Confirmation) -> "RuleSet":
        """Bestätigen: the same layers with one more confirmation."""
        return replace(self, confirmations=(*self.confirmations, confirmation))

    def stating(self, origin: Origin, key: str, value: object, source: str) -> "RuleSet":
        """Regel ändern: the same layers, with the bylaw or the notice settling a rule anew, and no other document or person.

        Args:
            origin: bylaw or notice.
            key: name of the rule.
            value: plain value; None where the documents are silent.
            source: name and date of the document.

        Raises:
            RuleError: the rule is unknown or the value not allowed.
        """
        layer_of(origin, {} if value is None and key in PARAMETERS else {key: value})
        documents = {}
        for layer in (self.bylaw, self.notice):
            values: dict[str, object] = {name: plain(kept) for name, kept in layer.values.items() if name != key}
            if layer.origin is origin and value is not None:
                values[key] = value
            documents[layer.origin] = layer_of(layer.origin, values, source if layer.origin is origin else layer.source)
        acts = tuple(act for act in self.confirmations if act.key != key)
        return replace(self, bylaw=documents[Origin.BYLAW], notice=documents[Origin.NOTICE], confirmations=acts)

    def to_plain(self) -> dict[str, object]:
        """Schreibweise: plain JSON values that `rule_set_of` reads back unchanged."""
        return {
            "day": self.day.isoformat(),
            "bylaw": self.bylaw.to_plain(),
            "notice": self.notice.to_plain(),
            "confirmations": [confirmation.to_plain() for confirmation in self.confirmations],
        }

    def _stated(self) -> dict[str, Setting]:
        stated = {}
        for layer in (self.bylaw, self.notice):
            for key, value in layer.values.items():
                stated[key] = Setting(PARAMETERS[key], value, layer.origin, layer.source, "")
        for act in self.confirmations:
            source = f"{act.name}, {act.day:%d.%m.%Y}: {act.reason}"
            stated[act.key] = Setting(PARAMETERS[act.key], act.value, Origin.CONFIRMATION, source, "")
        return stated

    def _overruled(self, stated: Mapping[str, Setting]) -> list[Problem]:
        documents = {**self.bylaw.values, **self.notice.values}
        text = "Satzung oder Bekanntmachung regeln das anders. Erlaubt ist nur, was dort steht; bitte das Dokument prüfen."
        return [
            Problem(Origin.CONFIRMATION, key, text)
            for key, setting in stated.items()
            if setting.origin is Origin.CONFIRMATION and documents.get(key, setting.value) != setting.value
        ]


def open_rules(settings: Mapping[str, Setting]) -> tuple[str, ...]:
    """Bestätigungsbedürftige Regeln dieser Wahl: names of the rules that have no silent default here."""
    version, system, list_mark = (settings[key].value for key in ("version", "system", "list_mark"))
    return confirmable(RuleVersion(str(version)), System(str(system)) if system else None, list_mark is True)


def rule_set_of(raw: object) -> RuleSet:
    """Regelwerk lesen: the layers from plain JSON values, strictly.

    Args:
        raw: what `RuleSet.to_plain` wrote, or a rules file of the same form; only "day" is required.

    Returns:
        The rule set; `rules()` still reports contradictions.

    Raises:
        RuleError: unknown parts, unknown rules, wrong types or ranges; all of them together.
    """
    form = 'ein Objekt mit "day" und wahlweise "bylaw", "notice", "confirmations"'
    if not isinstance(raw, Mapping):
        raise RuleError([Problem(None, "Regelwerk", f"Erlaubt ist: {form}.")])
    problems = [
        Problem(None, str(key), f"Diesen Teil gibt es nicht. Erlaubt ist: {form}.")
        for key in raw
        if key not in {"day", "bylaw", "notice", "confirmations"}
    ]
    day = _day(raw.get("day"), "day", problems)
    bylaw = _layer(Origin.BYLAW, "bylaw", raw, problems)
    notice = _layer(Origin.NOTICE, "notice", raw, problems)
    acts = raw.get("confirmations", [])
    if not isinstance(acts, list | tuple):
        problems.append(Problem(None, "confirmations", "Erlaubt ist: eine Liste von Bestätigungen."))
        acts = []
    confirmations = tuple(act for raw_act in acts if (act := _confirmation(raw_act, problems)))
    if problems:
        raise RuleError(problems)
    return RuleSet(day, bylaw, notice, confirmations)


def _version(day: date) -> RuleVersion:
    try:
        return version_on(day)
    except BeforeFirstVersion as error:
        raise RuleError([Problem(None, "day", str(error))]) from error


def _statute(parameter: Parameter, version: RuleVersion, chosen: Mapping[str, Value]) -> Setting:
    if parameter.key == "version":
        text = StatuteText(version, parameter.source, parameter.mark)
    elif parameter.key in CHANGING:
        text = statute_text(version, parameter.key)
    else:
        text = StatuteText(parameter.statute(chosen), parameter.source, parameter.mark)
    return Setting(parameter, text.value, Origin.STATUTE, text.source, text.mark)


def _day(raw: object, key: str, problems: list[Problem]) -> date:
    try:
        day = date.fromisoformat(str(raw))
    except ValueError:
        day = date.max
    if day.isoformat() != raw:
        problems.append(Problem(None, key, f'„{shown(raw)}“ ist kein Tag. Erlaubt ist ein Datum wie "2024-11-10".'))
    return day


def _layer(origin: Origin, key: str, raw: Mapping[str, object], problems: list[Problem]) -> Layer:
    part = raw.get(key, {})
    values = part.get("values", {}) if isinstance(part, Mapping) else None
    if not isinstance(part, Mapping) or not isinstance(values, Mapping) or part.keys() - {"source", "values"}:
        problems.append(Problem(None, key, 'Erlaubt ist: ein Objekt mit "source" (Text) und "values" (Regeln).'))
        return empty_layer(origin)
    try:
        return layer_of(origin, values, str(part.get("source", "")))
    except RuleError as error:
        problems.extend(error.problems)
        return empty_layer(origin)


def _confirmation(raw: object, problems: list[Problem]) -> Confirmation | None:
    parts = {"key", "value", "name", "day", "reason"}
    if not isinstance(raw, Mapping) or raw.keys() != parts:
        problems.append(Problem(None, "confirmations", f"Erlaubt ist: ein Objekt mit {', '.join(sorted(parts))}."))
        return None
    day = _day(raw["day"], "confirmations", problems)
    try:
        return confirmation_of(str(raw["key"]), raw["value"], str(raw["name"]), day, str(raw["reason"]))
    except RuleError as error:
        problems.extend(error.problems)
        return None
