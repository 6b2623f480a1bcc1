"""Regelschichten: what a bylaw, a notice or a confirmation says, read strictly from plain values.

Nothing unknown, mistyped or out of range passes; every mistake is reported at once, with the name of the rule and what is allowed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from beiratswahl.law.rule_parameters import PARAMETERS
from beiratswahl.law.rule_values import Plain, Value, plain, shown


class Origin(StrEnum):
    """Herkunft: which layer a value comes from; later ones win over earlier ones."""

    STATUTE = "Gesetz"
    BYLAW = "Satzung"
    NOTICE = "Bekanntmachung"
    CONFIRMATION = "Bestätigung"


class Problem(NamedTuple):
    """Mangel: what is wrong with one rule.

    Attributes:
        origin: the layer it stands in, None where several layers contradict each other.
        key: name of the rule, or of the part of the file.
        text: German sentence: what is wrong and what is allowed.
    """

    origin: Origin | None
    key: str
    text: str

    def __str__(self) -> str:
        """Give the sentence with its place in front."""
        place = self.key if self.origin is None else f"{self.origin}, {self.key}"
        return f"{place}: {self.text}"


class RuleError(ValueError):
    """Regelfehler: rules that cannot hold; `problems` names all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Layer:
    """Regelschicht: the values of one bylaw or notice.

    Attributes:
        origin: bylaw or notice.
        source: name and date of the document, e.g. "Satzung vom 16.09.2024".
        values: rule name to value; only what the document says.
    """

    origin: Origin
    source: str
    values: Mapping[str, Value]

    def to_plain(self) -> dict[str, object]:
        """Schreibweise: plain JSON values that `layer_of` reads back unchanged."""
        return {"source": self.source, "values": {key: plain(value) for key, value in self.values.items()}}


def empty_layer(origin: Origin) -> Layer:
    """Leere Schicht: a document that settles nothing."""
    return Layer(origin, "", MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Bestätigung: a named person settles a rule whose legal text was not seen.

    Attributes:
        key: name of the rule.
        value: what holds.
        name: who confirmed it.
        day: on which day.
        reason: why, e.g. "Text der Satzung § 7 eingesehen".
    """

    key: str
    value: Value
    name: str
    day: date
    reason: str

    def to_plain(self) -> dict[str, Plain]:
        """Schreibweise: plain JSON values that `confirmation_of` reads back unchanged."""
        return {"key": self.key, "value": plain(self.value), "name": self.name, "day": self.day.isoformat(), "reason": self.reason}


CONFIRMABLE = (
    "remaining_votes",
    "majority_overvote",
    "majority_clause",
    "majority_seats",
    "dual_nationals_ex_officio",
    "children_of_naturalised",
    "application_deadline",
)


def layer_of(origin: Origin, values: Mapping[str, object], source: str = "") -> Layer:
    """Schicht lesen: the values of a bylaw or notice from plain JSON values.

    Source: § 56 Abs. 2 GemO: the bylaw settles the details by the principles of municipal election law [Vo].

    Args:
        origin: bylaw or notice.
        values: rule name to plain value.
        source: name and date of the document.

    Returns:
        The layer, every value in its own form.

    Raises:
        RuleError: unknown names, wrong types or values out of range; all of them together.
    """
    problems: list[Problem] = []
    read: dict[str, Value] = {}
    for key, raw in values.items():
        parameter = PARAMETERS.get(key)
        if parameter is None:
            problems.append(Problem(origin, key, f"Diese Regel gibt es nicht. Erlaubt sind: {', '.join(PARAMETERS)}."))
            continue
        value = parameter.kind.read(raw)
        if value is None:
            problems.append(Problem(origin, key, f"„{shown(raw)}“ ist hier nicht erlaubt. Erlaubt ist: {parameter.kind.allowed}."))
        read[key] = value
    if problems:
        raise RuleError(problems)
    return Layer(origin, source, MappingProxyType(read))


def confirmation_of(key: str, value: object, name: str, day: date, reason: str) -> Confirmation:
    """Bestätigung lesen: an act that settles one open rule.

    Source: § 56 Abs. 2 GemO, §§ 37, 38, 41 KWG: texts not seen, so a person answers for the value [I].

    Args:
        key: name of the rule, one of `CONFIRMABLE`.
        value: plain value.
        name: who confirms it.
        day: when.
        reason: on which ground.

    Returns:
        The confirmation, its value in its own form.

    Raises:
        RuleError: the rule needs no confirmation, the value is not allowed, or name or reason are empty.
    """
    if key not in CONFIRMABLE:
        text = f"Diese Regel ist nicht zu bestätigen. Zu bestätigen sind nur: {', '.join(CONFIRMABLE)}."
        raise RuleError([Problem(Origin.CONFIRMATION, key, text)])
    problems = []
    kind = PARAMETERS[key].kind
    read = kind.read(value)
    if read is None:
        problems.append(Problem(Origin.CONFIRMATION, key, f"„{shown(value)}“ ist hier nicht erlaubt. Erlaubt ist: {kind.allowed}."))
    if not name.strip() or not reason.strip():
        problems.append(Problem(Origin.CONFIRMATION, key, "Name oder Begründung fehlt. Eine Bestätigung nennt, wer sie warum abgibt."))
    if problems:
        raise RuleError(problems)
    return Confirmation(key, read, name, day, reason)
