"""Letter of defects, invitation and minutes: what was received, decided and why, each with its §."""

from datetime import UTC, date, datetime

import pytest

from beiratswahl.clock import BERLIN
from beiratswahl.documents.admission_minutes import CommitteeSession
from beiratswahl.operations.admission_papers import defects_pdf, invitation_pdf, minutes_pdf, receipt_book_pdf
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.nominations import Decisions, NominationData, close_nominations, receive_nomination, withdraw_nomination
from beiratswahl.store.read.nominations import nomination
from tests.documents.conftest import text_in
from tests.world import candidate, found, nominate

DAY = date(2026, 9, 20)
MEETING = CommitteeSession(
    begins=datetime(2026, 10, 2, 16, tzinfo=BERLIN),
    room="Rathaus, Zimmer 12",
    ends=datetime(2026, 10, 2, 17, 25, tzinfo=BERLIN),
    chair="Dr. Henriette Beispiel",
    secretary="Karl Muster",
    members=("Ljubica Probe", "Emre Test"),
)
#: one second after the deadline of 28 September 2026, 18:00
LATE = datetime(2026, 9, 28, 16, 0, 1, tzinfo=UTC)


def test_the_letter_names_every_defect_its_source_and_until_when_it_can_be_cured(desk: Desk) -> None:
    place = found(desk)
    data = NominationData(
        "Neue Liste",
        datetime(2026, 9, 10, 8, 30, 5, tzinfo=UTC),
        (candidate("Kaya", consent=False), candidate("Haile", eligibility_certified=False)),
        contact_name="Selam Haile",
    )
    nomination_id = receive_nomination(desk, place.election_id, data)
    said = text_in(defects_pdf(desk.session, place.election_id, nomination_id, DAY))
    for statement in (
        "Selam Haile Vertrauensperson des Wahlvorschlags „Neue Liste“",
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


def test_the_invitation_says_when_where_and_on_what(desk: Desk) -> None:
    place = found(desk)
    nominate(desk, place)
    said = text_in(invitation_pdf(desk.session, place.election_id, MEETING, DAY))
    for statement in ("Freitag, 2. Oktober 2026, 16:00 Uhr", "Rathaus, Zimmer 12", "Tagesordnung", "„Junge Stimmen“", "öffentlich"):
        assert statement in said


def test_the_minutes_show_each_decision_with_its_reason_and_what_follows(desk: Desk) -> None:
    place = found(desk)
    ids = nominate(desk, place)
    late = receive_nomination(desk, place.election_id, NominationData("Zu spät", LATE, (candidate("Spät"),)))
    first = nomination(desk.session, ids[0])
    assert first is not None
    gone = first.candidates[1]
    reason = "Eingegangen nach Ablauf der Frist (§ 23 Abs. 2 KWG)"
    close_nominations(desk, place.election_id, Decisions({late: reason}, {gone.candidate_id: "nicht wählbar"}))
    said = text_in(minutes_pdf(desk.session, place.election_id, MEETING, DAY))
    for statement in (
        "5 „Zu spät“ 28.09.2026, 18:00:01 Uhr persönlich zurückgewiesen",
        f"Der Wahlvorschlag ist zurückgewiesen. Grund: {reason}",
        "Der Wahlvorschlag wird zugelassen und erhält die Nummer 1.",
        f"{gone.name}: nicht wählbar",
        "101 Person101, Ada",
        "gewählt wird nach Verhältniswahl",
        "17:25 Uhr",
        "Ljubica Probe Beisitz",
    ):
        assert statement in said


def test_before_the_decision_there_are_no_minutes(desk: Desk) -> None:
    with pytest.raises(Refused, match="Niederschrift"):
        minutes_pdf(desk.session, found(desk).election_id, MEETING, DAY)


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
