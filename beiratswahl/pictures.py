"""Geometrie der Bilder: seats of a half circle and lengths of bars, for web pages and press. Pure numbers, nothing is drawn here."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import cos, pi, sin

INNER = 0.42  # radius of the empty middle, as part of the outer radius
GAP = 0.86  # diameter of a seat as part of the room it has
COLOURS = (
    "#1f4e79",
    "#9c3b14",
    "#2e6b34",
    "#6b4c9a",
    "#7d5a00",
    "#00666e",
    "#a0316e",
    "#4a4a4a",
    "#566300",
    "#3f3f9f",
    "#84301f",
    "#0b5f4a",
)


@dataclass(frozen=True, slots=True)
class Seat:
    """Sitz: the centre of one seat, from the upper left corner of the picture, y downwards."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class HalfCircle:
    """Halbrund: the seats from left to right as a speaker sees them, so that a list takes neighbouring seats.

    Attributes:
        width: width of the picture, in the unit asked for.
        height: its height.
        radius: radius of every seat.
        seats: centres, ordered by angle from the left end to the right end.
    """

    width: float
    height: float
    radius: float
    seats: tuple[Seat, ...]


def half_circle(seats: int, width: float = 400.0) -> HalfCircle:
    """Halbrund: as many rows as make the seats largest.

    Args:
        seats: number of seats, at least 1.
        width: width of the picture in any unit.

    Raises:
        ValueError: there is no seat.
    """
    if seats < 1:
        raise ValueError("a half circle needs at least one seat")
    diameter, rows = max((_rows(seats, count) for count in range(1, seats + 1)), key=lambda found: found[0])
    diameter = min(diameter, 1 - INNER)
    scale = width / (2 + diameter)
    centres = []
    for radius, amount in rows:
        for place in range(amount):
            angle = pi * (1 - (place / (amount - 1) if amount > 1 else 0.5))
            centres.append((-angle, -radius, radius * cos(angle), radius * sin(angle)))
    middle = width / 2
    ground = (1 + diameter / 2) * scale
    return HalfCircle(
        width=round(width, 2),
        height=round(ground + diameter / 2 * scale, 2),
        radius=round(diameter / 2 * GAP * scale, 2),
        seats=tuple(Seat(round(middle + x * scale, 2), round(ground - y * scale, 2)) for _, _, x, y in sorted(centres)),
    )


def _rows(seats: int, count: int) -> tuple[float, list[tuple[float, int]]]:
    """Diameter that fits, and (radius, seats) of each row, when the seats stand in that many rows."""
    step = (1 - INNER) / (count - 1) if count > 1 else 0.0
    radii = [1 - step * row for row in range(count)]
    shares = [seats * radius / sum(radii) for radius in radii]
    amounts = [int(share) for share in shares]
    by_rest = sorted(range(count), key=lambda row: (amounts[row] - shares[row], row))
    for row in by_rest[: seats - sum(amounts)]:
        amounts[row] += 1
    if min(amounts) < 1:
        return 0.0, []
    room = [pi * radius / (amount - 1) for radius, amount in zip(radii, amounts, strict=True) if amount > 1]
    return min([*room, *([step] if count > 1 else []), 1.0]), list(zip(radii, amounts, strict=True))


def bar_lengths(values: Sequence[int | Fraction], longest: float = 100.0) -> tuple[float, ...]:
    """Balkenlängen: lengths in proportion, the largest value gets `longest`; all 0 when there is nothing to show."""
    top = max(values, default=0)
    if top <= 0:
        return tuple(0.0 for _ in values)
    return tuple(round(float(value / Fraction(top)) * longest, 2) for value in values)


def colour_of(place: int) -> str:
    """Farbe: fill of the list at a place of the ballot, counted from 0; white text on it is readable, and no party is meant."""
    return COLOURS[place % len(COLOURS)]
