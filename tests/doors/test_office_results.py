"""The office door: the live count, the result, the lot, publication."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.operations import closing, counting
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.counting import Letters
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.determination import determine
from beiratswahl.store.read.nominations import nominations
from beiratswahl.store.tables.publication import Publication
from beiratswahl.store.tables.results import DrawnLot
from beiratswahl.store.tables.setup import PollingDistrict
from tests.documents.test_signature import HOLDER, write_key
from tests.doors.pages import Visitor
from tests.world import ON_PAPER, SITTING, Place, count_stacks, nominate

CLEAR = ({1: 100, 2: 80, 3: 60, 4: 40}, {1: 10, 2: 8, 3: 6, 4: 4})
TIE = ({1: 100, 2: 100}, {1: 50, 2: 50})


def amount(archive: Session, table: type) -> int:
    archive.rollback()
    return archive.scalar(select(func.count()).select_from(table)) or 0


def count(desk: Desk, place: Place, stacks: tuple[dict[int, int], ...], *, close: bool = True) -> None:
    """Admit the nominations, state the electorate, record unchanged ballots and close the districts."""
    nominate(desk, place)
    close_nominations(desk, place.election_id, ON_PAPER)
    ids = {of.number: of.nomination_id for of in nominations(desk.session, place.election_id)}
    for district, ballots in zip(place.districts, stacks, strict=True):
        desk.session.get_one(PollingDistrict, district).eligible = 1000
        desk.session.commit()
        voters = sum(ballots.values())
        counting.record_letters(desk, district, Letters(voters, 0, {}, voters), 0)
        count_stacks(desk, district, {ids[number]: many for number, many in ballots.items()}, 0, 1)
        for warning in closing.control(desk.session, district).unexplained:
            counting.explain(desk, district, warning.code, "Geprüft, stimmt so.")
        if close:
            closing.close_district(desk, district)


@pytest.fixture
def clear(desk: Desk, place: Place) -> Place:
    count(desk, place, CLEAR)
    return place


@pytest.fixture
def tied(desk: Desk, place: Place) -> Place:
    count(desk, place, TIE)
    return place


def test_before_admission_the_count_says_why_it_waits(office: Visitor, place: Place) -> None:
    page = office.open(f"/amt/wahl/{place.election_id}/zaehlung")
    assert page.heading == "Zählung"
    assert "noch nicht zugelassen" in page.text


def test_the_count_shows_every_district(office: Visitor, place: Place, desk: Desk) -> None:
    count(desk, place, CLEAR, close=False)
    rows = office.open(f"/amt/wahl/{place.election_id}/zaehlung").rows("Stimmbezirke")
    assert [row[:5] for row in rows] == [
        ["1 · Briefwahlbezirk Nord", "wird ausgezählt", "280", "280", "280"],
        ["2 · Briefwahlbezirk Süd", "wird ausgezählt", "28", "28", "28"],
    ]


def test_the_result_names_what_is_missing(office: Visitor, place: Place, desk: Desk) -> None:
    count(desk, place, CLEAR, close=False)
    page = office.open(f"/amt/wahl/{place.election_id}/ergebnis")
    assert "Noch kein Ergebnis" in page.text
    assert "Stimmbezirk 1 (Briefwahlbezirk Nord) ist noch nicht abgeschlossen." in page.text
    publication = office.open(f"/amt/wahl/{place.election_id}/veroeffentlichung")
    assert "Es kann noch nicht veröffentlicht werden" in publication.text
    assert "Jetzt veröffentlichen" not in publication.text


def test_the_result_shows_seats_control_sums_and_both_forms(office: Visitor, clear: Place) -> None:
    page = office.open(f"/amt/wahl/{clear.election_id}/ergebnis")
    assert sum(int(row[3]) for row in page.rows("Sitze der Wahlvorschläge")) == 13
    assert {row[3] for row in page.rows("Kontrollrechnungen (§ 63 KWO)")} == {"stimmt"}
    assert page.rows("Sitzverteilung, 1. Form: Höchstzahlen")[0][0] == "0,5"
    assert "2. Form: Divisor" in page.text


def test_a_closed_district_is_opened_again_by_decision(office: Visitor, clear: Place) -> None:
    overview = office.open(f"/amt/wahl/{clear.election_id}/zaehlung")
    form = office.open(overview.link("Bezirk 2 wieder öffnen"))
    assert office.press(form, "Zählung wieder öffnen", reason="").status == 422
    page = office.press(form, "Zählung wieder öffnen", reason="Beschluss: Stapel 2 nachzählen")
    first, second = page.rows("Stimmbezirke")
    assert (first[1].startswith("abgeschlossen"), second[1]) == (True, "wird ausgezählt")


def test_a_tie_stops_until_the_lot_is_entered_by_two_names(office: Visitor, tied: Place, archive: Session) -> None:
    page = office.open(f"/amt/wahl/{tied.election_id}/ergebnis")
    assert "Über Sitz 13 entscheidet das Los" in page.text
    form = office.open(page.link("Los eintragen"))
    one = {"winner": "2", "drawn_on": "2026-11-18", "drawn_hour": "17:20", "drawn_by": "Vera Vorsitz", "witness": "vera vorsitz "}
    refused = office.press(form, "Los eintragen", **one)
    assert (refused.status, amount(archive, DrawnLot)) == (422, 0)
    assert "zwei verschiedene Personen" in refused.refusal
    assert refused.field("Gezogen von").get("value") == "Vera Vorsitz"
    foreign = office.press(form, "Los eintragen", **{**one, "winner": "3", "witness": "Bea Beisitz"})
    assert (foreign.status, amount(archive, DrawnLot)) == (422, 0)
    done = office.press(form, "Los eintragen", **{**one, "witness": "Bea Beisitz"})
    assert "Das Ergebnis steht fest" in done.text
    assert [row[3] for row in done.rows("Sitze der Wahlvorschläge")] == ["6", "7", "0", "0"]
    again = office.press(form, "Los eintragen", **{**one, "witness": "Bea Beisitz"})
    assert (again.status, amount(archive, DrawnLot)) == (422, 1)


def test_a_result_is_previewed_published_and_withdrawn(office: Visitor, clear: Place, archive: Session) -> None:
    path = f"/amt/wahl/{clear.election_id}/veroeffentlichung"
    preview = office.client.get(f"{path}/vorschau.pdf")
    assert preview.data.startswith(b"%PDF")
    assert amount(archive, Publication) == 0
    form = office.open(path)
    refused = office.press(form, "Jetzt veröffentlichen", label="endgültig")
    assert (refused.status, amount(archive, Publication)) == (422, 0)
    assert "noch nicht festgestellt" in refused.refusal
    page = office.press(form, "Jetzt veröffentlichen")
    assert [row[:2] for row in page.rows("Veröffentlichte Fassungen")] == [["1", "vorläufig"]]
    printed = office.client.get(page.link("Bekanntmachung 1 (PDF)"))
    assert printed.mimetype == "application/pdf"
    silent = office.press(office.open(path), "Jetzt veröffentlichen")
    assert (silent.status, amount(archive, Publication)) == (422, 1)
    gone = office.press(office.open(page.link("Fassung 1 zurückziehen")), "Fassung zurückziehen", notice="Zahlendreher in Bezirk 2")
    assert gone.rows("Veröffentlichte Fassungen")[0][1] == "zurückgezogen"


def test_nothing_is_previewed_while_something_is_missing(office: Visitor, place: Place) -> None:
    page = office.open(f"/amt/wahl/{place.election_id}/veroeffentlichung/vorschau.pdf")
    assert (page.status, page.heading) == (422, "Keine Vorschau möglich")


def test_the_tasks_lead_to_publication(office: Visitor, clear: Place) -> None:
    page = office.open(f"/amt/wahl/{clear.election_id}/")
    assert page.text.count("nächster Schritt") == 1
    assert "Prüfen Sie die Bekanntmachung" in page.text


def test_a_final_result_waits_for_who_signs_and_who_takes_objections(office: Visitor, clear: Place, desk: Desk, archive: Session) -> None:
    imprint = office.open(f"/amt/wahl/{clear.election_id}/koerperschaft")
    office.press(imprint, "Angaben speichern", returning_officer="", town="", objection_recipient="")
    page = office.open(f"/amt/wahl/{clear.election_id}/veroeffentlichung")
    assert "Angaben zur Körperschaft ergänzen" in page.links
    determine(desk, clear.election_id, SITTING)
    refused = office.press(page, "Jetzt veröffentlichen", label="endgültig")
    assert (refused.status, amount(archive, Publication)) == (422, 0)
    assert "Name der Wahlleitung, Ort, Stelle für Einsprüche" in refused.refusal
    assert office.press(page, "Jetzt veröffentlichen", label="vorläufig").status == 200


def test_the_announcement_is_signed_with_the_key_of_the_municipality(office: Visitor, clear: Place) -> None:
    folder = office.client.application.config["BEIRATSWAHL"].instance
    write_key(folder, ends=clock.now() + timedelta(days=30))
    path = f"/amt/wahl/{clear.election_id}/veroeffentlichung"
    page = office.open(path)
    assert f"wird elektronisch signiert: {HOLDER}" in page.text
    page = office.press(page, "Jetzt veröffentlichen")
    assert f"signiert: {HOLDER}" in page.rows("Veröffentlichte Fassungen")[0][3]
    assert b"ETSI.CAdES.detached" in office.client.get(page.link("Bekanntmachung 1 (PDF)")).data


def test_a_key_that_cannot_sign_stops_nobody_who_says_so(office: Visitor, clear: Place, archive: Session) -> None:
    folder = office.client.application.config["BEIRATSWAHL"].instance
    write_key(folder, ends=datetime(2020, 1, 1, tzinfo=UTC))
    path = f"/amt/wahl/{clear.election_id}/veroeffentlichung"
    refused = office.press(office.open(path), "Jetzt veröffentlichen")
    assert (refused.status, amount(archive, Publication)) == (422, 0)
    assert "bis 01.01.2020, heute also nicht" in refused.refusal
    page = office.press(office.open(path), "Jetzt veröffentlichen", unsigned="y")
    assert (page.status, amount(archive, Publication)) == (200, 1)
    assert "signiert" not in page.rows("Veröffentlichte Fassungen")[0][3]
