"""Einzelne Stimmzettel: typed with the command line or clicked on the drawn paper; the number to write on the paper comes back."""

import re
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from beiratswahl.access import archive, login
from beiratswahl.access.gates import desk, holding, place
from beiratswahl.access.roles import Permission
from beiratswahl.counting import frame
from beiratswahl.counting.command import FINDINGS, LONGEST, Fault, Reading, explained_examples, read, written
from beiratswahl.counting.drawing import Drawing, Outcome, Seen, draw, look, outcome
from beiratswahl.counting.progress import progress_of
from beiratswahl.counting.second_entry import NOTHING_TYPED, hides_from_me
from beiratswahl.counting.sending import LEFT, NUMBER, PART, waited
from beiratswahl.law.ballot_papers import Ballot
from beiratswahl.law.ballots import adjudicate, decide
from beiratswahl.law.count_control import ControlMethod
from beiratswahl.operations.ballot_words import FINDINGS as FINDING_WORDS
from beiratswahl.operations.ballot_words import reason
from beiratswahl.operations.ballots import Paper, ballot_of
from beiratswahl.operations.counting import VALID, as_meant, meanings, record_ballot
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.second_entries import second_count
from beiratswahl.operations.unsent import announce_unsent
from beiratswahl.store.read import counting
from beiratswahl.store.read.count_control import chosen
from beiratswahl.store.read.counting import BallotView

NEWEST = 8
NOTHING_MARKED = Fault(
    "", "Es ist nichts angeklickt. Leere Stimmzettel gehören zu den Stapeln; soll dieser trotzdem einzeln zählen, tippen Sie 0."
)
_CLIENT_ID = re.compile(r"[0-9A-Za-z-]{8,64}")


@dataclass(frozen=True, slots=True)
class Shown:
    """Ein erfasster Stimmzettel, in words."""

    number: int
    words: str
    outcome: Outcome
    drawing: Drawing
    view: BallotView


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    at = "/stimmbezirk/<int:district_id>/stimmzettel"
    door.add_url_rule(at, "ballots", ballots, methods=["GET"])
    door.add_url_rule(at, "record", record, methods=["POST"])
    door.add_url_rule(f"{at}/pruefen", "check", check, methods=["POST"])
    door.add_url_rule(f"{at}/ankreuzen", "marking", marking, methods=["GET"])
    door.add_url_rule(f"{at}/ankreuzen", "record_marked", record_marked, methods=["POST"])
    door.add_url_rule("/stimmbezirk/<int:district_id>/geraet", "announce_unsent", announce, methods=["POST"])


@holding(Permission.RECORD_BALLOTS)
def ballots(district_id: int) -> ResponseReturnValue:
    """Eingabezeile; `nr` shows what was just recorded, `vorlage` types a cancelled ballot again."""
    paper = frame.paper()
    template = request.args.get("vorlage", 0, type=int)
    again = counting.ballot(archive.session(), district_id, template) if template else None
    if again and is_covered(again):
        again = None
    typed = written(ballot_of(again.content), paper.law) if again else ""
    return _page(paper, typed, read(typed, paper.law, paper.names))


@holding(Permission.RECORD_BALLOTS)
def record(district_id: int) -> ResponseReturnValue:
    """Einen eingetippten Stimmzettel erfassen."""
    paper, typed = frame.paper(), request.form.get("eingabe", "")
    reading = read(typed, paper.law, paper.names)
    if reading.empty:
        return _page(paper, typed, reading, faults=(NOTHING_TYPED,))
    if reading.faults:
        return _page(paper, typed, reading, faults=reading.faults)
    try:
        recorded = record_ballot(desk(), district_id, _client_id(), reading.ballot, waited(), paper)
    except Refused as error:
        return _page(paper, typed, reading, refusal=str(error))
    return _recorded("ballots", recorded.number)


@holding(Permission.RECORD_BALLOTS)
def check(district_id: int) -> ResponseReturnValue:
    """Eine Eingabe prüfen, ohne sie zu erfassen: what was understood and what the law says of it."""
    paper = frame.paper()
    if "eingabe" not in request.form:
        reading = _clicked(paper)
        if PART in request.headers:
            return render_template("counting/_reading.html", seen=look(paper, reading))
        return _marking_page(paper, reading, faults=reading.faults)
    typed = request.form["eingabe"]
    reading = read(typed, paper.law, paper.names)
    if PART in request.headers:
        return render_template("counting/_typed.html", seen=look(paper, reading))
    return _page(paper, typed, reading, faults=reading.faults)


@holding(Permission.RECORD_BALLOTS)
def marking(district_id: int) -> ResponseReturnValue:
    """Der Stimmzettel zum Anklicken."""
    return _marking_page(frame.paper(), _clicked(frame.paper()))


@holding(Permission.RECORD_BALLOTS)
def record_marked(district_id: int) -> ResponseReturnValue:
    """Einen angeklickten Stimmzettel erfassen."""
    paper = frame.paper()
    reading = _clicked(paper)
    if reading.empty or reading.faults:
        return _marking_page(paper, reading, faults=reading.faults or (NOTHING_MARKED,))
    try:
        recorded = record_ballot(desk(), district_id, _client_id(), reading.ballot, waited(), paper)
    except Refused as error:
        return _marking_page(paper, reading, refusal=str(error))
    return _recorded("marking", recorded.number)


@holding(Permission.JOIN_COUNT)
def announce(district_id: int) -> ResponseReturnValue:
    """Ein Gerät meldet, wie viele Stimmzettel es noch nicht senden konnte."""
    left = request.form.get("offen", "")
    try:
        announce_unsent(desk(), district_id, request.form.get("geraet", ""), int(left) if LEFT.fullmatch(left) else -1)
    except Refused as error:
        return Response(str(error), frame.UNPROCESSABLE, content_type="text/plain; charset=utf-8")
    return Response(status=204)


