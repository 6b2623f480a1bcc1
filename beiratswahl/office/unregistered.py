"""Personen ohne Meldepflicht (§ 26 BMG): entered on application with an affirmation of the residence, and corrected later."""

from datetime import date, datetime

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField, SelectField, StringField, TimeField
from wtforms.validators import InputRequired, Length, Optional

from beiratswahl import clock
from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding, place
from beiratswahl.access.roles import Permission
from beiratswahl.law.rules import Ground
from beiratswahl.office import persons, roll_cases, roll_words
from beiratswahl.office.frame import done, show
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.nationalities import GERMAN, nationalities
from beiratswahl.operations.roll_applications import ApplicationData, Channel
from beiratswahl.operations.roll_unregistered import UnregisteredPerson, correct_unregistered, record_unregistered
from beiratswahl.store.read import setup
from beiratswahl.store.read.roll import blocked_address
from beiratswahl.store.read.roll_views import PersonView

AFFIRMATION = "Versicherung nach § 11a KWO"
WHOLE_AGS = 8


class AffirmedForm(Form):
    """Angaben einer Person ohne Meldepflicht."""

    family_name = StringField("Familienname", validators=[InputRequired("Geben Sie den Familiennamen ein."), Length(max=120)])
    given_names = StringField("Vornamen", validators=[Length(max=120)])
    birth_date = StringField("Geburtsdatum", validators=[InputRequired("Geben Sie das Geburtsdatum ein."), Length(max=10)])
    sex = SelectField("Geschlecht", choices={"": "keine Angabe", "w": "weiblich", "m": "männlich", "d": "divers"})
    nationality = SelectField("Staatsangehörigkeit", validators=[InputRequired("Wählen Sie die Staatsangehörigkeit.")])
    second = SelectField("Weitere Staatsangehörigkeit")
    ags = StringField("Gemeindeschlüssel der Wohnung", validators=[InputRequired("Geben Sie den Gemeindeschlüssel ein."), Length(max=12)])
    since = DateField("Wohnt dort seit", validators=[InputRequired("Geben Sie an, seit wann die Person dort wohnt.")])
    street = StringField("Straße", validators=[Length(max=120)])
    house_number = StringField("Hausnummer", validators=[Length(max=20)])
    postcode = StringField("Postleitzahl", validators=[Length(max=5)])
    town = StringField("Wohnort", validators=[Length(max=120)])
    district = SelectField("Stimmbezirk")


class UnregisteredForm(AffirmedForm):
    """Antrag einer Person ohne Meldepflicht."""

    received_day = DateField("Eingegangen am", validators=[InputRequired("Geben Sie den Tag des Eingangs ein.")])
    received_hour = TimeField("um", validators=[InputRequired("Geben Sie die Uhrzeit ein.")])
    channel = SelectField("Wie eingegangen", choices={channel.value: channel.value for channel in Channel})
    proof_kind = StringField("Vorgelegter Nachweis", validators=[Length(max=120)])
    proof_date = DateField("Nachweis ausgestellt am", validators=[Optional()])


class CorrectedForm(AffirmedForm):
    """Berichtigung der Angaben."""

    reason = StringField("Worauf beruht die Berichtigung?", validators=[InputRequired("Schreiben Sie den Grund."), Length(max=300)])


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base, both = "/wahl/<int:election_id>/verzeichnis", ["GET", "POST"]
    door.add_url_rule(f"{base}/ohne-meldepflicht", "record_unregistered", record, methods=both)
    door.add_url_rule(f"{base}/person/<int:person_id>/angaben", "correct_unregistered", correct, methods=both)


