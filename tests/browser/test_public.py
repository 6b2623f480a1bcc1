"""The public pages in a browser: no barrier that axe can find, no word outside the screen, no need of JavaScript."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from beiratswahl.app import PUBLIC, create_app
from beiratswahl.operations.desk import Actor, Desk
from beiratswahl.public.languages import KNOWN, Language
from beiratswahl.store.tables.setup import Election
from tests.browser.conftest import NARROW, WIDE, drawn, violations
from tests.databases import SqliteTemplates, engine_of
from tests.documents import samples
from tests.doors.announced import announce
from tests.doors.publications import configuration, election_of, publish, publish_samples
from tests.doors.test_public import HEADINGS
from tests.doors.test_public_languages import MIRRORED, mirrored  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

pytestmark = pytest.mark.browser
#: a screen of 1280 pixels at 200 per cent
ENLARGED = (640, 450)
#: the election that is still to come
COMING = tuple(
    f"/wahl/5{page}"
    for page in (
        *("", "/wahlvorschlaege", "/bekanntmachungen", "/bekanntmachungen/1", "/bekanntmachungen/3"),
        *("/darf-ich-waehlen", "/darf-ich-waehlen/alt-lange-deutsch", "/darf-ich-waehlen/alt-lange-deutsch-eingebuergert", "/antrag"),
    )
)
#: the election whose districts are still counted
COUNTING = ("/wahl/6", "/wahl/6/ergebnis", "/wahl/6/leinwand")
PAGES = (*HEADINGS, *COMING, *COUNTING)
NEWS_IN_ENGLISH = ("There are new figures.", "Show new figures")


@pytest.fixture(scope="module")
def published_site(sqlite_templates: SqliteTemplates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the public door alone with the samples of the press."""
    database_url = sqlite_templates.clone()
    engine = engine_of(database_url)
    with Session(engine) as session:
        publish_samples(session, printed=True)
        announce(Desk(session, Actor(None, "Erika Amt", "")))
        evening = samples.interim()
        counting = replace(evening, ags="07996000", letterhead=replace(evening.letterhead, municipality="Stadt Zählburg"))
        publish(session, election_of(session, counting), counting)
        session.commit()
    engine.dispose()
    config = configuration(tmp_path_factory.mktemp("published"), database_url)
    with serving(create_app(config, doors=frozenset({"public"}))) as address:
        yield address


@pytest.fixture(scope="module")
def database_url(sqlite_templates: SqliteTemplates) -> str:
    """For the made-up language."""
    url = sqlite_templates.clone()
    engine = engine_of(url)
    with Session(engine) as session:
        publish_samples(session)
    engine.dispose()
    return url


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve an application; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _visit(browser: Browser, address: str, size: tuple[int, int], *, script: bool = True) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, base_url=address, locale="de-DE", java_script_enabled=script
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert complaints == []


@pytest.fixture(params=[WIDE, NARROW, ENLARGED], ids=["wide", "narrow", "enlarged"])
def page(request: pytest.FixtureRequest, browser: Browser, published_site: str) -> Iterator[Page]:
    yield from _visit(browser, published_site, request.param)


@pytest.fixture
def plain_page(browser: Browser, published_site: str) -> Iterator[Page]:
    """A telephone without JavaScript."""
    yield from _visit(browser, published_site, NARROW, script=False)


@pytest.mark.parametrize("language", KNOWN, ids=lambda one: one.code)
def test_no_public_page_has_a_barrier_or_runs_off_the_screen(page: Page, language: Language) -> None:
    for address in PAGES:
        page.goto(language.prefix + address)
        for section in page.locator("details").all():
            section.evaluate("section => section.open = true")
        if page.viewport_size == {"width": NARROW[0], "height": NARROW[1]} or language.binding:  # axe sees no new element elsewhere
            assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), address


