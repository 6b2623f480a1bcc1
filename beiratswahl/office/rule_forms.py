"""Forms for what a bylaw or a notice says on a rule: one for each form of value, filled with what holds, read back as stored."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from wtforms import DateField, IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput

from beiratswahl.access.forms import Form
from beiratswahl.law.rule_layers import Origin
from beiratswahl.law.rule_sets import Setting
from beiratswahl.law.rule_values import DayBefore, Hours, Kind, Plain, Value, Window, plain
from beiratswahl.office import rule_words
from beiratswahl.operations.desk import Refused

REASON = [InputRequired("Schreiben Sie, worauf Sie sich stützen; die Begründung steht im Amtsbuch."), Length(min=3, max=500)]
A_DAY, AN_HOUR = InputRequired("Geben Sie einen Tag ein."), InputRequired("Geben Sie eine Uhrzeit ein, zum Beispiel 18:00.")
AN_ANSWER = InputRequired("Wählen Sie eine Antwort.")
YES, NO = "true", "false"


class StatedForm(Form):
    """Was ein Dokument zu einer Regel sagt; the fields between `first` and `origin` differ by the form of the value."""

    origin = RadioField(
        "Wo steht das?",
        choices={Origin.BYLAW.value: "In der Satzung", Origin.NOTICE.value: "In einer öffentlichen Bekanntmachung"},
        validators=[AN_ANSWER],
    )
    source = StringField("Bekanntmachung mit Datum, wenn es dort steht", validators=[Length(max=300)])
    reason = TextAreaField("Fundstelle und Grund der Änderung", validators=REASON)


class NumberForm(StatedForm):
    """Ganze Zahl."""

    first = IntegerField("Was gilt?", validators=[InputRequired("Geben Sie eine ganze Zahl ein.")])


class RatioForm(StatedForm):
    """Verhältniszahl."""

    first = StringField("Was gilt?", validators=[InputRequired("Geben Sie eine Zahl ein, zum Beispiel 1,5."), Length(max=12)])


class AnswerForm(StatedForm):
    """Ja oder nein, or one of several words."""

    first = RadioField("Was gilt?", validators=[AN_ANSWER])


class SeveralForm(StatedForm):
    """Mehrere Wörter."""

    first = SelectMultipleField(
        "Was gilt?", option_widget=CheckboxInput(), validators=[InputRequired("Wählen Sie mindestens eine Antwort.")]
    )


class DayForm(StatedForm):
    """Tag vor der Wahl."""

    first = DateField("Tag", validators=[A_DAY])


class MomentForm(StatedForm):
    """Tag vor der Wahl mit Uhrzeit."""

    first = DateField("Letzter Tag", validators=[A_DAY])
    second = TimeField("Uhrzeit", validators=[AN_HOUR])


class WindowForm(StatedForm):
    """Zeitraum vor der Wahl."""

    first = DateField("Erster Tag", validators=[A_DAY])
    second = DateField("Letzter Tag", validators=[A_DAY])


class HourForm(StatedForm):
    """Uhrzeit am Wahltag."""

    first = TimeField("Uhrzeit", validators=[AN_HOUR])


class HoursForm(StatedForm):
    """Zeitspanne am Wahltag."""

    first = TimeField("Beginn", validators=[AN_HOUR])
    second = TimeField("Ende", validators=[AN_HOUR])


FORMS: dict[str, type[StatedForm]] = {
    "whole_number": NumberForm,
    "ratio": RatioForm,
    "yes_or_no": AnswerForm,
    "choice": AnswerForm,
    "choices": SeveralForm,
    "day_before": DayForm,
    "moment_before": MomentForm,
    "window": WindowForm,
    "hour": HourForm,
    "hours": HoursForm,
}


def form_of(setting: Setting, day: date) -> StatedForm:
    """The form for one rule, filled with what holds; `day` is the election day."""
    kind = setting.parameter.kind
    origin = Origin.NOTICE if setting.origin is Origin.NOTICE else Origin.BYLAW
    source = setting.source if setting.origin is Origin.NOTICE else ""
    form = FORMS[kind.name](data={**_filled(setting.value, day), "origin": origin.value, "source": source})
    if isinstance(form, AnswerForm | SeveralForm):
        form.first.choices = _choices(setting.parameter.key, kind)
    return form


def stated(kind: Kind, form: StatedForm, day: date) -> Plain:
    """What was filled in, as it is stored.

    Raises:
        Refused: a day lies after the election, or the value is outside what is allowed.
    """
    answer = _READERS[kind.name](form, day)
    if kind.read(answer) is None:
        raise Refused(f"Das ist hier nicht möglich. Erlaubt ist: {allowed(kind)}.")
    return answer


def allowed(kind: Kind) -> str:
    """What may be entered, in words for people; empty where the answers stand in the form."""
    words = {"ratio": kind.allowed.partition(", zum Beispiel")[0] + ", zum Beispiel 1,5", "whole_number": kind.allowed}
    words |= {"window": "ein Zeitraum vor der Wahl, der erste Tag nicht nach dem letzten", "hours": "ein Beginn vor dem Ende"}
    return words.get(kind.name, "ein Tag vor der Wahl" if "before" in kind.name else "")


def _choices(key: str, kind: Kind) -> dict[str, str]:
    if key in rule_words.ANSWERS:
        return dict(rule_words.ANSWERS[key])
    if kind.options:
        return {word.value: rule_words.option(word) for word in kind.options}
    return {YES: "Ja", NO: "Nein"}


def _filled(value: Value, day: date) -> dict[str, Any]:
    if isinstance(value, DayBefore):
        return {"first": day - timedelta(days=value.days), "second": value.hour}
    if isinstance(value, Window):
        return {"first": day - timedelta(days=value.first.days), "second": day - timedelta(days=value.last.days)}
    if isinstance(value, Hours):
        return {"first": value.opens, "second": value.closes}
    if isinstance(value, bool):
        return {"first": YES if value else NO}
    if isinstance(value, Fraction):
        return {"first": rule_words.said(value, day)}
    return {"first": plain(value) if isinstance(value, tuple) else value}


def _day(field: DateField, day: date) -> str:
    before = day - field.data
    if before < timedelta(0):
        raise Refused(f"Der {field.data:%d.%m.%Y} liegt nach dem Wahltag. Wählen Sie einen Tag davor.")
    return f"E-{before.days}"


def _answer(form: Any, day: date) -> Plain:
    word: str = form.first.data
    return {YES: True, NO: False}.get(word, word)


_READERS: dict[str, Callable[[Any, date], Plain]] = {
    "whole_number": lambda form, day: form.first.data,
    "ratio": lambda form, day: form.first.data.strip().replace(",", "."),
    "yes_or_no": _answer,
    "choice": _answer,
    "choices": lambda form, day: form.first.data,
    "day_before": lambda form, day: _day(form.first, day),
    "moment_before": lambda form, day: f"{_day(form.first, day)} {form.second.data:%H:%M}",
    "window": lambda form, day: f"{_day(form.first, day)}..{_day(form.second, day)}",
    "hour": lambda form, day: f"{form.first.data:%H:%M}",
    "hours": lambda form, day: f"{form.first.data:%H:%M}-{form.second.data:%H:%M}",
}
