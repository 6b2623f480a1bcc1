"""Applications for the roll: what a person claims and which proof was seen."""

from datetime import datetime

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue
from wtforms import DateField, RadioField, SelectField, StringField, TimeField
from wtforms.validators import InputRequired, Length, Optional

from beiratswahl import clock
from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.law.facts import ParentStatus
from beiratswahl.law.rules import Ground
from beiratswahl.office import roll_words
from beiratswahl.office.frame import done, show
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.roll_applications import ApplicationData, Channel, record_application
from beiratswahl.store.read import roll as read


class ApplicationForm(Form):
    """Antrag auf Eintragung."""

    ground = RadioField(
        "Worauf stützt sich der Antrag?",
        choices=roll_words.GROUNDS,
        validators=[InputRequired("Wählen Sie den Grund, den der Antrag nennt.")],
    )
    parent = SelectField("Nur bei Nr. 2 d): der Elternteil ist", choices={"": "nicht angegeben", **roll_words.PARENTS}, default="")
    received_day = DateField("Eingegangen am", validators=[InputRequired("Geben Sie den Tag des Eingangs ein.")])
    received_hour = TimeField("um", validators=[InputRequired("Geben Sie die Uhrzeit ein.")])
    channel = SelectField("Wie eingegangen", choices={channel.value: channel.value for channel in Channel})
    proof_kind = StringField("Vorgelegter Nachweis", validators=[Length(max=120)])
    proof_date = DateField("Nachweis ausgestellt am", validators=[Optional()])


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    door.add_url_rule(
        "/wahl/<int:election_id>/verzeichnis/person/<int:person_id>/antrag", "record_application", record, methods=["GET", "POST"]
    )


@holding(Permission.KEEP_ROLL)
def record(election_id: int, person_id: int) -> ResponseReturnValue:
    """Antrag erfassen; the person is decided anew at once."""
    view = read.person_view(archive.session(), election_id, person_id)
    if view is None:
        abort(404)
    now = clock.local(clock.now())
    form = ApplicationForm(data={"received_day": now.date(), "received_hour": now.time()})
    refusal = ""
    if form.validate_on_submit():
        try:
            outcome = record_application(desk(), person_id, _data(form))
            late = "Der Antrag ist erfasst. Er kam nach der Frist und zählt nicht; die Entscheidung bleibt, wie sie war."
            message = "Der Antrag ist erfasst und die Person neu entschieden." if outcome.in_time else late
            return done(message, "person", person_id=person_id)
        except Refused as error:
            refusal = str(error)
    return show("roll/application.html", "roll", form=form, view=view, refusal=refusal, refused=bool(refusal or form.errors))


def _data(form: ApplicationForm) -> ApplicationData:
    received = datetime.combine(form.received_day.data, form.received_hour.data)
    return ApplicationData(
        ground=Ground(form.ground.data),
        received_at=clock.from_local(received),
        channel=Channel(form.channel.data),
        proof_kind=(form.proof_kind.data or "").strip(),
        proof_date=form.proof_date.data,
        parent=ParentStatus(form.parent.data) if form.parent.data else None,
    )
