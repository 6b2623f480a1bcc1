"""The table of candidates: the template to hand out, what a nomination holds, and reading a filled one."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, FileField

from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.office.frame import done, show
from beiratswahl.office.nominations import candidates_of, may_change, nomination_here, with_candidates
from beiratswahl.operations.candidate_file import LARGEST_FILE, export, read_candidates, template
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.nominations import change_nomination
from beiratswahl.store.read.nominations import NominationView

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TableForm(Form):
    """Ausgefüllte Vorlage."""

    file = FileField("Ausgefüllte Vorlage (XLSX)")
    with_head = BooleanField("Auch Kennwort, Vertrauenspersonen und Versammlung vom zweiten Blatt übernehmen, soweit dort etwas steht")
    replace_all = BooleanField("Die schon eingetragenen Personen durch die der Tabelle ersetzen")


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/wahlvorschlaege"
    door.add_url_rule(f"{base}/vorlage.xlsx", "candidate_template", candidate_template)
    door.add_url_rule(f"{base}/<int:nomination_id>/personen.xlsx", "candidate_table", candidate_table)
    door.add_url_rule(f"{base}/<int:nomination_id>/einlesen", "read_candidates", read, methods=["GET", "POST"])


@holding(Permission.KEEP_NOMINATIONS)
def candidate_template(election_id: int) -> ResponseReturnValue:
    """Leere Vorlage zum Ausgeben."""
    return _xlsx(template(), "wahlvorschlag-vorlage.xlsx")


@holding(Permission.KEEP_NOMINATIONS)
def candidate_table(election_id: int, nomination_id: int) -> ResponseReturnValue:
    """Personen eines Wahlvorschlags als Tabelle."""
    return _xlsx(export(nomination_here(election_id, nomination_id)), f"wahlvorschlag-{nomination_id}.xlsx")


@holding(Permission.KEEP_NOMINATIONS)
def read(election_id: int, nomination_id: int) -> ResponseReturnValue:
    """Ausgefüllte Vorlage einlesen."""
    view = nomination_here(election_id, nomination_id)
    form = TableForm()
    refusal, file_name = "", ""
    faults: tuple[str, ...] = ()
    if form.validate_on_submit():
        file_name = form.file.data.filename if form.file.data else ""
        faults, refusal = _taken(form, view)
        if not faults and not refusal:
            return done("Die Angaben der Tabelle sind eingetragen.", "nomination", nomination_id=nomination_id)
    return show(
        "documents/read_candidates.html",
        "nominations",
        form=form,
        nomination=view,
        faults=faults,
        file_name=file_name,
        may_change=may_change(view),
        refusal=refusal,
        refused=bool(refusal or faults),
    )


def _taken(form: Any, view: NominationView) -> tuple[tuple[str, ...], str]:
    """Faults and refusal; both empty when the persons are stored."""
    # no more than the largest template is read, however large the file is
    content = b""
    if form.file.data:
        with form.file.data.stream as stream:
            content = stream.read(LARGEST_FILE + 1)
    table = read_candidates(content)
    if table.faults:
        return table.faults, ""
    head = dict(table.head) if form.with_head.data else {}
    if not table.candidates and not head:
        return (), "Die Tabelle enthält keine Person."
    before = () if form.replace_all.data else candidates_of(view)
    try:
        change_nomination(desk(), view.nomination_id, replace(with_candidates(view, (*before, *table.candidates)), **head))
    except Refused as error:
        return (), str(error)
    return (), ""


def _xlsx(content: bytes, name: str) -> Response:
    return Response(content, mimetype=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
