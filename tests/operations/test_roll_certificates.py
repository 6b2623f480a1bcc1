"""Wahlscheine: one valid one for each person, replaced and invalidated with a reason, in a list of their own after the closing."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl.law.postal import LetterState
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.letters import book_letter
from beiratswahl.operations.roll_certificate_changes import (
    invalidate_certificate,
    note_sent,
    replace_certificate,
    restore_certificate,
    take_back_certificate,
)
from beiratswahl.operations.roll_certificates import CertificateData, Delivery, issue_certificate, issue_certificates, told
from beiratswahl.operations.roll_closing import close_roll
from beiratswahl.operations.roll_corrections import Basis, Correction, Kind, correct_roll
from beiratswahl.operations.roll_duplicates import decide_duplicate
from beiratswahl.operations.roll_entries import open_roll, update_roll
from beiratswahl.store.read.certificates import Choice, Standing, certificate_numbers, certificate_standing, certificates, certificates_of
from beiratswahl.store.read.electoral_roll import entry_of
from beiratswahl.store.tables.journal import JournalEntry
from tests.operations.test_register_file import Write, a_line, write
from tests.operations.test_roll_book import CLOSING, INSPECTION, STICHTAG, STRIKE, at, close_anyway, newer, person, place
from tests.world import Place

__all__ = ["place", "write"]

SENT = date(2026, 10, 20)
POST = CertificateData(Delivery.POST, SENT)
LOST = CertificateData(Delivery.HANDED_OVER, SENT, reason="nach glaubhafter Angabe nicht zugegangen")


@pytest.fixture
def roll(desk: Desk, place: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    open_roll(desk, place.election_id)
    at(monkeypatch, INSPECTION)
    return place


def marked(session: Session, place: Place, number: str) -> bool:
    entry = entry_of(session, place.election_id, person(session, number))
    assert entry is not None
    return entry.certificate


def only(session: Session, place: Place, number: str) -> int:
    (row,) = certificates_of(session, place.election_id, person(session, number))
    return row.certificate_id


def acts(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(JournalEntry)) or 0


def test_a_certificate_gets_the_next_number_and_marks_the_entry(desk: Desk, roll: Place) -> None:
    assert issue_certificate(desk, person(desk.session, "1"), POST) == "1"
    assert issue_certificate(desk, person(desk.session, "2"), CertificateData(Delivery.HANDED_OVER, None, "b 17")) == "B17"
    assert issue_certificate(desk, person(desk.session, "3"), CertificateData(Delivery.POST, SENT)) == "2"
    assert marked(desk.session, roll, "1")
    (newest, second, first) = certificates(desk.session, roll.election_id)
    assert (first.number, first.roll_number, first.delivery, first.sent_on) == ("1", 2, "per Post", SENT)
    assert (second.number, newest.number) == ("B17", "2")
    assert [one.number for one in certificates(desk.session, roll.election_id, search="b17")] == ["B17"]
    assert [one.number for one in certificates(desk.session, roll.election_id, search="Zeman")] == ["1"]


def test_nobody_has_two_valid_certificates_and_no_number_is_given_twice(desk: Desk, roll: Place) -> None:
    issue_certificate(desk, person(desk.session, "1"), CertificateData(Delivery.POST, SENT, "7"))
    before = acts(desk.session)
    with pytest.raises(Refused, match="schon ein gültiger Wahlschein"):
        issue_certificate(desk, person(desk.session, "1"), POST)
    with pytest.raises(Refused, match="schon vergeben"):
        issue_certificate(desk, person(desk.session, "2"), CertificateData(Delivery.POST, SENT, "7"))
    assert acts(desk.session) == before
    assert issue_certificate(desk, person(desk.session, "2"), POST) == "8"


def test_a_blocked_person_gets_none_and_one_outside_the_roll_only_with_a_reason(desk: Desk, roll: Place) -> None:
    correct_roll(desk, person(desk.session, "1"), STRIKE)
    with pytest.raises(Refused, match="Sperrvermerk N"):
        issue_certificate(desk, person(desk.session, "1"), POST)
    with pytest.raises(Refused, match="nicht wahlberechtigt"):
        issue_certificate(desk, person(desk.session, "4"), POST)


def test_many_certificates_are_one_act_and_name_who_is_left_out(desk: Desk, roll: Place) -> None:
    issue_certificate(desk, person(desk.session, "1"), CertificateData(Delivery.POST, SENT, "40"))
    before = acts(desk.session)
    with pytest.raises(Refused, match="77"):
        issue_certificates(desk, roll.districts[0], [1, 77], POST)
    issued = issue_certificates(desk, roll.districts[0], [1, 2], POST)
    assert (issued.first, issued.last, issued.certificates, issued.left_out) == (41, 41, 1, ((2, "hat schon einen Wahlschein"),))
    assert issue_certificates(desk, roll.districts[1], [], POST).certificates == 1
    assert acts(desk.session) == before + 2
    assert marked(desk.session, roll, "2")
    with pytest.raises(Refused, match="keiner einen Wahlschein"):
        issue_certificates(desk, roll.districts[0], [], POST)


def dies(desk: Desk, roll: Place, write: Write, number: str = "1", name: str = "Zeman") -> None:
    """A newer export tells the death; the entry stays as it is until a decision."""
    newer(desk, roll, write, a_line(Registernummer=number, Familienname=name, Sterbedatum="05.10.2026") + ";1")


def test_nobody_whose_right_has_ended_gets_a_certificate_though_the_entry_still_stands(desk: Desk, roll: Place, write: Write) -> None:
    dies(desk, roll, write)
    entry = entry_of(desk.session, roll.election_id, person(desk.session, "1"))
    assert entry is not None
    assert not entry.blocked
    before = acts(desk.session)
    with pytest.raises(Refused, match="geltenden Entscheidung ist die Person nicht wahlberechtigt"):
        issue_certificate(desk, person(desk.session, "1"), POST)
    assert acts(desk.session) == before
    assert not marked(desk.session, roll, "1")


@pytest.mark.parametrize("numbers", [[], [1, 2]])
def test_issuing_for_many_leaves_out_whose_right_has_ended_and_says_why(desk: Desk, roll: Place, write: Write, numbers: list[int]) -> None:
    dies(desk, roll, write)
    issued = issue_certificates(desk, roll.districts[0], numbers, POST)
    why = "nach der geltenden Entscheidung nicht wahlberechtigt"
    assert (issued.certificates, issued.left_out) == (1, ((2, why),))
    assert told(issued.left_out) == f"1 {why} (Nr. 2)"
    assert (marked(desk.session, roll, "1"), marked(desk.session, roll, "2")) == (False, True)
    with pytest.raises(Refused, match=r"keiner einen Wahlschein bekommen\. Ausgelassen: 1 nach der geltenden"):
        issue_certificates(desk, roll.districts[0], [2], POST)


def test_who_is_left_out_is_counted_by_reason_and_not_listed_without_end() -> None:
    said = told([(number, "Sperrvermerk N") for number in range(1, 13)] + [(20, "hat schon einen Wahlschein")])
    assert said == "12 Sperrvermerk N (Nr. 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 und weitere); 1 hat schon einen Wahlschein (Nr. 20)"


def test_a_replacement_makes_the_old_number_invalid(desk: Desk, roll: Place) -> None:
    issue_certificate(desk, person(desk.session, "1"), POST)
    with pytest.raises(Refused, match="warum ein Ersatz"):
        replace_certificate(desk, only(desk.session, roll, "1"), POST)
    assert replace_certificate(desk, only(desk.session, roll, "1"), LOST) == "2"
    assert certificate_standing(desk.session, roll.election_id, "1") == (
        Standing.INVALID,
        "ersetzt: nach glaubhafter Angabe nicht zugegangen",
    )
    assert certificate_standing(desk.session, roll.election_id, "2") == (Standing.VALID, "")
    (new, old) = certificates_of(desk.session, roll.election_id, person(desk.session, "1"))
    assert (new.replaces, old.invalidated_at_utc is not None) == ("1", True)
    assert marked(desk.session, roll, "1")
    assert certificate_numbers(desk.session, roll.election_id)[Choice.INVALID] == 1
    with pytest.raises(Refused, match="anderen gültigen"):
        restore_certificate(desk, old.certificate_id, "doch gefunden")


def test_who_is_struck_or_no_longer_entitled_gets_no_replacement_and_nothing_valid_again(desk: Desk, roll: Place, write: Write) -> None:
    issue_certificate(desk, person(desk.session, "1"), POST)
    issue_certificate(desk, person(desk.session, "2"), POST)
    correct_roll(desk, person(desk.session, "2"), STRIKE)
    dies(desk, roll, write)
    before = acts(desk.session)
    for number, said in (("2", "Sperrvermerk N"), ("1", "nicht wahlberechtigt")):
        with pytest.raises(Refused, match=said):
            replace_certificate(desk, only(desk.session, roll, number), LOST)
    assert acts(desk.session) == before
    assert certificate_standing(desk.session, roll.election_id, "1") == (Standing.VALID, ""), "a refusal leaves the old one as it was"
    invalidate_certificate(desk, only(desk.session, roll, "1"), "verstorben")
    with pytest.raises(Refused, match="nicht wahlberechtigt"):
        restore_certificate(desk, only(desk.session, roll, "1"), "Irrtum")


def test_a_replacement_is_given_until_the_election_day_at_15(desk: Desk, roll: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    issue_certificate(desk, person(desk.session, "1"), POST)
    at(monkeypatch, datetime(2026, 11, 15, 14, 1, tzinfo=UTC))  # 15:01 in Germany
    with pytest.raises(Refused, match="bis zum 15"):
        replace_certificate(desk, only(desk.session, roll, "1"), LOST)
    at(monkeypatch, datetime(2026, 11, 15, 14, 0, tzinfo=UTC))
    assert replace_certificate(desk, only(desk.session, roll, "1"), LOST) == "2"


def test_an_invalid_certificate_can_be_made_valid_again_with_a_reason(desk: Desk, roll: Place) -> None:
    issue_certificate(desk, person(desk.session, "1"), POST)
    which = only(desk.session, roll, "1")
    with pytest.raises(Refused, match="Grund"):
        invalidate_certificate(desk, which, " ")
    invalidate_certificate(desk, which, "Person verstorben")
    assert marked(desk.session, roll, "1"), "nobody votes in the polling room with an invalid Wahlschein either"
    with pytest.raises(Refused, match="schon ungültig"):
        invalidate_certificate(desk, which, "noch einmal")
    restore_certificate(desk, which, "Verwechslung")
    assert certificate_standing(desk.session, roll.election_id, "1") == (Standing.VALID, "")
    with pytest.raises(Refused, match="nichts aufzuheben"):
        restore_certificate(desk, which, "Verwechslung")


def test_a_mark_noted_by_mistake_is_taken_back_and_may_be_set_again(desk: Desk, roll: Place) -> None:
    issue_certificate(desk, person(desk.session, "1"), POST)
    take_back_certificate(desk, only(desk.session, roll, "1"), "falsche Person")
    assert not marked(desk.session, roll, "1")
    assert certificate_standing(desk.session, roll.election_id, "1")[0] is Standing.INVALID
    assert issue_certificate(desk, person(desk.session, "1"), POST) == "2"


def test_after_the_closing_a_certificate_needs_a_reason_and_stands_in_its_own_list(
    desk: Desk, roll: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue_certificate(desk, person(desk.session, "1"), POST)
    at(monkeypatch, CLOSING)
    close_roll(desk, roll.election_id)
    at(monkeypatch, CLOSING.replace(minute=30))
    with pytest.raises(Refused, match="besonderen Fällen"):
        issue_certificate(desk, person(desk.session, "2"), POST)
    with pytest.raises(Refused, match="einzeln"):
        issue_certificates(desk, roll.districts[0], [], POST)
    issue_certificate(desk, person(desk.session, "2"), CertificateData(Delivery.AUTHORISED, SENT, reason="plötzliche Erkrankung"))
    assert not marked(desk.session, roll, "2"), "the closed roll stays as it was certified"
    assert [one.number for one in certificates(desk.session, roll.election_id, Choice.LATER)] == ["2"]
    with pytest.raises(Refused, match="schon ein gültiger"):
        issue_certificate(desk, person(desk.session, "2"), CertificateData(Delivery.POST, SENT, reason="plötzliche Erkrankung"))
    with pytest.raises(Refused, match="Vermerk W bleibt"):
        take_back_certificate(desk, only(desk.session, roll, "1"), "Irrtum")
    at(monkeypatch, datetime(2026, 11, 15, 14, 1, tzinfo=UTC))  # 15:01 in Germany
    with pytest.raises(Refused, match="bis zum 15"):
        issue_certificate(desk, person(desk.session, "3"), CertificateData(Delivery.POST, SENT, reason="plötzliche Erkrankung"))


def test_corrections_after_the_closing_say_who_gets_a_certificate(
    desk: Desk, roll: Place, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    ill = CertificateData(Delivery.AUTHORISED, SENT, reason="plötzliche Erkrankung")
    issue_certificate(desk, person(desk.session, "1"), POST)
    newer(desk, roll, write, a_line(Registernummer="9") + ";1")
    at(monkeypatch, CLOSING)
    close_anyway(desk, roll.election_id)
    for number in ("1", "2"):
        correct_roll(desk, person(desk.session, number), STRIKE)
    with pytest.raises(Refused, match="nicht gestrichen"):
        issue_certificate(desk, person(desk.session, "2"), ill)
    with pytest.raises(Refused, match="nicht gestrichen"):
        replace_certificate(desk, only(desk.session, roll, "1"), LOST)
    assert [one.number for one in certificates(desk.session, roll.election_id, Choice.BLOCKED)] == ["1"]
    assert certificate_numbers(desk.session, roll.election_id)[Choice.BLOCKED] == 1
    for number in ("1", "2"):
        correct_roll(desk, person(desk.session, number), Correction(Kind.REINSTATE, Basis.OBVIOUS_ERROR, "verwechselt"))
    assert certificates(desk.session, roll.election_id, Choice.BLOCKED) == ()
    assert issue_certificate(desk, person(desk.session, "2"), ill) == "2"
    correct_roll(desk, person(desk.session, "9"), Correction(Kind.ENTER, Basis.OBVIOUS_ERROR, "vergessen"))
    assert issue_certificate(desk, person(desk.session, "9"), ill) == "3"


def test_a_certificate_without_an_entry_is_listed_for_the_boards_until_an_entry_carries_w(desk: Desk, roll: Place, write: Write) -> None:
    newer(desk, roll, write, a_line(Registernummer="9") + ";1")
    who = person(desk.session, "9")
    issue_certificate(desk, person(desk.session, "1"), POST)
    issue_certificate(desk, who, CertificateData(Delivery.POST, SENT, reason="ohne Verschulden nicht eingetragen"))
    (listed,) = certificates(desk.session, roll.election_id, Choice.LATER)
    assert (listed.number, listed.marked, listed.roll_number) == ("2", False, None)
    assert certificate_numbers(desk.session, roll.election_id)[Choice.LATER] == 1
    correct_roll(desk, who, Correction(Kind.ENTER, Basis.OBVIOUS_ERROR, "vergessen"))
    assert marked(desk.session, roll, "9"), "who is entered with a Wahlschein in hand does not vote twice"
    assert certificates(desk.session, roll.election_id, Choice.LATER) == ()
    assert [one.marked for one in certificates_of(desk.session, roll.election_id, who)] == [True]


def test_a_second_entry_of_somebody_gets_no_certificate_and_no_entry(desk: Desk, roll: Place, write: Write) -> None:
    newer(desk, roll, write, a_line(Registernummer="9") + ";1")
    double = person(desk.session, "9")
    decide_duplicate(desk, double, person(desk.session, "1"), same=True, reason="zwei Schreibweisen")
    for act in (
        lambda: issue_certificate(desk, double, CertificateData(Delivery.POST, SENT, reason="Versehen des Amtes")),
        lambda: correct_roll(desk, double, Correction(Kind.ENTER, Basis.OBVIOUS_ERROR, "vergessen")),
    ):
        with pytest.raises(Refused, match="als doppelt erkannt"):
            act()


def test_who_has_a_certificate_and_is_entered_with_everybody_else_carries_w(
    desk: Desk, roll: Place, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, STICHTAG)
    newer(desk, roll, write, a_line(Registernummer="9") + ";1", a_line(Registernummer="8") + ";1")
    issue_certificate(desk, person(desk.session, "9"), CertificateData(Delivery.POST, STICHTAG.date(), reason="Versehen des Amtes"))
    assert update_roll(desk, roll.election_id).entered == 2
    assert (marked(desk.session, roll, "9"), marked(desk.session, roll, "8")) == (True, False)


@pytest.mark.parametrize(("register_district", "number"), [("2", 2), ("02", 2), ("1", 1), ("77", 1), ("", 1)])
def test_a_certificate_without_an_entry_goes_to_the_district_of_the_address_or_else_to_the_first(
    desk: Desk, roll: Place, write: Write, register_district: str, number: int
) -> None:
    newer(desk, roll, write, a_line(Registernummer="9") + f";{register_district}")
    who = person(desk.session, "9")
    issue_certificate(desk, who, CertificateData(Delivery.POST, SENT, reason="ohne Verschulden nicht eingetragen"))
    assert [one.district_number for one in certificates_of(desk.session, roll.election_id, who)] == [number]


def test_a_person_struck_with_a_certificate_is_shown_for_a_decision(desk: Desk, roll: Place) -> None:
    issue_certificate(desk, person(desk.session, "1"), POST)
    correct_roll(desk, person(desk.session, "1"), STRIKE)
    assert [one.number for one in certificates(desk.session, roll.election_id, Choice.BLOCKED)] == ["1"]
    invalidate_certificate(desk, only(desk.session, roll, "1"), "gestrichen")
    assert certificates(desk.session, roll.election_id, Choice.BLOCKED) == ()
    with pytest.raises(Refused, match="Sperrvermerk N"):
        restore_certificate(desk, only(desk.session, roll, "1"), "doch nicht")


def test_sending_is_noted_and_corrected(desk: Desk, roll: Place) -> None:
    issue_certificate(desk, person(desk.session, "1"), CertificateData(Delivery.POST, None))
    assert certificate_numbers(desk.session, roll.election_id)[Choice.WAITING] == 1
    which = only(desk.session, roll, "1")
    note_sent(desk, which, SENT, Delivery.POST)
    with pytest.raises(Refused, match="nichts geändert"):
        note_sent(desk, which, SENT, Delivery.POST)
    assert certificate_numbers(desk.session, roll.election_id)[Choice.WAITING] == 0


def test_an_invalid_number_is_not_admitted_and_a_booked_one_not_changed(desk: Desk, roll: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    assert certificate_standing(desk.session, roll.election_id, "1")[0] is Standing.NOT_KEPT
    issue_certificate(desk, person(desk.session, "1"), POST)
    replace_certificate(desk, only(desk.session, roll, "1"), LOST)
    at(monkeypatch, datetime(2026, 11, 15, 17, 5, tzinfo=UTC))  # the poll is over
    with pytest.raises(Refused, match="für ungültig erklärt"):
        book_letter(desk, roll.districts[0], "1", LetterState.ADMITTED)
    assert book_letter(desk, roll.districts[0], "1", LetterState.SET_ASIDE) == 1
    assert book_letter(desk, roll.districts[0], "2", LetterState.ADMITTED) == 2
    assert certificate_standing(desk.session, roll.election_id, "99")[0] is Standing.UNKNOWN
    (new, _) = certificates_of(desk.session, roll.election_id, person(desk.session, "1"))
    with pytest.raises(Refused, match="Buch der Wahlbriefe"):
        invalidate_certificate(desk, new.certificate_id, "verloren")
