"""The frame of the office's pages: which stages an election has, which of them the person may open, and what is shown around a page."""

from typing import Any, NamedTuple

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from beiratswahl.access import login
from beiratswahl.access.gates import place
from beiratswahl.access.roles import Permission

UNPROCESSABLE = 422


class Stage(NamedTuple):
    """One stage in the navigation: its name, the page it opens, who may open it."""

    title: str
    endpoint: str
    permission: Permission


STAGES = (
    Stage("Übersicht", "office.election", Permission.READ_JOURNAL),
    Stage("Regeln", "office.rules", Permission.SET_UP_ELECTION),
    Stage("Fristen", "office.deadlines", Permission.SEE_ELECTION),
    Stage("Wählerverzeichnis", "office.roll", Permission.KEEP_ROLL),
    Stage("Wahlvorschläge", "office.nominations", Permission.KEEP_NOMINATIONS),
    Stage("Schriftstücke", "office.documents", Permission.KEEP_NOMINATIONS),
    Stage("Stimmbezirke", "office.districts", Permission.SET_UP_ELECTION),
    Stage("Zählung", "office.counting", Permission.SEE_ELECTION),
    Stage("Ergebnis", "office.result", Permission.DETERMINE_RESULT),
    Stage("Veröffentlichung", "office.publication", Permission.PUBLISH),
    Stage("Konten", "office.accounts", Permission.MANAGE_ACCOUNTS),
    Stage("Amtsbuch", "office.journal", Permission.READ_JOURNAL),
)


def may(permission: Permission) -> bool:
    """Whether the person of this request has a permission in the municipality of the place."""
    person = login.current()
    return person is not None and person.role_for(permission, place().municipality.municipality_id, None) is not None


def show(template: str, stage: str, *, refused: bool = False, **context: object) -> ResponseReturnValue:
    """Render a page of an election with its navigation.

    Args:
        template: path below `templates/office/`.
        stage: endpoint of the stage the page belongs to, without "office.".
        refused: True for the answer to an act that was refused or a form with errors (422).
    """
    election = place().election
    stages = [
        (entry.title, url_for(entry.endpoint, election_id=election.election_id), entry.endpoint == f"office.{stage}")
        for entry in STAGES
        if may(entry.permission)
    ]
    page = render_template(
        f"office/{template}", election=election, municipality=place().municipality, stages=stages, refused=refused, **context
    )
    return page, UNPROCESSABLE if refused else 200


def done(message: str, endpoint: str, **address: Any) -> ResponseReturnValue:
    """Say what was done and go on to a page of the same election."""
    flash(message, "success")
    return redirect(url_for(f"office.{endpoint}", **{"election_id": place().election.election_id, **address}))
