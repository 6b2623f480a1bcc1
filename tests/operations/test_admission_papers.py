"""Letter of defects, invitation and minutes: what was received, decided and why, each with its §."""

from datetime import UTC, date, datetime, timedelta

import pytest

from beiratswahl import clock
from beiratswahl.law.committee import CommitteeFunction
from beiratswahl.operations import committee, committee_attendance, committee_decisions
from beiratswahl.operations.admission import Decisions, close_nominations
from beiratswahl.operations.admission_papers import defects_pdf, receipt_book_pdf
from beiratswahl.operations.committee_decisions import Vote
from beiratswahl.operations.committee_papers import announcement_is_outdated, invitation_pdf, minutes_pdf, publish_sitting
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.nominations import NominationData, receive_nomination, withdraw_nomination
from beiratswahl.operations.notices import withdraw_notice
from beiratswahl.store.read import published
from beiratswahl.store.read.committee import SittingView, sitting
from beiratswahl.store.read.nominations import nomination
from tests.documents.conftest import text_in
from tests.operations.test_committee import opened, planned
from tests.world import PAPERS, candidate, found, nominate

DAY = date(2026, 9, 20)
#: one second after the deadline of 28 September 2026, 18:00
LATE = datetime(2026, 9, 28, 16, 0, 1, tzinfo=UTC)


def test_the_letter_names_every_defect_its_source_and_until_when_it_can_be_cured(desk: Desk) -> None:
    place = found(desk)
    data = NominationData(
        "Neue Liste",
        datetime(2026, 9, 10, 8, 30, 5, tzinfo=UTC),
        (candidate("Kaya", consent=False), candidate("Haile", eligibility_certified=False)),
        **PAPERS,
    )
    nomination_id = receive_nomination(desk, place.election_id, data)
    said = text_in(defects_pdf(desk.session, place.election_id, nomination_id, DAY))
    for statement in (
        "Selam Haile Vertrauensperson des Wahlvorschlags „Neue Liste“ Brunnengasse 3 55999 Musterstadt",
        "am 10.09.2026 um 10:30:05 Uhr eingegangen",
        "Die Bescheinigung der Wählbarkeit von Haile, Ada fehlt. § 20 KWG",
        "bis Montag, 5. Oktober 2026",
        "Die schriftliche Zustimmung von Kaya, Ada fehlt.",
        "Montag, 28. September 2026, 18:00 Uhr",
    ):
        assert statement in said


def test_without_defects_there_is_no_letter(desk: Desk) -> None:
    place = found(desk)
    nomination_id = nominate(desk, place)[0]
    with pytest.raises(Refused, match="keine Mängel"):
        defects_pdf(desk.session, place.election_id, nomination_id, DAY)


def sitting_view(desk: Desk, sitting_id: int) -> SittingView:
    view = sitting(desk.session, sitting_id)
    assert view is not None
    return view


def test_the_invitation_says_when_where_on_what_and_whom(desk: Desk) -> None:
    place = found(desk)
    nominate(desk, place)
    said = text_in(invitation_pdf(desk.session, sitting_view(desk, planned(desk, place)), DAY))
    for statement in (
        "Freitag, 2. Oktober 2026, 16:00 Uhr",
        "Rathaus, Zimmer 12",
        "Tagesordnung",
        "„Junge Stimmen“",
        "Beisitz Ljubica Probe",
    ):
        assert statement in said


def test_the_sitting_is_announced_without_names_of_members(desk: Desk) -> None:
    place = found(desk)
    nominate(desk, place)
    number = publish_sitting(desk, sitting_view(desk, planned(desk, place)), DAY)
    said = text_in(published.notice_pdf(desk.session, place.election_id, number) or b"")
    assert "jeder hat Zutritt" in said
    assert "„Junge Stimmen“" in said
    assert "Ljubica Probe" not in said
    assert [of.kind for of in published.notices(desk.session, place.election_id)] == ["sitzung"]


