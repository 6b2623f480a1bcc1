"""Doppelte Personen: offered, compared field by field, merged or kept apart, and taken back."""

from typing import NamedTuple

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length

from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.office import persons, roll_words
from beiratswahl.office.frame import done, show
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.nationalities import nationality_name
from beiratswahl.operations.roll_duplicates import decide_duplicate, undo_duplicate
from beiratswahl.store.read import electoral_roll
from beiratswahl.store.read.roll_duplicates import duplicate_decisions, possible_duplicates, undecided_pairs
from beiratswahl.store.read.roll_views import PersonView

SHOWN = 200


class Line(NamedTuple):
    """Zeile des Vergleichs: one field of both entries; `differs` marks it."""

    label: str
    one: str
    other: str

    @property
    def differs(self) -> bool:
        """Whether the two entries say something else."""
        return self.one != self.other


class DuplicateForm(Form):
    """Entscheidung über eine Doppelung."""

    verdict = RadioField("Wie ist es?", validators=[InputRequired("Wählen Sie, ob es eine Person oder zwei sind.")])
    reason = StringField(
        "Wie wurde das geklärt?",
        validators=[InputRequired("Schreiben Sie, wie die Frage geklärt wurde."), Length(max=500)],
    )


class UndoForm(Form):
    """Rücknahme der Entscheidung."""

    undone = StringField(
        "Warum wird die Entscheidung zurückgenommen?",
        validators=[InputRequired("Schreiben Sie den Grund der Rücknahme."), Length(max=500)],
    )


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/verzeichnis/doppelte"
    pair = f"{base}/<int:person_id>/<int:other_id>"
    door.add_url_rule(base, "duplicates", duplicates)
    door.add_url_rule(pair, "duplicate", duplicate, methods=["GET", "POST"])
    door.add_url_rule(f"{pair}/zuruecknehmen", "undo_duplicate", undo, methods=["POST"])


@holding(Permission.KEEP_ROLL)
def duplicates(election_id: int) -> ResponseReturnValue:
    """Mögliche Doppelungen, and what was decided about earlier ones."""
    session = archive.session()
    return show(
        "roll/duplicates.html",
        "roll",
        pairs=possible_duplicates(session, election_id, SHOWN),
        pairs_in_all=len(undecided_pairs(session, election_id)),
        decisions=duplicate_decisions(session, election_id),
        words=roll_words,
        went_on="erledigt" in request.args,
    )


@holding(Permission.KEEP_ROLL)
def duplicate(election_id: int, person_id: int, other_id: int) -> ResponseReturnValue:
    """Zwei Einträge nebeneinander, and the decision whether they are one person."""
    one, other = _pair(election_id, person_id, other_id)
    form, refusal = _form(one, other), ""
    if form.validate_on_submit():
        stays, left_out = (person_id, other_id) if form.verdict.data == "erste" else (other_id, person_id)
        try:
            same = form.verdict.data != "zwei"
            decide_duplicate(desk(), left_out, stays, same=same, reason=form.reason.data)
            said = (
                "Die beiden Einträge sind zusammengeführt." if same else "Die beiden bleiben zwei Personen und werden nicht mehr angeboten."
            )
            return done(said, "duplicates", erledigt=1)
        except Refused as error:
            refusal = str(error)
    return _page(one, other, form, UndoForm(formdata=None), refusal, refused=bool(refusal or form.errors))


@holding(Permission.KEEP_ROLL)
def undo(election_id: int, person_id: int, other_id: int) -> ResponseReturnValue:
    """Entscheidung zurücknehmen."""
    one, other = _pair(election_id, person_id, other_id)
    form, refusal = UndoForm(), ""
    if form.validate_on_submit():
        try:
            undo_duplicate(desk(), person_id, other_id, form.undone.data)
            return done("Die Entscheidung ist zurückgenommen; die beiden werden wieder angeboten.", "duplicates")
        except Refused as error:
            refusal = str(error)
    return _page(one, other, _form(one, other, empty=True), form, refusal, refused=True)


def _page(
    one: PersonView, other: PersonView, form: DuplicateForm, undoing: UndoForm, refusal: str, *, refused: bool
) -> ResponseReturnValue:
    election_id = (request.view_args or {})["election_id"]
    session, ids = archive.session(), {one.line.id, other.line.id}
    decided = [of for of in duplicate_decisions(session, election_id, one.line.id) if {of.person_id, of.other_id} == ids]
    return show(
        "roll/duplicate.html",
        "roll",
        one=one,
        other=other,
        lines=_lines(election_id, one, other),
        form=form,
        undoing=undoing,
        decided=decided[0] if decided else None,
        words=roll_words,
        refusal=refusal,
        refused=refused and request.method == "POST",
    )


def _pair(election_id: int, person_id: int, other_id: int) -> tuple[PersonView, PersonView]:
    if person_id == other_id:
        abort(404)
    return persons.found(election_id, person_id), persons.found(election_id, other_id)


def _form(one: PersonView, other: PersonView, *, empty: bool = False) -> DuplicateForm:
    form = DuplicateForm(formdata=None) if empty else DuplicateForm()
    form.verdict.choices = {
        "erste": f"Eine Person; es bleibt der Eintrag {one.line.register_number}.",
        "zweite": f"Eine Person; es bleibt der Eintrag {other.line.register_number}.",
        "zwei": "Zwei Personen, zum Beispiel Zwillinge; nicht mehr anbieten.",
    }
    return form


def _lines(election_id: int, one: PersonView, other: PersonView) -> tuple[Line, ...]:
    """Both entries field by field; a blocked address is left out on both sides."""
    mine, others = (_fields(election_id, view) for view in (one, other))
    return tuple(Line(label, value, others[label]) for label, value in mine.items())


def _fields(election_id: int, view: PersonView) -> dict[str, str]:
    line = view.line
    entry = electoral_roll.entry_of(archive.session(), election_id, line.id)
    address = f"{line.street} {line.house_number}, {line.postcode} {line.town}".strip(", ")
    return {
        "Registernummer": line.register_number,
        "Familienname": line.family_name,
        "Vornamen": line.given_names,
        "Geburtsdatum": roll_words.birthday(line.birth_date),
        "Geschlecht": view.sex or "–",
        "Staatsangehörigkeit": ", ".join(nationality_name(key) for key in line.nationalities) or "unbekannt",
        "Anschrift": electoral_roll.HIDDEN if line.blocks else address or "–",
        "Wohnungsstatus": view.residence_status or "–",
        "Eingezogen": roll_words.fact("moved_in", view.moved_in),
        "Ausgezogen": roll_words.fact("moved_out", view.moved_out),
        "Stimmbezirk": line.district or "–",
        "Im letzten Auszug": "nein" if line.missing else "ja",
        "Entscheidung": roll_words.answer(line.entitled, line.entry),
        "Eintragung": roll_words.ENTRIES[line.entry],
        "Anträge": str(len([of for of in view.applications if of.withdrawn_at_utc is None])),
        "Wählerverzeichnis": f"Bezirk {entry.district_number}, Nr. {entry.number}" if entry else "kein Eintrag",
    }
