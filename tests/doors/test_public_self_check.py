"""Darf ich wählen? The answers are those of the law, in every language, and every way through the questions ends."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from beiratswahl import clock, words
from beiratswahl.app import PUBLIC, create_app
from beiratswahl.law.eligibility import latest_birth
from beiratswahl.law.suffrage import Entitlement, Entry
from beiratswahl.operations.desk import Actor, Desk
from beiratswahl.operations.information import publish_information, withdraw_information
from beiratswahl.public import self_check
from beiratswahl.public.addresses import every
from beiratswahl.public.self_check_facts import assessor_of, person_of
from tests.databases import SqliteTemplates, engine_of
from tests.doors.announced import announce, coming
from tests.doors.pages import Page
from tests.doors.publications import configuration

ELECTION, IN_DAYS = 2, 40
BASE = f"/wahl/{ELECTION}/darf-ich-waehlen"


@pytest.fixture(scope="module")
def client(sqlite_templates: SqliteTemplates, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    url = sqlite_templates.clone()
    engine = engine_of(url)
    with Session(engine) as session:
        assert announce(Desk(session, Actor(None, "Erika Amt", "")), IN_DAYS) == ELECTION
    engine.dispose()
    return create_app(configuration(tmp_path_factory.mktemp("check"), url), PUBLIC).test_client()


def page(client: FlaskClient, path: str, prefix: str = "") -> Page:
    address = f"{prefix}{BASE}/{path}" if path else f"{prefix}{BASE}"
    return Page(client.get(address), address)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("alt-lange-ausland", "Ja, Sie dürfen wählen"),
        ("alt-lange-staatenlos", "Ja, Sie dürfen wählen"),
        ("alt-lange-beide", "Ja, Sie dürfen wählen"),
        ("alt-lange-deutsch-aussiedler", "Ja, wenn Sie einen Antrag stellen"),
        ("alt-lange-deutsch-eingebuergert", "Ja, wenn Sie einen Antrag stellen"),
        ("alt-lange-deutsch-geburt", "Ja, wenn Sie einen Antrag stellen"),
        ("alt-lange-deutsch-elternteil-auslaendisch", "Ja, wenn Sie einen Antrag stellen"),
        ("alt-lange-deutsch-elternteil-aussiedler", "Ja, wenn Sie einen Antrag stellen"),
        ("alt-lange-deutsch-immer", "Nein, bei dieser Wahl nicht"),
        ("jung", "Nein, bei dieser Wahl nicht"),
        ("alt-kurz", "Nein, bei dieser Wahl nicht"),
        ("alt-neben", "Nein, bei dieser Wahl nicht"),
        ("alt-woanders", "Nein, bei dieser Wahl nicht"),
        ("alt-unsicher-ausland", "Das lässt sich so nicht sagen"),
        ("alt-unsicher-deutsch-geburt", "Das lässt sich so nicht sagen"),
        ("alt-unsicher-deutsch-immer", "Nein, bei dieser Wahl nicht"),
        ("alt-lange-ungeklaert", "Das lässt sich so nicht sagen"),
        ("alt-lange-deutsch-unsicher", "Das lässt sich so nicht sagen"),
    ],
)
def test_the_answer_is_that_of_the_law(client: FlaskClient, path: str, answer: str) -> None:
    shown = page(client, path)
    assert shown.heading == answer
    assert "§" in shown.text


@pytest.mark.parametrize("prefix", ["", "/en", "/leicht"])
def test_every_way_through_the_questions_has_its_page_in_every_language(client: FlaskClient, prefix: str) -> None:
    ways = tuple(self_check.paths())
    assert len(ways) == len(set(ways)) == 35
    for way in ("", *ways):
        shown = page(client, way, prefix)
        assert (shown.status, bool(shown.heading)) == (200, True)
        assert "%(" not in shown.text


def test_each_answer_of_a_question_leads_on_and_one_step_back(client: FlaskClient) -> None:
    first = page(client, "")
    birth = words.long_date(latest_birth(clock.today() + timedelta(days=IN_DAYS), 16)).replace(words.NO_BREAK, " ")
    second = Page(client.get(first.link(f"Am {birth} oder früher")), BASE)
    assert second.heading == "Wo ist Ihre Hauptwohnung, und seit wann?"
    assert second.link("Eine Frage zurück") == BASE
    assert Page(client.get(second.link("Woanders")), BASE).link("Eine Frage zurück") == f"{BASE}/alt"


def test_who_must_apply_reads_by_when_and_where(client: FlaskClient) -> None:
    shown = page(client, "alt-lange-deutsch-eingebuergert")
    assert "Bis dahin muss Ihr Antrag beim Wahlamt sein." in shown.text
    assert "Wahlamt Stadt Beispielburg" in shown.text
    assert "Sie sind eingebürgert worden." in shown.text


def test_a_no_names_only_what_speaks_against_it(client: FlaskClient) -> None:
    shown = page(client, "alt-kurz")
    assert "noch keine 3 Monate hier" in shown.text
    assert "mindestens 16 Jahre alt" not in shown.text


@pytest.mark.parametrize(
    ("path", "unasked"),
    [
        ("alt-neben", "3 Monate"),
        ("alt-woanders", "3 Monate"),
        ("alt-kurz", "Staatsangehörigkeit"),
        ("jung", "wohnen"),
        ("alt-unsicher-ausland", "nicht geklärt"),
    ],
)
def test_no_reason_speaks_of_what_nobody_was_asked(client: FlaskClient, path: str, unasked: str) -> None:
    assert unasked not in page(client, path).text.split("Warum?")[1].split("Fragen?")[0]


def test_who_does_not_know_the_day_of_moving_in_is_asked_on(client: FlaskClient) -> None:
    shown = page(client, "alt-unsicher")
    assert shown.heading == "Welche Staatsangehörigkeit haben Sie?"
    assert "Ob Sie lange genug hier wohnen, ist offen." in page(client, "alt-unsicher-ausland").text


@pytest.mark.parametrize(("path", "applies"), [("alt-unsicher-ausland", False), ("alt-unsicher-deutsch-eingebuergert", True)])
def test_an_application_is_offered_where_a_ground_is_claimed(client: FlaskClient, path: str, applies: bool) -> None:
    assert ("Antrag ausfüllen" in page(client, path).text) is applies


def test_one_parent_or_both_have_the_same_answer(client: FlaskClient) -> None:
    shown = page(client, "alt-lange-deutsch")
    assert "mindestens ein Elternteil" in shown.text
    assert "nur ein Elternteil" not in shown.text


@pytest.mark.parametrize("path", ["x", "alt-alt", "alt-lange-deutsch-elternteil-immer", "jung-lange", "alt-lange-"])
def test_a_way_that_no_question_offers_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(f"{BASE}/{path}").status_code == 404


def test_no_cookie_is_set_and_nothing_is_typed(client: FlaskClient) -> None:
    answer = client.get(f"{BASE}/alt-lange")
    assert "Set-Cookie" not in answer.headers
    assert b"<input" not in answer.data
    assert b"<form" not in answer.data


def test_easy_german_keeps_the_paragraphs_under_a_heading_of_their_own(client: FlaskClient) -> None:
    reasons, law = page(client, "alt-lange-ausland", "/leicht").html.split("<details", 1)
    assert "§" not in reasons.split('id="gruende"')[1]
    assert "§" in law


@pytest.mark.parametrize("prefix", ["", "/en", "/leicht"])
@pytest.mark.parametrize("address", ["darf-ich-waehlen", "antrag"])
def test_after_the_day_the_address_on_the_posters_leads_on(
    sqlite_templates: SqliteTemplates, tmp_path: Path, address: str, prefix: str
) -> None:
    url = sqlite_templates.clone()
    engine = engine_of(url)
    with Session(engine) as session:
        desk = Desk(session, Actor(None, "Erika Amt", ""))
        place = coming(desk, -3)
        publish_information(desk, place.election_id)
        session.commit()
    engine.dispose()
    app = create_app(configuration(tmp_path, url), PUBLIC)
    shown = Page(app.test_client().get(f"{prefix}/wahl/{place.election_id}/{address}"), BASE)
    assert shown.status == 200
    assert f'href="{prefix}/wahl/{place.election_id}"' in shown.html
    with app.test_request_context():
        assert f"{prefix}/wahl/{place.election_id}/{address}" in every()


def test_without_standing_information_nothing_is_asked(sqlite_templates: SqliteTemplates, tmp_path: Path) -> None:
    url = sqlite_templates.clone()
    engine = engine_of(url)
    with Session(engine) as session:
        desk = Desk(session, Actor(None, "Erika Amt", ""))
        announce(desk, IN_DAYS)
        withdraw_information(desk, ELECTION, "Falsche Satzung.")
    engine.dispose()
    client = create_app(configuration(tmp_path, url), PUBLIC).test_client()
    assert client.get(BASE).status_code == 404
    assert "darf-ich-waehlen" not in client.get(f"/wahl/{ELECTION}").text


def test_dual_nationals_apply_where_the_rules_say_so(client: FlaskClient) -> None:
    sheet = {**client.get(f"/wahl/{ELECTION}/informationen.json").json, "dual_nationals_ex_officio": False}
    assessor = assessor_of(sheet, clock.today() + timedelta(days=IN_DAYS))
    decision = assessor.decide(person_of(("alt", "lange", "beide"), assessor))
    assert (decision.entitled, decision.entry) == (Entitlement.YES, Entry.APPLICATION)
