"""The network goes and comes back: typing goes on, nothing is lost, everything counts once, and the right number ends up on the paper."""
# ruff: noqa: F811 - fixtures

import re

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from sqlalchemy.orm import Session

from beiratswahl.access.roles import Role
from beiratswahl.operations.closing import control
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.second_entries import second_count
from beiratswahl.store.read.count_control import unsent
from beiratswahl.store.read.counting import ballots
from tests.browser.conftest import violations
from tests.browser.evening import SIZES, NewPage, admitted, at, enter, fits, go, log_in, number, page_for, type_ballot, type_words  # noqa: F401 - fixtures
from tests.world import Place, account

pytestmark = pytest.mark.browser
MARK = re.compile("[A-Z]{2}-[0-9]+")


def at_the_line(place: Place, page_for: NewPage, login: str = "team") -> Page:
    page = page_for(login)
    go(page, at(place, "stimmzettel"))
    return page


def cut(page: Page) -> None:
    """No ballot comes through any more, while everything else does."""
    page.route("**/stimmzettel", lambda route: route.abort() if route.request.method == "POST" else route.continue_())


def waiting(page: Page, ballots: int) -> None:
    expect(page.locator("#ungesendet")).to_contain_text(f"Noch nicht gesendet: {ballots}")


def kept(page: Page) -> list[str]:
    """Everything this browser has stored of ballots."""
    found: list[str] = page.evaluate("Object.keys(localStorage).filter(k => k.includes('unsent.')).map(k => localStorage.getItem(k))")
    return found


def recorded(archive: Session, place: Place) -> list[tuple[int, dict[str, int]]]:
    archive.rollback()
    return [(each.number, dict(each.content["marks"])) for each in reversed(ballots(archive, place.districts[0]))]


def back(context: BrowserContext) -> None:
    context.set_offline(False)


@SIZES
def test_typing_goes_on_without_a_network_and_everything_arrives_in_order(
    admitted: Place,
    page_for: NewPage,
    archive: Session,
    size: tuple[int, int],
) -> None:
    page = page_for("team", size)
    go(page, at(admitted, "stimmzettel"))
    enter(page, "301", "1")
    page.context.set_offline(True)
    type_ballot(page, "302+2")
    expect(page.locator("#netz")).to_contain_text("Keine Verbindung zum Server")
    waiting(page, 1)
    assert MARK.fullmatch(number(page))
    expect(page.locator("#eingabe")).to_be_focused()
    for words in ("303", "304+3"):
        type_ballot(page, words)
    waiting(page, 3)
    marks = MARK.findall(page.locator("#ungesendet p").first.inner_text())
    assert number(page) == marks[-1]
    assert all(words not in stored for stored in kept(page) for words in ("302+2", "304+3", "eingabe"))
    assert (violations(page), fits(page)) == ([], True)
    back(page.context)
    expect(page.locator("#ungesendet")).to_contain_text("endgültigen Nummern", timeout=20_000)
    assert page.locator(".cz-marks li").all_inner_texts() == [f"{mark} → {place}" for place, mark in enumerate(marks, 2)]
    assert recorded(archive, admitted) == [(1, {"301": 1}), (2, {"302": 2}), (3, {"303": 1}), (4, {"304": 3})]
    assert [each.provisional_mark for each in reversed(ballots(archive, admitted.districts[0]))] == ["", *marks]
    assert kept(page) == []
    assert (violations(page), fits(page)) == ([], True)
    page.get_by_role("button", name="Die Nummern stehen auf den Papieren").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#ungesendet")).to_be_hidden()
    enter(page, "305", "5")


