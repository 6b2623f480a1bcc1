"""Polling districts of an election."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import IntegerField, RadioField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.office.frame import done, show
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.setup import create_district
from beiratswahl.store.read import setup

POSTAL, URN = "postal", "urn"


class DistrictForm(Form):
    """Angaben zum Stimmbezirk."""

    number = IntegerField("Nummer", validators=[InputRequired("Geben Sie eine Nummer ein."), NumberRange(1, 9999)])
    name = StringField("Bezeichnung", validators=[InputRequired("Geben Sie eine Bezeichnung ein."), Length(max=120)])
    kind = RadioField("Art", choices={POSTAL: "Briefwahlbezirk", URN: "Stimmbezirk mit Wahlraum"}, default=POSTAL)
    eligible = IntegerField("Wahlberechtigte in diesem Bezirk", validators=[Optional(), NumberRange(0, 999_999)])


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    door.add_url_rule("/wahl/<int:election_id>/stimmbezirke", "districts", districts, methods=["GET", "POST"])


@holding(Permission.SET_UP_ELECTION)
def districts(election_id: int) -> ResponseReturnValue:
    """Stimmbezirke zeigen und anlegen."""
    present = setup.districts(archive.session(), election_id)
    form = DistrictForm(data={"number": max((of.number for of in present), default=0) + 1, "kind": POSTAL})
    refusal = ""
    if form.validate_on_submit():
        try:
            postal = form.kind.data == POSTAL
            create_district(desk(), election_id, form.number.data, form.name.data.strip(), postal=postal, eligible=form.eligible.data)
            return done(f"Stimmbezirk {form.number.data} ist angelegt.", "districts")
        except Refused as error:
            refusal = str(error)
    return show("setup/districts.html", "districts", form=form, districts=present, refusal=refusal, refused=bool(refusal or form.errors))
