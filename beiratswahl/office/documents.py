"""Everything to print before the election: notices, papers of the Wahlausschuss, ballots, calendar."""

from collections.abc import Callable
from datetime import date, datetime

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from beiratswahl import clock
from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import holding
from beiratswahl.access.roles import Permission
from beiratswahl.documents.admission_minutes import CommitteeSession
from beiratswahl.office.frame import show
from beiratswahl.office.nominations import nomination_here
from beiratswahl.office.notices import TITLES
from beiratswahl.operations import admission_papers, ballot_printing, nominations
from beiratswahl.operations import calendar as calendars
from beiratswahl.operations.announcements_before import Announcement, announcement
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read import nominations as read
from beiratswahl.store.read import published

BALLOTS: dict[str, Callable[..., bytes]] = {
    "stimmzettel": ballot_printing.ballot,
    "muster": lambda session, election_id: ballot_printing.ballot(session, election_id, specimen=True),
    "schablone": ballot_printing.stencil,
}
INVITATION, MINUTES = "einladung", "niederschrift"
HOUR = r"([01]\d|2[0-3]):[0-5]\d$"


class SessionForm(Form):
    """Sitzung des Wahlausschusses."""

    paper = SelectField("Schriftstück", choices={INVITATION: "Einladung mit Tagesordnung", MINUTES: "Niederschrift über die Zulassung"})
    day = DateField("Tag der Sitzung", validators=[InputRequired("Geben Sie den Tag der Sitzung ein.")])
    begins = StringField(
        "Beginn",
        validators=[
            InputRequired("Geben Sie den Beginn ein, zum Beispiel 16:00."),
            Regexp(HOUR, message="Schreiben Sie die Uhrzeit wie 16:00."),
        ],
    )
    ends = StringField("Ende (nur Niederschrift)", validators=[Optional(), Regexp(HOUR, message="Schreiben Sie die Uhrzeit wie 17:30.")])
    room = StringField("Ort", validators=[InputRequired("Geben Sie den Ort der Sitzung ein."), Length(max=200)])
    chair = StringField("Vorsitz", validators=[Length(max=120)])
    secretary = StringField("Schriftführung", validators=[Length(max=120)])
    members = TextAreaField("Anwesende Beisitzerinnen und Beisitzer", validators=[Length(max=1000)])
    guests = TextAreaField("Außerdem anwesend, etwa Vertrauenspersonen", validators=[Length(max=2000)])


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/schriftstuecke"
    door.add_url_rule(base, "documents", overview)
    door.add_url_rule(f"{base}/bekanntmachung/<which>.pdf", "notice", notice)
    door.add_url_rule(f"{base}/druck/<which>.pdf", "ballot_paper", ballot_paper)
    door.add_url_rule(f"{base}/maengel/<int:nomination_id>.pdf", "letter_of_defects", letter_of_defects)
    door.add_url_rule(f"{base}/eingangsbuch.pdf", "receipt_book", receipt_book)
    door.add_url_rule(f"{base}/wahlausschuss", "committee_session", committee_session, methods=["GET", "POST"])
    door.add_url_rule("/wahl/<int:election_id>/fristen/fristenplan.pdf", "calendar_sheet", calendar_sheet)
    door.add_url_rule("/wahl/<int:election_id>/fristen/fristen.ics", "calendar_file", calendar_file)


@holding(Permission.KEEP_NOMINATIONS)
def overview(election_id: int) -> ResponseReturnValue:
    """Alle Schriftstücke, die gedruckt werden können."""
    session = archive.session()
    due = {entry.deadline.key: entry for entry in calendars.calendar(session, election_id, clock.now())}
    out = {of.kind: of for of in reversed(published.notices(session, election_id)) if of.withdrawn_at_utc is None}
    notices = [
        (which.value, title, source, due.get(calendars.NOTICES.get(which.value, "")), out.get(which.value))
        for which, (title, source) in TITLES.items()
    ]
    defects = nominations.defects(session, election_id)
    flawed = [of for of in read.nominations(session, election_id) if defects.get(of.nomination_id)]
    return show("documents/overview.html", "documents", notices=notices, flawed=flawed, today=clock.today(), dated_on=_dated_on())


