"""Stimmabgabevermerk: type or scan the running number of the roll, Enter notes it; lists at once, and a note for a wrong number back."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from beiratswahl.access import archive
from beiratswahl.access.gates import desk, holding, place
from beiratswahl.access.roles import Permission
from beiratswahl.counting import frame
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.roll_votes import note_votes, roll_numbers_of, take_back_vote
from beiratswahl.store.read.vote_notes import noted_entries, vote_notes_of

#: so many of the numbers just noted are shown with their names
SHOWN = 12


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    at = "/stimmbezirk/<int:district_id>/stimmabgabe"
    door.add_url_rule(at, "vote_notes", vote_notes)
    door.add_url_rule(at, "note_votes", note, methods=["POST"])
    door.add_url_rule(f"{at}/zuruecknehmen", "take_back_vote", take_back, methods=["POST"])


@holding(Permission.NOTE_VOTES)
def vote_notes(district_id: int) -> ResponseReturnValue:
    """Stimmabgabevermerke eines Stimmbezirks."""
    return _page(district_id)


@holding(Permission.NOTE_VOTES)
def note(district_id: int) -> ResponseReturnValue:
    """Eine Nummer oder eine Liste vermerken."""
    typed = request.form.get("nummern", "")
    try:
        numbers = roll_numbers_of(typed)
        note_votes(desk(), district_id, numbers)
    except Refused as error:
        return _page(district_id, str(error), typed)
    return frame.go("vote_notes", nr=" ".join(map(str, numbers[:SHOWN])), weitere=max(0, len(numbers) - SHOWN) or None)


@holding(Permission.NOTE_VOTES)
def take_back(district_id: int) -> ResponseReturnValue:
    """Einen Vermerk zurücknehmen."""
    number = request.form.get("nummer", 0, type=int)
    try:
        take_back_vote(desk(), district_id, number, request.form.get("grund", ""))
    except Refused as error:
        return _page(district_id, str(error))
    return frame.done(f"Der Vermerk für Nummer {number} ist zurückgenommen.", "vote_notes")


def _page(district_id: int, refusal: str = "", typed: str = "") -> ResponseReturnValue:
    session = archive.session()
    asked = [int(part) for part in request.args.get("nr", "").split() if part.isdigit()][:SHOWN]
    return frame.show(
        "vote_notes.html",
        frame.VOTES,
        status=frame.UNPROCESSABLE if refusal else 200,
        refusal=refusal,
        typed=typed,
        notes=vote_notes_of(session, place().election.election_id, district_id),
        last=[one for one in noted_entries(session, district_id, tuple(asked)) if one.voted],
        more=request.args.get("weitere", 0, type=int),
    )
