"""Anwesenheit im Wahlausschuss: who came and left, who was added, who was written down by mistake."""

from datetime import datetime

from beiratswahl.law.committee import CommitteeFunction
from beiratswahl.operations.acts import Act
from beiratswahl.operations.committee_state import attendee, must_be_open, not_ahead, on_sitting, people
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.store.tables.committee import CommitteeAttendance


def record_attendance(desk: Desk, attendance_id: int, present_from_utc: datetime | None, present_to_utc: datetime | None) -> None:
    """Anwesenheit eintragen oder berichtigen; without a beginning the person did not appear.

    Raises:
        Refused: the sitting is closed or cancelled, a moment lies ahead, or the end lies before the beginning.
    """
    person = desk.session.get_one(CommitteeAttendance, attendance_id)
    with on_sitting(desk, person.sitting_id, Act.ATTENDANCE_RECORDED) as (row, entry):
        must_be_open(row)
        person = desk.session.get_one(CommitteeAttendance, attendance_id, with_for_update=True)
        _in_order(present_from_utc, present_to_utc)
        person.present_from_utc, person.present_to_utc = present_from_utc, present_to_utc
        entry.subject = f"{person.name} ({person.function})"
        entry.note(number=row.number, present_from=_iso(present_from_utc), present_to=_iso(present_to_utc))


def add_attendee(desk: Desk, sitting_id: int, name: str, function: CommitteeFunction, present_from_utc: datetime | None = None) -> int:
    """Jemanden hinzufügen, der eingeladen ist oder kam, z. B. eine Vertrauensperson.

    Raises:
        Refused: the sitting is closed or cancelled, the name is missing or stands there already, or the moment lies ahead.
    """
    with on_sitting(desk, sitting_id, Act.ATTENDANCE_RECORDED) as (row, entry):
        must_be_open(row)
        if not name.strip():
            raise Refused("Geben Sie den Namen ein.")
        if name.strip().casefold() in {of.name.casefold() for of in people(desk.session, sitting_id)}:
            raise Refused(f"{name.strip()} steht schon auf der Liste.")
        _in_order(present_from_utc, None)
        person = attendee(row, name, function)
        person.present_from_utc = present_from_utc
        desk.session.add(person)
        desk.session.flush()
        entry.subject = f"{person.name} ({person.function})"
        entry.note(number=row.number, present_from=_iso(present_from_utc))
        return person.id


def remove_attendee(desk: Desk, attendance_id: int) -> None:
    """Falsch eingetragene Person von der Liste nehmen.

    Raises:
        Refused: the sitting is closed or cancelled.
    """
    person = desk.session.get_one(CommitteeAttendance, attendance_id)
    with on_sitting(desk, person.sitting_id, Act.ATTENDANCE_RECORDED) as (row, entry):
        must_be_open(row)
        person = desk.session.get_one(CommitteeAttendance, attendance_id, with_for_update=True)
        entry.subject = f"{person.name} ({person.function})"
        entry.note(number=row.number, state="von der Liste genommen")
        desk.session.delete(person)


def _in_order(present_from_utc: datetime | None, present_to_utc: datetime | None) -> None:
    for at_utc in (present_from_utc, present_to_utc):
        if at_utc is not None:
            not_ahead(at_utc)
    if present_to_utc is not None and (present_from_utc is None or present_to_utc < present_from_utc):
        raise Refused("Das Gehen liegt vor dem Kommen, oder das Kommen fehlt.")


def _iso(at_utc: datetime | None) -> str:
    return at_utc.isoformat() if at_utc else ""
