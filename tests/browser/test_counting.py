"""The counting evening in the browser: by keyboard alone, wide and narrow, and with the network gone."""
# ruff: noqa: F811 - fixtures

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, drawn, violations
from tests.browser.evening import SIZES, NewPage, admitted, at, enter, fits, go, number, page_for, type_words  # noqa: F401 - fixtures
from tests.world import Place

pytestmark = pytest.mark.browser


@SIZES
def test_an_evening_by_keyboard_alone(admitted: Place, page_for: NewPage, size: tuple[int, int]) -> None:
    page = page_for("vorstand", size)
    page.wait_for_url(f"**{at(admitted)}")
    drawn(page)
    page.get_by_role("link", name="Jetzt: Wahlbriefe zählen").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Rechtzeitig eingegangen").focus()
    type_words(page, "60")
    page.keyboard.press("Tab")
    type_words(page, "1")
    page.get_by_label("Stimmzettelumschläge in der Urne").focus()
    type_words(page, "60")
    expect(page.locator(".cz-balance", has_text="Unterschied zur Urne").locator("output")).to_have_text("0")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stapel")
    drawn(page)
    page.get_by_label("Wer hat gezählt?").focus()
    type_words(page, "Anna")
    page.get_by_label("Liste 1").focus()
    for ballots in ("25", "20", "8", "4", "0"):
        type_words(page, ballots)
        page.keyboard.press("Tab")
    expect(page.locator(".cz-balance", has_text="Zusammen").locator("output")).to_have_text("57")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stapel/zweite")
    drawn(page)
    page.get_by_label("Wer hat gezählt?").focus()
    type_words(page, "Ben")
    page.get_by_label("Liste 1").focus()
    for ballots in ("25", "19", "8", "4", "0"):
        type_words(page, ballots)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stapel/vergleich")
    drawn(page)
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    for _ in range(2):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Die Unterschiede sind geklärt")).to_be_visible()
    go(page, at(admitted, "stimmzettel"))
    expect(page.get_by_label("Was steht auf dem Stimmzettel?")).to_be_focused()
    enter(page, "L1 101+5 202", "1")
    enter(page, "L2 F3", "2")
    enter(page, "301-305+2", "3")
    go(page, at(admitted, "zweifelsfaelle"))
    page.get_by_role("link", name="Nr. 2 beschließen").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/zweifelsfaelle/2")
    drawn(page)
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    type_words(page, "eindeutig, 5 zu 0")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Beschluss eingetragen")).to_contain_text("Stimmzettel 2 ist gültig")
    go(page, at(admitted, "abschluss"))
    close = page.get_by_role("button", name="Zählung abschließen")
    close.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Die Zählung dieses Stimmbezirks ist abgeschlossen")).to_be_visible()


@SIZES
def test_every_page_is_accessible_and_fits_the_screen(admitted: Place, page_for: NewPage, size: tuple[int, int]) -> None:
    page = page_for("vorstand", size)
    go(page, at(admitted, "stimmzettel"))
    enter(page, "L1 101+5 202 -103", "1")
    enter(page, "L2 F3", "2")
    pages = (
        "",
        "wahlbriefe",
        "stapel",
        "stapel/zweite",
        "stimmzettel",
        "stimmzettel?nr=1",
        "stimmzettel/ankreuzen",
        "stimmzettel/alle",
        "stimmzettel/1",
    )
    found = {}
    for name in (*pages, "zweifelsfaelle", "zweifelsfaelle/2", "kontrolle", "abschluss"):
        go(page, at(admitted, name))
        found[name] = (violations(page), fits(page))
    go(page, "/auszaehlung/karte")
    found["karte"] = (violations(page), fits(page))
    assert found == dict.fromkeys(found, ([], True))


@SIZES
def test_what_is_typed_is_drawn_and_judged_before_it_is_recorded(admitted: Place, page_for: NewPage, size: tuple[int, int]) -> None:
    page = page_for("team", size)
    go(page, at(admitted, "stimmzettel"))
    type_words(page, "L1 101+5 -103 ")
    expect(page.locator("#urteil")).to_have_text("Gültig – 13 Stimmen")
    expect(page.locator("#gelesen")).to_contain_text("§ 37 Abs. 2 KWG")
    expect(page.locator("#zeichnung .cz-line--struck")).to_contain_text("Đặng")
    type_words(page, "99")
    expect(page.locator("#urteil")).to_have_text("Nicht verstanden")
    assert number(page) == "–"


def test_the_line_stays_in_its_place_while_somebody_types(admitted: Place, page_for: NewPage) -> None:
    page = page_for("team")
    go(page, at(admitted, "stimmzettel"))
    line, drawing = page.locator("#eingabe"), page.locator("#zeichnung")
    before = (line.bounding_box(), drawing.bounding_box())
    type_words(page, "L1 202 ")
    expect(page.locator("#urteil")).to_contain_text("Gültig")
    type_words(page, "999 ")
    expect(page.locator("#urteil")).to_have_text("Nicht verstanden")
    assert (line.bounding_box(), drawing.bounding_box()) == before


def test_a_fault_leaves_the_words_and_the_focus_where_they_were(admitted: Place, page_for: NewPage) -> None:
    page = page_for("team")
    go(page, at(admitted, "stimmzettel"))
    type_words(page, "304 foo")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Noch nicht erfasst")
    line = page.get_by_label("Was steht auf dem Stimmzettel?")
    expect(line).to_have_value("304 foo")
    expect(line).to_be_focused()
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    enter(page, "", "1")
    expect(line).to_be_focused()


@SIZES
def test_the_paper_can_be_clicked_instead(admitted: Place, page_for: NewPage, size: tuple[int, int]) -> None:
    page = page_for("team", size)
    go(page, at(admitted, "stimmzettel/ankreuzen"))
    page.get_by_label("1. Kreuz bei 201").check()
    page.get_by_label("2. Kreuz bei 201").check()
    page.get_by_label("Liste 2 angekreuzt").check()
    expect(page.locator("#urteil")).to_have_text("Gültig – 12 Stimmen")
    page.locator("#erfassung button:visible").first.click()
    expect(page.locator(".cz-number__value")).to_have_text("1")
    expect(page.locator(".cz-number__value")).to_be_in_viewport()
    assert page.locator("input[type=checkbox]:checked").count() == 0
    expect(page.locator("#letzte tbody tr").first).to_contain_text("L2 201+2")


def test_everything_clickable_is_large_enough_for_a_finger(admitted: Place, page_for: NewPage) -> None:
    page = page_for("team", NARROW)
    go(page, at(admitted, "stimmzettel/ankreuzen"))
    boxes = [box.bounding_box() for box in page.locator(".cz-hit, .cz-list__head, .cz-finding, main button:visible").all()]
    assert all(box and box["width"] >= 44 and box["height"] >= 44 for box in boxes)


def test_without_a_script_a_ballot_is_checked_and_recorded(admitted: Place, page_for: NewPage) -> None:
    page = page_for("team", script=False)
    go(page, at(admitted, "stimmzettel"))
    page.fill("#eingabe", "L1 101+5")
    page.get_by_role("button", name="Nur prüfen").click()
    expect(page.locator("#urteil")).to_have_text("Gültig – 13 Stimmen")
    assert number(page) == "–"
    page.get_by_role("button", name="Erfassen", exact=True).click()
    assert number(page) == "1"
    expect(page.get_by_label("Was steht auf dem Stimmzettel?")).to_be_focused()
