"""The sittings of the Wahlausschuss: planning, invitation, attendance, decisions, end, minutes."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from beiratswahl import clock
from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding, place
from beiratswahl.access.published import announce_change
from beiratswahl.access.roles import Permission
from beiratswahl.law.committee import CommitteeFunction
from beiratswahl.office.frame import done, show
from beiratswahl.operations import committee, committee_attendance, committee_decisions, committee_papers
from beiratswahl.operations.committee import ADMISSION_AGENDA, SittingData
from beiratswahl.operations.committee_decisions import Vote
from beiratswahl.operations.committee_state import voters
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read import committee as read
from beiratswahl.store.read import nominations as read_nominations
from beiratswahl.store.read.committee import SittingView

HOUR = r"([01]?\d|2[0-3]):[0-5]\d$"
#: what is printed of a sitting
PAPERS: dict[str, Callable[..., bytes]] = {
    "einladung": committee_papers.invitation_pdf,
    "bekanntmachung": committee_papers.announcement_pdf,
    "niederschrift": committee_papers.minutes_pdf,
}
MEMBERS = (
    CommitteeFunction.CHAIR,
    CommitteeFunction.DEPUTY_CHAIR,
    CommitteeFunction.ASSESSOR,
    CommitteeFunction.DEPUTY_ASSESSOR,
    CommitteeFunction.RECORDER,
    CommitteeFunction.CONTACT,
)


class SittingForm(Form):
    """Sitzung des Wahlausschusses."""

    day = DateField("Tag der Sitzung", validators=[InputRequired("Geben Sie den Tag der Sitzung ein.")])
    begins = StringField(
        "Beginn",
        validators=[
            InputRequired("Geben Sie den Beginn ein, zum Beispiel 16:00."),
            Regexp(HOUR, message="Schreiben Sie die Uhrzeit wie 16:00."),
        ],
    )
    room = StringField("Ort", validators=[InputRequired("Geben Sie den Ort der Sitzung ein."), Length(max=200)])
    invited_on = DateField("Einladungen versandt am", validators=[Optional()])
    agenda = TextAreaField("Tagesordnung", validators=[InputRequired("Geben Sie die Tagesordnung ein."), Length(max=4000)])
    chair = StringField("Vorsitz", validators=[InputRequired("Geben Sie an, wer den Vorsitz führt."), Length(max=120)])
    deputy_chair = StringField("Stellvertretung des Vorsitzes", validators=[Length(max=120)])
    assessors = TextAreaField("Beisitzerinnen und Beisitzer", validators=[Length(max=2000)])
    deputy_assessors = TextAreaField("Stellvertretungen, die statt ihrer kommen", validators=[Length(max=2000)])
    recorder = StringField("Schriftführung", validators=[Length(max=120)])
    contacts = TextAreaField("Vertrauenspersonen", validators=[Length(max=4000)])


FIELDS = dict(zip(MEMBERS, ("chair", "deputy_chair", "assessors", "deputy_assessors", "recorder", "contacts"), strict=True))


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/wahlausschuss"
    door.add_url_rule(base, "committee", overview)
    door.add_url_rule(f"{base}/neu", "plan_sitting", plan, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/<int:number>", "sitting", sitting)
    door.add_url_rule(f"{base}/<int:number>/aendern", "change_sitting", change, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/<int:number>/druck/<which>.pdf", "sitting_paper", paper)
    door.add_url_rule(f"{base}/<int:number>/<which>", "sitting_act", act, methods=["POST"])


@holding(Permission.KEEP_NOMINATIONS)
def overview(election_id: int) -> ResponseReturnValue:
    """Alle Sitzungen."""
    return show("committee/overview.html", "nominations", sittings=read.sittings(archive.session(), election_id))


@holding(Permission.KEEP_NOMINATIONS)
def plan(election_id: int) -> ResponseReturnValue:
    """Sitzung ansetzen; members are those of the sitting before."""
    form = SittingForm(data=_proposed(election_id))
    return _edit(form, None, lambda data: committee.plan_sitting(desk(), election_id, data))


@holding(Permission.KEEP_NOMINATIONS)
def change(election_id: int, number: int) -> ResponseReturnValue:
    """Sitzung ändern."""
    view = _here(election_id, number)
    at = clock.local(view.begins_at_utc)
    values = {"day": at.date(), "begins": f"{at:%H:%M}", "room": view.room, "invited_on": view.invited_on, "agenda": "\n".join(view.agenda)}
    form = SittingForm(data={**values, **_members_of(view)})
    return _edit(form, view, lambda data: committee.change_sitting(desk(), view.sitting_id, data))


@holding(Permission.KEEP_NOMINATIONS)
def sitting(election_id: int, number: int) -> ResponseReturnValue:
    """Eine Sitzung: was als Nächstes zu tun ist, Anwesenheit, Beschlüsse."""
    return _page(_here(election_id, number))


@holding(Permission.KEEP_NOMINATIONS)
def paper(election_id: int, number: int, which: str) -> ResponseReturnValue:
    """Einladung, Bekanntmachung oder Niederschrift."""
    view = _here(election_id, number)
    if which not in PAPERS:
        abort(404)
    try:
        content = PAPERS[which](archive.session(), view, clock.today())
    except Refused as error:
        return _page(view, str(error))
    name = f"wahlausschuss-{number}-{which}.pdf"
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


@holding(Permission.KEEP_NOMINATIONS)
def act(election_id: int, number: int, which: str) -> ResponseReturnValue:
    """Eine Handlung in einer Sitzung; what was typed stays in its field when it is refused."""
    view = _here(election_id, number)
    if which not in ACTS:
        abort(404)
    try:
        message = ACTS[which](view, request.form)
    except Refused as error:
        return _page(view, str(error))
    return done(message, "sitting", number=number)


def _opened(view: SittingView, typed: Mapping[str, str]) -> str:
    committee.open_sitting(desk(), view.sitting_id, _at(view, typed.get("at", "")), typed.get("quorum", ""))
    return "Die Sitzung ist eröffnet."


def _attended(view: SittingView, typed: Mapping[str, str]) -> str:
    changed = 0
    for of in view.attendances:
        came = _moment(view, typed.get(f"from-{of.attendance_id}", ""), of.present_from_utc)
        left = _moment(view, typed.get(f"to-{of.attendance_id}", ""), of.present_to_utc)
        if (came, left) != (of.present_from_utc, of.present_to_utc):
            committee_attendance.record_attendance(desk(), of.attendance_id, came, left)
            changed += 1
    return "Die Anwesenheit ist gespeichert." if changed else "An der Anwesenheit hat sich nichts geändert."


def _joined(view: SittingView, typed: Mapping[str, str]) -> str:
    if typed.get("function") not in {function.value for function in CommitteeFunction}:
        raise Refused("Wählen Sie die Funktion.")
    committee_attendance.add_attendee(
        desk(), view.sitting_id, typed.get("name", ""), CommitteeFunction(typed["function"]), _moment(view, typed.get("came", ""), None)
    )
    return f"{typed.get('name', '').strip()} ist eingetragen."


def _left_out(view: SittingView, typed: Mapping[str, str]) -> str:
    known = {str(of.attendance_id): of for of in view.attendances}
    of = known.get(typed.get("attendance", ""))
    if of is None:
        raise Refused("Diese Person steht nicht auf der Liste.")
    committee_attendance.remove_attendee(desk(), of.attendance_id)
    return f"{of.name} ist von der Liste genommen."


def _resolved(view: SittingView, typed: Mapping[str, str]) -> str:
    vote = vote_of(typed, "")
    if vote is None:
        raise Refused("Tragen Sie ein, wie abgestimmt wurde.")
    number = committee_decisions.record_decision(
        desk(), view.sitting_id, typed.get("subject", ""), typed.get("decision", ""), vote, typed.get("reason", "")
    )
    return f"Der Beschluss Nr. {number} ist eingetragen."


def _unresolved(view: SittingView, typed: Mapping[str, str]) -> str:
    number = typed.get("decision", "")
    committee_decisions.withdraw_decision(desk(), view.sitting_id, int(number) if number.isdecimal() else 0)
    return f"Der Beschluss Nr. {number} ist gestrichen."


def _noted(view: SittingView, typed: Mapping[str, str]) -> str:
    committee.note_course(desk(), view.sitting_id, typed.get("course", "").replace("\r\n", "\n"))
    return "Der Verlauf ist gespeichert."


def _invited(view: SittingView, typed: Mapping[str, str]) -> str:
    try:
        day = date.fromisoformat(typed.get("sent_on", ""))
    except ValueError as error:
        raise Refused("Geben Sie den Tag ein, an dem die Einladungen versandt wurden.") from error
    committee.note_invitation(desk(), view.sitting_id, day)
    return "Der Versand der Einladungen ist vermerkt."


def _closed(view: SittingView, typed: Mapping[str, str]) -> str:
    committee.close_sitting(desk(), view.sitting_id, _at(view, typed.get("at", "")))
    return "Die Sitzung ist geschlossen. Drucken Sie die Niederschrift und lassen Sie sie unterschreiben."


def _reopened(view: SittingView, typed: Mapping[str, str]) -> str:
    committee.reopen_sitting(desk(), view.sitting_id, typed.get("reason", ""))
    return "Die Sitzung ist wieder geöffnet."


def _cancelled(view: SittingView, typed: Mapping[str, str]) -> str:
    committee.cancel_sitting(desk(), view.sitting_id, typed.get("reason", ""))
    if view.announced is None:
        return "Die Sitzung ist abgesagt."
    return f"Die Sitzung ist abgesagt. Ziehen Sie jetzt die Bekanntmachung Nr. {view.announced.number} zurück."


def _announced(view: SittingView, typed: Mapping[str, str]) -> str:
    number = committee_papers.publish_sitting(desk(), view, clock.today(), typed.get("medium", ""))
    announce_change()
    return f"Die Sitzung ist bekannt gemacht (Bekanntmachung Nr. {number})."


ACTS: dict[str, Callable[[SittingView, Mapping[str, str]], str]] = {
    "eroeffnen": _opened,
    "anwesenheit": _attended,
    "hinzufuegen": _joined,
    "streichen": _left_out,
    "beschluss": _resolved,
    "beschluss-streichen": _unresolved,
    "verlauf": _noted,
    "eingeladen": _invited,
    "schliessen": _closed,
    "wieder-oeffnen": _reopened,
    "absagen": _cancelled,
    "bekanntmachen": _announced,
}


def vote_of(typed: Mapping[str, str], key: str) -> Vote | None:
    """Abstimmung aus drei Feldern; None when nothing is typed.

    Raises:
        Refused: something else than a number is typed.
    """
    texts = [typed.get(f"{name}{key}", "").strip() for name in ("yes", "no", "abstained")]
    if not any(texts):
        return None
    if not all(text.isdecimal() and len(text) <= 3 for text in texts if text):
        raise Refused("Schreiben Sie die Stimmen als Zahlen.")
    yes, no, abstained = (int(text or "0") for text in texts)
    return Vote(yes, no, abstained)


def _page(view: SittingView, refusal: str = "") -> ResponseReturnValue:
    return show(
        "committee/sitting.html",
        "nominations",
        sitting=view,
        voters=voters(view),
        functions=[function.value for function in CommitteeFunction],
        decided=place().election.nominations_closed_at_utc is not None,
        outdated=committee_papers.announcement_is_outdated(archive.session(), view),
        today=clock.today().isoformat(),
        now=f"{clock.local(clock.now()):%H:%M}",
        typed=request.form,
        refusal=refusal,
        refused=bool(refusal),
    )


def _edit(form: SittingForm, view: SittingView | None, act: Callable[[SittingData], object]) -> ResponseReturnValue:
    refusal = ""
    if form.validate_on_submit():
        try:
            act(_data(form))
            if view is not None:
                return done("Die Sitzung ist geändert.", "sitting", number=view.number)
            newest = read.sittings(archive.session(), place().election.election_id)[-1].number
            return done("Die Sitzung ist angesetzt. Drucken Sie jetzt die Einladung.", "sitting", number=newest)
        except Refused as error:
            refusal = str(error)
    return show("committee/plan.html", "nominations", form=form, sitting=view, refusal=refusal, refused=bool(refusal or form.errors))


def _here(election_id: int, number: int) -> SittingView:
    found = next((of for of in read.sittings(archive.session(), election_id) if of.number == number), None)
    if found is None:
        abort(404)
    return found


def _proposed(election_id: int) -> dict[str, object]:
    """Agenda of an admission, the members of the sitting before, the Vertrauenspersonen of the nominations."""
    before = read.sittings(archive.session(), election_id)
    known: dict[str, object] = dict(_members_of(before[-1])) if before else {"chair": place().municipality.returning_officer}
    people = [of.contact_name for of in read_nominations.nominations(archive.session(), election_id) if of.contact_name]
    return {"agenda": "\n".join(ADMISSION_AGENDA), **known, "contacts": "\n".join(dict.fromkeys(people))}


def _members_of(view: SittingView) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for of in view.attendances:
        if of.function in FIELDS:
            found.setdefault(FIELDS[CommitteeFunction(of.function)], []).append(of.name)
    return {name: "\n".join(people) for name, people in found.items()}


def _data(form: SittingForm) -> SittingData:
    hour = form.begins.data.rjust(5, "0")
    begins = datetime.fromisoformat(f"{form.day.data.isoformat()}T{hour}")
    members = [(name, function) for function, field in FIELDS.items() for name in _lines(form[field].data)]
    return SittingData(clock.from_local(begins), form.room.data, _lines(form.agenda.data), tuple(members), form.invited_on.data)


def _at(view: SittingView, hour: str) -> datetime:
    """A time of day on the day of the sitting.

    Raises:
        Refused: it is no time of day.
    """
    day: date = clock.local(view.begins_at_utc).date()
    try:
        return clock.from_local(datetime.fromisoformat(f"{day.isoformat()}T{hour.strip().rjust(5, '0')}"))
    except ValueError as error:
        raise Refused(f"„{hour}“ ist keine Uhrzeit. Schreiben Sie sie wie 16:05.") from error


def _moment(view: SittingView, hour: str, before: datetime | None) -> datetime | None:
    """The moment typed; the one before when the minute did not change, so that its seconds stay."""
    if not hour.strip():
        return None
    if before is not None and f"{clock.local(before):%H:%M}" == hour.strip().rjust(5, "0"):
        return before
    return _at(view, hour)


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())
