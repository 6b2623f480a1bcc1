"""Numbers in the steps of the seats: as a newspaper prints them, cut off and never rounded."""

from fractions import Fraction

import pytest

from beiratswahl.law.seat_steps import _exact, decimal
from beiratswahl.law.trace import grouped


@pytest.mark.parametrize(("number", "printed"), [(0, "0"), (999, "999"), (1000, "1.000"), (1234567, "1.234.567")])
def test_thousands_are_grouped_by_points(number: int, printed: str) -> None:
    assert grouped(number) == printed


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (Fraction(1, 2), "0,5"),
        (Fraction(1, 16), "0,0625"),
        (Fraction(1234), "1.234"),
        (Fraction(2, 3), "0,6666…"),
        (Fraction(1000003, 100000), "10,0000…"),
        (Fraction(99999, 100000), "0,9999…"),
    ],
)
def test_digits_are_cut_off_and_an_ellipsis_says_so(number: Fraction, printed: str) -> None:
    assert decimal(number) == printed


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (Fraction(1, 10**12), "0,000000000001"),
        (Fraction(1, 10**13), "1/10000000000000"),
        (Fraction(792, 10), "79,2"),
        (Fraction(1, 3), "1/3"),
    ],
)
def test_a_divisor_is_exact_and_turns_into_a_fraction_where_decimals_do_not_end_early(number: Fraction, printed: str) -> None:
    assert _exact(number) == printed
