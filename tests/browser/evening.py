"""What the tests of the counting evening share: an election with names of many languages, people who log in, an entry by keyboard."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.nominations import NominationData, receive_nomination
from tests.browser.conftest import NARROW, WIDE, drawn, violations
from tests.world import LISTS, ON_PAPER, PASSWORD, Place, candidate, two_counters

SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
#: letters of many languages, and a name as long as they come
NAMES = (
    ("Thirunavukkarasu Balasubramaniyam", "Sivapragasam Nadarajah"),
    ("Kaya", "Ayşe"),
    ("Đặng", "Thị Hồng Nhung"),
    ("Öztürk-Świątkowska", "Małgorzata"),
    ("García Hernández", "José María"),
    ("Шевченко", "Олена"),
)
NewPage = Callable[..., Page]


@pytest.fixture
def admitted(desk: Desk, place: Place) -> Place:
    """The election with four lists on the ballot paper; on the second one two persons are named several times."""
    for number, (keyword, persons) in enumerate(LISTS, 1):
        named = {1: 3, 2: 2} if number == 2 else {}
        names = [*(NAMES if number == 1 else ()), *((f"Person{number}{at:02d}", "Ada") for at in range(1, persons + 1))]
        people = tuple(candidate(*names[at - 1], named=named.get(at, 1)) for at in range(1, persons + 1))
        data = NominationData(keyword, datetime(2026, 9, number, 10, tzinfo=UTC), people, previous_votes=1000 - number)
        receive_nomination(desk, place.election_id, data)
    close_nominations(desk, place.election_id, ON_PAPER)
    two_counters(desk, place.districts[0])
    return place


def go(page: Page, path: str) -> None:
    """Open a page and wait until it is drawn."""
    page.goto(path)
    drawn(page)


def log_in(page: Page, login: str) -> None:
    """Log in by keyboard."""
    go(page, "/anmelden")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/anmelden" not in url)
    drawn(page)


@pytest.fixture
def page_for(admitted: Place, root: str, browser: Browser) -> Iterator[NewPage]:
    """Log in with a login name: `page_for("team", NARROW)`; every error of a script fails the test."""
    contexts, errors = [], []

    def come_in(login: str, size: tuple[int, int] = WIDE, *, script: bool = True) -> Page:
        viewport = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=viewport, base_url=root, locale="de-DE", java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        log_in(page, login)
        return page

    yield come_in
    for context in contexts:
        context.close()
    assert errors == []


def at(place: Place, page: str = "") -> str:
    return f"/auszaehlung/stimmbezirk/{place.districts[0]}/{page}"


def number(page: Page) -> str:
    return page.locator(".cz-number__value").inner_text()


def type_words(page: Page, words: str) -> None:
    """Type where the page has put the focus."""
    page.wait_for_function("document.activeElement !== document.body")
    page.keyboard.type(words)


def type_ballot(page: Page, words: str) -> None:
    type_words(page, words)
    page.keyboard.press("Enter")


def enter(page: Page, words: str, shown: str) -> None:
    """Type a ballot, press Enter, wait for its number."""
    type_ballot(page, words)
    expect(page.locator(".cz-number__value")).to_have_text(shown)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def reach(page: Page, name: str, role: str = "button") -> None:
    """Tab on until something with this name has the focus, as somebody without a mouse does."""
    wanted = page.get_by_role(role, name=name).first  # type: ignore[arg-type]  # a role
    expect(wanted).to_be_visible()
    drawn(page)
    for _ in range(80):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {name!r}")


def press(page: Page, name: str, role: str = "button") -> None:
    reach(page, name, role)
    page.keyboard.press("Enter")


def clean(page: Page) -> None:
    assert (violations(page), fits(page)) == ([], True)
