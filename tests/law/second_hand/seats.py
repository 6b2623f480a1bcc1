"""Sitzzuteilung a second time: try every divisor, keep every result the rounding allows, ask where results differ.

Source: § 41 KWG (wording as § 29 Abs. 2 LWahlG) [I]; majority clause § 41 Abs. 2 KWG [S]; vacant seats [S]; Hare-Niemeyer before 2014 [S].
"""

from fractions import Fraction
from itertools import combinations, pairwise, product
from typing import Any

Seats = tuple[int, ...]
Result = Seats | str
UNDECIDED = "undecided"


class WrongLot(Exception):
    """A drawn lot that answers no question."""


def answer(document: dict[str, Any]) -> dict[str, Any]:
    """Sitze, freie Sitze, Losfrage; "undecided" where § 41 Abs. 2 KWG can be read in two ways with two results."""
    names = [entry["list"] for entry in document["lists"]]
    votes = [entry["votes"] for entry in document["lists"]]
    total_seats = document["seats"]
    room = [entry.get("candidates", total_seats) for entry in document["lists"]]
    lots = list(document.get("lots", []))
    method = by_divisors if document["method"] == "Sainte-Laguë" else by_largest_remainders
    clause = document["majority_clause"]

    def final(regular: Seats) -> set[Result]:
        after = with_clause(method, votes, total_seats, regular) if clause else {regular}
        return {UNDECIDED if isinstance(one, str) else capped(one, room) for one in after}

    def certain_answer(seats: Seats, lot: dict[str, Any] | None) -> dict[str, Any]:
        held = capped(seats, room)
        vacant = total_seats - sum(held) if lot is None else 0
        return {"outcome": "lot" if lot else "done", "seats": dict(zip(names, held, strict=True)), "vacant": vacant, "lot": lot}

    possible = method(votes, total_seats)
    while True:
        everything = set().union(*(final(one) for one in possible))
        deciding = [one for one in sorted(possible, reverse=True) if final(one) == everything]
        if deciding:
            break
        seats, among = question(possible)
        if not lots:
            return certain_answer(seats, {"seat": sum(seats) + 1, "among": [names[i] for i in among]})
        possible = drawn(possible, seats, among, names, lots.pop(0))
    if everything == {UNDECIDED}:
        return {"outcome": UNDECIDED}
    remaining = with_clause(method, votes, total_seats, deciding[0]) if clause else {deciding[0]}
    while len({capped(one, room) for one in remaining}) > 1:
        seats, among = question(remaining)
        if not lots:
            return certain_answer(seats, {"seat": sum(seats) + 1, "among": [names[i] for i in among]})
        remaining = drawn(remaining, seats, among, names, lots.pop(0))
    if lots:
        raise WrongLot(f"{lots} answers no question")
    return certain_answer(sorted(remaining)[0], None)


def by_divisors(votes: list[int], seats: int) -> set[Seats]:
    """Every distribution that standard rounding allows for some divisor; an exact half may go either way."""
    if sum(votes) == 0:
        return {tuple(0 for _ in votes)}
    edges = sorted({Fraction(2 * v, 2 * k - 1) for v in votes if v for k in range(1, seats + 2)})
    between = [(a + b) / 2 for a, b in pairwise(edges)]
    found: set[Seats] = set()
    for divisor in [*edges, *between, edges[-1] + 1]:
        found |= {one for one in product(*(rounded(Fraction(v) / divisor) for v in votes)) if sum(one) == seats}
    return found


def rounded(quotient: Fraction) -> list[int]:
    """Below one half down, above one half up, one half both ways."""
    whole = int(quotient)
    rest = quotient - whole
    if rest == Fraction(1, 2):
        return [whole, whole + 1]
    return [whole] if rest < Fraction(1, 2) else [whole + 1]


def by_largest_remainders(votes: list[int], seats: int) -> set[Seats]:
    """Hare-Niemeyer: the whole numbers first, the rest to the largest fractions, in every way that respects their order."""
    if sum(votes) == 0:
        return {tuple(0 for _ in votes)}
    shares = [Fraction(v * seats, sum(votes)) for v in votes]
    whole = [int(share) for share in shares]
    rest = [share - full for share, full in zip(shares, whole, strict=True)]
    found = set()
    for chosen in combinations(range(len(votes)), seats - sum(whole)):
        others = [i for i in range(len(votes)) if i not in chosen]
        if all(rest[i] >= rest[j] for i in chosen for j in others):
            found.add(tuple(full + (i in chosen) for i, full in enumerate(whole)))
    return found


def with_clause(method: Any, votes: list[int], seats: int, regular: Seats) -> set[Any]:
    """More than half of the votes but not of the seats: the majority of the seats, the others share the rest by the same method."""
    leader = next((i for i, v in enumerate(votes) if 2 * v > sum(votes)), None)
    if leader is None or 2 * regular[leader] > seats:
        return {regular}
    majority = next(n for n in range(seats + 1) if 2 * n > seats)
    if regular[leader] + 1 != majority:
        return {UNDECIDED}
    others = [0 if i == leader else v for i, v in enumerate(votes)]
    return {tuple(majority if i == leader else n for i, n in enumerate(one)) for one in method(others, seats - majority)}


def capped(seats: Seats, room: list[int]) -> Seats:
    """A list has no more members than candidates."""
    return tuple(min(have, most) for have, most in zip(seats, room, strict=True))


def question(possible: set[Seats]) -> tuple[Seats, list[int]]:
    """What every remaining result agrees on, and the lists they disagree about."""
    columns = list(zip(*possible, strict=True))
    return tuple(min(column) for column in columns), [i for i, column in enumerate(columns) if min(column) != max(column)]


def drawn(possible: set[Seats], seats: Seats, among: list[int], names: list[str], lot: str) -> set[Seats]:
    """The results in which the drawn list has the seat in question."""
    if lot not in [names[i] for i in among]:
        raise WrongLot(f"{lot} is not among {[names[i] for i in among]}")
    winner = names.index(lot)
    return {one for one in possible if one[winner] > seats[winner]}
