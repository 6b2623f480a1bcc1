"""The roll as a book: opened, brought up to date, taken back, corrected, printed; letters to applicants."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Optional

from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.law.suffrage import Entitlement
from beiratswahl.office import roll_cases, roll_prints, roll_words
from beiratswahl.office.frame import done, show
from beiratswahl.office.roll_shelves import ENTRIES, PRINT, show_shelf
from beiratswahl.operations import roll_clarification_letters, roll_entries
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.roll_corrections import Basis, Correction, Kind, correct_roll
from beiratswahl.operations.roll_districts import discard_roll
from beiratswahl.store.read import electoral_roll as read
from beiratswahl.store.read.register_districts import register_districts
from beiratswahl.store.read.roll import PAGE_ROWS, person_view
from beiratswahl.store.read.roll_standing import RollStanding, standing_of
from beiratswahl.store.read.roll_views import PersonView
from beiratswahl.store.read.roll_work import WorkList, number_in
from beiratswahl.store.read.setup import districts
from beiratswahl.words import number


class CorrectionForm(Form):
    """Berichtigung."""

    kind = SelectField("Berichtigung", choices={kind.value: kind.value for kind in Kind})
    basis = SelectField("Grundlage", choices={basis.value: basis.value for basis in Basis})
    reason = TextAreaField("Begründung", validators=[InputRequired("Schreiben Sie die Begründung; sie steht in den Bemerkungen.")])
    heard_on = DateField("Person angehört am", validators=[Optional()])


class DiscardForm(Form):
    """Anlegen zurücknehmen."""

    reason = TextAreaField("Begründung", validators=[InputRequired("Schreiben Sie, warum das Verzeichnis neu angelegt wird.")])


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/verzeichnis"
    door.add_url_rule(f"{base}/buch", "roll_book", book)
    door.add_url_rule(f"{base}/buch/anlegen", "open_roll", open_roll, methods=["POST"])
    door.add_url_rule(f"{base}/buch/fortschreiben", "update_roll", update_roll, methods=["POST"])
    door.add_url_rule(f"{base}/buch/zuruecknehmen", "discard_roll", discard, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/druck", "roll_print", print_page)
    door.add_url_rule(f"{base}/druck/beginnen", "print_roll", print_roll, methods=["POST"])
    door.add_url_rule(f"{base}/druck/abbrechen", "cancel_roll_print", cancel_print, methods=["POST"])
    door.add_url_rule(f"{base}/druck/waehlerverzeichnis.pdf", "printed_roll", printed)
    door.add_url_rule(f"{base}/person/<int:person_id>/berichtigung", "correct_roll", correct, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/person/<int:person_id>/schreiben", "decision_letter", letter)


@holding(Permission.KEEP_ROLL)
def book(election_id: int) -> ResponseReturnValue:
    """Stand des Wählerverzeichnisses und seine Einträge; blocked addresses are not shown."""
    session = archive.session()
    page = max(1, request.args.get("seite", 1, type=int))
    search = request.args.get("suche", "").strip()
    district = request.args.get("bezirk", 0, type=int)
    places = districts(session, election_id)
    known = district if district in {one.district_id for one in places} else None
    return show_shelf(
        "book.html",
        ENTRIES,
        view=read.electoral_roll(session, election_id),
        again=number_in(session, election_id, WorkList.ENTITLED_AGAIN),
        outdated=number_in(session, election_id, WorkList.OTHER_FACTS),
        entries=read.entries(session, election_id, known, search=search, page=page),
        unassigned=sum(one.unassigned for one in register_districts(session, election_id)),
        places=places,
        district=district,
        page=page,
        page_rows=PAGE_ROWS,
        search=search,
    )


@holding(Permission.KEEP_ROLL)
def open_roll(election_id: int) -> ResponseReturnValue:
    """Wählerverzeichnis anlegen."""
    return _tried(lambda: f"Das Wählerverzeichnis ist angelegt, Einträge: {number(roll_entries.open_roll(desk(), election_id))}.")


@holding(Permission.KEEP_ROLL)
def update_roll(election_id: int) -> ResponseReturnValue:
    """Wählerverzeichnis fortschreiben."""

    def act() -> str:
        change = roll_entries.update_roll(desk(), election_id)
        done_so = (
            f"{change.entered} eingetragen, {change.blocked} gesperrt, {change.reinstated} wieder aufgenommen, {change.amended} geändert"
        )
        return f"Das Wählerverzeichnis ist fortgeschrieben: {done_so}."

    return _tried(act)


@holding(Permission.KEEP_ROLL)
def discard(election_id: int) -> ResponseReturnValue:
    """Anlegen zurücknehmen, before the Einsicht begins."""
    form, refusal = DiscardForm(), ""
    if form.validate_on_submit():
        try:
            gone = discard_roll(desk(), election_id, form.reason.data)
            return done(f"Das Anlegen ist zurückgenommen, {number(gone)} Nummern sind aufgehoben.", "roll_book")
        except Refused as error:
            refusal = str(error)
    return show_shelf("book_discard.html", ENTRIES, form=form, refusal=refusal, refused=bool(refusal or form.errors))


@holding(Permission.KEEP_ROLL)
def print_page(election_id: int) -> ResponseReturnValue:
    """Stand des Drucks."""
    book = read.electoral_roll(archive.session(), election_id)
    run = roll_prints.latest(_instance(), election_id)
    return show_shelf("print.html", PRINT, book=book, run=run, file=roll_prints.file_of(_instance(), election_id).is_file())


@holding(Permission.KEEP_ROLL)
def print_roll(election_id: int) -> ResponseReturnValue:
    """Druck beginnen; the work goes on behind the page."""
    app: Any = current_app

    def act() -> str:
        if read.electoral_roll(archive.session(), election_id) is None:
            raise Refused("Das Wählerverzeichnis ist noch nicht angelegt; es gibt nichts zu drucken.")
        roll_prints.begin(app._get_current_object(), election_id)
        return "Der Druck hat begonnen. Sie können die Seite verlassen; er läuft weiter."

    return _tried(act, "roll_print")


@holding(Permission.KEEP_ROLL)
def cancel_print(election_id: int) -> ResponseReturnValue:
    """Druck abbrechen."""
    if roll_prints.cancel(_instance(), election_id):
        return done("Der Druck ist abgebrochen.", "roll_print")
    flash("Es wird gerade nichts gedruckt.", "info")
    return redirect(url_for("office.roll_print", election_id=election_id))


@holding(Permission.KEEP_ROLL)
def printed(election_id: int) -> ResponseReturnValue:
    """Das gedruckte Wählerverzeichnis."""
    file = roll_prints.file_of(_instance(), election_id)
    if not file.is_file():
        flash("Das Wählerverzeichnis ist noch nicht gedruckt.", "warning")
        return redirect(url_for("office.roll_print", election_id=election_id))
    return send_file(file.absolute(), mimetype="application/pdf", as_attachment=True, download_name="waehlerverzeichnis.pdf")


@holding(Permission.KEEP_ROLL)
def correct(election_id: int, person_id: int) -> ResponseReturnValue:
    """Eintrag berichtigen."""
    view = person_view(archive.session(), election_id, person_id)
    if view is None:
        abort(404)
    entry, kept = read.entry_of(archive.session(), election_id, person_id), roll_cases.kept()
    now = standing_of(archive.session(), person_id)
    form, refusal = CorrectionForm(data={"kind": _likely(view, now).value}), ""
    if form.validate_on_submit():
        try:
            correct_roll(desk(), person_id, Correction(Kind(form.kind.data), Basis(form.basis.data), form.reason.data, form.heard_on.data))
            return done("Das Wählerverzeichnis ist berichtigt.", "person", person_id=person_id, **kept, erledigt=1)
        except Refused as error:
            refusal = str(error)
    refused = bool(refusal or form.errors)
    stands = roll_words.standing(entry, now)
    return show("roll/correction.html", "roll", form=form, view=view, stands=stands, kept=kept, refusal=refusal, refused=refused)


def _likely(view: PersonView, now: RollStanding) -> Kind:
    """The correction that the entry, with what was corrected after the closing, calls for."""
    if now is RollStanding.ABSENT:
        return Kind.ENTER
    entitled = view.line.entitled == Entitlement.YES.value and not view.line.missing
    if now is RollStanding.STRUCK:
        return Kind.REINSTATE
    return Kind.AMEND if entitled else Kind.STRIKE


@holding(Permission.KEEP_ROLL)
def letter(election_id: int, person_id: int) -> ResponseReturnValue:
    """Entwurf des Schreibens: as it would be printed, not kept."""
    if person_view(archive.session(), election_id, person_id) is None:
        abort(404)
    try:
        data = roll_clarification_letters.decision_letter(archive.session(), election_id, person_id)
    except Refused as error:
        flash(str(error), "warning")
        return redirect(url_for("office.person", election_id=election_id, person_id=person_id))
    return current_app.response_class(
        data, mimetype="application/pdf", headers={"Content-Disposition": f'attachment; filename="schreiben-{person_id}.pdf"'}
    )


def _tried(act: Callable[[], str], page: str = "roll_book") -> ResponseReturnValue:
    try:
        return done(act(), page)
    except Refused as error:
        flash(str(error), "warning")
        return redirect(url_for(f"office.{page}", **(request.view_args or {})))


def _instance() -> Path:
    return Path(current_app.instance_path)
