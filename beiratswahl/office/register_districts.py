"""Zuordnung: which districts and streets of the register belong to which polling district."""

from collections import Counter

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from beiratswahl.access import archive
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.office.frame import done
from beiratswahl.office.roll_shelves import DISTRICTS, show_shelf
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.roll_districts import assign_register_district
from beiratswahl.store.read import electoral_roll, setup
from beiratswahl.store.read.register_districts import RegisterDistrictView, persons_by_district, register_districts


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/verzeichnis/zuordnung"
    door.add_url_rule(base, "register_districts", overview)
    door.add_url_rule(f"{base}/aendern", "assign_register_district", assign, methods=["POST"])


@holding(Permission.KEEP_ROLL)
def overview(election_id: int) -> ResponseReturnValue:
    """Bezirke und Straßen mit ihrer Zuordnung; what nobody settled comes first."""
    session = archive.session()
    views = register_districts(session, election_id)
    return show_shelf(
        "register_districts.html",
        DISTRICTS,
        views=sorted(views, key=lambda view: (not view.unassigned, view.name.zfill(12) if view.name.isdecimal() else view.name)),
        places=setup.districts(session, election_id),
        entered=persons_by_district(session, election_id),
        planned=_planned(views),
        blocked=sum(view.blocked for view in views),
        missing=sum(view.unassigned for view in views),
        book=electoral_roll.electoral_roll(session, election_id),
    )


@holding(Permission.KEEP_ROLL)
def assign(election_id: int) -> ResponseReturnValue:
    """Zuordnen, or take an assignment back."""
    name, street = request.form.get("name", ""), request.form.get("strasse", "")
    chosen = request.form.get("stimmbezirk", type=int)
    try:
        assign_register_district(desk(), election_id, name, street, chosen)
        place = f"Die Straße „{street}“" if street else f"Der Bezirk „{name or 'ohne Angabe'}“"
        return done(f"{place} ist zugeordnet." if chosen else f"{place} hat keine eigene Zuordnung mehr.", "register_districts")
    except Refused as error:
        flash(str(error), "warning")
        return redirect(url_for("office.register_districts", election_id=election_id))


def _planned(views: tuple[RegisterDistrictView, ...]) -> Counter[int | None]:
    """Persons who would stand in each polling district, blocked addresses left out; None for nobody's."""
    return sum((view.planned for view in views), Counter())
