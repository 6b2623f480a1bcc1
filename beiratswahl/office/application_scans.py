"""Antrag einlesen: typed by a scanner or read from a picture; the office chooses the person, the case is filled in."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import FileField, StringField
from wtforms.validators import Length

from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import holding, place
from beiratswahl.access.roles import Permission
from beiratswahl.documents.application_code import ApplicationFields
from beiratswahl.office import roll_words
from beiratswahl.office.frame import show
from beiratswahl.operations.application_scans import meant_persons, read_application, typed_application
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read.roll_views import PersonLine


class ScanForm(Form):
    """Code des Antrags."""

    code = StringField("Code, mit dem Handscanner eingelesen", validators=[Length(max=4000)])
    file = FileField("Foto, Scan oder PDF des Antrags")


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    door.add_url_rule("/wahl/<int:election_id>/verzeichnis/antrag-einlesen", "scan_application", scan, methods=["GET", "POST"])


@holding(Permission.KEEP_ROLL)
def scan(election_id: int) -> ResponseReturnValue:
    """Antrag einlesen und die Person dazu suchen; nothing is stored here."""
    form, refusal = ScanForm(), ""
    found: ApplicationFields | None = None
    persons: tuple[PersonLine, ...] = ()
    if form.validate_on_submit():
        try:
            found = (
                typed_application(form.code.data) if form.code.data else read_application(form.file.data.read() if form.file.data else b"")
            )
            persons = meant_persons(archive.session(), place().election, place().municipality.ags, found)
        except Refused as error:
            found, refusal = None, str(error)
    return show(
        "roll/scan_application.html",
        "roll",
        form=form,
        found=found,
        persons=persons,
        words=roll_words,
        refusal=refusal,
        refused=bool(refusal or form.errors),
    )
