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

    def after(regular: Seats) -> set[Result]:
        if not document["majority_clause"]:
            return {regular}
        return with_clause(method, votes, total_seats, regular, document.get("majority_seats"), room)

    def filled(results: set[Result]) -> set[Seats]:
        return {capped(one, room) for one in results if not isinstance(one, str)}

    # First the seats without the clause, then with it; a question is put as long as its answers lead to different councils.
    results: set[Result] = method(votes, total_seats)
    for step in (after, lambda paper: {paper}):
        possible = results
        while True:
            results = set().union(*(step(one) for one in possible))
            if UNDECIDED in results:
                return {"outcome": UNDECIDED}
            seats, among = question(possible)
            branches = [drawn(possible, seats, [i], names, names[i]) for i in among]
            if all(filled(set().union(*(step(one) for one in branch))) == filled(results) for branch in branches):
                results = next(step(one) for one in sorted(possible, reverse=True) if filled(step(one)) == filled(results))
                break
            if not lots:
                certain = question(results)[0]
                held = capped(certain, room)
                lot = {"seat": sum(seats) + 1, "among": [names[i] for i in among]}
                return {"outcome": "lot", "seats": dict(zip(names, held, strict=True)), "vacant": sum(certain) - sum(held), "lot": lot}
            possible = drawn(possible, seats, among, names, lots.pop(0))
    if lots:
        raise WrongLot(f"{lots} answers no question")
    held = capped(min(results), room)
    return {"outcome": "done", "seats": dict(zip(names, held, strict=True)), "vacant": total_seats - sum(held), "lot": None}


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


def with_clause(method: Any, votes: list[int], seats: int, regular: Seats, reading: str | None, room: list[int]) -> set[Any]:
    """More than half of the votes but not of the seats: the majority of the seats, the others share the rest by the same method.

    Two readings: as many seats as needed, or one further seat. Without a choice the result is undecided where it would matter.
    """
    leader = next((i for i, v in enumerate(votes) if 2 * v > sum(votes)), None)
    if leader is None or 2 * regular[leader] > seats:
        return {regular}
    others = [0 if i == leader else v for i, v in enumerate(votes)]

    def with_seats(target: int) -> set[Seats]:
        return {tuple(target if i == leader else n for i, n in enumerate(one)) for one in method(others, seats - target)}

    needed = with_seats(next(n for n in range(seats + 1) if 2 * n > seats))
    further = with_seats(regular[leader] + 1)
    if reading is None and {capped(one, room) for one in needed} != {capped(one, room) for one in further}:
        return {UNDECIDED}
    return further if reading == "one_further" else needed


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
