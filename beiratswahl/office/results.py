"""The result: what is missing, the control sums, the seat allocation in both forms, the lot."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import DateField, RadioField, StringField, TimeField
from wtforms.validators import InputRequired, Length

from beiratswahl import clock
from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding, place
from beiratswahl.access.roles import Permission
from beiratswahl.documents.result_sheet import Label, Quotient, ResultAnnouncement, SeatAllocation
from beiratswahl.office.frame import done, show
from beiratswahl.operations import results as operations
from beiratswahl.operations.announcements import sheet_of
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.mandate_seats import named
from beiratswahl.operations.result_control import contradictions
from beiratswahl.operations.results import Question, Result


class LotForm(Form):
    """Losentscheid."""

    winner = RadioField("Das Los fiel auf", validators=[InputRequired("Wählen Sie, wer gezogen wurde.")])
    drawn_on = DateField("Gezogen am", validators=[InputRequired("Geben Sie den Tag der Ziehung ein.")])
    drawn_hour = TimeField("um", validators=[InputRequired("Geben Sie die Uhrzeit der Ziehung ein, zum Beispiel 17:20.")])
    drawn_by = StringField("Gezogen von", validators=[InputRequired("Nennen Sie, wer das Los gezogen hat."), Length(max=120)])
    witness = StringField("Bezeugt von", validators=[InputRequired("Nennen Sie eine zweite Person, die es gesehen hat."), Length(max=120)])


class Control(NamedTuple):
    """One control sum: what must equal what."""

    text: str
    left: int
    right: int

    @property
    def holds(self) -> bool:
        """Whether both sides are equal."""
        return self.left == self.right


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    door.add_url_rule("/wahl/<int:election_id>/ergebnis", "result", result)
    door.add_url_rule("/wahl/<int:election_id>/ergebnis/los", "lot", lot, methods=["GET", "POST"])


@holding(Permission.DETERMINE_RESULT)
def result(election_id: int) -> ResponseReturnValue:
    """Ergebnis mit allen Rechenschritten."""
    session = archive.session()
    missing = operations.missing(session, election_id)
    determined, refusal = None, ""
    try:
        determined = operations.result(session, election_id)
    except Refused as error:
        refusal = str(error)
    sheet = _sheet(determined) if determined and determined.question is None else None
    return show(
        "results/result.html",
        "result",
        missing=missing,
        refusal=refusal,
        result=determined,
        controls=_controls(determined) if determined else (),
        contradictions=contradictions(determined) if determined and not missing else (),
        steps=_steps(determined) if determined else (),
        sheet=sheet,
        quotients=_by_divisor(sheet.allocation) if sheet and sheet.allocation else (),
    )


@holding(Permission.DETERMINE_RESULT)
def lot(election_id: int) -> ResponseReturnValue:
    """Das gezogene Los eintragen."""
    form = LotForm()
    refusal, question = _question(election_id)
    if question is not None:
        form.winner.choices = {key: question.names[key] for key in question.among}
        if form.validate_on_submit():
            try:
                drawn_at = clock.from_local(datetime.combine(form.drawn_on.data, form.drawn_hour.data))
                names = {"drawn_by": form.drawn_by.data, "witness": form.witness.data}
                operations.enter_lot(desk(), election_id, form.winner.data, drawn_at=drawn_at, **names)
                return done("Der Losentscheid ist eingetragen; die Berechnung ist weitergegangen.", "result")
            except Refused as error:
                refusal = str(error)
    return show("results/lot.html", "result", form=form, question=question, refusal=refusal, refused=bool(refusal or form.errors))


def _question(election_id: int) -> tuple[str, Question | None]:
    missing = operations.missing(archive.session(), election_id)
    if missing:
        return f"Es ist noch kein Los zu ziehen. {missing[0]}", None
    try:
        question = operations.result(archive.session(), election_id).question
    except Refused as error:
        return str(error), None
    return ("", question) if question else ("Es ist kein Los zu ziehen; das Ergebnis steht fest.", None)


def _sheet(determined: Result) -> ResultAnnouncement:
    """The result in the form of the announcement, so that screen and paper show the same numbers."""
    now = clock.now()
    label = Label.PRELIMINARY
    return sheet_of(determined, place().municipality, place().election, label=label, version=1, at_utc=now, determined_on=None)


def _controls(determined: Result) -> tuple[Control, ...]:
    tally = determined.tally
    return (
        Control("Wähler = gültige und ungültige Stimmzettel", determined.voters, tally.ballots),
        Control(
            "vergebene und verfallene Stimmen = gültige Stimmzettel × Stimmen je Wähler",
            tally.used + tally.unused,
            tally.valid * determined.rules.votes,
        ),
        Control("Summe der Bezirke = Gesamtsumme der Stimmen", sum(each.tally.used for each in determined.districts), tally.used),
    )


def _steps(determined: Result) -> tuple[object, ...]:
    if determined.allocation is None:
        steps = [step for chosen in determined.elected.values() for step in chosen.steps]
        return tuple(replace(step, text=named(step.text, determined.paper.names)) for step in steps)
    return determined.allocation.steps_with(_list_names(determined))


def _list_names(determined: Result) -> Mapping[str, str]:
    return {key: determined.paper.names[key] for key in determined.paper.law.lists}


def _by_divisor(allocation: SeatAllocation) -> tuple[tuple[Fraction, dict[int, Quotient]], ...]:
    rows: dict[Fraction, dict[int, Quotient]] = {}
    for quotient in allocation.quotients:
        rows.setdefault(quotient.divisor, {})[quotient.list_number] = quotient
    return tuple(sorted(rows.items()))
