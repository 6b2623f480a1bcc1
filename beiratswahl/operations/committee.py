"""Sitzungen des Wahlausschusses: planned with agenda and members, cancelled, opened, closed; every step can be put right."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.committee import CommitteeFunction, attendance_fault
from beiratswahl.operations.acts import Act
from beiratswahl.operations.committee_state import attendee, must_be_open, must_run, not_ahead, on_sitting, people, running_sitting, when
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.store.tables.committee import CommitteeAttendance, CommitteeSitting
from beiratswahl.store.tables.setup import Election

#: what a sitting on the admission deals with, as a proposal (§ 23 KWG, § 29 KWO)
ADMISSION_AGENDA = (
    "Eröffnung, Feststellung der Anwesenheit und der Beschlussfähigkeit",
    "Hinweis auf die Pflicht zur unparteiischen Wahrnehmung des Amtes und zur Verschwiegenheit",
    "Bericht über die eingegangenen Wahlvorschläge und ihre Prüfung",
    "Anhörung der Vertrauenspersonen",
    "Entscheidung über die Zulassung der einzelnen Wahlvorschläge und der einzelnen Personen",
    "Feststellung der Reihenfolge und der Art der Wahl",
    "Verkündung der Entscheidungen",
)


@dataclass(frozen=True, slots=True)
class SittingData:
    """Angaben zu einer Sitzung.

    Attributes:
        begins_at_utc: when it begins.
        room: where.
        agenda: Tagesordnung, at least one item.
        members: names with functions of everybody invited.
        invited_on: day on which the invitations went out; None when they have not.
    """

    begins_at_utc: datetime
    room: str
    agenda: tuple[str, ...]
    members: tuple[tuple[str, CommitteeFunction], ...]
    invited_on: date | None = None


def plan_sitting(desk: Desk, election_id: int, data: SittingData) -> int:
    """Sitzung ansetzen.

    Returns:
        Key of the sitting.

    Raises:
        Refused: room, agenda or chair are missing, or a name stands twice.
    """
    _complete(data)
    election = desk.session.get_one(Election, election_id)
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.SITTING_PLANNED, when(data.begins_at_utc), **where) as entry:
        newest = desk.session.scalar(select(func.max(CommitteeSitting.number)).where(CommitteeSitting.election_id == election_id)) or 0
        row = CommitteeSitting(**where, number=newest + 1, quorum="", course="", cancelled_reason="", **_values(data))
        desk.session.add(row)
        desk.session.flush()
        _invite(desk.session, row, data.members)
        entry.note(number=row.number, room=row.room, agenda=list(data.agenda), members=[name for name, _ in data.members])
        return row.id


def change_sitting(desk: Desk, sitting_id: int, data: SittingData) -> None:
    """Sitzung ändern, until it is opened.

    Raises:
        Refused: it is opened or cancelled, or the data are not complete.
    """
    _complete(data)
    with on_sitting(desk, sitting_id, Act.SITTING_CHANGED) as (row, entry):
        if row.opened_at_utc is not None or row.cancelled_reason:
            raise Refused("Die Sitzung ist schon eröffnet oder abgesagt; Ort, Zeit und Tagesordnung stehen fest.")
        for name, value in _values(data).items():
            setattr(row, name, value)
        _invite(desk.session, row, data.members)
        entry.note(number=row.number, room=row.room, agenda=list(data.agenda), members=[name for name, _ in data.members])


def note_invitation(desk: Desk, sitting_id: int, sent_on: date) -> None:
    """Versand der Einladungen vermerken.

    Raises:
        Refused: the sitting is closed or cancelled, or the day lies ahead or after the sitting.
    """
    with on_sitting(desk, sitting_id, Act.SITTING_CHANGED) as (row, entry):
        must_be_open(row)
        if sent_on > min(clock.today(), clock.local(row.begins_at_utc).date()):
            raise Refused("Der Tag liegt in der Zukunft oder nach der Sitzung. Vermerken Sie, wann die Einladungen versandt wurden.")
        row.invited_on = sent_on
        entry.note(number=row.number, sent_on=sent_on.isoformat())


def cancel_sitting(desk: Desk, sitting_id: int, reason: str) -> None:
    """Sitzung absagen.

    Raises:
        Refused: it is opened or cancelled already, or the reason is missing.
    """
    with on_sitting(desk, sitting_id, Act.SITTING_CANCELLED) as (row, entry):
        if row.opened_at_utc is not None or row.cancelled_reason:
            raise Refused("Die Sitzung ist schon eröffnet oder abgesagt.")
        if not reason.strip():
            raise Refused("Nennen Sie den Grund; die Mitglieder und die Öffentlichkeit müssen ihn erfahren.")
        row.cancelled_reason = reason.strip()
        entry.note(number=row.number, reason=reason.strip())


def open_sitting(desk: Desk, sitting_id: int, at_utc: datetime, quorum: str = "") -> None:
    """Sitzung eröffnen: who is marked as present counts; the chair finds on the quorum.

    Args:
        desk: who records it.
        sitting_id: the sitting.
        at_utc: when it was opened, not in the future.
        quorum: what the chair found where fewer than half are there; needed only then.

    Raises:
        Refused: it is open, closed or cancelled, another one is open, the moment lies ahead, or nobody presides.
    """
    with on_sitting(desk, sitting_id, Act.SITTING_OPENED) as (row, entry):
        if row.opened_at_utc is not None or row.cancelled_reason:
            raise Refused("Die Sitzung ist schon eröffnet oder abgesagt.")
        if running_sitting(desk.session, row.election_id) is not None:
            raise Refused("Eine andere Sitzung ist noch offen. Schließen Sie erst diese.")
        not_ahead(at_utc)
        fault = attendance_fault(
            (CommitteeFunction(of.function), of.present_from_utc is not None) for of in people(desk.session, sitting_id)
        )
        if fault is not None and not quorum.strip():
            raise Refused(f"{fault} Tragen Sie ein, wer da ist, oder worauf der Vorsitz die Beschlussfähigkeit stützt.")
        row.opened_at_utc = at_utc
        row.quorum = (
            quorum.strip() or "Der Wahlausschuss ist beschlussfähig: Der Vorsitz und mehr als die Hälfte der Mitglieder sind anwesend."
        )
        entry.note(number=row.number, opened_at=at_utc.isoformat(), quorum=row.quorum)


def note_course(desk: Desk, sitting_id: int, course: str) -> None:
    """Verlauf festhalten: who was heard with what, and what else belongs into the minutes.

    Raises:
        Refused: the sitting is closed or cancelled.
    """
    with on_sitting(desk, sitting_id, Act.SITTING_CHANGED) as (row, entry):
        must_be_open(row)
        row.course = course.strip()
        entry.note(number=row.number, text=row.course)


def close_sitting(desk: Desk, sitting_id: int, at_utc: datetime) -> None:
    """Sitzung schließen; who was present until then leaves with it.

    Raises:
        Refused: it is not open, or the moment lies ahead or before the opening.
    """
    with on_sitting(desk, sitting_id, Act.SITTING_CLOSED) as (row, entry):
        must_run(row)
        not_ahead(at_utc)
        if row.opened_at_utc is not None and at_utc < row.opened_at_utc:
            raise Refused("Das Ende liegt vor der Eröffnung.")
        row.closed_at_utc = at_utc
        entry.note(number=row.number, closed_at=at_utc.isoformat())


def reopen_sitting(desk: Desk, sitting_id: int, reason: str) -> None:
    """Niederschrift berichtigen: open a closed sitting again.

    Raises:
        Refused: it is not closed, another one is open, or the reason is missing.
    """
    with on_sitting(desk, sitting_id, Act.SITTING_REOPENED) as (row, entry):
        if row.closed_at_utc is None:
            raise Refused("Die Sitzung ist nicht geschlossen.")
        if running_sitting(desk.session, row.election_id) is not None:
            raise Refused("Eine andere Sitzung ist offen. Schließen Sie erst diese.")
        if not reason.strip():
            raise Refused("Nennen Sie den Grund der Berichtigung.")
        row.closed_at_utc = None
        entry.note(number=row.number, reason=reason.strip())


def _values(data: SittingData) -> dict[str, object]:
    return {
        "begins_at_utc": data.begins_at_utc,
        "room": data.room.strip(),
        "agenda": [item.strip() for item in data.agenda if item.strip()],
        "invited_on": data.invited_on,
    }


def _invite(session: Session, row: CommitteeSitting, members: Iterable[tuple[str, CommitteeFunction]]) -> None:
    """Set the list of the invited; the presence of who stays on it, and guests who came, are kept."""
    invited = {name.strip(): function for name, function in members}
    for old in session.scalars(select(CommitteeAttendance).where(CommitteeAttendance.sitting_id == row.id)):
        function = invited.pop(old.name, None)
        if function is not None:
            old.function = function.value
        elif old.function != CommitteeFunction.GUEST.value:
            session.delete(old)
    session.flush()
    for name, function in invited.items():
        session.add(attendee(row, name, function))
    session.flush()


def _complete(data: SittingData) -> None:
    if not data.room.strip():
        raise Refused("Geben Sie den Ort der Sitzung ein.")
    if not any(item.strip() for item in data.agenda):
        raise Refused("Geben Sie mindestens einen Punkt der Tagesordnung ein.")
    names = [name.strip().casefold() for name, _ in data.members]
    if not all(names) or len(set(names)) != len(names):
        raise Refused("Ein Name fehlt oder steht zweimal auf der Liste der Eingeladenen.")
    if CommitteeFunction.CHAIR not in {function for _, function in data.members}:
        raise Refused("Der Vorsitz fehlt: Die Wahlleitung führt den Vorsitz im Wahlausschuss (§ 8 KWG).")
