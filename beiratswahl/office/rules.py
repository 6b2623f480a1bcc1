"""The rules of an election: what holds, from where, and what a person must confirm; and the calendar that follows from the day."""

from datetime import timedelta
from typing import NamedTuple

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue
from wtforms import DateField, RadioField, TextAreaField, TimeField
from wtforms.validators import InputRequired

from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding, place
from beiratswahl.access.roles import Permission
from beiratswahl.law.rule_layers import CONFIRMABLE
from beiratswahl.law.rule_parameters import PARAMETERS
from beiratswahl.law.rule_sets import Setting, open_rules
from beiratswahl.law.rule_values import DayBefore
from beiratswahl.office import rule_words
from beiratswahl.office.frame import done, show
from beiratswahl.office.rule_forms import REASON
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.rule_changes import Standing, may_be_stated, standing
from beiratswahl.operations.setup import confirm_rule, rule_set

#: marks of a rule that nobody has read in the statute as it stands: the municipality should look at its own bylaw
UNSEEN = frozenset({"I", "G"})
#: the example that shows how to count back from the election
EXAMPLE_DAYS = 37


class Shown(NamedTuple):
    """One rule as the page shows it."""

    key: str
    title: str
    value: str
    origin: str
    source: str
    mark: str
    is_open: bool
    may_be_stated: bool
    unseen: bool


class AnswerForm(Form):
    """Bestätigung einer Regel mit vorgegebenen Antworten."""

    value = RadioField("Was gilt?", validators=[InputRequired("Wählen Sie eine Antwort.")])
    reason = TextAreaField("Begründung", validators=REASON)


class MomentForm(Form):
    """Bestätigung einer Frist."""

    day = DateField("Letzter Tag", validators=[InputRequired("Geben Sie den letzten Tag der Frist ein.")])
    hour = TimeField("Uhrzeit", validators=[InputRequired("Geben Sie die Uhrzeit ein, zum Beispiel 18:00.")])
    reason = TextAreaField("Begründung", validators=REASON)


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    door.add_url_rule("/wahl/<int:election_id>/regeln", "rules", rules)
    door.add_url_rule("/wahl/<int:election_id>/regeln/<key>", "confirm", confirm, methods=["GET", "POST"])


@holding(Permission.SET_UP_ELECTION)
def rules(election_id: int) -> ResponseReturnValue:
    """Regeln der Wahl: the ones to be confirmed first."""
    settings = rule_set(archive.session(), election_id).settings()
    confirmable = open_rules(settings)
    now = standing(archive.session(), election_id)
    shown = [_shown(key, setting, now) for key, setting in settings.items()]
    by_key = {rule.key: rule for rule in shown}
    return show(
        "setup/rules.html",
        "rules",
        open_rules=[by_key[key] for key in confirmable if by_key[key].is_open],
        confirmed=[by_key[key] for key in confirmable if not by_key[key].is_open],
        others=[rule for rule in shown if rule.key not in confirmable],
        unseen=[rule for rule in shown if rule.unseen and rule.key not in confirmable],
        area=[f"{place().municipality.name} ({key})" if key == place().municipality.ags else key for key in place().election.area],
        marks=rule_words.MARKS,
    )


@holding(Permission.SET_UP_ELECTION)
def confirm(election_id: int, key: str) -> ResponseReturnValue:
    """Eine Regel bestätigen."""
    if key not in CONFIRMABLE:
        abort(404)
    form = _form(key)
    refusal = ""
    if form.validate_on_submit():
        try:
            confirm_rule(desk(), election_id, key, _value(key, form), form.reason.data.strip())
            return done(f"Bestätigt: {PARAMETERS[key].title}.", "rules")
        except Refused as error:
            refusal = str(error)
    setting, now = rule_set(archive.session(), election_id).settings()[key], standing(archive.session(), election_id)
    return show(
        "setup/confirm.html",
        "rules",
        form=form,
        rule=_shown(key, setting, now),
        example=(EXAMPLE_DAYS, place().election.day - timedelta(days=EXAMPLE_DAYS)),
        refusal=refusal,
        refused=bool(refusal or form.errors),
    )


def _form(key: str) -> AnswerForm | MomentForm:
    if key not in rule_words.ANSWERS:
        return MomentForm()
    form = AnswerForm()
    form.value.choices = dict(rule_words.ANSWERS[key])
    return form


def _value(key: str, form: AnswerForm | MomentForm) -> object:
    if isinstance(form, MomentForm):
        before = place().election.day - form.day.data
        if before < timedelta(0):
            raise Refused("Die Frist läge nach dem Wahltag. Wählen Sie einen Tag vor der Wahl.")
        return str(DayBefore(before.days, form.hour.data))
    answer: str = form.value.data
    return {"true": True, "false": False}.get(answer, answer)


def _shown(key: str, setting: Setting, now: Standing) -> Shown:
    return Shown(
        key,
        setting.parameter.title,
        rule_words.said(setting.value, place().election.day),
        str(setting.origin),
        setting.source,
        setting.mark,
        setting.value is None and key in CONFIRMABLE,
        may_be_stated(key) and not now.why_settled(key),
        setting.value is not None and may_be_stated(key) and setting.mark in UNSEEN,
    )
