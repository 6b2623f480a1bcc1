"""Stacks are counted by two people; what differs blocks closing until both have settled it with the papers in hand."""

import pytest
from sqlalchemy.orm import Session

from beiratswahl.operations import boards
from beiratswahl.operations.closing import control
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.stacks import BLANK, FIRST, SECOND, counters, record_stacks, record_stacks_again, settle_stacks, stack_count
from beiratswahl.store.read.counting import count
from beiratswahl.store.read.nominations import nominations
from tests.operations.test_teams import NAMES, at_the_team, working
from tests.world import Place, admitted, two_counters

BOTH = (FIRST, SECOND)


@pytest.fixture
def place(desk: Desk) -> Place:
    return admitted(desk)


@pytest.fixture
def lists(desk: Desk, place: Place) -> list[int]:
    return [of.nomination_id for of in nominations(desk.session, place.election_id)]


@pytest.fixture
def people(desk: Desk, place: Place) -> tuple[int, int]:
    return two_counters(desk, place.districts[0])


def codes(session: Session, place: Place) -> set[str]:
    return {check.code for check in control(session, place.districts[0]).errors} & {"F213", "F214"}


def test_a_second_person_has_to_count_what_lies_on_the_stacks(
    session: Session, desk: Desk, place: Place, lists: list[int], people: tuple[int, int]
) -> None:
    north = place.districts[0]
    record_stacks(desk, north, {lists[0]: 0}, 0, 0, people[0])
    assert codes(session, place) == set()
    record_stacks(desk, north, {lists[0]: 7, lists[1]: 3}, 2, 1, people[0])
    assert codes(session, place) == {"F213"}
    record_stacks_again(desk, north, {lists[0]: 7, lists[1]: 3}, 2, people[1])
    assert codes(session, place) == set()


def test_one_person_is_not_two(desk: Desk, place: Place, lists: list[int], people: tuple[int, int]) -> None:
    north = place.districts[0]
    with pytest.raises(Refused, match="noch niemand gezählt"):
        record_stacks_again(desk, north, {lists[0]: 7}, 0, people[1])
    record_stacks(desk, north, {lists[0]: 7}, 0, 0, people[0])
    with pytest.raises(Refused, match="hat die Stapel schon gezählt"):
        record_stacks_again(desk, north, {lists[0]: 7}, 0, people[0])
    record_stacks_again(desk, north, {lists[0]: 7}, 0, people[1])
    with pytest.raises(Refused, match="hat die Stapel schon gezählt"):
        record_stacks(desk, north, {lists[0]: 8}, 0, 1, people[1])


def test_only_who_is_there_counts(desk: Desk, place: Place, lists: list[int], people: tuple[int, int]) -> None:
    north, south = place.districts
    elsewhere, _ = two_counters(desk, south, ("Cem Süd", "Dana Süd"))
    boards.record_presence(desk, north, people[0], present=False)
    for nobody in (people[0], elsewhere, 0):
        with pytest.raises(Refused, match="als anwesend erfasst"):
            record_stacks(desk, north, {lists[0]: 7}, 0, 0, nobody)
    record_stacks(desk, north, {lists[0]: 7}, 0, 0, people[1])


def test_a_group_counts_with_its_own_people(desk: Desk, place: Place, lists: list[int], people: tuple[int, int]) -> None:
    north = place.districts[0]
    working(desk, north, 1, NAMES)
    team = at_the_team(desk, north, 1)
    own = [member.member_id for member in counters(desk.session, north, team.actor.account_id)]
    assert len(own) == 3
    assert not {*own} & {*people}
    with pytest.raises(Refused, match="Wählen Sie, wer"):
        record_stacks(team, north, {lists[0]: 7}, 0, 0, people[0])
    record_stacks(team, north, {lists[0]: 7}, 0, 0, own[0])
    record_stacks_again(desk, north, {lists[0]: 7}, 0, people[0])
    assert {*people, *own} == {member.member_id for member in counters(desk.session, north, None)}


def test_differences_are_settled_by_both_stack_by_stack(
    session: Session, desk: Desk, place: Place, lists: list[int], people: tuple[int, int]
) -> None:
    north = place.districts[0]
    record_stacks(desk, north, {lists[0]: 7, lists[1]: 3}, 2, 0, people[0])
    record_stacks_again(desk, north, {lists[0]: 8, lists[1]: 3}, 1, people[1])
    assert codes(session, place) == {"F214"}
    found = stack_count(session, north)
    assert [(each.key, each.first, each.second) for each in found.differences] == [(str(lists[0]), 7, 8), (BLANK, 2, 1)]
    with pytest.raises(Refused, match="bei jedem Stapel"):
        settle_stacks(desk, north, {BLANK: FIRST}, BOTH)
    with pytest.raises(Refused, match="Bestätigen müssen es beide"):
        settle_stacks(desk, north, {BLANK: FIRST, str(lists[0]): SECOND}, (FIRST,))
    settle_stacks(desk, north, {BLANK: FIRST, str(lists[0]): SECOND}, BOTH)
    counted = count(session, north)
    assert (counted.unchanged, counted.blank_ballots) == ({lists[0]: 8, lists[1]: 3}, 2)
    assert codes(session, place) == set()
    assert stack_count(session, north).second.settled == {str(lists[0]): [7, 8, 8], BLANK: [2, 1, 2]}  # type: ignore[union-attr]  # there is one
    with pytest.raises(Refused, match="keinen offenen Unterschied"):
        settle_stacks(desk, north, {}, BOTH)


def test_a_corrected_count_is_compared_anew(session: Session, desk: Desk, place: Place, lists: list[int], people: tuple[int, int]) -> None:
    north = place.districts[0]
    record_stacks(desk, north, {lists[0]: 7}, 0, 0, people[0])
    record_stacks_again(desk, north, {lists[0]: 8}, 0, people[1])
    record_stacks_again(desk, north, {lists[0]: 7}, 0, people[1])
    assert codes(session, place) == set()
    record_stacks(desk, north, {lists[0]: 9}, 0, 1, people[0])
    assert codes(session, place) == {"F214"}
