"""What is printed of the municipality: name lines, address, who leads the election, where objections go."""

from dataclasses import fields

from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding, place
from beiratswahl.access.roles import Permission
from beiratswahl.office.frame import done, show
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.publication import unsaid
from beiratswahl.operations.setup import Imprint, change_municipality


class ImprintForm(Form):
    """Angaben zur Körperschaft."""

    name = StringField("Name der Körperschaft", validators=[InputRequired("Geben Sie den Namen ein."), Length(max=120)])
    council_name = StringField("Name des Beirats", validators=[InputRequired("Geben Sie den Namen des Beirats ein."), Length(max=200)])
    office_name = StringField("Kopf der Schreiben", validators=[InputRequired("Geben Sie ein, wer die Wahl leitet."), Length(max=200)])
    street = StringField("Straße und Hausnummer", validators=[Length(max=120)])
    postcode = StringField(
        "Postleitzahl", validators=[Optional(), Regexp(r"\d{5}$", message="Eine Postleitzahl hat fünf Ziffern, zum Beispiel 55116.")]
    )
    town = StringField("Ort", validators=[Length(max=120)])
    phone = StringField("Telefon", validators=[Length(max=60)])
    email = StringField(
        "E-Mail", validators=[Optional(), Regexp(r"[^@\s]+@[^@\s]+$", message="Schreiben Sie die Adresse wie wahlamt@musterstadt.example.")]
    )
    returning_officer = StringField("Name der Wahlleitung", validators=[Length(max=120)])
    returning_officer_title = StringField("Amt der Wahlleitung", validators=[Length(max=120)])
    objection_recipient = StringField("Stelle für Einsprüche", validators=[Length(max=200)])


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    door.add_url_rule("/wahl/<int:election_id>/koerperschaft", "municipality", municipality, methods=["GET", "POST"])


@holding(Permission.SET_UP_ELECTION)
def municipality(election_id: int) -> ResponseReturnValue:
    """Angaben zur Körperschaft zeigen und ändern."""
    present = place().municipality
    form = ImprintForm(obj=present)
    refusal = ""
    if form.validate_on_submit():
        try:
            imprint = Imprint(**{field.name: form[field.name].data or "" for field in fields(Imprint)})
            change_municipality(desk(), present.municipality_id, imprint)
            return done("Die Angaben zur Körperschaft sind geändert.", "municipality")
        except Refused as error:
            refusal = str(error)
    return show(
        "setup/municipality.html",
        "election",
        form=form,
        present=present,
        unsaid=unsaid(present),
        refusal=refusal,
        refused=bool(refusal or form.errors),
    )
