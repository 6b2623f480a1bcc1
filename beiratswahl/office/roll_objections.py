"""Einwendungen gegen das Wählerverzeichnis: recorded, decided, looked at twice, answered by letter."""

from datetime import datetime
from functools import partial

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length, Optional

from beiratswahl import clock
from beiratswahl.access import archive, login
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.office import persons, roll_cases, roll_words
from beiratswahl.office.frame import done, show
from beiratswahl.office.second_looks import SecondLookForm, looked_again
from beiratswahl.operations import roll_objections
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.roll_applications import Channel
from beiratswahl.operations.roll_corrections import Kind
from beiratswahl.operations.roll_objection_deadlines import until
from beiratswahl.operations.roll_objections import ObjectionData
from beiratswahl.store.read import electoral_roll as read
from beiratswahl.store.read import setup
from beiratswahl.store.read.electoral_roll import ObjectionView


class ObjectionForm(Form):
    """Einwendung."""

    raised_by = StringField("Wer erhebt sie?", validators=[InputRequired("Geben Sie an, wer die Einwendung erhebt."), Length(max=200)])
    address = TextAreaField("Anschrift für die Antwort", validators=[Length(max=300)])
    received_day = DateField("Eingegangen am", validators=[InputRequired("Geben Sie den Tag des Eingangs ein.")])
    received_hour = TimeField("um", validators=[InputRequired("Geben Sie die Uhrzeit ein.")])
    channel = SelectField("Wie eingegangen", choices={channel.value: channel.value for channel in Channel})
    wanted = SelectField("Was wird beantragt?", choices={kind.value: kind.value for kind in Kind})
    reasons = TextAreaField(
        "Begründung der Einwendung", validators=[InputRequired("Geben Sie an, worauf sich die Einwendung stützt."), Length(max=4000)]
    )


class DecisionForm(Form):
    """Entscheidung über eine Einwendung."""

    granted = RadioField(
        "Entscheidung",
        choices={
            "ja": "Der Einwendung wird stattgegeben; das Wählerverzeichnis wird berichtigt.",
            "nein": "Die Einwendung wird zurückgewiesen.",
        },
        validators=[InputRequired("Wählen Sie die Entscheidung.")],
    )
    reason = TextAreaField(
        "Gründe der Entscheidung", validators=[InputRequired("Schreiben Sie die Gründe; sie stehen im Schreiben."), Length(max=4000)]
    )
    heard_on = DateField("Betroffene Person angehört am", validators=[Optional()])
    district = SelectField("Stimmbezirk der Eintragung", choices={"": "wie im Melderegister"}, validate_choice=False)


class WithdrawnForm(Form):
    """Rücknahme einer Einwendung."""

    withdrawn = StringField(
        "Wie wurde die Rücknahme erklärt?", validators=[InputRequired("Schreiben Sie, wie die Rücknahme erklärt wurde."), Length(max=300)]
    )


LATE = "Die Einwendung ist nach dem Ende der Einsicht eingegangen und damit unzulässig (§ 13 KWO)."


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/verzeichnis"
    one = f"{base}/einwendung/<int:objection_id>"
    door.add_url_rule(f"{base}/einwendungen", "objections", objections)
    door.add_url_rule(f"{base}/person/<int:person_id>/einwendung", "record_objection", record, methods=["GET", "POST"])
    door.add_url_rule(one, "objection", objection, methods=["GET", "POST"])
    door.add_url_rule(f"{one}/zweiter-blick", "look_again_at_objection", look_again, methods=["POST"])
    door.add_url_rule(f"{one}/zuruecknehmen", "withdraw_objection", withdraw, methods=["POST"])


@holding(Permission.KEEP_ROLL)
def objections(election_id: int) -> ResponseReturnValue:
    """Einwendungen, the open ones first, with the time that is left."""
    session = archive.session()
    return show(
        "roll/objections.html",
        "roll",
        objections=read.objections(session, election_id),
        limits=until(session, election_id),
        roll=read.electoral_roll(session, election_id),
    )


