"""Was im Wählerverzeichnis wartet: every work list with its number, the most pressing first."""

from typing import NamedTuple

from flask import url_for

from beiratswahl.access import archive
from beiratswahl.office import roll_words
from beiratswahl.operations.roll_objection_deadlines import Limits, until
from beiratswahl.store.read.roll_duplicates import undecided_pairs
from beiratswahl.store.read.roll_pending import Pending, open_objections, second_looks
from beiratswahl.store.read.roll_work import WorkList, work_counts


class Task(NamedTuple):
    """Arbeitsliste mit ihrer Zahl; `presses` is True when somebody has to do something."""

    title: str
    text: str
    url: str
    cases: int
    presses: bool


#: lists of persons in which something is to be done, and those that only show who is in them
PRESSING = (
    *(WorkList.UNCLEAR, WorkList.NOT_ENTERED, WorkList.LOST_RIGHT, WorkList.ENTITLED_AGAIN),
    *(WorkList.OTHER_FACTS, WorkList.CHANGED, WorkList.MISSING),
)
SHOWING = (WorkList.NEEDS_APPLICATION, WorkList.APPLIED, WorkList.UNREGISTERED, WorkList.EX_OFFICIO)


def work(election_id: int) -> tuple[Task, ...]:
    """Alle Arbeitslisten: unclear cases first, then what waits for a decision, then the lists to look things up."""
    session = archive.session()
    counts = work_counts(session, election_id)
    unclear, *further = (_list(election_id, of, counts[of], presses=True) for of in PRESSING)
    return (
        unclear,
        _second_look(election_id, second_looks(session, election_id)),
        _objections(election_id, open_objections(session, election_id)),
        _duplicates(election_id, len(undecided_pairs(session, election_id))),
        *further,
        *(_list(election_id, of, counts[of], presses=False) for of in SHOWING),
    )


def waiting(election_id: int, found: Pending) -> tuple[Task, ...]:
    """Was vor dem Abschluss noch zu klären ist; lists with no case are left out."""
    tasks = (
        _list(election_id, WorkList.UNCLEAR, found.unclear, presses=True),
        _second_look(election_id, found.second_looks),
        _objections(election_id, found.objections),
        _list(election_id, WorkList.NOT_ENTERED, found.not_entered, presses=True),
        _list(election_id, WorkList.LOST_RIGHT, found.lost_right, presses=True),
        _list(election_id, WorkList.ENTITLED_AGAIN, found.entitled_again, presses=True),
        _list(election_id, WorkList.OTHER_FACTS, found.other_facts, presses=True),
        _duplicates(election_id, found.duplicates),
    )
    return tuple(task for task in tasks if task.cases)


def _list(election_id: int, of: WorkList, cases: int, *, presses: bool) -> Task:
    title, text = roll_words.WORK[of]
    return Task(title, text, url_for("office.persons", election_id=election_id, liste=of.value), cases, presses and cases > 0)


def _second_look(election_id: int, cases: int) -> Task:
    text = "Erfasst oder entschieden; eingetragen wird erst, wenn eine zweite Person zugestimmt hat."
    return Task("Zweiter Blick", text, url_for("office.second_looks", election_id=election_id), cases, cases > 0)


def _objections(election_id: int, cases: int) -> Task:
    text = _deadline(until(archive.session(), election_id))
    return Task("Offene Einwendungen", text, url_for("office.objections", election_id=election_id), cases, cases > 0)


def _deadline(limits: Limits) -> str:
    if limits.decision.is_over:
        return f"Entschieden sein sollte bis {limits.decision.day:%d.%m.%Y} (§ 14 Abs. 3 KWO)."
    return f"Entscheiden bis {limits.decision.day:%d.%m.%Y}: noch {limits.decision.left} (§ 14 Abs. 3 KWO)."


def _duplicates(election_id: int, cases: int) -> Task:
    text = "Zwei Registereinträge, die nach einer Person aussehen; zusammengeführt wird nur auf Ihre Entscheidung."
    return Task("Mögliche Doppelungen", text, url_for("office.duplicates", election_id=election_id), cases, cases > 0)
