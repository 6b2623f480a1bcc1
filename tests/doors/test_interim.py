"""An interim version: every page and file says what it is, and nothing in it looks like a result."""

import csv
import json
import re
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from beiratswahl.app import PUBLIC, create_app
from beiratswahl.documents.interim_announcement import announce_interim
from beiratswahl.operations import counting
from beiratswahl.operations.counting import Letters
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.setup import create_district
from beiratswahl.publishing import write_site
from tests.databases import SqliteTemplates, engine_of
from tests.documents import samples
from tests.documents.conftest import text_in
from tests.doors.pages import Visitor
from tests.doors.publications import configuration, election_of, publish
from tests.doors.test_office_results import CLEAR, count
from tests.world import Place

BASE = "https://wahlen.musterstadt.example"
STATE = "Zwischenstand: 2 von 4 Stimmbezirken"


@pytest.fixture
def client(sqlite_templates: SqliteTemplates, tmp_path: Path) -> FlaskClient:
    database_url = sqlite_templates.clone()
    engine = engine_of(database_url)
    with Session(engine) as session:
        publish(session, election_of(session, samples.interim()), samples.interim())
        session.commit()
    engine.dispose()
    return create_app(configuration(tmp_path, database_url), PUBLIC).test_client()


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address, base_url=BASE)
    assert answer.status_code == 200, address
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(answer.text)
    return " ".join(" ".join(tree.find("body").itertext()).split())


@pytest.mark.parametrize("address", ["/wahl/1", "/wahl/1/ergebnis", "/wahl/1/fassung/1", "/wahl/1/leinwand"])
def test_every_page_says_how_many_districts_are_in_it_and_computes_no_seats(client: FlaskClient, address: str) -> None:
    text = text_of(client, address)
    assert STATE in text
    assert "Sitze werden erst berechnet, wenn" in text
    for word in ("gewählt sind", "Gewählt sind", "Ersatzperson", "Halbrund", "Vorläufiges Ergebnis", "Wahlbeteiligung"):
        assert word not in text, word


def test_the_pages_speak_every_language(client: FlaskClient) -> None:
    assert "Interim state: 2 of 4 polling districts" in text_of(client, "/en/wahl/1/ergebnis")
    assert "Zwischen-Stand: 2 von 4 Stimm-Bezirken" in text_of(client, "/leicht/wahl/1/ergebnis")


def test_the_districts_that_are_missing_are_named(client: FlaskClient) -> None:
    text = text_of(client, "/wahl/1/ergebnis")
    assert "3 Briefwahlbezirk Waldhof" in text.split("Es fehlen noch")[1]
    assert "Briefwahlbezirk Nord" in text.split("Es fehlen noch")[0]


def test_what_would_explain_seats_is_not_there(client: FlaskClient) -> None:
    for name in ("berechnung", "nachrechnen.py"):
        assert client.get(f"/wahl/1/{name}").status_code == 404
        assert client.get(f"/wahl/1/fassung/1/{name}").status_code == 404
    assert "Sitzberechnung" not in client.get("/wahl/1").text


def test_files_and_feed_carry_the_label_and_leave_seats_empty(client: FlaskClient) -> None:
    result = json.loads(client.get("/wahl/1/ergebnis.json").data)
    assert (result["label"], result["interim"]["districts_counted"]) == ("Zwischenstand", 2)
    (described,) = client.get("/wahl/1.json").json
    assert (described["label"], described["districts_counted"], described["districts"]) == ("Zwischenstand", 2, 4)
    rows = list(csv.DictReader(client.get("/wahl/1/ergebnis.csv").text.splitlines(), delimiter=";"))
    assert {(row["stand"], row["wahlvorschlag-sitze"], row["gewaehlt"], row["ersatzperson-rang"]) for row in rows} == {
        ("Zwischenstand", "", "", "")
    }
    (area,) = csv.DictReader(client.get("/wahl/1/Open-Data-07999000-Beiratswahl-Wahlgebiet.csv").text.splitlines(), delimiter=";")
    assert (area["anz-schnellmeldungen"], area["max-schnellmeldungen"]) == ("2", "4")
    names = csv.DictReader(client.get("/wahl/1/namen.csv").text.splitlines(), delimiter=";")
    assert {(row["sitze"], row["gewaehlt"]) for row in names} == {("", "")}
    (row,) = csv.DictReader(client.get("/wahlen.csv").text.splitlines(), delimiter=";")
    assert (row["stand"], row["gewaehlt"], row["unbesetzt"], row["wahlbeteiligung-prozent"]) == ("Zwischenstand", "", "", "")
    assert STATE in client.get("/neues.atom").text


