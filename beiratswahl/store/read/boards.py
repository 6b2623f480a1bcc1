"""Reads of the polling board of one district."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.law.boards import Function
from beiratswahl.store.tables.boards import BoardMember, BoardPresence, CountRecord, Incident, OpeningCheck


@dataclass(frozen=True, slots=True)
class PresenceView:
    """Kommen oder Gehen."""

    number: int
    present: bool
    at_utc: datetime


@dataclass(frozen=True, slots=True)
class MemberView:
    """Mitglied des Wahlvorstands with its comings and goings in their order."""

    member_id: int
    name: str
    function: str
    counting_group: int
    presences: tuple[PresenceView, ...]

    @property
    def present(self) -> bool:
        """Whether the member is there now."""
        return bool(self.presences) and self.presences[-1].present

    @property
    def attended(self) -> bool:
        """Whether the member was there at all."""
        return any(each.present for each in self.presences)


@dataclass(frozen=True, slots=True)
class OpeningView:
    """Bestätigung der Prüfung vor Beginn by one of the two."""

    member_id: int
    program_version: str
    fingerprint: str
    at_utc: datetime


@dataclass(frozen=True, slots=True)
class IncidentView:
    """Besonderer Vorfall."""

    number: int
    text: str
    recorded_by: str
    at_utc: datetime


def members(session: Session, district_id: int) -> tuple[MemberView, ...]:
    """Members in the order of their appointment."""
    found = session.scalars(select(BoardMember).where(BoardMember.district_id == district_id).order_by(BoardMember.id)).all()
    if not found:  # asked with every ballot
        return ()
    presences: dict[int, list[PresenceView]] = {}
    rows = session.scalars(select(BoardPresence).where(BoardPresence.district_id == district_id).order_by(BoardPresence.number))
    for row in rows:
        presences.setdefault(row.member_id, []).append(PresenceView(row.number, row.present, row.at_utc))
    return tuple(MemberView(row.id, row.name, row.function, row.counting_group, tuple(presences.get(row.id, ()))) for row in found)


def led_districts(session: Session, election_id: int) -> frozenset[int]:
    """Polling districts (ids) with a Wahlvorsteher or Briefwahlvorsteher."""
    query = select(BoardMember.district_id).where(BoardMember.election_id == election_id, BoardMember.function == Function.CHAIR.value)
    return frozenset(session.scalars(query))


def openings(session: Session, district_id: int) -> tuple[OpeningView, ...]:
    """Who confirmed the check before the start."""
    rows = session.scalars(select(OpeningCheck).where(OpeningCheck.district_id == district_id).order_by(OpeningCheck.id))
    return tuple(OpeningView(row.member_id, row.program_version, row.fingerprint, row.at_utc) for row in rows)


def incidents(session: Session, district_id: int) -> tuple[IncidentView, ...]:
    """Incidents by number."""
    rows = session.scalars(select(Incident).where(Incident.district_id == district_id).order_by(Incident.number))
    return tuple(IncidentView(row.number, row.text, row.recorded_by, row.at_utc) for row in rows)


def record(session: Session, district_id: int, kind: str, closing: int) -> bytes | None:
    """The stored document of one closing, or None."""
    query = select(CountRecord.pdf).where(CountRecord.district_id == district_id, CountRecord.kind == kind)
    return session.scalars(query.where(CountRecord.closing == closing)).one_or_none()


def closings(session: Session, district_id: int) -> tuple[int, ...]:
    """Closings of which documents are stored, the newest first."""
    query = select(CountRecord.closing).where(CountRecord.district_id == district_id).distinct()
    return tuple(session.scalars(query.order_by(CountRecord.closing.desc())))
