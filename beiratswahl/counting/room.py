"""Anzeige für den Raum: the progress of the count on a large screen, opened by a link; nobody is logged in at it."""

import segno
from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from beiratswahl import clock
from beiratswahl.access import archive
from beiratswahl.access.gates import desk, holding, place, public
from beiratswahl.access.roles import Permission
from beiratswahl.counting import frame
from beiratswahl.operations import screens
from beiratswahl.operations.count_progress import Stage, UnitProgress, progress
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.link_secrets import digest
from beiratswahl.operations.results import result
from beiratswahl.store.read import count_units, setup
from beiratswahl.store.read.count_units import ScreenView

NOT_FOUND = 404


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    door.add_url_rule("/saal/<screen>", "room", room)
    at = "/stimmbezirk/<int:district_id>/anzeige"
    door.add_url_rule(at, "screen", screen_of_district, methods=["GET", "POST"])
    door.add_url_rule(f"{at}/<int:screen_id>/schliessen", "close_screen", close, methods=["POST"])


@public
def room(screen: str) -> ResponseReturnValue:
    """Stand der Auszählung: papers, and votes only when everything is closed and the office wants it."""
    session = archive.session()
    view = count_units.screen_of(session, digest(screen.replace("-", "").lower()))
    election = setup.election(session, view.election_id) if view else None
    if view is None or election is None:
        return render_template("counting/room_closed.html"), NOT_FOUND
    units = progress(session, view.election_id, view.district_id)
    page = render_template(
        "counting/room.html",
        municipality=setup.municipality(session, view.municipality_id),
        election=election,
        units=units,
        done=sum(each.stage is Stage.DONE for each in units),
        known=all(each.voters is not None for each in units),
        votes=_votes(view, units),
        now=clock.now(),
    )
    return Response(page, headers={"Cache-Control": "no-store"})


@holding(Permission.CLOSE_COUNT)
def screen_of_district(district_id: int) -> ResponseReturnValue:
    """Anzeige eines Stimmbezirks öffnen."""
    link, election_id = "", place().election.election_id
    if request.method == "POST":
        secret = screens.open_screen(desk(), election_id, district_id)
        link = url_for("counting.room", screen=secret, _external=True)
    return _page(district_id, link)


@holding(Permission.CLOSE_COUNT)
def close(district_id: int, screen_id: int) -> ResponseReturnValue:
    """Anzeige schließen."""
    election_id = place().election.election_id
    own = {each.screen_id for each in count_units.screens(archive.session(), election_id) if each.district_id == district_id}
    try:
        if screen_id not in own:
            raise Refused("Diese Anzeige ist schon geschlossen.")
        screens.close_screen(desk(), election_id, screen_id)
    except Refused as error:
        return _page(district_id, "", str(error))
    return frame.done("Die Anzeige ist geschlossen.", "screen")


def _page(district_id: int, link: str, refusal: str = "") -> ResponseReturnValue:
    opened = [each for each in count_units.screens(archive.session(), place().election.election_id) if each.district_id == district_id]
    picture = segno.make(link, error="m", micro=False).svg_data_uri(scale=6, border=4, dark="#000", light="#fff") if link else ""
    status = frame.UNPROCESSABLE if refusal else 200
    return frame.show("screen.html", frame.OVERVIEW, status=status, refusal=refusal, opened=opened, link=link, picture=picture)


def _votes(view: ScreenView, units: tuple[UnitProgress, ...]) -> list[tuple[str, int]]:
    if not view.shows_votes or not units or any(each.stage is not Stage.DONE for each in units):
        return []
    try:
        found = result(archive.session(), view.election_id)
    except Refused:  # a lot or a reading is open; the papers are still worth showing
        return []
    return [(found.paper.names[key], votes) for key, votes in found.list_votes.items()] if found.paper.lists_can_be_marked else []
