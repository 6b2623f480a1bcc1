"""A candidate dies, loses the Wählbarkeit or withdraws after the admission: ballot, votes, seats, substitutes."""

from datetime import date, timedelta

import pytest

from beiratswahl.law.ballot_papers import Ballot
from beiratswahl.law.departures import DepartureKind, Treatment
from beiratswahl.operations import counting
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.ballots import ballot_paper
from beiratswahl.operations.committee_decisions import Vote
from beiratswahl.operations.departures import DepartureData, record_departure, revoke_departure, shortage
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.results import Result, result
from beiratswahl.store.read.committee import sitting
from beiratswahl.store.read.nominations import nominations
from tests.operations.test_committee import opened
from tests.world import ELECTION_DAY, ON_PAPER, Place, admitted, found, nominate

#: long ago, so that it never lies ahead of the day on which the tests run
HAPPENED = date(2020, 2, 3)
EVIDENCE = "Mitteilung des Standesamts"


def candidate_id(desk: Desk, place: Place, ballot_number: str) -> int:
    people = (person for of in nominations(desk.session, place.election_id) for person in of.candidates)
    return next(person.candidate_id for person in people if person.ballot_number == ballot_number)


def departure(treatment: Treatment = Treatment.STAYS, kind: DepartureKind = DepartureKind.DIED, vote: Vote | None = None) -> DepartureData:
    return DepartureData(kind, HAPPENED, EVIDENCE, treatment, "Die Stimmzettel sind gedruckt.", vote)


def count(desk: Desk, place: Place, ballots: list[Ballot]) -> None:
    for at, ballot in enumerate(ballots):
        counting.record_ballot(desk, place.districts[0], f"b{at}", ballot)


def adds_up(determined: Result) -> bool:
    """Given and lapsed votes are the votes of all valid ballots."""
    return determined.tally.used + determined.tally.unused == determined.rules.votes * determined.tally.valid


def test_on_a_list_the_votes_count_for_the_list_and_the_next_one_takes_the_seat(desk: Desk) -> None:
    place = admitted(desk, seats=3, votes=3)
    record_departure(desk, candidate_id(desk, place, "101"), departure())
    assert "101" in ballot_paper(desk.session, place.election_id).law.position
    count(desk, place, [Ballot(marks={"101": 3})] * 4 + [Ballot(marks={"201": 3})] * 2)
    determined = result(desk.session, place.election_id)
    assert determined.list_votes["1"] == 12
    assert determined.elected["1"].elected == ("102", "103")
    assert "101" not in [one for group in determined.elected["1"].substitutes for one in group]
    assert adds_up(determined)


def test_in_majority_votes_for_the_dead_are_invalid_and_the_sums_still_add_up(desk: Desk) -> None:
    place = found(desk, system="Mehrheitswahl", seats=2, nomination_model="Personenmodell", max_candidates_factor="2")
    nominate(desk, place, (("Alle", 4),))
    close_nominations(desk, place.election_id, ON_PAPER)
    record_departure(desk, candidate_id(desk, place, "1"), departure(kind=DepartureKind.LOST_ELIGIBILITY))
    count(desk, place, [Ballot(marks={"1": 1, "2": 1})] * 3 + [Ballot(marks={"3": 1})])
    determined = result(desk.session, place.election_id)
    assert determined.tally.votes == {"2": 3, "3": 1}
    assert determined.elected[""].elected == ("2", "3")
    assert adds_up(determined)


def test_before_printing_the_person_is_taken_off_and_the_numbers_of_the_others_stay(desk: Desk) -> None:
    place = admitted(desk)
    key = candidate_id(desk, place, "102")
    record_departure(desk, key, departure(Treatment.TAKEN_OFF))
    printed = ballot_paper(desk.session, place.election_id).law.lists["1"].candidates
    assert [person.candidate for person in printed][:3] == ["101", "103", "104"]
    revoke_departure(desk, key, "Verwechslung mit einer anderen Person")
    assert "102" in ballot_paper(desk.session, place.election_id).law.position


