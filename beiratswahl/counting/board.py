"""Wahlvorstand: who belongs to it and is there, the check of the program before the start, incidents (KWO §§ 55b, 59)."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from beiratswahl import __version__
from beiratswahl.access import archive
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.counting import frame
from beiratswahl.law.boards import Function, composition_faults, quorum_fault
from beiratswahl.operations import boards, capture
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read import boards as read


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    at = "/stimmbezirk/<int:district_id>/vorstand"
    door.add_url_rule(at, "board", board)
    door.add_url_rule(f"{at}/mitglied", "appoint", appoint, methods=["POST"])
    door.add_url_rule(f"{at}/mitglied/<int:member_id>", "member", member, methods=["GET", "POST"])
    door.add_url_rule(f"{at}/mitglied/<int:member_id>/anwesenheit", "presence", presence, methods=["POST"])
    door.add_url_rule(f"{at}/mitglied/<int:member_id>/austragen", "dismiss", dismiss, methods=["POST"])
    door.add_url_rule(f"{at}/mitglied/<int:member_id>/programm", "confirm_program", confirm_program, methods=["POST"])
    door.add_url_rule(f"{at}/vorfall", "incident", incident, methods=["POST"])


@holding(Permission.CLOSE_COUNT)
def board(district_id: int) -> ResponseReturnValue:
    """Wahlvorstand eines Stimmbezirks."""
    return _page(district_id)


@holding(Permission.CLOSE_COUNT)
def appoint(district_id: int) -> ResponseReturnValue:
    """Mitglied eintragen."""
    try:
        member_id = boards.appoint_member(desk(), district_id, *_typed())
        if request.form.get("da") == "ja":
            boards.record_presence(desk(), district_id, member_id, present=True)
    except Refused as error:
        return _page(district_id, str(error))
    return frame.go("board", neu=member_id)  # the name of the next one has the focus


@holding(Permission.CLOSE_COUNT)
def member(district_id: int, member_id: int) -> ResponseReturnValue:
    """Name, Funktion oder Gruppe eines Mitglieds berichtigen."""
    found = next((each for each in read.members(archive.session(), district_id) if each.member_id == member_id), None)
    if found is None:
        abort(404)
    refusal = ""
    if request.method == "POST":
        try:
            boards.change_member(desk(), district_id, member_id, *_typed())
            return frame.done("Geändert.", "board")
        except Refused as error:
            refusal = str(error)
    shown = {"name": found.name, "funktion": found.function, "gruppe": str(found.counting_group or "")}
    return frame.show(
        "board_member.html",
        frame.BOARD,
        status=frame.UNPROCESSABLE if refusal else 200,
        refusal=refusal,
        member=found,
        functions=[function.value for function in Function],
        typed=request.form if refusal else shown,
    )


@holding(Permission.CLOSE_COUNT)
def presence(district_id: int, member_id: int) -> ResponseReturnValue:
    """Kommen und Gehen."""
    present = request.form.get("anwesend") == "ja"
    try:
        boards.record_presence(desk(), district_id, member_id, present=present)
    except Refused as error:
        return _page(district_id, str(error))
    return frame.go("board", _anchor=f"mitglied-{member_id}")


@holding(Permission.CLOSE_COUNT)
def dismiss(district_id: int, member_id: int) -> ResponseReturnValue:
    """Ein versehentlich eingetragenes Mitglied austragen."""
    try:
        boards.dismiss_member(desk(), district_id, member_id)
    except Refused as error:
        return _page(district_id, str(error))
    return frame.go("board")


@holding(Permission.CLOSE_COUNT)
def confirm_program(district_id: int, member_id: int) -> ResponseReturnValue:
    """Prüfung des Programms bestätigen."""
    try:
        boards.confirm_program(desk(), district_id, member_id)
    except Refused as error:
        return _page(district_id, str(error))
    return frame.go("board", _anchor="pruefung")


@holding(Permission.CLOSE_COUNT)
def incident(district_id: int) -> ResponseReturnValue:
    """Besonderen Vorfall erfassen."""
    try:
        boards.record_incident(desk(), district_id, request.form.get("vorfall", ""))
    except Refused as error:
        return _page(district_id, str(error))
    return frame.done("Vorfall erfasst; er steht in der Niederschrift.", "board")


def _typed() -> tuple[str, Function, int]:
    """Name, function and group as typed.

    Raises:
        Refused: no function is chosen, or the group is no number.
    """
    typed = request.form
    group = typed.get("gruppe", "").strip() or "0"
    if typed.get("funktion", "") not in {function.value for function in Function}:
        raise Refused("Wählen Sie die Funktion aus.")
    if not (group.isascii() and group.isdigit() and len(group) <= len(str(boards.MOST_GROUPS))):
        raise Refused("Die Auszählungsgruppe ist eine Zahl; leer heißt: in keiner.")
    return typed.get("name", ""), Function(typed["funktion"]), int(group)


def _page(district_id: int, refusal: str = "") -> ResponseReturnValue:
    session = archive.session()
    members = read.members(session, district_id)
    lawful = capture.lawful(members)
    new = request.args.get("neu", 0, type=int)
    confirmed = {opening.member_id: opening for opening in read.openings(session, district_id)}
    return frame.show(
        "board.html",
        frame.BOARD,
        status=frame.UNPROCESSABLE if refusal else 200,
        refusal=refusal,
        members=members,
        newest=next((member for member in members if member.member_id == new), None),
        functions=[function.value for function in Function],
        confirming=[member for member in members if member.function in {function.value for function in capture.CONFIRMING}],
        confirmed=confirmed,
        incidents=read.incidents(session, district_id),
        faults=composition_faults(lawful) if members else (),
        quorum=quorum_fault(lawful) if members else "",
        pause=capture.resting(session, district_id),
        program_changed=any(opening.fingerprint != capture.program_fingerprint() for opening in confirmed.values()),
        program=__version__,
        fingerprint=capture.program_fingerprint(),
        typed=request.form,
    )