def test_a_page_from_right_to_left_has_no_barrier_and_stays_on_the_screen(browser: Browser, mirrored: FlaskClient) -> None:  # noqa: F811 - the fixture
    with serving(mirrored.application) as address:
        for size in (WIDE, NARROW):
            for page in _visit(browser, address, size):
                for place in ("/", "/beirat", "/wahl/1", "/wahl/1/ergebnis", "/wahl/1/berechnung"):
                    page.goto(MIRRORED.prefix + place)
                    assert violations(page) == [], place
                    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), place


def test_a_reader_changes_the_language_by_keyboard_and_stays_on_the_page(plain_page: Page) -> None:
    page = plain_page
    page.goto("/wahl/1/fassung/1")
    drawn(page)
    page.get_by_role("link", name="English").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Preliminary result")
    page.get_by_role("link", name="Calculation of seats").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How the seats were calculated")
    page.get_by_role("navigation", name="Language").get_by_role("link", name="Leichte Sprache").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("So haben wir die Sitze berechnet")
    page.get_by_role("link", name="Diese Seite in schwerer Sprache").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("So wurden die Sitze berechnet")


IN_SIGHT = """() => {
    const focus = document.activeElement.getBoundingClientRect();
    const state = document.querySelector(".pub-state").getBoundingClientRect();
    return state.top === 0 && focus.bottom > state.bottom && focus.top < window.innerHeight;
}"""


def test_the_state_of_the_result_stays_in_sight_and_hides_no_focus(browser: Browser, published_site: str) -> None:
    for page in _visit(browser, published_site, NARROW):
        page.goto("/wahl/1/fassung/1")
        page.evaluate("document.documentElement.style.scrollBehavior = 'auto'")  # do not glide, a test does not wait
        page.get_by_role("contentinfo").get_by_role("link").first.focus()
        for _ in range(13):
            page.keyboard.press("Shift+Tab")
            assert page.evaluate("document.activeElement.closest('main') !== null")
            assert page.evaluate(IN_SIGHT), page.evaluate("document.activeElement.innerText")


