"""A counting team on two screens: link, code, confirmation; a pause comes and goes while somebody types."""

import re

import pytest
from playwright.sync_api import expect

from beiratswahl.operations import boards
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.desk import Desk
from beiratswahl.store.read.boards import members
from tests.browser.conftest import NARROW, NewVisit
from tests.world import ON_PAPER, Place, nominate

pytestmark = pytest.mark.browser
NAMES = ("Gül Eins", "Hans Zwei", "Ida Drei")
#: the screens ask every few seconds; on a busy machine an answer takes its time
LIVE_MS = 30_000


@pytest.fixture
def at(desk: Desk, place: Place) -> str:
    nominate(desk, place)
    close_nominations(desk, place.election_id, ON_PAPER)
    return f"/auszaehlung/stimmbezirk/{place.districts[0]}"


def test_a_team_logs_in_and_a_pause_keeps_what_is_typed(visit: NewVisit, desk: Desk, place: Place, at: str) -> None:
    chair, team = visit("vorstand"), visit("", NARROW)
    chair.go(f"{at}/gruppen")
    chair.page.get_by_role("button", name="Karte ausgeben").click()
    link = re.search(r"/gruppe/[a-z0-9-]+", chair.page.locator(".cz-ticket__link").inner_text())
    assert link
    assert chair.barriers() == []
    team.go(link[0])
    assert not team.is_too_wide()
    for number, name in enumerate(NAMES, 1):
        team.page.get_by_label(f"Person {number},").fill(name)
    team.page.keyboard.press("Enter")
    code = team.page.locator(".cz-compare").inner_text()
    chair.go(f"{at}/gruppen")
    expect(chair.page.locator(".cz-compare")).to_have_text(code)
    chair.page.get_by_role("button", name=f"Code {code} stimmt, zulassen").click()
    team.page.wait_for_url(lambda url: url.endswith(f"{at}/"), timeout=LIVE_MS)
    team.go(f"{at}/stimmzettel")
    entry = team.page.get_by_label("Was steht auf dem Stimmzettel?")
    entry.fill("304+3")
    gone = next(member for member in members(desk.session, place.districts[0]) if member.name == "Ida Drei")
    boards.record_presence(desk, place.districts[0], gone.member_id, present=False)
    pause = team.page.get_by_text("Die Erfassung ruht")
    expect(pause).to_be_visible(timeout=LIVE_MS)
    expect(entry).to_have_value("304+3")
    boards.record_presence(desk, place.districts[0], gone.member_id, present=True)
    expect(pause).to_be_hidden(timeout=LIVE_MS)
    expect(entry).to_have_value("304+3")
    assert team.barriers() == []
    assert team.complaints == []
