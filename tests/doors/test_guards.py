"""What holds for every page of every door: few queries, protected forms, kept input, safe headers and cookies."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from beiratswahl.access.roles import Role
from beiratswahl.app import create_app
from beiratswahl.config import Config
from beiratswahl.operations import accounts
from beiratswahl.operations.desk import Actor, Desk
from beiratswahl.store.database import open_engine
from beiratswahl.store.tables.accounts import Account, Permit
from tests.databases import SqliteTemplates
from tests.documents import samples
from tests.doors.filled import fill
from tests.doors.pages import Page, Visitor, name_of, words_of
from tests.world import ELECTION_DAY, PASSWORD, Place, account, found

#: with two districts, four lists and one page of persons; a page that asks per row comes far above it
MOST_QUERIES = 40
MARKER = "Prüftext"
TEXT_KINDS = ("text", "search", "tel", "email")


class House(NamedTuple):
    """A filled election, its database and its configuration."""

    config: Config
    place: Place
    values: dict[str, object]


@pytest.fixture(scope="module")
def house(sqlite_templates: SqliteTemplates, tmp_path_factory: pytest.TempPathFactory) -> House:
    url, folder = sqlite_templates.clone(), tmp_path_factory.mktemp("guards")
    engine = open_engine(url)
    with Session(engine) as session:
        desk = Desk(session, Actor(None, "Aufbau", ""))
        here = found(desk)
        values = fill(desk, here, ELECTION_DAY, 1, folder)
        mine = account(desk, "amt", Role.ELECTION_OFFICE, here)
        accounts.permit(desk, mine, here.municipality_id, Role.ADMINISTRATION.value)
        account_id = account(desk, "team", Role.COUNTING_TEAM, here, here.districts[0])
        permit_id = session.scalars(select(Permit.id).where(Permit.account_id == account_id)).one()
        assert session.get(Account, account_id) is not None
    engine.dispose()
    values |= {"account_id": account_id, "permit_id": permit_id, "key": "application_deadline", "preset": "listenmodell"}
    values |= {"election_id": here.election_id, "district_id": here.districts[0], "ags": samples.preliminary().ags}
    return House(Config(instance=folder, database_url=url, secret_key="x" * 40, secure_cookies=False), here, values)


@pytest.fixture(scope="module")
def app(house: House) -> Flask:
    return create_app(house.config)


@pytest.fixture
def office(app: Flask) -> Visitor:
    office = Visitor(app.test_client())
    office.log_in("amt", PASSWORD)
    return office


def addresses(app: Flask, values: dict[str, object], method: str, door: str = "") -> list[str]:
    """Addresses of all views that answer a method, filled with what is there; `door` narrows to one blueprint."""
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            wanted = method in (rule.methods or ()) and rule.endpoint != "static" and rule.endpoint.startswith(door)
            if wanted and rule.arguments <= set(values):
                found.append(url_for(rule.endpoint, **{name: values[name] for name in rule.arguments}))
    return found


def pages(app: Flask, office: Visitor, values: dict[str, object], door: str = "") -> Iterator[Page]:
    """Every page that is HTML and opens."""
    for address in addresses(app, values, "GET", door):
        with office.client.get(address) as answer:
            if answer.status_code == 200 and answer.mimetype == "text/html":
                yield Page(answer, address)


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The statements that every engine of this process sends meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_no_page_asks_the_archive_for_every_row(app: Flask, house: House, office: Visitor) -> None:
    asked = {}
    for address in addresses(app, house.values, "GET"):
        with counted_queries() as sent, office.client.get(address) as answer:
            answer.get_data()
        asked[address] = len(sent)
    assert {address: many for address, many in asked.items() if many > MOST_QUERIES} == {}
    assert max(asked.values()) > 5


def test_every_form_that_sends_carries_its_token(app: Flask, house: House, office: Visitor) -> None:
    forms = 0
    for page in pages(app, office, house.values):
        for form in page.tree.iter("form"):
            if (form.get("method") or "get").lower() == "post":
                tokens = [element.get("value") for element in form.iter("input") if element.get("name") == "csrf_token"]
                assert len(tokens) == 1, page.path
                assert tokens[0], page.path
                forms += 1
    assert forms > 30


def test_nothing_is_sent_without_the_token(app: Flask, house: House, office: Visitor) -> None:
    sending = addresses(app, house.values, "POST")
    assert len(sending) > 20
    for address in sending:
        assert office.client.post(address, data={"csrf_token": "falsch"}).status_code == 400, address


def typed(form: Element) -> list[Element]:
    """Fields that people type text into."""
    return [element for element in form.iter() if element.tag == "textarea" or element.get("type") in TEXT_KINDS]


def value_of(page: Page, name: str) -> str:
    (element,) = (element for element in page.tree.iter() if element.get("name") == name)
    return (element.text or "" if element.tag == "textarea" else element.get("value") or "").strip()


def test_an_office_form_with_one_empty_field_says_so_and_keeps_the_rest(app: Flask, house: House, office: Visitor) -> None:
    tried = []
    for page in list(pages(app, office, house.values, "office.")):
        for form in page.tree.iter("form"):
            names = [str(element.get("name")) for element in typed(form)]
            missing = [element for element in typed(form) if element.get("required") is not None]
            if not missing:
                continue
            empty = str(missing[0].get("name"))
            button = name_of(next(form.iter("button")))
            answer = office.press(page, button, **{name: "" if name == empty else MARKER for name in names})
            assert answer.status == 422, (page.path, empty)
            assert [value_of(answer, name) for name in names if name != empty] == [MARKER] * (len(names) - 1), page.path
            summary = [words_of(link) for link in answer.tree.iter("a") if link.get("href") == f"#{missing[0].get('id')}"]
            assert summary, page.path
            assert answer.with_role("alert"), page.path
            tried.append(page.path)
    assert len(tried) >= 10


def guards(answer: TestResponse) -> dict[str, str | None]:
    names = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy")
    return {name: answer.headers.get(name) for name in names}


def is_guarded(answer: TestResponse) -> bool:
    found = guards(answer)
    policy = found["Content-Security-Policy"] or ""
    tight = policy.startswith("default-src 'none'") and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    return tight and found["X-Content-Type-Options"] == "nosniff" and found["Referrer-Policy"] == "same-origin"


def test_every_answer_carries_the_guards(app: Flask, house: House, office: Visitor) -> None:
    extra = ["/gibt-es-nicht", "/anmelden", "/static/beiratswahl.css", "/abmelden"]
    stranger = app.test_client()
    for client in (office.client, stranger):
        for address in [*addresses(app, house.values, "GET"), *extra]:
            with client.get(address) as answer:
                assert is_guarded(answer), (address, guards(answer))


def test_an_accident_is_explained_and_guarded_too(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(house.config)
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def fail() -> str:
        raise LookupError("not for the eyes of people")

    monkeypatch.setitem(app.view_functions, "access.log_in", fail)
    answer = app.test_client().get("/anmelden")
    assert (answer.status_code, is_guarded(answer)) == (500, True)
    assert Page(answer, "/anmelden").heading == "Hier ist uns ein Fehler unterlaufen"
    assert "eyes of people" not in answer.text


def test_what_a_logged_in_person_sees_is_stored_nowhere(app: Flask, house: House, office: Visitor) -> None:
    for address in [*addresses(app, house.values, "GET"), "/gibt-es-nicht"]:
        with office.client.get(address) as answer:
            assert answer.headers["Cache-Control"] == "no-store", address
    with office.client.get("/static/beiratswahl.css") as style:
        assert "no-store" not in style.headers["Cache-Control"]


def test_a_stylesheet_asks_the_archive_nothing(office: Visitor) -> None:
    with counted_queries() as sent, office.client.get("/static/beiratswahl.css") as answer:
        assert answer.status_code == 200
    assert sent == []


def cookies(client: FlaskClient, address: str) -> list[str]:
    with client.get(address) as answer:
        return answer.headers.getlist("Set-Cookie")


def test_the_session_cookie_is_for_this_site_and_no_script(house: House) -> None:
    app = create_app(replace(house.config, secure_cookies=True))
    app.config["WTF_CSRF_ENABLED"] = False
    answer = app.test_client().post("/anmelden", data={"login": "amt", "password": PASSWORD}, base_url="https://localhost")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert {"HttpOnly", "Secure", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert PASSWORD not in cookie
    assert house.config.secret_key not in cookie


def test_the_public_door_sets_no_cookie(app: Flask, house: House) -> None:
    stranger = app.test_client()
    public = addresses(app, house.values, "GET", "public.")
    assert len(public) > 10
    assert {address: found for address in public if (found := cookies(stranger, address))} == {}


@pytest.mark.parametrize("host", ["boese.example", "musterstadt.example.boese.example", "musterstadt.example@boese.example"])
def test_an_unknown_host_is_refused(house: House, host: str) -> None:
    app = create_app(replace(house.config, trusted_hosts=("musterstadt.example",)))
    for address in ("/", "/anmelden", "/wahlen.json"):
        with app.test_client().get(address, headers={"Host": host}) as answer:
            assert answer.status_code == 400, address
            assert "boese" not in answer.text
            assert is_guarded(answer)
        with app.test_client().get(address, headers={"Host": "musterstadt.example"}) as answer:
            assert answer.status_code == 200, address


def test_a_file_above_the_limit_is_explained(house: House) -> None:
    app = create_app(house.config)
    office = Visitor(app.test_client())
    office.log_in("amt", PASSWORD)
    form = office.open(f"/amt/wahl/{house.place.election_id}/verzeichnis/einlesen")
    app.config["MAX_CONTENT_LENGTH"] = 4096
    (button,) = (words_of(button) for button in form.tree.iter("button") if "inlesen" in words_of(button))
    page = office.press(form, button, export=(io.BytesIO(b"x" * 8192), "auszug.csv"))
    assert (page.status, page.heading) == (413, "Die Datei ist zu groß")


def test_the_error_page_names_the_limit_that_holds(app: Flask) -> None:
    megabytes = app.config["MAX_CONTENT_LENGTH"] // (1024 * 1024)
    template = Path(app.template_folder or "") / "shared" / "error.html"
    assert f"bis {megabytes} MB" in template.read_text(encoding="utf-8")


def test_a_failed_log_in_is_told_once_and_keeps_the_name(app: Flask) -> None:
    visitor = Visitor(app.test_client())
    page = visitor.press(visitor.open("/anmelden"), "Anmelden", login="niemand", password="falsches Wort")
    assert page.status == 422
    assert page.text.count("Anmeldename oder Passwort stimmen nicht") == 1
    assert page.field("Anmeldename").get("value") == "niemand"
