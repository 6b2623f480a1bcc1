"""A candidate leaves after the admission: what happened, what the Wahlausschuss decided, what follows."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from wtforms import DateField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.law.departures import DepartureKind, Treatment
from beiratswahl.office.committee_page import vote_of
from beiratswahl.office.frame import done, show
from beiratswahl.office.nominations import nomination_here
from beiratswahl.operations import departures as operations
from beiratswahl.operations.committee_state import running_sitting, voters
from beiratswahl.operations.departures import DepartureData
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read.nominations import CandidateView, NominationView

KINDS = {kind.value: kind.value for kind in DepartureKind}
TREATMENTS = {
    Treatment.STAYS.value: "Die Person bleibt auf dem Stimmzettel, zum Beispiel weil er gedruckt ist",
    Treatment.TAKEN_OFF.value: "Die Person wird nicht auf den Stimmzettel gedruckt",
}


class DepartureForm(Form):
    """Ausscheiden nach der Zulassung."""

    kind = RadioField("Was ist geschehen?", choices=KINDS, validators=[InputRequired("Wählen Sie, was geschehen ist.")])
    happened_on = DateField("Am", validators=[InputRequired("Geben Sie den Tag ein.")])
    evidence = StringField("Nachweis", validators=[InputRequired("Nennen Sie, woher Sie es wissen."), Length(max=300)])
    treatment = RadioField(
        "Was hat der Wahlausschuss beschlossen?", choices=TREATMENTS, validators=[InputRequired("Wählen Sie, was beschlossen ist.")]
    )
    reason = TextAreaField("Grund des Beschlusses", validators=[InputRequired("Nennen Sie den Grund."), Length(max=1000)])


class RevocationForm(Form):
    """Rücknahme eines irrtümlich erfassten Ausscheidens."""

    reason = StringField("Zurücknehmen, weil …", validators=[InputRequired("Nennen Sie den Grund."), Length(max=300)])


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/wahlvorschlaege/<int:nomination_id>/person/<int:position>/ausscheiden"
    door.add_url_rule(base, "departure", departure, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/ruecknahme", "revoke_departure", revoke, methods=["POST"])


@holding(Permission.KEEP_NOMINATIONS)
def departure(election_id: int, nomination_id: int, position: int) -> ResponseReturnValue:
    """Ausscheiden ansehen oder erfassen."""
    view = nomination_here(election_id, nomination_id)
    person = _person(view, position)
    form = DepartureForm()
    refusal = ""
    if form.validate_on_submit():
        try:
            data = DepartureData(
                DepartureKind(form.kind.data),
                form.happened_on.data,
                form.evidence.data,
                Treatment(form.treatment.data),
                form.reason.data,
                vote_of(request.form, ""),
            )
            operations.record_departure(desk(), person.candidate_id, data)
            return done("Das Ausscheiden ist erfasst.", "departure", nomination_id=nomination_id, position=position)
        except Refused as error:
            refusal = str(error)
    return _page(view, person, form, RevocationForm(formdata=None), refusal)


@holding(Permission.KEEP_NOMINATIONS)
def revoke(election_id: int, nomination_id: int, position: int) -> ResponseReturnValue:
    """Irrtümlich erfasstes Ausscheiden zurücknehmen."""
    view = nomination_here(election_id, nomination_id)
    person = _person(view, position)
    form = RevocationForm()
    refusal = ""
    if form.validate_on_submit():
        try:
            operations.revoke_departure(desk(), person.candidate_id, form.reason.data)
            return done("Das Ausscheiden ist zurückgenommen.", "nomination", nomination_id=nomination_id)
        except Refused as error:
            refusal = str(error)
    return _page(view, person, DepartureForm(formdata=None), form, refusal, refused=True)


def _page(
    view: NominationView, person: CandidateView, form: DepartureForm, revocation: RevocationForm, refusal: str, *, refused: bool = False
) -> ResponseReturnValue:
    sitting = running_sitting(archive.session(), view.election_id)
    return show(
        "nominations/departure.html",
        "nominations",
        nomination=view,
        candidate=person,
        known=operations.departure_of(archive.session(), person.candidate_id),
        form=form,
        revocation=revocation,
        steps=operations.consequences(archive.session(), view).get(person.candidate_id, ()),
        shortage=operations.shortage(archive.session(), view.election_id),
        voters=voters(sitting) if sitting else None,
        typed=request.form,
        refusal=refusal,
        refused=refused or bool(refusal or form.errors),
    )


def _person(view: NominationView, position: int) -> CandidateView:
    found = next((of for of in view.candidates if of.position == position), None)
    if found is None:
        abort(404)
    return found
