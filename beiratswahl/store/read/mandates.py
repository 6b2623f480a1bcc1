"""Reads of what happened around mandates."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.store.tables.mandates import MandateEvent


@dataclass(frozen=True, slots=True)
class EventView:
    """Ereignis um ein Mandat, as it was recorded."""

    event_id: int
    person: str
    kind: str
    day: date
    reason: str
    recorded_by: str
    recorded_at_utc: datetime


def events(session: Session, election_id: int) -> tuple[EventView, ...]:
    """All events of an election in the order in which they were recorded."""
    rows = session.scalars(select(MandateEvent).where(MandateEvent.election_id == election_id).order_by(MandateEvent.id))
    return tuple(EventView(row.id, row.person, row.kind, row.day, row.reason, row.recorded_by, row.recorded_at_utc) for row in rows)
