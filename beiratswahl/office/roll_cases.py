"""Working through a list of cases: the chosen list stays in the address from case to case, and the next case is one key away."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from beiratswahl.access import archive
from beiratswahl.office import roll_words
from beiratswahl.operations.roll_clarifications import Matter, open_matters
from beiratswahl.store.read import roll as read
from beiratswahl.store.read.roll_views import PersonFilter, PersonView
from beiratswahl.store.read.roll_work import WorkList

#: what of an address chooses a list, and where in it one was
CHOICE = ("liste", "suche", "antwort", "gruppe", "eintragung", "fehlt", "neu")
KEPT = (*CHOICE, "seite")


@dataclass(frozen=True, slots=True)
class Course:
    """Gang durch eine Liste.

    Attributes:
        title: name of the list.
        persons: cases in it.
        next_id: the next case, None when nobody else is in the list.
        kept: what goes on in every address.
        done: True right after an act, when the next case is the next step.
        searched: True for what a search among all has found; after an act the next search is the next step.
    """

    title: str
    persons: int
    next_id: int | None
    kept: Mapping[str, str]
    done: bool
    searched: bool


def kept() -> dict[str, str]:
    """The choice of the list, as every address of a case carries it on."""
    return {name: value for name, value in request.args.items() if name in KEPT and value}


def wanted() -> PersonFilter:
    """The chosen persons; the unclear ones when nothing is chosen."""
    asked = request.args
    work = asked.get("liste", "" if any(name in asked for name in CHOICE) else WorkList.UNCLEAR.value)
    return PersonFilter(
        work=WorkList(work) if work in {one.value for one in WorkList} else None,
        entitled=asked.get("antwort") or None,
        category=asked.get("gruppe") or None,
        entry=asked.get("eintragung") or None,
        search=asked.get("suche", "").strip(),
        missing=True if asked.get("fehlt") else None,
        decided_again=bool(asked.get("neu")),
    )


def title_of(chosen: PersonFilter) -> str:
    """What a list is called."""
    if chosen.work is not None:
        return roll_words.WORK_TITLES[chosen.work]
    return "Unklare Fälle" if chosen.entitled == "unclear" and not chosen.search else "Personen"


def course(election_id: int, person_id: int) -> Course | None:
    """Where in which list the case at hand stands; None when it was opened from no list."""
    going = kept()
    if not any(name in going for name in CHOICE):
        return None
    session, chosen = archive.session(), wanted()
    return Course(
        title_of(chosen),
        read.number_of_persons(session, election_id, chosen),
        read.next_case(session, election_id, chosen, person_id),
        going,
        "erledigt" in request.args,
        bool(chosen.search) and chosen.work is None,
    )


def matters_of(view: PersonView) -> tuple[Matter, ...]:
    """Sachen that can be settled now: what the decision leaves open, and what the office has settled already."""
    waiting = open_matters([{"rule": reason.rule, "met": reason.met} for reason in view.decisions[0].reasons])
    settled = {one.matter for one in view.clarifications if one.counts}
    return tuple(matter for matter in Matter if matter in waiting or matter.value in settled)
