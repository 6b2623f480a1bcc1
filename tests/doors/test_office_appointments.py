"""The office door: the term of the council and its appointed members."""

from datetime import UTC, datetime

import pytest

from beiratswahl import clock
from beiratswahl.access.roles import Role
from beiratswahl.operations import closing
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.determination import determine
from tests.doors.pages import Page, Visitor
from tests.doors.test_office_results import CLEAR, count
from tests.world import SITTING, Place, account, found


@pytest.fixture
def place(desk: Desk) -> Place:
    """The bylaw provides for two appointed members."""
    here = found(desk, appointed_max=2)
    account(desk, "amt", Role.ELECTION_OFFICE, here)
    return here


@pytest.fixture
def path(desk: Desk, place: Place, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 20, 12, tzinfo=UTC))
    count(desk, place, CLEAR)
    determine(desk, place.election_id, SITTING)
    return f"/amt/wahl/{place.election_id}/mandate"


def appointed(office: Visitor, path: str, name: str, day: str = "2026-11-19") -> Page:
    page = office.open(office.open(path).link("Mitglied berufen"))
    return office.press(page, "Eintragen", name=name, day=day, reason="Stadtrat, TOP 4")


def test_the_term_is_entered_and_its_end_follows(office: Visitor, path: str) -> None:
    page = office.open(office.open(path).link("Beginn der Amtszeit eintragen"))
    done = office.press(page, "Eintragen", day="2026-12-09")
    assert "bis zum 8. Dezember 2031, fünf Jahre" in done.text.replace("\u00a0", " ")
    assert office.open(done.link("Beginn der Amtszeit ändern")).heading == "Beginn der Amtszeit"


def test_a_member_is_appointed_leaves_and_a_mistake_is_taken_back(office: Visitor, path: str) -> None:
    page = appointed(office, path, "Ada Eins")
    assert page.rows("Berufene Mitglieder")[0][:3] == ["Ada Eins", "19.11.2026Stadtrat, TOP 4", "im Amt"]
    ended = office.press(office.open(page.link("Ende eintragen")), "Eintragen", day="2026-11-20", reason="Rücktritt")
    assert ended.rows("Berufene Mitglieder")[0][2] == "beendet 20.11.2026Rücktritt"
    back = office.press(office.open(ended.link("Zurücknehmen")), "Zurücknehmen", reason="verwechselt")
    assert back.rows("Berufene Mitglieder")[0][2] == "im Amt"
    gone = office.press(office.open(back.link("Zurücknehmen")), "Zurücknehmen", reason="verwechselt")
    assert "Ada Eins" not in gone.text


def test_what_the_bylaw_does_not_allow_is_refused_and_kept_in_the_form(office: Visitor, path: str) -> None:
    for name in ("Ada Eins", "Ben Zwei"):
        appointed(office, path, name)
    page = appointed(office, path, "Cem Drei")
    assert (page.status, page.heading) == (422, "Mitglied berufen")
    assert "höchstens 2 berufene Mitglieder" in page.text
    assert page.field("Name").get("value") == "Cem Drei"


def test_a_reopened_district_is_told_and_the_mandates_stay(office: Visitor, desk: Desk, place: Place, path: str) -> None:
    closing.reopen_district(desk, place.districts[0], "Nachzählung beschlossen")
    page = office.open(path)
    assert "Diese Mandate folgen der letzten Feststellung" in page.text
    assert len(page.rows("Mitglieder")) == 13
