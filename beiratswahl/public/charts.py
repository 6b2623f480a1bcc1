"""Schaubilder: what the templates draw as SVG, with numbers and colours ready; every picture has a table as its twin."""

from dataclasses import dataclass

from beiratswahl import pictures
from beiratswahl.public.publication import Person, Version

WIDTH = 400.0


@dataclass(frozen=True, slots=True)
class SeatMark:
    """Sitz im Halbrund: where it stands and whose it is; a vacant seat has no fill."""

    x: float
    y: float
    number: int
    colour: str
    vacant: bool


@dataclass(frozen=True, slots=True)
class HalfCircle:
    """Halbrund with every seat of the council."""

    width: float
    height: float
    radius: float
    marks: tuple[SeatMark, ...]


def half_circle(version: Version) -> HalfCircle | None:
    """Halbrund: the seats in the order of the lists, vacant ones at the end of each; None without lists or seats."""
    owners = [(of.number, of.colour, seat >= of.seats - of.vacant_seats) for of in version.lists for seat in range(of.seats)]
    if not owners:
        return None
    circle = pictures.half_circle(len(owners), WIDTH)
    marks = tuple(SeatMark(seat.x, seat.y, *owner) for seat, owner in zip(circle.seats, owners, strict=True))
    return HalfCircle(circle.width, circle.height, circle.radius, marks)


def list_bars(version: Version) -> dict[int, float]:
    """Balken der Wahlvorschläge: share of all votes in per cent, by number of the list."""
    votes = [of.votes for of in version.lists]
    lengths = pictures.bar_lengths(votes, 100 * max(votes, default=0) / max(sum(votes), 1))
    return {of.number: length for of, length in zip(version.lists, lengths, strict=True)}


def person_bars(people: tuple[Person, ...]) -> tuple[float, ...]:
    """Balken der Personen: length of each in per cent of the longest, in their order."""
    return pictures.bar_lengths([one.votes for one in people])
