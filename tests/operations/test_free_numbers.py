"""Numbers that stay free for parties of the Landtag: numbered, printed, announced and minuted."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from beiratswahl.law.committee import CommitteeFunction
from beiratswahl.operations import ballot_printing, committee_papers
from beiratswahl.operations.admission import Decisions, close_nominations, decided, preview
from beiratswahl.operations.announcements_before import Announcement, announcement
from beiratswahl.operations.ballots import ballot_paper
from beiratswahl.operations.committee import SittingData, open_sitting, plan_sitting
from beiratswahl.operations.committee_attendance import record_attendance
from beiratswahl.operations.committee_decisions import Vote
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.nominations import NominationData, receive_nomination
from beiratswahl.store.read import committee, journal
from beiratswahl.store.read.nominations import free_numbers, nominations
from tests.documents.conftest import text_in
from tests.world import ON_PAPER, PAPERS, Place, candidate, found

BASIS = "§ 9 Abs. 3 der Satzung"
FREE = Decisions(free_numbers={2: "Partei Abwesend"}, free_basis=BASIS, outside="auf Papier")


def with_parties(desk: Desk, **bylaw: Any) -> Place:
    """Two parties of the Landtag and a voter group run; together there are more persons than seats."""
    place = found(desk, **bylaw)
    for keyword, landtag_votes in (("Partei Groß", 900_000), ("Partei Klein", 90_000), ("Wählergruppe", None)):
        people = tuple(candidate(f"{keyword.split()[-1]}{at}") for at in range(5))
        received = datetime(2026, 9, 1, 10, tzinfo=UTC)
        receive_nomination(desk, place.election_id, NominationData(keyword, received, people, landtag_votes=landtag_votes, **PAPERS))
    return place


def numbered(desk: Desk, place: Place) -> dict[int | None, str]:
    return {of.number: of.keyword for of in nominations(desk.session, place.election_id)}


def test_a_free_number_is_jumped_over_by_lists_candidates_ballot_and_count(desk: Desk) -> None:
    place = with_parties(desk)
    admission = close_nominations(desk, place.election_id, FREE)
    assert admission.numbers == (1, 3, 4)
    assert numbered(desk, place) == {1: "Partei Groß", 3: "Partei Klein", 4: "Wählergruppe"}
    assert [of.ballot_number for of in nominations(desk.session, place.election_id)[1].candidates] == ["301", "302", "303", "304", "305"]
    assert [of.number for of in ballot_printing.sheet_of(desk.session, place.election_id).lists] == [1, 3, 4]
    assert list(ballot_paper(desk.session, place.election_id).law.lists) == ["1", "3", "4"]


def test_no_column_is_printed_for_a_free_number(desk: Desk) -> None:
    place = with_parties(desk)
    close_nominations(desk, place.election_id, FREE)
    printed = text_in(ballot_printing.ballot(desk.session, place.election_id))
    assert "Wahlvorschlag 3" in printed
    assert "Wahlvorschlag 2" not in printed
    assert "Abwesend" not in printed


def test_the_notice_of_admitted_lists_says_which_number_stays_free_and_why(desk: Desk) -> None:
    place = with_parties(desk)
    close_nominations(desk, place.election_id, FREE)
    said = text_in(announcement(desk.session, place.election_id, Announcement.ADMITTED, date(2026, 10, 6)))
    assert "Die Listennummer 2 bleibt frei: „Partei Abwesend“ ist im Landtag vertreten und tritt hier nicht an." in said
    assert f"Grundlage: {BASIS}. (§ 24 Abs. 1 KWG)" in said
    # no number of the section before the number of the list
    assert "Wahlvorschlag 3 „Partei Klein“" in said
    assert "2. Wahlvorschlag" not in said


def test_minutes_and_journal_keep_the_free_number(desk: Desk) -> None:
    place = with_parties(desk)
    members = (("Vera Vorsitz", CommitteeFunction.CHAIR),)
    at = datetime(2026, 1, 5, 15, tzinfo=UTC)
    sitting_id = plan_sitting(desk, place.election_id, SittingData(at, "Rathaus", ("Zulassung",), members))
    (person,) = committee.sittings(desk.session, place.election_id)[0].attendances
    record_attendance(desk, person.attendance_id, at, None)
    open_sitting(desk, sitting_id, at)
    votes = {of.nomination_id: Vote(1) for of in nominations(desk.session, place.election_id)}
    close_nominations(desk, place.election_id, Decisions(votes=votes, free_numbers=FREE.free_numbers, free_basis=BASIS))
    (sitting,) = committee.sittings(desk.session, place.election_id)
    assert "Die Listennummer 2 bleibt frei" in text_in(committee_papers.minutes_pdf(desk.session, sitting, date(2026, 10, 6)))
    written = journal.entries_of_act(desk.session, place.municipality_id, place.election_id, "Zulassung abgeschlossen")[-1].details
    assert '"free_numbers":{"2":"Partei Abwesend"}' in written
    assert '"list_numbers":[1,3,4]' in written


def test_what_follows_is_read_back_as_it_was_decided(desk: Desk) -> None:
    place = with_parties(desk)
    seen = preview(desk.session, place.election_id, FREE)
    assert free_numbers(desk.session, place.election_id) == ()
    assert close_nominations(desk, place.election_id, FREE) == seen == decided(desk.session, place.election_id)


@pytest.mark.parametrize(
    ("free", "basis", "why"),
    [
        ({4: "Partei"}, BASIS, "Nummer 4 kann nicht frei bleiben"),
        ({2: " "}, BASIS, "Nennen Sie zu jeder freien Nummer die Partei"),
        ({2: "Partei"}, " ", "Bestimmung der Satzung"),
    ],
)
def test_a_number_stays_free_for_a_party_of_the_landtag_by_a_rule_of_the_bylaw(
    desk: Desk, free: dict[int, str], basis: str, why: str
) -> None:
    place = with_parties(desk)
    decisions = Decisions(free_numbers=free, free_basis=basis, outside="auf Papier")
    for act in (lambda: preview(desk.session, place.election_id, decisions), lambda: close_nominations(desk, place.election_id, decisions)):
        with pytest.raises(Refused, match=why):
            act()
    assert set(numbered(desk, place)) == {None}


@pytest.mark.parametrize("order", ["Eingang", "alphabetisch"])
def test_a_bylaw_with_another_order_leaves_no_number_free(desk: Desk, order: str) -> None:
    place = with_parties(desk, ballot_order=order)
    with pytest.raises(Refused, match=f"„{order}“"):
        preview(desk.session, place.election_id, FREE)
    assert close_nominations(desk, place.election_id, ON_PAPER).numbers == (1, 2, 3)
