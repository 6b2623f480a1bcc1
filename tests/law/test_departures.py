"""Death, loss of Wählbarkeit and withdrawal after the admission; who makes up the Wahlausschuss."""

from datetime import date

import pytest

from beiratswahl.law.candidates import PersonVotes, of_list
from beiratswahl.law.committee import CommitteeFunction, attendance_fault
from beiratswahl.law.departures import DepartureKind, Treatment, effects, takes_no_seat, too_few
from beiratswahl.law.rule_layers import Origin, layer_of
from beiratswahl.law.rule_sets import RuleSet
from beiratswahl.law.rules import Rules


def rules(system: str = "Verhältniswahl", seats: int = 3, **values: object) -> Rules:
    base = {"system": system, "seats": seats, "voting_mode": "nur Briefwahl", **values}
    return RuleSet(date(2026, 11, 15), layer_of(Origin.BYLAW, base)).rules()


def test_who_withdraws_can_still_be_elected_the_dead_and_the_ineligible_cannot() -> None:
    assert [takes_no_seat(kind) for kind in DepartureKind] == [True, True, False]


def test_on_a_list_the_votes_stay_with_the_list_in_majority_they_are_invalid() -> None:
    on_list = effects(rules(), DepartureKind.DIED, Treatment.STAYS)
    by_majority = effects(rules("Mehrheitswahl", max_votes_per_candidate=1), DepartureKind.DIED, Treatment.STAYS)
    assert [step.rule for step in on_list] == ["stays", "votes_count_for_list"]
    assert [step.rule for step in by_majority] == ["stays", "votes_invalid"]
    assert by_majority[1].source == "§ 38 Abs. 2 Nr. 3 KWG"


def test_a_withdrawal_changes_nothing() -> None:
    assert [step.rule for step in effects(rules(), DepartureKind.WITHDREW, Treatment.STAYS)] == ["no_withdrawal"]


@pytest.mark.parametrize(("electable", "stops"), [(2, True), (3, True), (4, False)])
def test_not_more_persons_than_seats_are_for_the_wahlleiter_to_decide(electable: int, stops: bool) -> None:
    assert (too_few(rules(), electable) is not None) is stops


def test_the_seat_of_somebody_gone_falls_to_the_next_of_the_list() -> None:
    people = [PersonVotes("101", 50), PersonVotes("102", 40), PersonVotes("103", 30)]
    chosen = of_list(people, 2, {"101": "Tod"})
    assert chosen.elected == ("102", "103")
    assert chosen.substitutes == ()
    assert chosen.steps[0].rule == "gone"
    assert of_list(people, 3, {"101": "Tod"}).vacant == 1


CHAIR, ASSESSOR, DEPUTY = CommitteeFunction.CHAIR, CommitteeFunction.ASSESSOR, CommitteeFunction.DEPUTY_ASSESSOR


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        ([(CHAIR, True), (ASSESSOR, True), (ASSESSOR, True), (ASSESSOR, False), (ASSESSOR, False)], False),
        ([(CHAIR, True), (ASSESSOR, True), (ASSESSOR, False), (ASSESSOR, False)], True),
        ([(CHAIR, True), (ASSESSOR, True), (DEPUTY, True), (ASSESSOR, False), (ASSESSOR, False)], False),
        ([(CHAIR, False), (ASSESSOR, True), (ASSESSOR, True), (ASSESSOR, True)], True),
        ([(CHAIR, False), (CommitteeFunction.DEPUTY_CHAIR, True), (ASSESSOR, True), (ASSESSOR, True)], False),
        ([(CHAIR, True), (ASSESSOR, False), (CommitteeFunction.GUEST, True), (CommitteeFunction.RECORDER, True)], True),
    ],
)
def test_the_chair_and_more_than_half_have_to_be_there(members: list[tuple[CommitteeFunction, bool]], fault: bool) -> None:
    assert (attendance_fault(members) is not None) is fault