@holding(Permission.KEEP_ROLL)
def record(election_id: int, person_id: int) -> ResponseReturnValue:
    """Einwendung erfassen."""
    view, now = persons.found(election_id, person_id), clock.local(clock.now())
    name = f"{view.line.given_names} {view.line.family_name}".strip()
    form = ObjectionForm(data={"received_day": now.date(), "received_hour": now.time(), "raised_by": name})
    refusal = ""
    if form.validate_on_submit():
        try:
            objection_id = roll_objections.record_objection(desk(), person_id, _data(form))
            return done("Die Einwendung ist erfasst.", "objection", objection_id=objection_id, **roll_cases.kept())
        except Refused as error:
            refusal = str(error)
    session = archive.session()
    return show(
        "roll/record_objection.html",
        "roll",
        form=form,
        view=view,
        limits=until(session, election_id),
        entry=read.entry_of(session, election_id, person_id),
        refusal=refusal,
        refused=bool(refusal or form.errors),
        kept=roll_cases.kept(),
    )


@holding(Permission.KEEP_ROLL)
def objection(election_id: int, objection_id: int) -> ResponseReturnValue:
    """Eine Einwendung: decide on it, or see what was decided."""
    one = _found(election_id, objection_id)
    form, refusal = _decision_form(election_id, one), ""
    if form.validate_on_submit():
        try:
            holds = roll_objections.decide_objection(
                desk(),
                objection_id,
                granted=form.granted.data == "ja",
                reason=form.reason.data,
                heard_on=form.heard_on.data,
                district=form.district.data or None,
            )
            said = "Über die Einwendung ist entschieden." if holds else "Die Entscheidung wartet auf den zweiten Blick."
            return done(said, "objection", objection_id=objection_id, **roll_cases.kept())
        except Refused as error:
            refusal = str(error)
    return _page(one, form, SecondLookForm(formdata=None), WithdrawnForm(formdata=None), refusal, refused=bool(refusal or form.errors))


@holding(Permission.KEEP_ROLL)
def look_again(election_id: int, objection_id: int) -> ResponseReturnValue:
    """Zweiter Blick auf die Entscheidung."""
    one = _found(election_id, objection_id)
    form = SecondLookForm()
    act = partial(roll_objections.look_again_at_objection, desk(), objection_id)
    said, refusal = looked_again(form, act, "Die Entscheidung ist bestätigt.", one.decided_by)
    if said is not None:
        return said
    return _page(one, _decision_form(election_id, one, empty=True), form, WithdrawnForm(formdata=None), refusal, refused=True)


@holding(Permission.KEEP_ROLL)
def withdraw(election_id: int, objection_id: int) -> ResponseReturnValue:
    """Einwendung zurücknehmen."""
    one = _found(election_id, objection_id)
    form, refusal = WithdrawnForm(), ""
    if form.validate_on_submit():
        try:
            roll_objections.withdraw_objection(desk(), objection_id, form.withdrawn.data)
            return done("Die Einwendung ist zurückgenommen.", "objections")
        except Refused as error:
            refusal = str(error)
    return _page(one, _decision_form(election_id, one, empty=True), SecondLookForm(formdata=None), form, refusal, refused=True)


def _page(
    one: ObjectionView, form: DecisionForm, look: SecondLookForm, withdrawal: WithdrawnForm, refusal: str, *, refused: bool
) -> ResponseReturnValue:
    session, somebody = archive.session(), login.current()
    election_id = (request.view_args or {})["election_id"]
    return show(
        "roll/objection.html",
        "roll",
        one=one,
        form=form,
        look=look,
        withdrawal=withdrawal,
        refusal=refusal,
        refused=refused and request.method == "POST",
        limits=until(session, election_id),
        view=persons.found(election_id, one.person_id),
        entry=read.entry_of(session, election_id, one.person_id),
        words=roll_words,
        is_mine=somebody is not None and (one.decided_by == somebody.name or one.decided_by_id == somebody.account_id),
        kept=roll_cases.kept(),
    )


def _decision_form(election_id: int, one: ObjectionView, *, empty: bool = False) -> DecisionForm:
    late = {"granted": "nein", "reason": LATE} if one.late else {}
    form = DecisionForm(formdata=None, data=late) if empty else DecisionForm(data=late)
    districts = setup.districts(archive.session(), election_id)
    form.district.choices = {"": "wie im Melderegister", **{str(of.number): f"{of.number} {of.name}" for of in districts}}
    return form


def _found(election_id: int, objection_id: int) -> ObjectionView:
    one = read.objection(archive.session(), election_id, objection_id)
    if one is None:
        abort(404)
    return one


def _data(form: ObjectionForm) -> ObjectionData:
    received = datetime.combine(form.received_day.data, form.received_hour.data)
    return ObjectionData(
        raised_by=form.raised_by.data,
        received_at=clock.from_local(received),
        wanted=Kind(form.wanted.data),
        reasons=form.reasons.data,
        channel=form.channel.data,
        address=form.address.data or "",
    )
