"""The second entry at the counting door: blind, by another account, and settled by both."""

import pytest

from beiratswahl.access.roles import Role
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.desk import Desk
from tests.doors.conftest import NewVisitor
from tests.world import ON_PAPER, Place, account, nominate


@pytest.fixture
def at(desk: Desk, place: Place) -> str:
    nominate(desk, place)
    close_nominations(desk, place.election_id, ON_PAPER)
    account(desk, "zweites", Role.COUNTING_TEAM, place, place.districts[0])
    return f"/auszaehlung/stimmbezirk/{place.districts[0]}"


def test_a_second_team_enters_blind_and_both_settle(visitor: NewVisitor, at: str) -> None:
    first, second = visitor("team"), visitor("zweites")
    for typed in ("101+3", "201"):
        first.press(first.open(f"{at}/stimmzettel"), "Erfassen", eingabe=typed)
    page = second.open(f"{at}/zweiteingabe")
    page = second.press(page, "Zum zweiten Mal erfassen", nummer="1", eingabe="101+2")
    assert "Stimmzettel 1 zum zweiten Mal erfasst" in page.text
    assert "101+3" not in page.html
    assert "Unterschied" not in page.html
    refused = first.press(first.open(f"{at}/zweiteingabe"), "Zum zweiten Mal erfassen", nummer="2", eingabe="201")
    assert "haben Sie selbst zuerst erfasst" in refused.refusal
    page = second.press(page, "Zum zweiten Mal erfassen", nummer="2", eingabe="201")
    assert "Stimmzettel 1: Stimmen" in page.text
    second.press(page, "Erste Eingabe stimmt (1)")
    page = first.press(first.open(f"{at}/zweiteingabe"), "Erste Eingabe stimmt (1)")
    assert "Beide Eingaben stimmen überein" in page.text


def test_a_faulty_second_entry_keeps_what_was_typed(visitor: NewVisitor, at: str) -> None:
    second = visitor("zweites")
    for number, typed in (("1", "999"), ("x", "101"), ("1", "")):
        page = second.press(second.open(f"{at}/zweiteingabe"), "Zum zweiten Mal erfassen", nummer=number, eingabe=typed)
        assert page.status == 422
        assert page.field("Was steht auf dem Stimmzettel?").get("value") == typed


def test_the_same_second_entry_sent_again_counts_once(visitor: NewVisitor, at: str) -> None:
    first, second = visitor("team"), visitor("zweites")
    for typed in ("101+3", "102"):
        first.press(first.open(f"{at}/stimmzettel"), "Erfassen", eingabe=typed)
    for _ in range(2):
        page = second.press(second.open(f"{at}/zweiteingabe"), "Zum zweiten Mal erfassen", nummer="1", eingabe="101+3")
        assert "Stimmzettel 1 zum zweiten Mal erfasst" in page.text
        assert "1 zweimal erfasst, noch 1" in page.text


def test_another_second_entry_of_the_same_ballot_is_refused(visitor: NewVisitor, at: str) -> None:
    first, second = visitor("team"), visitor("zweites")
    for typed in ("101+3", "102"):
        first.press(first.open(f"{at}/stimmzettel"), "Erfassen", eingabe=typed)
    second.press(second.open(f"{at}/zweiteingabe"), "Zum zweiten Mal erfassen", nummer="1", eingabe="101+3")
    page = second.press(second.open(f"{at}/zweiteingabe"), "Zum zweiten Mal erfassen", nummer="1", eingabe="101+2")
    assert "schon zum zweiten Mal erfasst" in page.refusal


def test_checking_a_second_entry_shows_the_verdict_and_records_nothing(visitor: NewVisitor, at: str) -> None:
    first, second = visitor("team"), visitor("zweites")
    first.press(first.open(f"{at}/stimmzettel"), "Erfassen", eingabe="101+3")
    page = second.press(second.open(f"{at}/zweiteingabe"), "Nur prüfen", nummer="1", eingabe="101+2")
    assert "Gültig" in page.text
    assert "0 zweimal erfasst" in page.text
    assert page.field("Nummer auf dem Papier").get("value") == "1"
