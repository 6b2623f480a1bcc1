"""The public application form: what is filled in goes into the PDF and nowhere else; the office reads its code."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from beiratswahl.app import PUBLIC, create_app
from beiratswahl.operations.application_scans import read_application
from beiratswahl.operations.desk import Actor, Desk
from tests.databases import SqliteTemplates, engine_of
from tests.documents.conftest import text_in
from tests.doors.announced import AGS, announce
from tests.doors.pages import Page
from tests.doors.publications import configuration

ADDRESS = "/wahl/2/antrag"
FILLED = {
    "family_name": " Selvarajah  Chandrasekaran ",
    "given_names": "Śivakāmasundari",
    "birth_date": "1987-04-12",
    "street": "Lindenweg 1",
    "postcode": "55116",
    "town": "Beispielburg",
    "contact": "",
    "ground": "NR2B",
    "parent": "Ausländer",
}


@pytest.fixture(scope="module")
def database_url(sqlite_templates: SqliteTemplates) -> str:
    url = sqlite_templates.clone()
    engine = engine_of(url)
    with Session(engine) as session:
        announce(Desk(session, Actor(None, "Erika Amt", "")), 40)
    engine.dispose()
    return url


@pytest.fixture(scope="module")
def client(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return create_app(configuration(tmp_path_factory.mktemp("application"), database_url), PUBLIC).test_client()


def everything(url: str) -> dict[str, list[tuple[object, ...]]]:
    engine = engine_of(url)
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
        found = {name: [tuple(row) for row in connection.execute(text(f"SELECT * FROM {name}"))] for name in names}
    engine.dispose()
    return found


@pytest.mark.parametrize("prefix", ["", "/en", "/leicht"])
def test_the_filled_form_is_a_german_pdf_with_its_code_and_nothing_is_stored(client: FlaskClient, database_url: str, prefix: str) -> None:
    before = everything(database_url)
    answer = client.post(prefix + ADDRESS, data=FILLED)
    assert (answer.status_code, answer.mimetype, answer.headers["Cache-Control"]) == (200, "application/pdf", "no-store")
    assert "Set-Cookie" not in answer.headers
    of = read_application(answer.data)
    assert (of.ags, of.family_name, of.ground, of.parent) == (AGS, "Selvarajah Chandrasekaran", "NR2B", "")
    assert "Antrag auf Eintragung in das Wählerverzeichnis" in text_in(answer.data)
    assert everything(database_url) == before


@pytest.mark.parametrize(
    ("prefix", "heading"), [("", "Antrag auf Eintragung"), ("/en", "Application to be"), ("/leicht", "Antrag: Mein Name")]
)
def test_the_form_stands_in_every_language_without_a_cookie(client: FlaskClient, prefix: str, heading: str) -> None:
    answer = client.get(prefix + ADDRESS)
    shown = Page(answer, prefix + ADDRESS)
    assert shown.heading.startswith(heading)
    assert [one.get("value") for one in shown.tree.iter("input") if one.get("name") == "ground"] == ["NR2A", "NR2B", "NR2C", "NR2D"]
    assert "Set-Cookie" not in answer.headers
    assert b"csrf" not in answer.data


@pytest.mark.parametrize(
    ("field", "value", "label"),
    [
        ("family_name", " ", "Familienname: Bitte ausfüllen."),
        ("birth_date", "12.4.", "Geburtsdatum: Bitte als Tag, Monat und Jahr angeben."),
        ("birth_date", "", "Geburtsdatum: Bitte als Tag, Monat und Jahr angeben."),
        ("postcode", "5511", "Postleitzahl: Eine Postleitzahl hat fünf Ziffern."),
        ("town", "x" * 121, "Wohnort: Das ist zu lang."),
        ("ground", "NR9", "Wie sind Sie deutsch geworden?: Bitte wählen."),
    ],
)
def test_a_wrong_field_is_named_and_what_was_typed_stays(client: FlaskClient, field: str, value: str, label: str) -> None:
    answer = client.post(ADDRESS, data={**FILLED, field: value})
    shown = Page(answer, ADDRESS)
    assert (shown.status, answer.headers["Cache-Control"]) == (422, "no-store")
    assert label in shown.text
    assert shown.field("Straße und Hausnummer").get("value") == "Lindenweg 1"


@pytest.mark.parametrize("parent", ["", "Deutsche?"])
@pytest.mark.parametrize(
    ("prefix", "asked"), [("", "was auf den Elternteil zutrifft"), ("/en", "what is true of this parent"), ("/leicht", "Ihre Mutter")]
)
def test_a_claim_by_descent_says_by_which_parent(client: FlaskClient, parent: str, prefix: str, asked: str) -> None:
    answer = client.post(prefix + ADDRESS, data={**FILLED, "ground": "NR2D", "parent": parent})
    assert answer.status_code == 422
    assert asked in Page(answer, prefix + ADDRESS).text
    named = client.post(prefix + ADDRESS, data={**FILLED, "ground": "NR2D", "parent": "Spätaussiedler"})
    assert read_application(named.data).parent == "Spätaussiedler"


def test_a_script_that_cannot_be_printed_is_said_in_plain_words(client: FlaskClient) -> None:
    shown = Page(client.post(ADDRESS, data={**FILLED, "given_names": "சிவகாமசுந்தரி"}), ADDRESS)
    assert shown.status == 422
    assert "in lateinischer Schrift" in shown.text


def test_the_empty_form_is_a_file_for_everyone(client: FlaskClient) -> None:
    answer = client.get("/wahl/2/antrag.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert (
        Page(client.get("/wahl/2/darf-ich-waehlen/alt-lange-deutsch-eingebuergert"), "").link("Leerer Antrag (PDF)") == "/wahl/2/antrag.pdf"
    )


def test_without_an_election_to_come_there_is_nothing_to_apply_for(client: FlaskClient) -> None:
    assert client.get("/wahl/1/antrag").status_code == 404
    assert client.post("/wahl/1/antrag", data=FILLED).status_code == 404
    assert client.get("/wahl/1/antrag.pdf").status_code == 404
