"""Sitzverteilung: the seats of the lists, with three outcomes only: done, a lot between lists, or an error that names what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from beiratswahl.law import hare_niemeyer, sainte_lague, seat_steps
from beiratswahl.law.majority_clause import majority_list, settle_with_clause
from beiratswahl.law.rules import SeatMethod
from beiratswahl.law.seat_lots import Settled, filled, refuse_surplus, settle
from beiratswahl.law.seat_values import ListVotes, LotQuestion, MajoritySeats, Method, Outcome
from beiratswahl.law.trace import Step

_METHODS: dict[SeatMethod, Method] = {
    SeatMethod.SAINTE_LAGUE: sainte_lague.standing_of,
    SeatMethod.HARE_NIEMEYER: hare_niemeyer.standing_of,
}


@dataclass(frozen=True, slots=True)
class Allocation:
    """Sitzverteilung.

    Attributes:
        outcome: DONE, or LOT when `lot` has to be drawn first.
        seats: seats of each list that its candidates can take; with outcome LOT those that are certain.
        vacant: seats that stay empty because a list has no more candidates or nobody has votes; with outcome LOT those that are certain.
        lot: exactly the question to draw, None when done.
        record: what happened; `steps` puts it into words.
    """

    outcome: Outcome
    seats: Mapping[str, int]
    vacant: int
    lot: LotQuestion | None
    record: tuple[tuple[object, ...], ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """Rechenschritte: quotients with rank and the check by divisor, lists named by their keys."""
        return seat_steps.render(self.record, {})

    def steps_with(self, names: Mapping[str, str]) -> tuple[Step, ...]:
        """Rechenschritte: quotients with rank and the check by divisor; a list without words in `names` keeps its key."""
        return seat_steps.render(self.record, names)


def allocate(
    method: SeatMethod,
    seats: int,
    lists: Sequence[ListVotes],
    *,
    majority_clause: bool,
    majority_seats: MajoritySeats | None = None,
    lots: Sequence[str] = (),
) -> Allocation:
    """Sitze verteilen.

    Lists without votes win nothing. A list with more seats than candidates leaves seats empty. Without any votes all seats stay empty.

    Source: § 41 KWG [S]; § 40 Abs. 2 KWG [V]; empty seats [S]; lots § 42 Abs. 4 KWG [Vo].

    Args:
        method: the method of the election date.
        seats: seats to allocate, at least 1.
        lists: all lists with their votes, each name once.
        majority_clause: whether § 41 Abs. 2 KWG applies.
        majority_seats: which reading of § 41 Abs. 2 KWG applies; needed only where the readings differ.
        lots: the lists drawn so far, one for each question in turn.

    Returns:
        The allocation; with outcome LOT call again with the drawn list appended to `lots`.

    Raises:
        LotRefused: a lot is not among the lists in question, or more lots were drawn than asked for.
        MajoritySeatsOpen: the readings of § 41 Abs. 2 KWG differ and `majority_seats` is None.
        ValueError: `seats` is below 1, a name stands twice, or a number is negative.
    """
    _check(seats, lists)
    total = sum(one.votes for one in lists)
    record: tuple[tuple[object, ...], ...] = (("total_votes", total, seats),)
    if total:
        settled, begun = _settle(_METHODS[method], seats, lists, majority_clause, majority_seats, lots)
        record += begun
    else:
        settled = Settled(dict.fromkeys((one.name for one in lists), 0), seats)
        record += (("no_votes", seats),)
    refuse_surplus(lots, settled.used)
    taken = filled(settled, lists)
    record += settled.record
    record += tuple(("vacant", name, number - taken[name]) for name, number in settled.seats.items() if number > taken[name])
    vacant = settled.empty + sum(settled.seats.values()) - sum(taken.values())
    record += (("result", taken, vacant, settled.lot is None),)
    return Allocation(Outcome.LOT if settled.lot else Outcome.DONE, taken, vacant, settled.lot, record)


def _check(seats: int, lists: Sequence[ListVotes]) -> None:
    if seats < 1:
        raise ValueError("Es muss mindestens ein Sitz zu vergeben sein.")
    if len({one.name for one in lists}) < len(lists):
        raise ValueError("Eine Liste ist zweimal angegeben. Jede Liste darf nur einmal vorkommen.")
    if any(one.votes < 0 or (one.candidates or 0) < 0 for one in lists):
        raise ValueError("Stimmen und Bewerberzahlen können nicht negativ sein.")


def _settle(
    method: Method, seats: int, lists: Sequence[ListVotes], clause: bool, reading: MajoritySeats | None, lots: Sequence[str]
) -> tuple[Settled, tuple[tuple[object, ...], ...]]:
    standing = method(seats, lists)
    big = majority_list(lists) if clause else None
    if big is None or 2 * standing.seats[big] > seats:
        return settle(standing, lists, lots), (("standing", standing),)
    return settle_with_clause(method, seats, lists, reading, lots, standing, big), (("standing", standing),)
