"""What every task before election day rests on: the calendar of the election, and what becomes of a task when its last day is over."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from flask import url_for

from beiratswahl import words
from beiratswahl.access import archive
from beiratswahl.office.task import DONE, OPEN, OVERDUE, RUNNING, UNRECORDED, WAITING, Task, until
from beiratswahl.operations.announcements_before import Announcement
from beiratswahl.operations.calendar import CalendarEntry, DeadlineState
from beiratswahl.store.read import setup
from beiratswahl.store.read.electoral_roll import RollView, electoral_roll
from beiratswahl.store.read.setup import DistrictView, ElectionView


@dataclass(frozen=True, slots=True)
class Stand:
    """What every task looks at: the election, its calendar by key, the roll, the polling districts, and the day."""

    election: ElectionView
    calendar: Mapping[str, CalendarEntry]
    book: RollView | None
    districts: tuple[DistrictView, ...]
    today: date

    def page(self, endpoint: str) -> str:
        """Address of a page of this election."""
        return url_for(f"office.{endpoint}", election_id=self.election.election_id)

    def notice(self, which: Announcement) -> str:
        """Address of the page on which a notice is published."""
        return url_for("office.publish_notice", election_id=self.election.election_id, which=which.value)

    def last_day(self, key: str) -> date | None:
        """Last day of a deadline; None when these rules have none."""
        entry = self.calendar.get(key)
        if entry is None:
            return None
        return entry.deadline.at.date() if isinstance(entry.deadline.at, datetime) else entry.deadline.at

    def until(self, key: str) -> str:
        """Deadline in words, "" when these rules have none."""
        entry = self.calendar.get(key)
        return until(entry.deadline.at, self.today) if entry else ""

    @property
    def day_is_over(self) -> bool:
        """Whether election day is over."""
        return self.today > self.election.day


def stand(election: ElectionView, calendar: Mapping[str, CalendarEntry], today: date) -> Stand:
    """What every task of an election looks at."""
    session, election_id = archive.session(), election.election_id
    return Stand(election, calendar, electoral_roll(session, election_id), tuple(setup.districts(session, election_id)), today)


def timely(at: Stand, tasks: tuple[Task, ...]) -> tuple[Task, ...]:
    """What is open past its last day is overdue; what nobody entered before the election presses no more after it."""
    found = []
    for task in tasks:
        if task.status in (OPEN, RUNNING, WAITING) and at.day_is_over and task.by is not None:
            task = replace(task, status=UNRECORDED, hint="", may_stay=True)
        elif task.status in (OPEN, RUNNING) and task.by is not None and task.by < at.today:
            task = replace(task, status=OVERDUE)
        found.append(task)
    return tuple(found)


def by_calendar(at: Stand, title: str, key: str, url: str = "") -> Task:
    """A task that the calendar knows of: kept by an act, ticked by hand, or due."""
    entry, page = at.calendar[key], url or at.page("deadlines")
    if entry.state is DeadlineState.DONE:
        on = f"am {words.short_date(entry.done_on)}" if entry.done_on else ""
        return Task(title, page, DONE, f"{', '.join(part for part in (entry.note, on) if part)}.")
    hand = "" if url else " Das geschieht außerhalb des Programms; haken Sie es unter „Fristen“ ab."
    return Task(title, page, OPEN, f"{first_up(at.until(key))}.{hand}", by=at.last_day(key))


def notice(at: Stand, title: str, key: str, which: Announcement) -> Task:
    """A notice with the deadline by which it has to be out."""
    return by_calendar(at, title, key, at.notice(which))


def first_up(text: str) -> str:
    """The text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]
