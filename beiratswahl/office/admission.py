"""The decision of the Wahlausschuss on the nominations: refuse, strike, preview what follows, close."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.law.nominations import Defect
from beiratswahl.office.committee import vote_of
from beiratswahl.office.frame import done, show
from beiratswahl.operations import admission as admission_acts
from beiratswahl.operations import nomination_checks as checks
from beiratswahl.operations.admission import Admission, Decisions
from beiratswahl.operations.committee_decisions import Vote
from beiratswahl.operations.committee_state import running_sitting, voters
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read import nominations as read
from beiratswahl.store.read.nominations import NominationView

CLOSE = "close"
SUBMITTED = "eingereicht"


class Proposed(NamedTuple):
    """A nomination with its defects and the reasons typed so far."""

    nomination: NominationView
    defects: tuple[Defect, ...]
    refusal: str
    strikes: Mapping[int, str]


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    door.add_url_rule("/wahl/<int:election_id>/zulassung", "admission", admission, methods=["GET", "POST"])


@holding(Permission.KEEP_NOMINATIONS)
def admission(election_id: int) -> ResponseReturnValue:
    """Über die Zulassung entscheiden."""
    submitted = [of for of in read.nominations(archive.session(), election_id) if of.state == SUBMITTED]
    found = checks.defects(archive.session(), election_id)
    form = Form()
    if form.validate_on_submit():
        refused, struck = _typed(submitted)
    else:
        refused, struck = _suggested(found)
    outlook, refusal = None, ""
    if form.is_submitted():
        try:
            decisions = Decisions(refused, struck, *_votes(submitted))
            if request.form.get("act") == CLOSE:
                admission_acts.close_nominations(desk(), election_id, decisions)
                return done("Über die Zulassung ist entschieden; der Stimmzettel steht fest.", "nominations")
            outlook = admission_acts.preview(archive.session(), election_id, decisions)
        except Refused as error:
            refusal = str(error)
    proposed = [Proposed(of, found.get(of.nomination_id, ()), refused.get(of.nomination_id, ""), struck) for of in submitted]
    names = {of.nomination_id: of.keyword for of in submitted}
    sitting = running_sitting(archive.session(), election_id)
    return show(
        "nominations/admission.html",
        "nominations",
        form=form,
        proposed=proposed,
        outlook=outlook,
        order=_order(outlook, names),
        voters=voters(sitting) if sitting else None,
        sitting=sitting,
        typed=request.form,
        refusal=refusal,
        refused=bool(refusal),
    )


def _typed(submitted: list[NominationView]) -> tuple[dict[int, str], dict[int, str]]:
    """Reasons by number of the nomination and of the candidate; an empty reason means: admitted."""
    refused = {of.nomination_id: request.form.get(f"refuse-{of.nomination_id}", "").strip() for of in submitted}
    persons = [candidate for of in submitted for candidate in of.candidates]
    struck = {of.candidate_id: request.form.get(f"strike-{of.candidate_id}", "").strip() for of in persons}
    return {key: text for key, text in refused.items() if text}, {key: text for key, text in struck.items() if text}


def _votes(submitted: list[NominationView]) -> tuple[dict[int, Vote], dict[int, Vote]]:
    """Votes by number of the nomination, and of the candidate where a strike was voted on apart.

    Raises:
        Refused: something else than a number is typed.
    """
    votes = {of.nomination_id: vote_of(request.form, f"-{of.nomination_id}") for of in submitted}
    persons = [candidate for of in submitted for candidate in of.candidates]
    strikes = {of.candidate_id: vote_of(request.form, f"-strike-{of.candidate_id}") for of in persons}
    return {key: vote for key, vote in votes.items() if vote}, {key: vote for key, vote in strikes.items() if vote}


def _suggested(found: Mapping[int, tuple[Defect, ...]]) -> tuple[dict[int, str], dict[int, str]]:
    """What cannot be put right is suggested; double candidacies are struck by law without being named."""
    refused: dict[int, str] = {}
    struck: dict[int, str] = {}
    for nomination_id, defects in found.items():
        for defect in defects:
            if defect.curable or defect.rule == "several_nominations":
                continue
            reason = f"{defect.text} ({defect.source})"
            if defect.candidate is None:
                refused.setdefault(nomination_id, reason)
            else:
                struck.setdefault(int(defect.candidate), reason)
    return refused, struck


def _order(outlook: Admission | None, names: Mapping[int, str]) -> list[str]:
    return [names[nomination_id] for nomination_id in outlook.order] if outlook else []
