"""Chromium in front of a running application: a person per page, and an eye for what only a browser sees."""

import gc
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from tests.doors.conftest import app, archive, database_url, desk, elsewhere, place  # noqa: F401 - fixtures
from tests.world import PASSWORD

CHROMIUM = Path("/usr/bin/chromium")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")
QUIET += ("--disable-background-networking", "--disable-component-update")
WIDE, NARROW = (1280, 900), (390, 844)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser that leaves in the middle of a file leaves the file of Werkzeug's test server to the garbage collector."""
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"))


@pytest.fixture(autouse=True)
def no_file_left_behind() -> Iterator[None]:
    """Let the collector come now and not in the middle of a test that has nothing to do with it."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def violations(page: Page) -> list[str]:
    """What axe finds on a page."""
    found = Axe().run(page).response["violations"]
    return [f"{page.url}: {one['id']}: {one['nodes'][0]['html']}" for one in found]


def drawn(page: Page) -> None:
    """Wait until the page has been drawn: only then has the browser given the focus, and a key struck earlier can get lost."""
    if not page.evaluate("matchMedia('(scripting: none)').matches"):
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


@dataclass
class Visit:
    """One person's browser window.

    Attributes:
        page: Playwright's page.
        root: address of the application.
        complaints: errors of the console: scripts, refused styles, missing files.
    """

    page: Page
    root: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a path of the application."""
        self.page.goto(self.root + path)
        drawn(self.page)

    def log_in(self, login: str) -> None:
        """Log in by keyboard."""
        self.go("/anmelden")
        self.page.get_by_label("Anmeldename").fill(login)
        self.page.get_by_label("Passwort").fill(PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: "/anmelden" not in url)
        drawn(self.page)

    def barriers(self) -> list[str]:
        """What axe finds on this page."""
        return violations(self.page)

    def is_too_wide(self) -> bool:
        """Whether the page scrolls sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


NewVisit = Callable[..., Visit]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium.

    Raises:
        FileNotFoundError: it is not installed.
    """
    if not CHROMIUM.exists():
        raise FileNotFoundError(f"{CHROMIUM} is missing; `make test` installs it")
    expect.set_options(timeout=30_000)  # a busy machine is no fault of a page
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def root(app: Flask) -> Iterator[str]:  # noqa: F811 - the fixture
    """The application, answering on a free port of this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    worker = threading.Thread(target=server.serve_forever)
    worker.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    worker.join()
    server.server_close()


@pytest.fixture
def visit(browser: Browser, root: str) -> Iterator[NewVisit]:
    """Open a window; with a login name the person is logged in."""
    contexts = []

    def open_window(login: str = "", size: tuple[int, int] = WIDE, *, bypass_csp: bool = False) -> Visit:
        width, height = size
        context = browser.new_context(viewport={"width": width, "height": height}, locale="de-DE", bypass_csp=bypass_csp)
        contexts.append(context)
        window = Visit(context.new_page(), root)
        window.page.on("console", lambda message: window.complaints.append(message.text) if message.type == "error" else None)
        window.page.on("pageerror", lambda error: window.complaints.append(str(error)))
        if login:
            window.log_in(login)
        return window

    yield open_window
    for context in contexts:
        context.close()