@holding(Permission.KEEP_NOMINATIONS)
def notice(election_id: int, which: str) -> ResponseReturnValue:
    """Eine Bekanntmachung."""
    if which not in set(Announcement):
        abort(404)
    return _printed(lambda: announcement(archive.session(), election_id, Announcement(which), _dated_on()), f"{which}.pdf")


@holding(Permission.KEEP_NOMINATIONS)
def ballot_paper(election_id: int, which: str) -> ResponseReturnValue:
    """Stimmzettel, Muster oder Schablone."""
    if which not in BALLOTS:
        abort(404)
    return _printed(lambda: BALLOTS[which](archive.session(), election_id), f"{which}.pdf")


@holding(Permission.KEEP_NOMINATIONS)
def letter_of_defects(election_id: int, nomination_id: int) -> ResponseReturnValue:
    """Mängelschreiben an die Vertrauensperson."""
    nomination_here(election_id, nomination_id)
    return _printed(
        lambda: admission_papers.defects_pdf(archive.session(), election_id, nomination_id, _dated_on()), f"maengel-{nomination_id}.pdf"
    )


@holding(Permission.KEEP_NOMINATIONS)
def receipt_book(election_id: int) -> ResponseReturnValue:
    """Eingangsbuch der Wahlvorschläge."""
    return _printed(lambda: admission_papers.receipt_book_pdf(archive.session(), election_id, clock.today()), "eingangsbuch.pdf")


@holding(Permission.KEEP_NOMINATIONS)
def committee_session(election_id: int) -> ResponseReturnValue:
    """Einladung oder Niederschrift des Wahlausschusses; nothing of the form is kept."""
    form = SessionForm()
    refusal = ""
    if form.validate_on_submit():
        printing = admission_papers.minutes_pdf if form.paper.data == MINUTES else admission_papers.invitation_pdf
        try:
            return _pdf(printing(archive.session(), election_id, _meeting(form), clock.today()), f"{form.paper.data}.pdf")
        except Refused as error:
            refusal = str(error)
    return show("documents/committee_session.html", "documents", form=form, refusal=refusal, refused=bool(refusal or form.errors))


@holding(Permission.SEE_ELECTION)
def calendar_sheet(election_id: int) -> ResponseReturnValue:
    """Fristenplan zum Aushängen."""
    return _printed(lambda: calendars.calendar_pdf(archive.session(), election_id, clock.now()), "fristenplan.pdf")


@holding(Permission.SEE_ELECTION)
def calendar_file(election_id: int) -> ResponseReturnValue:
    """Fristen für den eigenen Kalender."""
    content = calendars.calendar_ics(archive.session(), election_id, clock.now())
    return Response(content, mimetype="text/calendar", headers={"Content-Disposition": 'attachment; filename="fristen.ics"'})


def _dated_on() -> date:
    """Day under which a notice is signed: "datum" of the address, else today."""
    try:
        return date.fromisoformat(request.args.get("datum", ""))
    except ValueError:
        return clock.today()


def _meeting(form: SessionForm) -> CommitteeSession:
    day = form.day.data
    return CommitteeSession(
        begins=_at(day, form.begins.data),
        room=form.room.data.strip(),
        ends=_at(day, form.ends.data) if form.ends.data else None,
        chair=(form.chair.data or "").strip(),
        secretary=(form.secretary.data or "").strip(),
        members=_lines(form.members.data),
        guests=_lines(form.guests.data),
    )


def _at(day: date, hour: str) -> datetime:
    return datetime.fromisoformat(f"{day.isoformat()}T{hour}").replace(tzinfo=clock.BERLIN)


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def _printed(printing: Callable[[], bytes], name: str) -> ResponseReturnValue:
    try:
        return _pdf(printing(), name)
    except Refused as error:
        return show("documents/not_printed.html", "documents", refusal=str(error), refused=True)


def _pdf(content: bytes, name: str) -> Response:
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
