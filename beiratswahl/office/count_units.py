"""Zusammenlegung: which polling districts have too few ballots, which one counts them, by which decision."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import DateField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from beiratswahl import clock
from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.office.frame import done, show
from beiratswahl.operations import count_units
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.read.count_units import mergers

NOBODY = 0


class MergerForm(Form):
    """Entscheidung über die Zusammenlegung."""

    giver = SelectField("Dieser Bezirk gibt seine Stimmzettel ab", coerce=int, default=NOBODY)
    receiver = SelectField("Dieser Bezirk zählt sie mit seinen eigenen", coerce=int, default=NOBODY)
    decided_on = DateField("Tag der Entscheidung", validators=[InputRequired("Tragen Sie den Tag der Entscheidung ein.")])
    reason = TextAreaField(
        "Begründung",
        validators=[InputRequired("Begründen Sie die Entscheidung; das steht in beiden Niederschriften."), Length(min=3, max=2000)],
    )


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    at = "/wahl/<int:election_id>/zaehlung/zusammenlegung"
    door.add_url_rule(at, "count_units", overview, methods=["GET", "POST"])
    door.add_url_rule(f"{at}/<int:district_id>/aufheben", "part_districts", part, methods=["POST"])


@holding(Permission.SET_UP_ELECTION)
def overview(election_id: int) -> ResponseReturnValue:
    """Kleine Bezirke zeigen und zusammenlegen."""
    form = _form(election_id)
    refusal = ""
    if form.validate_on_submit():
        try:
            count_units.merge(
                desk(), election_id, form.giver.data, form.receiver.data, form.reason.data.replace("\r\n", "\n"), form.decided_on.data
            )
            return done("Die Bezirke sind zusammengelegt. Der Vermerk steht in beiden Niederschriften.", "count_units")
        except Refused as error:
            refusal = str(error)
    return _page(election_id, form, refusal)


@holding(Permission.SET_UP_ELECTION)
def part(election_id: int, district_id: int) -> ResponseReturnValue:
    """Zusammenlegung aufheben."""
    try:
        count_units.part(desk(), election_id, district_id)
    except Refused as error:
        return _page(election_id, _form(election_id), str(error))
    return done("Die Zusammenlegung ist aufgehoben.", "count_units")


def _form(election_id: int) -> MergerForm:
    session = archive.session()
    sizes, given = count_units.sizes(session, election_id), mergers(session, election_id)
    proposed = next(iter(count_units.proposals(session, election_id).items()), (NOBODY, NOBODY))
    least = rules_of(session, election_id).min_ballots_per_count_unit
    reason = f"Weniger als {least} Stimmzettel; das Wahlgeheimnis wäre sonst nicht gewahrt." if proposed[0] else ""
    form = MergerForm(data={"giver": proposed[0], "receiver": proposed[1], "decided_on": clock.today(), "reason": reason})
    taking = {merger.receiver_id for merger in given.values()}
    choices = {of.district.district_id: f"{of.district.number} {of.district.name}" for of in sizes if of.district.district_id not in given}
    form.receiver.choices = [(NOBODY, "bitte wählen"), *choices.items()]
    form.giver.choices = [(NOBODY, "bitte wählen"), *((key, name) for key, name in choices.items() if key not in taking)]
    return form


def _page(election_id: int, form: MergerForm, refusal: str) -> ResponseReturnValue:
    session = archive.session()
    sizes = count_units.sizes(session, election_id)
    district_of = {of.district.district_id: of.district for of in sizes}
    proposed = [(district_of[giver], district_of[receiver]) for giver, receiver in count_units.proposals(session, election_id).items()]
    given = mergers(session, election_id)
    return show(
        "counting/count_units.html",
        "counting",
        form=form,
        sizes=sizes,
        least=rules_of(session, election_id).min_ballots_per_count_unit,
        mergers=[(merger, district_of[merger.giver_id], district_of[merger.receiver_id]) for merger in given.values()],
        receiver_of={giver: district_of[merger.receiver_id] for giver, merger in given.items()},
        proposed=proposed,
        refusal=refusal,
        refused=bool(refusal or form.errors),
    )
