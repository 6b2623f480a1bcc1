"""The persons of a nomination, entered one by one."""

import hashlib

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.office.frame import done, show
from beiratswahl.office.nominations import candidates_of, day_of, nomination_here, with_candidates
from beiratswahl.office.roll_words import GROUNDS
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.nationalities import nationalities
from beiratswahl.operations.nominations import CITIZEN, CandidateData, change_nomination
from beiratswahl.store.read.nominations import NominationView
from beiratswahl.store.spelling import search_key

TIMES = {"1": "einmal", "2": "zweimal", "3": "dreimal"}
STANDS_AS = {"": "nicht angegeben", **GROUNDS, CITIZEN: "Bürgerin oder Bürger"}
AND_NEXT = "next"
STALE = "Inzwischen hat jemand anderes diesen Wahlvorschlag geändert. Prüfen Sie den neuen Stand und tragen Sie die Person noch einmal ein."


class CandidateForm(Form):
    """Angaben zur Person (§ 19 KWG, KWO § 25)."""

    state = HiddenField()
    position = IntegerField("Platz auf der Liste", validators=[InputRequired("Geben Sie den Platz ein."), NumberRange(1, 99)])
    family_name = StringField("Familienname", validators=[InputRequired("Geben Sie den Familiennamen ein."), Length(max=120)])
    given_names = StringField("Vornamen", validators=[Length(max=120)])
    birth_date = DateField("Tag der Geburt", validators=[Optional()])
    nationality = SelectField("Staatsangehörigkeit", default="")
    profession = StringField("Beruf oder Stand", validators=[Length(max=120)])
    street = StringField("Straße und Hausnummer", validators=[Length(max=120)])
    postcode = StringField("Postleitzahl", validators=[Length(max=10)])
    town = StringField("Ort", validators=[Length(max=120)])
    named = SelectField("Wie oft genannt", coerce=int, choices=TIMES, default=1)
    consent = BooleanField("Die schriftliche Zustimmung liegt vor (§ 20 KWG)")
    eligibility_certified = BooleanField("Die Bescheinigung der Wählbarkeit liegt vor (§ 20 KWG)")
    incompatible_office = StringField("Amt oder Beschäftigung, die nach § 5 KWG unvereinbar sein kann", validators=[Length(max=200)])
    intent_declared = BooleanField("Die Erklärung liegt vor, was bei einer Wahl aus diesem Amt wird (§§ 19, 20 KWG)")
    stands_as = SelectField("Status nach § 56 Abs. 2 GemO", default="", choices=STANDS_AS)
    sex = SelectField("Geschlecht", default="", choices={"": "keine Angabe", "w": "weiblich", "m": "männlich", "d": "divers"})
    public_postcode = StringField("Postleitzahl der Erreichbarkeitsanschrift", validators=[Length(max=10)])
    public_town = StringField("Ort der Erreichbarkeitsanschrift", validators=[Length(max=120)])
    parental_consent = BooleanField("Nur bei Minderjährigen: Die Einwilligung der gesetzlichen Vertreter liegt vor")


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/wahlvorschlaege/<int:nomination_id>/person"
    door.add_url_rule(f"{base}/neu", "add_candidate", add, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/<int:position>", "change_candidate", change, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/<int:position>/entfernen", "remove_candidate", remove, methods=["POST"])


@holding(Permission.KEEP_NOMINATIONS)
def add(election_id: int, nomination_id: int) -> ResponseReturnValue:
    """Person hinzufügen."""
    view = nomination_here(election_id, nomination_id)
    return _edit(view, None, CandidateForm(data={"position": len(view.candidates) + 1, "named": 1}))


@holding(Permission.KEEP_NOMINATIONS)
def change(election_id: int, nomination_id: int, position: int) -> ResponseReturnValue:
    """Angaben zu einer Person ändern."""
    view = nomination_here(election_id, nomination_id)
    present = next((of for of in view.candidates if of.position == position), None)
    if present is None:
        abort(404)
    values = {name: getattr(present, name) for name in CandidateData.__dataclass_fields__}
    return _edit(view, position, CandidateForm(data={**values, "position": position, "birth_date": day_of(present.birth_date)}))


@holding(Permission.KEEP_NOMINATIONS)
def remove(election_id: int, nomination_id: int, position: int) -> ResponseReturnValue:
    """Person aus dem Wahlvorschlag nehmen."""
    view = nomination_here(election_id, nomination_id)
    if position not in {of.position for of in view.candidates}:
        abort(404)
    remaining = tuple(of for place, of in enumerate(candidates_of(view), 1) if place != position)
    try:
        if request.form.get("state") != _fingerprint(view):
            raise Refused(STALE)
        change_nomination(desk(), nomination_id, with_candidates(view, remaining))
    except Refused as error:
        return show("nominations/refused.html", "nominations", nomination=view, refusal=str(error), refused=True)
    return done("Die Person ist entfernt.", "nomination", nomination_id=nomination_id)


def _edit(view: NominationView, position: int | None, form: CandidateForm) -> ResponseReturnValue:
    form.nationality.choices = {"": "nicht angegeben", **_nationality_choices()}
    refusal = ""
    if form.validate_on_submit():
        try:
            if form.state.data != _fingerprint(view):
                raise Refused(STALE)
            others = [of for place, of in enumerate(candidates_of(view), 1) if place != position]
            others.insert(form.position.data - 1, _data(form))
            change_nomination(desk(), view.nomination_id, with_candidates(view, tuple(others)))
            endpoint = "add_candidate" if request.form.get("then") == AND_NEXT else "nomination"
            return done(f"{form.family_name.data} ist eingetragen.", endpoint, nomination_id=view.nomination_id)
        except Refused as error:
            refusal = str(error)
    form.state.data = _fingerprint(view)
    return show(
        "nominations/candidate.html",
        "nominations",
        form=form,
        nomination=view,
        position=position,
        refusal=refusal,
        refused=bool(refusal or form.errors),
    )


def _fingerprint(view: NominationView) -> str:
    """A short name for the state of a nomination, so that nobody overwrites what somebody else has just entered."""
    return hashlib.sha256(repr(view).encode()).hexdigest()[:16]


def _nationality_choices() -> dict[str, str]:
    present = [known for known in nationalities().values() if not known.former]
    return {known.key: known.name for known in sorted(present, key=lambda known: search_key(known.name))}


def _data(form: CandidateForm) -> CandidateData:
    values = {name: form[name].data for name in CandidateData.__dataclass_fields__ if name != "birth_date"}
    values = {name: "" if value is None else value for name, value in values.items()}
    return CandidateData(**values, birth_date=form.birth_date.data.isoformat() if form.birth_date.data else "")
