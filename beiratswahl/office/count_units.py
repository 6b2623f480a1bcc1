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
from beiratswahl.operations import mergers
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.unit_sizes import UnitSizes, unit_sizes

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
    found = unit_sizes(archive.session(), election_id)
    form = _form(found)
    refusal = ""
    if form.validate_on_submit():
        try:
            mergers.merge(
                desk(), election_id, form.giver.data, form.receiver.data, form.reason.data.replace("\r\n", "\n"), form.decided_on.data
            )
            return done("Die Bezirke sind zusammengelegt. Der Vermerk steht in beiden Niederschriften.", "count_units")
        except Refused as error:
            refusal = str(error)
    return _page(found, form, refusal)


@holding(Permission.SET_UP_ELECTION)
def part(election_id: int, district_id: int) -> ResponseReturnValue:
    """Zusammenlegung aufheben."""
    try:
        mergers.part(desk(), election_id, district_id)
    except Refused as error:
        found = unit_sizes(archive.session(), election_id)
        return _page(found, _form(found), str(error))
    return done("Die Zusammenlegung ist aufgehoben.", "count_units")


def _form(found: UnitSizes) -> MergerForm:
    giver, receiver = next(iter(found.proposals.items()), (NOBODY, NOBODY))
    reason = f"Weniger als {found.least} Stimmzettel; das Wahlgeheimnis wäre sonst nicht gewahrt." if giver else ""
    form = MergerForm(data={"giver": giver, "receiver": receiver, "decided_on": clock.today(), "reason": reason})
    taking = {merger.receiver_id for merger in found.mergers.values()}
    free = [of.district for of in found.sizes if of.district.district_id not in found.mergers]
    choices = {district.district_id: f"{district.number} {district.name}" for district in free}
    form.receiver.choices = [(NOBODY, "bitte wählen"), *choices.items()]
    form.giver.choices = [(NOBODY, "bitte wählen"), *((key, name) for key, name in choices.items() if key not in taking)]
    return form


def _page(found: UnitSizes, form: MergerForm, refusal: str) -> ResponseReturnValue:
    district_of = {of.district.district_id: of.district for of in found.sizes}
    given = found.mergers
    return show(
        "counting/count_units.html",
        "counting",
        form=form,
        sizes=found.sizes,
        least=found.least,
        mergers=[(merger, district_of[merger.giver_id], district_of[merger.receiver_id]) for merger in given.values()],
        receiver_of={giver: district_of[merger.receiver_id] for giver, merger in given.items()},
        proposed=[(district_of[giver], district_of[receiver]) for giver, receiver in found.proposals.items()],
        refusal=refusal,
        refused=bool(refusal or form.errors),
    )
