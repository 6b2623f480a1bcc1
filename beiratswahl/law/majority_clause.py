"""Mehrheitsklausel: a list with more than half of the votes gets more than half of the seats (§ 41 Abs. 2 KWG)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from beiratswahl.law.seat_lots import Settled, check_lot, filled, settle
from beiratswahl.law.seat_values import ListVotes, LotQuestion, MajoritySeats, Method, Standing


class MajoritySeatsOpen(ValueError):
    """Lesart offen: the readings of § 41 Abs. 2 KWG give different seats and nobody has decided between them."""

    def __init__(self) -> None:
        super().__init__(
            "Die Lesarten der Mehrheitsklausel (§ 41 Abs. 2 KWG) führen hier zu verschiedenen Ergebnissen. Bitte mit „majority_seats“ "
            "festlegen: „one_further“ (ein weiterer Sitz) oder „as_many_as_needed“ (so viele wie nötig)."
        )


def majority_list(lists: Sequence[ListVotes]) -> str | None:
    """Mehrheitsliste: the list with more than half of the votes.

    Source: § 41 Abs. 2 KWG [S]: exactly half is not enough.

    Returns:
        Its name; None when no list has more than half.
    """
    total = sum(one.votes for one in lists)
    return next((one.name for one in lists if 2 * one.votes > total), None)


def settle_with_clause(
    method: Method, seats: int, lists: Sequence[ListVotes], reading: MajoritySeats | None, lots: Sequence[str], standing: Standing, big: str
) -> Settled:
    """Sitze mit Mehrheitsklausel, when the list would not get more than half of the seats without a lot.

    The list gets its seats first; the others share the rest by the same method. A tie about whether it gets its last seat is drawn only
    where the result depends on it: by quotients a list one seat short gets it in any case, by lot or by the clause.

    Source: § 41 Abs. 2 KWG [S]; readings and interplay with lots [I].

    Args:
        method: the method of allocation.
        seats: seats to allocate, at least 1.
        lists: all lists.
        reading: decides where one further seat gives no majority; None when undecided.
        lots: drawn lots.
        standing: what the method gave without the clause.
        big: the list with more than half of the votes; it has at most half of the seats in `standing`.

    Returns:
        The settled seats, or the open question.

    Raises:
        MajoritySeatsOpen: the readings differ and `reading` is None.
        LotRefused: a drawn lot is not among the tied lists.
    """
    held, most = standing.seats[big], seats // 2
    if held < most and reading is None:
        results = [settle_with_clause(method, seats, lists, one, (), standing, big) for one in MajoritySeats]
        if any(one.lot for one in results) or filled(results[0], lists) != filled(results[1], lists):
            raise MajoritySeatsOpen
    further = held < most and reading is MajoritySeats.ONE_FURTHER

    def with_seats(target: int, lots: Sequence[str], first: int) -> Settled:
        return _settle_others(method, seats, lists, big, target, lots, first)

    if big not in standing.tied or (held < most and not further):
        # even with the tied seat the list would be short of a majority, so no lot about it matters
        return with_seats(held + 1 if further else most + 1, lots, 0)
    if further:
        # the last seat by lot, and one further in either case
        return _draw(standing, big, lists, lots, lambda _, lots, first: with_seats(held + 2, lots, first), partial(with_seats, held + 1))
    return _draw(standing, big, lists, lots, lambda now, lots, first: settle(now, lists, lots, first), partial(with_seats, most + 1))


def _settle_others(
    method: Method, seats: int, lists: Sequence[ListVotes], big: str, target: int, lots: Sequence[str], first: int
) -> Settled:
    others = [one for one in lists if one.name != big]
    rest = method(seats - target, others)
    combined = Standing({one.name: target if one.name == big else rest.seats[one.name] for one in lists}, rest.tied, rest.open)
    settled = settle(combined, lists, lots, first)
    return replace(settled, record=(("majority_clause", big, target, seats), ("standing", rest), *settled.record))


def _draw(
    standing: Standing,
    big: str,
    lists: Sequence[ListVotes],
    lots: Sequence[str],
    won: Callable[[Standing, Sequence[str], int], Settled],
    lost: Callable[[Sequence[str], int], Settled],
) -> Settled:
    now, used = standing, 0
    record: list[tuple[object, ...]] = []
    while now.open:
        up, down = won(_give(now, big), (), 0), lost((), 0)
        if _same(up, down, lists):
            break
        question = LotQuestion(sum(now.seats.values()) + 1, now.tied)
        if used == len(lots):
            certain = {name: min(number, down.seats[name]) for name, number in up.seats.items()}
            return Settled(certain, 0, question, used, (*record, ("lot_needed", question)))
        drawn = check_lot(question, lots, used)
        record.append(("lot_drawn", question, drawn))
        now, used = _give(now, drawn), used + 1
        if drawn == big:
            result = won(now, lots, used)
            return replace(result, used=used + result.used, record=(*record, *result.record))
    result = lost(lots, used)
    return replace(result, used=used + result.used, record=(*record, *result.record))


def _same(one: Settled, other: Settled, lists: Sequence[ListVotes]) -> bool:
    # nothing differs: the same seats are taken, or the same question is put about the same seats
    if one.lot is None and other.lot is None:
        return filled(one, lists) == filled(other, lists)
    return (one.seats, one.lot) == (other.seats, other.lot)


def _give(standing: Standing, name: str) -> Standing:
    seats = {other: number + (other == name) for other, number in standing.seats.items()}
    return Standing(seats, tuple(other for other in standing.tied if other != name), standing.open - 1)
