"""No published figure tells how few people have voted."""

from hypothesis import given
from hypothesis import strategies as st

from beiratswahl.law.checks import Check
from beiratswahl.law.count_units import handover_checks, proposed_receivers, published_units
from beiratswahl.law.rules import Rules, System

RULES = Rules(System.PROPORTIONAL, 13, 13, min_ballots_per_count_unit=50)
DISTRICTS = st.dictionaries(st.integers(1, 60), st.integers(0, 200), min_size=1, max_size=12)


@given(DISTRICTS)
def test_every_district_stands_in_exactly_one_unit(ballots: dict[int, int]) -> None:
    assert sorted(number for unit in published_units(RULES, ballots) for number in unit) == sorted(ballots)


@given(DISTRICTS)
def test_no_unit_has_few_ballots_unless_the_whole_election_has(ballots: dict[int, int]) -> None:
    for unit in published_units(RULES, ballots):
        amount = sum(ballots[number] for number in unit)
        assert amount == 0 or amount >= 50 or amount == sum(ballots.values())


@given(DISTRICTS)
def test_a_small_district_cannot_be_had_by_subtraction(ballots: dict[int, int]) -> None:
    small = {number for number, amount in ballots.items() if 0 < amount < 50}
    hidden = {number for unit in published_units(RULES, ballots) if len(unit) > 1 for number in unit}
    voting = {number for number, amount in ballots.items() if amount}
    assert small <= hidden or voting == small  # with a single voting district the total says it all


def test_districts_large_enough_stand_alone() -> None:
    assert published_units(RULES, {1: 50, 2: 51, 3: 0}) == ((1,), (2,), (3,))


def test_one_small_district_takes_the_smallest_other_with_it() -> None:
    assert published_units(RULES, {1: 300, 2: 12, 3: 80}) == ((1,), (2, 3))


def test_small_districts_too_small_together_take_another_with_them() -> None:
    assert published_units(RULES, {1: 20, 2: 20, 3: 60, 4: 90}) == ((4,), (1, 2, 3))
    assert published_units(RULES, {1: 30, 2: 20, 3: 60, 4: 90}) == ((3,), (4,), (1, 2))


@given(DISTRICTS)
def test_who_should_be_merged_is_who_would_be_published_together(ballots: dict[int, int]) -> None:
    proposed = proposed_receivers(RULES, ballots)
    groups = {frozenset(unit) for unit in published_units(RULES, ballots) if len(unit) > 1}
    merged = {frozenset({receiver, *(giver for giver, to in proposed.items() if to == receiver)}) for receiver in proposed.values()}
    assert merged == groups
    assert not set(proposed) & set(proposed.values())
    assert all(ballots[giver] <= ballots[receiver] for giver, receiver in proposed.items())


def test_a_giving_district_answers_for_its_letters_only() -> None:
    found = tuple(Check(code, "", "", "", ()) for code in ("F103", "F201", "W102", "W203"))
    assert [check.code for check in handover_checks(found, gives=True, waiting_for=())] == ["F103", "W102"]


def test_a_counting_district_waits_for_every_giving_one() -> None:
    found = (Check("W204", "", "", "", ()),)
    checks = handover_checks(found, gives=False, waiting_for=(2, 5))
    assert [check.code for check in checks] == ["F105", "F105", "W204"]
    office = "Stimmbezirk 5 gibt seine Stimmzettel hierher ab und hat die Übergabe noch nicht abgeschlossen."
    assert checks[1] == Check("F105", "KWO § 57 Abs. 6 entsprechend", f"{office} Warten Sie darauf.", office, ("voters",))


def test_findings_of_a_giving_district_keep_their_order_under_one_code() -> None:
    found = (Check("F204", "", "", "B1", ()), Check("F204", "", "", "A1", ()), Check("F201", "", "", "", ()))
    assert [check.office for check in handover_checks(found, gives=False, waiting_for=())] == ["", "B1", "A1"]


def test_the_district_with_most_ballots_counts_or_the_lower_number() -> None:
    assert proposed_receivers(RULES, {4: 20, 2: 20, 3: 19}) == {3: 2, 4: 2}
    assert proposed_receivers(RULES, {1: 12, 2: 80, 3: 300}) == {1: 2}
    assert proposed_receivers(RULES, {1: 50, 2: 80}) == {}
