"""Reads of the journal."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from beiratswahl.store.journal import faults as _faults
from beiratswahl.store.tables.journal import JournalEntry

#: chain of what belongs to no municipality: founding them, accounts, log-ins
INSTALLATION = 0


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
    """Entries of a chain (a municipality's number, 0 for the installation), the newest first.

    With an election: its acts, and those of the municipality that concern all its elections, such as permits.
    """
    rows = session.scalars(
        select(JournalEntry).where(_about(chain, election_id)).order_by(JournalEntry.number.desc()).limit(size).offset((page - 1) * size)
    )
    return tuple(_view(row) for row in rows)


def entries_of_act(session: Session, chain: int, election_id: int, act: str) -> tuple[EntryView, ...]:
    """Entries of one kind of act in an election, the oldest first."""
    query = select(JournalEntry).where(JournalEntry.chain == chain, JournalEntry.election_id == election_id, JournalEntry.act == act)
    return tuple(_view(row) for row in session.scalars(query.order_by(JournalEntry.number)))


def amount(session: Session, chain: int, *, election_id: int | None = None) -> int:
    """How many such entries there are."""
    return session.scalar(select(func.count()).select_from(JournalEntry).where(_about(chain, election_id))) or 0


def faults(session: Session, chain: int) -> tuple[str, ...]:
    """Every place where the chain of a municipality, or that of the installation it stands in, is broken, in words."""
    return tuple(_faults(session, (INSTALLATION, chain)))


def _view(row: JournalEntry) -> EntryView:
    return EntryView(row.number, row.at_utc, row.act, row.subject, row.details, row.actor_name, row.actor_role, row.hash)


def _about(chain: int, election_id: int | None) -> ColumnElement[bool]:
    here = JournalEntry.chain == chain
    if election_id is None:
        return here
    return here & or_(JournalEntry.election_id == election_id, JournalEntry.election_id.is_(None))
