"""Reads of the journal."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl.store.journal import faults as _faults
from beiratswahl.store.tables.journal import JournalEntry


@dataclass(frozen=True, slots=True)
class EntryView:
    """Eintrag im Amtsbuch."""

    number: int
    at_utc: datetime
    act: str
    subject: str
    details: str
    actor_name: str
    actor_role: str
    hash: str


def entries(session: Session, chain: int, *, election_id: int | None = None, page: int = 1, size: int = 50) -> tuple[EntryView, ...]:
    """Entries of a chain (a municipality's number, 0 for the installation), the newest first."""
    query = select(JournalEntry).where(JournalEntry.chain == chain)
    if election_id is not None:
        query = query.where(JournalEntry.election_id == election_id)
    rows = session.scalars(query.order_by(JournalEntry.number.desc()).limit(size).offset((page - 1) * size))
    return tuple(
        EntryView(row.number, row.at_utc, row.act, row.subject, row.details, row.actor_name, row.actor_role, row.hash) for row in rows
    )


def amount(session: Session, chain: int, *, election_id: int | None = None) -> int:
    """How many entries a chain (and election) has."""
    query = select(func.count()).select_from(JournalEntry).where(JournalEntry.chain == chain)
    if election_id is not None:
        query = query.where(JournalEntry.election_id == election_id)
    return session.scalar(query) or 0


def faults(session: Session) -> tuple[str, ...]:
    """Every place where a chain is broken, in words."""
    return tuple(_faults(session))
