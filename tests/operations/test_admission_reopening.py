"""An admission that is opened again: everything as it was handed in, old minutes as they were."""

from collections.abc import Callable
from datetime import date

import pytest

from beiratswahl import clock
from beiratswahl.law.ballot_papers import Ballot
from beiratswahl.law.departures import DepartureKind, Treatment
from beiratswahl.operations import committee
from beiratswahl.operations.admission import Decisions, close_nominations
from beiratswahl.operations.admission_reopening import reopen_admission
from beiratswahl.operations.announcements_before import Announcement
from beiratswahl.operations.committee_decisions import Vote
from beiratswahl.operations.committee_papers import minutes_pdf
from beiratswahl.operations.counting import record_ballot
from beiratswahl.operations.departures import DepartureData, record_departure
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.nominations import NominationData, change_nomination
from beiratswahl.operations.notices import publish_notice, withdraw_notice
from beiratswahl.store.read import setup
from beiratswahl.store.read.committee import sitting
from beiratswahl.store.read.nominations import free_numbers, nominations
from tests.documents.conftest import text_in
from tests.operations.test_committee import opened
from tests.world import ON_PAPER, PAPERS, Place, admitted, candidate, found, nominate

DAY = date(2026, 10, 6)


def minutes(desk: Desk, sitting_id: int) -> str:
    view = sitting(desk.session, sitting_id)
    assert view is not None
    return text_in(minutes_pdf(desk.session, view, DAY))


def decided_in_a_sitting(desk: Desk) -> tuple[Place, int, list[int]]:
    """The first list refused, a person of the second struck, in a sitting that is still open."""
    place = found(desk)
    ids = nominate(desk, place)
    sitting_id = opened(desk, place)
    gone = nominations(desk.session, place.election_id)[1].candidates[0].candidate_id
    close_nominations(desk, place.election_id, Decisions({ids[0]: "Kennwort fehlt"}, {gone: "nicht wählbar"}, dict.fromkeys(ids, Vote(3))))
    return place, sitting_id, ids


def test_everything_stands_again_as_it_was_handed_in(desk: Desk) -> None:
    place = found(desk)
    nominate(desk, place)
    before = nominations(desk.session, place.election_id)
    (first, *_), (person, *_) = before, before[1].candidates
    close_nominations(
        desk,
        place.election_id,
        Decisions({first.nomination_id: "Kennwort fehlt"}, {person.candidate_id: "nicht wählbar"}, outside="auf Papier"),
    )
    reopen_admission(desk, place.election_id, "Beanstandung der Aufsichtsbehörde")
    assert nominations(desk.session, place.election_id) == before
    assert free_numbers(desk.session, place.election_id) == ()
    election = setup.election(desk.session, place.election_id)
    assert election is not None
    assert (election.nominations_closed_at_utc, election.admission_outcome) == (None, "")
    assert close_nominations(desk, place.election_id, ON_PAPER).order == tuple(of.nomination_id for of in before)


def test_a_decision_is_put_right_within_the_same_sitting(desk: Desk) -> None:
    place, sitting_id, ids = decided_in_a_sitting(desk)
    reopen_admission(desk, place.election_id, "Schreibfehler")
    view = sitting(desk.session, sitting_id)
    assert view is not None
    assert view.decisions == ()
    close_nominations(desk, place.election_id, Decisions(votes=dict.fromkeys(ids, Vote(2, 1))))
    said = minutes(desk, sitting_id)
    assert "Der Wahlvorschlag wird zugelassen und erhält die Nummer 1. Abstimmung: 2\u00a0Ja, 1\u00a0Nein".replace("\u00a0", " ") in said
    assert "Kennwort fehlt" not in said


def test_a_closed_sitting_keeps_its_decisions_and_another_one_decides_anew(desk: Desk) -> None:
    place, first, ids = decided_in_a_sitting(desk)
    committee.close_sitting(desk, first, clock.now())
    reopen_admission(desk, place.election_id, "Beanstandung der Aufsichtsbehörde")
    second = opened(desk, place)
    close_nominations(desk, place.election_id, Decisions(votes=dict.fromkeys(ids, Vote(3))))
    for statement in (
        "Niederschrift über die Sitzung des Wahlausschusses",
        "„Internationale Liste“ zurückgewiesen Kennwort fehlt",
        "gestrichen nicht wählbar",
    ):
        assert statement in minutes(desk, first)
    assert "erhält die Nummer 1" not in minutes(desk, first)
    assert "erhält die Nummer 1" in minutes(desk, second)


