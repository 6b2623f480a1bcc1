"""The board's page and the book of postal letters in the browser: by keyboard, wide and narrow, without barriers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import violations
from tests.browser.test_counting import SIZES, admitted, at, page_for  # noqa: F401 - fixtures
from tests.world import Place

pytestmark = pytest.mark.browser
NewPage = Callable[..., Page]


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@SIZES
def test_a_scanner_books_letters_with_its_enter(admitted: Place, page_for: NewPage, size: tuple[int, int]) -> None:  # noqa: F811 - the fixtures
    page = page_for("team", size)
    page.goto(at(admitted, "wahlbriefe/buch"))
    expect(page.get_by_label("Nummer des Wahlscheins")).to_be_focused()
    for certificate in ("4711", "4712"):
        page.keyboard.type(certificate)
        page.keyboard.press("Enter")
        expect(page.get_by_role("rowheader", name=certificate)).to_be_visible()
        expect(page.get_by_label("Nummer des Wahlscheins")).to_be_focused()
    page.keyboard.type("4711")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("steht schon im Buch")
    assert violations(page) == []
    assert fits(page)


@SIZES
def test_the_board_is_seated_by_keyboard_without_barriers(admitted: Place, page_for: NewPage, size: tuple[int, int]) -> None:  # noqa: F811 - the fixtures
    page = page_for("vorstand", size)
    page.goto(at(admitted, "vorstand"))
    page.get_by_label("Name").focus()
    page.keyboard.type("Ada Vorstand")
    page.get_by_label("Funktion").select_option("Wahlvorsteher")
    page.get_by_label("Auszählungsgruppe").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Ada Vorstand ist gekommen").press("Enter")
    page.get_by_role("button", name="Ada Vorstand bestätigt die Prüfung").press("Enter")
    expect(page.get_by_text("bestätigt", exact=True)).to_be_visible()
    assert violations(page) == []
    assert fits(page)
