"""Who is elected and who follows: §§ 41, 43, 45 KWG, § 65 KWO."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beiratswahl.law.candidates import Elected, PersonVotes, of_list, of_majority
from beiratswahl.law.seat_lots import LotRefused
from beiratswahl.law.seat_values import LotQuestion, Outcome


def _persons(*votes: int) -> list[PersonVotes]:
    return [PersonVotes(f"P{number}", count) for number, count in enumerate(votes, 1)]


def test_a_list_seats_its_candidates_by_votes() -> None:
    found = of_list(_persons(3, 9, 5), 2)
    assert (found.outcome, found.elected, found.substitutes, found.vacant) == (Outcome.DONE, ("P2", "P3"), (("P1",),), 0)
    assert "list_order" not in {step.rule for step in found.steps}


def test_equal_votes_on_a_list_follow_the_order_of_the_list_without_a_lot() -> None:
    found = of_list(_persons(5, 9, 5), 2)
    assert (found.elected, found.substitutes, found.lot) == (("P2", "P1"), (("P3",),), None)
    assert "list_order" in {step.rule for step in found.steps}


def test_a_list_seat_needs_no_vote() -> None:
    assert of_list(_persons(0, 0), 1).elected == ("P1",)


def test_a_seat_without_a_candidate_stays_empty() -> None:
    found = of_list(_persons(4), 3)
    assert (found.elected, found.substitutes, found.vacant) == (("P1",), (), 2)
    assert found.steps[-1].rule == "vacant"


def test_a_list_without_seats_has_only_substitutes() -> None:
    assert of_list(_persons(4, 5), 0).substitutes == (("P2",), ("P1",))


def test_persons_are_elected_by_votes() -> None:
    found = of_majority(_persons(1, 7, 5, 3), 2)
    assert (found.outcome, found.elected, found.substitutes, found.vacant) == (Outcome.DONE, ("P2", "P3"), (("P4",), ("P1",)), 0)


def test_equal_votes_about_the_last_seat_ask_for_the_lot() -> None:
    found = of_majority(_persons(5, 9, 5, 5), 2)
    assert (found.outcome, found.elected, found.lot) == (Outcome.LOT, ("P2",), LotQuestion(2, ("P1", "P3", "P4")))
    assert found.substitutes == ()
    drawn = of_majority(_persons(5, 9, 5, 5), 2, ["P3"])
    assert (drawn.outcome, drawn.elected, drawn.substitutes) == (Outcome.DONE, ("P2", "P3"), (("P1", "P4"),))


def test_two_seats_among_three_are_drawn_one_after_the_other() -> None:
    persons = _persons(5, 5, 5)
    assert of_majority(persons, 2).lot == LotQuestion(1, ("P1", "P2", "P3"))
    assert of_majority(persons, 2, ["P2"]).lot == LotQuestion(2, ("P1", "P3"))
    assert of_majority(persons, 2, ["P2", "P1"]).elected == ("P2", "P1")


@pytest.mark.parametrize(("votes", "seats"), [((5, 5), 2), ((9, 5, 5, 1), 3), ((5, 5, 0), 3)])
def test_equals_who_all_get_a_seat_need_no_lot(votes: tuple[int, ...], seats: int) -> None:
    assert of_majority(_persons(*votes), seats).outcome is Outcome.DONE


def test_nobody_is_elected_without_a_vote() -> None:
    found = of_majority(_persons(2, 0, 0), 2)
    assert (found.elected, found.substitutes, found.vacant, found.lot) == (("P1",), (), 1, None)
    assert found.steps[-1].rule == "vacant"


def test_at_most_twice_the_seats_are_named_as_substitutes() -> None:
    assert of_majority(_persons(9, 8, 7, 6), 1).substitutes == (("P2",), ("P3",))
    # equals who would go beyond that are not named
    assert of_majority(_persons(9, 8, 7, 7), 1).substitutes == (("P2",),)


@pytest.mark.parametrize(("lots", "index"), [(["P2"], 0), (["P1", "P1"], 1), (["P1", "P3", "P4"], 2)])
def test_lots_that_do_not_fit_are_refused(lots: list[str], index: int) -> None:
    with pytest.raises(LotRefused) as error:
        of_majority(_persons(5, 9, 5, 5), 3, lots)
    assert error.value.index == index


@given(st.lists(st.integers(0, 4), max_size=8), st.integers(1, 5), st.randoms())
def test_the_order_of_persons_elects_nobody(votes: list[int], seats: int, chance: Any) -> None:
    persons = _persons(*votes)
    shuffled = persons.copy()
    chance.shuffle(shuffled)
    one, other = of_majority(persons, seats), of_majority(shuffled, seats)
    assert (set(one.elected), one.vacant, one.outcome) == (set(other.elected), other.vacant, other.outcome)
    assert set(one.lot.among if one.lot else ()) == set(other.lot.among if other.lot else ())
    assert [set(group) for group in one.substitutes] == [set(group) for group in other.substitutes]


def _drawn(persons: list[PersonVotes], seats: int, chance: Any) -> Elected:
    lots: list[str] = []
    while (found := of_majority(persons, seats, lots)).lot is not None:
        lots.append(chance.choice(found.lot.among))
    return found


@given(st.lists(st.integers(0, 4), max_size=8), st.integers(1, 5), st.randoms())
def test_nobody_with_fewer_votes_goes_before_one_with_more(votes: list[int], seats: int, chance: Any) -> None:
    persons = _persons(*votes)
    found = _drawn(persons, seats, chance)
    counts = dict(persons)
    assert len(found.elected) + found.vacant == seats
    others = [name for name in counts if name not in found.elected]
    assert all(counts[winner] >= counts[other] for winner in found.elected for other in others)
    assert sum(map(len, found.substitutes)) <= 2 * seats
    certain = of_majority(persons, seats).elected
    assert set(certain) <= set(found.elected)


@pytest.mark.parametrize("name", ["open_list_districts_2020.json", "open_list_districts_2026.json"])
def test_the_order_of_published_open_lists_is_reproduced(name: str) -> None:
    path = Path(os.environ.get("BEIRATSWAHL_CASES", Path(__file__).parents[3] / "shared")) / "oracles" / name
    if not path.exists():
        pytest.skip("no folder of extra cases; set BEIRATSWAHL_CASES to read one")
    source = json.loads(path.read_text(encoding="utf-8"))
    names = list(source["candidate_rank_by_votes"])
    for label, one in zip(names, source["total"]["lists"], strict=True):
        candidates = [PersonVotes(str(place), votes) for place, votes in enumerate(one["candidates"], 1)]
        elected = of_list(candidates, len(candidates)).elected
        assert [elected.index(one.person) + 1 for one in candidates] == source["candidate_rank_by_votes"][label]
