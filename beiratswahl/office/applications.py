"""Applications for the roll: what a person claims and which proof was seen; corrected, withdrawn, looked at by a second person."""

from datetime import datetime
from functools import partial

from flask import Blueprint, abort, flash, request
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TimeField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from beiratswahl import clock
from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.law.facts import ParentStatus
from beiratswahl.law.rules import Ground
from beiratswahl.office import persons, roll_cases, roll_words
from beiratswahl.office.frame import done, show
from beiratswahl.office.second_looks import SecondLookForm, looked_again
from beiratswahl.operations import roll_application_changes as changes
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.roll_applications import ApplicationData, ApplicationOutcome, Channel, record_application
from beiratswahl.store.read import roll as read
from beiratswahl.store.read.roll_cases import OtherRight, other_rights
from beiratswahl.store.read.roll_views import ApplicationView, PersonView
from beiratswahl.words import moment

NOT_NAMED = "nicht angegeben"


class ApplicationForm(Form):
    """Antrag auf Eintragung."""

    ground = RadioField(
        "Worauf stützt sich der Antrag?",
        choices=roll_words.GROUNDS,
        validators=[InputRequired("Wählen Sie den Grund, den der Antrag nennt.")],
    )
    parent = SelectField(
        "Nur bei Nr. 2 d): der Elternteil ist",
        choices={"": "bitte wählen", **roll_words.PARENTS, NOT_NAMED: "im Antrag nicht angegeben"},
        default="",
    )
    received_day = DateField("Eingegangen am", validators=[InputRequired("Geben Sie den Tag des Eingangs ein.")])
    received_hour = TimeField("um", validators=[InputRequired("Geben Sie die Uhrzeit ein.")])
    channel = SelectField("Wie eingegangen", choices={channel.value: channel.value for channel in Channel})
    proof_kind = StringField("Vorgelegter Nachweis", validators=[Length(max=120)])
    proof_date = DateField("Nachweis ausgestellt am", validators=[Optional()])
    second_look = BooleanField("Eine zweite Person soll den Antrag prüfen, bevor jemand eingetragen wird.")
    also = BooleanField("Denselben Antrag auch für die andere Wahl am selben Tag erfassen.")

    def validate_parent(self, field: SelectField) -> None:
        """A claim by descent rests on the status of one parent (§ 56 Abs. 2 Satz 2 Nr. 2 Buchst. d GemO)."""
        if self.ground.data == Ground.NR2D.value and not field.data:
            raise ValidationError("Wählen Sie, was der Elternteil ist. Sagt der Antrag es nicht, bleibt die Wahlberechtigung unklar.")


class CorrectedForm(ApplicationForm):
    """Berichtigung eines Antrags."""

    reason = StringField("Was wird berichtigt?", validators=[InputRequired("Schreiben Sie, was berichtigt wird."), Length(max=300)])


class WithdrawalForm(Form):
    """Rücknahme eines Antrags."""

    reason = StringField(
        "Warum gilt der Antrag nicht mehr?", validators=[InputRequired("Schreiben Sie den Grund der Rücknahme."), Length(max=300)]
    )


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/verzeichnis"
    case, both = f"{base}/antrag/<int:application_id>", ["GET", "POST"]
    door.add_url_rule(f"{base}/person/<int:person_id>/antrag", "record_application", record, methods=both)
    door.add_url_rule(f"{case}/berichtigen", "correct_application", correct, methods=both)
    door.add_url_rule(f"{case}/zuruecknehmen", "withdraw_application", withdraw, methods=both)
    door.add_url_rule(f"{case}/zweiter-blick", "look_again", look_again, methods=both)


@holding(Permission.KEEP_ROLL)
def record(election_id: int, person_id: int) -> ResponseReturnValue:
    """Antrag erfassen; the person is decided anew at once."""
    view = persons.found(election_id, person_id)
    now = clock.local(clock.now())
    claimed = {"ground": request.args.get("grund"), "parent": request.args.get("elternteil", "")}  # from a form that was read in
    form = ApplicationForm(data={"received_day": now.date(), "received_hour": now.time(), **claimed})
    rights = other_rights(archive.session(), election_id, [person_id], persons.municipalities()).get(person_id, ())
    refusal = ""
    if form.validate_on_submit():
        try:
            outcome = record_application(desk(), person_id, _data(form))
            if form.also.data:
                _record_elsewhere(rights, _data(form))
            return _back(_said(outcome), person_id)
        except Refused as error:
            refusal = str(error)
    return _form_page(form, refusal, view=view, rights=rights)


