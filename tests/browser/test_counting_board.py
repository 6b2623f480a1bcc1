"""The board's page and the book of postal letters in the browser: by keyboard, wide and narrow, without barriers."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import violations
from tests.browser.evening import SIZES, NewPage, admitted, at, fits, go, page_for, type_words  # noqa: F401 - fixtures
from tests.world import Place

pytestmark = pytest.mark.browser


@SIZES
def test_a_scanner_books_letters_with_its_enter(admitted: Place, page_for: NewPage, size: tuple[int, int]) -> None:  # noqa: F811 - the fixtures
    page = page_for("team", size)
    go(page, at(admitted, "wahlbriefe/buch"))
    expect(page.get_by_label("Nummer des Wahlscheins")).to_be_focused()
    for certificate in ("4711", "4712"):
        type_words(page, certificate)
        page.keyboard.press("Enter")
        expect(page.get_by_role("rowheader", name=certificate)).to_be_visible()
        expect(page.get_by_label("Nummer des Wahlscheins")).to_be_focused()
    type_words(page, "4711")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("steht schon im Buch")
    assert violations(page) == []
    assert fits(page)


@SIZES
def test_the_board_is_seated_by_keyboard_without_barriers(admitted: Place, page_for: NewPage, size: tuple[int, int]) -> None:  # noqa: F811 - the fixtures
    page = page_for("vorstand", size)
    go(page, at(admitted, "vorstand"))
    page.get_by_label("Name").focus()
    type_words(page, "Ada Vorstand")
    page.get_by_label("Funktion").select_option("Wahlvorsteher")
    page.get_by_label("Auszählungsgruppe").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Ada Vorstand ist gekommen").press("Enter")
    page.get_by_role("button", name="Ada Vorstand bestätigt die Prüfung").press("Enter")
    expect(page.get_by_text("bestätigt", exact=True)).to_be_visible()
    assert violations(page) == []
    assert fits(page)