def test_a_sitting_is_announced_once_and_again_after_the_notice_was_withdrawn(desk: Desk) -> None:
    place = found(desk)
    first, second = planned(desk, place), planned(desk, place)
    assert publish_sitting(desk, sitting_view(desk, first), DAY) == 1
    with pytest.raises(Refused, match="schon bekannt gemacht"):
        publish_sitting(desk, sitting_view(desk, first), DAY)
    # another sitting at the very same hour has a notice of its own
    assert publish_sitting(desk, sitting_view(desk, second), DAY) == 2
    withdraw_notice(desk, place.election_id, 1, "Raum geändert")
    assert publish_sitting(desk, sitting_view(desk, first), DAY) == 3
    assert [of.number for of in sitting_view(desk, first).notices] == [1, 3]
    assert [of.number for of in sitting_view(desk, second).notices] == [2]


def test_minutes_name_the_notice_of_their_own_sitting(desk: Desk) -> None:
    place = found(desk)
    other = planned(desk, place)
    sitting_id = planned(desk, place)
    publish_sitting(desk, sitting_view(desk, sitting_id), DAY)
    publish_sitting(desk, sitting_view(desk, other), DAY)
    for of in sitting_view(desk, sitting_id).attendances:
        committee_attendance.record_attendance(desk, of.attendance_id, clock.now(), None)
    committee.open_sitting(desk, sitting_id, clock.now())
    assert "(Bekanntmachung Nr. 1 vom" in text_in(minutes_pdf(desk.session, sitting_view(desk, sitting_id), DAY))
    withdraw_notice(desk, place.election_id, 1, "erst nach der Sitzung zurückgezogen")
    assert "(Bekanntmachung Nr. 1 vom" in text_in(minutes_pdf(desk.session, sitting_view(desk, sitting_id), DAY))


def test_a_sitting_that_was_never_announced_says_so_in_its_minutes(desk: Desk) -> None:
    place = found(desk)
    publish_sitting(desk, sitting_view(desk, planned(desk, place)), DAY)
    sitting_id = opened(desk, place)
    assert "nicht vermerkt" in text_in(minutes_pdf(desk.session, sitting_view(desk, sitting_id), DAY))


def test_an_announcement_is_outdated_by_another_room_but_not_by_another_nomination(desk: Desk) -> None:
    place = found(desk)
    sitting_id = planned(desk, place)
    publish_sitting(desk, sitting_view(desk, sitting_id), DAY)
    nominate(desk, place)
    assert not announcement_is_outdated(desk.session, sitting_view(desk, sitting_id))
    view = sitting_view(desk, sitting_id)
    members = tuple((of.name, CommitteeFunction(of.function)) for of in view.attendances)
    committee.change_sitting(desk, sitting_id, committee.SittingData(view.begins_at_utc, "Bürgersaal", view.agenda, members))
    assert announcement_is_outdated(desk.session, sitting_view(desk, sitting_id))


def test_an_open_sitting_is_not_announced_any_more(desk: Desk) -> None:
    with pytest.raises(Refused, match="vorher"):
        publish_sitting(desk, sitting_view(desk, opened(desk, found(desk))), DAY)


