"""Reads of many polling districts at once: as many queries for thirty districts as for one."""

from collections.abc import Collection, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl.store.read.counting import CountView, count_view
from beiratswahl.store.tables.counting import BallotStack, DistrictCount, PostalLetter, RecordedBallot

#: by district: single ballots that count, and how many of them wait for a resolution
Recorded = Mapping[int, tuple[int, int]]


def counts(session: Session, district_ids: Collection[int]) -> Mapping[int, CountView]:
    """Counts by district, as `counting.count` reads one; a district where nothing is recorded is left out."""
    unchanged: dict[int, dict[int, int]] = {}
    for stack in session.scalars(select(BallotStack).where(BallotStack.district_id.in_(district_ids))):
        unchanged.setdefault(stack.district_id, {})[stack.nomination_id] = stack.ballots
    rows = {row.district_id: row for row in session.scalars(select(DistrictCount).where(DistrictCount.district_id.in_(district_ids)))}
    return {key: count_view(rows.get(key), unchanged.get(key, {})) for key in rows.keys() | unchanged.keys()}


def recorded(session: Session, district_ids: Collection[int]) -> Recorded:
    """Single ballots that count, and how many of them wait for a resolution, by district."""
    found: dict[int, tuple[int, int]] = {}
    query = (
        select(RecordedBallot.district_id, RecordedBallot.needs_resolution, func.count())
        .where(RecordedBallot.district_id.in_(district_ids), RecordedBallot.cancelled.is_(False))
        .group_by(RecordedBallot.district_id, RecordedBallot.needs_resolution)
    )
    for district_id, waits, ballots in session.execute(query):
        every, waiting = found.get(district_id, (0, 0))
        found[district_id] = (every + ballots, waiting + (ballots if waits else 0))
    return found


def letters(session: Session, election_id: int, state: str) -> Mapping[int, int]:
    """Letters of the running books in one state, by district."""
    query = select(PostalLetter.district_id, func.count()).where(PostalLetter.election_id == election_id, PostalLetter.state == state)
    return {district_id: number for district_id, number in session.execute(query.group_by(PostalLetter.district_id))}
