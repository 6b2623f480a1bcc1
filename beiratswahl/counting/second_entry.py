"""Zweiteingabe: the ballots once more by another team, without a word of the first entry; then what differs, paper in hand."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from beiratswahl.access import archive, login
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.counting import frame
from beiratswahl.counting.command import Fault, read, written
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.second_entries import FIRST, SECOND, record_second, say_which_is_right, second_count


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    at = "/stimmbezirk/<int:district_id>/zweiteingabe"
    door.add_url_rule(at, "second_entry", second_entry)
    door.add_url_rule(at, "enter_second", enter, methods=["POST"])
    door.add_url_rule(f"{at}/<int:number>", "settle", settle, methods=["POST"])


@holding(Permission.RECORD_COUNT)
def second_entry(district_id: int) -> ResponseReturnValue:
    """Zweite Eingabe."""
    return _page(district_id)


@holding(Permission.RECORD_COUNT)
def enter(district_id: int) -> ResponseReturnValue:
    """Einen Stimmzettel zum zweiten Mal erfassen."""
    paper, typed = frame.paper(), request.form.get("eingabe", "")
    number = request.form.get("nummer", "").strip()
    reading = read(typed, paper.law, paper.names)
    if reading.faults or reading.empty:
        return _page(district_id, faults=reading.faults or (Fault("", "Es ist nichts eingegeben. Ein leerer Stimmzettel ist 0."),))
    try:
        if not (number.isascii() and number.isdigit() and len(number) <= 6):
            raise Refused("Tippen Sie die Nummer ab, die auf dem Stimmzettel steht.")
        record_second(desk(), district_id, int(number), reading.ballot)
    except Refused as error:
        return _page(district_id, str(error))
    return frame.go("second_entry", nr=number)


@holding(Permission.RECORD_COUNT)
def settle(district_id: int, number: int) -> ResponseReturnValue:
    """Sagen, welche Eingabe dem Papier entspricht."""
    try:
        say_which_is_right(desk(), district_id, number, request.form.get("richtig", ""))
    except Refused as error:
        return _page(district_id, str(error))
    return frame.go("second_entry")


def _page(district_id: int, refusal: str = "", faults: tuple[Fault, ...] = ()) -> ResponseReturnValue:
    found, paper, person = second_count(archive.session(), district_id), frame.paper(), login.current()
    me = person.account_id if person else None
    differences = [
        (
            each,
            written(each.first, paper.law),
            written(each.second, paper.law),
            each.first_says if me == each.first_by_id else each.second_says if me == each.second_by_id else "",
            me in (each.first_by_id, each.second_by_id),
        )
        for each in found.differences
    ]
    return frame.show(
        "second_entry.html",
        frame.CHECKS,
        status=frame.UNPROCESSABLE if refusal or faults else 200,
        refusal=refusal,
        faults=faults,
        second=found,
        # only who has nothing left to enter sees the first entries
        differences=differences if not found.missing else [],
        choices=((FIRST, "Erste Eingabe stimmt"), (SECOND, "Zweite Eingabe stimmt")),
        typed=request.form,
        last=request.args.get("nr", 0, type=int),
    )