def test_an_answer_that_gets_lost_counts_once(admitted: Place, page_for: NewPage, archive: Session) -> None:
    page = at_the_line(admitted, page_for)
    sent = []

    def lose_the_answer(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        sent.append(route.request.post_data)
        if len(sent) == 1:
            route.fetch()  # arrives, but its answer does not
            route.abort()
        else:
            route.continue_()

    page.route("**/stimmzettel", lose_the_answer)
    type_ballot(page, "304+3")
    expect(page.locator(".cz-marks li")).to_have_text(re.compile("→ 1$"), timeout=20_000)
    assert recorded(archive, admitted) == [(1, {"304": 3})]
    assert len(sent) >= 2


def slowly(page: Page) -> None:
    """Every sent ballot takes half a second."""

    def wait(route: Route) -> None:
        page.wait_for_timeout(500) if route.request.method == "POST" else None
        route.continue_()

    page.route("**/stimmzettel", wait)


def test_who_types_faster_than_the_network_loses_no_figure(admitted: Place, page_for: NewPage, archive: Session) -> None:
    page = at_the_line(admitted, page_for)
    slowly(page)
    for words in ("301", "302+2", "303", "304+3"):
        type_ballot(page, words)
    type_words(page, "30")
    expect(page.locator(".cz-number__value")).to_have_text("4", timeout=20_000)
    expect(page.locator("#eingabe")).to_have_value("30")
    type_words(page, "5+2")
    expect(page.locator("#gelesen")).to_contain_text("2 Stimmen")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(".cz-number__value")).to_have_text("5", timeout=20_000)
    assert recorded(archive, admitted) == [(1, {"301": 1}), (2, {"302": 2}), (3, {"303": 1}), (4, {"304": 3}), (5, {"305": 2})]


def test_what_was_typed_behind_a_refused_line_is_named_and_not_recorded(
    admitted: Place,
    page_for: NewPage,
    archive: Session,
) -> None:
    page = at_the_line(admitted, page_for)
    slowly(page)
    for words in ("999", "302", "303"):
        type_ballot(page, words)
    type_words(page, "30")
    expect(page.locator("#netz")).to_contain_text("nicht erfasst: „302“, „303“, „30“")
    expect(page.locator("#eingabe")).to_have_value("999")
    expect(page.locator("#eingabe")).to_be_focused()
    assert recorded(archive, admitted) == []
    page.fill("#eingabe", "301")
    enter(page, "", "1")
    expect(page.locator("#netz")).to_be_hidden()
    assert recorded(archive, admitted) == [(1, {"301": 1})]


def test_a_reload_without_a_network_loses_nothing(admitted: Place, page_for: NewPage, archive: Session) -> None:
    page = at_the_line(admitted, page_for)
    page.context.set_offline(True)
    for words in ("301", "302"):
        type_ballot(page, words)
    waiting(page, 2)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()
    back(page.context)
    go(page, at(admitted, "stimmzettel"))
    expect(page.locator("#ungesendet")).to_contain_text("endgültigen Nummern", timeout=20_000)
    assert recorded(archive, admitted) == [(1, {"301": 1}), (2, {"302": 1})]


def test_the_key_dies_with_the_log_in_and_the_page_names_the_papers(
    admitted: Place,
    page_for: NewPage,
    archive: Session,
) -> None:
    page = at_the_line(admitted, page_for)
    cut(page)
    type_ballot(page, "301")
    waiting(page, 1)
    mark = number(page)
    page.unroute("**/stimmzettel")
    page.goto("about:blank")
    page.context.clear_cookies()
    log_in(page, "team")
    go(page, at(admitted, "stimmzettel"))
    expect(page.locator("#ungesendet")).to_contain_text("früheren Anmeldung")
    expect(page.locator("#ungesendet")).to_contain_text(mark)
    assert recorded(archive, admitted) == []
    page.get_by_role("button", name="Diese Papiere sind neu eingegeben").click()
    expect(page.locator("#ungesendet")).to_be_hidden()
    assert kept(page) == []


def test_a_device_that_holds_ballots_holds_up_closing(admitted: Place, page_for: NewPage, archive: Session) -> None:
    page = at_the_line(admitted, page_for, "vorstand")
    cut(page)
    with page.expect_response("**/geraet"):
        type_ballot(page, "301")
    waiting(page, 1)
    archive.rollback()
    (device,) = unsent(archive, admitted.districts[0])
    assert number(page).startswith(device.device)
    assert "F215" in {check.code for check in control(archive, admitted.districts[0]).errors}
    board = page_for("vorstand")
    go(board, at(admitted, "abschluss"))
    expect(board.get_by_text(f"Gerät {device.device}: 1 Stimmzettel")).to_be_visible()
    page.unroute("**/stimmzettel")
    expect(page.locator(".cz-marks li")).to_have_count(1, timeout=20_000)
    archive.rollback()
    assert unsent(archive, admitted.districts[0]) == ()


