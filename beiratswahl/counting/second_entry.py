"""Kontrolle der Einzelerfassung: ballots once more by another team, all or a drawn sample, without a word of the first entry."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from beiratswahl.access import archive, login
from beiratswahl.access.gates import desk, holding, place
from beiratswahl.access.roles import Permission
from beiratswahl.counting import frame
from beiratswahl.counting.command import Fault, Reading, read, written
from beiratswahl.counting.drawing import Seen, look
from beiratswahl.counting.sending import NUMBER, PART, waited
from beiratswahl.law.ballot_papers import Ballot
from beiratswahl.law.count_control import LEAST_THROWS, MOST_THROWS, place_in_draw
from beiratswahl.operations.ballots import Paper
from beiratswahl.operations.count_controls import draw_sample, rule_of
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.second_entries import FIRST, SECOND, Difference, SecondCount, record_second, say_which_is_right, second_count
from beiratswahl.store.read.count_control import DrawView, chosen

NOTHING_TYPED = Fault("", "Es ist nichts eingegeben. Für einen leeren Stimmzettel tippen Sie 0.")
#: how many numbers of a sample are shown with their hash, so that a spectator can recompute them
SHOWN_HASHES = 5


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    at = "/stimmbezirk/<int:district_id>/zweiteingabe"
    door.add_url_rule(at, "second_entry", second_entry)
    door.add_url_rule(at, "enter_second", enter, methods=["POST"])
    door.add_url_rule(f"{at}/pruefen", "check_second", check, methods=["POST"])
    door.add_url_rule(f"{at}/<int:number>", "settle", settle, methods=["POST"])
    door.add_url_rule("/stimmbezirk/<int:district_id>/stichprobe", "sample", sample, methods=["GET"])
    door.add_url_rule("/stimmbezirk/<int:district_id>/stichprobe", "draw", draw, methods=["POST"])


@holding(Permission.SETTLE_ENTRIES)
def second_entry(district_id: int) -> ResponseReturnValue:
    """Zweite Eingabe."""
    return _page(district_id)


@holding(Permission.RECORD_SECOND_ENTRY)
def enter(district_id: int) -> ResponseReturnValue:
    """Einen Stimmzettel zum zweiten Mal erfassen."""
    paper, typed = frame.paper(), request.form.get("eingabe", "")
    number = request.form.get("nummer", "").strip()
    reading = read(typed, paper.law, paper.names)
    if reading.faults or reading.empty:
        return _page(district_id, reading, faults=reading.faults or (NOTHING_TYPED,))
    try:
        if not (number.isascii() and number.isdigit() and len(number) <= 6):
            raise Refused("Tippen Sie die Nummer ab, die auf dem Stimmzettel steht.")
        record_second(desk(), district_id, int(number), reading.ballot, waited())
    except Refused as error:
        return _page(district_id, reading, str(error))
    if PART in request.headers:
        found = second_count(archive.session(), district_id)
        return (
            render_template("counting/_second_parts.html", second=found, last=int(number), refusal="", seen=_nothing()),
            200,
            {NUMBER: number},
        )
    return frame.go("second_entry", nr=number)


@holding(Permission.RECORD_SECOND_ENTRY)
def check(district_id: int) -> ResponseReturnValue:
    """Eine zweite Eingabe prüfen, ohne sie zu erfassen: what was understood; nothing of the first entry goes into it."""
    paper = frame.paper()
    reading = read(request.form.get("eingabe", ""), paper.law, paper.names)
    if PART in request.headers:
        return render_template("counting/_typed.html", seen=look(paper, reading))
    return _page(district_id, reading, faults=reading.faults)


@holding(Permission.SETTLE_ENTRIES)
def settle(district_id: int, number: int) -> ResponseReturnValue:
    """Sagen, welche Eingabe dem Papier entspricht."""
    try:
        say_which_is_right(desk(), district_id, number, request.form.get("richtig", ""))
    except Refused as error:
        return _page(district_id, refusal=str(error))
    return frame.go("second_entry")


@holding(Permission.RECORD_SECOND_ENTRY)
def sample(district_id: int) -> ResponseReturnValue:
    """Stichprobe: how it is drawn, what was drawn, and how anyone recomputes it."""
    return _sample_page(district_id, "")


@holding(Permission.CLOSE_COUNT)
def draw(district_id: int) -> ResponseReturnValue:
    """Stichprobe ziehen."""
    try:
        drawn = draw_sample(desk(), district_id, request.form.get("augen", ""), request.form.get("personen", ""))
    except Refused as error:
        return _sample_page(district_id, str(error))
    return frame.done(f"Gezogen: {', '.join(map(str, drawn))}. Suchen Sie diese Stimmzettel heraus.", "sample")


def hides_from_me(found: SecondCount, recorded_by_id: int | None) -> bool:
    """Whether an entry stays covered for the person of this request: somebody else made it, and second entries are still to come."""
    person = login.current()
    return found.pending and (person is None or recorded_by_id != person.account_id)


def _nothing() -> Seen:
    return look(frame.paper(), Reading(Ballot(), (), empty=True))


def _page(district_id: int, reading: Reading | None = None, refusal: str = "", faults: tuple[Fault, ...] = ()) -> ResponseReturnValue:
    found, paper = second_count(archive.session(), district_id), frame.paper()
    status = frame.UNPROCESSABLE if refusal or faults else 200
    seen = look(paper, reading, faults) if reading else _nothing()
    last = request.args.get("nr", 0, type=int)
    if PART in request.headers:
        return render_template("counting/_second_parts.html", second=found, last=last, refusal=refusal, seen=seen), status
    return frame.show(
        "second_entry.html",
        frame.CHECKS,
        status=status,
        refusal=refusal,
        seen=seen,
        second=found,
        may_enter=frame.may(Permission.RECORD_SECOND_ENTRY),
        # only when nothing is left to enter are the first entries seen
        differences=[] if found.pending else [_told(each, paper) for each in found.differences],
        choices=((FIRST, "Erste Eingabe stimmt"), (SECOND, "Zweite Eingabe stimmt")),
        # an address of a refused or checked entry keeps what was typed
        typed={name: request.form.get(name, "") if reading else "" for name in ("nummer", "eingabe")},
        last=0 if reading else last,
        unsent_key=login.unsent_key(),
    )


def _told(each: Difference, paper: Paper) -> tuple[Difference, str, str, str, bool]:
    person = login.current()
    me = person.account_id if person else None
    mine = each.first_says if me == each.first_by_id else each.second_says if me == each.second_by_id else ""
    return each, written(each.first, paper.law), written(each.second, paper.law), mine, me in (each.first_by_id, each.second_by_id)


def _sample_page(district_id: int, refusal: str) -> ResponseReturnValue:
    found, district = second_count(archive.session(), district_id), frame.here()
    draws = found.sample.draws if found.sample else ()
    return frame.show(
        "sample.html",
        frame.CHECKS,
        status=frame.UNPROCESSABLE if refusal else 200,
        refusal=refusal,
        second=found,
        rule=rule_of(chosen(archive.session(), place().election.election_id)),
        draws=[(each, _hashes(each, district.number)) for each in draws],
        throws=(LEAST_THROWS, MOST_THROWS),
        typed=request.form,
        may_close=frame.may_close(),
    )


def _hashes(draw: DrawView, district: int) -> list[tuple[int, str]]:
    return [(number, place_in_draw(draw.points, district, number)) for number in draw.drawn[:SHOWN_HASHES]]
