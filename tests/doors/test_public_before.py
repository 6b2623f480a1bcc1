"""The public door before an election: information, deadlines, admitted lists and notices, in every language."""

from datetime import date, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from beiratswahl import clock, words
from beiratswahl.app import PUBLIC, create_app
from beiratswahl.operations.desk import Actor, Desk
from beiratswahl.operations.information import publish_information, withdraw_information
from beiratswahl.public.elections import Due
from beiratswahl.publishing import write_site
from tests.databases import SqliteTemplates, engine_of
from tests.doors.announced import TOWN, WITHDRAWN, announce, coming
from tests.doors.pages import Page
from tests.doors.publications import configuration
from tests.doors.test_public_languages import mirrored, words_left  # noqa: F401 - mirrored is a fixture

ELECTION = 2
PAGES = tuple(
    f"/wahl/{ELECTION}{page}"
    for page in ("", "/wahlvorschlaege", "/bekanntmachungen", "/bekanntmachungen/1", "/bekanntmachungen/2", "/bekanntmachungen/3")
)


@pytest.fixture(scope="module")
def database_url(sqlite_templates: SqliteTemplates) -> str:
    url = sqlite_templates.clone()
    engine = engine_of(url)
    with Session(engine) as session:
        assert announce(Desk(session, Actor(None, "Erika Amt", ""))) == ELECTION
    engine.dispose()
    return url