def test_the_minutes_show_attendance_votes_decisions_reasons_and_what_follows(desk: Desk) -> None:
    place = found(desk)
    ids = nominate(desk, place)
    late = receive_nomination(desk, place.election_id, NominationData("Zu spät", LATE, (candidate("Spät"),)))
    first = nomination(desk.session, ids[0])
    assert first is not None
    gone = first.candidates[1]
    reason = "Eingegangen nach Ablauf der Frist (§ 23 Abs. 2 KWG)"
    sitting_id = opened(desk, place)
    votes = {**dict.fromkeys(ids, Vote(3)), late: Vote(2, 0, 1)}
    close_nominations(desk, place.election_id, Decisions({late: reason}, {gone.candidate_id: "nicht wählbar"}, votes))
    committee.note_course(desk, sitting_id, "Frau Haile wurde gehört.")
    committee_decisions.record_decision(desk, sitting_id, "Bekanntmachung", "im Amtsblatt", Vote(3))
    committee.close_sitting(desk, sitting_id, clock.now())
    said = text_in(minutes_pdf(desk.session, sitting_view(desk, sitting_id), DAY))
    for statement in (
        "5 „Zu spät“ 28.09.2026, 18:00:01 Uhr persönlich zurückgewiesen",
        f"Der Wahlvorschlag ist zurückgewiesen. Grund: {reason}. Abstimmung: 2 Ja, 0 Nein, 1 Enthaltung.",
        "Der Wahlvorschlag wird zugelassen und erhält die Nummer 1. Abstimmung: einstimmig (3 Ja).",
        f"{gone.name}: nicht wählbar",
        "101 Person101, Ada",
        "gewählt wird nach Verhältniswahl",
        "Mina Muster Beisitz nicht erschienen",
        "mehr als die Hälfte der Mitglieder sind anwesend",
        "Frau Haile wurde gehört.",
        "Bekanntmachung im Amtsblatt einstimmig (3 Ja)",
        "Ljubica Probe Beisitz",
    ):
        assert statement in said


def test_a_sitting_without_admission_has_minutes_of_its_own(desk: Desk) -> None:
    place = found(desk)
    nominate(desk, place)
    sitting_id = opened(desk, place)
    committee_decisions.record_decision(desk, sitting_id, "Druck", "im Oktober", Vote(2, 1))
    said = text_in(minutes_pdf(desk.session, sitting_view(desk, sitting_id), DAY))
    assert "Niederschrift über die Sitzung des Wahlausschusses" in said
    assert "2 Ja, 1 Nein, 0 Enthaltungen" in said
    assert "Internationale Liste" not in said


def test_before_it_is_opened_a_sitting_has_no_minutes(desk: Desk) -> None:
    with pytest.raises(Refused, match="eröffnet"):
        minutes_pdf(desk.session, sitting_view(desk, planned(desk, found(desk))), DAY)


def test_the_receipt_book_keeps_the_order_of_receipt_to_the_second_and_who_entered_it(desk: Desk) -> None:
    place = found(desk)
    late = NominationData("Zu spät", LATE, (candidate("Spät"),))
    in_time = NominationData("Gerade noch", LATE.replace(second=0), (candidate("Kaya"),), channel="Bote")
    receive_nomination(desk, place.election_id, late)
    withdraw_nomination(desk, receive_nomination(desk, place.election_id, in_time), "zurückgezogen")
    said = text_in(receipt_book_pdf(desk.session, place.election_id, DAY))
    assert "Montag, 28. September 2026, 18:00 Uhr" in said
    order = [said.index(words) for words in ("„Gerade", "18:00:00", "„Zu", "18:00:01")]
    assert order == sorted(order)
    assert said.count("Erika Amt") == 2
    assert said.count("Amtsbuch Nr.") == 2
    assert "zurückgenommen" in said


def test_the_nearest_minutes_tell_that_the_admission_was_entered_without_a_sitting(desk: Desk) -> None:
    place = found(desk)
    nominate(desk, place)
    close_nominations(desk, place.election_id, Decisions(outside="Niederschrift vom 02.10.2026 auf Papier"))
    sittings = []
    for days in (1, 9):
        sittings.append(planned(desk, place))
        committee.open_sitting(desk, sittings[-1], clock.now() - timedelta(days=days), "Vorsitz vertreten durch die Beigeordnete")
        committee.close_sitting(desk, sittings[-1], clock.now())
    first, second = sittings
    told = "ohne Sitzung im Programm nachgetragen: Niederschrift vom 02.10.2026 auf Papier"
    assert told in text_in(minutes_pdf(desk.session, sitting_view(desk, first), DAY))
    assert told not in text_in(minutes_pdf(desk.session, sitting_view(desk, second), DAY))
