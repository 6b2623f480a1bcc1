"""Publishing: what stands against it, a preview of the announcement, the versions and their withdrawal."""

from flask import Blueprint, Response, abort, current_app
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from beiratswahl import clock
from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding, place
from beiratswahl.access.published import announce_change
from beiratswahl.access.roles import Permission
from beiratswahl.documents.result_sheet import Label
from beiratswahl.documents.signature import KeyUnusable, SigningKey, key_of
from beiratswahl.office import interim
from beiratswahl.office.frame import done, show
from beiratswahl.operations import determination
from beiratswahl.operations import publication as operations
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.result_control import obstacles
from beiratswahl.store.read import published as read

LABELS = {
    Label.PRELIMINARY.value: "vorläufig – vor der Feststellung durch den Wahlausschuss",
    Label.FINAL.value: "endgültig – festgestellt durch den Wahlausschuss",
}


class PublishForm(Form):
    """Veröffentlichung."""

    label = RadioField("Stand des Ergebnisses", choices=LABELS, default=Label.PRELIMINARY.value)
    note = TextAreaField("Was hat sich gegenüber der vorigen Fassung geändert?", validators=[Length(max=500)])
    unsigned = BooleanField("Ohne elektronische Signatur veröffentlichen")


class WithdrawForm(Form):
    """Rücknahme einer Veröffentlichung."""

    notice = TextAreaField(
        "Hinweis auf der öffentlichen Seite",
        validators=[InputRequired("Schreiben Sie, warum die Fassung zurückgezogen wird."), Length(max=500)],
    )


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/veroeffentlichung"
    door.add_url_rule(base, "publication", publication, methods=["GET", "POST"])
    interim.add_to(door)
    door.add_url_rule(f"{base}/vorschau.pdf", "preview_announcement", preview)
    door.add_url_rule(f"{base}/<int:number>/bekanntmachung.pdf", "announcement", announcement)
    door.add_url_rule(f"{base}/<int:number>/zuruecknahme", "withdraw_publication", withdraw, methods=["GET", "POST"])


@holding(Permission.PUBLISH)
def publication(election_id: int) -> ResponseReturnValue:
    """Fassungen zeigen und eine neue veröffentlichen."""
    session = archive.session()
    stopping, refusal = _obstacles(election_id), ""
    key, key_fault = _key()
    determined, undetermined = _determined(election_id)
    versions = read.versions(session, election_id)
    only_interim = bool(versions) and versions[0].label == Label.INTERIM.value
    note = "Alle Stimmbezirke sind ausgezählt." if only_interim else ""
    form = PublishForm(label=(Label.FINAL if determined else Label.PRELIMINARY).value, note=note)
    if form.validate_on_submit():
        try:
            if key_fault and not form.unsigned.data:
                raise Refused(f"{key_fault} Oder kreuzen Sie an, dass ohne Signatur veröffentlicht werden soll.")
            number = operations.publish(desk(), election_id, Label(form.label.data), note=form.note.data or "", key=key)
            announce_change()
            return done(f"Fassung {number} ist veröffentlicht.", "publication")
        except Refused as error:
            refusal = str(error)
    return show(
        "publication/publication.html",
        "publication",
        form=form,
        obstacles=stopping,
        unsaid=operations.unsaid(place().municipality),
        versions=versions,
        overtaken=operations.overtaken(session, election_id),
        interim=interim.possible(election_id)[0] if stopping and (only_interim or not versions) else None,
        determined=determined,
        undetermined=undetermined,
        key=key,
        key_fault=key_fault,
        refusal=refusal,
        refused=bool(form.is_submitted() and (refusal or form.errors)),
    )


@holding(Permission.PUBLISH)
def preview(election_id: int) -> ResponseReturnValue:
    """Bekanntmachung, wie sie jetzt gedruckt würde."""
    try:
        printed = operations.edition(archive.session(), election_id, Label.PRELIMINARY, None, clock.now().replace(microsecond=0))
    except Refused as error:
        return show("publication/no_preview.html", "publication", refusal=str(error), refused=True)
    return _pdf(printed.pdf, "vorschau.pdf")


@holding(Permission.PUBLISH)
def announcement(election_id: int, number: int) -> ResponseReturnValue:
    """Bekanntmachung einer Fassung."""
    printed = read.pdf(archive.session(), election_id, number)
    if printed is None:
        abort(404)
    return _pdf(printed, f"bekanntmachung-{number}.pdf")


@holding(Permission.PUBLISH)
def withdraw(election_id: int, number: int) -> ResponseReturnValue:
    """Fassung zurückziehen."""
    if number not in {of.number for of in read.versions(archive.session(), election_id)}:
        abort(404)
    form = WithdrawForm()
    refusal = ""
    if form.validate_on_submit():
        try:
            operations.withdraw(desk(), election_id, number, form.notice.data)
            announce_change()
            return done(f"Fassung {number} ist zurückgezogen.", "publication")
        except Refused as error:
            refusal = str(error)
    return show("publication/withdraw.html", "publication", form=form, number=number, refusal=refusal, refused=bool(refusal or form.errors))


def _key() -> tuple[SigningKey | None, str]:
    """The municipality's key, or why it cannot sign."""
    try:
        return key_of(current_app.config["BEIRATSWAHL"].instance, place().municipality.ags, clock.now()), ""
    except KeyUnusable as error:
        return None, str(error)


def _determined(election_id: int) -> tuple[determination.DeterminationView | None, str]:
    """The determination of the result as it stands, or what the Wahlausschuss still has to do."""
    try:
        return determination.settled(archive.session(), election_id), ""
    except Refused as error:
        return None, str(error)


def _obstacles(election_id: int) -> tuple[str, ...]:
    try:
        return obstacles(archive.session(), election_id)
    except Refused as error:
        return (str(error),)


def _pdf(content: bytes, name: str) -> Response:
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