def test_once_ballots_are_recorded_the_paper_stays_as_it_is(desk: Desk) -> None:
    place = admitted(desk)
    key = candidate_id(desk, place, "102")
    counting.record_ballot(desk, place.districts[0], "b", Ballot(marks={"101": 1}))
    with pytest.raises(Refused, match="Stimmzettel erfasst"):
        record_departure(desk, key, departure(Treatment.TAKEN_OFF))
    record_departure(desk, key, departure())


def test_nobody_withdraws_after_the_admission_but_may_refuse_the_seat(desk: Desk) -> None:
    place = admitted(desk, seats=3, votes=3)
    key = candidate_id(desk, place, "101")
    with pytest.raises(Refused, match="zurücktreten"):
        record_departure(desk, key, departure(Treatment.TAKEN_OFF, DepartureKind.WITHDREW))
    record_departure(desk, key, departure(kind=DepartureKind.WITHDREW))
    count(desk, place, [Ballot(marks={"101": 3})] * 2)
    assert "101" in result(desk.session, place.election_id).elected["1"].elected


def test_a_departure_needs_evidence_and_reason_and_can_be_taken_back(desk: Desk) -> None:
    place = admitted(desk)
    key = candidate_id(desk, place, "101")
    with pytest.raises(Refused, match="Nachweis"):
        record_departure(desk, key, DepartureData(DepartureKind.DIED, HAPPENED, " ", Treatment.STAYS, "x"))
    record_departure(desk, key, departure())
    with pytest.raises(Refused, match="schon ein Ausscheiden"):
        record_departure(desk, key, departure())
    with pytest.raises(Refused, match="Grund"):
        revoke_departure(desk, key, "")
    revoke_departure(desk, key, "Irrtum")
    with pytest.raises(Refused, match="kein Ausscheiden"):
        revoke_departure(desk, key, "Irrtum")


def test_before_the_decision_the_nomination_itself_is_changed(desk: Desk) -> None:
    place = found(desk)
    nominate(desk, place)
    key = nominations(desk.session, place.election_id)[0].candidates[0].candidate_id
    with pytest.raises(Refused, match="noch nicht entschieden"):
        record_departure(desk, key, departure())


def test_an_open_sitting_minutes_the_decision_with_its_vote(desk: Desk) -> None:
    place = admitted(desk)
    sitting_id, key = opened(desk, place), candidate_id(desk, place, "101")
    with pytest.raises(Refused, match="abgestimmt"):
        record_departure(desk, key, departure())
    record_departure(desk, key, departure(vote=Vote(3)))
    view = sitting(desk.session, sitting_id)
    assert view is not None
    (decision,) = view.decisions
    assert (decision.candidate_id, decision.decision, decision.yes) == (key, "bleibt auf dem Stimmzettel", 3)


def test_too_few_persons_left_is_said_and_left_to_the_wahlleiter(desk: Desk) -> None:
    place = found(desk, seats=3, votes=3)
    nominate(desk, place, (("A", 2), ("B", 2)))
    close_nominations(desk, place.election_id, ON_PAPER)
    assert shortage(desk.session, place.election_id) is None
    record_departure(desk, candidate_id(desk, place, "101"), departure())
    step = shortage(desk.session, place.election_id)
    assert step is not None
    assert "nur noch 3 Personen für 3 Sitze" in step.text


def test_who_dies_after_the_election_is_a_matter_of_succession(desk: Desk) -> None:
    place = admitted(desk)
    later = DepartureData(DepartureKind.DIED, ELECTION_DAY + timedelta(days=1), "x", Treatment.STAYS, "x")
    with pytest.raises(Refused, match="rückt jemand nach"):
        record_departure(desk, candidate_id(desk, place, "101"), later)
