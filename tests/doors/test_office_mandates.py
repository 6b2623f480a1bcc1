"""The office door: who is a member, the next step, what happened, the lot among substitutes, a mistake taken back."""

from datetime import UTC, datetime

import pytest

from beiratswahl import clock
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.determination import determine
from tests.doors.conftest import NewVisitor
from tests.doors.pages import Page, Visitor
from tests.doors.test_office_results import CLEAR, count
from tests.world import SITTING, Place


@pytest.fixture(autouse=True)
def _two_days_after_the_sitting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 20, 12, tzinfo=UTC))


@pytest.fixture
def path(desk: Desk, place: Place) -> str:
    count(desk, place, CLEAR)
    determine(desk, place.election_id, SITTING)
    return f"/amt/wahl/{place.election_id}/mandate"


def enter(office: Visitor, path: str, person: str, kind: str, day: str = "2026-11-18") -> Page:
    return office.press(office.open(f"{path}/eintrag?person={person}"), "Eintragen", kind=kind, day=day, reason="Schreiben")


def test_the_task_list_leads_to_the_mandates(office: Visitor, path: str) -> None:
    overview = office.open(path.removesuffix("/mandate"))
    page = office.open(overview.link("Annahme der Wahl und Nachrücken verfolgen"))
    assert page.heading == "Mandate"
    assert len(page.rows("Mitglieder")) == 13
    assert office.open(page.link("Zustellung eintragen")).heading == "Eintrag zum Mandat"


def test_before_the_determination_the_page_says_what_is_missing(office: Visitor, place: Place, desk: Desk) -> None:
    count(desk, place, CLEAR)
    page = office.open(f"/amt/wahl/{place.election_id}/mandate")
    assert (page.status, page.heading) == (200, "Mandate")
    assert "noch nicht festgestellt" in page.text
    for way in ("eintrag?person=101", "los"):
        assert office.open(f"/amt/wahl/{place.election_id}/mandate/{way}").status == 422


def test_service_starts_the_week_and_a_refusal_calls_the_next(office: Visitor, path: str) -> None:
    page = enter(office, path, "101", "Zustellung der Benachrichtigung")
    assert "Der Eintrag ist erfasst." in page.text
    assert page.rows("Mitglieder")[0][2] == "Annahme offen bis 25.11.2026 Eintragen"
    page = enter(office, path, "101", "Ablehnung", "2026-11-19")
    first = page.rows("Mitglieder")[0]
    assert "vorher 101 Person101, Ada: Ablehnung, 19.11.2026" in first[1]
    assert first[2] == "Zustellung offen Eintragen"
    assert [row[2] for row in page.rows("Verlauf")] == ["Ablehnung", "Zustellung der Benachrichtigung"]


def test_what_cannot_be_is_refused_and_kept_in_the_form(office: Visitor, path: str) -> None:
    page = enter(office, path, "101", "Tod", "2026-11-21")
    assert page.status == 422
    assert "Zukunft" in page.refusal
    assert page.field("Nachweis oder Grund").get("value") == "Schreiben"
    assert enter(office, path, "101", "").status == 422


def test_an_unknown_person_and_an_unknown_entry_are_not_found(office: Visitor, path: str) -> None:
    for way in ("eintrag", "eintrag?person=999", "eintrag/1/ruecknahme"):
        assert office.client.get(f"{path}/{way}").status_code == 404


def test_without_a_free_seat_there_is_no_lot_to_enter(office: Visitor, path: str) -> None:
    page = office.open(f"{path}/los")
    assert page.status == 422
    assert "kein Los zu ziehen" in page.text


def test_a_mistake_is_taken_back_with_a_reason(office: Visitor, path: str) -> None:
    page = enter(office, path, "101", "Tod")
    address = next(link.get("href") for link in page.tree.iter("a") if link.get("aria-label") == "Zurücknehmen: Tod, 101 Person101, Ada")
    assert office.press(office.open(str(address)), "Eintrag zurücknehmen", reason="").status == 422
    page = office.press(office.open(str(address)), "Eintrag zurücknehmen", reason="andere Person gemeint")
    assert "Der Eintrag ist zurückgenommen." in page.text
    assert "Verlauf" not in page.text


def test_the_administration_has_no_mandates(visitor: NewVisitor, path: str) -> None:
    assert visitor("admin").client.get(path).status_code == 403
