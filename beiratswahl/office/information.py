"""Information for the public before the election: what it says now, publication and withdrawal."""

from datetime import date

from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from beiratswahl import words
from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.published import announce_change
from beiratswahl.access.roles import Permission
from beiratswahl.office.frame import done, show
from beiratswahl.operations import information as operations
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read import published as read


class PublishForm(Form):
    """Veröffentlichung: nothing to fill in."""


class WithdrawForm(Form):
    """Rücknahme der Informationen."""

    notice = TextAreaField(
        "Hinweis auf der öffentlichen Seite",
        validators=[InputRequired("Schreiben Sie, warum die Informationen zurückgezogen werden."), Length(max=500)],
    )


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/informationen"
    door.add_url_rule(base, "information", information, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/ruecknahme", "withdraw_information", withdraw, methods=["GET", "POST"])


@holding(Permission.PUBLISH)
def information(election_id: int) -> ResponseReturnValue:
    """Informationen zur Wahl prüfen und veröffentlichen."""
    form, refusal = PublishForm(), ""
    if form.validate_on_submit():
        try:
            number = operations.publish_information(desk(), election_id)
            announce_change()
            return done(f"Die Informationen zur Wahl sind veröffentlicht (Nr. {number}).", "information")
        except Refused as error:
            refusal = str(error)
    session = archive.session()
    try:
        sheet, unsettled = operations.sheet_of(session, election_id), ""
    except Refused as error:
        sheet, unsettled = None, str(error)
    shown = operations.standing(session, election_id)
    return show(
        "publication/information.html",
        "publication",
        form=form,
        sheet=sheet,
        due=[(_when(of["at"]), of["text"]) for of in sheet["deadlines"]] if sheet else [],
        unsettled=unsettled,
        unsaid=operations.unsaid(sheet) if sheet else (),
        editions=read.information(session, election_id),
        shown=shown,
        changed=bool(sheet and (shown is None or shown.sheet != sheet)),
        refusal=refusal,
        refused=bool(refusal),
    )


@holding(Permission.PUBLISH)
def withdraw(election_id: int) -> ResponseReturnValue:
    """Informationen zur Wahl zurückziehen."""
    form, refusal = WithdrawForm(), ""
    if form.validate_on_submit():
        try:
            operations.withdraw_information(desk(), election_id, form.notice.data)
            announce_change()
            return done("Die Informationen zur Wahl sind zurückgezogen.", "information")
        except Refused as error:
            refusal = str(error)
    return show("publication/withdraw_information.html", "publication", form=form, refusal=refusal, refused=bool(refusal or form.errors))


def _when(at: str) -> str:
    """ISO day or local moment in words."""
    day, _, hour = at.partition("T")
    return words.weekday_date(date.fromisoformat(day)) + (f", {hour} Uhr" if hour else "")
