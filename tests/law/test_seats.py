"""Seats: published results, the cases of § 41 KWG, and what must hold for every allocation."""

import json
import os
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from beiratswahl.commands import law_seats
from beiratswahl.commands.json_input import InputError
from beiratswahl.law import hare_niemeyer, sainte_lague
from beiratswahl.law.rules import SeatMethod
from beiratswahl.law.seat_lots import LotRefused
from beiratswahl.law.seat_values import ListVotes, LotQuestion, MajoritySeats, Outcome
from beiratswahl.law.seats import Allocation, allocate

_CASES = Path(__file__).parent / "cases"
_MORE_CASES = Path(os.environ.get("BEIRATSWAHL_CASES", Path(__file__).parents[3] / "shared"))
_RESULTS: list[dict[str, Any]] = json.loads((_CASES / "results.json").read_text(encoding="utf-8"))
_BY_LAW: list[dict[str, Any]] = json.loads((_CASES / "seats.json").read_text(encoding="utf-8"))

SAINTE_LAGUE, HARE_NIEMEYER = SeatMethod.SAINTE_LAGUE, SeatMethod.HARE_NIEMEYER


def _lists(votes: list[int], candidates: list[int | None] | None = None) -> list[ListVotes]:
    limits = candidates or [None] * len(votes)
    return [ListVotes(str(number), *pair) for number, pair in enumerate(zip(votes, limits, strict=True), 1)]


def _allocate(votes: list[int], seats: int, method: SeatMethod = SAINTE_LAGUE, **more: Any) -> Allocation:
    candidates = more.pop("candidates", None)
    return allocate(method, seats, _lists(votes, candidates), majority_clause=more.pop("clause", False), **more)


def _all_outcomes(allocation_of: Any, lots: tuple[str, ...] = ()) -> set[tuple[tuple[int, ...], int]]:
    """Every result that drawing every possible lot can lead to."""
    allocation = allocation_of(lots)
    if allocation.outcome is Outcome.DONE:
        return {(tuple(allocation.seats.values()), allocation.vacant)}
    return set().union(*(_all_outcomes(allocation_of, (*lots, drawn)) for drawn in allocation.lot.among))


@pytest.mark.parametrize("case", [case for case in _RESULTS if case["decidable"]], ids=lambda case: case["case"])
def test_published_results_are_reproduced(case: dict[str, Any]) -> None:
    method = SeatMethod(case["method"])
    found = _allocate(case["votes"], case["seats"], method, clause=method is SAINTE_LAGUE, lots=case["lots"])
    expected = case["expected"]
    assert found.outcome is Outcome.DONE
    assert [seats if wanted is not None else None for seats, wanted in zip(found.seats.values(), expected, strict=True)] == expected
    if case["lots"]:
        assert _allocate(case["votes"], case["seats"], method).lot == LotQuestion(case["seats"], ("4", "5"))


@pytest.mark.parametrize("case", [case for case in _RESULTS if not case["decidable"]], ids=lambda case: case["case"])
def test_rounded_results_are_possible_with_some_shares_that_round_to_them(case: dict[str, Any]) -> None:
    # Sainte-Laguë gives exactly these seats to some votes within the margin if the quotient ranges leave room for a divisor
    rows = list(zip(case["votes"], case["expected"], strict=True))
    highest_lost = max(Fraction(2 * (votes - 5), 2 * seats + 1) for votes, seats in rows)
    lowest_won = min(Fraction(2 * (votes + 5), 2 * seats - 1) for votes, seats in rows if seats)
    assert highest_lost < lowest_won


def test_the_two_methods_are_told_apart_by_published_results() -> None:
    told = 0
    for case in _RESULTS:
        other = HARE_NIEMEYER if case["method"] == SAINTE_LAGUE else SAINTE_LAGUE
        found = _allocate(case["votes"], case["seats"], other)
        told += any(wanted not in (None, seats) for seats, wanted in zip(found.seats.values(), case["expected"], strict=True))
    assert told >= 3


@pytest.mark.parametrize("case", _BY_LAW, ids=lambda case: case["case"])
def test_case_of_the_law(case: dict[str, Any]) -> None:
    expected = case["expected"]
    if "error" in expected:
        with pytest.raises(InputError) as error:
            law_seats.answer(case["question"])
        assert error.value.path == expected["error"]
        return
    answer = law_seats.answer(case["question"])
    assert {key: answer[key] for key in expected} == expected
    assert answer["steps"]


def _oracle_cases(name: str) -> list[dict[str, Any]]:
    path = _MORE_CASES / "oracles" / name
    return json.loads(path.read_text(encoding="utf-8"))["cases"] if path.exists() else []


