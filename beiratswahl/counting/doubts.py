"""Zweifelsfälle: the polling board resolves each of them; what people saw and what the program found are kept apart (KWO §§ 53, 55)."""

from dataclasses import dataclass

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from beiratswahl.access import archive
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.counting import frame
from beiratswahl.counting.ballots import Shown, is_covered, shown
from beiratswahl.law.ballots import adjudicate, decide
from beiratswahl.operations.ballot_words import FINDINGS, reason
from beiratswahl.operations.ballots import Paper, ballot_of
from beiratswahl.operations.counting import INVALID, VALID, as_meant, decide_ballot, meanings
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read import counting
from beiratswahl.store.read.counting import BallotView

NOT_CHOSEN = "Wählen Sie „gültig“ oder „ungültig“."


@dataclass(frozen=True, slots=True)
class Doubt:
    """Zweifelsfall mit den Befunden beider Seiten.

    Attributes:
        shown: the ballot in words.
        people: what people saw.
        system: what the program found; empty when nothing.
        proposal: what the program proposes, in words.
        votes_if_valid: votes when resolved valid; None when the statute leaves no choice.
        contradicts: True when the resolution differs from the proposal.
    """

    shown: Shown
    people: tuple[str, ...]
    system: str
    proposal: str
    votes_if_valid: int | None
    contradicts: bool


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    at = "/stimmbezirk/<int:district_id>/zweifelsfaelle"
    door.add_url_rule(at, "doubts", doubts)
    door.add_url_rule(f"{at}/<int:number>", "doubt", doubt, methods=["GET"])
    door.add_url_rule(f"{at}/<int:number>", "resolve", resolve, methods=["POST"])


@holding(Permission.CHECK_COUNT)
def doubts(district_id: int) -> ResponseReturnValue:
    """Beschlussliste: what waits, and what was resolved."""
    paper = frame.paper()
    every = [each for each in counting.ballots(archive.session(), district_id) if not each.cancelled]
    waiting = [_doubt(paper, each) for each in reversed(every) if each.needs_resolution]
    resolved = [_doubt(paper, each) for each in reversed(every) if each.resolution]
    return frame.show("doubts.html", frame.DOUBTS, waiting=waiting, resolved=resolved, may_close=frame.may_close())


@holding(Permission.CHECK_COUNT)
def doubt(district_id: int, number: int) -> ResponseReturnValue:
    """Ein Zweifelsfall."""
    return _page(district_id, number, "")


@holding(Permission.CLOSE_COUNT)
def resolve(district_id: int, number: int) -> ResponseReturnValue:
    """Beschluss des Wahlvorstands eintragen."""
    choice = request.form.get("beschluss", "")
    if choice not in (VALID, INVALID):
        return _page(district_id, number, NOT_CHOSEN)
    try:
        decide_ballot(desk(), district_id, number, valid=choice == VALID, reason=request.form.get("grund", ""))
    except Refused as error:
        return _page(district_id, number, str(error))
    words = f"Beschluss eingetragen: Stimmzettel {number} ist {choice}. Vermerken Sie das auf dem Stimmzettel."
    waiting = counting.ballots(archive.session(), district_id, unresolved=True)
    if waiting:
        return frame.done(words, "doubt", number=waiting[-1].number)
    return frame.done(words, "doubts")


def _page(district_id: int, number: int, refusal: str) -> ResponseReturnValue:
    view = counting.ballot(archive.session(), district_id, number)
    if view is None or view.cancelled or not (view.needs_resolution or view.resolution):
        abort(404)
    if not frame.may_close() and is_covered(view):
        return frame.show("covered.html", frame.DOUBTS, number=number)
    return frame.show(
        "doubt.html",
        frame.DOUBTS,
        status=frame.UNPROCESSABLE if refusal else 200,
        doubt=_doubt(frame.paper(), view),
        refusal=refusal,
        choice=request.form.get("beschluss", view.resolution),
        why=request.form.get("grund", view.resolution_reason),
        may_close=frame.may_close(),
        choices=(VALID, INVALID),
    )


def _doubt(paper: Paper, view: BallotView) -> Doubt:
    ballot = ballot_of(view.content)
    if ballot.write_ins:
        ballot = as_meant(ballot, meanings(archive.session(), frame.here().district_id))
    proposed = adjudicate(paper.law, ballot)
    try:
        votes: int | None = sum(decide(paper.law, ballot, valid=True).votes.values())
    except ValueError:
        votes = None
    proposal = "gültig" if proposed.valid else f"ungültig ({reason(proposed.reason.value) if proposed.reason else ''})"
    return Doubt(
        shown(paper, view),
        tuple(FINDINGS[finding.value] for finding in ballot.findings),
        reason(proposed.system_reason.value) if proposed.system_reason else "",
        proposal,
        votes,
        bool(view.resolution) and (view.resolution == VALID) != proposed.valid,
    )
