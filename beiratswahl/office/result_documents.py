"""The sitting of the Wahlausschuss: determining the result, its minutes, the letters to the elected."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from wtforms import DateField, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length

from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.documents.result_minutes import Sitting
from beiratswahl.office.frame import done, show
from beiratswahl.operations import determination as operations
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.result_control import obstacles

LONG, LONGEST = 200, 4000


class SittingForm(Form):
    """Sitzung des Wahlausschusses."""

    day = DateField("Tag der Sitzung", validators=[InputRequired("Geben Sie den Tag der Sitzung ein.")])
    place = StringField("Ort", validators=[InputRequired("Nennen Sie Raum und Anschrift."), Length(max=LONG)])
    began = TimeField("Beginn", validators=[InputRequired("Geben Sie die Uhrzeit ein, zum Beispiel 17:00.")])
    ended = TimeField("Ende", validators=[InputRequired("Geben Sie die Uhrzeit ein, zum Beispiel 18:00.")])
    chair = StringField("Vorsitz", validators=[InputRequired("Nennen Sie den Vorsitz."), Length(max=LONG)])
    members = TextAreaField(
        "Weitere anwesende Mitglieder", validators=[InputRequired("Nennen Sie die anwesenden Mitglieder."), Length(max=LONGEST)]
    )
    recorder = StringField("Schriftführung", validators=[InputRequired("Nennen Sie die Schriftführung."), Length(max=LONG)])
    corrections = TextAreaField("Berichtigungen und abweichende Beschlüsse", validators=[Length(max=LONGEST)])


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/ergebnis"
    door.add_url_rule(f"{base}/feststellung", "determination", determination, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/niederschrift.pdf", "result_minutes", minutes)
    door.add_url_rule(f"{base}/schreiben.zip", "elected_letters", letters)


@holding(Permission.DETERMINE_RESULT)
def determination(election_id: int) -> ResponseReturnValue:
    """Sitzung eintragen, Niederschrift und Schreiben holen."""
    form, refusal = SittingForm(), ""
    if form.validate_on_submit():
        try:
            operations.determine(desk(), election_id, _sitting(form))
            return done(
                "Die Feststellung ist eingetragen. Drucken Sie die Niederschrift und lassen Sie sie unterschreiben.", "determination"
            )
        except Refused as error:
            refusal = str(error)
    stopping, determined = _state(election_id)
    return show(
        "results/determination.html",
        "result",
        form=form,
        obstacles=stopping,
        determined=determined,
        refusal=refusal,
        refused=bool(refusal or form.errors),
    )


@holding(Permission.DETERMINE_RESULT)
def minutes(election_id: int) -> ResponseReturnValue:
    """Niederschrift der Feststellung als PDF."""
    try:
        content = operations.minutes(archive.session(), election_id)
    except Refused as error:
        return _not_possible(error)
    return _file(content, "application/pdf", "niederschrift.pdf")


@holding(Permission.DETERMINE_RESULT)
def letters(election_id: int) -> ResponseReturnValue:
    """Schreiben an alle Gewählten, ein PDF je Person in einem Archiv."""
    try:
        written = operations.print_letters(archive.session(), election_id)
    except Refused as error:
        return _not_possible(error)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name, content in written:
            file.writestr(ZipInfo(name), content)
    return _file(out.getvalue(), "application/zip", "schreiben.zip")


def _sitting(form: SittingForm) -> Sitting:
    return Sitting(
        day=form.day.data,
        place=form.place.data.strip(),
        began=f"{form.began.data:%H:%M}",
        ended=f"{form.ended.data:%H:%M}",
        chair=form.chair.data.strip(),
        members=tuple(line.strip() for line in form.members.data.splitlines() if line.strip()),
        recorder=form.recorder.data.strip(),
        corrections=(form.corrections.data or "").strip(),
    )


def _state(election_id: int) -> tuple[tuple[str, ...], operations.DeterminationView | None]:
    session = archive.session()
    try:
        return obstacles(session, election_id), operations.latest(session, election_id)
    except Refused as error:
        return (str(error),), None


def _not_possible(error: Refused) -> ResponseReturnValue:
    return show("results/no_document.html", "result", refusal=str(error), refused=True)


def _file(content: bytes, media_type: str, name: str) -> Response:
    return Response(content, mimetype=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
