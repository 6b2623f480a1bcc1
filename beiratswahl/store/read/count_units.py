"""Reads of merged polling districts and of the screens that show the progress."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from beiratswahl.store.read.setup import DistrictView, district
from beiratswahl.store.tables.count_units import DistrictMerger, RoomScreen


@dataclass(frozen=True, slots=True)
class MergerView:
    """Zusammenlegung: which district gives its ballots to which, by which decision."""

    giver_id: int
    receiver_id: int
    reason: str
    decided_on: date
    recorded_by: str
    recorded_at_utc: datetime


@dataclass(frozen=True, slots=True)
class PartnersView:
    """Mit wem ein Bezirk zusammengelegt ist: whose ballots it counts, and who counts its own; at most one of the two is ever there."""

    givers: tuple[int, ...]
    receiver: int | None


@dataclass(frozen=True, slots=True)
class ScreenView:
    """Anzeige für den Raum."""

    screen_id: int
    municipality_id: int
    election_id: int
    district_id: int | None
    shows_votes: bool
    made_by: str
    made_at_utc: datetime


def mergers(session: Session, election_id: int) -> Mapping[int, MergerView]:
    """Mergers of an election by the district that gives."""
    rows = session.scalars(select(DistrictMerger).where(DistrictMerger.election_id == election_id).order_by(DistrictMerger.district_id))
    return {
        row.district_id: MergerView(row.district_id, row.receiver_id, row.reason, row.decided_on, row.recorded_by, row.recorded_at_utc)
        for row in rows
    }


def receiver_of(session: Session, district_id: int) -> DistrictView | None:
    """The district that counts the ballots of this one; None when it counts them itself."""
    receiver_id = session.scalars(select(DistrictMerger.receiver_id).where(DistrictMerger.district_id == district_id)).one_or_none()
    return None if receiver_id is None else district(session, receiver_id)


def partners_of(session: Session, district_id: int) -> PartnersView:
    """Both sides of a district's merger in one query."""
    query = select(DistrictMerger.district_id, DistrictMerger.receiver_id)
    query = query.where(or_(DistrictMerger.district_id == district_id, DistrictMerger.receiver_id == district_id))
    rows = session.execute(query.order_by(DistrictMerger.district_id)).all()
    receivers = [receiver for giver, receiver in rows if giver == district_id]
    return PartnersView(tuple(giver for giver, receiver in rows if receiver == district_id), receivers[0] if receivers else None)


def givers_of(session: Session, district_id: int) -> tuple[int, ...]:
    """Districts whose ballots this one counts with its own."""
    query = select(DistrictMerger.district_id).where(DistrictMerger.receiver_id == district_id)
    return tuple(session.scalars(query.order_by(DistrictMerger.district_id)))


def screens(session: Session, election_id: int) -> tuple[ScreenView, ...]:
    """Open screens of an election."""
    rows = session.scalars(select(RoomScreen).where(RoomScreen.election_id == election_id).order_by(RoomScreen.id))
    return tuple(_screen(row) for row in rows)


def screen_of(session: Session, link_hash: str) -> ScreenView | None:
    """The screen of a link, or None."""
    row = session.scalars(select(RoomScreen).where(RoomScreen.link_hash == link_hash)).one_or_none()
    return _screen(row) if row else None


def _screen(row: RoomScreen) -> ScreenView:
    return ScreenView(row.id, row.municipality_id, row.election_id, row.district_id, row.shows_votes, row.made_by, row.made_at_utc)
