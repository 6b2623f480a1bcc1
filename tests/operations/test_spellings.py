"""One person in several spellings: merged by decision before votes are added up, and parted again without a trace in the votes."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from beiratswahl.law.ballot_papers import Ballot, Finding, WriteIn
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.ballots import ballot_paper
from beiratswahl.operations.closing import control
from beiratswahl.operations.counting import cancel_ballot, decide_ballot, record_ballot
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.nominations import NominationData, receive_nomination
from beiratswahl.operations.spellings import merge_spelling, part_spelling, spellings, targets
from beiratswahl.operations.tally import tally
from tests.world import ON_PAPER, Place, candidate, found

WHY = "Nur eine Person dieses Namens ist wählbar; einstimmig."


@pytest.fixture
def place(desk: Desk) -> Place:
    majority = {"system": "Mehrheitswahl", "seats": 3, "nomination_model": "Personenmodell", "max_candidates_factor": "2"}
    place = found(desk, **majority, write_ins=True)
    for at in range(1, 6):
        data = NominationData("", datetime(2026, 9, at, 10, tzinfo=UTC), (candidate(f"Person10{at}"),))
        receive_nomination(desk, place.election_id, data)
    close_nominations(desk, place.election_id, ON_PAPER)
    return place


def written(desk: Desk, place: Place, *names: str, district: int = 0, marks: tuple[str, ...] = ()) -> int:
    entries = tuple(WriteIn(name, name) for name in names)
    key = "/".join((*names, *marks))
    return record_ballot(desk, place.districts[district], f"k-{key}", Ballot(marks=dict.fromkeys(marks, 1), write_ins=entries)).number


def votes(session: Session, place: Place) -> dict[str, int]:
    return dict(tally(session, ballot_paper(session, place.election_id), place.districts[0], 0).votes)


def test_a_merged_spelling_counts_for_the_person_that_is_meant(session: Session, desk: Desk, place: Place) -> None:
    north = place.districts[0]
    written(desk, place, "Ayşe Kaya")
    written(desk, place, "Ayse Kaya", "Karl Zeuge")
    assert votes(session, place) == {"Ayşe Kaya": 1, "Ayse Kaya": 1, "Karl Zeuge": 1}
    merge_spelling(desk, north, "Ayse Kaya", "Ayşe Kaya", WHY)
    assert votes(session, place) == {"Ayşe Kaya": 2, "Karl Zeuge": 1}
    written(desk, place, "Ayse Kaya", "Lena Berg")  # later ballots follow the decision
    assert votes(session, place) == {"Ayşe Kaya": 3, "Karl Zeuge": 1, "Lena Berg": 1}
    part_spelling(desk, north, "Ayse Kaya")
    assert votes(session, place) == {"Ayşe Kaya": 1, "Ayse Kaya": 2, "Karl Zeuge": 1, "Lena Berg": 1}


def test_both_spellings_on_one_ballot_are_one_vote(session: Session, desk: Desk, place: Place) -> None:
    written(desk, place, "Ayşe Kaya", "Ayse Kaya")
    merge_spelling(desk, place.districts[0], "Ayse Kaya", "Ayşe Kaya", WHY)
    assert votes(session, place) == {"Ayşe Kaya": 1}
    part_spelling(desk, place.districts[0], "Ayse Kaya")
    assert votes(session, place) == {"Ayşe Kaya": 1, "Ayse Kaya": 1}


def test_a_spelling_can_mean_a_printed_person_who_then_has_one_vote(session: Session, desk: Desk, place: Place) -> None:
    written(desk, place, "Ada Person101", marks=("1",))
    (found,) = spellings(session, ballot_paper(session, place.election_id), place.districts[0])
    assert found.alike == ("1",)
    merge_spelling(desk, place.districts[0], "Ada Person101", "1", WHY)
    assert votes(session, place) == {"1": 1}


def test_a_resolution_holds_through_a_merge(session: Session, desk: Desk, place: Place) -> None:
    north = place.districts[0]
    entries = (WriteIn("Ayşe Kaya", "Ayşe Kaya"), WriteIn("A. Kaya", "A. Kaya"))
    record_ballot(desk, north, "kennung-1", Ballot(write_ins=entries, findings=(Finding.ADDITION,)))
    decide_ballot(desk, north, 1, valid=True, reason="Nur ein Gruß.")
    merge_spelling(desk, north, "A. Kaya", "Ayşe Kaya", WHY)
    assert votes(session, place) == {"Ayşe Kaya": 1}


def test_names_that_look_alike_are_asked_about(session: Session, desk: Desk, place: Place) -> None:
    north = place.districts[0]
    for name in ("Ayşe Kaya", "Kaya, Ayse", "Karl Zeuge"):
        written(desk, place, name)
    paper = ballot_paper(session, place.election_id)
    alike = {each.text: each.alike for each in spellings(session, paper, north)}
    assert alike == {"Ayşe Kaya": ("Kaya, Ayse",), "Karl Zeuge": (), "Kaya, Ayse": ("Ayşe Kaya",)}
    assert "W205" in {check.code for check in control(session, north).unexplained}
    merge_spelling(desk, north, "Kaya, Ayse", "Ayşe Kaya", WHY)
    assert "W205" not in {check.code for check in control(session, north).checks}


def test_another_district_lends_its_spelling(session: Session, desk: Desk, place: Place) -> None:
    written(desk, place, "Ayse Kaya")
    written(desk, place, "Ayşe Kaya", district=1)
    merge_spelling(desk, place.districts[0], "Ayse Kaya", "Ayşe Kaya", WHY)
    assert votes(session, place) == {"Ayşe Kaya": 1}


def test_a_merge_leads_straight_to_a_person(session: Session, desk: Desk, place: Place) -> None:
    north = place.districts[0]
    for name in ("Ayşe Kaya", "Ayse Kaya", "A. Kaya"):
        written(desk, place, name)
    merge_spelling(desk, north, "Ayse Kaya", "Ayşe Kaya", WHY)
    assert "Ayse Kaya" not in targets(session, ballot_paper(session, place.election_id), place.election_id, north)
    for spelling, person, said in (
        ("A. Kaya", "Ayse Kaya", "Wählen Sie die Person"),
        ("Ayşe Kaya", "A. Kaya", "schon zusammengeführt"),
        ("Ayse Kaya", "A. Kaya", "schon zusammengeführt"),
        ("Unbekannt", "A. Kaya", "auf keinem Stimmzettel"),
        ("A. Kaya", "A. Kaya", "Wählen Sie die Person"),
        ("A. Kaya", "999", "Wählen Sie die Person"),
    ):
        with pytest.raises(Refused, match=said):
            merge_spelling(desk, north, spelling, person, WHY)
    with pytest.raises(Refused, match="Begründung"):
        merge_spelling(desk, north, "A. Kaya", "Ayşe Kaya", "")
    with pytest.raises(Refused, match="nicht zusammengeführt"):
        part_spelling(desk, north, "A. Kaya")


def test_a_cancelled_ballot_has_no_spelling(session: Session, desk: Desk, place: Place) -> None:
    cancel_ballot(desk, place.districts[0], written(desk, place, "Ayse Kaya"), "vertippt")
    assert spellings(session, ballot_paper(session, place.election_id), place.districts[0]) == ()
