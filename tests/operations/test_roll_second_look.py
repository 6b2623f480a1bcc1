"""The second look: nobody is entered and nothing changed before a second person agrees; what is corrected is decided anew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.rules import Ground
from beiratswahl.operations.desk import Actor, Desk, Refused
from beiratswahl.operations.roll import import_register
from beiratswahl.operations.roll_application_changes import correct_application, look_again, withdraw_application
from beiratswahl.operations.roll_applications import ApplicationData, Channel, record_application
from beiratswahl.operations.roll_certificates import CertificateData, Delivery, issue_certificate, issue_certificates
from beiratswahl.operations.roll_clarification_letters import decision_letter
from beiratswahl.operations.roll_corrections import Basis, Correction, Kind, correct_roll
from beiratswahl.operations.roll_entries import open_roll
from beiratswahl.operations.roll_objections import (
    ObjectionData,
    decide_objection,
    look_again_at_objection,
    record_objection,
    withdraw_objection,
)
from beiratswahl.operations.roll_preview import preview_import
from beiratswahl.operations.roll_second_look import Scope, rule_second_look, scope_of
from beiratswahl.store.read.electoral_roll import entry_of, objection, objections
from beiratswahl.store.read.roll import person_page, person_view
from beiratswahl.store.read.roll_cases import number_waiting, waiting_applications
from beiratswahl.store.read.roll_views import ApplicationView, PersonFilter, PersonView
from tests.operations.test_register_file import Write, a_line, write
from tests.world import Place, found

__all__ = ["write"]

INSPECTION = datetime(2026, 10, 27, 10, tzinfo=UTC)
RECEIVED = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)
CLAIM = ApplicationData(Ground.NR2B, RECEIVED, Channel.POST, "Einbürgerungsurkunde")
#: the deadline of the tests' bylaw is 13 November 2026, 18:00 in Germany
AFTER_DEADLINE = datetime(2026, 11, 13, 17, 1, tzinfo=UTC)
SetNow = Callable[[datetime], None]
ORDER = "Dienstanweisung vom 1. September 2026"


@pytest.fixture
def other(session: Session) -> Desk:
    """A second officer's desk."""
    return Desk(session, Actor(2, "Karl Zweitblick", "election_officer"))


