"""Setting up an election: choose the bylaw to start from, then the day and what the bylaw says."""

import re
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from beiratswahl.access import archive, login
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import holding_anywhere
from beiratswahl.access.roles import Permission
from beiratswahl.law.presets import PRESETS, Preset
from beiratswahl.law.rule_layers import Origin, RuleError, layer_of
from beiratswahl.law.rule_sets import RuleSet
from beiratswahl.law.rules import System, VotingMode
from beiratswahl.office.frame import UNPROCESSABLE
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.setup import ElectionData, in_words, own_area, set_up_election, warnings_of
from beiratswahl.store.read import setup
from beiratswahl.store.read.setup import MunicipalityView


class ElectionForm(Form):
    """Angaben zur Wahl."""

    municipality = SelectField("Körperschaft", coerce=int, validators=[InputRequired()])
    day = DateField("Wahltag", validators=[InputRequired("Geben Sie den Wahltag ein, zum Beispiel 11.11.2029.")])
    bylaw = StringField(
        "Satzung", validators=[InputRequired("Nennen Sie die Satzung; sie wird in jedem Dokument zitiert."), Length(min=5, max=300)]
    )
    seats = IntegerField(
        "Zahl der zu wählenden Mitglieder", validators=[InputRequired("Geben Sie die Zahl der Sitze ein."), NumberRange(1, 99)]
    )
    system = RadioField("Wahlsystem", choices={system.value: system.value for system in System}, validators=[InputRequired()])
    voting_mode = RadioField("Stimmabgabe", choices={mode.value: mode.value for mode in VotingMode}, validators=[InputRequired()])
    area = TextAreaField("Gemeindeschlüssel des Wahlgebiets", validators=[Length(max=4000)])
    is_right = BooleanField("Die Angaben sind geprüft und stimmen")


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    door.add_url_rule("/wahl/neu", "choose_preset", choose_preset)
    door.add_url_rule("/wahl/neu/<preset>", "set_up", set_up, methods=["GET", "POST"])


@holding_anywhere(Permission.SET_UP_ELECTION)
def choose_preset() -> ResponseReturnValue:
    """Vorlage der Satzung wählen."""
    models = [preset for preset in PRESETS.values() if preset.day is None]
    observed = [preset for preset in PRESETS.values() if preset.day is not None]
    return render_template("office/setup/presets.html", models=models, observed=observed)


@holding_anywhere(Permission.SET_UP_ELECTION)
def set_up(preset: str) -> ResponseReturnValue:
    """Wahl einrichten."""
    if preset not in PRESETS:
        abort(404)
    chosen = PRESETS[preset]
    municipalities = _municipalities()
    form = ElectionForm(data=_start_values(chosen))
    form.municipality.choices = {str(of.municipality_id): of.name for of in municipalities}
    warnings: tuple[str, ...] = ()
    refusal = ""
    if form.validate_on_submit():
        municipality = next(of for of in municipalities if of.municipality_id == form.municipality.data)
        try:
            data = _election_data(form, chosen, municipality)
            warnings = warnings_of(data.day, data.area, municipality.ags)
            if not warnings or form.is_right.data:
                election_id = set_up_election(_desk(municipality.municipality_id), municipality.municipality_id, data)
                flash("Die Wahl ist eingerichtet. Bestätigen Sie als Nächstes die offenen Regeln.", "success")
                return redirect(url_for("office.election", election_id=election_id))
        except Refused as error:
            refusal = str(error)
        except RuleError as error:
            refusal = in_words(error)
    page = render_template("office/setup/election.html", form=form, preset=chosen, warnings=warnings, refusal=refusal)
    return page, UNPROCESSABLE if request.method == "POST" else 200


def _desk(municipality_id: int) -> Desk:
    person = login.current()
    return login.desk(person.role_for(Permission.SET_UP_ELECTION, municipality_id, None) if person else None)


def _municipalities() -> list[MunicipalityView]:
    person = login.current()
    mine = person.municipalities(Permission.SET_UP_ELECTION) if person else frozenset()
    return sorted((setup.municipality(archive.session(), one) for one in mine), key=lambda of: of.name)


def _start_values(preset: Preset) -> dict[str, Any]:
    given = ("seats", "system", "voting_mode")
    values = {key: preset.values[key] for key in given if key in preset.values}
    return {"voting_mode": VotingMode.URN_AND_POSTAL.value, **values}


def _election_data(form: ElectionForm, preset: Preset, municipality: MunicipalityView) -> ElectionData:
    day: date = form.day.data
    said = {"level": municipality.level, "system": form.system.data, "seats": form.seats.data, "voting_mode": form.voting_mode.data}
    citation = form.bylaw.data.strip()
    bylaw = layer_of(Origin.BYLAW, {**preset.values, **said}, citation)
    area = tuple(re.findall(r"[^\s,;]+", form.area.data or "")) or own_area(municipality.ags)
    return ElectionData(day, area, citation, RuleSet(day, bylaw))
