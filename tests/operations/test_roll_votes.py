"""Stimmabgabevermerk: only on or after the election day, only for who may vote in the polling room, all numbers or none."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from beiratswahl.operations import setup
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.roll import import_register
from beiratswahl.operations.roll_certificate_changes import invalidate_certificate, replace_certificate, restore_certificate
from beiratswahl.operations.roll_certificates import CertificateData, Delivery, issue_certificate, issue_certificates
from beiratswahl.operations.roll_closing import is_unchanged
from beiratswahl.operations.roll_corrections import Basis, Correction, Kind, correct_roll
from beiratswahl.operations.roll_entries import open_roll, update_roll
from beiratswahl.operations.roll_votes import note_votes, roll_numbers_of, take_back_vote
from beiratswahl.store.read.certificates import certificates_of
from beiratswahl.store.read.vote_notes import noted_entries, vote_notes, vote_notes_of
from beiratswahl.store.tables.electoral_roll import RollEntry
from beiratswahl.store.tables.journal import JournalEntry
from tests.operations.test_register_file import Write, a_line, write
from tests.operations.test_roll_book import CLOSING, HEARD, STICHTAG, STRIKE, at, close_anyway, newer, person
from tests.world import Place, found

__all__ = ["write"]

ELECTION = datetime(2026, 11, 15, 9, tzinfo=UTC)
ILL = CertificateData(Delivery.HANDED_OVER, ELECTION.date(), reason="plötzliche Erkrankung")


@pytest.fixture
def room(desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch) -> tuple[Place, int]:
    """A closed roll with one polling room: 1 and 2 may vote, 3 has W, 4 has N, 5 was struck after the closing, 6 got a late Wahlschein."""
    at(monkeypatch, STICHTAG)
    place = found(desk)
    district = setup.create_district(desk, place.election_id, 7, "Rathaus", postal=False)
    header = write().read_text(encoding="utf-8").strip() + ";Stimmbezirk"
    lines = [a_line(Registernummer=str(at + 1), Familienname=f"Name{letter}") + ";7" for at, letter in enumerate("abcdef")]
    import_register(desk, place.election_id, write(*lines, header=header))
    open_roll(desk, place.election_id)
    issue_certificate(desk, person(desk.session, "3"), CertificateData(Delivery.POST, None))
    correct_roll(desk, person(desk.session, "4"), Correction(Kind.STRIKE, Basis.OBVIOUS_ERROR, "verzogen", HEARD))
    at(monkeypatch, CLOSING)
    close_anyway(desk, place.election_id)
    correct_roll(desk, person(desk.session, "5"), STRIKE)
    issue_certificate(desk, person(desk.session, "6"), CertificateData(Delivery.POST, None, reason="plötzliche Erkrankung"))
    at(monkeypatch, ELECTION)
    return place, district


def test_notes_are_counted_and_leave_the_frozen_roll_as_it_is(desk: Desk, room: tuple[Place, int]) -> None:
    place, district = room
    assert note_votes(desk, district, [1, 2]) == 2
    notes = vote_notes_of(desk.session, place.election_id, district)
    assert notes is not None
    assert (notes.noted, notes.may_vote, notes.voters, notes.difference) == (2, 2, 0, -2)
    assert [one.postal for one in vote_notes(desk.session, place.election_id)] == [True, True, False]
    assert [(one.number, one.voted) for one in noted_entries(desk.session, district, (2, 9, 3))] == [(2, True), (3, False)]
    assert is_unchanged(desk.session, place.election_id)
    entry = desk.session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert entry is not None
    assert (entry.act, '"numbers":[1,2]' in entry.details) == ("Stimmabgabe vermerkt", True)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([3], "hat einen Wahlschein"),
        ([4], "ist gesperrt"),
        ([5], "ist gesperrt"),
        ([6], "hat einen Wahlschein"),
        ([77], "steht nicht im Wählerverzeichnis"),
        ([1, 3], "Es wurde nichts vermerkt"),
    ],
)
def test_nobody_else_is_noted_and_one_fault_stops_all(desk: Desk, room: tuple[Place, int], numbers: list[int], said: str) -> None:
    with pytest.raises(Refused, match=said):
        note_votes(desk, room[1], numbers)
    assert not any(one.voted for one in noted_entries(desk.session, room[1], (1, 2, 3, 4, 5, 6)))


def test_who_is_taken_up_again_after_the_closing_may_vote_in_the_polling_room(desk: Desk, room: tuple[Place, int]) -> None:
    for number in ("4", "5"):
        correct_roll(desk, person(desk.session, number), Correction(Kind.REINSTATE, Basis.OBVIOUS_ERROR, "verwechselt"))
    assert note_votes(desk, room[1], [4, 5]) == 2


def test_the_number_who_may_vote_follows_strikes_and_certificates_after_the_closing(desk: Desk, room: tuple[Place, int]) -> None:
    place, district = room

    def may_vote() -> int:
        notes = vote_notes_of(desk.session, place.election_id, district)
        assert notes is not None
        number = notes.may_vote
        desk.session.rollback()
        return number

    assert may_vote() == 2, "1 and 2"
    correct_roll(desk, person(desk.session, "1"), STRIKE)
    assert may_vote() == 1
    issue_certificate(desk, person(desk.session, "2"), ILL)
    assert may_vote() == 0
    for number in ("1", "4", "5"):
        correct_roll(desk, person(desk.session, number), Correction(Kind.REINSTATE, Basis.OBVIOUS_ERROR, "verwechselt"))
    assert may_vote() == 3
    assert note_votes(desk, district, [1, 4, 5]) == 3, "the number counts exactly those who are noted"


def test_who_was_entered_after_getting_a_certificate_votes_with_it_only(desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, STICHTAG)
    place = found(desk)
    district = setup.create_district(desk, place.election_id, 7, "Rathaus", postal=False)
    header = write().read_text(encoding="utf-8").strip() + ";Stimmbezirk"
    import_register(desk, place.election_id, write(a_line(Registernummer="1") + ";7", header=header))
    open_roll(desk, place.election_id)
    newer(desk, place, write, a_line(Registernummer="2", Familienname="Zuletzt") + ";7")
    issue_certificate(desk, person(desk.session, "2"), CertificateData(Delivery.POST, None, reason="verreist"))
    update_roll(desk, place.election_id)
    issued = issue_certificates(desk, district, [2, 1], CertificateData(Delivery.POST, None))
    assert (issued.certificates, issued.left_out) == (1, ((2, "hat schon einen Wahlschein"),)), "nobody has two valid ones"
    at(monkeypatch, CLOSING)
    close_anyway(desk, place.election_id)
    at(monkeypatch, ELECTION)
    with pytest.raises(Refused, match="Nummer 2 hat einen Wahlschein"):
        note_votes(desk, district, [2])


def test_who_has_voted_gets_no_certificate_unless_the_note_is_taken_back(desk: Desk, room: tuple[Place, int]) -> None:
    place, district = room
    who = person(desk.session, "2")
    note_votes(desk, district, [2])
    with pytest.raises(Refused, match="die Stimmabgabe schon vermerkt"):
        issue_certificate(desk, who, ILL)
    assert certificates_of(desk.session, place.election_id, who) == ()
    take_back_vote(desk, district, 2, "Nummer vertippt")
    issue_certificate(desk, who, ILL)
    assert len(certificates_of(desk.session, place.election_id, who)) == 1


def test_who_has_voted_gets_no_replacement_and_no_certificate_valid_again(desk: Desk, room: tuple[Place, int]) -> None:
    who = person(desk.session, "6")
    (certificate,) = certificates_of(desk.session, room[0].election_id, who)
    # as if the board had let the person vote although the Wahlschein stands in its list
    desk.session.scalars(select(RollEntry).where(RollEntry.person_id == who)).one().voted = True
    desk.session.commit()
    with pytest.raises(Refused, match="die Stimmabgabe schon vermerkt"):
        replace_certificate(desk, certificate.certificate_id, ILL)
    invalidate_certificate(desk, certificate.certificate_id, "im Wahlraum abgegeben")
    with pytest.raises(Refused, match="die Stimmabgabe schon vermerkt"):
        restore_certificate(desk, certificate.certificate_id, "doch nicht")


def test_a_vote_is_noted_once_and_taken_back_with_a_reason(desk: Desk, room: tuple[Place, int]) -> None:
    note_votes(desk, room[1], [1])
    with pytest.raises(Refused, match="schon vermerkt"):
        note_votes(desk, room[1], [1])
    with pytest.raises(Refused, match="Nummer vertippt"):
        take_back_vote(desk, room[1], 1, "")
    take_back_vote(desk, room[1], 1, "Nummer vertippt")
    with pytest.raises(Refused, match="keine Stimmabgabe"):
        take_back_vote(desk, room[1], 1, "noch einmal")
    assert note_votes(desk, room[1], [1]) == 1


def test_nothing_is_noted_before_the_election_day_or_in_a_postal_district(
    desk: Desk, room: tuple[Place, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Refused, match="Buch der Wahlbriefe"):
        note_votes(desk, room[0].districts[0], [1])
    at(monkeypatch, ELECTION.replace(day=14))
    with pytest.raises(Refused, match=r"Wahltag vermerkt, dem 15\.11\.2026"):
        note_votes(desk, room[1], [1])


def test_nothing_is_noted_before_the_closing(desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, ELECTION)
    place = found(desk)
    district = setup.create_district(desk, place.election_id, 7, "Rathaus", postal=False)
    with pytest.raises(Refused, match="noch nicht abgeschlossen"):
        note_votes(desk, district, [1])


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [("12 15, 20-22", (12, 15, 20, 21, 22)), ("3;3\n4", (3, 4)), ("7 – 9", (7, 8, 9)), ("0012", (12,))],
)
def test_a_list_is_read_as_people_type_it(typed: str, numbers: tuple[int, ...]) -> None:
    assert roll_numbers_of(typed) == numbers


@pytest.mark.parametrize("typed", ["", " , ", "zwölf", "9-7", "1-5000", "3-", "1234567"])
def test_a_list_with_a_fault_is_refused_as_a_whole(typed: str) -> None:
    with pytest.raises(Refused):
        roll_numbers_of(typed)


@given(st.lists(st.integers(1, 9999), min_size=1, max_size=50))
def test_every_typed_number_is_read_once(numbers: list[int]) -> None:
    assert roll_numbers_of(" ".join(map(str, numbers))) == tuple(dict.fromkeys(numbers))
