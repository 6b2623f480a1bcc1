"""Sainte-Laguë/Schepers: the divisor method with standard rounding, by ranking of quotients and, as the reader checks it, by divisor."""

import heapq
from collections.abc import Sequence
from fractions import Fraction
from itertools import takewhile
from math import lcm

from beiratswahl.law.seat_values import ListVotes, QuotientStanding, RankedSeat


def standing_of(seats: int, lists: Sequence[ListVotes]) -> QuotientStanding:
    """Sitze nach Höchstzahlen: the seats go to the highest quotients votes / 0.5, votes / 1.5 and so on.

    Source: § 41 Abs. 1 KWG [S]; § 29 Abs. 2 LWahlG [V].

    Args:
        seats: seats to allocate, at least 0.
        lists: lists; those without votes get nothing. At least one has votes.

    Returns:
        The standing; lists whose quotients tie for the last seats are `tied`.
    """
    # all quotients over one common denominator, so that integers decide
    common = lcm(*range(1, 2 * seats + 4, 2))
    order = {one.name: place for place, one in enumerate(lists)}
    heap = [(-one.votes * common, place, 1) for place, one in enumerate(lists) if one.votes]
    heapq.heapify(heap)
    taken: list[tuple[int, int, int]] = []
    # one more than there are seats, and everything that ties with it, shows the cut
    while len(taken) <= seats or heap[0][0] == taken[-1][0]:
        taken.append(heap[0])
        _, place, nth = heap[0]
        heapq.heapreplace(heap, (-lists[place].votes * (common // (2 * nth + 1)), place, nth + 1))
    cut = taken[-1][0]
    above = list(takewhile(lambda entry: entry[0] < cut, taken))
    following = taken[len(above) :]
    won = dict.fromkeys(order, 0)
    for _, place, nth in above:
        won[lists[place].name] = nth
    open_seats = seats - len(above)
    tied = tuple(lists[place].name for place in sorted(place for _, place, _ in following)) if open_seats else ()
    return QuotientStanding(
        seats=won,
        tied=tied,
        open=open_seats,
        total=seats,
        lists=tuple(lists),
        ranked=tuple(RankedSeat(lists[place].name, lists[place].votes, nth) for _, place, nth in above),
        next=tuple(RankedSeat(lists[place].name, lists[place].votes, nth) for _, place, nth in following),
    )


def divisor_of(standing: QuotientStanding) -> Fraction:
    """Zuteilungsdivisor: a divisor with which the rounded quotients add up to the seats, as round a number as there is.

    Source: § 41 Abs. 1 KWG [I]; § 29 Abs. 2 LWahlG [V].

    Returns:
        A number strictly between the last quotient that wins and the first that does not; the tied quotient itself when lists tie, so that
        those quotients end in exactly one half.
    """
    low = standing.next[0].quotient
    if standing.open or not standing.ranked:
        return low
    high = standing.ranked[-1].quotient
    power = len(str(high.numerator // high.denominator))
    while True:
        step = Fraction(10) ** power
        divisor = (low // step + 1) * step
        if divisor < high:
            return divisor
        power -= 1


def rounded(votes: int, divisor: Fraction) -> tuple[int, bool]:
    """Standardrundung: votes divided by the divisor, below one half down, above it up.

    Source: § 29 Abs. 2 LWahlG [V].

    Returns:
        The whole number, rounded down at exactly one half; and whether it was exactly one half, so that a lot decides.
    """
    halves = Fraction(2 * votes * divisor.denominator, divisor.numerator) + 1
    whole = halves // 2
    is_half = halves == 2 * whole
    return (whole - 1 if is_half else whole), is_half


def missing_votes(standing: QuotientStanding) -> int | None:
    """Fehlende Stimmen: how many more votes the next list would have needed to win the last seat, all else equal.

    Returns:
        At least 1; None when lists tie, when no seat was won, or when the next quotient belongs to the list that won the last seat.
    """
    if standing.open or not standing.ranked:
        return None
    last, following = standing.ranked[-1], standing.next[0]
    if last.name == following.name:
        return None
    return last.quotient * (2 * following.nth - 1) // 2 + 1 - following.votes
