"""Writing and verifying the journal's chains."""

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.store.tables.journal import JournalChain, JournalEntry

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Record:
    """What an act wants written: everything of an entry but its place in the chain."""

    at_utc: datetime
    act: str
    election_id: int | None
    subject: str
    details: str
    actor_id: int | None
    actor_name: str
    actor_role: str
    origin: str


def canonical(details: dict[str, object]) -> str:
    """Details as JSON text with one possible form."""
    return json.dumps(details, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(previous_hash: str, chain: int, number: int, record: Record) -> str:
    """SHA-256 over the previous hash and every field of the entry, each on a line of its own."""
    fields = (
        previous_hash,
        chain,
        number,
        record.at_utc.isoformat(),
        record.act,
        record.election_id,
        record.subject,
        record.details,
        record.actor_id,
        record.actor_name,
        record.actor_role,
        record.origin,
    )
    return hashlib.sha256("\n".join(json.dumps(field, ensure_ascii=False) for field in fields).encode()).hexdigest()


def lock_chain(session: Session, chain: int) -> JournalChain:
    """Lock the head of a chain until the transaction ends; makes it when it is the chain's first act."""
    head = session.get(JournalChain, chain, with_for_update=True)
    if head is None:
        head = JournalChain(chain=chain, number=0, hash=GENESIS)
        session.add(head)
        session.flush()
    return head


def append(session: Session, head: JournalChain, record: Record) -> JournalEntry:
    """Write the next entry of a locked chain."""
    number = head.number + 1
    entry = JournalEntry(
        chain=head.chain,
        number=number,
        at_utc=record.at_utc,
        act=record.act,
        election_id=record.election_id,
        subject=record.subject,
        details=record.details,
        actor_id=record.actor_id,
        actor_name=record.actor_name,
        actor_role=record.actor_role,
        origin=record.origin,
        previous_hash=head.hash,
        hash=digest(head.hash, head.chain, number, record),
    )
    session.add(entry)
    head.number, head.hash = number, entry.hash
    return entry


def faults(session: Session, chains: Collection[int] | None = None) -> Iterator[str]:
    """Prüfung: every place where a chain is broken, in words; nothing when all chains hold.

    Args:
        session: the archive.
        chains: which chains to check; all when None.
    """
    query = select(JournalChain).order_by(JournalChain.chain)
    for head in session.scalars(query if chains is None else query.where(JournalChain.chain.in_(chains))):
        previous, number = GENESIS, 0
        for entry in session.scalars(select(JournalEntry).where(JournalEntry.chain == head.chain).order_by(JournalEntry.number)):
            number += 1
            if entry.number != number:
                yield f"Kette {head.chain}: Eintrag {number} fehlt"
                number = entry.number
            if entry.previous_hash != previous or entry.hash != digest(previous, head.chain, number, _record_of(entry)):
                yield f"Kette {head.chain}: Eintrag {number} wurde verändert"
            previous = entry.hash
        if (head.number, head.hash) != (number, previous):
            yield f"Kette {head.chain}: das Ende fehlt (zuletzt Eintrag {number}, erwartet {head.number})"


def _record_of(entry: JournalEntry) -> Record:
    return Record(
        entry.at_utc,
        entry.act,
        entry.election_id,
        entry.subject,
        entry.details,
        entry.actor_id,
        entry.actor_name,
        entry.actor_role,
        entry.origin,
    )
