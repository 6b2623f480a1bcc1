"""Mandate: who is a member, who has to declare until when, who follows; what happened is recorded here."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from wtforms import DateField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.law.succession import Acceptance
from beiratswahl.office import appointments
from beiratswahl.office.frame import done, show
from beiratswahl.operations import mandates as operations
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.determination import settled
from beiratswahl.operations.mandate_seats import EventKind, Holding, Mandates
from beiratswahl.operations.mandates import EventData
from beiratswahl.store.read.mandates import EventView, events

LONG = 300


class EventForm(Form):
    """Ereignis um ein Mandat."""

    kind = RadioField("Was ist geschehen?", validators=[InputRequired("Wählen Sie, was geschehen ist.")])
    day = DateField("Am", validators=[InputRequired("Geben Sie den Tag ein.")])
    reason = StringField("Nachweis oder Grund", validators=[InputRequired("Nennen Sie den Nachweis oder Grund."), Length(max=LONG)])


class LotForm(Form):
    """Los unter gleichen Ersatzpersonen."""

    winner = RadioField("Das Los fiel auf", validators=[InputRequired("Wählen Sie, wer gezogen wurde.")])
    day = DateField("Gezogen am", validators=[InputRequired("Geben Sie den Tag ein.")])
    reason = StringField("Gezogen von, bezeugt von", validators=[InputRequired("Nennen Sie beide Personen."), Length(max=LONG)])


class TakeBackForm(Form):
    """Rücknahme eines irrtümlichen Eintrags."""

    reason = StringField("Zurücknehmen, weil …", validators=[InputRequired("Nennen Sie den Grund."), Length(max=LONG)])


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/mandate"
    door.add_url_rule(base, "mandates", mandates)
    appointments.add_to(door)
    door.add_url_rule(f"{base}/eintrag", "mandate_event", event, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/los", "mandate_lot", lot, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/eintrag/<int:event_id>/ruecknahme", "take_back_mandate_event", take_back, methods=["GET", "POST"])


@holding(Permission.DETERMINE_RESULT)
def mandates(election_id: int) -> ResponseReturnValue:
    """Mitglieder, Ersatzpersonen und Verlauf."""
    refusal, known = _known(election_id)
    return show(
        "mandates/mandates.html",
        "result",
        known=known,
        council=appointments.known(election_id) if known else None,
        outdated=_outdated(election_id) if known else "",
        refusal=refusal,
        following=_next(known) if known else None,
    )


@holding(Permission.DETERMINE_RESULT)
def event(election_id: int) -> ResponseReturnValue:
    """Ereignis für eine Person erfassen; the person stands in the address as `?person=`."""
    refusal, known = _known(election_id)
    if known is None:
        return _not_yet(refusal)
    person = request.args.get("person", "")
    if person not in known.names:
        abort(404)
    form = EventForm()
    form.kind.choices = {kind.value: kind.value for kind in known.possible(person) if kind is not EventKind.DRAWN}
    if form.validate_on_submit():
        refusal = _record(election_id, EventData(person, EventKind(form.kind.data), form.day.data, form.reason.data))
        if not refusal:
            return done("Der Eintrag ist erfasst.", "mandates")
    return show(
        "mandates/event.html",
        "result",
        form=form,
        key=person,
        name=known.names[person],
        held=known.holding(person),
        refusal=refusal,
        refused=bool(refusal or form.errors),
    )


@holding(Permission.DETERMINE_RESULT)
def lot(election_id: int) -> ResponseReturnValue:
    """Das Los unter Ersatzpersonen mit gleich vielen Stimmen eintragen."""
    refusal, known = _known(election_id)
    if known is None:
        return _not_yet(refusal)
    call = known.lot.call if known.lot else None
    if call is None or call.lot is None:
        return _not_yet("Es ist kein Los zu ziehen: Kein freier Sitz wartet auf Ersatzpersonen mit gleich vielen Stimmen.")
    form = LotForm()
    form.winner.choices = {key: known.names[key] for key in call.lot.among}
    if form.validate_on_submit():
        refusal = _record(election_id, EventData(form.winner.data, EventKind.DRAWN, form.day.data, form.reason.data))
        if not refusal:
            return done("Das Los ist eingetragen; die gezogene Person rückt nach.", "mandates")
    return show("mandates/lot.html", "result", form=form, refusal=refusal, refused=bool(refusal or form.errors))


@holding(Permission.DETERMINE_RESULT)
def take_back(election_id: int, event_id: int) -> ResponseReturnValue:
    """Irrtümlich erfassten Eintrag zurücknehmen."""
    recorded = _recorded(election_id, event_id)
    refusal, known = _known(election_id)
    if known is None:
        return _not_yet(refusal)
    form = TakeBackForm()
    if form.validate_on_submit():
        try:
            operations.take_back_event(desk(), election_id, event_id, form.reason.data)
            return done("Der Eintrag ist zurückgenommen.", "mandates")
        except Refused as error:
            refusal = str(error)
    name = known.names.get(recorded.person, recorded.person)
    return show(
        "mandates/take_back.html", "result", form=form, event=recorded, name=name, refusal=refusal, refused=bool(refusal or form.errors)
    )


def _known(election_id: int) -> tuple[str, Mandates | None]:
    try:
        return "", operations.mandates(archive.session(), election_id)
    except Refused as error:
        return str(error), None


def _outdated(election_id: int) -> str:
    """Why the determination the mandates rest on should be looked at; "" when it is of the result as it stands."""
    try:
        settled(archive.session(), election_id)
    except Refused as error:
        return str(error)
    return ""


def _record(election_id: int, data: EventData) -> str:
    """Record; returns why it was refused, or ""."""
    try:
        operations.record_event(desk(), election_id, data)
    except Refused as error:
        return str(error)
    return ""


def _recorded(election_id: int, event_id: int) -> EventView:
    found = next((one for one in events(archive.session(), election_id) if one.event_id == event_id), None)
    if found is None:
        abort(404)
    return found


def _not_yet(refusal: str) -> ResponseReturnValue:
    return show("mandates/mandates.html", "result", known=None, council=None, outdated="", refusal=refusal, following=None, refused=True)


def _next(known: Mandates) -> tuple[str, Holding | None] | None:
    """What to do next: draw the lot, serve a notice, or wait for a declaration; with the person it is about."""
    if known.lot is not None:
        return "lot", None
    holders = [seat.holder for seat in known.seats if seat.holder]
    unserved = next((one for one in holders if one.acceptance is None), None)
    if unserved is not None:
        return "serve", unserved
    waiting = [one for one in holders if one.acceptance is Acceptance.OPEN and one.last_day]
    return ("wait", min(waiting, key=lambda one: str(one.last_day))) if waiting else None
