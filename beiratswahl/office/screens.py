"""Anzeigen für den Raum: the office opens and closes them, and says whether votes are shown once everything is closed."""

import segno
from flask import Blueprint, current_app, request, url_for
from flask.typing import ResponseReturnValue

from beiratswahl.access import archive
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.office.frame import done, show
from beiratswahl.operations import screens as operations
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read import setup
from beiratswahl.store.read.count_units import screens as read_screens

ALL = 0


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    at = "/wahl/<int:election_id>/zaehlung/anzeige"
    door.add_url_rule(at, "screens", screens, methods=["GET", "POST"])
    door.add_url_rule(f"{at}/<int:screen_id>/schliessen", "close_screen", close, methods=["POST"])


@holding(Permission.SET_UP_ELECTION)
def screens(election_id: int) -> ResponseReturnValue:
    """Anzeigen zeigen und öffnen."""
    link, refusal = "", ""
    if request.method == "POST":
        district_id = request.form.get("bezirk", ALL, type=int) or None
        try:
            secret = operations.open_screen(desk(), election_id, district_id, shows_votes=request.form.get("stimmen") == "ja")
            link = (
                url_for("counting.room", screen=secret, _external=True)
                if "counting" in current_app.blueprints
                else f"/auszaehlung/saal/{secret}"
            )
        except Refused as error:
            refusal = str(error)
    return _page(election_id, link, refusal)


@holding(Permission.SET_UP_ELECTION)
def close(election_id: int, screen_id: int) -> ResponseReturnValue:
    """Anzeige schließen."""
    try:
        operations.close_screen(desk(), election_id, screen_id)
    except Refused as error:
        return _page(election_id, "", str(error))
    return done("Die Anzeige ist geschlossen.", "screens")


def _page(election_id: int, link: str, refusal: str) -> ResponseReturnValue:
    session = archive.session()
    districts = {of.district_id: of for of in setup.districts(session, election_id)}
    opened = [(each, districts[each.district_id] if each.district_id else None) for each in read_screens(session, election_id)]
    picture = segno.make(link, error="m", micro=False).svg_data_uri(scale=6, border=4, dark="#000", light="#fff") if link else ""
    return show(
        "counting/screens.html",
        "counting",
        opened=opened,
        districts=districts.values(),
        link=link,
        picture=picture,
        refusal=refusal,
        refused=bool(refusal),
    )
