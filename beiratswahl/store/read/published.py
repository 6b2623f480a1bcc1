"""Reads of what is published; the only reads of the public door."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl.store.tables.publication import Publication


@dataclass(frozen=True, slots=True)
class PublishedView:
    """Veröffentlichte Fassung eines Ergebnisses."""

    election_id: int
    number: int
    label: str
    result: dict[str, Any]
    sha256: str
    published_at_utc: datetime
    note: str
    withdrawn_at_utc: datetime | None
    withdrawal_notice: str


def newest(session: Session) -> tuple[PublishedView, ...]:
    """The newest version of every published election, the newest day first."""
    rows = session.scalars(select(Publication).order_by(Publication.election_id, Publication.number))
    latest = {row.election_id: row for row in rows}
    views = [_view(row) for row in latest.values()]
    return tuple(sorted(views, key=lambda view: (view.result["election_day"], view.election_id), reverse=True))


def versions(session: Session, election_id: int) -> tuple[PublishedView, ...]:
    """All versions of an election, the newest first; empty when nothing is published."""
    query = select(Publication).where(Publication.election_id == election_id).order_by(Publication.number.desc())
    return tuple(_view(row) for row in session.scalars(query))


def everything(session: Session) -> tuple[PublishedView, ...]:
    """Every published version of every election, in the order of publication."""
    return tuple(_view(row) for row in session.scalars(select(Publication).order_by(Publication.id)))


def state(session: Session) -> tuple[int, int]:
    """A mark that changes with every publication and every withdrawal: the newest publication and how many are withdrawn."""
    query = select(func.coalesce(func.max(Publication.id), 0), func.count(Publication.withdrawn_at_utc))
    newest_id, withdrawn = session.execute(query).one()
    return newest_id, withdrawn


def pdf(session: Session, election_id: int, number: int) -> bytes | None:
    """The announcement of a version, or None."""
    row = _row(session, election_id, number)
    return row.pdf if row else None


def pdf_size(session: Session, election_id: int, number: int) -> int | None:
    """Bytes of the announcement of a version without fetching them, or None."""
    query = select(func.length(Publication.pdf)).where(Publication.election_id == election_id, Publication.number == number)
    return session.scalars(query).one_or_none()


def csv(session: Session, election_id: int, number: int) -> str | None:
    """The table of a version, or None."""
    row = _row(session, election_id, number)
    return row.csv if row else None


def json_text(session: Session, election_id: int, number: int) -> str | None:
    """The documented JSON of a version, byte for byte as hashed, or None."""
    row = _row(session, election_id, number)
    return row.result if row else None


def _row(session: Session, election_id: int, number: int) -> Publication | None:
    query = select(Publication).where(Publication.election_id == election_id, Publication.number == number)
    return session.scalars(query).one_or_none()


def _view(row: Publication) -> PublishedView:
    return PublishedView(
        row.election_id,
        row.number,
        row.label,
        json.loads(row.result),
        row.sha256,
        row.published_at_utc,
        row.note,
        row.withdrawn_at_utc,
        row.withdrawal_notice,
    )
