"""Where the plausibility rules begin: each figure at its limit and one beside it."""

from dataclasses import replace
from typing import Any

import pytest

from beiratswahl.law.checks import Check, check
from tests.law.test_checks import GOOD, RULES


def findings(code: str, **changes: Any) -> list[Check]:
    return [found for found in check(RULES, replace(GOOD, **changes)) if found.code == code]


@pytest.mark.parametrize(("eligible", "found"), [(99, True), (100, False), (101, False)])
def test_as_many_voters_as_eligible_are_possible(eligible: int, found: bool) -> None:
    assert bool(findings("F103", eligible=eligible)) is found


@pytest.mark.parametrize(
    ("invalid", "ballots", "found"), [(1, 20, True), (1, 19, False), (1, 21, False), (20, 400, True), (20, 401, False)]
)
def test_five_per_cent_of_at_least_twenty_ballots_are_many_invalid_ones(invalid: int, ballots: int, found: bool) -> None:
    assert bool(findings("W201", invalid=invalid, valid=ballots - invalid)) is found


@pytest.mark.parametrize(
    ("rejected", "letters", "found"), [(2, 20, True), (2, 19, False), (2, 21, False), (12, 120, True), (10, 101, False)]
)
def test_a_tenth_of_at_least_twenty_letters_are_many_rejected_ones(rejected: int, letters: int, found: bool) -> None:
    assert bool(findings("W103", letters_received=letters, letters_rejected={"Eid fehlt": rejected})) is found


@pytest.mark.parametrize(("received", "words"), [(104, "1 Umschlag mehr"), (103, "2 Umschläge mehr"), (106, "1 Umschlag weniger")])
def test_a_single_envelope_too_many_or_too_few_is_told(received: int, words: str) -> None:
    (found,) = findings("W102", letters_received=received)
    assert words in found.team


def test_envelopes_in_the_urn_are_asked_about_even_when_every_letter_was_rejected() -> None:
    assert findings("W102", letters_received=5, letters_rejected={"Eid fehlt": 5})
    # more rejected than received is an error of its own; the difference would only repeat it
    assert not findings("W102", letters_received=5, letters_rejected={"Eid fehlt": 6})


def test_candidates_above_the_limit_are_named_in_the_order_of_the_count() -> None:
    found = findings("F204", votes={"B1": 301, "A1": 300}, printed=frozenset())
    assert [one.office.split()[0] for one in found] == ["B1", "A1"]
