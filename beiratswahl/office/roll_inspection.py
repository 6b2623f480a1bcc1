"""Einsicht am Bildschirm: the officer searches, the person sees the own entry and nothing else; the list of corrections."""

from flask import Blueprint, abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, TextAreaField
from wtforms.validators import Length

from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.office.frame import show
from beiratswahl.office.roll_shelves import CORRECTIONS, INSPECTION, show_shelf
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.roll_inspection import note_inspection
from beiratswahl.operations.roll_papers import own_data, own_lines
from beiratswahl.operations.roll_printing import written
from beiratswahl.store.read import electoral_roll as read

OWN, OTHERS = "eigene", "andere"
MOST_FOUND = 10


class InspectionForm(Form):
    """Wessen Daten wem gezeigt werden."""

    whose = RadioField(
        "Wer nimmt Einsicht?", choices={OWN: "die Person selbst, sie hat sich ausgewiesen", OTHERS: "jemand anderes"}, default=OWN
    )
    reason = TextAreaField("Glaubhaft gemachte Tatsachen", validators=[Length(max=500)])


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/verzeichnis"
    door.add_url_rule(f"{base}/einsicht", "inspection", inspection)
    door.add_url_rule(f"{base}/einsicht/<int:person_id>", "inspect", inspect, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/einsicht/<int:person_id>/auszug.pdf", "own_data", extract)
    door.add_url_rule(f"{base}/berichtigungen", "roll_corrections", corrections)


@holding(Permission.KEEP_ROLL)
def inspection(election_id: int) -> ResponseReturnValue:
    """Eintrag für die Einsicht suchen; for the officer's eyes."""
    search = request.args.get("suche", "").strip()
    session = archive.session()
    found = read.entries(session, election_id, search=search, rows=MOST_FOUND) if search else ()
    book = read.electoral_roll(session, election_id)
    return show_shelf("inspection.html", INSPECTION, found=found, search=search, book=book, most=MOST_FOUND, written=written)


@holding(Permission.KEEP_ROLL)
def inspect(election_id: int, person_id: int) -> ResponseReturnValue:
    """Einsicht vermerken, then show one entry without anything around it."""
    entry = _entry(election_id, person_id)
    form, refusal = InspectionForm(), ""
    if form.validate_on_submit():
        try:
            note_inspection(desk(), entry.entry_id, own=form.whose.data == OWN, reason=form.reason.data or "")
            return show("roll/inspected.html", "roll", lines=own_lines(entry), entry=entry, own=form.whose.data == OWN)
        except Refused as error:
            refusal = str(error)
    return show_shelf(
        "inspect.html", INSPECTION, form=form, entry=entry, refusal=refusal, refused=bool(refusal or form.errors), written=written
    )


@holding(Permission.KEEP_ROLL)
def extract(election_id: int, person_id: int) -> ResponseReturnValue:
    """Auszug der eigenen Daten."""
    _entry(election_id, person_id)
    try:
        data = own_data(archive.session(), election_id, person_id)
    except Refused as error:
        flash(str(error), "warning")
        return redirect(url_for("office.inspection", election_id=election_id))
    return current_app.response_class(
        data, mimetype="application/pdf", headers={"Content-Disposition": 'attachment; filename="auszug-waehlerverzeichnis.pdf"'}
    )


@holding(Permission.KEEP_ROLL)
def corrections(election_id: int) -> ResponseReturnValue:
    """Berichtigungen; those after the closing stand apart."""
    session, search = archive.session(), request.args.get("suche", "").strip()
    listed = read.corrections(session, election_id)
    book = read.electoral_roll(session, election_id)
    found = read.entries(session, election_id, search=search, rows=MOST_FOUND) if search else ()
    return show_shelf(
        "corrections.html",
        CORRECTIONS,
        book=book,
        before=[one for one in listed if not one.after_closing],
        later=[one for one in listed if one.after_closing],
        found=found,
        search=search,
    )


def _entry(election_id: int, person_id: int) -> read.EntryView:
    entry = read.entry_of(archive.session(), election_id, person_id)
    if entry is None:
        abort(404)
    return entry
