"""The polling board's evening: nothing is counted before the check, capture rests, no resolution without a quorum (§ 27 KWG, § 55b KWO)."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.law.ballot_papers import Ballot, Finding
from beiratswahl.law.boards import Function
from beiratswahl.operations import boards, capture
from beiratswahl.operations.closing import close_district
from beiratswahl.operations.counting import Letters, decide_ballot, record_ballot, record_letters
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.store.read.boards import members, openings
from beiratswahl.store.tables.journal import JournalEntry
from tests.world import Place, admitted

PEOPLE = (
    ("Ada Vorstand", Function.CHAIR, 0),
    ("Bea Vertretung", Function.DEPUTY_CHAIR, 0),
    ("Cem Schrift", Function.RECORDER, 1),
    ("Dana Eins", Function.ASSESSOR, 1),
    ("Emil Zwei", Function.ASSESSOR, 1),
    ("Fatma Drei", Function.ASSESSOR, 0),
)


def seated(desk: Desk, place: Place) -> dict[str, int]:
    """A board of six, all there; member ids by first name."""
    north = place.districts[0]
    ids = {name.split()[0]: boards.appoint_member(desk, north, name, function, group) for name, function, group in PEOPLE}
    for member_id in ids.values():
        boards.record_presence(desk, north, member_id, present=True)
    return ids


def opened(desk: Desk, place: Place) -> dict[str, int]:
    """The same, with the program checked."""
    ids = seated(desk, place)
    for name in ("Ada", "Bea"):
        boards.confirm_program(desk, place.districts[0], ids[name])
    return ids


def test_nothing_is_counted_before_both_have_checked_the_program(desk: Desk) -> None:
    place = admitted(desk)
    ids, north = seated(desk, place), place.districts[0]
    with pytest.raises(Refused, match="Die Erfassung hat noch nicht begonnen"):
        record_ballot(desk, north, "a", Ballot(marks={"101": 1}))
    boards.confirm_program(desk, north, ids["Ada"])
    with pytest.raises(Refused, match="schon bestätigt"):
        boards.confirm_program(desk, north, ids["Ada"])
    with pytest.raises(Refused, match="Wahlvorsteher und Stellvertretung"):
        boards.confirm_program(desk, north, ids["Cem"])
    with pytest.raises(Refused, match="noch nicht begonnen"):
        record_ballot(desk, north, "a", Ballot(marks={"101": 1}))
    boards.confirm_program(desk, north, ids["Bea"])
    assert record_ballot(desk, north, "a", Ballot(marks={"101": 1})).number == 1
    assert {opening.fingerprint for opening in openings(desk.session, north)} == {capture.program_fingerprint()}


def test_capture_rests_while_a_group_falls_below_three(desk: Desk) -> None:
    place = admitted(desk)
    ids, north = opened(desk, place), place.districts[0]
    boards.record_presence(desk, north, ids["Emil"], present=False)
    with pytest.raises(Refused, match=r"Die Erfassung ruht.*Gruppe 1: 2 anwesend"):
        record_ballot(desk, north, "a", Ballot(marks={"101": 1}))
    boards.record_presence(desk, north, ids["Emil"], present=True)
    assert record_ballot(desk, north, "a", Ballot(marks={"101": 1})).number == 1
    boards.record_presence(desk, north, ids["Emil"], present=False)
    # a repeated send asks only for the number it has got already
    assert record_ballot(desk, north, "a", Ballot(marks={"101": 1})).number == 1
    assert record_ballot(desk, place.districts[1], "a", Ballot(marks={"101": 1})).number == 1


def test_a_board_without_a_quorum_neither_resolves_nor_closes(desk: Desk) -> None:
    place = admitted(desk)
    ids, north = opened(desk, place), place.districts[0]
    record_letters(desk, north, Letters(1, 0, {}, 1), 0)
    record_ballot(desk, north, "a", Ballot(marks={"101": 1}, findings=(Finding.ADDITION,)))
    for name in ("Fatma", "Emil"):
        boards.record_presence(desk, north, ids[name], present=False)
    with pytest.raises(Refused, match="nur 4 anwesend"):
        decide_ballot(desk, north, 1, valid=True, reason="Der Zusatz ist bedeutungslos.")
    with pytest.raises(Refused, match="nur 4 anwesend"):
        close_district(desk, north)
    boards.record_presence(desk, north, ids["Emil"], present=True)
    decide_ballot(desk, north, 1, valid=True, reason="Der Zusatz ist bedeutungslos.")


def test_who_was_there_stays_in_the_record_and_who_was_not_may_go(desk: Desk) -> None:
    place = admitted(desk)
    north = place.districts[0]
    first = boards.appoint_member(desk, north, "Ada Vorstand", Function.CHAIR)
    boards.dismiss_member(desk, north, first)
    assert members(desk.session, north) == ()
    second = boards.appoint_member(desk, north, "Ada Vorstand", Function.CHAIR)
    boards.record_presence(desk, north, second, present=True)
    with pytest.raises(Refused, match="schon als anwesend"):
        boards.record_presence(desk, north, second, present=True)
    with pytest.raises(Refused, match="bleibt in der Niederschrift"):
        boards.dismiss_member(desk, north, second)


@pytest.mark.parametrize(
    ("name", "function", "group", "words"),
    [
        ("", Function.ASSESSOR, 0, "Tragen Sie den Namen ein"),
        ("Ada\u202eVorstand", Function.ASSESSOR, 0, "Tragen Sie den Namen ein"),
        ("Ada Vorstand", Function.ASSESSOR, 0, "steht schon im Wahlvorstand"),
        ("Zoe Zweite", Function.CHAIR, 0, "schon besetzt"),
        ("Zoe Zweite", Function.CHAIR, 2, "gehört selbst keiner an"),
        ("Zoe Zweite", Function.ASSESSOR, 99, "Nummern von 1 bis"),
    ],
)
def test_an_impossible_member_is_refused(session: Session, desk: Desk, name: str, function: Function, group: int, words: str) -> None:
    place = admitted(desk)
    seated(desk, place)
    before = session.scalars(select(JournalEntry.id)).all()
    with pytest.raises(Refused, match=words):
        boards.appoint_member(desk, place.districts[0], name, function, group)
    assert session.scalars(select(JournalEntry.id)).all() == before


def test_an_incident_needs_words(desk: Desk) -> None:
    place = admitted(desk)
    boards.record_incident(desk, place.districts[0], "Stromausfall von 19.10 bis 19.25 Uhr.")
    with pytest.raises(Refused, match="Beschreiben Sie"):
        boards.record_incident(desk, place.districts[0], " x ")


def test_a_member_is_corrected_and_keeps_the_comings_and_goings(desk: Desk) -> None:
    place = admitted(desk)
    ids, north = opened(desk, place), place.districts[0]
    boards.change_member(desk, north, ids["Fatma"], "Fatma Dreier", Function.ASSESSOR, 1)
    (changed,) = (member for member in members(desk.session, north) if member.member_id == ids["Fatma"])
    assert (changed.name, changed.counting_group, changed.present) == ("Fatma Dreier", 1, True)
    with pytest.raises(Refused, match="steht schon"):
        boards.change_member(desk, north, ids["Fatma"], "emil zwei", Function.ASSESSOR, 0)
    with pytest.raises(Refused, match="schon besetzt"):
        boards.change_member(desk, north, ids["Fatma"], "Fatma Dreier", Function.RECORDER, 0)
    with pytest.raises(Refused, match="hat als Wahlvorsteher das Programm geprüft"):
        boards.change_member(desk, north, ids["Ada"], "Ada Vorstand", Function.ASSESSOR, 0)


def test_capture_rests_without_a_quorum_and_goes_on_with_it(desk: Desk) -> None:
    place = admitted(desk)
    ids, north = opened(desk, place), place.districts[0]
    boards.record_presence(desk, north, ids["Fatma"], present=False)
    record_ballot(desk, north, "a", Ballot(marks={"101": 1}))
    boards.record_presence(desk, north, ids["Bea"], present=False)
    with pytest.raises(Refused, match=r"Die Erfassung ruht.*nur 4 anwesend"):
        record_ballot(desk, north, "b", Ballot(marks={"101": 1}))
    boards.record_presence(desk, north, ids["Fatma"], present=True)
    assert record_ballot(desk, north, "b", Ballot(marks={"101": 1})).number == 2


def test_a_changed_program_is_checked_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    place = admitted(desk)
    ids, north = opened(desk, place), place.districts[0]
    monkeypatch.setattr(capture, "program_fingerprint", lambda: "f" * 64)
    with pytest.raises(Refused, match="nicht mehr das geprüfte"):
        record_ballot(desk, north, "a", Ballot(marks={"101": 1}))
    for name in ("Ada", "Bea"):
        boards.confirm_program(desk, north, ids[name])
    record_ballot(desk, north, "a", Ballot(marks={"101": 1}))
    assert {opening.fingerprint for opening in openings(desk.session, north)} == {"f" * 64}
