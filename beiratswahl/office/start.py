"""Start of the office: the elections of my municipalities, and one election as a list of tasks with the next step first."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from beiratswahl.access import archive, login
from beiratswahl.access.gates import holding, holding_anywhere, place
from beiratswahl.access.roles import Permission
from beiratswahl.office.frame import may, show
from beiratswahl.office.tasks import sections_of
from beiratswahl.store.read import setup


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    door.add_url_rule("/", "start", start)
    door.add_url_rule("/wahl/<int:election_id>/", "election", election)


@holding_anywhere(Permission.READ_JOURNAL)
def start() -> ResponseReturnValue:
    """Wahlen meiner Körperschaften."""
    person = login.current()
    mine = person.municipalities(Permission.READ_JOURNAL) if person else frozenset()
    setting_up = person.municipalities(Permission.SET_UP_ELECTION) if person else frozenset()
    session = archive.session()
    names = {municipality_id: setup.municipality(session, municipality_id) for municipality_id in mine}
    return render_template("office/start.html", elections=setup.elections(session, mine), municipalities=names, may_set_up=bool(setting_up))


@holding(Permission.READ_JOURNAL)
def election(election_id: int) -> ResponseReturnValue:
    """Eine Wahl: was zu tun ist."""
    sections = sections_of(place().election) if may(Permission.SEE_ELECTION) else ()
    following = next((task for section in sections for task in section.tasks if task.is_next), None)
    return show("election.html", "election", sections=sections, following=following, may_manage=may(Permission.MANAGE_ACCOUNTS))
