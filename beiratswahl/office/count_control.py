"""Kontrolle der Zählung: the office chooses for the whole election how typed ballots are checked."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import IntegerField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.law.count_control import ControlMethod, SampleRule
from beiratswahl.office.frame import done, show
from beiratswahl.operations.count_controls import choose_control, counting_has_begun, method_of, rule_of
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read.count_control import chosen

WORDS = {
    ControlMethod.SECOND_ENTRY: "Vollständige Zweiteingabe: Ein anderes Team gibt jeden einzeln erfassten Stimmzettel noch einmal ein.",
    ControlMethod.SAMPLE: "Stichprobe: Würfel bestimmen, welche Stimmzettel ein anderes Team noch einmal eingibt; hält sie nicht, alle.",
    ControlMethod.NONE: "Nichts vorschreiben: Eine Zweiteingabe bleibt möglich; wer sie beginnt, muss sie vollenden.",
}
NUMBER = "Geben Sie eine ganze Zahl ein."


class ControlForm(Form):
    """Verfahren der Kontrolle."""

    method = RadioField("Verfahren", choices={method.name: words for method, words in WORDS.items()})
    percent = IntegerField("Anteil der Stichprobe in Prozent", validators=[InputRequired(NUMBER)])
    least = IntegerField("Mindestens so viele Stimmzettel je Bezirk", validators=[InputRequired(NUMBER)])
    allowed = IntegerField("Erlaubte Abweichungen", validators=[InputRequired(NUMBER)])
    decision = TextAreaField("Beschluss", validators=[Optional(), Length(max=500)])


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    door.add_url_rule("/wahl/<int:election_id>/zaehlung/kontrolle", "count_control", count_control, methods=["GET", "POST"])


@holding(Permission.SET_UP_ELECTION)
def count_control(election_id: int) -> ResponseReturnValue:
    """Verfahren der Kontrolle wählen; after the first ballot a decision is needed."""
    control = chosen(archive.session(), election_id)
    rule = rule_of(control)
    # before anything is chosen the strictest procedure is marked
    method = method_of(control) if control else ControlMethod.SECOND_ENTRY
    form = ControlForm(data={"method": method.name, **rule._asdict()})
    begun = counting_has_begun(archive.session(), election_id)
    if begun:
        form.decision.validators = [InputRequired("Schreiben Sie den Beschluss mit Begründung; er steht in der Niederschrift.")]
        form.decision.flags.required = True
    refusal = ""
    if form.validate_on_submit():
        try:
            wanted = SampleRule(form.percent.data, form.least.data, form.allowed.data)
            choose_control(desk(), election_id, ControlMethod[form.method.data], wanted, form.decision.data or "")
            return done("Das Verfahren der Kontrolle ist gewählt.", "count_control")
        except Refused as error:
            refusal = str(error)
    return show(
        "counting/control.html",
        "counting",
        form=form,
        control=control,
        begun=begun,
        refusal=refusal,
        refused=bool(refusal or form.errors),
    )
