"""Control of typed ballots: the sample is drawn by a procedure that anyone can recompute."""

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beiratswahl.law.count_control import (
    LEAST_THROWS,
    SampleRule,
    drawn_numbers,
    place_in_draw,
    sample_holds,
    sample_rule_faults,
    sample_size,
    seed_faults,
)

SEEDS = st.text("123456", min_size=LEAST_THROWS, max_size=30)
NUMBERS = st.sets(st.integers(1, 5000), max_size=80)


def test_the_place_in_the_draw_is_what_any_machine_computes() -> None:
    shown = subprocess.run(["sha256sum"], input=b"3141526356/7/12", capture_output=True, check=True).stdout.decode()
    assert place_in_draw("3141526356", 7, 12) == shown.split()[0]


@given(SEEDS, st.integers(1, 99), NUMBERS, st.integers(0, 90))
def test_the_drawn_are_the_smallest_and_each_is_there(points: str, district: int, numbers: set[int], size: int) -> None:
    drawn = drawn_numbers(points, district, numbers, size)
    assert len(drawn) == min(size, len(numbers))
    assert set(drawn) <= numbers
    assert list(drawn) == sorted(drawn)
    largest = max((place_in_draw(points, district, number) for number in drawn), default="")
    assert all(place_in_draw(points, district, number) > largest for number in numbers - set(drawn)) or not drawn


@given(SEEDS, NUMBERS, st.integers(0, 50))
def test_a_larger_sample_keeps_what_a_smaller_one_had(points: str, numbers: set[int], size: int) -> None:
    assert set(drawn_numbers(points, 1, numbers, size)) <= set(drawn_numbers(points, 1, numbers, size + 1))


def test_another_seed_or_district_draws_others() -> None:
    numbers = range(1, 1001)
    first = drawn_numbers("1111111111", 1, numbers, 50)
    assert first != drawn_numbers("1111111112", 1, numbers, 50)
    assert first != drawn_numbers("1111111111", 2, numbers, 50)


def test_every_ballot_can_be_drawn_about_as_often_as_any_other() -> None:
    hits = dict.fromkeys(range(1, 21), 0)
    for throw in range(600):
        points = "".join(str(1 + throw // 6**place % 6) for place in range(LEAST_THROWS))
        for number in drawn_numbers(points, 3, hits, 5):
            hits[number] += 1
    assert all(100 <= often <= 200 for often in hits.values()), hits  # 150 each is expected


@pytest.mark.parametrize(
    ("percent", "least", "ballots", "size"),
    [(10, 20, 0, 0), (10, 20, 7, 7), (10, 20, 100, 20), (10, 20, 201, 21), (10, 20, 200, 20), (100, 1, 55, 55), (1, 1, 101, 2)],
)
def test_the_sample_is_the_share_rounded_up_and_never_less_than_the_least(percent: int, least: int, ballots: int, size: int) -> None:
    assert sample_size(SampleRule(percent, least), ballots) == size


@pytest.mark.parametrize("points", ["", "123456", "12345612347", "123456123a", "1234561230", "1" * 61, "１２３４５６１２３４"])
def test_a_seed_is_thrown_with_dice(points: str) -> None:
    assert seed_faults(points)
    with pytest.raises(ValueError, match=r"gewürfelten|Würfeln"):
        drawn_numbers(points, 1, [1], 1)


def test_a_sample_holds_up_to_the_differences_it_may_have() -> None:
    assert sample_holds(SampleRule(allowed=0), 0)
    assert not sample_holds(SampleRule(allowed=0), 1)
    assert sample_holds(SampleRule(allowed=2), 2)
    assert not sample_holds(SampleRule(allowed=2), 3)


@pytest.mark.parametrize(
    "rule", [SampleRule(0), SampleRule(101), SampleRule(least=0), SampleRule(allowed=-1), SampleRule(least=3, allowed=3)]
)
def test_a_rule_that_could_not_fail_or_draw_is_named(rule: SampleRule) -> None:
    assert len(sample_rule_faults(rule)) >= 1


def test_the_usual_rule_can_be_used() -> None:
    assert sample_rule_faults(SampleRule()) == ()
