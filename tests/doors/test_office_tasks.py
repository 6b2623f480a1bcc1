"""The office door: the tasks of an election with their deadlines, and what is due next."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from beiratswahl import clock
from beiratswahl.documents.result_sheet import Label
from beiratswahl.office.task import DONE, OPEN, OVERDUE, RUNNING, WAITING, Task
from beiratswahl.office.tasks import due_next
from beiratswahl.operations import closing
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.announcements_before import Announcement
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.determination import determine
from beiratswahl.operations.notices import publish_notice
from beiratswahl.operations.publication import publish
from beiratswahl.store.tables.setup import Municipality
from tests.doors.pages import Page, Visitor, words_of
from tests.doors.test_office_results import CLEAR, count
from tests.world import ON_PAPER, SITTING, Place, nominate

SetClock = Callable[[datetime], None]
EARLY = datetime(2026, 8, 1, 9, tzinfo=UTC)
BEFORE_THE_DEADLINE = datetime(2026, 9, 20, 9, tzinfo=UTC)
AFTER_THE_DEADLINE = datetime(2026, 9, 30, 9, tzinfo=UTC)


def task(title: str, status: str = OPEN, by: date | None = None, *, may_stay: bool = False, url: str = "/") -> Task:
    return Task(title, url, status, may_stay=may_stay, by=by)


def tasks(page: Page) -> list[str]:
    """What stands at each task, beginning with its title."""
    found = []
    for element in page.tree.iter("li"):
        if "kern-task-list__item" in (element.get("class") or ""):
            found.append(words_of(element).partition(" ")[2])
    return found


def standing(page: Page, title: str) -> str:
    return next(text for text in tasks(page) if text.startswith(title))


def following(page: Page) -> str:
    return next(text for text in tasks(page) if "nächster Schritt" in text)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Set the clock."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


def test_the_earliest_last_day_is_due_next() -> None:
    late, early = task("late", by=date(2026, 10, 1)), task("early", by=date(2026, 9, 1))
    assert due_next([task("no day"), late, early]) is early


def test_what_is_overdue_comes_before_what_is_only_open() -> None:
    overdue = task("overdue", OVERDUE, date(2026, 8, 1))
    assert due_next([task("open", by=date(2026, 9, 1)), overdue]) is overdue


def test_of_two_tasks_with_the_same_day_the_first_in_order_is_next() -> None:
    first, second = task("first", by=date(2026, 9, 1)), task("second", RUNNING, date(2026, 9, 1))
    assert due_next([first, second]) is first


@pytest.mark.parametrize(
    "quiet", [task("done", DONE), task("waiting", WAITING), task("may stay", may_stay=True), task("elsewhere", url="")]
)
def test_what_nobody_can_or_need_do_now_is_never_next(quiet: Task) -> None:
    assert due_next([quiet]) is None


def test_before_the_election_the_count_waits_for_election_day(office: Visitor, place: Place, desk: Desk, at: SetClock) -> None:
    at(AFTER_THE_DEADLINE)
    nominate(desk, place)
    close_nominations(desk, place.election_id, ON_PAPER)
    page = office.open(f"/amt/wahl/{place.election_id}/")
    text = standing(page, "Stimmen zählen")
    assert text.endswith("wartet bis zum Wahltag")
    assert "Ausgezählt wird ab Sonntag, 15. November 2026, 18:00 Uhr (§ 51 KWO)" in text
    assert "Stimmen zählen" not in following(page)


def test_an_address_that_stops_every_notice_is_the_first_step(office: Visitor, place: Place, desk: Desk, at: SetClock) -> None:
    at(EARLY)
    desk.session.get_one(Municipality, place.municipality_id).street = ""
    desk.session.commit()
    page = office.open(f"/amt/wahl/{place.election_id}/")
    assert following(page).startswith("Angaben zur Körperschaft")
    assert "ohne sie lässt sich keine Bekanntmachung drucken" in following(page)


def test_the_call_for_nominations_is_due_next_until_it_is_published(office: Visitor, place: Place, desk: Desk, at: SetClock) -> None:
    at(EARLY)
    address = f"/amt/wahl/{place.election_id}/"
    before = following(office.open(address))
    assert before.startswith("Zu Wahlvorschlägen auffordern Bis Montag, 7. September 2026 (noch 37 Tage).")
    publish_notice(desk, place.election_id, Announcement.CALL, clock.today())
    page = office.open(address)
    assert "Bekanntmachung Nr. 1, am 01.08.2026. erledigt" in standing(page, "Zu Wahlvorschlägen auffordern")
    assert not following(page).startswith("Zu Wahlvorschlägen auffordern")


def test_a_notice_whose_day_is_over_is_overdue(office: Visitor, place: Place, at: SetClock) -> None:
    at(BEFORE_THE_DEADLINE)
    assert "überfällig" in standing(office.open(f"/amt/wahl/{place.election_id}/"), "Zu Wahlvorschlägen auffordern")


def test_nominations_press_nobody_until_their_deadline_is_over(office: Visitor, place: Place, desk: Desk, at: SetClock) -> None:
    address = f"/amt/wahl/{place.election_id}/"
    at(BEFORE_THE_DEADLINE)
    nominate(desk, place)
    waiting = standing(office.open(address), "Wahlvorschläge erfassen und zulassen")
    assert "4 Wahlvorschläge erfasst. Einreichen ist möglich bis Montag, 28. September 2026, 18:00 Uhr" in waiting
    at(AFTER_THE_DEADLINE)
    assert "Zulassen bis Montag, 5. Oktober 2026 (noch 5 Tage)" in standing(office.open(address), "Wahlvorschläge erfassen und zulassen")


def test_after_the_election_only_what_stops_the_result_presses(office: Visitor, place: Place) -> None:
    page = office.open(f"/amt/wahl/{place.election_id}/")
    assert "nicht erfasst" in standing(page, "Zu Wahlvorschlägen auffordern")
    assert following(page).startswith("Wahlvorschläge erfassen und zulassen")


def test_a_reopened_count_makes_the_final_version_outdated(office: Visitor, place: Place, desk: Desk) -> None:
    count(desk, place, CLEAR)
    address = f"/amt/wahl/{place.election_id}/"
    determine(desk, place.election_id, SITTING)
    publish(desk, place.election_id, Label.FINAL)
    warned = office.open(f"{address}zaehlung/{place.districts[0]}/oeffnen")
    assert "er muss nach der neuen Zählung neu feststellen" in warned.text
    assert "Fassung 1 (endgültig) bleibt öffentlich, bis Sie sie zurückziehen" in warned.text
    assert "erledigt" in standing(office.open(address), "Ergebnis veröffentlichen")

    closing.reopen_district(desk, place.districts[0], "Nachzählung beschlossen")
    assert "überholt" in standing(office.open(address), "Ergebnis veröffentlichen")
    publication = office.open(f"{address}veroeffentlichung")
    assert "Die öffentliche Fassung 1 ist überholt" in publication.text
    page = office.press(
        office.open(publication.link("Fassung 1 jetzt zurückziehen")), "Fassung zurückziehen", notice="Es wird nachgezählt."
    )
    assert "ist überholt" not in page.text
