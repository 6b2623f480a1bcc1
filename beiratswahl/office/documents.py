"""Everything to print before the election: notices, letters of defects, receipt book, ballots, calendar."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from beiratswahl import clock
from beiratswahl.access import archive
from beiratswahl.access.gates import holding, place
from beiratswahl.access.roles import Permission
from beiratswahl.law.admission import Outcome
from beiratswahl.office.frame import show
from beiratswahl.office.nominations import nomination_here
from beiratswahl.office.notices import TITLES
from beiratswahl.operations import admission_papers, ballot_printing, calendar_files, nomination_checks
from beiratswahl.operations import calendar as calendars
from beiratswahl.operations.announcements_before import Announcement, announcement
from beiratswahl.operations.calendar_recorded import NOTICES
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read import nominations as read
from beiratswahl.store.read import published

BALLOTS: dict[str, Callable[..., bytes]] = {
    "stimmzettel": ballot_printing.ballot,
    "muster": lambda session, election_id: ballot_printing.ballot(session, election_id, specimen=True),
    "schablone": ballot_printing.stencil,
}


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/schriftstuecke"
    door.add_url_rule(base, "documents", overview)
    door.add_url_rule(f"{base}/bekanntmachung/<which>.pdf", "notice", notice)
    door.add_url_rule(f"{base}/druck/<which>.pdf", "ballot_paper", ballot_paper)
    door.add_url_rule(f"{base}/maengel/<int:nomination_id>.pdf", "letter_of_defects", letter_of_defects)
    door.add_url_rule(f"{base}/eingangsbuch.pdf", "receipt_book", receipt_book)
    door.add_url_rule("/wahl/<int:election_id>/fristen/fristenplan.pdf", "calendar_sheet", calendar_sheet)
    door.add_url_rule("/wahl/<int:election_id>/fristen/fristen.ics", "calendar_file", calendar_file)


@holding(Permission.KEEP_NOMINATIONS)
def overview(election_id: int) -> ResponseReturnValue:
    """Alle Schriftstücke, die gedruckt werden können."""
    session = archive.session()
    due = {entry.deadline.key: entry for entry in calendars.calendar(session, election_id, clock.now())}
    out = {of.kind: of for of in reversed(published.notices(session, election_id)) if of.withdrawn_at_utc is None}
    # once the admission is decided, only one of these two can come
    outcome = place().election.admission_outcome
    other = {"": None, Outcome.NO_ELECTION.value: Announcement.ADMITTED}.get(outcome, Announcement.NO_ELECTION)
    notices = [
        (which.value, title, source, due.get(NOTICES.get(which.value, "")), out.get(which.value))
        for which, (title, source) in TITLES.items()
        if which is not other or out.get(which.value)
    ]
    defects = nomination_checks.defects(session, election_id)
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


@holding(Permission.SEE_ELECTION)
def calendar_sheet(election_id: int) -> ResponseReturnValue:
    """Fristenplan zum Aushängen."""
    return _printed(lambda: calendar_files.calendar_pdf(archive.session(), election_id, clock.now()), "fristenplan.pdf")


@holding(Permission.SEE_ELECTION)
def calendar_file(election_id: int) -> ResponseReturnValue:
    """Fristen für den eigenen Kalender."""
    content = calendar_files.calendar_ics(archive.session(), election_id, clock.now())
    return Response(content, mimetype="text/calendar", headers={"Content-Disposition": 'attachment; filename="fristen.ics"'})


def _dated_on() -> date:
    """Day under which a notice is signed: "datum" of the address, else today."""
    try:
        return date.fromisoformat(request.args.get("datum", ""))
    except ValueError:
        return clock.today()


def _printed(printing: Callable[[], bytes], name: str) -> ResponseReturnValue:
    try:
        return _pdf(printing(), name)
    except Refused as error:
        return show("documents/not_printed.html", "documents", refusal=str(error), refused=True)


def _pdf(content: bytes, name: str) -> Response:
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
