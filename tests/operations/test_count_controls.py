"""The control of an election is chosen once; a sample is drawn in the open, entered again blind, and followed by all when it fails."""

import pytest
from sqlalchemy.orm import Session

from beiratswahl.law.ballot_papers import Ballot
from beiratswahl.law.count_control import ControlMethod, SampleRule, drawn_numbers
from beiratswahl.operations.closing import control
from beiratswahl.operations.count_controls import choose_control, draw_sample
from beiratswahl.operations.counting import cancel_ballot, record_ballot
from beiratswahl.operations.desk import Actor, Desk, Refused
from beiratswahl.operations.second_entries import FIRST, covered, record_second, say_which_is_right, second_count
from beiratswahl.store.read.count_control import chosen, draws
from tests.world import Place, admitted

POINTS = "3141 5263 56"
RULE = SampleRule(percent=25, least=2)
CONTROL = {"F208", "F209", "F210", "F211", "F212"}
TYPED = Ballot(marks={"101": 1})


@pytest.fixture
def place(desk: Desk) -> Place:
    return admitted(desk)


@pytest.fixture
def anna(session: Session) -> Desk:
    return Desk(session, Actor(11, "Anna", "Zählgruppe"))


@pytest.fixture
def ben(session: Session) -> Desk:
    return Desk(session, Actor(12, "Ben", "Zählgruppe"))


def typed(team: Desk, place: Place, ballots: int, first: int = 1) -> None:
    for at in range(first, first + ballots):
        record_ballot(team, place.districts[0], f"kennung-{at}", TYPED)


def codes(session: Session, place: Place) -> set[str]:
    return {check.code for check in control(session, place.districts[0]).errors} & CONTROL


def test_it_is_chosen_freely_before_counting_and_by_decision_afterwards(desk: Desk, place: Place, anna: Desk) -> None:
    choose_control(desk, place.election_id, ControlMethod.SECOND_ENTRY, SampleRule())
    choose_control(desk, place.election_id, ControlMethod.SAMPLE, RULE)
    with pytest.raises(Refused, match="schon gewählt"):
        choose_control(desk, place.election_id, ControlMethod.SAMPLE, RULE)
    typed(anna, place, 1)
    with pytest.raises(Refused, match="Begründung"):
        choose_control(desk, place.election_id, ControlMethod.NONE, RULE)
    choose_control(desk, place.election_id, ControlMethod.SECOND_ENTRY, RULE, "Beschluss des Wahlausschusses vom 8. November")
    now = chosen(desk.session, place.election_id)
    assert now is not None
    assert (now.method, now.decision) == ("vollständige Zweiteingabe", "Beschluss des Wahlausschusses vom 8. November")


def test_a_sample_that_could_never_fail_is_refused(desk: Desk, place: Place) -> None:
    with pytest.raises(Refused, match="Prozent"):
        choose_control(desk, place.election_id, ControlMethod.SAMPLE, SampleRule(percent=0))
    assert chosen(desk.session, place.election_id) is None


def test_a_chosen_second_entry_is_missed_before_anybody_begins(session: Session, desk: Desk, place: Place, anna: Desk) -> None:
    choose_control(desk, place.election_id, ControlMethod.SECOND_ENTRY, RULE)
    assert codes(session, place) == set()
    typed(anna, place, 2)
    assert codes(session, place) == {"F208"}
    assert covered(session, place.districts[0])


def test_the_sample_is_the_one_everybody_can_recompute(session: Session, desk: Desk, place: Place, anna: Desk) -> None:
    choose_control(desk, place.election_id, ControlMethod.SAMPLE, RULE)
    typed(anna, place, 9)
    assert codes(session, place) == {"F210"}
    cancel_ballot(anna, place.districts[0], 4, "vertippt")
    drawn = draw_sample(desk, place.districts[0], POINTS, "Fatma Yıldız würfelt, Karl Zeuge liest vor")
    assert drawn == drawn_numbers("3141526356", 1, [1, 2, 3, 5, 6, 7, 8, 9], 2)
    (draw,) = draws(session, place.districts[0])
    assert (draw.points, draw.ballots, draw.highest_number, draw.drawn, draw.recorded_by) == ("3141526356", 8, 9, drawn, "Erika Amt")
    assert codes(session, place) == {"F211"}


