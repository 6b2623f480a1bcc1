"""The tasks of an election by section: what is done, what is open until when, and what is due next."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from beiratswahl import clock
from beiratswahl.access import archive
from beiratswahl.office.task import Task
from beiratswahl.office.task_calendar import stand
from beiratswahl.office.tasks_after import on_the_day, settling
from beiratswahl.office.tasks_before import nominating, preparing_the_day, setting_up
from beiratswahl.office.tasks_roll import keeping_the_roll
from beiratswahl.operations.calendar import calendar
from beiratswahl.store.read.setup import ElectionView


class Section(NamedTuple):
    """Abschnitt: tasks that belong together, under one title."""

    title: str
    tasks: tuple[Task, ...]


def sections_of(election: ElectionView) -> tuple[Section, ...]:
    """Aufgaben einer Wahl by section, the one that is due next marked."""
    entries = {entry.deadline.key: entry for entry in calendar(archive.session(), election.election_id, clock.now())}
    at = stand(election, entries, clock.today())
    return _marked(
        (
            Section("Einrichten", setting_up(at)),
            Section("Wahlvorschläge", nominating(at)),
            Section("Wählerverzeichnis", keeping_the_roll(at)),
            Section("Wahltag", (*preparing_the_day(at), *on_the_day(at))),
            Section("Ergebnis", settling(at)),
        )
    )


def due_next(tasks: Iterable[Task]) -> Task | None:
    """Nächster Schritt: of what somebody can do now, the task with the earliest last day; without one, the first in order."""
    pressing = [task for task in tasks if task.presses and task.url]
    return min(pressing, key=lambda task: task.by or date.max, default=None)


def _marked(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    following = due_next(task for section in sections for task in section.tasks)
    return tuple(
        Section(section.title, tuple(replace(task, is_next=True) if task is following else task for task in section.tasks))
        for section in sections
    )
