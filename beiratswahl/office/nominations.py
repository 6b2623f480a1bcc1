"""Nominations: what was received, its defects, the head of a nomination and its withdrawal."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from beiratswahl import clock
from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding, place
from beiratswahl.access.roles import Permission
from beiratswahl.law.nominations import MAJORITY_AGE, Defect, age_on, last_moment, still_open
from beiratswahl.law.rules import BallotOrder, NominationModel
from beiratswahl.office.frame import done, show
from beiratswahl.operations import admission_papers
from beiratswahl.operations import nomination_checks as checks
from beiratswahl.operations import nominations as operations
from beiratswahl.operations.departures import consequences, shortage
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.nominations import CandidateData, NominationData
from beiratswahl.operations.notices import NoticeKind, standing
from beiratswahl.operations.setup import rules_of
from beiratswahl.operations.signatures import signature_count
from beiratswahl.store.read import nominations as read
from beiratswahl.store.read.journal import EntryView
from beiratswahl.store.read.nominations import CandidateView, NominationView

CHANNELS = ("persönlich", "Post", "Bote", "Telefax", "E-Mail")
SUBMITTED, ADMITTED = "eingereicht", "zugelassen"
DECIDED = (
    "Über die Zulassung ist entschieden; es lässt sich kein Wahlvorschlag mehr erfassen. Soll neu entschieden werden, öffnen Sie die "
    "Zulassung wieder."
)
HOUR, HOUR_FAULT = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$", "Schreiben Sie die Uhrzeit wie 17:45:00 oder 18:00:01."
#: what is missing only because nobody has typed it yet
NOT_ENTERED = frozenset({"no_candidate", "meeting"})


class HeadForm(Form):
    """Kopf eines Wahlvorschlags."""

    keyword = StringField("Kennwort", validators=[InputRequired("Geben Sie das Kennwort ein, so wie es eingereicht ist."), Length(max=200)])
    short_name = StringField("Kurzbezeichnung", validators=[Length(max=60)])
    received_day = DateField("Eingegangen am", validators=[InputRequired("Geben Sie den Tag des Eingangs ein.")])
    received_hour = StringField(
        "um",
        validators=[
            InputRequired("Geben Sie die Uhrzeit ein, zum Beispiel 17:45."),
            Regexp(HOUR, message=HOUR_FAULT),
        ],
    )
    channel = SelectField("Wie eingegangen", choices={channel: channel for channel in CHANNELS})
    original_day = DateField("Original eingegangen am", validators=[Optional()])
    original_hour = StringField("Original um", validators=[Optional(), Regexp(HOUR, message=HOUR_FAULT)])
    contact_name = StringField("Name der Vertrauensperson", validators=[Length(max=120)])
    contact_street = StringField("Straße und Hausnummer", validators=[Length(max=120)])
    contact_postcode = StringField("Postleitzahl", validators=[Length(max=10)])
    contact_town = StringField("Ort", validators=[Length(max=120)])
    contact_phone = StringField("Telefon", validators=[Length(max=60)])
    contact_email = StringField("E-Mail", validators=[Length(max=120)])
    deputy_name = StringField("Name der Stellvertretung", validators=[Length(max=120)])
    deputy_street = StringField("Straße und Hausnummer", validators=[Length(max=120)])
    deputy_postcode = StringField("Postleitzahl", validators=[Length(max=10)])
    deputy_town = StringField("Ort", validators=[Length(max=120)])
    deputy_phone = StringField("Telefon", validators=[Length(max=60)])
    deputy_email = StringField("E-Mail", validators=[Length(max=120)])
    meeting_day = DateField("Tag der Versammlung", validators=[Optional()])
    meeting_place = StringField("Ort der Versammlung", validators=[Length(max=200)])
    meeting_invited_on = DateField("Eingeladen am", validators=[Optional()])
    meeting_invitation = StringField("Form der Einladung", validators=[Length(max=200)])
    meeting_leader = StringField("Leitung der Versammlung", validators=[Length(max=120)])
    meeting_present = IntegerField("Zahl der Teilnehmenden", validators=[Optional(), NumberRange(0, 99_999)])
    meeting_secret = BooleanField("Über Personen, Reihenfolge und Mehrfachnennung wurde geheim abgestimmt")
    meeting_signed = BooleanField("Mindestens fünf Teilnehmende haben die Niederschrift unterschrieben")
    meeting_affirmed = BooleanField("Leitung und zwei Teilnehmende haben an Eides statt versichert, dass alles so war")
    signatures_waived = StringField("Keine Unterschriften nötig, weil …", validators=[Length(max=200)])
    landtag_votes = IntegerField("Landesstimmen bei der letzten Landtagswahl", validators=[Optional(), NumberRange(0, 99_999_999)])
    previous_votes = IntegerField("Stimmen bei der letzten Wahl dieses Beirats", validators=[Optional(), NumberRange(0, 99_999_999)])


class WithdrawalForm(Form):
    """Rücknahme eines Wahlvorschlags."""

    reason = TextAreaField("Wer hat ihn wann zurückgenommen?", validators=[InputRequired("Schreiben Sie, wer die Rücknahme erklärt hat.")])


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/wahlvorschlaege"
    door.add_url_rule(base, "nominations", overview)
    door.add_url_rule(f"{base}/neu", "receive_nomination", receive, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/<int:nomination_id>", "nomination", nomination)
    door.add_url_rule(f"{base}/<int:nomination_id>/kopf", "change_nomination", change, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/<int:nomination_id>/ruecknahme", "withdraw_nomination", withdraw, methods=["GET", "POST"])


@holding(Permission.KEEP_NOMINATIONS)
def overview(election_id: int) -> ResponseReturnValue:
    """Alle Wahlvorschläge der Wahl."""
    found = read.nominations(archive.session(), election_id)
    defects = checks.defects(archive.session(), election_id)
    return show(
        "nominations/overview.html",
        "nominations",
        nominations=found,
        defects=defects,
        last_moment=last_moment_now(election_id),
        entered=receipts(election_id),
        free_numbers=read.free_numbers(archive.session(), election_id),
        figures=_figures(found, place().election.day),
        announced=any(standing(archive.session(), election_id, kind.value) for kind in (NoticeKind.ADMITTED, NoticeKind.NO_ELECTION)),
    )


@holding(Permission.KEEP_NOMINATIONS)
def receive(election_id: int) -> ResponseReturnValue:
    """Wahlvorschlag entgegennehmen."""
    if request.method == "GET" and place().election.nominations_closed_at_utc is not None:
        flash(DECIDED, "warning")
        return redirect(url_for("office.nominations", election_id=election_id))
    now = clock.local(clock.now())
    form = HeadForm(data={"received_day": now.date(), "received_hour": f"{now:%H:%M:%S}"})
    refusal = ""
    if form.validate_on_submit():
        try:
            nomination_id = operations.receive_nomination(desk(), election_id, _head(form, ()))
            return done("Der Wahlvorschlag ist erfasst. Tragen Sie jetzt die Personen ein.", "nomination", nomination_id=nomination_id)
        except Refused as error:
            refusal = str(error)
    return _head_page(form, None, refusal)


@holding(Permission.KEEP_NOMINATIONS)
def nomination(election_id: int, nomination_id: int) -> ResponseReturnValue:
    """Ein Wahlvorschlag mit seinen Personen und Mängeln."""
    view = nomination_here(election_id, nomination_id)
    defects, last = checks.defects(archive.session(), election_id).get(nomination_id, ()), last_moment_now(election_id)
    return show(
        "nominations/nomination.html",
        "nominations",
        nomination=view,
        defects=[(defect, curing(defect, last)) for defect in defects],
        last_moment=last,
        may_change=may_change(view),
        entry=receipts(election_id).get(nomination_id),
        signed=signature_count(archive.session(), election_id, nomination_id),
        consequences=consequences(archive.session(), view),
        shortage=shortage(archive.session(), election_id) if view.number is not None else None,
        by_lists=rules_of(archive.session(), election_id).nomination_model is NominationModel.LIST,
    )


@holding(Permission.KEEP_NOMINATIONS)
def change(election_id: int, nomination_id: int) -> ResponseReturnValue:
    """Kopf eines Wahlvorschlags ändern."""
    view = nomination_here(election_id, nomination_id)
    at = clock.local(view.received_at_utc)
    original = clock.local(view.original_received_at_utc) if view.original_received_at_utc else None
    came = {"original_day": original.date(), "original_hour": f"{original:%H:%M:%S}"} if original else {}
    form = HeadForm(obj=view, data={"received_day": at.date(), "received_hour": f"{at:%H:%M:%S}", **came})
    refusal = ""
    if form.validate_on_submit():
        try:
            operations.change_nomination(desk(), nomination_id, _head(form, candidates_of(view)))
            return done("Der Wahlvorschlag ist geändert.", "nomination", nomination_id=nomination_id)
        except Refused as error:
            refusal = str(error)
    return _head_page(form, view, refusal)


@holding(Permission.KEEP_NOMINATIONS)
def withdraw(election_id: int, nomination_id: int) -> ResponseReturnValue:
    """Wahlvorschlag zurücknehmen."""
    view = nomination_here(election_id, nomination_id)
    form = WithdrawalForm()
    refusal = ""
    if form.validate_on_submit():
        try:
            operations.withdraw_nomination(desk(), nomination_id, form.reason.data.strip())
            return done("Der Wahlvorschlag ist zurückgenommen.", "nominations")
        except Refused as error:
            refusal = str(error)
    return show(
        "nominations/withdraw.html", "nominations", form=form, nomination=view, refusal=refusal, refused=bool(refusal or form.errors)
    )


def last_moment_now(election_id: int) -> str:
    """End of the deadline for nominations in words while it runs, "" when it is over."""
    rules, day = rules_of(archive.session(), election_id), place().election.day
    return last_moment(rules, day) if still_open(rules, day, clock.local(clock.now()).replace(tzinfo=None)) else ""


def curing(defect: Defect, last: str) -> str:
    """Whether and until when a defect can be put right; `last` is the end of the deadline while it runs.

    Source: §§ 16, 23 KWG: until the deadline a nomination can be completed or handed in anew [I].
    """
    if last and defect.rule in NOT_ENTERED:
        return f"noch nicht eingetragen; nach dem {last} nicht mehr behebbar"
    if defect.curable:
        return "behebbar bis zur Entscheidung des Wahlausschusses"
    return f"nur bis {last} behebbar" if last else "nicht behebbar"


def receipts(election_id: int) -> dict[int, EntryView]:
    """Entry in the journal with which each nomination was received: it proves the order."""
    return admission_papers.receipt_entries(archive.session(), place().municipality.municipality_id, election_id)


def nomination_here(election_id: int, nomination_id: int) -> NominationView:
    """The nomination of the address, which must belong to the election of the address (else 404)."""
    view = read.nomination(archive.session(), nomination_id)
    if view is None or view.election_id != election_id:
        abort(404)
    return view


def may_change(view: NominationView) -> bool:
    """Whether the nomination can still be changed."""
    return view.state == SUBMITTED


def candidates_of(view: NominationView) -> tuple[CandidateData, ...]:
    """The candidates as they would be handed in again."""
    return tuple(_candidate(candidate) for candidate in view.candidates)


def with_candidates(view: NominationView, candidates: tuple[CandidateData, ...]) -> NominationData:
    """The nomination as it would be handed in again, with other candidates."""
    values = {name: getattr(view, name) for name in NominationData.__dataclass_fields__ if name != "candidates"}
    return NominationData(**values, candidates=candidates)


def _head_page(form: HeadForm, view: NominationView | None, refusal: str) -> ResponseReturnValue:
    rules = rules_of(archive.session(), place().election.election_id)
    asks = {
        "meeting": rules.nomination_meeting and rules.nomination_model is NominationModel.LIST,
        "signatures": rules.support_signatures > 0,
        "order": rules.ballot_order is BallotOrder.LIST_NUMBER,
    }
    return show(
        "nominations/head.html", "nominations", form=form, nomination=view, asks=asks, refusal=refusal, refused=bool(refusal or form.errors)
    )


def _figures(found: Sequence[NominationView], election_day: date) -> list[tuple[str, int]]:
    """Who stands, in the figures the Land and its Beiräte ask for."""
    people = [person for of in found if of.state in (SUBMITTED, ADMITTED) for person in of.standing]
    sexes = Counter(person.sex for person in people)
    born = [day for person in people if (day := day_of(person.birth_date)) is not None]
    minors = sum(age_on(day, election_day) < MAJORITY_AGE for day in born)
    told = [("Frauen", sexes["w"]), ("Männer", sexes["m"]), ("divers", sexes["d"]), ("ohne Angabe", sexes[""])]
    return [("Personen", len(people)), *told, ("am Wahltag minderjährig", minors)]


def day_of(stored: str) -> date | None:
    """A day as the archive keeps it; None where parts of it are unknown."""
    try:
        return date.fromisoformat(stored)
    except ValueError:
        return None


def _candidate(view: CandidateView) -> CandidateData:
    return CandidateData(**{name: getattr(view, name) for name in CandidateData.__dataclass_fields__})


def _head(form: HeadForm, candidates: tuple[CandidateData, ...]) -> NominationData:
    received = _typed_moment(form.received_day.data, form.received_hour.data)
    day, hour = form.original_day.data, (form.original_hour.data or "").strip()
    if bool(day) != bool(hour):
        raise Refused("Geben Sie zum Eingang des Originals Tag und Uhrzeit ein; davon hängt ab, ob es rechtzeitig kam.")
    typed: dict[str, Any] = {name: form[name].data for name in NominationData.__dataclass_fields__ if name in form}
    texts: dict[str, Any] = {name: (value or "") if isinstance(form[name], StringField) else value for name, value in typed.items()}
    original = _typed_moment(day, hour) if day else None
    return NominationData(**texts, received_at_utc=received, original_received_at_utc=original, candidates=candidates)


def _typed_moment(day: date, hour: str) -> datetime:
    return clock.from_local(datetime.fromisoformat(f"{day.isoformat()}T{hour if hour.count(':') == 2 else f'{hour}:00'}"))