def shown(paper: Paper, view: BallotView) -> Shown:
    """Ein erfasster Stimmzettel mit Zeichnung und Feststellung; the resolution of the board goes before the proposal of the law."""
    ballot = ballot_of(view.content)
    meant = as_meant(ballot, meanings(archive.session(), frame.here().district_id)) if ballot.write_ins else ballot
    if view.cancelled and not {*ballot.marks, *ballot.struck, *ballot.list_marks} <= {*paper.law.list_of, *paper.law.lists}:
        # taken back before a later admission changed the paper
        gone = Outcome("Erfasst vor einer neuen Zulassung", "warning", 0, paper.law.votes, 0, (), (), needs_resolution=False)
        return Shown(view.number, written(ballot, paper.law), gone, draw(paper, Ballot(), None), view)
    if view.resolution:
        verdict = decide(paper.law, meant, valid=view.resolution == VALID)
    else:
        verdict = adjudicate(paper.law, meant)
    return Shown(view.number, written(ballot, paper.law), outcome(paper, verdict), draw(paper, ballot, verdict.votes), view)


def is_covered(view: BallotView) -> bool:
    """Ob ein erfasster Stimmzettel für die Person dieser Anfrage verdeckt bleibt: it may have to be entered again without being seen."""
    control = chosen(archive.session(), place().election.election_id)
    if control is None or control.method == ControlMethod.NONE.value:
        return False
    return hides_from_me(second_count(archive.session(), frame.here().district_id), view.recorded_by_id)


def _page(paper: Paper, typed: str, reading: Reading, *, faults: tuple[Fault, ...] = (), refusal: str = "") -> ResponseReturnValue:
    return _show("ballots.html", paper, look(paper, reading, faults), refusal, typed=typed[:LONGEST], signs=explained_examples(paper.law))


def _marking_page(paper: Paper, reading: Reading, *, faults: tuple[Fault, ...] = (), refusal: str = "") -> ResponseReturnValue:
    findings = [(finding.value, FINDING_WORDS[finding.value], finding in reading.ballot.findings) for finding in FINDINGS]
    entry = request.form.get("eintragung", "")
    return _show("marking.html", paper, look(paper, reading, faults), refusal, findings=findings, entry=entry)


def _recorded(endpoint: str, number: int) -> ResponseReturnValue:
    """The answer to a recorded ballot: its number for the script that asked, else the page with it."""
    if PART not in request.headers:
        return frame.go(endpoint, nr=number)
    paper = frame.paper()
    nothing = look(paper, Reading(Ballot(), (), empty=True))
    return (
        render_template("counting/_parts.html", refusal="", district=frame.here(), **_state(paper, nothing, number)),
        200,
        {NUMBER: str(number)},
    )


def _show(template: str, paper: Paper, seen: Seen, refusal: str, **context: object) -> ResponseReturnValue:
    status = frame.UNPROCESSABLE if seen.refused or refusal else 200
    state = _state(paper, seen, request.args.get("nr", 0, type=int))
    if PART in request.headers:
        return render_template("counting/_parts.html", refusal=refusal, district=frame.here(), **state), status
    return frame.show(template, frame.BALLOTS, status=status, refusal=refusal, unsent_key=login.unsent_key(), **state, **context)


def _state(paper: Paper, seen: Seen, number: int) -> dict[str, object]:
    """What the entry page shows around the line: the last number, what is left, the newest ballots."""
    district, session = frame.here(), archive.session()
    newest = counting.ballots(session, district.district_id, newest=NEWEST)
    view = next((each for each in newest if each.number == number), None)
    if number and view is None:
        view = counting.ballot(session, district.district_id, number)
    count = counting.count(session, district.district_id)
    return {
        "seen": seen,
        "count": count,
        "progress": progress_of(district.district_id, count),
        "last": shown(paper, view) if view and not view.cancelled and not is_covered(view) else None,
        "newest": brief(paper, newest),
        "client_id": str(uuid.uuid4()),
        "paper": paper,
    }


def brief(paper: Paper, views: Iterable[BallotView]) -> list[tuple[BallotView, str, str, bool]]:
    """Erfasste Stimmzettel in je einer Zeile: the row, what was typed, why it is invalid, and whether all that stays covered."""
    control = chosen(archive.session(), place().election.election_id)
    hiding = control is not None and control.method != ControlMethod.NONE.value
    found = second_count(archive.session(), frame.here().district_id) if hiding else None
    told = []
    for view in views:
        covered = found is not None and hides_from_me(found, view.recorded_by_id)
        told.append((view, written(ballot_of(view.content), paper.law), reason(view.reason), covered))
    return told


def _clicked(paper: Paper) -> Reading:
    crosses, struck, heads = (request.form.getlist(name) for name in ("kreuz", "gestrichen", "liste"))
    if not {*crosses, *struck} <= paper.law.position.keys() or not set(heads) <= paper.law.lists.keys():
        abort(400)
    entry = request.form.get("eintragung", "").strip()
    entered = read(f"W {entry}" if entry else "", paper.law, paper.names)
    ballot = Ballot(
        tuple(dict.fromkeys(heads)),
        dict(Counter(crosses)),
        tuple(dict.fromkeys(struck)),
        entered.ballot.write_ins,
        tuple(finding for finding in FINDINGS if finding.value in request.form.getlist("befund")),
    )
    return Reading(ballot, entered.faults, empty=not any(ballot) and not entered.faults)


def _client_id() -> str:
    """The id the page gave this ballot; a page without one gets a fresh one."""
    sent = request.form.get("kennung", "")
    return sent if _CLIENT_ID.fullmatch(sent) else str(uuid.uuid4())
