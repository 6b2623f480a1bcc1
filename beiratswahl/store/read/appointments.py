"""Reads of the term of a council and of its appointed members."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.store.tables.appointments import AppointedMember, CouncilTerm


@dataclass(frozen=True, slots=True)
class AppointmentView:
    """Berufenes Mitglied; `ended_on` is None while in office."""

    appointment_id: int
    name: str
    appointed_on: date
    reason: str
    ended_on: date | None
    ended_reason: str


def appointments(session: Session, election_id: int) -> tuple[AppointmentView, ...]:
    """Berufene Mitglieder, those in office first, by day and name."""
    query = select(AppointedMember).where(AppointedMember.election_id == election_id)
    found = [
        AppointmentView(row.id, row.name, row.appointed_on, row.reason, row.ended_on, row.ended_reason) for row in session.scalars(query)
    ]
    return tuple(sorted(found, key=lambda of: (of.ended_on is not None, of.appointed_on, of.name)))


def term_begin(session: Session, election_id: int) -> date | None:
    """First day of the term; None when nobody has entered it."""
    return session.scalars(select(CouncilTerm.begins_on).where(CouncilTerm.election_id == election_id)).one_or_none()
