"""Was im Wählerverzeichnis wartet: every work list with its number, the most pressing first."""

from typing import NamedTuple

from flask import url_for

from beiratswahl.access import archive
from beiratswahl.office import roll_words
from beiratswahl.operations.roll_objection_deadlines import Limits, until
from beiratswahl.store.read import electoral_roll, roll_cases
from beiratswahl.store.read.roll_duplicates import undecided_pairs
from beiratswahl.store.read.roll_work import WorkList, work_counts


class Task(NamedTuple):
    """Arbeitsliste mit ihrer Zahl; `presses` is True when somebody has to do something."""

    title: str
    text: str
    url: str
    cases: int
    presses: bool


#: lists of persons in which something is to be done, and those that only show who is in them
PRESSING = (WorkList.UNCLEAR, WorkList.CHANGED, WorkList.MISSING)
SHOWING = (WorkList.NEEDS_APPLICATION, WorkList.APPLIED, WorkList.UNREGISTERED, WorkList.EX_OFFICIO)


def work(election_id: int) -> tuple[Task, ...]:
    """Alle Arbeitslisten: unclear cases first, then what waits for a decision, then the lists to look things up."""
    counts = work_counts(archive.session(), election_id)
    unclear, *further = (_list(election_id, of, counts[of], presses=True) for of in PRESSING)
    return (
        unclear,
        _second_look(election_id),
        _objections(election_id),
        _duplicates(election_id),
        *further,
        *(_list(election_id, of, counts[of], presses=False) for of in SHOWING),
    )


def _list(election_id: int, of: WorkList, cases: int, *, presses: bool) -> Task:
    title, text = roll_words.WORK[of]
    return Task(title, text, url_for("office.persons", election_id=election_id, liste=of.value), cases, presses and cases > 0)


def _second_look(election_id: int) -> Task:
    session = archive.session()
    decisions = sum(one.waits for one in electoral_roll.objections(session, election_id))
    cases = roll_cases.number_waiting(session, election_id) + decisions
    text = "Erfasst oder entschieden; eingetragen wird erst, wenn eine zweite Person zugestimmt hat."
    return Task("Zweiter Blick", text, url_for("office.second_looks", election_id=election_id), cases, cases > 0)


def _objections(election_id: int) -> Task:
    session = archive.session()
    cases = sum(one.is_open for one in electoral_roll.objections(session, election_id))
    text = _deadline(until(session, election_id))
    return Task("Offene Einwendungen", text, url_for("office.objections", election_id=election_id), cases, cases > 0)


def _deadline(limits: Limits) -> str:
    if limits.decision.is_over:
        return f"Entschieden sein sollte bis {limits.decision.day:%d.%m.%Y} (§ 14 Abs. 3 KWO)."
    return f"Entscheiden bis {limits.decision.day:%d.%m.%Y}: noch {limits.decision.left} (§ 14 Abs. 3 KWO)."


def _duplicates(election_id: int) -> Task:
    cases = len(undecided_pairs(archive.session(), election_id))
    text = "Zwei Registereinträge, die nach einer Person aussehen; zusammengeführt wird nur auf Ihre Entscheidung."
    return Task("Mögliche Doppelungen", text, url_for("office.duplicates", election_id=election_id), cases, cases > 0)