def test_a_citizen_without_javascript_finds_the_result_the_calculation_and_the_files(plain_page: Page) -> None:
    page = plain_page
    page.goto("/")
    page.get_by_role("link", name="Stadt Musterstadt").click()
    page.get_by_text("1 Internationale Liste – 8 Ersatzpersonen").click()
    expect(page.get_by_text("1. Ersatzperson").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Stimmen als Tabelle").click()
    assert Path(download.value.path()).read_text(encoding="utf-8").startswith("version;")
    page.get_by_role("link", name="So wurden die Sitze berechnet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("So wurden die Sitze berechnet")
    page.get_by_role("link", name="Zum Losentscheid").click()
    expect(page.get_by_role("heading", name="Losentscheid")).to_be_visible()


@contextmanager
def _watched_site(templates: SqliteTemplates, folder: Path, asked: list[tuple[str, bool, str]]) -> Iterator[tuple[str, Session]]:
    """A site on which something can still be published; notes of every page: path, whether it was asked for by its fingerprint, status."""
    database_url = templates.clone()
    engine = engine_of(database_url)
    with Session(engine) as session:
        publish_samples(session)
        app = create_app(configuration(folder, database_url), PUBLIC)
        inner = app.wsgi_app
        inner.fresh_seconds = 0  # type: ignore[attr-defined]  # the cache in front of the application

        def noted(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
            def listen(status: str, *rest: Any) -> Any:
                asked.append((environ["PATH_INFO"], "HTTP_IF_NONE_MATCH" in environ, status[:3]))
                return start_response(status, *rest)

            return inner(environ, listen)

        app.wsgi_app = noted  # type: ignore[method-assign]
        with serving(app) as address:
            yield address, session
    engine.dispose()


@pytest.mark.parametrize(("language", "news", "show"), [("", "Es gibt neue Zahlen.", "Neue Zahlen anzeigen"), ("/en", *NEWS_IN_ENGLISH)])
def test_a_reader_learns_of_new_numbers_and_stays_where_the_page_is_read(
    browser: Browser, sqlite_templates: SqliteTemplates, tmp_path: Path, language: str, news: str, show: str
) -> None:
    asked: list[tuple[str, bool, str]] = []
    place = f"{language}/wahl/2/ergebnis"
    with _watched_site(sqlite_templates, tmp_path, asked) as (address, session):
        for page in _visit(browser, address, NARROW):
            page.clock.install()
            page.goto(place)
            page.evaluate("document.documentElement.style.scrollBehavior = 'auto'; window.scrollTo(0, 300)")
            with page.expect_response(lambda answer: answer.url.endswith(place)):
                page.clock.fast_forward(31_000)
            expect(page.get_by_role("status")).to_be_empty()
            assert [of for of in asked if of[0] == place] == [(place, False, "200"), (place, True, "304")]
            publish(session, session.get_one(Election, 2), replace(samples.majority(), version=2), note="Ein Name ist berichtigt.")
            session.commit()
            before = page.evaluate("document.querySelector('main h2').getBoundingClientRect().top")
            page.clock.fast_forward(31_000)
            expect(page.get_by_role("status")).to_contain_text(news)
            assert page.evaluate("document.querySelector('main h2').getBoundingClientRect().top") == before
            assert violations(page) == []
            page.get_by_role("button", name=show).focus()
            page.keyboard.press("Enter")
            expect(page.locator(".pub-state")).to_contain_text("2")
            expect(page.get_by_text("Ein Name ist berichtigt.").first).to_be_visible()
            expect(page.get_by_role("status")).to_be_empty()


def test_a_reader_who_comes_back_to_a_page_learns_of_a_new_version_at_once(
    browser: Browser, sqlite_templates: SqliteTemplates, tmp_path: Path
) -> None:
    with _watched_site(sqlite_templates, tmp_path, []) as (address, session):
        for page in _visit(browser, address, WIDE):
            page.clock.install()
            page.goto("/wahl/1/fassung/1/berechnung")
            page.clock.fast_forward(6_000)
            publish(session, session.get_one(Election, 1), replace(samples.proportional(), version=4), note="Neu.")
            session.commit()
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
            expect(page.get_by_role("button", name="Neue Zahlen anzeigen")).to_be_visible()


def test_closed_sections_are_printed_open(browser: Browser, published_site: str) -> None:
    for page in _visit(browser, published_site, WIDE):
        page.goto("/wahl/1/ergebnis")
        page.emulate_media(media="print")
        expect(page.get_by_text("1. Ersatzperson").first).to_be_visible()


def test_the_screen_for_the_room_fits_without_scrolling_in_large_type(browser: Browser, published_site: str) -> None:
    for size in ((1280, 720), (1920, 1080)):
        for page in _visit(browser, published_site, size):
            for place in ("/wahl/1/leinwand", "/en/wahl/2/leinwand", "/wahl/5/leinwand"):
                page.goto(place)
                assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight"), (place, size)
                # a fiftieth of the width of the picture is 4 cm on a screen of 2 m
                assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('main')).fontSize) >= window.innerWidth / 50")


def test_the_screen_for_the_room_renews_itself_with_and_without_javascript(
    browser: Browser, sqlite_templates: SqliteTemplates, tmp_path: Path
) -> None:
    with _watched_site(sqlite_templates, tmp_path, []) as (address, session):
        for page in _visit(browser, address, WIDE, script=False):
            page.goto("/wahl/1/leinwand")
            assert page.locator("meta[http-equiv=refresh]").get_attribute("content") == "30"
        for page in _visit(browser, address, WIDE):
            page.clock.install()
            page.goto("/wahl/1/leinwand")
            expect(page.get_by_text("Fassung 3")).to_be_visible()
            publish(session, session.get_one(Election, 1), replace(samples.proportional(), version=4), note="Neu.")
            session.commit()
            page.clock.fast_forward(31_000)
            expect(page.get_by_text("Fassung 4")).to_be_visible()
