"""The decision of the Wahlausschuss on the nominations: refuse, strike, preview what follows, close."""

import hashlib
import re
from collections.abc import Mapping
from typing import NamedTuple

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding, place
from beiratswahl.access.roles import Permission
from beiratswahl.law.nominations import Defect
from beiratswahl.law.rules import BallotOrder
from beiratswahl.office.committee_page import vote_of
from beiratswahl.office.frame import done, show
from beiratswahl.office.nominations import curing, last_moment_now
from beiratswahl.operations import admission as admission_acts
from beiratswahl.operations import nomination_checks as checks
from beiratswahl.operations.admission import Admission, Decisions
from beiratswahl.operations.admission_reopening import reopen_admission
from beiratswahl.operations.committee_decisions import Vote
from beiratswahl.operations.committee_state import running_sitting, voters
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.read import nominations as read
from beiratswahl.store.read.nominations import NominationView

CLOSE = "close"
STALE = "Seit der Vorschau haben Sie etwas geändert. Das folgt jetzt daraus; prüfen Sie es und schließen Sie dann ab."
#: "2 Partei Beispiel", "2 – Partei Beispiel", "2: Partei Beispiel"
FREE_NUMBER = re.compile(r"\s*(\d{1,2})(?:\s*[-–:;,.)]\s*|\s+)(\S.*)")
SUBMITTED = "eingereicht"
#: defect with which § 19 Abs. 2 KWG itself strikes a candidate
BY_LAW = "several_nominations"


class ReopeningForm(Form):
    """Neue Entscheidung über die Zulassung."""

    reason = TextAreaField(
        "Warum wird neu entschieden?",
        validators=[InputRequired("Nennen Sie den Grund, zum Beispiel die Beanstandung der Aufsichtsbehörde."), Length(max=500)],
    )


class Proposed(NamedTuple):
    """A nomination with its defects, each with whether it can be cured, the reasons typed so far, and who is struck by law."""

    nomination: NominationView
    defects: list[tuple[Defect, str]]
    refusal: str
    strikes: Mapping[int, str]
    by_law: frozenset[int]


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    door.add_url_rule("/wahl/<int:election_id>/zulassung", "admission", admission, methods=["GET", "POST"])


@holding(Permission.KEEP_NOMINATIONS)
def admission(election_id: int) -> ResponseReturnValue:
    """Über die Zulassung entscheiden: preview what follows, then close with exactly that; or open it again."""
    if place().election.nominations_closed_at_utc is not None:
        return _reopening(election_id)
    submitted = [of for of in read.nominations(archive.session(), election_id) if of.state == SUBMITTED]
    found = checks.defects(archive.session(), election_id)
    form = Form()
    refused, struck = _typed(submitted) if form.validate_on_submit() else _suggested(found)
    outlook, refusal = None, ""
    doubtful: tuple[tuple[str, Defect], ...] = ()
    if form.is_submitted():
        try:
            decisions = Decisions(refused, struck, *_votes(submitted), _free_numbers(), *_told())
            outlook = admission_acts.preview(archive.session(), election_id, decisions)
            doubtful = admission_acts.in_spite_of(archive.session(), election_id, decisions)
            if request.form.get("act") == CLOSE and request.form.get("seen") == _seen():
                admission_acts.close_nominations(desk(), election_id, decisions)
                return done("Über die Zulassung ist entschieden; der Stimmzettel steht fest.", "nominations")
            refusal = STALE if request.form.get("act") == CLOSE else ""
        except Refused as error:
            refusal = str(error)
    sitting, rules = running_sitting(archive.session(), election_id), rules_of(archive.session(), election_id)
    return show(
        "nominations/admission.html",
        "nominations",
        form=form,
        proposed=_proposed(submitted, found, refused, struck),
        outlook=outlook,
        waiting_for=admission_acts.waiting_for(archive.session(), election_id),
        numbered=_numbered(outlook, submitted),
        doubtful=doubtful,
        seen=_seen(),
        by_persons=admission_acts.by_persons(rules),
        keeps_free=rules.ballot_order is BallotOrder.LIST_NUMBER,
        voters=voters(sitting) if sitting else None,
        sitting=sitting,
        typed=request.form,
        refusal=refusal,
        refused=bool(refusal),
    )


def _proposed(
    submitted: list[NominationView], found: Mapping[int, tuple[Defect, ...]], refused: Mapping[int, str], struck: Mapping[int, str]
) -> list[Proposed]:
    last = last_moment_now(place().election.election_id)
    proposed = []
    for of in submitted:
        defects = found.get(of.nomination_id, ())
        by_law = frozenset(int(one.candidate) for one in defects if one.rule == BY_LAW and one.candidate is not None)
        cures = [(one, curing(one, last)) for one in defects]
        proposed.append(Proposed(of, cures, refused.get(of.nomination_id, ""), struck, by_law))
    return proposed


def _reopening(election_id: int) -> ResponseReturnValue:
    form, refusal = ReopeningForm(), ""
    if form.validate_on_submit():
        try:
            reopen_admission(desk(), election_id, form.reason.data)
            return done("Die Zulassung ist wieder geöffnet. Entscheiden Sie jetzt neu.", "admission")
        except Refused as error:
            refusal = str(error)
    return show("nominations/reopen.html", "nominations", form=form, refusal=refusal, refused=bool(refusal or form.errors))


def _seen() -> str:
    """A short name for what is decided, so that nothing is closed but what the preview showed."""
    told = sorted((name, value.strip()) for name, value in request.form.items() if name.startswith(("refuse-", "strike-", "free_")))
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


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
            if defect.curable or defect.rule == BY_LAW:
                continue
            reason = f"{defect.text} ({defect.source})"
            if defect.candidate is None:
                refused.setdefault(nomination_id, reason)
            else:
                struck.setdefault(int(defect.candidate), reason)
    return refused, struck


def _told() -> tuple[str, str]:
    """Basis of the free numbers, and why the decision is entered without a sitting."""
    return request.form.get("free_basis", ""), request.form.get("outside", "")[:500]


def _free_numbers() -> dict[int, str]:
    """Party by number that stays free, one a line.

    Raises:
        Refused: a line has no number or no party, or a number stands twice.
    """
    found: dict[int, str] = {}
    for at, line in enumerate(request.form.get("free_numbers", "").splitlines(), 1):
        if not line.strip():
            continue
        read = FREE_NUMBER.fullmatch(line)
        if read is None:
            raise Refused(
                f"Freie Nummern, Zeile {at}: „{line.strip()}“ nennt nicht Nummer und Partei. Schreiben Sie es wie „2 Partei Beispiel“."
            )
        if int(read[1]) in found:
            raise Refused(f"Freie Nummern, Zeile {at}: Die Nummer {read[1]} steht schon darüber.")
        found[int(read[1])] = read[2].strip()
    return found


def _numbered(outlook: Admission | None, submitted: list[NominationView]) -> list[tuple[str, str]]:
    """Number and Kennwort in ballot order, the free numbers between them."""
    if outlook is None:
        return []
    names = {of.nomination_id: of.keyword or "ohne Kennwort" for of in submitted}
    carried = [(number, names[key]) for number, key in zip(outlook.numbers, outlook.order, strict=True)]
    free = [(number, f"bleibt frei ({party})") for number, party in _free_numbers().items()]
    return [(f"Nr. {number}", text) for number, text in sorted([*carried, *free])]
