"""House numbers of one street that go to another polling district than the rest of it."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired

from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.office.frame import done
from beiratswahl.office.roll_shelves import DISTRICTS, show_shelf
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.roll_districts import assign_house_range, remove_house_range
from beiratswahl.store.house_numbers import HouseRange, Side
from beiratswahl.store.read import setup
from beiratswahl.store.read.register_districts import RegisterDistrictView, StreetView, house_range, register_districts


class RangeForm(Form):
    """Hausnummern zuordnen."""

    first = IntegerField("Hausnummern von", validators=[InputRequired("Geben Sie die erste Hausnummer ein.")])
    last = IntegerField("bis", validators=[InputRequired("Geben Sie die letzte Hausnummer ein.")])
    side = RadioField("Welche davon?", choices={side.value: side.value for side in Side}, default=Side.BOTH.value)
    district = SelectField("Stimmbezirk", coerce=int)


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/verzeichnis/zuordnung/hausnummern"
    door.add_url_rule(base, "house_ranges", ranges, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/<int:range_id>/entfernen", "remove_house_range", remove, methods=["POST"])


@holding(Permission.KEEP_ROLL)
def ranges(election_id: int) -> ResponseReturnValue:
    """Hausnummern einer Straße, as `bezirk` and `strasse` of the address name it."""
    name, street = request.args.get("bezirk", ""), request.args.get("strasse", "")
    form, refusal = RangeForm(), ""
    district, view = _street(election_id, name, street)
    places = setup.districts(archive.session(), election_id)
    form.district.choices = {one.district_id: f"{one.number} {one.name}" for one in places}
    if form.validate_on_submit():
        numbers = HouseRange(form.first.data, form.last.data, Side(form.side.data))
        try:
            assign_house_range(desk(), election_id, name, street, numbers, form.district.data)
            return done(f"Die Hausnummern {numbers} sind zugeordnet.", "house_ranges", bezirk=name, strasse=street)
        except Refused as error:
            refusal = str(error)
    return show_shelf(
        "house_ranges.html",
        DISTRICTS,
        name=name,
        view=view,
        numbered=district.numbered,
        places=places,
        form=form,
        refusal=refusal,
        refused=bool(refusal or form.errors),
    )


@holding(Permission.KEEP_ROLL)
def remove(election_id: int, range_id: int) -> ResponseReturnValue:
    """Bereich aufheben."""
    found = house_range(archive.session(), election_id, range_id)
    if found is None:
        abort(404)
    name, street = found
    try:
        remove_house_range(desk(), range_id)
        return done("Die Hausnummern gehen wieder mit ihrer Straße.", "house_ranges", bezirk=name, strasse=street)
    except Refused as error:
        flash(str(error), "warning")
        return redirect(url_for("office.house_ranges", election_id=election_id, bezirk=name, strasse=street))


def _street(election_id: int, name: str, street: str) -> tuple[RegisterDistrictView, StreetView]:
    """District and street as the overview shows them; 404 for one it does not show, perhaps because only blocked addresses lie in it."""
    views = (view for view in register_districts(archive.session(), election_id) if view.name == name)
    found = next(((view, one) for view in views for one in view.streets if street and one.street == street), None)
    if found is None:
        abort(404)
    return found