def test_a_lost_device_is_given_up_by_keyboard(admitted: Place, page_for: NewPage) -> None:
    page = at_the_line(admitted, page_for, "vorstand")
    cut(page)
    with page.expect_response("**/geraet"):
        type_ballot(page, "301")
    go(page, at(admitted, "abschluss"))
    page.locator("summary", has_text="ist verloren").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    type_words(page, "Papier neu eingegeben, 5 zu 0")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("hält den Abschluss nicht mehr auf")).to_be_visible()


def test_what_the_server_does_not_understand_later_is_corrected_with_its_mark(
    admitted: Place,
    page_for: NewPage,
    archive: Session,
) -> None:
    page = at_the_line(admitted, page_for)
    page.context.set_offline(True)
    type_ballot(page, "304 999")
    waiting(page, 1)
    mark = number(page)
    back(page.context)
    expect(page.locator("#ungesendet")).to_contain_text(f"{mark} ist nicht erfasst", timeout=20_000)
    page.get_by_role("button", name=f"{mark} berichtigen").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#eingabe")).to_have_value("304 999")
    for _ in range(4):
        page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    expect(page.locator(".cz-marks li")).to_have_text(f"{mark} → 1")
    assert recorded(archive, admitted) == [(1, {"304": 1})]


def test_a_slow_network_is_waited_for(admitted: Place, page_for: NewPage, archive: Session) -> None:
    page = at_the_line(admitted, page_for)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 1500, "downloadThroughput": 6000, "uploadThroughput": 3000}
    line.send("Network.emulateNetworkConditions", slow)
    enter(page, "301", "1")
    enter(page, "302", "2")
    assert recorded(archive, admitted) == [(1, {"301": 1}), (2, {"302": 1})]


def test_somebody_logged_out_types_on_and_sends_after_logging_in_elsewhere(
    admitted: Place,
    page_for: NewPage,
    archive: Session,
) -> None:
    page = at_the_line(admitted, page_for)
    page.context.clear_cookies()
    type_ballot(page, "304")
    expect(page.locator("#netz")).to_contain_text("noch nicht erfasst")
    waiting(page, 1)
    other = page.context.new_page()
    log_in(other, "team")
    expect(page.locator(".cz-marks li")).to_have_text(re.compile("→ 1$"), timeout=20_000)
    assert recorded(archive, admitted) == [(1, {"304": 1})]


def test_clicked_ballots_wait_as_well(admitted: Place, page_for: NewPage, archive: Session) -> None:
    page = page_for("team")
    go(page, at(admitted, "stimmzettel/ankreuzen"))
    page.context.set_offline(True)
    for at_once in ("1. Kreuz bei 201", "1. Kreuz bei 202"):
        page.get_by_label(at_once).check()
        page.get_by_role("button", name="Erfassen", exact=True).click()
        expect(page.locator("input[type=checkbox]:checked")).to_have_count(0)
    waiting(page, 2)
    back(page.context)
    expect(page.locator(".cz-marks li")).to_have_count(2, timeout=20_000)
    assert recorded(archive, admitted) == [(1, {"201": 1}), (2, {"202": 1})]


def test_second_entries_wait_as_well_and_arrive_under_the_number_on_the_paper(
    admitted: Place,
    desk: Desk,
    page_for: NewPage,
    archive: Session,
) -> None:
    account(desk, "zweites", Role.COUNTING_TEAM, admitted, admitted.districts[0])
    first, second = page_for("team"), page_for("zweites")
    go(first, at(admitted, "stimmzettel"))
    for number_, words in enumerate(("301", "302+2", "303"), 1):
        enter(first, words, str(number_))
    go(second, at(admitted, "zweiteingabe"))
    second.context.set_offline(True)
    for words in ("2", "302+2", "1", "301"):
        type_ballot(second, words)
    waiting(second, 2)
    expect(second.locator("#ungesendet")).to_contain_text("Nr. 2, Nr. 1")
    expect(second.get_by_label("Nummer auf dem Papier")).to_be_focused()
    assert (violations(second), fits(second)) == ([], True)
    back(second.context)
    expect(second.locator("#stand")).to_contain_text("Alles ist gesendet und erfasst.", timeout=20_000)
    expect(second.locator(".cz-marks li")).to_have_count(0)
    assert kept(second) == []
    archive.rollback()
    assert unsent(archive, admitted.districts[0]) == ()
    assert second_count(archive, admitted.districts[0]).waiting == (3,)
    for words in ("3", "304"):
        type_ballot(second, words)
    expect(second.get_by_role("heading", name="Stimmzettel 3: Stimmen")).to_be_visible()
