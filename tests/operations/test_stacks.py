"""Stacks are counted by two people; what differs blocks closing until both have settled it with the papers in hand."""

import pytest
from sqlalchemy.orm import Session

from beiratswahl.operations.closing import control
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.stacks import BLANK, FIRST, SECOND, record_stacks, record_stacks_again, settle_stacks, stack_count
from beiratswahl.store.read.counting import count
from beiratswahl.store.read.nominations import nominations
from tests.world import Place, admitted

BOTH = ("Anna Erste", "Ben Zweiter")


@pytest.fixture
def place(desk: Desk) -> Place:
    return admitted(desk)


@pytest.fixture
def lists(desk: Desk, place: Place) -> list[int]:
    return [of.nomination_id for of in nominations(desk.session, place.election_id)]


def codes(session: Session, place: Place) -> set[str]:
    return {check.code for check in control(session, place.districts[0]).errors} & {"F213", "F214"}


def test_a_second_person_has_to_count_what_lies_on_the_stacks(session: Session, desk: Desk, place: Place, lists: list[int]) -> None:
    north = place.districts[0]
    record_stacks(desk, north, {lists[0]: 0}, 0, 0, BOTH[0])
    assert codes(session, place) == set()
    record_stacks(desk, north, {lists[0]: 7, lists[1]: 3}, 2, 1, BOTH[0])
    assert codes(session, place) == {"F213"}
    record_stacks_again(desk, north, {lists[0]: 7, lists[1]: 3}, 2, BOTH[1])
    assert codes(session, place) == set()


def test_one_person_is_not_two_in_whatever_spelling(desk: Desk, place: Place, lists: list[int]) -> None:
    north = place.districts[0]
    with pytest.raises(Refused, match="noch niemand gezählt"):
        record_stacks_again(desk, north, {lists[0]: 7}, 0, BOTH[1])
    record_stacks(desk, north, {lists[0]: 7}, 0, 0, "Jörg  Müller")
    with pytest.raises(Refused, match="hat die Stapel schon gezählt"):
        record_stacks_again(desk, north, {lists[0]: 7}, 0, "jorg mueller")
    with pytest.raises(Refused, match="wer die Stapel gezählt hat"):
        record_stacks_again(desk, north, {lists[0]: 7}, 0, " ")
    record_stacks_again(desk, north, {lists[0]: 7}, 0, BOTH[1])
    with pytest.raises(Refused, match="hat die Stapel schon gezählt"):
        record_stacks(desk, north, {lists[0]: 8}, 0, 1, BOTH[1])


def test_differences_are_settled_by_both_stack_by_stack(session: Session, desk: Desk, place: Place, lists: list[int]) -> None:
    north = place.districts[0]
    record_stacks(desk, north, {lists[0]: 7, lists[1]: 3}, 2, 0, BOTH[0])
    record_stacks_again(desk, north, {lists[0]: 8, lists[1]: 3}, 1, BOTH[1])
    assert codes(session, place) == {"F214"}
    found = stack_count(session, north)
    assert [(each.key, each.first, each.second) for each in found.differences] == [(str(lists[0]), 7, 8), (BLANK, 2, 1)]
    with pytest.raises(Refused, match="bei jedem Stapel"):
        settle_stacks(desk, north, {BLANK: FIRST}, BOTH)
    with pytest.raises(Refused, match="Bestätigen müssen es beide"):
        settle_stacks(desk, north, {BLANK: FIRST, str(lists[0]): SECOND}, BOTH[:1])
    settle_stacks(desk, north, {BLANK: FIRST, str(lists[0]): SECOND}, BOTH)
    counted = count(session, north)
    assert (counted.unchanged, counted.blank_ballots) == ({lists[0]: 8, lists[1]: 3}, 2)
    assert codes(session, place) == set()
    assert stack_count(session, north).second.settled == {str(lists[0]): [7, 8, 8], BLANK: [2, 1, 2]}  # type: ignore[union-attr]  # there is one
    with pytest.raises(Refused, match="keinen offenen Unterschied"):
        settle_stacks(desk, north, {}, BOTH)


def test_a_corrected_count_is_compared_anew(session: Session, desk: Desk, place: Place, lists: list[int]) -> None:
    north = place.districts[0]
    record_stacks(desk, north, {lists[0]: 7}, 0, 0, BOTH[0])
    record_stacks_again(desk, north, {lists[0]: 8}, 0, BOTH[1])
    record_stacks_again(desk, north, {lists[0]: 7}, 0, BOTH[1])
    assert codes(session, place) == set()
    record_stacks(desk, north, {lists[0]: 9}, 0, 1, BOTH[0])
    assert codes(session, place) == {"F214"}
