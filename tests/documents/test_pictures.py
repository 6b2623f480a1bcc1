"""Seats of the half circle: all there, none on another, inside the picture."""

from fractions import Fraction
from itertools import pairwise
from math import atan2, dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beiratswahl import pictures


@given(st.integers(min_value=1, max_value=120), st.sampled_from([100.0, 400.0, 1000.0]))
def test_all_seats_stand_apart_and_inside_the_picture(seats: int, width: float) -> None:
    circle = pictures.half_circle(seats, width)
    places = [(seat.x, seat.y) for seat in circle.seats]
    assert len(places) == seats
    assert circle.radius > 0
    for x, y in places:
        assert circle.radius <= x <= circle.width - circle.radius
        assert circle.radius <= y <= circle.height - circle.radius
    for first, place in enumerate(places):
        for other in places[first + 1 :]:
            assert dist(place, other) >= 2 * circle.radius - 0.05


@given(st.integers(min_value=2, max_value=120))
def test_the_half_circle_is_symmetric(seats: int) -> None:
    circle = pictures.half_circle(seats)
    for seat in circle.seats:
        assert min(dist((circle.width - seat.x, seat.y), (other.x, other.y)) for other in circle.seats) < 0.05


def test_seats_run_around_from_left_to_right() -> None:
    circle = pictures.half_circle(23)
    ground = max(seat.y for seat in circle.seats)
    angles = [atan2(ground - seat.y, seat.x - circle.width / 2) for seat in circle.seats]
    assert all(earlier >= later - 0.001 for earlier, later in pairwise(angles))


def test_no_seat_no_half_circle() -> None:
    with pytest.raises(ValueError, match="at least one seat"):
        pictures.half_circle(0)


def test_bars_keep_their_proportion() -> None:
    assert pictures.bar_lengths([50, 100, 0]) == (50.0, 100.0, 0.0)
    assert pictures.bar_lengths([Fraction(1, 3), Fraction(2, 3)], longest=90) == (45.0, 90.0)
    assert pictures.bar_lengths([0, 0]) == (0.0, 0.0)
    assert pictures.bar_lengths([]) == ()


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", pictures.COLOURS)
def test_white_text_is_readable_on_every_list_colour(colour: str) -> None:
    assert 1.05 / (_luminance(colour) + 0.05) >= 4.5
    assert pictures.COLOURS.count(colour) == 1
