"""Fristenkalender: the deadlines of an election with what the archive knows about them, as file for calendars and as sheet to hang up."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.documents.deadline_sheet import deadline_sheet
from beiratswahl.law.deadlines import Deadline, deadlines
from beiratswahl.operations.announcements_before import Announcement, facts_of, printed
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.read import setup
from beiratswahl.store.read.published import notices
from beiratswahl.store.tables.electoral_roll import ElectoralRoll

#: deadline by which a kind of notice has to be out
NOTICES = {
    Announcement.CALL.value: "call_for_nominations",
    Announcement.INSPECTION.value: "inspection_notice",
    Announcement.ADMITTED.value: "candidates_notice",
    Announcement.NO_ELECTION.value: "candidates_notice",
}
OCTETS = 75  # RFC 5545, 3.1: longest line of a calendar file


class DeadlineState(StrEnum):
    """Stand einer Frist.

    DONE and MISSED are said only of what the archive records (admission, closing of the roll); everything else that lies behind is PAST.
    """

    DONE = "erledigt"
    DUE = "steht an"
    MISSED = "versäumt"
    PAST = "vorbei"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Frist with its state."""

    deadline: Deadline
    state: DeadlineState


def calendar(session: Session, election_id: int, now_utc: datetime) -> tuple[CalendarEntry, ...]:
    """Fristenkalender in order of time.

    Args:
        session: the archive.
        election_id: the election.
        now_utc: the current moment.

    Raises:
        Refused: there is no such election.
    """
    election = setup.election(session, election_id)
    if election is None:
        raise Refused("Diese Wahl gibt es nicht.")
    roll = session.scalars(select(ElectoralRoll).where(ElectoralRoll.election_id == election_id)).first()
    recorded = {"admission": election.nominations_closed_at_utc, "roll_closed": roll.closed_at_utc if roll else None}
    recorded |= _announced(session, election_id)
    now = clock.local(now_utc).replace(tzinfo=None)
    return tuple(
        CalendarEntry(deadline, _state(deadline, deadline.key in recorded, recorded.get(deadline.key), now))
        for deadline in deadlines(rules_of(session, election_id), election.day)
    )


def _announced(session: Session, election_id: int) -> dict[str, datetime]:
    """Deadlines kept by a notice that stands, each with the moment of its publication."""
    out = [of for of in notices(session, election_id) if of.withdrawn_at_utc is None and of.kind in NOTICES]
    return {NOTICES[of.kind]: of.published_at_utc for of in out}


def calendar_pdf(session: Session, election_id: int, now_utc: datetime) -> bytes:
    """Fristenplan zum Aushängen als PDF.

    Raises:
        Refused: address or rules are missing, or it cannot be printed.
    """
    found = calendar(session, election_id, now_utc)
    facts = facts_of(session, election_id, clock.local(now_utc).date())
    return printed(deadline_sheet(facts, [(entry.deadline, entry.state.value) for entry in found]))


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


def _state(deadline: Deadline, is_recorded: bool, done_at_utc: datetime | None, now: datetime) -> DeadlineState:
    day = deadline.at.date() if isinstance(deadline.at, datetime) else deadline.at
    at = deadline.at if isinstance(deadline.at, datetime) and not is_recorded else datetime.combine(day, time.max)
    if done_at_utc is not None:
        return DeadlineState.DONE
    if now <= at:
        return DeadlineState.DUE
    return DeadlineState.MISSED if is_recorded and deadline.missed else DeadlineState.PAST


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
