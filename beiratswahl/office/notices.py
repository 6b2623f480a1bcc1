"""Notices before the election: draft, publication, withdrawal."""

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from beiratswahl import clock
from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.published import announce_change
from beiratswahl.access.roles import Permission
from beiratswahl.law.deadlines import Deadline
from beiratswahl.office.frame import done, show
from beiratswahl.operations import calendar as calendars
from beiratswahl.operations import notices as operations
from beiratswahl.operations.announcements_before import Announcement, notice_of
from beiratswahl.operations.calendar_recorded import NOTICES
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read import published as read

TITLES = {
    Announcement.CALL: ("Aufforderung zur Einreichung von Wahlvorschlägen", "§ 16 KWG, § 23 KWO"),
    Announcement.INSPECTION: ("Einsicht in das Wählerverzeichnis", "§ 12 KWG, § 13 KWO"),
    Announcement.ADMITTED: ("Zugelassene Wahlvorschläge", "§§ 24, 25 KWG, § 30 KWO"),
    Announcement.NO_ELECTION: ("Die Wahl findet nicht statt", "§ 56 Abs. 3 GemO, § 49a Abs. 3 LKO"),
    Announcement.ELECTION: ("Wahlbekanntmachung", "§§ 31 bis 33 KWG"),
}


class PublishForm(Form):
    """Veröffentlichung einer Bekanntmachung."""

    dated_on = DateField("Datum unter der Bekanntmachung", validators=[InputRequired("Geben Sie das Datum ein.")])
    medium = StringField("Außerdem bekannt gemacht in", validators=[Length(max=200)])


class WithdrawForm(Form):
    """Rücknahme einer Bekanntmachung."""

    reason = TextAreaField(
        "Hinweis auf der öffentlichen Seite",
        validators=[InputRequired("Schreiben Sie, warum die Bekanntmachung zurückgezogen wird."), Length(max=500)],
    )


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/schriftstuecke"
    door.add_url_rule(f"{base}/bekanntmachen/<which>", "publish_notice", publish, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/veroeffentlicht/<int:number>.pdf", "published_notice", published)
    door.add_url_rule(f"{base}/veroeffentlicht/<int:number>/ruecknahme", "withdraw_notice", withdraw, methods=["GET", "POST"])


@holding(Permission.PUBLISH)
def publish(election_id: int, which: str) -> ResponseReturnValue:
    """Eine Bekanntmachung prüfen und veröffentlichen."""
    if which not in set(Announcement):
        abort(404)
    kind = Announcement(which)
    form = PublishForm(data={"dated_on": clock.today()})
    refusal = ""
    if form.validate_on_submit():
        try:
            number = operations.publish_notice(desk(), election_id, kind, form.dated_on.data, form.medium.data or "")
            announce_change()
            return done(f"Die Bekanntmachung Nr. {number} ist veröffentlicht.", "publish_notice", which=which)
        except Refused as error:
            refusal = str(error)
    editions = [of for of in read.notices(archive.session(), election_id) if of.kind == which]
    stands = any(of.withdrawn_at_utc is None for of in editions)
    return show(
        "documents/publish_notice.html",
        "documents",
        form=form,
        which=which,
        title=TITLES[kind][0],
        source=TITLES[kind][1],
        editions=editions,
        stands=stands,
        too_early="" if stands or refusal else _too_early(election_id, kind),
        due=_due(election_id, which),
        refusal=refusal,
        refused=bool(refusal or form.errors),
    )


@holding(Permission.PUBLISH)
def published(election_id: int, number: int) -> ResponseReturnValue:
    """Eine veröffentlichte Bekanntmachung, as it went out."""
    content = read.notice_pdf(archive.session(), election_id, number)
    if content is None:
        abort(404)
    name = f"bekanntmachung-nr-{number}.pdf"
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


@holding(Permission.PUBLISH)
def withdraw(election_id: int, number: int) -> ResponseReturnValue:
    """Bekanntmachung zurückziehen."""
    view = read.notice(archive.session(), election_id, number)
    if view is None:
        abort(404)
    form = WithdrawForm()
    refusal = ""
    if form.validate_on_submit():
        try:
            operations.withdraw_notice(desk(), election_id, number, form.reason.data)
            announce_change()
            return done(f"Die Bekanntmachung Nr. {number} ist zurückgezogen.", "documents")
        except Refused as error:
            refusal = str(error)
    return show("documents/withdraw_notice.html", "documents", form=form, of=view, refusal=refusal, refused=bool(refusal or form.errors))


def _too_early(election_id: int, kind: Announcement) -> str:
    """Why the notice cannot go out yet; "" when it can."""
    try:
        notice_of(archive.session(), election_id, kind, clock.today())
    except Refused as error:
        return str(error)
    return ""


def _due(election_id: int, which: str) -> Deadline | None:
    key = NOTICES.get(which)
    entries = calendars.calendar(archive.session(), election_id, clock.now())
    return next((entry.deadline for entry in entries if entry.deadline.key == key), None)
