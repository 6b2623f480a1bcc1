"""Fristen zum Mitnehmen: as a file for calendars and as a sheet to hang up."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.documents.deadline_sheet import deadline_sheet
from beiratswahl.law.deadlines import Deadline
from beiratswahl.operations.announcements_before import facts_of, printed
from beiratswahl.operations.calendar import CalendarEntry, calendar
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read import setup

OCTETS = 75  # RFC 5545, 3.1: longest line of a calendar file


def calendar_pdf(session: Session, election_id: int, now_utc: datetime) -> bytes:
    """Fristenplan zum Aushängen als PDF.

    Raises:
        Refused: address or rules are missing, or it cannot be printed.
    """
    found = calendar(session, election_id, now_utc)
    facts = facts_of(session, election_id, clock.local(now_utc).date())
    return printed(deadline_sheet(facts, [(entry.deadline, _said(entry)) for entry in found]))


def calendar_ics(session: Session, election_id: int, now_utc: datetime) -> bytes:
    """Fristen als Kalenderdatei (RFC 5545): days as whole days, hours in UTC, an alarm a week before what can be missed.

    The same deadline keeps its name in the file, so that a second import moves it instead of doubling it.
    """
    election = setup.election(session, election_id)
    if election is None:
        raise Refused("Diese Wahl gibt es nicht.")
    council = setup.municipality(session, election.municipality_id).council_name
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//beiratswahl//Fristen//DE", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for entry in calendar(session, election_id, now_utc):
        lines += _event(entry.deadline, f"{entry.deadline.key}-{election_id}@{election.day:%Y%m%d}.beiratswahl", council, now_utc)
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) for line in lines).encode()


def _said(entry: CalendarEntry) -> str:
    """State as it stands on the sheet, e.g. "erledigt 04.09.2026"."""
    if entry.done_on is None:
        return entry.state.value
    return f"{entry.state.value} {entry.done_on:%d.%m.%Y}" + (" (verspätet)" if entry.late else "")


def _event(deadline: Deadline, name: str, council: str, now_utc: datetime) -> list[str]:
    told = f"{deadline.text} {deadline.source}." + (f" Wird sie versäumt: {deadline.missed}" if deadline.missed else "")
    lines = ["BEGIN:VEVENT", f"UID:{name}", f"DTSTAMP:{now_utc.astimezone(UTC):%Y%m%dT%H%M%SZ}", *_when(deadline.at)]
    lines += [
        f"SUMMARY:{_escaped(deadline.text)}",
        f"DESCRIPTION:{_escaped(told)}",
        f"CATEGORIES:{_escaped(council)}",
        "TRANSP:TRANSPARENT",
    ]
    if deadline.missed:
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escaped(deadline.text)}", "TRIGGER:-P7D", "END:VALARM"]
    return [*lines, "END:VEVENT"]


def _when(at: date | datetime) -> list[str]:
    if isinstance(at, datetime):
        return [f"DTSTART:{clock.from_local(at):%Y%m%dT%H%M%SZ}", "DURATION:PT0S"]
    return [f"DTSTART;VALUE=DATE:{at:%Y%m%d}", f"DTEND;VALUE=DATE:{at + timedelta(days=1):%Y%m%d}"]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A content line in pieces of at most 75 octets, never inside a letter."""
    pieces, room = [""], OCTETS
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append(" ")
            room = OCTETS - 1
        pieces[-1] += letter
        room -= size
    return "\r\n".join(pieces) + "\r\n"
