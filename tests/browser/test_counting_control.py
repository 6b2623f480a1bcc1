"""Control of the count by keyboard alone, wide and narrow, without barriers: second entry, sample, doubts, names written in."""
# ruff: noqa: F811 - fixtures

import pytest
from playwright.sync_api import expect

from beiratswahl.access.roles import Role
from beiratswahl.law.count_control import ControlMethod, SampleRule
from beiratswahl.operations.count_controls import choose_control
from beiratswahl.operations.desk import Desk
from tests.browser.evening import SIZES, NewPage, admitted, at, clean, enter, go, page_for, press, reach, type_words  # noqa: F401 - fixtures
from tests.world import Place, account

pytestmark = pytest.mark.browser


@SIZES
def test_sample_and_second_entry_by_keyboard_alone(admitted: Place, desk: Desk, page_for: NewPage, size: tuple[int, int]) -> None:
    choose_control(desk, admitted.election_id, ControlMethod.SAMPLE, SampleRule(percent=50, least=1))
    account(desk, "zweites", Role.COUNTING_TEAM, admitted, admitted.districts[0])
    first, board, second = page_for("team", size), page_for("vorstand", size), page_for("zweites", size)
    go(first, at(admitted, "stimmzettel"))
    enter(first, "101+3", "1")
    enter(first, "201", "2")
    go(board, at(admitted, "stichprobe"))
    clean(board)
    reach(board, "Gewürfelte Augen", "textbox")
    type_words(board, "3141526356")
    board.keyboard.press("Tab")
    type_words(board, "Fatma Yıldız, Karl Zeuge")
    board.keyboard.press("Tab")
    board.keyboard.press("Enter")
    expect(board.get_by_role("heading", name="1. Ziehung")).to_be_visible()
    chosen = board.locator(".cz-drawn li").inner_text()
    board.locator("summary").focus()
    board.keyboard.press("Enter")
    expect(board.get_by_text("sha256sum").first).to_be_visible()
    clean(board)
    go(second, at(admitted, "zweiteingabe"))
    clean(second)
    expect(second.get_by_label("Nummer auf dem Papier")).to_be_focused()
    type_words(second, chosen)
    second.keyboard.press("Enter")
    type_words(second, "101+2")
    expect(second.locator("#urteil")).to_contain_text("Gültig")
    second.keyboard.press("Enter")
    expect(second.locator(".cz-number__value")).to_have_text(chosen)
    expect(second.get_by_label("Nummer auf dem Papier")).to_be_focused()
    second.reload()
    expect(second.get_by_text("Stichprobe hat das nötig gemacht")).to_be_visible()
    clean(second)
    type_words(second, {"1": "2", "2": "1"}[chosen])
    second.keyboard.press("Enter")
    type_words(second, {"1": "201", "2": "101+3"}[chosen])
    second.keyboard.press("Enter")
    press(second, f"Erste Eingabe stimmt ({chosen})")
    go(first, at(admitted, "zweiteingabe"))
    clean(first)
    press(first, f"Erste Eingabe stimmt ({chosen})")
    expect(first.get_by_text("Beide Eingaben stimmen überein")).to_be_visible()


@SIZES
def test_the_list_of_decisions_by_keyboard_alone(admitted: Place, page_for: NewPage, size: tuple[int, int]) -> None:
    page = page_for("vorstand", size)
    go(page, at(admitted, "stimmzettel"))
    enter(page, "L2 F3", "1")
    enter(page, "301 F4", "2")
    go(page, at(admitted, "zweifelsfaelle"))
    clean(page)
    press(page, "Nr. 1 beschließen", "link")
    for number, answer in ((1, "Space"), (2, "ArrowDown")):
        expect(page.get_by_role("heading", name=f"Zweifelsfall: Stimmzettel {number}")).to_be_visible()
        reach(page, "gültig", "radio")
        page.keyboard.press(answer)
        page.keyboard.press("Tab")
        type_words(page, "5 zu 0")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Zweifelsfälle")).to_be_visible()
    expect(page.get_by_text("Kein Stimmzettel wartet auf einen Beschluss.")).to_be_visible()
    assert page.locator("tbody tr").count() == 2
    clean(page)


@SIZES
def test_the_verdict_is_seen_while_somebody_types(admitted: Place, page_for: NewPage, size: tuple[int, int]) -> None:
    page = page_for("team", size)
    go(page, at(admitted, "stimmzettel"))
    enter(page, "L1 101+5 202 -103", "1")
    expect(page.locator(".cz-number__value")).to_be_in_viewport(ratio=1)
    type_words(page, "L1 101+5 202 ")
    verdict = page.locator("#urteil")
    expect(verdict).to_contain_text("Gültig")
    expect(verdict).to_be_in_viewport(ratio=1)


@SIZES
def test_the_office_chooses_the_control_without_barriers(admitted: Place, page_for: NewPage, size: tuple[int, int]) -> None:
    page = page_for("amt", size)
    go(page, f"/amt/wahl/{admitted.election_id}/zaehlung/kontrolle")
    clean(page)
    reach(page, "Vollständige Zweiteingabe", "radio")
    page.keyboard.press("ArrowDown")
    press(page, "Verfahren wählen")
    expect(page.get_by_text("Gewählt: Stichprobe")).to_be_visible()
    clean(page)
