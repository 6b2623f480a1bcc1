"""The public pages in a browser: no barrier that axe can find, no word outside the screen, no need of JavaScript."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from beiratswahl.app import create_app
from tests.browser.conftest import NARROW, WIDE, violations
from tests.databases import SqliteTemplates, engine_of
from tests.doors.publications import configuration, publish_samples
from tests.doors.test_public import HEADINGS

pytestmark = pytest.mark.browser
#: a screen of 1280 pixels at 200 per cent
ENLARGED = (640, 450)


@pytest.fixture(scope="module")
def published_site(sqlite_templates: SqliteTemplates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the public door alone with the samples of the press."""
    database_url = sqlite_templates.clone()
    engine = engine_of(database_url)
    with Session(engine) as session:
        publish_samples(session, printed=True)
    engine.dispose()
    config = configuration(tmp_path_factory.mktemp("published"), database_url)
    server = make_server("127.0.0.1", 0, create_app(config, doors=frozenset({"public"})), threaded=True)
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


def test_no_public_page_has_a_barrier_or_runs_off_the_screen(page: Page) -> None:
    for address in HEADINGS:
        page.goto(address)
        for section in page.locator("details").all():
            section.evaluate("section => section.open = true")
        if page.viewport_size != {"width": ENLARGED[0], "height": ENLARGED[1]}:  # axe sees no new element there
            assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), address


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
    assert page.get_by_text("1. Ersatzperson").first.is_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Stimmen als Tabelle").click()
    assert Path(download.value.path()).read_text(encoding="utf-8").startswith("version;")
    page.get_by_role("link", name="So wurden die Sitze berechnet").click()
    assert page.get_by_role("heading", level=1).inner_text() == "So wurden die Sitze berechnet"
    page.get_by_role("link", name="Zum Losentscheid").click()
    assert page.get_by_role("heading", name="Losentscheid").is_visible()


def test_closed_sections_are_printed_open(browser: Browser, published_site: str) -> None:
    for page in _visit(browser, published_site, WIDE):
        page.goto("/wahl/1/ergebnis")
        page.emulate_media(media="print")
        assert page.get_by_text("1. Ersatzperson").first.is_visible()