@pytest.fixture(scope="module")
def client(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return create_app(configuration(tmp_path_factory.mktemp("before"), database_url), PUBLIC).test_client()


def page(client: FlaskClient, address: str) -> Page:
    return Page(client.get(address), address)


@pytest.mark.parametrize("prefix", ["", "/en", "/leicht"])
@pytest.mark.parametrize("address", ["/", *PAGES])
def test_every_page_before_the_election_is_strict_html_in_every_language(client: FlaskClient, address: str, prefix: str) -> None:
    shown = page(client, prefix + address)
    assert shown.status == 200
    assert shown.heading


def test_the_start_page_names_the_coming_election_and_no_unpublished_one(client: FlaskClient) -> None:
    shown = page(client, "/")
    assert "Kommende Wahlen" in shown.text
    assert TOWN in shown.text
    assert f"/wahl/{ELECTION}" in shown.html
    assert "/wahl/1" not in shown.html


def test_the_election_says_what_when_who_and_whom_to_ask(client: FlaskClient) -> None:
    text = page(client, f"/wahl/{ELECTION}").text
    for part in (
        "nur Briefwahl",
        "13 für fünf Jahre",
        "mindestens 16 Jahre alt",
        "deutsch geworden durch Einbürgerung",
        "Haus der Vereine, Lindenweg 1",
        "Samira Beispiel",
        "an deren Weisungen gebunden",
        "1 Internationale Liste",
    ):
        assert part in text, part


def test_deadlines_say_where_they_stand_today(client: FlaskClient) -> None:
    shown = page(client, f"/wahl/{ELECTION}")
    rows = {row[1]: row[0] for row in shown.rows(f"Termine und Fristen, Stand: {_long(clock.today())}")}
    assert rows["Bis dahin müssen Wahlvorschläge beim Wahlamt sein."].endswith("vorbei")
    assert rows["Bis dahin muss Ihr Wahlbrief angekommen sein. Später zählt er nicht."].endswith("in 40 Tagen")


@pytest.mark.parametrize(
    ("now", "hour", "left"),
    [
        ("2027-04-14 22:30", "12:00", 1),  # 00:30 of the next day in Germany
        ("2027-04-16 09:59", "12:00", 0),
        ("2027-04-16 10:00", "12:00", 0),
        ("2027-04-16 10:01", "12:00", -1),
        ("2027-04-16 21:59", "", 0),
        ("2027-04-16 22:00", "", -1),
    ],
)
def test_a_deadline_is_over_at_its_hour_on_a_german_clock(now: str, hour: str, left: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat(f"{now}+00:00"))
    assert Due("applications", date(2027, 4, 16), hour, "", "").days_left == left


def test_who_votes_by_post_alone_reads_that_the_papers_come_unasked(client: FlaskClient) -> None:
    text = page(client, f"/wahl/{ELECTION}").text
    for part in ("die Unterlagen kommen per Post", "muss sie nicht beantragen", "Fehlen Ihnen die Briefwahlunterlagen"):
        assert part in text, part


def test_admitted_people_are_shown_as_announced_and_no_more(client: FlaskClient) -> None:
    shown = page(client, f"/wahl/{ELECTION}/wahlvorschlaege")
    rows = shown.rows("Personen auf Wahlvorschlag 2")
    assert rows[0][1:] == ["Person201, Ada (dreifach genannt)", "1980", "55999 Musterstadt"]
    assert "1980-05-01" not in shown.html
    assert "Hauptstraße" not in shown.html
    english = page(client, f"/en/wahl/{ELECTION}/wahlvorschlaege")
    assert english.rows("People on list 2")[0][1] == "Person201, Ada (listed three times)"


def test_a_notice_stands_in_its_german_words_and_as_pdf(client: FlaskClient) -> None:
    english = page(client, f"/en/wahl/{ELECTION}/bekanntmachungen/2")
    assert "available in German only" in english.text
    (article,) = english.tree.iter("article")
    assert article.get("lang") == "de"
    assert "Aufforderung zur Einreichung von Wahlvorschlägen" in english.text
    pdf = client.get(english.link("Announcement as PDF (in German)"))
    assert pdf.data.startswith(b"%PDF")
    assert "immutable" in pdf.headers["Cache-Control"]


def test_a_withdrawn_notice_stays_with_its_reason(client: FlaskClient) -> None:
    assert WITHDRAWN in page(client, f"/wahl/{ELECTION}/bekanntmachungen/1").text
    assert WITHDRAWN not in page(client, f"/wahl/{ELECTION}/bekanntmachungen/2").text


def test_what_does_not_exist_is_not_found(client: FlaskClient) -> None:
    for address in ("ergebnis", "berechnung", "bekanntmachungen/9", "bekanntmachungen/9/bekanntmachung.pdf", "ergebnis.json"):
        assert client.get(f"/wahl/{ELECTION}/{address}").status_code == 404, address
    for address in ("", "/wahlvorschlaege", "/bekanntmachungen", "/informationen.json"):
        assert client.get(f"/wahl/1{address}").status_code == 404, address


def test_the_page_has_a_twin_for_programs(client: FlaskClient) -> None:
    content = client.get(f"/wahl/{ELECTION}/informationen.json").json
    assert (content["format"], content["seats"], content["authority"]) == ("beiratswahl-information", 13, TOWN)


@pytest.mark.parametrize("address", PAGES)
def test_no_german_text_is_left_before_the_election_either(mirrored: FlaskClient, address: str) -> None:  # noqa: F811 - the fixture
    names = {"Beispielburg", "Stadt", "Internationale", "Liste", "Gemeinsam", "für", "Musterstadt", "Bündnis", "der", "Vereine", "Junge"}
    names |= {"Stimmen", "Ada", "Person"}
    assert words_left(mirrored, address) - names == set()


def test_everything_is_written_as_files_and_every_page_is_in_the_sitemap(database_url: str, tmp_path: Path) -> None:
    app = create_app(configuration(tmp_path, database_url), PUBLIC)
    write_site(app, tmp_path / "published", "https://wahlen.example")
    site = tmp_path / "published" / "site"
    sitemap = (site / "sitemap.xml").read_text()
    for address in PAGES:
        for prefix in ("", "/en", "/leicht"):
            assert (site / f"{prefix}{address}.html".lstrip("/")).is_file(), address
            assert f"<loc>https://wahlen.example{prefix}{address}</loc>" in sitemap
    assert (site / f"wahl/{ELECTION}/bekanntmachungen/1/bekanntmachung.pdf").read_bytes().startswith(b"%PDF")


def test_withdrawn_information_stays_readable_with_its_notice(sqlite_templates: SqliteTemplates, tmp_path: Path) -> None:
    url = sqlite_templates.clone()
    engine = engine_of(url)
    with Session(engine) as session:
        desk = Desk(session, Actor(None, "Erika Amt", ""))
        place = coming(desk, -3)
        publish_information(desk, place.election_id)
        withdraw_information(desk, place.election_id, "Falsche Satzung.")
        session.commit()
    engine.dispose()
    client = create_app(configuration(tmp_path, url), PUBLIC).test_client()
    shown = page(client, f"/wahl/{place.election_id}")
    assert "Falsche Satzung." in shown.text
    assert "Es wird ausgezählt" in shown.text
    assert "Gewählt: das Ergebnis kommt noch" in page(client, "/").text


def _long(day: date) -> str:
    return words.long_date(day).replace("\u00a0", " ")