def test_only_drawn_ballots_are_entered_again_and_then_it_holds(session: Session, desk: Desk, place: Place, anna: Desk, ben: Desk) -> None:
    north = place.districts[0]
    choose_control(desk, place.election_id, ControlMethod.SAMPLE, RULE)
    typed(anna, place, 8)
    with pytest.raises(Refused, match="noch nicht gezogen"):
        record_second(ben, north, 1, TYPED)
    drawn = draw_sample(desk, north, POINTS, "Fatma und Karl")
    other = next(number for number in range(1, 9) if number not in drawn)
    with pytest.raises(Refused, match="gehört nicht zur Stichprobe"):
        record_second(ben, north, other, TYPED)
    for number in drawn:
        assert covered(session, north)
        record_second(ben, north, number, TYPED)
    assert codes(session, place) == set()
    assert not covered(session, north)


def test_one_difference_too_many_asks_for_every_ballot_even_when_it_is_settled(
    session: Session, desk: Desk, place: Place, anna: Desk, ben: Desk
) -> None:
    north = place.districts[0]
    choose_control(desk, place.election_id, ControlMethod.SAMPLE, RULE)
    typed(anna, place, 8)
    first, second = draw_sample(desk, north, POINTS, "Fatma und Karl")
    record_second(ben, north, first, Ballot(marks={"101": 2}))
    record_second(ben, north, second, TYPED)
    assert codes(session, place) == {"F208", "F209", "F212"}
    for team in (anna, ben):
        say_which_is_right(team, north, first, FIRST)
    assert codes(session, place) == {"F208", "F212"}
    for number in second_count(session, north).waiting:
        record_second(ben, north, number, TYPED)
    assert codes(session, place) == set()


def test_differences_within_what_is_allowed_are_settled_and_that_is_all(
    session: Session, desk: Desk, place: Place, anna: Desk, ben: Desk
) -> None:
    north = place.districts[0]
    choose_control(desk, place.election_id, ControlMethod.SAMPLE, RULE._replace(allowed=1))
    typed(anna, place, 8)
    first, second = draw_sample(desk, north, POINTS, "Fatma und Karl")
    record_second(ben, north, first, Ballot(marks={"101": 2}))
    record_second(ben, north, second, TYPED)
    assert codes(session, place) == {"F209"}
    for team in (anna, ben):
        say_which_is_right(team, north, first, FIRST)
    assert codes(session, place) == set()


def test_taking_a_drawn_ballot_back_counts_as_a_difference(session: Session, desk: Desk, place: Place, anna: Desk) -> None:
    choose_control(desk, place.election_id, ControlMethod.SAMPLE, RULE)
    typed(anna, place, 8)
    first, _ = draw_sample(desk, place.districts[0], POINTS, "Fatma und Karl")
    cancel_ballot(anna, place.districts[0], first, "vertippt")
    sample = second_count(session, place.districts[0]).sample
    assert sample is not None
    assert (sample.differing, sample.failed) == ((first,), True)


def test_ballots_recorded_after_the_draw_ask_for_another_and_nothing_else_does(
    session: Session, desk: Desk, place: Place, anna: Desk, ben: Desk
) -> None:
    north = place.districts[0]
    choose_control(desk, place.election_id, ControlMethod.SAMPLE, RULE)
    with pytest.raises(Refused, match="nichts zu ziehen"):
        draw_sample(desk, north, POINTS, "Fatma und Karl")
    typed(anna, place, 8)
    drawn = draw_sample(desk, north, POINTS, "Fatma und Karl")
    with pytest.raises(Refused, match="schon gezogen"):
        draw_sample(desk, north, "1" * 10, "Fatma und Karl")
    typed(anna, place, 1, first=9)
    assert "F210" in codes(session, place)
    again = draw_sample(desk, north, "2" * 10, "Fatma und Karl")
    found = second_count(session, north)
    assert found.waiting == tuple(sorted({*drawn, *again}))  # what was drawn once stays drawn


def test_nobody_draws_in_secret_or_without_dice(desk: Desk, place: Place, anna: Desk) -> None:
    north = place.districts[0]
    typed(anna, place, 3)
    with pytest.raises(Refused, match="keine Stichprobe gewählt"):
        draw_sample(desk, north, POINTS, "Fatma und Karl")
    choose_control(desk, place.election_id, ControlMethod.SAMPLE, RULE, "Beschluss des Wahlausschusses")
    with pytest.raises(Refused, match="wer gewürfelt"):
        draw_sample(desk, north, POINTS, " ")
    with pytest.raises(Refused, match="Ziffern von 1 bis 6"):
        draw_sample(desk, north, "7" * 10, "Fatma und Karl")
    with pytest.raises(Refused, match="eingetragen sind 3"):
        draw_sample(desk, north, "123", "Fatma und Karl")
