"""Berechnung der Sitze für Laien: the order of the quotients, the cut, who came next and how many votes were missing.

The quotients, their ranks and the roundings are those that were published; only the distance to the cut is worked out here, from the
published votes and seats.
"""

from dataclasses import dataclass
from fractions import Fraction

from beiratswahl import words
from beiratswahl.public import figures
from beiratswahl.public.publication import Allocation, ListResult, Person, Quotient, Version

MORE_BELOW_THE_CUT = 4  # quotients shown after the last seat


@dataclass(frozen=True, slots=True)
class Distance:
    """Abstand zum nächsten Sitz: how many votes more, all else equal, would have given a list one more seat for certain."""

    list: ListResult
    missing: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """Erklärung der Verhältniswahl.

    Attributes:
        allocation: what was published.
        winners: quotients with a seat, in the order of the seats; empty when the method has none.
        below: the next ones, the largest first.
        matrix: a row per divisor with a cell per list (None where the series ended before).
        places: decimal places that keep unequal quotients unequal.
        divisor: Zuteilungsdivisor as text, or "".
        rounding_places: decimal places with which 4,4996 does not look like 4,50.
        plain: the seats follow from the order of the quotients alone, no other rule (§ 41 Abs. 2 KWG) has moved one.
        distances: for every list, the nearest first; empty unless `plain`.
        tied: lists with the same quotient at the cut, so that a lot decided.
    """

    allocation: Allocation
    winners: tuple[Quotient, ...]
    below: tuple[Quotient, ...]
    matrix: tuple[tuple[Fraction, tuple[Quotient | None, ...]], ...]
    places: int
    divisor: str
    rounding_places: int
    plain: bool
    distances: tuple[Distance, ...]
    tied: tuple[ListResult, ...]


@dataclass(frozen=True, slots=True)
class PersonCut:
    """Schnitt bei Mehrheitswahl: the last elected, the first substitute and the votes between them (0: the lot decided)."""

    last: Person
    next: Person
    missing: int


def explain(version: Version) -> Explanation | None:
    """Explain the seats of a Verhältniswahl; None when nothing was allocated."""
    allocation = version.allocation
    if allocation is None:
        return None
    winners = tuple(sorted((one for one in allocation.quotients if one.rank is not None), key=lambda one: one.rank or 0))
    others = sorted((one for one in allocation.quotients if one.rank is None), key=lambda one: (-one.value, one.list_number))
    plain = bool(winners) and _follows_the_order(version)
    return Explanation(
        allocation=allocation,
        winners=winners,
        below=tuple(others[:MORE_BELOW_THE_CUT]),
        matrix=_matrix(version, allocation),
        places=_telling_places([one.value for one in allocation.quotients]),
        divisor=figures.decimal(allocation.divisor, 0 if allocation.divisor.denominator == 1 else 4) if allocation.divisor else "",
        rounding_places=_rounding_places([line.quotient for line in allocation.rounding]),
        plain=plain,
        distances=_distances(version) if plain else (),
        tied=_tied(version, winners, others),
    )


def cut_of(version: Version) -> PersonCut | None:
    """The cut of a Mehrheitswahl; None when nobody stands on one of its sides."""
    if not version.elected or not version.substitutes:
        return None
    last, following = version.elected[-1], version.substitutes[0]
    difference = last.votes - following.votes
    return PersonCut(last, following, difference + 1 if difference else 0)


def _follows_the_order(version: Version) -> bool:
    """No quotient without a seat is larger than one with a seat."""
    won = [Fraction(of.votes, 2 * of.seats - 1) for of in version.lists if of.seats]
    following = [Fraction(of.votes, 2 * of.seats + 1) for of in version.lists]
    return bool(won) and min(won) >= max(following)


def _distances(version: Version) -> tuple[Distance, ...]:
    """A list wins one more seat for certain once its next quotient is larger than the smallest winning one of all other lists."""
    found = []
    for of in version.lists:
        to_beat = min(
            (Fraction(other.votes, 2 * other.seats - 1) for other in version.lists if other is not of and other.seats), default=None
        )
        if to_beat is not None:
            needed = to_beat * (2 * of.seats + 1) // 1 + 1
            found.append(Distance(of, needed - of.votes))
    return tuple(sorted(found, key=lambda one: (one.missing, one.list.number)))


def _tied(version: Version, winners: tuple[Quotient, ...], others: list[Quotient]) -> tuple[ListResult, ...]:
    if not winners or not others or winners[-1].value != others[0].value:
        return ()
    cut = winners[-1].value
    numbers = {one.list_number for one in (*winners, *others) if one.value == cut}
    return tuple(of for of in version.lists if of.number in numbers)


def _matrix(version: Version, allocation: Allocation) -> tuple[tuple[Fraction, tuple[Quotient | None, ...]], ...]:
    by_place = {(one.list_number, one.divisor): one for one in allocation.quotients}
    divisors = sorted({one.divisor for one in allocation.quotients})
    return tuple((divisor, tuple(by_place.get((of.number, divisor)) for of in version.lists)) for divisor in divisors)


def _telling_places(values: list[Fraction]) -> int:
    """From 2 to 6."""
    unequal = set(values)
    for places in range(2, 6):
        if len({words.decimal(value, places) for value in unequal}) == len(unequal):
            return places
    return 6


def _rounding_places(values: list[Fraction]) -> int:
    """From 2 to 8."""
    for places in range(2, 8):
        scale = 10**places
        shown = [Fraction((2 * value * scale + 1) // 2, scale) for value in values]
        if all(rounded.denominator != 2 or value.denominator == 2 for rounded, value in zip(shown, values, strict=True)):
            return places
    return 8
