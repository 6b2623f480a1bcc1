"""Changing an election while nothing rests on it: its day and Wahlgebiet, what bylaw or notice say on a rule; removing it."""

import re

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, DateField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding, place
from beiratswahl.access.roles import Permission
from beiratswahl.law.rule_layers import Origin
from beiratswahl.law.rule_sets import Setting
from beiratswahl.office import rule_words
from beiratswahl.office.frame import done, show
from beiratswahl.office.rule_forms import REASON, allowed, form_of, stated
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.rule_changes import ElectionBasics, change_election, may_be_stated, remove_election, standing, state_rule
from beiratswahl.operations.setup import own_area, rule_set, warnings_of

READ_IN_AGAIN = (
    "Über Personen ist schon nach den bisherigen Regeln entschieden: Lesen Sie den letzten Auszug des Melderegisters noch einmal ein."
)


class BasicsForm(Form):
    """Angaben zur Wahl."""

    day = DateField("Wahltag", validators=[InputRequired("Geben Sie den Wahltag ein, zum Beispiel 11.11.2029.")])
    bylaw = StringField(
        "Satzung", validators=[InputRequired("Nennen Sie die Satzung; sie wird in jedem Dokument zitiert."), Length(min=5, max=300)]
    )
    area = TextAreaField("Gemeindeschlüssel des Wahlgebiets", validators=[Length(max=4000)])
    reason = TextAreaField("Grund der Änderung", validators=REASON)
    is_right = BooleanField("Die Angaben sind geprüft und stimmen")


class SilentForm(Form):
    """Satzung und Bekanntmachung sagen dazu nichts."""

    reason = TextAreaField("Grund", validators=REASON)


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    at = "/wahl/<int:election_id>"
    door.add_url_rule(f"{at}/regeln/<key>/dokument", "state_rule", state, methods=["GET", "POST"])
    door.add_url_rule(f"{at}/regeln/<key>/entfallen", "drop_rule", drop, methods=["GET", "POST"])
    door.add_url_rule(f"{at}/angaben", "change_election", change, methods=["GET", "POST"])
    door.add_url_rule(f"{at}/entfernen", "remove_election", remove, methods=["GET", "POST"])


@holding(Permission.SET_UP_ELECTION)
def state(election_id: int, key: str) -> ResponseReturnValue:
    """Eintragen, was Satzung oder Bekanntmachung zu einer Regel sagen."""
    setting, day, refusal = _setting(election_id, key), place().election.day, ""
    form = form_of(setting, day)
    if form.validate_on_submit():
        try:
            value = stated(setting.parameter.kind, form, day)
            origin = Origin(form.origin.data)
            again = state_rule(desk(), election_id, key, value, origin, form.source.data or "", form.reason.data)
            return _changed(f"Geändert: {setting.parameter.title}.", read_in_again=again)
        except Refused as error:
            refusal = str(error)
    return show(
        "setup/rule.html",
        "rules",
        form=form,
        key=key,
        setting=setting,
        said=rule_words.said(setting.value, day),
        allowed=allowed(setting.parameter.kind),
        why_settled=standing(archive.session(), election_id).why_settled(key),
        refusal=refusal,
        refused=bool(refusal or form.errors),
    )


@holding(Permission.SET_UP_ELECTION)
def drop(election_id: int, key: str) -> ResponseReturnValue:
    """Festhalten, dass Satzung und Bekanntmachung zu einer Regel schweigen."""
    setting, form, refusal = _setting(election_id, key), SilentForm(), ""
    if form.validate_on_submit():
        try:
            again = state_rule(desk(), election_id, key, None, Origin.BYLAW, "", form.reason.data)
            return _changed(f"Es gilt wieder das Gesetz: {setting.parameter.title}.", read_in_again=again)
        except Refused as error:
            refusal = str(error)
    return show(
        "setup/rule_dropped.html", "rules", form=form, key=key, setting=setting, refusal=refusal, refused=bool(refusal or form.errors)
    )


@holding(Permission.SET_UP_ELECTION)
def change(election_id: int) -> ResponseReturnValue:
    """Wahltag, Wahlgebiet und Satzung berichtigen."""
    election, municipality = place().election, place().municipality
    form = BasicsForm(data={"day": election.day, "bylaw": election.bylaw_citation, "area": "\n".join(election.area)})
    refusal = ""
    warnings: tuple[str, ...] = ()
    if form.validate_on_submit():
        area = tuple(re.findall(r"[^\s,;]+", form.area.data or "")) or own_area(municipality.ags)
        basics = ElectionBasics(form.day.data, area, form.bylaw.data)
        warnings = warnings_of(basics.day, basics.area, municipality.ags)
        if not warnings or form.is_right.data:
            try:
                return _changed(
                    "Die Angaben zur Wahl sind geändert.", read_in_again=change_election(desk(), election_id, basics, form.reason.data)
                )
            except Refused as error:
                refusal = str(error)
    refused = bool(refusal or form.errors or warnings)
    return show("setup/basics.html", "rules", form=form, warnings=warnings, refusal=refusal, refused=refused)


@holding(Permission.SET_UP_ELECTION)
def remove(election_id: int) -> ResponseReturnValue:
    """Eine versehentlich eingerichtete Wahl entfernen."""
    form, refusal = SilentForm(), ""
    if form.validate_on_submit():
        try:
            remove_election(desk(), election_id, form.reason.data)
        except Refused as error:
            refusal = str(error)
        else:
            flash("Die Wahl ist entfernt. Das Amtsbuch behält, was geschehen ist.", "success")
            return redirect(url_for("office.start"))
    return show("setup/removal.html", "rules", form=form, refusal=refusal, refused=bool(refusal or form.errors))


def _setting(election_id: int, key: str) -> Setting:
    if not may_be_stated(key):
        abort(404)
    return rule_set(archive.session(), election_id).settings()[key]


def _changed(message: str, *, read_in_again: bool) -> ResponseReturnValue:
    if read_in_again:
        flash(READ_IN_AGAIN, "warning")
    return done(message, "rules")
