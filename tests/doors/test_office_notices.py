"""The office door: publishing a notice, seeing what stands, withdrawing it."""

from datetime import timedelta

from beiratswahl import clock
from beiratswahl.operations.announcements_before import Announcement
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.notices import publish_notice
from tests.documents.conftest import text_in
from tests.doors.pages import Visitor
from tests.world import Place


def base(place: Place) -> str:
    return f"/amt/wahl/{place.election_id}/schriftstuecke"


def test_a_notice_is_looked_at_published_withdrawn_and_published_anew(office: Visitor, place: Place) -> None:
    page = office.open(office.open(base(place)).link("Aufforderung zur Einreichung von Wahlvorschlägen"))
    assert "Fristende" in text_in(office.client.get(page.link("Entwurf ansehen (PDF)")).data)
    after = office.press(page, "Jetzt veröffentlichen", medium="Amtsblatt Nr. 36")
    assert "Die Bekanntmachung Nr. 1 ist veröffentlicht." in " ".join(after.with_role("status"))
    assert "Amtsblatt Nr. 36" in after.text
    assert "Fristende" in text_in(office.client.get(after.link("Bekanntmachung Nr. 1 (PDF)")).data)
    assert "Jetzt veröffentlichen" not in after.html
    withdrawal = office.open(after.link("Nr. 1 zurückziehen"))
    assert office.press(withdrawal, "Bekanntmachung zurückziehen").status == 422
    office.press(withdrawal, "Bekanntmachung zurückziehen", reason="Falsche Anschrift")
    again = office.open(f"{base(place)}/bekanntmachen/aufforderung")
    assert "Falsche Anschrift" in again.text
    assert "Bekanntmachung Nr. 2" in office.press(again, "Jetzt veröffentlichen").text


def test_what_cannot_go_out_yet_says_why(office: Visitor, place: Place) -> None:
    page = office.open(f"{base(place)}/bekanntmachen/wahlvorschlaege")
    assert "Wahlausschuss über die Zulassung entschieden" in page.text
    assert "Jetzt veröffentlichen" not in page.html
    page = office.open(f"{base(place)}/bekanntmachen/aufforderung")
    refused = office.press(page, "Jetzt veröffentlichen", dated_on=(clock.today() + timedelta(days=3)).isoformat())
    assert "Zukunft" in refused.refusal
    assert office.client.get(f"{base(place)}/bekanntmachen/erfunden").status_code == 404


def test_the_overview_and_the_calendar_show_what_is_published(office: Visitor, place: Place, desk: Desk) -> None:
    publish_notice(desk, place.election_id, Announcement.INSPECTION, clock.today())
    row = next(row for row in office.open(base(place)).rows("Bekanntmachungen") if row[0] == "Einsicht in das Wählerverzeichnis")
    assert row[2].startswith("veröffentlicht")
