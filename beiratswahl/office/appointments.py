"""Amtszeit und berufene Mitglieder: entering, ending and taking back."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length

from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.office.frame import done, show
from beiratswahl.operations import appointments as operations
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read.appointments import AppointmentView, appointments


class TermForm(Form):
    """Beginn der Amtszeit."""

    day = DateField("Erster Tag der Amtszeit", validators=[InputRequired("Geben Sie den Tag ein.")])


class AppointForm(Form):
    """Berufung."""

    name = StringField("Name", validators=[InputRequired("Nennen Sie den Namen."), Length(max=operations.LONGEST)])
    day = DateField("Berufen am", validators=[InputRequired("Geben Sie den Tag ein.")])
    reason = StringField("Beschluss", validators=[InputRequired("Nennen Sie den Beschluss."), Length(max=operations.LONGEST)])


class EndForm(Form):
    """Ende einer Berufung."""

    day = DateField("Ende am", validators=[InputRequired("Geben Sie den Tag ein.")])
    reason = StringField("Grund", validators=[InputRequired("Nennen Sie den Grund."), Length(max=operations.LONGEST)])


class TakeBackForm(Form):
    """Rücknahme eines irrtümlichen Eintrags."""

    reason = StringField("Zurücknehmen, weil …", validators=[InputRequired("Nennen Sie den Grund."), Length(max=operations.LONGEST)])


def add_to(door: Blueprint) -> None:
    """Hang the pages."""
    base = "/wahl/<int:election_id>/mandate"
    one = f"{base}/berufung/<int:appointment_id>"
    door.add_url_rule(f"{base}/amtszeit", "term", term, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/berufung", "appoint", appoint, methods=["GET", "POST"])
    door.add_url_rule(f"{one}/ende", "end_appointment", end, methods=["GET", "POST"])
    door.add_url_rule(f"{one}/ruecknahme", "take_back_appointment", take_back, methods=["GET", "POST"])


@holding(Permission.DETERMINE_RESULT)
def term(election_id: int) -> ResponseReturnValue:
    """Beginn der Amtszeit eintragen oder ändern."""
    present = known(election_id)
    form, refusal = TermForm(day=present.begins_on if present else None), ""
    if form.validate_on_submit():
        try:
            operations.record_term(desk(), election_id, form.day.data)
            return done("Der Beginn der Amtszeit ist eingetragen.", "mandates")
        except Refused as error:
            refusal = str(error)
    return _show(
        "Beginn der Amtszeit", "Eintragen", form, refusal, "Meist ist es der Tag der ersten Sitzung. Die Amtszeit dauert fünf Jahre."
    )


@holding(Permission.DETERMINE_RESULT)
def appoint(election_id: int) -> ResponseReturnValue:
    """Berufenes Mitglied eintragen."""
    form, refusal = AppointForm(), ""
    if form.validate_on_submit():
        try:
            operations.appoint(desk(), election_id, form.name.data, form.day.data, form.reason.data)
            return done("Das berufene Mitglied ist eingetragen.", "mandates")
        except Refused as error:
            refusal = str(error)
    return _show("Mitglied berufen", "Eintragen", form, refusal, "Nennen Sie die Person und den Beschluss, mit dem sie berufen wurde.")


@holding(Permission.DETERMINE_RESULT)
def end(election_id: int, appointment_id: int) -> ResponseReturnValue:
    """Ende einer Berufung eintragen."""
    of = _known(election_id, appointment_id)
    form, refusal = EndForm(), ""
    if form.validate_on_submit():
        try:
            operations.end_appointment(desk(), election_id, appointment_id, form.day.data, form.reason.data)
            return done("Das Ende der Berufung ist eingetragen.", "mandates")
        except Refused as error:
            refusal = str(error)
    return _show(f"Ende der Berufung: {of.name}", "Eintragen", form, refusal, "Zum Beispiel Rücktritt oder Ende des Amtes.")


@holding(Permission.DETERMINE_RESULT)
def take_back(election_id: int, appointment_id: int) -> ResponseReturnValue:
    """Irrtümlichen Eintrag zurücknehmen."""
    of = _known(election_id, appointment_id)
    form, refusal = TakeBackForm(), ""
    if form.validate_on_submit():
        try:
            operations.take_back_appointment(desk(), election_id, appointment_id, form.reason.data)
            return done("Der Eintrag ist zurückgenommen.", "mandates")
        except Refused as error:
            refusal = str(error)
    what = "Danach ist die Person wieder im Amt." if of.ended_on else "Danach steht die Person nicht mehr in der Liste."
    return _show(f"Eintrag zurücknehmen: {of.name}", "Zurücknehmen", form, refusal, f"{what} Das Amtsbuch behält beide Einträge.")


def known(election_id: int) -> operations.Council | None:
    """Term and appointed members; None before the determination."""
    try:
        return operations.council(archive.session(), election_id)
    except Refused:
        return None


def _known(election_id: int, appointment_id: int) -> AppointmentView:
    found = next((of for of in appointments(archive.session(), election_id) if of.appointment_id == appointment_id), None)
    return found or abort(404)


def _show(heading: str, button: str, form: Form, refusal: str, text: str) -> ResponseReturnValue:
    about = {"heading": heading, "button": button, "text": text}
    return show("mandates/entry.html", "result", form=form, refusal=refusal, refused=bool(refusal or form.errors), **about)
