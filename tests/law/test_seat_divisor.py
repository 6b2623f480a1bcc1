"""Zuteilungsdivisor: the number that a reader of a newspaper divides by."""

from fractions import Fraction

import pytest

from beiratswahl.law.sainte_lague import divisor_of, standing_of
from beiratswahl.law.seat_values import ListVotes


def divisor(seats: int, *votes: int) -> Fraction:
    standing = standing_of(seats, [ListVotes(str(place), given) for place, given in enumerate(votes, 1)])
    return divisor_of(standing)


@pytest.mark.parametrize(
    ("seats", "votes", "expected"),
    [
        (1, (60, 40), 100),  # between 80 and 120
        (2, (7, 5), 5),  # between 14/3 and 10
        (1, (5, 4), 9),  # between 8 and 10, neither of which rounds without a half
        (1, (500, 499), 999),
        (1, (51, 50), 101),
        (13, (356, 232, 213, 200), Fraction(792, 10)),  # between 79 1/9 and 80: the third and the fourth list at the cut
    ],
)
def test_the_divisor_is_the_roundest_number_that_rounds_to_the_seats(seats: int, votes: tuple[int, ...], expected: Fraction) -> None:
    assert divisor(seats, *votes) == expected