def test_a_new_decision_without_a_sitting_does_not_change_old_minutes(desk: Desk) -> None:
    place, first, _ = decided_in_a_sitting(desk)
    committee.close_sitting(desk, first, clock.now())
    reopen_admission(desk, place.election_id, "Beanstandung der Aufsichtsbehörde")
    close_nominations(desk, place.election_id, ON_PAPER)
    assert "zurückgewiesen Kennwort fehlt" in minutes(desk, first)
    assert "erhält die Nummer" not in minutes(desk, first)


def test_after_reopening_a_nomination_can_be_changed_again(desk: Desk) -> None:
    place, first, ids = decided_in_a_sitting(desk)
    committee.close_sitting(desk, first, clock.now())
    reopen_admission(desk, place.election_id, "Name falsch geschrieben")
    received = nominations(desk.session, place.election_id)[1].received_at_utc
    change_nomination(desk, ids[1], NominationData("Neuer Name", received, (candidate("Neu"),), **PAPERS))
    assert "gestrichen nicht wählbar" in minutes(desk, first)


def test_minutes_do_not_change_when_somebody_dies_later(desk: Desk) -> None:
    place, sitting_id, _ = decided_in_a_sitting(desk)
    committee.close_sitting(desk, sitting_id, clock.now())
    before = minutes(desk, sitting_id)
    person = nominations(desk.session, place.election_id)[0].standing[0]
    data = DepartureData(DepartureKind.DIED, date(2026, 10, 10), "Sterbeurkunde", Treatment.TAKEN_OFF, "Beschluss")
    record_departure(desk, person.candidate_id, data)
    assert minutes(desk, sitting_id) == before


def dies(desk: Desk, place: Place) -> None:
    person = nominations(desk.session, place.election_id)[0].standing[0]
    data = DepartureData(DepartureKind.DIED, date(2026, 10, 10), "Sterbeurkunde", Treatment.STAYS, "schon gedruckt")
    record_departure(desk, person.candidate_id, data)


@pytest.mark.parametrize(
    ("happened", "why"),
    [
        (lambda desk, place: publish_notice(desk, place.election_id, Announcement.ADMITTED, clock.today()), "Bekanntmachung Nr. 1"),
        (lambda desk, place: publish_notice(desk, place.election_id, Announcement.ELECTION, clock.today()), "Bekanntmachung Nr. 1"),
        (dies, "ausgeschieden"),
        (lambda desk, place: record_ballot(desk, place.districts[0], "a", Ballot(marks={"101": 1})), "Stimmzettel erfasst, die"),
    ],
)
def test_what_rests_on_the_decision_keeps_it_closed(desk: Desk, happened: Callable[[Desk, Place], object], why: str) -> None:
    place = admitted(desk)
    happened(desk, place)
    before = nominations(desk.session, place.election_id)
    with pytest.raises(Refused, match=why):
        reopen_admission(desk, place.election_id, "neu")
    assert nominations(desk.session, place.election_id) == before


def test_a_withdrawn_notice_keeps_nothing_closed(desk: Desk) -> None:
    place = admitted(desk)
    number = publish_notice(desk, place.election_id, Announcement.ADMITTED, clock.today())
    withdraw_notice(desk, place.election_id, number, "Entscheidung wird neu getroffen")
    reopen_admission(desk, place.election_id, "neu")
    assert {of.number for of in nominations(desk.session, place.election_id)} == {None}


def test_only_a_decision_is_opened_again_and_only_with_a_reason(desk: Desk) -> None:
    place = found(desk)
    nominate(desk, place)
    with pytest.raises(Refused, match="noch nicht entschieden"):
        reopen_admission(desk, place.election_id, "neu")
    close_nominations(desk, place.election_id, ON_PAPER)
    with pytest.raises(Refused, match="Grund"):
        reopen_admission(desk, place.election_id, " ")
