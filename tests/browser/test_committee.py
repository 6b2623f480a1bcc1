"""The Wahlausschuss in the browser: from the receipt of a nomination to the published notice, by keyboard alone and without barriers."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from beiratswahl import clock
from beiratswahl.operations.desk import Desk
from tests.browser.conftest import NARROW, WIDE, NewVisit, Visit
from tests.browser.keyboard import Keyboard
from tests.documents.conftest import text_in
from tests.world import Place, nominate

pytestmark = pytest.mark.browser


def pdf(page: Page, name: str) -> str:
    """What a PDF says to which a link of this page leads."""
    address = page.get_by_role("link", name=name, exact=True).first.get_attribute("href")
    answer = page.request.get(page.url.split("/amt/")[0] + str(address))
    assert answer.ok
    return text_in(answer.body())


def story(window: Visit, place: Place) -> Iterator[str]:
    """From receipt to notice; stops at every page that is worth a look, with its name."""
    page, hand = window.page, Keyboard(window.page)
    window.go(f"/amt/wahl/{place.election_id}/wahlvorschlaege")
    yield "overview"
    hand.press("Wahlvorschlag erfassen", "link")
    yield "head"
    hand.write("Kennwort", "Partei Groß")
    hand.day("Eingegangen am", date(2026, 9, 1))
    hand.write("um", "17:45:09")
    hand.write("Name der Vertrauensperson", "Selam Haile")
    hand.write("Landesstimmen bei der letzten Landtagswahl", "900000")
    hand.press("Speichern")
    expect(page.get_by_role("heading", level=1)).to_have_text("Partei Groß")
    hand.press("Person hinzufügen", "link")
    yield "candidate"
    hand.write("Familienname", "Kaya")
    hand.write("Vornamen", "Ayşe")
    hand.day("Tag der Geburt", date(1980, 5, 13))
    hand.tick("Die schriftliche Zustimmung liegt vor (§ 20 KWG)")
    hand.press("Speichern und fertig")
    yield "defects"
    said = pdf(page, "Schreiben über die Mängel (PDF)")
    assert "Bei Kaya, Ayşe fehlen diese Angaben: Staatsangehörigkeit, Beruf, Anschrift." in said
    assert "Die Niederschrift" in said
    yield from _sitting(window, place, hand)


def _sitting(window: Visit, place: Place, hand: Keyboard) -> Iterator[str]:
    page, now = window.page, clock.local(clock.now())
    window.go(f"/amt/wahl/{place.election_id}/wahlausschuss")
    hand.press("Sitzung ansetzen", "link")
    hand.day("Tag der Sitzung", now.date())
    hand.write("Beginn", f"{now:%H:%M}")
    hand.write("Ort", "Rathaus, Zimmer 12")
    hand.write("Beisitzerinnen und Beisitzer", "Ljubica Probe")
    yield "plan"
    hand.press("Sitzung ansetzen")
    assert "Partei Groß" in pdf(page, "Einladung (PDF)")
    hand.unfold("Bekannt machen oder absagen")
    hand.write("Außerdem bekannt gemacht in", "Aushang")
    hand.press("Sitzung öffentlich bekannt machen")
    expect(page.get_by_role("status").first).to_contain_text("Bekanntmachung Nr. 1")
    for member in ("Dr. Henriette Beispiel", "Ljubica Probe"):
        hand.write(f"{member} da ab", f"{now:%H:%M}")
    hand.press("Anwesenheit speichern")
    hand.press("Sitzung eröffnen")
    yield "opened"
    hand.press("Zur Entscheidung über die Zulassung", "link")
    yield from _admission(window, place, hand)


def _admission(window: Visit, place: Place, hand: Keyboard) -> Iterator[str]:
    page = window.page
    first = page.locator("section", has=page.get_by_role("heading", name="Internationale Liste"))
    hand.reach(first.get_by_label("Ja").first)
    page.keyboard.press("Control+A")
    page.keyboard.type("1")
    hand.reach(first.get_by_label("Nein").first)
    page.keyboard.press("Control+A")
    page.keyboard.type("1")
    big = page.locator("section", has=page.get_by_role("heading", name="Partei Groß"))
    hand.reach(big.get_by_label("Ganzen Wahlvorschlag zurückweisen"))
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    hand.unfold("Nummern von Parteien des Landtags freihalten")
    hand.write("Diese Nummern bleiben frei", "Partei Abwesend")
    hand.press("Vorschau")
    expect(page.get_by_role("alert").first).to_contain_text("Freie Nummern, Zeile 1")
    yield "refused"
    hand.write("Diese Nummern bleiben frei", "2 Partei Abwesend")
    hand.write("Grundlage", "§ 9 Abs. 3 der Satzung")
    hand.press("Vorschau")
    expect(page.get_by_label("Vorschau").first).to_contain_text("bleibt frei (Partei Abwesend)")
    expect(page.get_by_text("Zugelassen würde trotz dieser Mängel")).to_be_visible()
    yield "preview"
    hand.press("Zulassung abschließen")
    expect(page.get_by_text("Diese Nummern bleiben frei: 2 – Partei Abwesend")).to_be_visible()
    yield "decided"
    window.go(f"/amt/wahl/{place.election_id}/wahlausschuss/1")
    yield "decisions"
    hand.press("Sitzung schließen")
    said = pdf(page, "Niederschrift (PDF)")
    for statement in ("1 Ja, 1 Nein", "Die Listennummer 2 bleibt frei", "Bekanntmachung Nr. 1 vom", "erhält die Nummer 3"):
        assert statement in said
    yield "closed"
    window.go(f"/amt/wahl/{place.election_id}/wahlvorschlaege")
    hand.press("Zur Bekanntmachung", "link")
    yield "notice"
    hand.press("Jetzt veröffentlichen")
    expect(page.get_by_role("status").first).to_contain_text("veröffentlicht")
    yield "published"


def test_the_sitting_of_the_committee_goes_by_keyboard_from_receipt_to_notice(visit: NewVisit, desk: Desk, place: Place) -> None:
    nominate(desk, place)
    window = visit("amt", WIDE, bypass_csp=True)
    for name in story(window, place):
        assert window.barriers() == [], name
        window.page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
        assert not window.is_too_wide(), name
        window.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
