"""What is printed of the municipality: name lines, address, who leads the election, where objections go."""

from dataclasses import fields

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue
from wtforms import FileField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding, place
from beiratswahl.access.roles import Permission
from beiratswahl.office.frame import done, show
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.publication import unsaid
from beiratswahl.operations.setup import Imprint, change_arms, change_municipality
from beiratswahl.store.read.setup import printed_municipality


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
    council_contact = TextAreaField("So erreicht man den Beirat", validators=[Length(max=500)])
    commissioner_contact = TextAreaField(
        "So erreicht man die oder den Beauftragten für Migration und Integration", validators=[Length(max=500)]
    )


class ArmsForm(Form):
    """Wappen."""

    file = FileField("Wappen (SVG oder PNG)")


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    door.add_url_rule("/wahl/<int:election_id>/koerperschaft", "municipality", municipality, methods=["GET", "POST"])
    door.add_url_rule("/wahl/<int:election_id>/koerperschaft/wappen", "arms", arms, methods=["GET", "POST"])
    door.add_url_rule("/wahl/<int:election_id>/koerperschaft/wappen/bild", "arms_picture", arms_picture)


@holding(Permission.SET_UP_ELECTION)
def arms(election_id: int) -> ResponseReturnValue:
    """Wappen hinterlegen oder entfernen."""
    form = ArmsForm()
    refusal = ""
    if form.validate_on_submit():
        try:
            content = None if "remove" in request.form else (form.file.data.read() if form.file.data else b"")
            change_arms(desk(), place().municipality.municipality_id, content)
            return done("Das Wappen ist entfernt." if content is None else "Das Wappen ist hinterlegt.", "arms")
        except Refused as error:
            refusal = str(error)
    return show("setup/arms.html", "election", form=form, present=place().municipality, refusal=refusal, refused=bool(refusal))


@holding(Permission.SET_UP_ELECTION)
def arms_picture(election_id: int) -> ResponseReturnValue:
    """Wappen als Bild."""
    shown = printed_municipality(archive.session(), place().municipality.municipality_id)
    if shown.arms is None:
        abort(404)
    return Response(shown.arms, mimetype=shown.arms_media_type)


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
