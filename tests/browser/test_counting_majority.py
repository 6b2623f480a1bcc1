"""Mehrheitswahl in the browser by keyboard alone: names written in, one person in two spellings, merged and parted again."""
# ruff: noqa: F811 - fixtures

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from beiratswahl.access.roles import Role
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.nominations import NominationData, receive_nomination
from tests.browser.conftest import drawn
from tests.browser.evening import SIZES, NewPage, at, clean, enter, go, page_for, press, reach, type_words  # noqa: F401 - fixtures
from tests.world import ON_PAPER, Place, account, candidate, found

pytestmark = pytest.mark.browser


@pytest.fixture
def admitted(desk: Desk) -> Place:
    """Five persons for three seats; voters may write other names."""
    majority = {"system": "Mehrheitswahl", "seats": 3, "nomination_model": "Personenmodell", "max_candidates_factor": "2"}
    here = found(desk, **majority, write_ins=True)
    for at_place in range(1, 6):
        data = NominationData("", datetime(2026, 9, at_place, 10, tzinfo=UTC), (candidate(f"Person{at_place}"),))
        receive_nomination(desk, here.election_id, data)
    close_nominations(desk, here.election_id, ON_PAPER)
    account(desk, "vorstand", Role.POLLING_BOARD, here, here.districts[0])
    return here


@SIZES
def test_a_majority_vote_with_names_written_in_by_keyboard_alone(admitted: Place, page_for: NewPage, size: tuple[int, int]) -> None:
    page = page_for("vorstand", size)
    go(page, at(admitted, "stimmzettel"))
    type_words(page, "W Ayşe Kaya, 1")
    expect(page.locator("#urteil")).to_contain_text("Gültig – 2 Stimmen")
    clean(page)
    enter(page, "", "1")
    enter(page, "W Kaya Ayse", "2")
    go(page, at(admitted, "kontrolle"))
    clean(page)
    press(page, "Eingetragene Namen", "link")
    page.wait_for_url("**/namen")
    drawn(page)
    clean(page)
    reach(page, "Diese Schreibweise …", "combobox")
    type_words(page, "Kaya")
    reach(page, "… zählt für", "combobox")
    type_words(page, "Ayş")
    page.keyboard.press("Tab")
    type_words(page, "dieselbe Person, 5 zu 0")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("„Kaya Ayse“ ist zusammengeführt")).to_be_visible()
    clean(page)
    go(page, at(admitted, "abschluss"))
    expect(page.locator(".cz-votes", has_text="Eingetragene Personen").locator("tbody tr > *")).to_have_text(["Ayşe Kaya", "2"])
    go(page, at(admitted, "namen"))
    press(page, "„Kaya Ayse“ wieder trennen")
    expect(page.get_by_text("zählt wieder für sich")).to_be_visible()
