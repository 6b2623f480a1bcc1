"""Reads of what is published; the only reads of the public door."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl.store.tables.publication import Publication, PublishedInformation, PublishedNotice


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
    signed_by: str = ""


@dataclass(frozen=True, slots=True)
class NoticeView:
    """Veröffentlichte Bekanntmachung vor der Wahl, in German, which binds.

    Attributes:
        election_id: the election.
        number: 1, 2, 3 … within the election, in the order of publication.
        kind: "aufforderung", "einsicht", "wahlvorschlaege", "keine-wahl", "wahlbekanntmachung" or "sitzung".
        title: title of the notice.
        sheet: its whole text, as the page shows it; a dict with
            `format` ("beiratswahl-bekanntmachung"), `format_version` (1), `kind`, `number`, `heading` (line above the title, e.g.
            "Öffentliche Bekanntmachung"), `title`, `subtitle`, `authority`, `council`, `election_day` and `dated_on` (ISO days), `place`,
            `signatory`, `signatory_office`, `contact` (`office`, `address` lines, `lines` with telephone and e-mail) and `sections`:
            a list of `heading` ("" for none), `small` (True for a heading of third rank) and `blocks`, each with a `type`:
            "text" (`text`), "items" (`entries`), "facts" (`pairs` of label and value; a value may hold line breaks),
            "table" (`head`, `rows`; the second cell names the row) and "signatures" (`signers`, pairs of name and role).
        sha256: SHA-256 of the PDF.
        published_at_utc: when it went out.
        medium: where it was announced besides; "" when nothing was entered.
        withdrawn_at_utc: when it was withdrawn; None while it stands.
        withdrawn_reason: why; to be shown above the text.
    """

    election_id: int
    number: int
    kind: str
    title: str
    sheet: dict[str, Any]
    sha256: str
    published_at_utc: datetime
    medium: str
    withdrawn_at_utc: datetime | None
    withdrawn_reason: str


@dataclass(frozen=True, slots=True)
class InformationView:
    """Veröffentlichte Informationen zur Wahl: what there is to know before there is a result.

    Attributes:
        election_id: the election.
        number: 1, 2, 3 … within the election.
        sheet: a dict with `format` ("beiratswahl-information"), `format_version` (1), `ags`, `authority`, `level`, `council`, `bylaw`,
            `election_day` (ISO day), `system`, `seats`, `appointed_max`, `votes`, `max_votes_per_candidate`, `voting_mode`, `age`,
            `residence_months`, `grounds` (names of § 56 Abs. 2 GemO, e.g. "NR2A"), `ex_officio_grounds` (those that need no application),
            `dual_nationals_ex_officio`, `children_of_naturalised`,
            `deadlines` (`key`, `at` as ISO day or local moment, `text`, `source`), `office`, `council_contact` and
            `commissioner_contact` (lines each).
        sha256: SHA-256 of the sheet as stored.
        published_at_utc: when it went out.
        withdrawn_at_utc: when it was withdrawn; None while it stands.
        withdrawal_notice: why; to be shown above the text.
    """

    election_id: int
    number: int
    sheet: dict[str, Any]
    sha256: str
    published_at_utc: datetime
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


def notices(session: Session, election_id: int | None = None) -> tuple[NoticeView, ...]:
    """Bekanntmachungen vor der Wahl, the newest first and the withdrawn ones too.

    Args:
        session: any session.
        election_id: only of this election; None for all.
    """
    query = select(PublishedNotice).order_by(PublishedNotice.published_at_utc.desc(), PublishedNotice.id.desc())
    if election_id is not None:
        query = query.where(PublishedNotice.election_id == election_id)
    return tuple(_notice(row) for row in session.scalars(query))


def notice(session: Session, election_id: int, number: int) -> NoticeView | None:
    """One notice, or None."""
    query = select(PublishedNotice).where(PublishedNotice.election_id == election_id, PublishedNotice.number == number)
    row = session.scalars(query).one_or_none()
    return _notice(row) if row else None


def notice_pdf(session: Session, election_id: int, number: int) -> bytes | None:
    """The printed notice, byte for byte as hashed, or None."""
    query = select(PublishedNotice.pdf).where(PublishedNotice.election_id == election_id, PublishedNotice.number == number)
    return session.scalars(query).one_or_none()


def information(session: Session, election_id: int | None = None) -> tuple[InformationView, ...]:
    """Informationen zur Wahl in all their editions, the newest first and the withdrawn ones too.

    Args:
        session: any session.
        election_id: only of this election; None for all.
    """
    query = select(PublishedInformation).order_by(PublishedInformation.id.desc())
    if election_id is not None:
        query = query.where(PublishedInformation.election_id == election_id)
    return tuple(_information(row) for row in session.scalars(query))


def information_text(session: Session, election_id: int, number: int) -> str | None:
    """An information sheet, byte for byte as hashed, or None."""
    query = select(PublishedInformation.sheet).where(PublishedInformation.election_id == election_id, PublishedInformation.number == number)
    return session.scalars(query).one_or_none()


def state(session: Session) -> tuple[int, ...]:
    """A mark that changes with every publication and every withdrawal: for results, notices and information the newest and how many are
    withdrawn."""
    found: list[int] = []
    for table in (Publication, PublishedNotice, PublishedInformation):
        found += session.execute(select(func.coalesce(func.max(table.id), 0), func.count(table.withdrawn_at_utc))).one()
    return tuple(found)


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


def _notice(row: PublishedNotice) -> NoticeView:
    return NoticeView(
        row.election_id,
        row.number,
        row.kind,
        row.title,
        json.loads(row.sheet),
        row.sha256,
        row.published_at_utc,
        row.medium,
        row.withdrawn_at_utc,
        row.withdrawn_reason,
    )


def _information(row: PublishedInformation) -> InformationView:
    return InformationView(
        row.election_id,
        row.number,
        json.loads(row.sheet),
        row.sha256,
        row.published_at_utc,
        row.withdrawn_at_utc,
        row.withdrawal_notice,
    )


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
        row.signed_by,
    )
