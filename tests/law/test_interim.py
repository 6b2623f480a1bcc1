"""No two versions of a result, subtracted from each other, tell how a small polling district has voted."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from beiratswahl.law.count_units import published_units
from beiratswahl.law.interim import InterimUnits, interim_units, units_after
from beiratswahl.law.rules import Rules, System

LEAST = 50
RULES = Rules(System.PROPORTIONAL, 13, 13, min_ballots_per_count_unit=LEAST)
BALLOTS = st.one_of(st.integers(0, 30), st.integers(31, 70), st.integers(71, 400))
DISTRICTS = st.lists(BALLOTS, min_size=1, max_size=7).map(lambda amounts: dict(enumerate(amounts, 1)))
Groups = tuple[tuple[int, ...], ...]


def evening(data: st.DataObject, ballots: dict[int, int]) -> list[Groups]:
    """Groups of every version of an evening: districts are counted in any order, versions come at any time, the last has all."""
    versions: list[Groups] = []
    counted: dict[int, int] = {}
    for number in data.draw(st.permutations(sorted(ballots))):
        counted[number] = ballots[number]
        still_open = [one for one in ballots if one not in counted]
        if still_open and data.draw(st.booleans()):
            known = data.draw(st.sets(st.sampled_from(still_open)))
            found = interim_units(RULES, counted, sum(ballots[one] for one in known), versions[-1] if versions else ())
            if found.added:
                versions.append(found.groups)
    return [*versions, units_after(RULES, ballots, versions[-1] if versions else ())]


def told_by(rows: list[list[int]]) -> list[list[Fraction]]:
    """Everything that adding and subtracting the published sums can give, as a reduced basis."""
    basis: list[list[Fraction]] = []
    for row in rows:
        left = reduced([Fraction(cell) for cell in row], basis)
        if any(left):
            lead = next(cell for cell in left if cell)
            basis.append([cell / lead for cell in left])
    return basis


def reduced(row: list[Fraction], basis: list[list[Fraction]]) -> list[Fraction]:
    for known in basis:
        place = next(at for at, cell in enumerate(known) if cell)
        row = [cell - row[place] * other for cell, other in zip(row, known, strict=True)]
    return row


@given(st.data(), DISTRICTS)
@settings(max_examples=300, deadline=None)
def test_nothing_that_can_be_computed_from_all_versions_has_few_ballots(data: st.DataObject, ballots: dict[int, int]) -> None:
    voting = sorted(number for number, amount in ballots.items() if amount)
    rows = []
    for groups in evening(data, ballots):
        everybody = [number for group in groups for number in group]
        rows += [[int(number in shown) for number in voting] for shown in (*groups, everybody)]
    basis = told_by(rows)
    for size in range(1, len(voting)):
        for few in combinations(voting, size):
            if sum(ballots[number] for number in few) < LEAST:
                assert any(reduced([Fraction(int(number in few)) for number in voting], basis)), few


@given(st.data(), DISTRICTS)
def test_a_later_version_never_divides_a_group(data: st.DataObject, ballots: dict[int, int]) -> None:
    versions = evening(data, ballots)
    for earlier, later in pairwise(versions):
        for group in earlier:
            assert any(set(group) <= set(other) for other in later)


@given(st.data(), DISTRICTS)
def test_every_counted_district_is_shown_or_held_back_for_a_reason(data: st.DataObject, ballots: dict[int, int]) -> None:
    counted = {number: ballots[number] for number in data.draw(st.sets(st.sampled_from(sorted(ballots))))}
    found = interim_units(RULES, counted, data.draw(st.integers(0, 100)), ())
    shown = [number for group in found.groups for number in group]
    held_back = [*found.too_small, *found.companions]
    if found.added:
        assert sorted([*shown, *held_back]) == sorted(counted)
        assert all(sum(counted[number] for number in group) in (0, *range(LEAST, 10_000)) for group in found.groups)
    else:
        assert found.groups == ()
        assert set(held_back) == {number for number, amount in counted.items() if amount}


@given(DISTRICTS)
def test_without_an_earlier_version_the_groups_are_those_of_a_single_one(ballots: dict[int, int]) -> None:
    assert units_after(RULES, ballots, ()) == published_units(RULES, ballots)


@given(st.data(), DISTRICTS)
def test_publishing_the_same_state_again_changes_no_group(data: st.DataObject, ballots: dict[int, int]) -> None:
    groups = evening(data, ballots)[-1]
    assert units_after(RULES, ballots, groups) == groups


def test_large_districts_are_published_as_they_come_when_enough_is_outstanding() -> None:
    assert interim_units(RULES, {1: 200, 4: 90}, 50, ()) == InterimUnits(((1,), (4,)), (1, 4), (), ())
    assert interim_units(RULES, {1: 200, 2: 60, 4: 90}, 50, ((1,), (4,))) == InterimUnits(((1,), (2,), (4,)), (2,), (), ())


def test_the_smallest_large_one_waits_when_the_rest_might_have_too_few() -> None:
    assert interim_units(RULES, {1: 200, 4: 90}, 49, ()) == InterimUnits(((1,),), (1,), (), (4,))
    assert interim_units(RULES, {4: 90}, 49, ()) == InterimUnits((), (), (), (4,))
    # with exactly the least number a district is a large one
    assert interim_units(RULES, {1: 200, 4: LEAST}, 49, ()) == InterimUnits(((1,),), (1,), (), (4,))
    assert interim_units(replace(RULES, min_ballots_per_count_unit=1), {1: 5, 4: 1}, 0, ()) == InterimUnits(((1,),), (1,), (), (4,))


def test_a_small_one_waits_until_small_ones_together_have_enough() -> None:
    assert interim_units(RULES, {1: 200, 2: 20}, 300, ()) == InterimUnits(((1,),), (1,), (2,), ())
    # a district with exactly the least number is no small one and helps none
    assert interim_units(RULES, {1: LEAST, 2: 20}, 300, ()) == InterimUnits(((1,),), (1,), (2,), ())
    assert interim_units(RULES, {1: 200, 2: 20, 3: 30}, 300, ((1,),)) == InterimUnits(((1,), (2, 3)), (2, 3), (), ())


def test_small_ones_that_wait_count_for_the_rest() -> None:
    assert interim_units(RULES, {1: 200, 2: 20}, 30, ()) == InterimUnits(((1,),), (1,), (2,), ())
    assert interim_units(RULES, {2: 20, 3: 30}, 49, ()) == InterimUnits((), (), (), (2, 3))


def test_districts_without_any_ballot_come_along_but_make_no_version() -> None:
    assert interim_units(RULES, {1: 200, 2: 0}, 50, ()) == InterimUnits(((1,), (2,)), (1, 2), (), ())
    assert interim_units(RULES, {2: 0}, 50, ()).added == ()


def test_the_rest_is_put_together_among_itself_and_not_with_what_was_shown() -> None:
    # district 1 stood alone; 3 with its 12 ballots hides behind 2, not behind the smaller 1
    assert units_after(RULES, {1: 60, 2: 90, 3: 12}, ((1,),)) == ((1,), (2, 3))


def test_a_rest_made_small_by_corrections_stands_in_no_line_of_its_own() -> None:
    assert units_after(RULES, {1: 200, 2: 90, 3: 12, 4: 0}, ((1,), (2,))) == ((1,), (4,), (2, 3))
    assert units_after(RULES, {1: 200, 2: 90, 3: 1}, ((1,), (2,))) == ((1,), (2, 3))


def test_the_rest_may_be_what_a_published_district_lacks() -> None:
    assert units_after(RULES, {1: 45, 2: 90, 3: 10}, ((1,), (2,))) == ((2,), (1, 3))


def test_who_has_too_few_stands_behind_those_on_their_own() -> None:
    assert units_after(RULES, {1: 1, 2: 0}, ((1,),)) == ((2,), (1,))
    assert units_after(RULES, {1: LEAST, 2: 90}, ((1,),)) == ((1,), (2,))


def test_a_published_district_made_small_by_corrections_hides_behind_another_published_one() -> None:
    assert units_after(RULES, {1: 49, 2: 90, 3: 200}, ((1,), (2,))) == ((3,), (1, 2))


def test_districts_that_no_longer_exist_are_forgotten() -> None:
    assert units_after(RULES, {1: 60, 3: 90}, ((1,), (2, 3), (9,))) == ((1,), (3,))
