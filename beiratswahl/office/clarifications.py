"""Findings of the office: an unclear case is settled without an application; what was found can be replaced and taken back."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.office import persons, roll_cases, roll_words
from beiratswahl.office.frame import done, show
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.nationalities import GERMAN, NOT_STATED, STATELESS, UNCLEAR, nationalities
from beiratswahl.operations.roll_clarifications import (
    FINDINGS,
    WITH_DAY,
    ClarificationData,
    Finding,
    Matter,
    record_clarification,
    withdraw_clarification,
)
from beiratswahl.store.read import roll_cases as read

_NO_FOREIGN_STATE = (GERMAN, STATELESS, UNCLEAR, NOT_STATED)


class ClarificationForm(Form):
    """Feststellung erfassen."""

    finding = RadioField("Was steht fest?", validators=[InputRequired("Wählen Sie, was Sie festgestellt haben.")])
    nationality = SelectField("Welche ausländische Staatsangehörigkeit?", default="")
    day = DateField("Tag", validators=[Optional()])
    proof_kind = StringField(
        "Was hat vorgelegen, oder wer hat Auskunft gegeben?",
        validators=[InputRequired("Geben Sie an, worauf die Feststellung beruht."), Length(max=120)],
    )
    proof_date = DateField("Nachweis oder Auskunft vom", validators=[Optional()])
    reason = TextAreaField(
        "Wie wurde es geklärt?", validators=[InputRequired("Schreiben Sie, wie die Sache geklärt wurde."), Length(max=1000)]
    )


class WithdrawalForm(Form):
    """Rücknahme einer Feststellung."""

    reason = StringField(
        "Warum gilt die Feststellung nicht mehr?", validators=[InputRequired("Schreiben Sie den Grund der Rücknahme."), Length(max=300)]
    )


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base, both = "/wahl/<int:election_id>/verzeichnis", ["GET", "POST"]
    door.add_url_rule(f"{base}/person/<int:person_id>/feststellung", "clarify", record, methods=both)
    door.add_url_rule(f"{base}/feststellung/<int:clarification_id>/zuruecknehmen", "withdraw_clarification", withdraw, methods=both)


@holding(Permission.KEEP_ROLL)
def record(election_id: int, person_id: int) -> ResponseReturnValue:
    """Feststellung erfassen; the person is decided anew at once."""
    view = persons.found(election_id, person_id)
    matters = roll_cases.matters_of(view)
    form, refusal = _form(matters), ""
    if form.validate_on_submit():
        try:
            answer = record_clarification(desk(), person_id, _data(form))
            return _back(f"Die Feststellung ist erfasst. Die Person ist jetzt {roll_words.ANSWERS[answer]}.", person_id)
        except Refused as error:
            refusal = str(error)
    return show(
        "roll/clarify.html",
        "roll",
        view=view,
        form=form,
        matters=matters,
        days=WITH_DAY.intersection(finding for matter in matters for finding in FINDINGS[matter]),
        refusal=refusal,
        refused=bool(refusal or form.errors),
        kept=roll_cases.kept(),
        words=roll_words,
    )


@holding(Permission.KEEP_ROLL)
def withdraw(election_id: int, clarification_id: int) -> ResponseReturnValue:
    """Feststellung zurücknehmen."""
    one = read.clarification(archive.session(), election_id, clarification_id)
    if one is None:
        abort(404)
    form, refusal = WithdrawalForm(), ""
    if form.validate_on_submit():
        try:
            withdraw_clarification(desk(), clarification_id, form.reason.data)
            return _back("Die Feststellung gilt nicht mehr; über die Person ist ohne sie entschieden.", one.person_id)
        except Refused as error:
            refusal = str(error)
    return show(
        "roll/withdraw_clarification.html",
        "roll",
        one=one,
        view=persons.found(election_id, one.person_id),
        form=form,
        refusal=refusal,
        refused=bool(request.method == "POST" and (refusal or form.errors)),
        kept=roll_cases.kept(),
    )


def _form(matters: tuple[Matter, ...]) -> ClarificationForm:
    form = ClarificationForm()
    several = len(matters) > 1
    form.finding.choices = {
        finding.value: f"{matter.value}: {finding.value}" if several else finding.value
        for matter in matters
        for finding in FINDINGS[matter]
    }
    states = sorted((one for one in nationalities().values() if one.key not in _NO_FOREIGN_STATE), key=lambda one: one.name)
    form.nationality.choices = {"": "bitte wählen", **{one.key: one.name for one in states}}
    return form


def _data(form: ClarificationForm) -> ClarificationData:
    return ClarificationData(
        finding=Finding(form.finding.data),
        proof_kind=form.proof_kind.data or "",
        reason=form.reason.data or "",
        nationality=form.nationality.data or "",
        day=form.day.data,
        proof_date=form.proof_date.data,
    )


def _back(message: str, person_id: int) -> ResponseReturnValue:
    return done(message, "person", person_id=person_id, **roll_cases.kept(), erledigt=1)
