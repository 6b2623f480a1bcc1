"""Erfasste Stimmzettel: all of them, one with its steps, and taking one back with a reason."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from beiratswahl.access import archive
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.counting import frame
from beiratswahl.counting.ballots import brief, is_covered, shown
from beiratswahl.operations.counting import cancel_ballot
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read import counting


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    at = "/stimmbezirk/<int:district_id>/stimmzettel"
    door.add_url_rule(f"{at}/alle", "recorded", recorded)
    door.add_url_rule(f"{at}/<int:number>", "ballot", ballot, methods=["GET", "POST"])


@holding(Permission.RECORD_BALLOTS)
def recorded(district_id: int) -> ResponseReturnValue:
    """Alle einzeln erfassten Stimmzettel."""
    paper = frame.paper()
    every = brief(paper, counting.ballots(archive.session(), district_id))
    return frame.show("recorded.html", frame.BALLOTS, ballots=every)


@holding(Permission.RECORD_BALLOTS)
def ballot(district_id: int, number: int) -> ResponseReturnValue:
    """Ein erfasster Stimmzettel; sending the form takes it back."""
    view = counting.ballot(archive.session(), district_id, number)
    if view is None:
        abort(404)
    if is_covered(view):
        return frame.show("covered.html", frame.BALLOTS, number=number)
    refusal, why = "", request.form.get("grund", "")
    if request.method == "POST":
        try:
            cancel_ballot(desk(), district_id, number, why)
            words = f"Stimmzettel {number} ist zurückgenommen. Streichen Sie die {number} auf dem Papier durch."
            return frame.done(words, "ballots", **({"vorlage": number} if "neu" in request.form else {}))
        except Refused as error:
            refusal = str(error)
    status = frame.UNPROCESSABLE if refusal else 200
    return frame.show("ballot.html", frame.BALLOTS, status=status, shown=shown(frame.paper(), view), refusal=refusal, why=why)
