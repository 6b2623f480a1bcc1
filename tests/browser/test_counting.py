"""The counting evening in the browser: by keyboard alone, wide and narrow, and with the network gone."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from beiratswahl.operations.desk import Desk
from beiratswahl.operations.nominations import Decisions, NominationData, close_nominations, receive_nomination
from tests.browser.conftest import NARROW, WIDE, violations
from tests.world import LISTS, PASSWORD, Place, candidate

pytestmark = pytest.mark.browser
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
    close_nominations(desk, place.election_id, Decisions())
    return place


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
        page.goto("/anmelden")
        page.fill("#login", login)
        page.fill("#password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/anmelden" not in url)
        return page

    yield come_in
    for context in contexts:
        context.close()
    assert errors == []


def at(place: Place, page: str = "") -> str:
    return f"/auszaehlung/stimmbezirk/{place.districts[0]}/{page}"


def number(page: Page) -> str:
    return page.locator(".cz-number__value").inner_text()


def enter(page: Page, words: str, shown: str) -> None:
    """Type a ballot, press Enter, wait for its number."""
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.locator(".cz-number__value")).to_have_text(shown)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@SIZES
def test_an_evening_by_keyboard_alone(admitted: Place, page_for: NewPage, size: tuple[int, int]) -> None:
    page = page_for("vorstand", size)
    page.wait_for_url(f"**{at(admitted)}")
    page.get_by_role("link", name="Jetzt: Wahlbriefe zählen").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Rechtzeitig eingegangen").focus()
    page.keyboard.type("60")
    page.keyboard.press("Tab")
    page.keyboard.type("1")
    page.get_by_label("Stimmzettelumschläge in der Urne").focus()
    page.keyboard.type("60")
    expect(page.locator(".cz-balance", has_text="Unterschied zur Urne").locator("output")).to_have_text("0")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stapel")
    page.get_by_label("Liste 1").focus()
    for ballots in ("25", "20", "8", "4", "0"):
        page.keyboard.type(ballots)
        page.keyboard.press("Tab")
    expect(page.locator(".cz-balance", has_text="Zusammen").locator("output")).to_have_text("57")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stimmzettel")
    expect(page.get_by_label("Was steht auf dem Stimmzettel?")).to_be_focused()
    enter(page, "L1 101+5 202", "1")
    enter(page, "L2 F3", "2")
    enter(page, "301-305+2", "3")
    page.goto(at(admitted, "zweifelsfaelle"))
    page.get_by_role("link", name="Nr. 2 beschließen").focus()
    page.keyboard.press("Enter")
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("eindeutig, 5 zu 0")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Stimmzettel 2 ist gültig")
    page.goto(at(admitted, "abschluss"))
    close = page.get_by_role("button", name="Zählung abschließen")
    close.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Die Zählung dieses Stimmbezirks ist abgeschlossen")).to_be_visible()


@SIZES
def test_every_page_is_accessible_and_fits_the_screen(admitted: Place, page_for: NewPage, size: tuple[int, int]) -> None:
    page = page_for("vorstand", size)
    page.goto(at(admitted, "stimmzettel"))
    enter(page, "L1 101+5 202 -103", "1")
    enter(page, "L2 F3", "2")
    pages = ("", "wahlbriefe", "stapel", "stimmzettel", "stimmzettel?nr=1", "stimmzettel/ankreuzen", "stimmzettel/alle", "stimmzettel/1")
    found = {}
    for name in (*pages, "zweifelsfaelle", "zweifelsfaelle/2", "kontrolle", "abschluss"):
        page.goto(at(admitted, name))
        found[name] = (violations(page), fits(page))
    page.goto("/auszaehlung/karte")
    found["karte"] = (violations(page), fits(page))
    assert found == dict.fromkeys(found, ([], True))


@SIZES
def test_what_is_typed_is_drawn_and_judged_before_it_is_recorded(admitted: Place, page_for: NewPage, size: tuple[int, int]) -> None:
    page = page_for("team", size)
    page.goto(at(admitted, "stimmzettel"))
    page.keyboard.type("L1 101+5 -103 ")
    expect(page.locator("#urteil")).to_have_text("Gültig – 13 Stimmen")
    expect(page.locator("#gelesen")).to_contain_text("§ 37 Abs. 2 KWG")
    expect(page.locator("#zeichnung .cz-line--struck")).to_contain_text("Đặng")
    page.keyboard.type("99")
    expect(page.locator("#urteil")).to_have_text("Nicht verstanden")
    assert number(page) == "–"


def test_the_line_stays_in_its_place_while_somebody_types(admitted: Place, page_for: NewPage) -> None:
    page = page_for("team")
    page.goto(at(admitted, "stimmzettel"))
    line, drawing = page.locator("#eingabe"), page.locator("#zeichnung")
    before = (line.bounding_box(), drawing.bounding_box())
    page.keyboard.type("L1 202 ")
    expect(page.locator("#urteil")).to_contain_text("Gültig")
    page.keyboard.type("999 ")
    expect(page.locator("#urteil")).to_have_text("Nicht verstanden")
    assert (line.bounding_box(), drawing.bounding_box()) == before


def test_a_fault_leaves_the_words_and_the_focus_where_they_were(admitted: Place, page_for: NewPage) -> None:
    page = page_for("team")
    page.goto(at(admitted, "stimmzettel"))
    page.keyboard.type("304 foo")
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


def test_an_entry_survives_the_loss_of_the_network_and_counts_once(admitted: Place, page_for: NewPage) -> None:
    page = page_for("team")
    page.goto(at(admitted, "stimmzettel"))
    sent = []

    def lose_the_answer(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        sent.append(route.request.post_data)
        if len(sent) == 1:
            route.abort()  # never arrives
        elif len(sent) == 2:
            route.fetch(max_redirects=0)  # arrives, but its answer does not
            route.abort()
        else:
            route.continue_()

    page.route("**/stimmzettel", lose_the_answer)
    page.keyboard.type("304+3")
    page.keyboard.press("Enter")
    expect(page.locator("#netz")).to_contain_text("noch nicht erfasst")
    line = page.get_by_label("Was steht auf dem Stimmzettel?")
    expect(line).to_have_value("304+3")
    expect(page.locator(".cz-number__value")).to_have_text("1", timeout=15_000)
    expect(page.locator("#netz")).to_be_hidden()
    expect(line).to_have_value("")
    enter(page, "305", "2")
    assert page.locator("#letzte tbody tr").count() == 2


def test_somebody_logged_out_is_told_that_nothing_was_recorded(admitted: Place, page_for: NewPage) -> None:
    page = page_for("team")
    page.goto(at(admitted, "stimmzettel"))
    page.context.clear_cookies()
    page.keyboard.type("304")
    page.keyboard.press("Enter")
    expect(page.locator("#netz")).to_contain_text("nicht erfasst")
    expect(page.get_by_label("Was steht auf dem Stimmzettel?")).to_have_value("304")
    assert number(page) == "–"


@SIZES
def test_the_paper_can_be_clicked_instead(admitted: Place, page_for: NewPage, size: tuple[int, int]) -> None:
    page = page_for("team", size)
    page.goto(at(admitted, "stimmzettel/ankreuzen"))
    page.get_by_label("1. Kreuz bei 201").check()
    page.get_by_label("2. Kreuz bei 201").check()
    page.get_by_label("Liste 2 angekreuzt").check()
    expect(page.locator("#urteil")).to_have_text("Gültig – 12 Stimmen")
    page.get_by_role("button", name="Erfassen", exact=True).click()
    expect(page.locator(".cz-number__value")).to_have_text("1")
    assert page.locator("input[type=checkbox]:checked").count() == 0
    expect(page.locator("#letzte tbody tr").first).to_contain_text("L2 201+2")


def test_everything_clickable_is_large_enough_for_a_finger(admitted: Place, page_for: NewPage) -> None:
    page = page_for("team", NARROW)
    page.goto(at(admitted, "stimmzettel/ankreuzen"))
    boxes = [box.bounding_box() for box in page.locator(".cz-hit, .cz-list__head, .cz-finding, main button").all()]
    assert all(box and box["width"] >= 44 and box["height"] >= 44 for box in boxes)


def test_without_a_script_a_ballot_is_checked_and_recorded(admitted: Place, page_for: NewPage) -> None:
    page = page_for("team", script=False)
    page.goto(at(admitted, "stimmzettel"))
    page.fill("#eingabe", "L1 101+5")
    page.get_by_role("button", name="Nur prüfen").click()
    expect(page.locator("#urteil")).to_have_text("Gültig – 13 Stimmen")
    assert number(page) == "–"
    page.get_by_role("button", name="Erfassen", exact=True).click()
    assert number(page) == "1"
    expect(page.get_by_label("Was steht auf dem Stimmzettel?")).to_be_focused()
