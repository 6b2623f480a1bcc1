"""The office door: the sitting of the Wahlausschuss, its minutes and the letters to the elected."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from beiratswahl.operations.desk import Desk
from tests.documents.conftest import text_in
from tests.doors.pages import Page, Visitor
from tests.doors.test_office_results import CLEAR, TIE, count
from tests.world import Place

SITTING = {
    "day": "2026-11-18",
    "place": "Rathaus, Raum 2",
    "began": "17:00",
    "ended": "18:10",
    "chair": "Vera Vorsitz",
    "members": "Karl Muster\nNgozi Fall\n",
    "recorder": "Jan Schreiber",
}


@pytest.fixture
def clear(desk: Desk, place: Place) -> str:
    count(desk, place, CLEAR)
    return f"/amt/wahl/{place.election_id}/ergebnis"


def determine(office: Visitor, path: str, **changed: str) -> Page:
    return office.press(office.open(f"{path}/feststellung"), "Feststellung eintragen", **{**SITTING, **changed})


def test_the_result_leads_to_the_determination(office: Visitor, clear: str) -> None:
    page = office.open(clear)
    address = page.link("Feststellung durch den Wahlausschuss: Niederschrift und Schreiben")
    assert office.open(address).heading == "Feststellung durch den Wahlausschuss"


def test_minutes_and_letters_are_there_after_the_sitting_is_entered(office: Visitor, clear: str) -> None:
    page = determine(office, clear)
    assert "Feststellung 1 in der Sitzung am 18. November 2026" in page.text
    minutes = office.client.get(page.link("Niederschrift (PDF)"))
    assert minutes.mimetype == "application/pdf"
    assert "Karl Muster; Ngozi Fall" in text_in(minutes.data)
    letters = office.client.get(page.link("Schreiben an die Gewählten (ZIP)"))
    with ZipFile(BytesIO(letters.data)) as file:
        assert len(file.namelist()) == 13
        assert file.testzip() is None
    assert office.client.get(f"{clear}/schreiben.zip").data == letters.data


def test_without_a_sitting_there_is_no_document(office: Visitor, clear: str) -> None:
    for name in ("niederschrift.pdf", "schreiben.zip"):
        page = office.open(f"{clear}/{name}")
        assert (page.status, page.heading) == (422, "Noch kein Dokument")
        assert "noch nicht festgestellt" in page.refusal


@pytest.mark.parametrize("missing", ["day", "chair", "members", "recorder", "began"])
def test_a_sitting_without_its_details_is_refused_and_kept_in_the_form(office: Visitor, clear: str, missing: str) -> None:
    page = determine(office, clear, **{missing: ""})
    assert page.status == 422
    assert page.field("Ort").get("value") == "Rathaus, Raum 2"
    assert office.open(f"{clear}/niederschrift.pdf").status == 422


def test_while_a_lot_is_pending_the_page_says_what_is_missing(office: Visitor, place: Place, desk: Desk) -> None:
    count(desk, place, TIE)
    page = office.open(f"/amt/wahl/{place.election_id}/ergebnis/feststellung")
    assert "Über Sitz 13 muss erst das Los entscheiden." in page.text
    assert "Feststellung eintragen" not in page.text


def test_the_publication_leads_to_the_determination_and_then_names_its_day(office: Visitor, clear: str) -> None:
    publication = clear.replace("/ergebnis", "/veroeffentlichung")
    assert office.open(office.open(publication).link("Zur Feststellung")).heading == "Feststellung durch den Wahlausschuss"
    determine(office, clear)
    assert "Festgestellt vom Wahlausschuss am 18. November 2026" in office.open(publication).text
