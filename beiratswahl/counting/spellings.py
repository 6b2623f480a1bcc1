"""Eingetragene Namen: the board merges the spellings of one person, and can part them again (§ 38 Abs. 2 KWG)."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from beiratswahl.access import archive
from beiratswahl.access.gates import desk, holding, place
from beiratswahl.access.roles import Permission
from beiratswahl.counting import frame
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.spellings import merge_spelling, part_spelling, spellings, targets


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    at = "/stimmbezirk/<int:district_id>/namen"
    door.add_url_rule(at, "spellings", names, methods=["GET"])
    door.add_url_rule(at, "merge_spelling", merge, methods=["POST"])
    door.add_url_rule(f"{at}/aufheben", "part_spelling", part, methods=["POST"])


@holding(Permission.CHECK_COUNT)
def names(district_id: int) -> ResponseReturnValue:
    """Eingetragene Namen und Zusammenführungen."""
    return _page(district_id, "")


@holding(Permission.CLOSE_COUNT)
def merge(district_id: int) -> ResponseReturnValue:
    """Schreibweise zusammenführen."""
    spelling = request.form.get("schreibweise", "")
    try:
        merge_spelling(desk(), district_id, spelling, request.form.get("person", ""), request.form.get("grund", ""))
    except Refused as error:
        return _page(district_id, str(error))
    return frame.done(f"„{spelling}“ ist zusammengeführt. Der Beschluss steht in der Niederschrift.", "spellings")


@holding(Permission.CLOSE_COUNT)
def part(district_id: int) -> ResponseReturnValue:
    """Zusammenführung aufheben."""
    spelling = request.form.get("schreibweise", "")
    try:
        part_spelling(desk(), district_id, spelling)
    except Refused as error:
        return _page(district_id, str(error))
    return frame.done(f"„{spelling}“ zählt wieder für sich.", "spellings")


def _page(district_id: int, refusal: str) -> ResponseReturnValue:
    session, paper = archive.session(), frame.paper()
    found = spellings(session, paper, district_id)
    return frame.show(
        "spellings.html",
        frame.CHECKS,
        status=frame.UNPROCESSABLE if refusal else 200,
        refusal=refusal,
        spellings=found,
        open_spellings=[each for each in found if each.merge is None],
        people=targets(session, paper, place().election.election_id, district_id),
        words=paper.names,
        typed=request.form,
        may_close=frame.may_close(),
    )
