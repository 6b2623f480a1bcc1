"""The office in a browser: a story by keyboard, and every page on a desk and on a phone."""

from datetime import time

import pytest
from playwright.sync_api import expect

from beiratswahl.operations.desk import Desk
from tests.browser.conftest import NARROW, WIDE, NewVisit, drawn
from tests.browser.keyboard import Keyboard
from tests.doors.test_office_results import TIE, count
from tests.world import ELECTION_DAY, Place

pytestmark = pytest.mark.browser


def pages_of(place: Place) -> list[str]:
    here = f"/amt/wahl/{place.election_id}"
    stages = ("", "regeln", "regeln/remaining_votes", "regeln/application_deadline", "fristen", "verzeichnis", "verzeichnis/einlesen")
    stages += ("verzeichnis/personen", "wahlvorschlaege", "wahlvorschlaege/2", "stimmbezirke", "zaehlung", "ergebnis", "ergebnis/los")
    stages += ("veroeffentlichung", "amtsbuch", "amtsbuch/pruefung")
    stages += ("regeln/residence_months/dokument", "regeln/voting_certificate_deadline/dokument", "angaben", "entfernen")
    return ["/amt/", "/amt/wahl/neu", "/amt/wahl/neu/listenmodell", *(f"{here}/{stage}" for stage in stages)]


def test_no_page_has_a_barrier_or_scrolls_sideways(visit: NewVisit, desk: Desk, place: Place) -> None:
    count(desk, place, TIE)
    for size in (WIDE, NARROW):
        window = visit("amt", size, bypass_csp=True)
        for path in pages_of(place):
            window.go(path)
            assert window.barriers() == []
            assert not window.is_too_wide(), path


def test_no_page_breaks_the_content_security_policy(visit: NewVisit, desk: Desk, place: Place) -> None:
    count(desk, place, TIE)
    window = visit("amt")
    for path in pages_of(place):
        window.go(path)
    assert window.complaints == []


def test_a_tie_is_settled_by_lot_with_the_keyboard_alone(visit: NewVisit, desk: Desk, place: Place) -> None:
    count(desk, place, TIE)
    window = visit("amt")
    page = window.page
    window.go(f"/amt/wahl/{place.election_id}/ergebnis")
    page.get_by_role("link", name="Los eintragen").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Losentscheid eintragen").wait_for()
    drawn(page)
    page.get_by_role("button", name="Los eintragen").focus()
    page.keyboard.press("Enter")
    # the browser gives the focus when it first draws the page
    expect(page.get_by_role("alert"), "the list of errors takes the focus").to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.get_by_role("radio", name="Liste 2").focus()
    page.keyboard.press("Space")
    hand = Keyboard(page)
    hand.day("Gezogen am", ELECTION_DAY)
    hand.hour("um", time(20, 15))
    hand.write("Gezogen von", "Vera Vorsitz")
    hand.write("Bezeugt von", "Bea Beisitz")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Das Ergebnis steht fest").wait_for()


def test_the_skip_link_is_the_first_stop_of_the_keyboard(visit: NewVisit, place: Place) -> None:
    window = visit("amt")
    window.go("/amt/")
    window.page.keyboard.press("Tab")
    assert window.page.evaluate("document.activeElement.textContent") == "Zum Inhalt springen"
    assert window.page.locator(".bw-skip").bounding_box()["x"] >= 0  # type: ignore[index]
