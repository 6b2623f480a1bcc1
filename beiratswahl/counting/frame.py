"""The frame of this door's pages: the steps of an evening, and what is shown around each of them."""

from typing import Any, NamedTuple

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from beiratswahl import clock
from beiratswahl.access import archive, login
from beiratswahl.access.gates import place
from beiratswahl.access.roles import Permission
from beiratswahl.law.boards import TeamTask
from beiratswahl.operations import capture
from beiratswahl.operations.ballots import Paper, ballot_paper
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.team_devices import DeviceState
from beiratswahl.store.read import counting, teams
from beiratswahl.store.read.setup import DistrictView

SEE_OTHER, CONFLICT, UNPROCESSABLE = 303, 409, 422


class Step(NamedTuple):
    """One step of the evening, the page it is done on, and who may do it."""

    title: str
    endpoint: str
    permission: Permission


OVERVIEW = Step("Übersicht", "counting.district", Permission.JOIN_COUNT)
BOARD = Step("Wahlvorstand", "counting.board", Permission.CLOSE_COUNT)
TEAMS = Step("Gruppen", "counting.teams", Permission.ADMIT_TEAMS)
VOTES = Step("Stimmabgabe", "counting.vote_notes", Permission.NOTE_VOTES)
LETTERS = Step("Wahlbriefe", "counting.letters", Permission.RECORD_LETTERS)
STACKS = Step("Stapel", "counting.stacks", Permission.RECORD_STACKS)
BALLOTS = Step("Stimmzettel", "counting.ballots", Permission.RECORD_BALLOTS)
SECOND_ENTRY = Step("Zweiteingabe", "counting.second_entry", Permission.RECORD_SECOND_ENTRY)
DOUBTS = Step("Zweifelsfälle", "counting.doubts", Permission.CHECK_COUNT)
CHECKS = Step("Kontrolle", "counting.checks", Permission.CHECK_COUNT)
CLOSING = Step("Abschluss", "counting.closing", Permission.CHECK_COUNT)
VOTERS = "Wählerinnen und Wähler"
#: the order of the evening
STEPS = (OVERVIEW, LETTERS, STACKS, BALLOTS, DOUBTS, CHECKS, CLOSING)
#: stand beside the order; who has voted is noted only where there is a polling room
BESIDE, IN_THE_ROOM = (BOARD, TEAMS), (VOTES,)


def here() -> DistrictView:
    """The polling district the gate of this request has checked."""
    district = place().district
    if district is None:
        raise LookupError("this page has no polling district in its address")
    return district


def paper() -> Paper:
    """The ballot paper of this request's election, read once.

    Raises:
        Refused: there is none yet.
    """
    if "paper" not in g:
        g.paper = ballot_paper(archive.session(), place().election.election_id)
    found: Paper = g.paper
    return found


def may(permission: Permission) -> bool:
    """Whether the person of this request has a permission in its polling district."""
    person = login.current()
    return person is not None and holds(person, permission)


def may_close() -> bool:
    """Whether the person of this request may resolve and close, not only record."""
    return may(Permission.CLOSE_COUNT)


def task() -> TeamTask | None:
    """The one task the counting team of this request is limited to; None when it is not."""
    person = login.current()
    return person.task if person else None


def task_words(one: TeamTask) -> str:
    """A task under the name it has here."""
    return VOTERS if one is TeamTask.LETTERS and not here().postal else one.value


def titled(step: Step) -> Step:
    """The step under the name it has here: a district with a polling room counts voters and opens no letters."""
    return step._replace(title=VOTERS) if step == LETTERS and not here().postal else step


def steps() -> list[Step]:
    """Steps in the navigation; a counting team with a task sees that one and the overview."""
    if task() is TeamTask.SECOND_ENTRY:
        return [OVERVIEW, SECOND_ENTRY]
    every = (OVERVIEW, *BESIDE, *(() if here().postal else IN_THE_ROOM), *STEPS[1:])
    return [each for each in every if may(each.permission)]


def _above(step: Step) -> Step:
    """The step under which a page stands for those who see all of them."""
    return CHECKS if step == SECOND_ENTRY else step


def show(template: str, step: Step, *, status: int = 200, **context: object) -> ResponseReturnValue:
    """Render a page of a polling district with its steps around it.

    Args:
        template: path below `templates/counting/`.
        step: the step the page belongs to.
        status: 422 for the answer to an entry with faults or an act that was refused.
        context: what the template needs besides place, steps and the state of the count (`count`, unless given).
    """
    district = here()
    shown = [
        (titled(each).title, url_for(each.endpoint, district_id=district.district_id), step in (each, _above(each))) for each in steps()
    ]
    following = next((each for each in STEPS[STEPS.index(step) + 1 :] if may(each.permission)), OVERVIEW) if step in STEPS else None
    if "count" not in context:
        context["count"] = counting.count(archive.session(), district.district_id)
    may_do = {"may_close": may_close(), "may_check": may(Permission.CHECK_COUNT)}
    for name, value in {**may_do, **standing(step.endpoint)}.items():
        context.setdefault(name, value)
    return render_template(
        f"counting/{template}",
        district=district,
        election=place().election,
        municipality=place().municipality,
        steps=shown,
        following=following,
        **context,
    ), status


def standing(endpoint: str) -> dict[str, object]:
    """Lage: whether capture rests, and how many teams wait for the chair; what the page itself says is left out of its frame."""
    person, district_id = login.current(), here().district_id
    resting = capture.resting(archive.session(), district_id, person.account_id if person else None) if endpoint != BOARD.endpoint else ""
    admits = endpoint != TEAMS.endpoint and may(Permission.ADMIT_TEAMS)
    waiting = teams.devices(archive.session(), district_id, (DeviceState.WAITING.value,), clock.now()) if admits else ()
    return {"resting": resting, "waiting_teams": len(waiting), "here_endpoint": endpoint}


def holds(person: login.Person, permission: Permission) -> bool:
    """Whether a person has a permission in this request's polling district."""
    return person.role_for(permission, place().election.municipality_id, here().district_id) is not None


def done(message: str, endpoint: str, **address: Any) -> ResponseReturnValue:
    """Say what was done and go on to a page of the same polling district."""
    flash(message, "success")
    return go(endpoint, **address)


def go_on(message: str, then: str, step: Step) -> ResponseReturnValue:
    """Say what was done and what comes next, and go there; who may not do that goes back to the overview.

    Args:
        message: what was done.
        then: what comes next on the page of `step`.
        step: the next step of the evening.
    """
    if may(step.permission):
        return done(f"{message} {then}".strip(), step.endpoint.removeprefix("counting."))
    return done(f"{message} Sagen Sie dem Wahlvorsteher Bescheid; er sagt Ihnen, was als Nächstes kommt.", "district")


def go(endpoint: str, **address: Any) -> ResponseReturnValue:
    """Go on to a page of the same polling district; a reload of it sends nothing again."""
    return redirect(url_for(f"counting.{endpoint}", **{"district_id": here().district_id, **address}), SEE_OTHER)


def explain_refusal(error: Refused) -> ResponseReturnValue:
    """The page for what is not possible now, such as counting before there is a ballot paper."""
    return render_template("counting/refused.html", text=str(error), district=place().district), CONFLICT
