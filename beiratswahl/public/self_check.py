"""Darf ich wählen? A few questions, each answer a link: nobody types anything, nothing is stored, and files on a web server are enough."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, Response, abort

from beiratswahl.access.gates import public
from beiratswahl.clock import today
from beiratswahl.law.suffrage import Decision, Entitlement, Entry
from beiratswahl.public import answers, self_check_facts
from beiratswahl.public.elections import Due, PublicElection, election_of
from beiratswahl.public.languages import add_page
from beiratswahl.public.self_check_facts import FIRST, NEXT, assessor_of, may_apply, told
from beiratswahl.public.self_check_words import Question, question_of, said

BETWEEN = "-"
FOR_THE_ENTERED = ("postal_dispatch_begins", "postal_dispatch_ends", "voting_notices", "inspection_begins", "inspection_ends")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Antwort: what the law says to the facts given.

    Attributes:
        kind: "yes" (entered ex officio), "apply", "no" or "unclear".
        reasons: what speaks for or against it, each with met (True, False, None) and its source.
        deadlines: what comes next, in order of time.
    """

    kind: str
    reasons: tuple[tuple[str, bool | None, str], ...]
    deadlines: tuple[Due, ...]


def add_to(door: Blueprint) -> None:
    """Hang the pages."""
    add_page(door, "/wahl/<int:election_id>/darf-ich-waehlen", "self_check", first_question)
    add_page(door, "/wahl/<int:election_id>/darf-ich-waehlen/<path_taken>", "self_check_step", step)


def offered(place: PublicElection) -> bool:
    """Whether there is something to ask: information that stands, and an election that is still to come."""
    standing = place.information is not None and place.information.withdrawn_at_utc is None
    return standing and place.cancelled is None and place.election_day >= today()


def past(place: PublicElection) -> bool:
    """Whether there was something to ask, and election day is over: posters and letters still lead here."""
    return place.information is not None and place.cancelled is None and place.election_day < today()


def paths() -> Iterator[str]:
    """Every way through the questions, as it stands in addresses."""
    yield from (BETWEEN.join(of) for of in _ways(FIRST, ()))


@public
def first_question(election_id: int) -> Response:
    """Erste Frage."""
    return _shown(election_id, ())


@public
def step(election_id: int, path_taken: str) -> Response:
    """Weitere Frage or the answer."""
    taken = tuple(path_taken.split(BETWEEN))
    return _shown(election_id, taken) if taken in set(_ways(FIRST, ())) else abort(404)


def over(place: PublicElection) -> Response:
    """Die Wahl ist vorbei."""
    return answers.page("self_check_over.html", place=place)


def _shown(election_id: int, taken: tuple[str, ...]) -> Response:
    place = election_of(election_id)
    if past(place) and not taken:
        return over(place)
    if not offered(place):
        abort(404)
    open_question = _after(taken)
    return answers.page(
        "self_check.html",
        place=place,
        may_apply=may_apply(taken, place.sheet),
        taken=taken,
        before=BETWEEN.join(taken[:-1]),
        said=[_answered(place, taken[:count]) for count in range(1, len(taken) + 1)],
        question=question_of(open_question, place.sheet) if open_question else None,
        link=lambda key: BETWEEN.join((*taken, key)),
        outcome=None if open_question else _outcome(place, taken),
    )


def _answered(place: PublicElection, taken: tuple[str, ...]) -> tuple[Question, str]:
    asked = question_of(_after(taken[:-1]) or FIRST, place.sheet)
    return asked, next(option.text for option in asked.options if option.key == taken[-1])


def _after(taken: tuple[str, ...]) -> str | None:
    """The question that follows these answers; None at the end."""
    question: str | None = FIRST
    for key in taken:
        question = NEXT[question or FIRST][key]
    return question


def _ways(question: str, taken: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for key, following in NEXT[question].items():
        yield (*taken, key)
        if following:
            yield from _ways(following, (*taken, key))


def _outcome(place: PublicElection, taken: tuple[str, ...]) -> Outcome:
    assessor = assessor_of(place.sheet, place.election_day)
    decision = assessor.decide(self_check_facts.person_of(taken, assessor))
    kind = _kind(decision)
    wanted = {"yes": FOR_THE_ENTERED, "apply": ("applications",)}.get(kind, ("inspection_ends",))
    spoken_of = told(taken)
    deciding = {"no": False, "unclear": None}.get(kind, True)
    reasons = tuple(
        (said(reason, assessor), reason.met, reason.source)
        for reason in decision.reasons
        if reason.met is deciding and reason.rule in spoken_of and (kind == "no" or reason.rule != "entry")
    )
    return Outcome(kind, reasons, tuple(of for of in place.deadlines if of.key in wanted))


def _kind(decision: Decision) -> str:
    if decision.entitled is Entitlement.YES:
        return "yes" if decision.entry is Entry.EX_OFFICIO else "apply"
    return "no" if decision.entitled is Entitlement.NO else "unclear"