@pytest.fixture
def place(desk: Desk, monkeypatch: pytest.MonkeyPatch, write: Write) -> Place:
    """A German and a foreigner in the register; the Einsicht is running."""
    monkeypatch.setattr(clock, "now", lambda: INSPECTION)
    place = found(desk)
    lines = (a_line(Registernummer="N1", Staatsangehörigkeiten="000"), a_line(Registernummer="N2", Familienname="Abebe"))
    import_register(desk, place.election_id, write(*lines))
    return place


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> SetNow:
    """Sets the clock."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


def view(desk: Desk, place: Place, number: str = "N1") -> PersonView:
    (line,) = person_page(desk.session, place.election_id, PersonFilter(search=number)).lines
    found_view = person_view(desk.session, place.election_id, line.id)
    assert found_view is not None
    return found_view


def applied(desk: Desk, place: Place, data: ApplicationData = CLAIM) -> ApplicationView:
    record_application(desk, view(desk, place).line.id, data)
    return view(desk, place).applications[-1]


def opened(desk: Desk, place: Place) -> int:
    return open_roll(desk, place.election_id, {"": place.districts[0]})


def test_without_an_order_nothing_waits(desk: Desk, place: Place) -> None:
    assert scope_of(desk.session, place.election_id) is Scope.NONE
    assert not applied(desk, place).waits
    assert opened(desk, place) == 2


def test_an_order_needs_a_reason_and_holds_for_what_comes_later(desk: Desk, place: Place) -> None:
    first = applied(desk, place)
    with pytest.raises(Refused, match="Dienstanweisung"):
        rule_second_look(desk, place.election_id, Scope.APPLICATIONS, " ")
    rule_second_look(desk, place.election_id, Scope.APPLICATIONS, ORDER)
    with pytest.raises(Refused, match="schon so geregelt"):
        rule_second_look(desk, place.election_id, Scope.APPLICATIONS, ORDER)
    assert not view(desk, place).applications[0].waits
    assert applied(desk, place, replace(CLAIM, channel=Channel.FAX)).waits
    assert number_waiting(desk.session, place.election_id) == 1
    assert first.application_id != waiting_applications(desk.session, place.election_id)[0].application_id


def test_nobody_is_entered_before_a_second_person_agrees(desk: Desk, other: Desk, place: Place) -> None:
    rule_second_look(desk, place.election_id, Scope.APPLICATIONS, ORDER)
    waiting = applied(desk, place)
    assert view(desk, place).decisions[0].entitled == "yes"
    assert view(desk, place).line.waits
    assert opened(desk, place) == 1
    enter = Correction(Kind.ENTER, Basis.APPLICATION, "Antrag", district="1")
    with pytest.raises(Refused, match="wartet auf den zweiten Blick"):
        correct_roll(desk, waiting.person_id, enter)
    with pytest.raises(Refused, match="wartet auf den zweiten Blick"):
        decision_letter(desk.session, place.election_id, waiting.person_id)
    with pytest.raises(Refused, match="eine andere Person"):
        look_again(desk, waiting.application_id, agrees=True)
    look_again(other, waiting.application_id, agrees=True)
    assert decision_letter(desk.session, place.election_id, waiting.person_id).startswith(b"%PDF")
    correct_roll(desk, waiting.person_id, enter)
    assert entry_of(desk.session, place.election_id, waiting.person_id) is not None


def test_a_late_application_holds_up_nobody_whose_right_rests_on_one_in_time(desk: Desk, other: Desk, place: Place, now: SetNow) -> None:
    applied(desk, place)
    rule_second_look(desk, place.election_id, Scope.APPLICATIONS, ORDER)
    now(AFTER_DEADLINE)
    late = applied(desk, place, replace(CLAIM, received_at=AFTER_DEADLINE))
    assert (late.in_time, late.waits, view(desk, place).line.waits) == (False, True, False)
    assert opened(desk, place) == 2
    assert number_waiting(desk.session, place.election_id) == 1, "whether it is late indeed is looked at all the same"
    look_again(other, late.application_id, agrees=False, remark="Eingangsstempel vom 12. November")
    assert not view(desk, place).line.waits


def test_an_application_in_time_goes_on_waiting_beside_a_late_one(desk: Desk, place: Place, now: SetNow) -> None:
    rule_second_look(desk, place.election_id, Scope.APPLICATIONS, ORDER)
    applied(desk, place)
    now(AFTER_DEADLINE)
    applied(desk, place, replace(CLAIM, received_at=AFTER_DEADLINE))
    assert view(desk, place).line.waits
    assert opened(desk, place) == 1


def test_no_certificate_is_issued_before_a_second_person_agrees(desk: Desk, other: Desk, place: Place) -> None:
    opened(desk, place)
    rule_second_look(desk, place.election_id, Scope.APPLICATIONS, ORDER)
    waiting = applied(desk, place)
    with pytest.raises(Refused, match="wartet auf den zweiten Blick"):
        issue_certificate(desk, waiting.person_id, CertificateData(Delivery.POST, None, reason="Versehen des Amtes"))
    look_again(other, waiting.application_id, agrees=True)
    assert issue_certificate(desk, waiting.person_id, CertificateData(Delivery.POST, None, reason="Versehen des Amtes")) == "1"


def test_issuing_for_many_leaves_out_an_entry_that_waits_for_the_second_look(desk: Desk, other: Desk, place: Place) -> None:
    first = applied(desk, place)
    opened(desk, place)
    correct_application(desk, first.application_id, replace(CLAIM, second_look=True), "Angaben berichtigt")
    assert view(desk, place).line.waits
    waiting = entry_of(desk.session, place.election_id, first.person_id)
    assert waiting is not None
    issued = issue_certificates(desk, place.districts[0], [], CertificateData(Delivery.POST, None))
    assert (issued.certificates, issued.left_out) == (1, ((waiting.number, "Antrag wartet auf den zweiten Blick"),))
    look_again(other, view(desk, place).applications[-1].application_id, agrees=True)
    assert issue_certificates(desk, place.districts[0], [], CertificateData(Delivery.POST, None)).certificates == 1


def test_the_same_account_is_no_second_person_under_another_name(session: Session, desk: Desk, place: Place) -> None:
    first = Desk(session, Actor(7, "Erika Amt", "election_officer"))
    record_application(first, view(desk, place).line.id, CLAIM)
    again = Desk(session, Actor(7, "Erika Neuname", "election_officer"))
    with pytest.raises(Refused, match="eine andere Person"):
        look_again(again, view(desk, place).applications[0].application_id, agrees=True)


def test_what_is_given_back_is_corrected_and_looked_at_again(desk: Desk, other: Desk, place: Place) -> None:
    wanted = ApplicationData(Ground.NR2B, RECEIVED, Channel.POST, "Einbürgerungsurkunde", second_look=True)
    first = applied(desk, place, wanted)
    look_again(other, first.application_id, agrees=False, remark="Eingang am 2. Oktober")
    assert opened(desk, place) == 1
    assert [one.remark for one in waiting_applications(desk.session, place.election_id, returned=True)] == ["Eingang am 2. Oktober"]
    with pytest.raises(Refused, match="was berichtigt wird"):
        correct_application(desk, first.application_id, CLAIM, "")
    outcome = correct_application(desk, first.application_id, CLAIM, "Eingangsstempel")
    assert outcome.waits, "a corrected application is looked at again"
    before, now = view(desk, place).applications
    assert (before.withdrawn_reason, now.waits, before.returned) == ("berichtigt: Eingangsstempel", True, False)
    with pytest.raises(Refused, match="gilt nicht mehr"):
        look_again(other, first.application_id, agrees=True)
    look_again(other, outcome.application_id, agrees=True)
    assert not view(desk, place).line.waits


def test_a_withdrawn_application_does_not_count_and_stays_readable(desk: Desk, place: Place, write: Write) -> None:
    one = applied(desk, place)
    with pytest.raises(Refused, match="nicht mehr gilt"):
        withdraw_application(desk, one.application_id, " ")
    withdraw_application(desk, one.application_id, "bei der falschen Person erfasst")
    after = view(desk, place)
    assert [decision.entitled for decision in after.decisions] == ["no", "yes", "no"]
    assert after.applications[0].withdrawn_by == "Erika Amt"
    with pytest.raises(Refused, match="gilt nicht mehr"):
        withdraw_application(desk, one.application_id, "noch einmal")
    lines = (
        a_line(Registernummer="N1", Staatsangehörigkeiten="000", Einzugsdatum="01.02.2011"),
        a_line(Registernummer="N2", Familienname="Abebe"),
    )
    import_register(desk, place.election_id, write(*lines))
    assert view(desk, place).decisions[0].entitled == "no", "a later import does not bring it back"


def test_a_proof_that_comes_later_is_added_and_decided_on(desk: Desk, place: Place) -> None:
    one = applied(desk, place, ApplicationData(Ground.NR2B, RECEIVED, Channel.POST))
    assert view(desk, place).decisions[0].entitled == "unclear"
    proven = ApplicationData(Ground.NR2B, RECEIVED, Channel.POST, "Einbürgerungsurkunde", date(2019, 3, 4))
    assert correct_application(desk, one.application_id, proven, "Urkunde nachgereicht").entitled == "yes"


def test_an_application_sent_twice_is_recorded_once(desk: Desk, other: Desk, place: Place) -> None:
    one = applied(desk, place)
    with pytest.raises(Refused, match="schon erfasst, von Erika Amt"):
        applied(other, place, replace(CLAIM, proof_kind=""))
    (left,) = view(desk, place).applications
    assert left == one
    withdraw_application(desk, one.application_id, "am Telefon zurückgenommen")
    assert not applied(desk, place).withdrawn_at_utc, "what was taken back may be recorded anew"


@pytest.mark.parametrize(
    "changed",
    [{"ground": Ground.NR2A}, {"received_at": datetime(2026, 10, 1, 9, 31, tzinfo=UTC)}, {"channel": Channel.FAX}],
    ids=["ground", "moment", "channel"],
)
def test_an_application_that_differs_is_another_one(desk: Desk, place: Place, changed: dict[str, Any]) -> None:
    applied(desk, place)
    applied(desk, place, replace(CLAIM, **changed))
    assert len(view(desk, place).applications) == 2


def test_an_application_is_not_corrected_into_one_that_counts_already(desk: Desk, place: Place) -> None:
    applied(desk, place)
    second = applied(desk, place, replace(CLAIM, channel=Channel.FAX))
    with pytest.raises(Refused, match="schon erfasst"):
        correct_application(desk, second.application_id, CLAIM, "Eingangsweg falsch")
    assert [one.withdrawn_at_utc for one in view(desk, place).applications] == [None, None]


def objected(desk: Desk, place: Place) -> int:
    opened(desk, place)
    data = ObjectionData("Karl Nachbar", INSPECTION, Kind.STRIKE, "wohnt nicht dort", "Post", "Hauptstraße 3\n55999 Musterstadt")
    return record_objection(desk, view(desk, place, "N2").line.id, data)


@pytest.mark.parametrize("year", [202, 1066, 2025])
def test_an_objection_does_not_come_more_than_a_year_before_the_election(desk: Desk, place: Place, year: int) -> None:
    opened(desk, place)
    data = ObjectionData("Karl Nachbar", INSPECTION.replace(year=year), Kind.STRIKE, "wohnt nicht dort", "Post")
    with pytest.raises(Refused, match="mehr als ein Jahr vor dem Wahltag"):
        record_objection(desk, view(desk, place, "N2").line.id, data)
    assert objections(desk.session, place.election_id) == ()


def test_an_objection_sent_twice_is_recorded_once(desk: Desk, place: Place) -> None:
    first = objected(desk, place)
    who = view(desk, place, "N2").line.id
    data = ObjectionData("Karl Nachbar ", INSPECTION, Kind.STRIKE, "noch einmal", "Post")
    with pytest.raises(Refused, match="schon erfasst"):
        record_objection(desk, who, data)
    for another in (replace(data, raised_by="Ada Nachbar"), replace(data, wanted=Kind.AMEND), replace(data, channel="Fax")):
        record_objection(desk, who, another)
    withdraw_objection(desk, first, "am Telefon")
    assert record_objection(desk, who, data) != first


def test_a_decision_on_an_objection_changes_nothing_before_the_second_look(desk: Desk, other: Desk, place: Place) -> None:
    rule_second_look(desk, place.election_id, Scope.ALL, ORDER)
    objection_id = objected(desk, place)
    person_id = view(desk, place, "N2").line.id
    with pytest.raises(Refused, match="zu hören"):
        decide_objection(desk, objection_id, granted=True, reason="weggezogen")
    assert not decide_objection(desk, objection_id, granted=True, reason="weggezogen", heard_on=date(2026, 10, 27))
    entry = entry_of(desk.session, place.election_id, person_id)
    assert entry is not None
    assert not entry.blocked
    with pytest.raises(Refused, match="eine andere Person"):
        look_again_at_objection(desk, objection_id, agrees=True)
    with pytest.raises(Refused, match="womit Sie nicht einverstanden"):
        look_again_at_objection(other, objection_id, agrees=False)
    look_again_at_objection(other, objection_id, agrees=False, remark="Meldebehörde fragen")
    given_back = objection(desk.session, place.election_id, objection_id)
    assert given_back is not None
    assert (given_back.is_open, given_back.second_look_remark) == (True, "Meldebehörde fragen")
    decide_objection(desk, objection_id, granted=True, reason="weggezogen", heard_on=date(2026, 10, 27))
    look_again_at_objection(other, objection_id, agrees=True)
    entry = entry_of(desk.session, place.election_id, person_id)
    assert entry is not None
    assert entry.blocked
    with pytest.raises(Refused, match="wartet keine Entscheidung"):
        look_again_at_objection(other, objection_id, agrees=True)


def test_an_objection_can_be_taken_back_until_it_is_decided(desk: Desk, place: Place) -> None:
    objection_id = objected(desk, place)
    with pytest.raises(Refused, match="wie die Rücknahme"):
        withdraw_objection(desk, objection_id, "")
    withdraw_objection(desk, objection_id, "Schreiben vom 27. Oktober")
    with pytest.raises(Refused, match="zurückgenommen"):
        decide_objection(desk, objection_id, granted=False, reason="zu spät")
    with pytest.raises(Refused, match="zurückgenommen"):
        withdraw_objection(desk, objection_id, "noch einmal")


def test_a_preview_is_stale_once_an_application_is_withdrawn(desk: Desk, place: Place, write: Write) -> None:
    one = applied(desk, place)
    newer = write(a_line(Registernummer="N1", Staatsangehörigkeiten="000", Vornamen="Elif"))
    preview = preview_import(desk, place.election_id, newer)
    withdraw_application(desk, one.application_id, "bei der falschen Person erfasst")
    with pytest.raises(Refused, match="Seit der Vorschau"):
        import_register(desk, place.election_id, newer, released=preview.state)
