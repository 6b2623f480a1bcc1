"""From admission to the ballot: what the Wahlausschuss admitted is printed, nothing else."""

from datetime import UTC, datetime

import pytest

from beiratswahl.law.rules import MajorityOvervote, System
from beiratswahl.operations import ballot_printing
from beiratswahl.operations.admission import Decisions, close_nominations
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.nominations import NominationData, receive_nomination
from beiratswahl.store.read.nominations import nomination
from tests.world import ON_PAPER, admitted, candidate, found, nominate


def test_the_ballot_shows_the_admitted_lists_with_their_numbers(desk: Desk) -> None:
    place = admitted(desk)
    sheet = ballot_printing.sheet_of(desk.session, place.election_id)
    assert [(of.number, of.keyword, len(of.persons)) for of in sheet.lists] == [
        (1, "Internationale Liste", 13),
        (2, "Gemeinsam für Musterstadt", 10),
        (3, "Bündnis der Vereine", 7),
        (4, "Junge Stimmen", 4),
    ]
    assert sheet.council_genitive == "Beirates für Migration und Integration der Stadt Musterstadt"
    assert (sheet.votes, sheet.votes_per_person, sheet.list_mark, sheet.write_in_lines) == (13, 3, True, 0)
    assert [person.named for person in sheet.lists[1].persons[:3]] == [3, 2, 1]
    assert sheet.numbers[:2] == ("101", "102")


def test_struck_persons_and_refused_lists_are_not_printed(desk: Desk) -> None:
    place = found(desk)
    nominated = nominate(desk, place)
    first = nomination(desk.session, nominated[0])
    assert first is not None
    gone = first.candidates[2]
    close_nominations(
        desk, place.election_id, Decisions({nominated[3]: "Kennwort fehlt."}, {gone.candidate_id: "keine Zustimmung"}, outside="auf Papier")
    )
    sheet = ballot_printing.sheet_of(desk.session, place.election_id)
    assert len(sheet.lists) == 3
    assert gone.family_name not in {person.family_name for of in sheet.lists for person in of.persons}


def test_a_single_list_leads_to_majority_vote_with_free_lines(desk: Desk) -> None:
    place = found(desk)
    nominate(desk, place, (("Internationale Liste", 20),))
    close_nominations(desk, place.election_id, ON_PAPER)
    sheet = ballot_printing.sheet_of(desk.session, place.election_id)
    assert sheet.system is System.MAJORITY
    assert (sheet.votes_per_person, sheet.list_mark, sheet.write_in_lines) == (1, True, 13)
    assert sheet.overvote is MajorityOvervote.FIRST_FROM_TOP or sheet.overvote is None


def test_in_the_person_model_everybody_stands_in_alphabetical_order_with_the_nominator(desk: Desk) -> None:
    place = found(
        desk,
        system="Mehrheitswahl",
        nomination_model="Personenmodell",
        seats=2,
        max_named=1,
        max_votes_per_candidate=1,
        ballot_order="alphabetisch",
    )
    for name, note in (("Öztürk", "Verein A"), ("Zorn", "Einzelbewerbung"), ("Abdi", "Einzelbewerbung")):
        receive_nomination(desk, place.election_id, NominationData(note, _moment(), (candidate(name),)))
    close_nominations(desk, place.election_id, ON_PAPER)
    sheet = ballot_printing.sheet_of(desk.session, place.election_id)
    assert [(person.number, person.family_name, person.note) for person in sheet.persons] == [
        ("1", "Abdi", "Einzelbewerbung"),
        ("2", "Öztürk", "Verein A"),
        ("3", "Zorn", "Einzelbewerbung"),
    ]
    assert not sheet.lists


def _moment() -> datetime:
    return datetime(2026, 9, 1, 10, tzinfo=UTC)


def test_before_the_decision_and_without_election_there_is_no_ballot(desk: Desk) -> None:
    place = found(desk)
    with pytest.raises(Refused, match="§ 23 KWG"):
        ballot_printing.ballot(desk.session, place.election_id)
    nominate(desk, place, (("Internationale Liste", 5),))
    close_nominations(desk, place.election_id, ON_PAPER)
    with pytest.raises(Refused, match=r"§ 56 Abs\. 3 GemO"):
        ballot_printing.ballot(desk.session, place.election_id)


def test_all_ballots_are_the_same_bytes_and_name_no_district(desk: Desk) -> None:
    place = admitted(desk)
    first, second = (ballot_printing.ballot(desk.session, place.election_id) for _ in range(2))
    assert first == second
    assert ballot_printing.ballot(desk.session, place.election_id, specimen=True) != first
    assert ballot_printing.stencil(desk.session, place.election_id).startswith(b"%PDF")


def test_a_name_without_letters_of_ours_is_refused_in_words(desk: Desk) -> None:
    place = found(desk)
    receive_nomination(desk, place.election_id, NominationData("தமிழ்", _moment(), tuple(candidate(f"P{at}") for at in range(14))))
    nominate(desk, place, (("Internationale Liste", 3),))
    close_nominations(desk, place.election_id, ON_PAPER)
    with pytest.raises(Refused, match="fehlt in der Schrift"):
        ballot_printing.ballot(desk.session, place.election_id)