@holding(Permission.KEEP_ROLL)
def correct(election_id: int, application_id: int) -> ResponseReturnValue:
    """Antrag berichtigen, also to add a proof that came later."""
    one = _found(election_id, application_id)
    received = clock.local(one.received_at_utc)
    form = CorrectedForm(
        data={
            "ground": one.ground,
            "parent": one.parent or (NOT_NAMED if one.ground == Ground.NR2D.value else ""),
            "received_day": received.date(),
            "received_hour": received.time(),
            "channel": one.channel,
            "proof_kind": one.proof_kind,
            "proof_date": one.proof_date,
            "second_look": one.second_look_needed,
        }
    )
    refusal = ""
    if form.validate_on_submit():
        try:
            outcome = changes.correct_application(desk(), application_id, _data(form), form.reason.data)
            return _back(_said(outcome), one.person_id)
        except Refused as error:
            refusal = str(error)
    view = persons.found(election_id, one.person_id)
    return _form_page(form, refusal, view=view, rights=())


@holding(Permission.KEEP_ROLL)
def withdraw(election_id: int, application_id: int) -> ResponseReturnValue:
    """Antrag zurücknehmen."""
    one = _found(election_id, application_id)
    form, refusal = WithdrawalForm(), ""
    if form.validate_on_submit():
        try:
            changes.withdraw_application(desk(), application_id, form.reason.data)
            return _back(_said_of_withdrawal(persons.found(election_id, one.person_id)), one.person_id)
        except Refused as error:
            refusal = str(error)
    return _case_page("roll/withdraw_application.html", election_id, one, form, refusal)


@holding(Permission.KEEP_ROLL)
def look_again(election_id: int, application_id: int) -> ResponseReturnValue:
    """Zweiter Blick: agree, or give it back with a reason."""
    one = _found(election_id, application_id)
    form = SecondLookForm()
    said, refusal = looked_again(form, partial(changes.look_again, desk(), application_id), "Der Antrag ist bestätigt.", one.recorded_by)
    if said is not None:
        return said
    return _case_page("roll/look_again.html", election_id, one, form, refusal)


def _record_elsewhere(rights: tuple[OtherRight, ...], data: ApplicationData) -> None:
    """The same application for each other election of the day; an act of its own in each municipality."""
    for right in rights:
        try:
            said = _said(record_application(desk(), right.person_id, data))
            flash(f"{right.municipality}: {said}", "success")
        except Refused as error:
            flash(f"{right.municipality}: Der Antrag wurde dort nicht erfasst. {error}", "warning")


def _said(outcome: ApplicationOutcome) -> str:
    if not outcome.in_time:
        return "Der Antrag ist erfasst. Er kam nach der Frist und zählt nicht; die Entscheidung bleibt, wie sie war."
    if outcome.waits:
        return "Der Antrag ist erfasst und die Person neu entschieden. Eingetragen wird sie erst nach dem zweiten Blick."
    return "Der Antrag ist erfasst und die Person neu entschieden."


def _said_of_withdrawal(view: PersonView) -> str:
    said = "Der Antrag gilt nicht mehr; über die Person ist ohne ihn entschieden."
    others = [one for one in view.applications if one.in_time and one.withdrawn_at_utc is None]
    if not others:
        return said
    named = " und ".join(f"der Antrag vom {moment(one.received_at_utc)} ({roll_words.GROUNDS[one.ground]})" for one in others)
    counts, them = ("gelten", "sie") if len(others) > 1 else ("gilt", "ihn")
    return f"{said} Weiter {counts} {named}. Ist auch das zurückgenommen, nehmen Sie {them} ebenso zurück."


def _back(message: str, person_id: int) -> ResponseReturnValue:
    return done(message, "person", person_id=person_id, **roll_cases.kept(), erledigt=1)


def _found(election_id: int, application_id: int) -> ApplicationView:
    one = read.application(archive.session(), election_id, application_id)
    if one is None:
        abort(404)
    return one


def _form_page(form: ApplicationForm, refusal: str, **context: object) -> ResponseReturnValue:
    refused = bool(refusal or form.errors)
    return show(
        "roll/application.html", "roll", form=form, refusal=refusal, refused=refused, kept=roll_cases.kept(), words=roll_words, **context
    )


def _case_page(template: str, election_id: int, one: ApplicationView, form: Form, refusal: str) -> ResponseReturnValue:
    return show(
        template,
        "roll",
        one=one,
        view=persons.found(election_id, one.person_id),
        form=form,
        words=roll_words,
        refusal=refusal,
        refused=bool(request.method == "POST" and (refusal or form.errors)),
        kept=roll_cases.kept(),
    )


def _data(form: ApplicationForm) -> ApplicationData:
    received = datetime.combine(form.received_day.data, form.received_hour.data)
    return ApplicationData(
        ground=Ground(form.ground.data),
        received_at=clock.from_local(received),
        channel=Channel(form.channel.data),
        proof_kind=(form.proof_kind.data or "").strip(),
        proof_date=form.proof_date.data,
        parent=ParentStatus(form.parent.data) if form.parent.data in roll_words.PARENTS else None,
        second_look=bool(form.second_look.data),
    )
