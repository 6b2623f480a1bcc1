"""The book of postal letters at the counting door: the scanner types, Enter comes with it (KWO §§ 56, 57)."""

import pytest

from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.desk import Desk
from tests.doors.conftest import NewVisitor
from tests.doors.pages import Visitor
from tests.world import ON_PAPER, Place, nominate


@pytest.fixture
def at(desk: Desk, place: Place) -> str:
    nominate(desk, place)
    close_nominations(desk, place.election_id, ON_PAPER)
    return f"/auszaehlung/stimmbezirk/{place.districts[0]}"


@pytest.fixture
def team(visitor: NewVisitor, at: str) -> Visitor:
    return visitor("team")


def test_enter_admits_and_a_certificate_is_taken_once(team: Visitor, at: str) -> None:
    page = team.open(f"{at}/wahlbriefe/buch")
    # what Enter presses is the first button of the form
    first = next(button for button in page.form("Zulassen").iter("button"))
    assert (first.get("name"), first.get("value")) == ("stand", "zugelassen")
    page = team.press(page, "Zulassen", wahlschein="ws-4711")
    assert "Wahlbrief 1 eingetragen" in page.text
    page = team.press(page, "Zulassen", wahlschein="WS-4711")
    assert page.status == 422
    assert "steht schon im Buch" in page.refusal


def test_what_is_set_aside_is_for_the_board_and_the_totals_follow(team: Visitor, visitor: NewVisitor, at: str) -> None:
    page = team.open(f"{at}/wahlbriefe/buch")
    page = team.press(page, "Zulassen", wahlschein="1")
    page = team.press(page, "Zurückweisen", wahlschein="2", grund="nicht_unterschrieben")
    page = team.press(page, "Verspätet", wahlschein="3")
    page = team.press(page, "Zurückstellen", wahlschein="4")
    assert "Wahlbrief 4, Wahlschein 4" in page.text
    assert team.client.post(f"{at}/wahlbriefe/buch/4", data={"stand": "zugelassen"}).status_code in {400, 403}
    board = visitor("vorstand")
    page = board.press(board.open(f"{at}/wahlbriefe/buch"), "Wahlbrief 4 zurückweisen", **{"grund": "kein_umschlag"})
    assert "zurückgewiesen: kein Stimmzettelumschlag" in page.text
    letters = team.open(f"{at}/wahlbriefe")
    assert letters.field("Rechtzeitig eingegangen").get("value") == "3"
    assert letters.field("Zu spät eingegangen").get("value") == "1"
    saved = team.press(letters, "Speichern und weiter", voters=1)
    assert saved.path.endswith("/stapel")


def test_a_rejection_without_its_reason_is_asked_for(team: Visitor, at: str) -> None:
    page = team.press(team.open(f"{at}/wahlbriefe/buch"), "Zurückweisen", wahlschein="17")
    assert page.status == 422
    assert "Wählen Sie, warum" in page.refusal
    assert page.field("Nummer des Wahlscheins").get("value") == "17"