def test_cases_of_other_systems_are_reproduced_with_exactly_the_tied_lists() -> None:
    cases = _oracle_cases("sainte_lague_cases.json")
    if not cases:
        pytest.skip("no folder of extra cases; set BEIRATSWAHL_CASES to read one")
    for case in cases:
        found = _allocate([one["votes"] for one in case["lists"]], case["seats"])
        expected = case["expected"]
        if expected["lot"] is None:
            assert (case["id"], list(found.seats.values()), found.lot) == (case["id"], expected["seats"], None)
        else:
            seats = expected["seats_without_lot"]
            among = tuple(str(index + 1) for index in expected["lot"]["tied_list_indexes"])
            assert (case["id"], list(found.seats.values()), found.lot) == (case["id"], seats, LotQuestion(sum(seats) + 1, among))
            assert sum(seats) + expected["lot"]["seats_by_lot"] == case["seats"]


# ---------------------------------------------------------------- properties

VOTES = st.lists(st.one_of(st.integers(0, 30), st.integers(0, 100_000)), min_size=1, max_size=6)
SEATS = st.integers(1, 25)
METHOD = st.sampled_from(SeatMethod)


@st.composite
def elections(draw: st.DrawFn, clause: bool = True) -> dict[str, Any]:
    votes = draw(st.lists(st.integers(0, 12), min_size=1, max_size=5))
    limits = draw(st.lists(st.one_of(st.none(), st.integers(0, 3)), min_size=len(votes), max_size=len(votes)))
    return {
        "votes": votes,
        "seats": draw(st.integers(1, 8)),
        "candidates": limits,
        "method": draw(METHOD),
        "clause": draw(st.booleans()) if clause else False,
        "majority_seats": draw(st.sampled_from(MajoritySeats)),
    }


@given(elections())
def test_every_seat_is_taken_or_vacant_or_waits_for_the_lot(election: dict[str, Any]) -> None:
    found = _allocate(**election)
    certain = sum(found.seats.values()) + found.vacant
    assert certain == election["seats"] if found.lot is None else certain < election["seats"]
    assert all(
        0 <= seats <= (10**9 if limit is None else limit) for seats, limit in zip(found.seats.values(), election["candidates"], strict=True)
    )
    assert all(seats == 0 for seats, votes in zip(found.seats.values(), election["votes"], strict=True) if votes == 0)
    assert found.steps
    assert {step.rule for step in found.steps} >= {"total_votes", "result"}


@given(elections())
def test_a_lot_is_asked_only_if_its_outcomes_differ(election: dict[str, Any]) -> None:
    found = _allocate(**election)
    if found.lot is not None:
        ways = [frozenset(_all_outcomes(lambda lots: _allocate(**election, lots=lots), (drawn,))) for drawn in found.lot.among]
        assert len(set(ways)) > 1


@given(elections())
def test_what_is_certain_stays_so_whatever_is_drawn(election: dict[str, Any]) -> None:
    found = _allocate(**election)
    for seats, vacant in _all_outcomes(lambda lots: _allocate(**election, lots=lots)):
        assert all(later >= now for now, later in zip(found.seats.values(), seats, strict=True))
        assert vacant >= found.vacant


@given(elections(clause=False))
def test_every_way_to_draw_is_every_way_to_give_the_open_seats_to_tied_lists(election: dict[str, Any]) -> None:
    # the definition, by trying every subset: nothing of the question-by-question procedure is used
    votes, seats, limits = election["votes"], election["seats"], election["candidates"]
    assume(sum(votes))
    standing_of = sainte_lague.standing_of if election["method"] is SAINTE_LAGUE else hare_niemeyer.standing_of
    standing = standing_of(seats, _lists(votes))
    expected = set()
    for winners in combinations(standing.tied, standing.open):
        paper = [number + (name in winners) for name, number in standing.seats.items()]
        taken = tuple(number if limit is None else min(number, limit) for number, limit in zip(paper, limits, strict=True))
        expected.add((taken, seats - sum(taken)))
    assert _all_outcomes(lambda lots: _allocate(**election, lots=lots)) == expected


@given(elections(), st.randoms())
def test_the_names_and_the_order_of_lists_give_no_seat(election: dict[str, Any], chance: Any) -> None:
    order = list(range(len(election["votes"])))
    chance.shuffle(order)
    shuffled = election | {key: [election[key][place] for place in order] for key in ("votes", "candidates")}
    first, second = _allocate(**election), _allocate(**shuffled)
    assert [list(first.seats.values())[place] for place in order] == list(second.seats.values())
    assert first.vacant == second.vacant
    assert (first.lot is None) == (second.lot is None)
    if first.lot and second.lot:
        assert first.lot.seat == second.lot.seat
        assert {int(name) - 1 for name in first.lot.among} == {order[int(name) - 1] for name in second.lot.among}


@given(VOTES, SEATS)
def test_one_seat_more_takes_no_seat_from_any_list(votes: list[int], seats: int) -> None:
    assume(sum(votes))
    now, then = sainte_lague.standing_of(seats, _lists(votes)), sainte_lague.standing_of(seats + 1, _lists(votes))
    assert all(then.seats[name] >= number for name, number in now.seats.items())


