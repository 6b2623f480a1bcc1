"""Zweiter Blick: what waits for a second person, what was given back, and what the office has settled about it."""

from collections.abc import Callable

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from beiratswahl.access import archive, login
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.office import roll_words
from beiratswahl.office.frame import done, show
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.roll_second_look import Scope, rule_second_look, scope_of
from beiratswahl.store.read import electoral_roll, roll_cases


class RuleForm(Form):
    """Regelung des zweiten Blicks."""

    scope = RadioField("Wann prüft eine zweite Person?", choices={scope.value: scope.value for scope in Scope})
    reason = StringField(
        "Worauf beruht die Regelung?",
        validators=[InputRequired("Schreiben Sie, worauf die Regelung beruht."), Length(max=300)],
    )


class SecondLookForm(Form):
    """Zweiter Blick."""

    agrees = RadioField(
        "Ergebnis der Prüfung",
        choices={"ja": "Richtig erfasst; die Entscheidung trifft zu.", "nein": "Zurückgeben, weil etwas nicht stimmt."},
        validators=[InputRequired("Wählen Sie, ob Sie zustimmen.")],
    )
    remark = TextAreaField("Bemerkung", validators=[Length(max=1000)])


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/verzeichnis/zweiter-blick"
    door.add_url_rule(base, "second_looks", second_looks)
    door.add_url_rule(f"{base}/regelung", "rule_second_look", rule, methods=["GET", "POST"])


@holding(Permission.KEEP_ROLL)
def second_looks(election_id: int) -> ResponseReturnValue:
    """Was auf den zweiten Blick wartet; what the person recorded herself waits for somebody else."""
    session, somebody = archive.session(), login.current()
    me = (somebody.name, somebody.account_id) if somebody else ("", 0)
    waiting = roll_cases.waiting_applications(session, election_id)
    mine = {one.application_id for one in waiting if one.recorded_by == me[0] or one.recorded_by_id == me[1]}
    decisions = [one for one in electoral_roll.objections(session, election_id) if one.waits]
    return show(
        "roll/second_looks.html",
        "roll",
        waiting=waiting,
        mine=mine,
        returned=roll_cases.waiting_applications(session, election_id, returned=True),
        decisions=decisions,
        my_decisions={one.objection_id for one in decisions if one.decided_by == me[0] or one.decided_by_id == me[1]},
        rule=roll_cases.second_look_rule(session, election_id),
        words=roll_words,
        went_on="erledigt" in request.args,
    )


@holding(Permission.KEEP_ROLL)
def rule(election_id: int) -> ResponseReturnValue:
    """Zweiten Blick regeln."""
    form, refusal = RuleForm(data={"scope": scope_of(archive.session(), election_id).value}), ""
    if form.validate_on_submit():
        try:
            rule_second_look(desk(), election_id, Scope(form.scope.data), form.reason.data)
            return done("Der zweite Blick ist geregelt. Das gilt für alles, was ab jetzt erfasst wird.", "second_looks")
        except Refused as error:
            refusal = str(error)
    return show("roll/second_look_rule.html", "roll", form=form, refusal=refusal, refused=bool(refusal or form.errors))


def looked_again(form: SecondLookForm, act: Callable[..., None], confirmed: str, first: str) -> tuple[ResponseReturnValue | None, str]:
    """Zweiten Blick ausführen, the same for applications and objections.

    Args:
        form: what the second person says.
        act: takes `agrees` and `remark`.
        confirmed: what is said when she agrees.
        first: who gets the case back when she does not.

    Returns:
        The answer once it is done, else None with the refusal, "" where nothing was asked yet.
    """
    if not form.validate_on_submit():
        return None, ""
    agrees = form.agrees.data == "ja"
    try:
        act(agrees=agrees, remark=form.remark.data or "")
    except Refused as error:
        return None, str(error)
    return done(confirmed if agrees else f"Zurückgegeben an {first}, mit Ihrer Bemerkung.", "second_looks", erledigt=1), ""