def test_every_published_address_answers_and_is_written_as_a_file(sqlite_templates: SqliteTemplates, tmp_path: Path) -> None:
    database_url = sqlite_templates.clone()
    engine = engine_of(database_url)
    with Session(engine) as session:
        election = election_of(session, samples.interim())
        publish(session, election, samples.interim())
        publish(session, election, replace(samples.preliminary(), version=2), note="Alle Stimmbezirke sind ausgezählt.")
        session.commit()
    engine.dispose()
    config = configuration(tmp_path, database_url)
    write_site(create_app(config, PUBLIC), config.published, BASE)
    site = config.published / "site"
    assert STATE in (site / "wahl/1/fassung/1.html").read_text()
    assert (site / "wahl/1/fassung/2/berechnung.html").is_file()
    assert not (site / "wahl/1/fassung/1/berechnung.html").exists()
    assert "Zur neuesten Fassung 2 (vorläufig)" in (site / "wahl/1/fassung/1.html").read_text()


def test_the_sheet_for_the_press_says_that_it_is_no_result() -> None:
    text = text_in(announce_interim(samples.interim()))
    assert STATE in text
    assert "Das ist noch kein Ergebnis." in text
    assert "Es fehlen: 3 Briefwahlbezirk Waldhof, 4 Briefwahlbezirk Am Kernbergturm." in text
    assert not re.search(r"gewählt sind|Ersatzperson|Halbrund", text)


@pytest.fixture
def evening(desk: Desk, place: Place) -> Place:
    """Two districts are closed, a third has counted its voters."""
    count(desk, place, ({1: 100, 2: 80}, {1: 10, 2: 8, 3: 6}))
    third = create_district(desk, place.election_id, 3, "Briefwahlbezirk West", postal=True)
    counting.record_letters(desk, third, Letters(90, 0, {}, 90), 0)
    return place


def test_the_office_publishes_an_interim_version_by_one_button(office: Visitor, evening: Place) -> None:
    path = f"/amt/wahl/{evening.election_id}/veroeffentlichung"
    page = office.open(office.open(path).link("Zwischenstand ansehen und veröffentlichen"))
    assert "weniger als 50 Stimmzettel" in page.text
    assert "zurückgehalten" in page.text
    done = office.press(page, "Zwischenstand „1 von 3 Stimmbezirken“ veröffentlichen")
    assert "Fassung 1 ist veröffentlicht: der Zwischenstand." in done.text
    assert "kein Stimmbezirk dazugekommen" in done.text
    assert "Zwischenstand veröffentlicht: Fassung 1" in office.open(f"/amt/wahl/{evening.election_id}").text
    listed = office.open(path)
    assert "Es kann noch nicht veröffentlicht werden" in listed.text
    assert "Zwischenstand" in listed.text
    assert "Zwischenstand: 1 von 3 Stimmbezirken" in office.client.get(f"/wahl/{evening.election_id}").text


def test_with_all_districts_closed_there_is_no_interim_version_any_more(office: Visitor, desk: Desk, place: Place) -> None:
    count(desk, place, CLEAR)
    page = office.open(f"/amt/wahl/{place.election_id}/veroeffentlichung/zwischenstand")
    assert "Alle Stimmbezirke sind abgeschlossen" in page.text
    assert "Zwischenstand ansehen" not in office.open(f"/amt/wahl/{place.election_id}/veroeffentlichung").text


def test_before_there_is_a_ballot_paper_the_page_says_why(office: Visitor, place: Place) -> None:
    page = office.open(f"/amt/wahl/{place.election_id}/veroeffentlichung/zwischenstand")
    assert "Noch gibt es keinen Zwischenstand" in page.text
