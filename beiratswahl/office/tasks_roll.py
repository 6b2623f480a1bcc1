"""The tasks of the roll: who is in it, its notices, Wahlscheine, and its closing."""

from collections import Counter
from dataclasses import replace

from beiratswahl import words
from beiratswahl.access import archive
from beiratswahl.office.task import DONE, OPEN, RUNNING, WAITING, Task
from beiratswahl.office.task_calendar import Stand, by_calendar, first_up, notice, timely
from beiratswahl.operations.announcements_before import Announcement
from beiratswahl.operations.calendar import DeadlineState
from beiratswahl.store.read import roll
from beiratswahl.store.read.roll_work import WorkList, number_in


def keeping_the_roll(at: Stand) -> tuple[Task, ...]:
    """Wählerverzeichnis and Wahlscheine."""
    found = [
        by_calendar(at, "Bekannt machen, wer ohne Meldepflicht einen Antrag braucht", "unregistered_notice"),
        _roll(at),
        notice(at, "Einsicht in das Wählerverzeichnis bekannt machen", "inspection_notice", Announcement.INSPECTION),
    ]
    if "voting_notices" in at.calendar:
        found.append(by_calendar(at, "Wahlbenachrichtigungen versenden", "voting_notices"))
    return timely(at, (*found, _certificates(at), _closing(at)))


def _roll(at: Stand) -> Task:
    title, url, election_id = "Wählerverzeichnis aufstellen", at.page("roll"), at.election.election_id
    persons: Counter[str] = Counter()
    for count in roll.verdict_counts(archive.session(), election_id):
        persons[count.entitled] += count.persons
    by = at.last_day("register_key_date")
    if not persons:
        return Task(
            title, url, OPEN, f"Es ist noch kein Auszug aus dem Melderegister eingelesen. {first_up(at.until('register_key_date'))}.", by=by
        )
    parts = [f"{words.counted(persons['yes'], 'Person ist', 'Personen sind')} wahlberechtigt"]
    if applying := number_in(archive.session(), election_id, WorkList.NEEDS_APPLICATION):
        parts.append(f"{words.number(applying)} brauchen einen Antrag")
    if persons["unclear"]:
        parts.append(f"{words.number(persons['unclear'])} noch unklar")
    found = f"{', '.join(parts)}."
    if at.book is None:
        hint = f"{found} Das Verzeichnis ist noch nicht angelegt; Stichtag ist {words.weekday_date(by)}." if by else found
        return Task(title, at.page("roll_book"), RUNNING, hint, may_stay=bool(by and at.today < by), by=by)
    if at.book.closed_at_utc is not None:
        return Task(title, url, DONE, f"{words.counted(at.book.entries, 'Eintrag', 'Einträge')}.")
    if persons["unclear"]:
        return Task(title, url, RUNNING, found, may_stay=True)
    return Task(title, url, DONE, found)


def _certificates(at: Stand) -> Task:
    title = "Wahlscheine und Briefwahlunterlagen ausgeben"
    # only where everybody votes by post do the papers go to all
    postal_only = "postal_dispatch_ends" in at.calendar
    key = "postal_dispatch_ends" if postal_only else "voting_certificates"
    entry = at.calendar[key]
    last, hint = at.last_day(key), f"{first_up(at.until(key))}."
    if entry.state is DeadlineState.DONE:
        return by_calendar(at, title, key)
    if at.book is None:
        return Task(title, "", WAITING, f"Erst muss das Wählerverzeichnis angelegt sein. {hint}", by=last)
    issued = at.book.certificates
    still = max(at.book.entries - at.book.blocked - at.book.certificates, 0)
    if issued and postal_only and not still:
        return Task(title, at.page("certificates"), DONE, "Alle Eingetragenen haben einen Wahlschein.")
    if issued and not postal_only and entry.state is not DeadlineState.DUE:
        return Task(title, at.page("certificates"), DONE, "Die Antragsfrist ist zu Ende.")
    told = f"{words.number(still)} von {words.number(at.book.entries - at.book.blocked)} ohne Wahlschein. {hint}" if postal_only else hint
    return Task(title, at.page("certificates"), RUNNING if issued else OPEN, told, may_stay=not postal_only, by=last)


def _closing(at: Stand) -> Task:
    title, key = "Wählerverzeichnis abschließen", "roll_closed"
    task = by_calendar(at, title, key, at.page("roll_closing"))
    if task.status == DONE:
        return task
    if at.book is None:
        return replace(task, url="", status=WAITING, hint=f"Erst muss das Wählerverzeichnis angelegt sein. {task.hint}")
    due = at.calendar[key].deadline
    if task.by is not None and at.today < task.by:
        return replace(task, status=WAITING, may_stay=True, hint=f"Abgeschlossen wird am {words.weekday_date(task.by)} ({due.source}).")
    return task
