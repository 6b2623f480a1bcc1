"""Sitzverteilung: the values of the allocation of seats. The rules that work on them are in `seats`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple, Protocol


class MajoritySeats(StrEnum):
    """Lesart der Mehrheitsklausel: what a list with more than half of the votes gets; the text of § 41 Abs. 2 KWG was not seen."""

    ONE_FURTHER = "one_further"
    AS_MANY_AS_NEEDED = "as_many_as_needed"


class Outcome(StrEnum):
    """Ausgang: the allocation is complete, or a lot between lists has to be drawn first."""

    DONE = "done"
    LOT = "lot"


class ListVotes(NamedTuple):
    """Stimmen eines Wahlvorschlags.

    Attributes:
        name: key of the list.
        votes: votes of all its candidates, at least 0 (§ 40 Abs. 2 KWG).
        candidates: how many candidates it has; None when it has enough for every seat.
    """

    name: str
    votes: int
    candidates: int | None = None


class LotQuestion(NamedTuple):
    """Losfrage: exactly what the lot has to decide.

    Attributes:
        seat: number of the seat, 1 for the first.
        among: the lists that stand equal, in the order of the lists.
    """

    seat: int
    among: tuple[str, ...]


class RankedSeat(NamedTuple):
    """Höchstzahl: the `nth` seat of a list in the order of quotients."""

    name: str
    votes: int
    nth: int

    @property
    def quotient(self) -> Fraction:
        """Quotient: votes divided by nth - 1/2 (0.5, 1.5, 2.5 …)."""
        return Fraction(2 * self.votes, 2 * self.nth - 1)


class Share(NamedTuple):
    """Quote: what a list gets by proportion in Hare-Niemeyer; whole seats, and the remainder as a numerator over all votes."""

    name: str
    votes: int
    whole: int
    remainder: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Zwischenstand: what a method gives before any lot.

    Attributes:
        seats: seats each list has without doubt; every list is named.
        tied: lists that stand equal for the open seats, in the order of the lists; empty when nothing is open.
        open: seats open among them, fewer than there are tied lists.
    """

    seats: Mapping[str, int]
    tied: tuple[str, ...]
    open: int


@dataclass(frozen=True, slots=True)
class QuotientStanding(Standing):
    """Zwischenstand nach Höchstzahlen.

    Attributes:
        total: seats to allocate.
        lists: the lists that take part.
        ranked: the seats without doubt, highest quotient first.
        next: the seats that come next; all of them have the same quotient.
    """

    total: int
    lists: tuple[ListVotes, ...]
    ranked: tuple[RankedSeat, ...]
    next: tuple[RankedSeat, ...]


@dataclass(frozen=True, slots=True)
class ShareStanding(Standing):
    """Zwischenstand nach Quoten.

    Attributes:
        total: seats to allocate.
        votes: votes of all lists that take part.
        shares: shares of the lists, largest remainder first.
    """

    total: int
    votes: int
    shares: tuple[Share, ...]


class Method(Protocol):
    """Verfahren: seats and lists in, the standing before any lot out. The lists have at least one vote together."""

    def __call__(self, seats: int, lists: Sequence[ListVotes], /) -> Standing: ...
