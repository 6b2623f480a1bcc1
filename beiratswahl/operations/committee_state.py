"""Stand einer Sitzung des Wahlausschusses: the frame of every act on one, and what has to be so before it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.committee import VOTING, CommitteeFunction
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Entry, Refused
from beiratswahl.store.read.committee import AttendanceView, SittingView, sitting, sittings
from beiratswahl.store.tables.committee import CommitteeAttendance, CommitteeSitting


def running_sitting(session: Session, election_id: int) -> SittingView | None:
    """The sitting that is open now, or None."""
    return next((of for of in sittings(session, election_id) if of.running), None)


def voters(view: SittingView) -> int:
    """Stimmberechtigte Anwesende: who may vote and has not left."""
    return sum(of.present_from_utc is not None and of.present_to_utc is None and of.function in VOTING for of in view.attendances)


@contextmanager
def on_sitting(desk: Desk, sitting_id: int, act: Act) -> Iterator[tuple[CommitteeSitting, Entry]]:
    """An act on one sitting, with its row locked."""
    row = desk.session.get_one(CommitteeSitting, sitting_id)
    with desk.act(act, when(row.begins_at_utc), municipality_id=row.municipality_id, election_id=row.election_id) as entry:
        yield desk.session.get_one(CommitteeSitting, sitting_id, with_for_update=True), entry


def people(session: Session, sitting_id: int) -> tuple[AttendanceView, ...]:
    """Everybody invited to a sitting or there."""
    view = sitting(session, sitting_id)
    return view.attendances if view else ()


def attendee(row: CommitteeSitting, name: str, function: CommitteeFunction) -> CommitteeAttendance:
    """A line of the list of attendance, not yet stored."""
    where = {"municipality_id": row.municipality_id, "election_id": row.election_id, "sitting_id": row.id}
    return CommitteeAttendance(**where, name=name.strip(), function=function.value)


def must_be_open(row: CommitteeSitting) -> None:
    """Only while the minutes can still be written.

    Raises:
        Refused: the sitting is closed or cancelled.
    """
    if row.closed_at_utc is not None or row.cancelled_reason:
        raise Refused("Die Sitzung ist geschlossen oder abgesagt. Öffnen Sie sie wieder, um die Niederschrift zu berichtigen.")


def must_run(row: CommitteeSitting) -> None:
    """Only while the sitting is open.

    Raises:
        Refused: it is not opened yet, closed or cancelled.
    """
    if row.opened_at_utc is None or row.closed_at_utc is not None or row.cancelled_reason:
        raise Refused("Das geht nur, solange die Sitzung eröffnet und nicht geschlossen ist.")


def not_ahead(at_utc: datetime) -> None:
    """Only what has happened.

    Raises:
        Refused: the moment lies ahead.
    """
    if at_utc > clock.now():
        raise Refused("Die Uhrzeit liegt in der Zukunft. Tragen Sie ein, was geschehen ist, wenn es geschehen ist.")


def when(at_utc: datetime) -> str:
    """ "Sitzung am 01.10.2026, 16:00 Uhr", as the journal names it."""
    return f"Sitzung am {clock.local(at_utc):%d.%m.%Y, %H:%M} Uhr"