@given(VOTES, SEATS, st.integers(0, 5), st.integers(1, 1000))
def test_more_votes_never_mean_fewer_seats(votes: list[int], seats: int, which: int, more: int) -> None:
    assume(sum(votes))
    place = which % len(votes)
    grown = [number + (more if index == place else 0) for index, number in enumerate(votes)]
    before, after = sainte_lague.standing_of(seats, _lists(votes)), sainte_lague.standing_of(seats, _lists(grown))
    name = str(place + 1)
    assert after.seats[name] >= before.seats[name]
    assert all(after.seats[other] <= before.seats[other] + (other in before.tied) for other in before.seats if other != name)


@given(VOTES, SEATS, METHOD, st.integers(2, 1000))
def test_only_the_proportion_of_votes_counts(votes: list[int], seats: int, method: SeatMethod, factor: int) -> None:
    small = _allocate(votes, seats, method)
    large = _allocate([number * factor for number in votes], seats, method)
    assert (small.seats, small.lot, small.vacant) == (large.seats, large.lot, large.vacant)


@given(elections(), st.randoms())
def test_the_same_lots_give_the_same_result_with_the_same_steps(election: dict[str, Any], chance: Any) -> None:
    lots: list[str] = []
    found = _allocate(**election)
    while found.lot is not None:
        lots.append(chance.choice(found.lot.among))
        found = _allocate(**election, lots=lots)
    again = _allocate(**election, lots=lots)
    assert (again.seats, again.vacant, again.steps) == (found.seats, found.vacant, found.steps)
    with pytest.raises(LotRefused) as error:
        _allocate(**election, lots=[*lots, "1"])
    assert error.value.index == len(lots)


@given(VOTES, SEATS)
def test_quotients_and_divisor_agree(votes: list[int], seats: int) -> None:
    assume(sum(votes))
    standing = sainte_lague.standing_of(seats, _lists(votes))
    divisor = sainte_lague.divisor_of(standing)
    for name, number in standing.seats.items():
        assert sainte_lague.rounded(votes[int(name) - 1], divisor) == (number, name in standing.tied)
    ranked = [one.quotient for one in standing.ranked]
    assert ranked == sorted(ranked, reverse=True)
    assert all(one.quotient == standing.next[0].quotient for one in standing.next)


@given(st.lists(st.integers(1, 100_000), min_size=2, max_size=6), SEATS)
def test_one_vote_less_than_missing_wins_nothing_and_the_missing_votes_win_the_seat(votes: list[int], seats: int) -> None:
    assume(sum(votes))
    standing = sainte_lague.standing_of(seats, _lists(votes))
    missing = sainte_lague.missing_votes(standing)
    if missing is None:
        assert standing.open or standing.next[0].name == standing.ranked[-1].name
        return
    name = standing.next[0].name
    for more, wins in ((missing - 1, False), (missing, True)):
        grown = [number + (more if str(index) == name else 0) for index, number in enumerate(votes, 1)]
        after = sainte_lague.standing_of(seats, _lists(grown))
        assert (after.seats[name] > standing.seats[name]) == wins


@given(VOTES, SEATS)
def test_by_proportion_nobody_is_a_whole_seat_away_from_the_quota(votes: list[int], seats: int) -> None:
    assume(sum(votes))
    standing = hare_niemeyer.standing_of(seats, _lists(votes))
    for name, number in standing.seats.items():
        assert votes[int(name) - 1] * seats - (number - 1) * sum(votes) >= 0
        assert abs(votes[int(name) - 1] * seats - number * sum(votes)) < sum(votes)


@given(elections())
def test_a_majority_of_votes_is_a_majority_of_seats(election: dict[str, Any]) -> None:
    election |= {"clause": True, "candidates": [None] * len(election["votes"]), "majority_seats": MajoritySeats.AS_MANY_AS_NEEDED}
    votes, seats = election["votes"], election["seats"]
    assume(max(votes) * 2 > sum(votes))
    for result, _ in _all_outcomes(lambda lots: _allocate(**election, lots=lots)):
        assert 2 * result[votes.index(max(votes))] > seats


@given(elections())
def test_without_a_majority_of_votes_the_clause_changes_nothing(election: dict[str, Any]) -> None:
    assume(max(election["votes"]) * 2 <= sum(election["votes"]))
    with_clause, without = _allocate(**(election | {"clause": True})), _allocate(**(election | {"clause": False}))
    assert (with_clause.seats, with_clause.lot) == (without.seats, without.lot)


@pytest.mark.parametrize(
    ("votes", "seats", "candidates"),
    [([1], 0, None), ([-1], 1, None), ([1], 1, [-1])],
)
def test_impossible_questions_are_refused(votes: list[int], seats: int, candidates: list[int | None] | None) -> None:
    with pytest.raises(ValueError, match=r"\."):
        _allocate(votes, seats, candidates=candidates)


def test_a_list_is_named_once() -> None:
    with pytest.raises(ValueError, match="zweimal"):
        allocate(SAINTE_LAGUE, 3, [ListVotes("1", 5), ListVotes("1", 4)], majority_clause=False)


def test_lists_are_named_with_words_in_the_steps() -> None:
    steps = _allocate([5, 3], 3).steps_with({"1": "Bunte Liste"})
    assert any("„Bunte Liste“" in step.text for step in steps)
    assert any("„2“" in step.text for step in steps)