@holding(Permission.KEEP_ROLL)
def record(election_id: int) -> ResponseReturnValue:
    """Antrag einer Person ohne Meldepflicht erfassen."""
    now, municipality = clock.local(clock.now()), place().municipality
    start = {"received_day": now.date(), "received_hour": now.time(), "proof_kind": AFFIRMATION}
    form = UnregisteredForm(data={**start, "ags": _only_ags(), "postcode": municipality.postcode, "town": municipality.town})
    _offer(form, election_id)
    refusal = ""
    if form.validate_on_submit():
        received = datetime.combine(form.received_day.data, form.received_hour.data)
        application = ApplicationData(
            Ground.NR1,
            clock.from_local(received),
            Channel(form.channel.data),
            (form.proof_kind.data or "").strip(),
            form.proof_date.data,
        )
        try:
            outcome = record_unregistered(desk(), election_id, _data(form), application)
            late = "" if outcome.in_time else " Der Antrag kam nach der Frist und zählt nicht."
            answer = roll_words.ANSWERS[outcome.entitled]
            return done(f"Die Person ist aufgenommen und entschieden: {answer}.{late}", "persons", liste="ohne-meldepflicht")
        except Refused as error:
            refusal = str(error)
    return show("roll/unregistered.html", "roll", form=form, view=None, refusal=refusal, refused=bool(refusal or form.errors), kept={})


@holding(Permission.KEEP_ROLL)
def correct(election_id: int, person_id: int) -> ResponseReturnValue:
    """Angaben einer Person ohne Meldepflicht berichtigen; nobody else's, whose register says what holds."""
    view = persons.found(election_id, person_id)
    if view.line.registered:
        flash("Die Angaben dieser Person berichtigt die Meldebehörde; der nächste Auszug bringt sie mit.", "warning")
        return redirect(url_for("office.person", election_id=election_id, person_id=person_id))
    form = CorrectedForm(data=_affirmed(election_id, view))
    _offer(form, election_id)
    refusal = ""
    if form.validate_on_submit():
        try:
            correct_unregistered(desk(), person_id, _data(form), form.reason.data)
            return done(
                "Die Angaben sind berichtigt und die Person ist neu entschieden.", "person", person_id=person_id, **roll_cases.kept()
            )
        except Refused as error:
            refusal = str(error)
    refused = bool(refusal or form.errors)
    return show("roll/unregistered.html", "roll", form=form, view=view, refusal=refusal, refused=refused, kept=roll_cases.kept())


def _offer(form: AffirmedForm, election_id: int) -> None:
    """Fill the choices: states by name, former ones last, and the polling districts of the election."""
    states = sorted((of for of in nationalities().values() if of.key != GERMAN), key=lambda of: (of.former, of.name))
    chosen = {of.key: f"{of.name} ({of.key})" for of in states}
    form.nationality.choices = {"": "bitte wählen", **chosen}
    form.second.choices = {"": "keine", **chosen}
    districts = setup.districts(archive.session(), election_id)
    form.district.choices = {"": "noch keiner", **{str(of.number): f"{of.number} {of.name}" for of in districts}}


def _only_ags() -> str:
    """The municipality of the Wahlgebiet where there is only one."""
    area = place().election.area
    return area[0] if len(area) == 1 and len(area[0]) == WHOLE_AGS else ""


def _affirmed(election_id: int, view: PersonView) -> dict[str, object]:
    line = view.line
    address = blocked_address(archive.session(), election_id, line.id)
    keys = [*line.nationalities, "", ""]
    return {
        "family_name": line.family_name,
        "given_names": line.given_names,
        "birth_date": roll_words.birthday(line.birth_date),
        "sex": view.sex,
        "nationality": keys[0],
        "second": keys[1],
        "ags": view.ags,
        "since": date.fromisoformat(view.moved_in) if view.moved_in and "-00" not in view.moved_in else None,
        "district": line.district,
        **(address._asdict() if address else {}),
    }


def _data(form: AffirmedForm) -> UnregisteredPerson:
    return UnregisteredPerson(
        family_name=form.family_name.data.strip(),
        given_names=(form.given_names.data or "").strip(),
        birth_date=form.birth_date.data.strip(),
        sex=form.sex.data,
        nationalities=" ".join(key for key in (form.nationality.data, form.second.data) if key),
        ags=form.ags.data.strip(),
        residence_since=f"{form.since.data:%d.%m.%Y}",
        street=(form.street.data or "").strip(),
        house_number=(form.house_number.data or "").strip(),
        postcode=(form.postcode.data or "").strip(),
        town=(form.town.data or "").strip(),
        district=form.district.data,
    )
