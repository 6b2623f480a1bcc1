"""The frame of this door's pages: the steps of an evening, and what is shown around each of them."""

from typing import Any, NamedTuple

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from beiratswahl import clock
from beiratswahl.access import archive, login
from beiratswahl.access.gates import place
from beiratswahl.access.roles import Permission
from beiratswahl.operations import boards
from beiratswahl.operations.ballots import Paper, ballot_paper
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.teams import DeviceState
from beiratswahl.store.read import counting, teams
from beiratswahl.store.read.setup import DistrictView

SEE_OTHER, CONFLICT, UNPROCESSABLE = 303, 409, 422


class Step(NamedTuple):
    """One step of the evening and the page it is done on."""

    title: str
    endpoint: str


OVERVIEW = Step("Übersicht", "counting.district")
BOARD = Step("Wahlvorstand", "counting.board")
TEAMS = Step("Gruppen", "counting.teams")
LETTERS = Step("Wahlbriefe", "counting.letters")
STACKS = Step("Stapel", "counting.stacks")
BALLOTS = Step("Stimmzettel", "counting.ballots")
DOUBTS = Step("Zweifelsfälle", "counting.doubts")
CHECKS = Step("Kontrolle", "counting.checks")
VOTES = Step("Stimmabgabe", "counting.vote_notes")
CLOSING = Step("Abschluss", "counting.closing")
STEPS = (OVERVIEW, LETTERS, STACKS, BALLOTS, DOUBTS, CHECKS, CLOSING)
#: shown to those who may resolve and close; stands beside the order of the evening
FOR_THE_BOARD = (OVERVIEW, BOARD, TEAMS, *STEPS[1:])
#: a district with a polling room also notes who has voted
FOR_THE_ROOM = (OVERVIEW, BOARD, TEAMS, VOTES, *STEPS[1:])


def here() -> DistrictView:
    """The polling district the gate of this request has checked."""
    district = place().district
    if district is None:
        raise LookupError("this page has no polling district in its address")
    return district


def paper() -> Paper:
    """The ballot paper of this request's election.

    Raises:
        Refused: there is none yet.
    """
    return ballot_paper(archive.session(), place().election.election_id)


def may_close() -> bool:
    """Whether the person of this request may resolve and close, not only record."""
    person = login.current()
    return person is not None and holds(person, Permission.CLOSE_COUNT)


def show(template: str, step: Step, *, status: int = 200, **context: object) -> ResponseReturnValue:
    """Render a page of a polling district with its steps around it.

    Args:
        template: path below `templates/counting/`.
        step: the step the page belongs to.
        status: 422 for the answer to an entry with faults or an act that was refused.
        context: what the template needs besides place, steps and the state of the count (`count`, unless given).
    """
    district = here()
    steps = [
        (each.title, url_for(each.endpoint, district_id=district.district_id), each == step)
        for each in ((FOR_THE_BOARD if district.postal else FOR_THE_ROOM) if may_close() else STEPS)
    ]
    following = STEPS[STEPS.index(step) + 1] if step in STEPS[:-1] else None
    context.setdefault("count", counting.count(archive.session(), district.district_id))
    for name, value in standing(step.endpoint).items():
        context.setdefault(name, value)
    return render_template(
        f"counting/{template}",
        district=district,
        election=place().election,
        municipality=place().municipality,
        steps=steps,
        following=following,
        **context,
    ), status


def standing(endpoint: str) -> dict[str, object]:
    """Lage: whether capture rests, and how many teams wait for the chair; what the page itself says is left out of its frame."""
    person, district_id = login.current(), here().district_id
    resting = boards.resting(archive.session(), district_id, person.account_id if person else None) if endpoint != BOARD.endpoint else ""
    admits = endpoint != TEAMS.endpoint and person is not None and holds(person, Permission.ADMIT_TEAMS)
    waiting = teams.devices(archive.session(), district_id, (DeviceState.WAITING.value,), clock.now()) if admits else ()
    return {"resting": resting, "waiting_teams": len(waiting), "here_endpoint": endpoint}


def holds(person: login.Person, permission: Permission) -> bool:
    """Whether a person has a permission in this request's polling district."""
    return person.role_for(permission, place().municipality.municipality_id, here().district_id) is not None


def done(message: str, endpoint: str, **address: Any) -> ResponseReturnValue:
    """Say what was done and go on to a page of the same polling district."""
    flash(message, "success")
    return go(endpoint, **address)


def go(endpoint: str, **address: Any) -> ResponseReturnValue:
    """Go on to a page of the same polling district; a reload of it sends nothing again."""
    return redirect(url_for(f"counting.{endpoint}", **{"district_id": here().district_id, **address}), SEE_OTHER)


def explain_refusal(error: Refused) -> ResponseReturnValue:
    """The page for what is not possible now, such as counting before there is a ballot paper."""
    return render_template("counting/refused.html", text=str(error), district=place().district), CONFLICT
