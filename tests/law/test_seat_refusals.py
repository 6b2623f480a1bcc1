"""Seats: what is refused, in which words, and what the two methods hand on to the lot."""

import re

import pytest

from beiratswahl.law import hare_niemeyer, sainte_lague
from beiratswahl.law.rules import SeatMethod
from beiratswahl.law.seat_lots import LotRefused
from beiratswahl.law.seat_values import ListVotes
from beiratswahl.law.seats import Allocation, allocate


def allocated(seats: int, lists: list[ListVotes], lots: tuple[str, ...] = ()) -> Allocation:
    return allocate(SeatMethod.SAINTE_LAGUE, seats, lists, majority_clause=False, lots=lots)


@pytest.mark.parametrize(
    ("seats", "lists", "words"),
    [
        (0, [ListVotes("1", 5)], "Es muss mindestens ein Sitz zu vergeben sein."),
        (1, [ListVotes("1", 5), ListVotes("1", 4)], "Eine Liste ist zweimal angegeben. Jede Liste darf nur einmal vorkommen."),
        (1, [ListVotes("1", -1)], "Stimmen und Bewerberzahlen können nicht negativ sein."),
        (1, [ListVotes("1", 5, -1)], "Stimmen und Bewerberzahlen können nicht negativ sein."),
    ],
)
def test_impossible_input_is_refused_in_plain_words(seats: int, lists: list[ListVotes], words: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        allocated(seats, lists)


def test_a_list_without_candidates_leaves_its_seats_vacant() -> None:
    found = allocated(1, [ListVotes("1", 5, 0), ListVotes("2", 1)])
    assert (dict(found.seats), found.vacant) == ({"1": 0, "2": 0}, 1)


def test_a_lot_outside_the_question_is_refused_with_the_question() -> None:
    with pytest.raises(LotRefused) as error:
        allocated(1, [ListVotes("1", 5), ListVotes("2", 5), ListVotes("3", 4)], ("3",))
    assert str(error.value) == "Das Los „3“ passt nicht zur Frage: Sitz 1 ist zu ziehen zwischen „1“, „2“."
    assert error.value.index == 0


def test_a_lot_too_many_is_refused() -> None:
    with pytest.raises(LotRefused) as error:
        allocated(1, [ListVotes("1", 5), ListVotes("2", 5)], ("2", "1"))
    assert str(error.value) == "Das Los „1“ ist überzählig: Es gibt nichts (mehr) zu ziehen."
    assert error.value.index == 1


def test_huge_numbers_are_exact() -> None:
    huge = 10**20
    standing = sainte_lague.standing_of(2, [ListVotes("1", huge), ListVotes("2", 3 * huge + 1)])
    assert (standing.seats, standing.tied, standing.open, standing.total) == ({"1": 0, "2": 2}, (), 0, 2)


def test_lists_with_equal_remainders_are_not_tied_when_no_seat_is_left() -> None:
    standing = hare_niemeyer.standing_of(2, [ListVotes("1", 3), ListVotes("2", 3)])
    assert (standing.seats, standing.tied, standing.open) == ({"1": 1, "2": 1}, (), 0)
