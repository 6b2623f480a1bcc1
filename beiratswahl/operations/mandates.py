"""Annahme und Nachrücken after the determination: what happened is recorded, who is a member follows from it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.determined import determined
from beiratswahl.operations.mandate_seats import DECLARATIONS, EventKind, Mandates, mandates_of
from beiratswahl.store.read.mandates import EventView, events
from beiratswahl.store.tables.mandates import MandateEvent
from beiratswahl.store.tables.setup import Election


@dataclass(frozen=True, slots=True)
class EventData:
    """Angaben zu einem Ereignis.

    Attributes:
        person: key of the person as in the result.
        kind: what happened.
        day: of service, of receipt of a declaration, of death …; not in the future.
        reason: by what it is known, or why; for a lot who drew and who witnessed.
    """

    person: str
    kind: EventKind
    day: date
    reason: str


def mandates(session: Session, election_id: int) -> Mandates:
    """Wer welches Mandat hat, from the determination that counts and everything recorded since.

    Raises:
        Refused: nothing is determined.
    """
    return mandates_of(determined(session, election_id), events(session, election_id), clock.today())


def record_event(desk: Desk, election_id: int, data: EventData) -> Mandates:
    """Ereignis erfassen.

    Returns:
        The mandates as they stand afterwards.

    Raises:
        Refused: nothing is determined, the event does not fit the person now, the day is not possible, or the reason is missing.
    """
    election = desk.session.get_one(Election, election_id)
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.MANDATE_EVENT_RECORDED, data.kind.value, **where) as entry:
        before = mandates(desk.session, election_id)
        if data.kind not in before.possible(data.person):
            raise Refused(f"„{data.kind.value}“ lässt sich für diese Person jetzt nicht erfassen. Prüfen Sie, was schon eingetragen ist.")
        _check(desk.session, election, before, data)
        desk.session.add(
            MandateEvent(
                **where,
                person=data.person,
                kind=data.kind.value,
                day=data.day,
                reason=data.reason.strip(),
                recorded_by=desk.actor.name,
                recorded_at_utc=clock.now(),
            )
        )
        desk.session.flush()
        after = _still_fitting(desk.session, election_id, before)
        entry.subject = f"{data.kind.value}: {before.names[data.person]}"
        entry.note(person=before.names[data.person], kind=data.kind.value, happened_on=data.day.isoformat(), reason=data.reason.strip())
        if data.kind is EventKind.DRAWN and before.lot and before.lot.call and before.lot.call.lot:
            entry.note(seat=before.lot.number, among=[before.names[key] for key in before.lot.call.lot.among])
    return after


def take_back_event(desk: Desk, election_id: int, event_id: int, reason: str) -> None:
    """Irrtümlich erfasstes Ereignis zurücknehmen; the journal keeps it.

    Raises:
        Refused: it does not exist, the reason is missing, or a later entry builds on it.
    """
    election = desk.session.get_one(Election, election_id)
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.MANDATE_EVENT_TAKEN_BACK, "Mandat", **where) as entry:
        row = desk.session.get(MandateEvent, event_id)
        if row is None or row.election_id != election_id:
            raise Refused("Diesen Eintrag gibt es nicht mehr.")
        if not reason.strip():
            raise Refused("Nennen Sie den Grund, warum der Eintrag zurückgenommen wird.")
        before = mandates(desk.session, election_id)
        if row.kind == EventKind.SERVED and _of(before, row.person, {*DECLARATIONS, EventKind.INCOMPATIBLE, EventKind.RESIGNED}):
            raise Refused("Zu dieser Zustellung ist schon mehr eingetragen. Nehmen Sie zuerst die späteren Einträge der Person zurück.")
        if row.kind == EventKind.INCOMPATIBLE and _of(before, row.person, {EventKind.LEFT_OFFICE}):
            raise Refused("Der Nachweis über das Ende des Amtes ist eingetragen. Nehmen Sie zuerst diesen Eintrag zurück.")
        name = before.names.get(row.person, row.person)
        entry.subject = f"{row.kind}: {name}"
        entry.note(person=name, kind=row.kind, happened_on=row.day.isoformat(), before_reason=row.reason, reason=reason.strip())
        desk.session.delete(row)
        desk.session.flush()
        _still_fitting(desk.session, election_id, before)


def _check(session: Session, election: Election, before: Mandates, data: EventData) -> None:
    if not data.reason.strip():
        raise Refused("Nennen Sie den Nachweis oder Grund, zum Beispiel „Schreiben vom 20. November 2026“.")
    if data.day > clock.today():
        raise Refused("Der Tag liegt in der Zukunft.")
    if data.day < election.day:
        raise Refused("Der Tag liegt vor der Wahl. Was vorher geschah, wird beim Wahlvorschlag als Ausscheiden erfasst.")
    held = before.holding(data.person)
    if data.kind is EventKind.SERVED:
        begin = held.called_on if held and held.called_on else determined(session, election.id).day
        if data.day < begin:
            raise Refused(f"Zugestellt werden kann erst, wenn die Person gewählt oder berufen ist, also ab dem {begin:%d.%m.%Y}.")
    served = _of(before, data.person, {EventKind.SERVED})
    if data.kind in (*DECLARATIONS, EventKind.RESIGNED) and served and data.day < served[0].day:
        raise Refused(f"Der Tag liegt vor der Zustellung am {served[0].day:%d.%m.%Y}.")
    if data.kind is EventKind.RESIGNED and held and held.member_since and data.day < held.member_since:
        raise Refused(f"Die Person ist erst seit dem {held.member_since:%d.%m.%Y} Mitglied. Wer vorher nicht will, lehnt die Wahl ab.")


def _of(known: Mandates, person: str, kinds: set[EventKind]) -> list[EventView]:
    return [event for event in known.events if event.person == person and event.kind in kinds]


def _still_fitting(session: Session, election_id: int, before: Mandates) -> Mandates:
    after = mandates(session, election_id)
    lost = [name for name in after.unplaced if name not in before.unplaced]
    if lost:
        names = ", ".join(lost)
        raise Refused(f"Dann wäre {names} nicht berufen, es sind aber Einträge dazu erfasst. Nehmen Sie zuerst diese Einträge zurück.")
    return after
