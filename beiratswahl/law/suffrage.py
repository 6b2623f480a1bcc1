"""Wahlrecht: the part of the rules that decides who may vote and stand, and the words for its answers."""

from enum import StrEnum
from typing import NamedTuple

from beiratswahl.law.rules import Ground, Level, Rules
from beiratswahl.law.trace import Reason


class Entitlement(StrEnum):
    """Wahlberechtigung: the answer for one person."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


class Category(StrEnum):
    """Personengruppe: how statistics and notices name the persons."""

    FOREIGNER = "Ausländer"
    DUAL_NATIONAL = "Doppelstaater"
    RESETTLER = "Spätaussiedler"
    NATURALISED = "Eingebürgerte"
    CHILD = "Kinder nach § 4 StAG"


class Entry(StrEnum):
    """Eintragung in das Wählerverzeichnis: ex officio or on application."""

    EX_OFFICIO = "ex_officio"
    APPLICATION = "application"


class Decision(NamedTuple):
    """Entscheidung: whether a person may vote, on which ground, and every reason.

    Attributes:
        entitled: yes, no or unclear.
        category: group of the person, None where the facts do not tell it.
        grounds: grounds that hold or may hold.
        entry: how the person comes into the roll; None where no way leads there.
        reasons: for yes every condition, all met; for no every condition, at least one not met; for unclear at least one undecided.
    """

    entitled: Entitlement
    category: Category | None
    grounds: tuple[Ground, ...]
    entry: Entry | None
    reasons: tuple[Reason, ...]


class Suffrage(NamedTuple):
    """Wahlrecht nach den Regeln: the fields of `Rules` that eligibility depends on, under the same names."""

    level: Level
    age: int
    candidate_age: int
    residence_months: int
    grounds: tuple[Ground, ...]
    citizens_may_stand: bool
    dual_nationals_ex_officio: bool | None
    children_of_naturalised: bool | None

    def place(self, detail: str = "") -> str:
        """Fundstelle: the § of the electorate for this body, with a detail such as "Nr. 1"."""
        paragraph, law = ("§ 49a", "LKO") if self.level is Level.DISTRICT else ("§ 56", "GemO")
        return " ".join(part for part in (paragraph, "Abs. 2 Satz 2", detail, law) if part)

    @property
    def admits_dual_nationals(self) -> bool:
        """Doppelstaater im Wahlrecht: whether a German who also holds a foreign nationality belongs to NR1.

        Source: § 56 Abs. 2 Satz 2 Nr. 1 GemO since 2009, reading of AGARP [S]; the law of 1994 asked for Ausländer alone [Vo].
        """
        return Ground.NR2B in self.grounds

    @property
    def to_be_confirmed(self) -> tuple[str, ...]:
        """Zu bestätigen: the open rules of the electorate that can matter on that day and have no value."""
        relevant = {
            "dual_nationals_ex_officio": self.admits_dual_nationals and self.dual_nationals_ex_officio is None,
            "children_of_naturalised": Ground.NR2D in self.grounds and self.children_of_naturalised is None,
        }
        return tuple(rule for rule, is_open in relevant.items() if is_open)


def suffrage_of(rules: Rules) -> Suffrage:
    """Wahlrecht einer Wahl: the part of its rules that eligibility depends on."""
    return Suffrage(*(getattr(rules, name) for name in Suffrage._fields))
