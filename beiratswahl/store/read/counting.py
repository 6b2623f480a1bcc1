"""Reads of the count of one polling district."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl.store.tables.counting import BallotStack, DistrictCount, PostalLetter, RecordedBallot


@dataclass(frozen=True, slots=True)
class CountView:
    """Stand der Zählung eines Stimmbezirks; all zero before anything is recorded."""

    letters_received: int = 0
    letters_late: int = 0
    letters_rejected: Mapping[str, int] = field(default_factory=dict)
    voters: int = 0
    blank_ballots: int = 0
    #: unchanged ballots by nomination id
    unchanged: Mapping[int, int] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)
    letters_recorded_at_utc: datetime | None = None
    closed_at_utc: datetime | None = None
    closed_by: str = ""
    closings: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class BallotView:
    """Ein einzeln erfasster Stimmzettel."""

    number: int
    content: Mapping[str, Any]
    valid: bool
    reason: str
    votes: Mapping[str, int]
    unused: int
    pile: str
    needs_resolution: bool
    resolution: str
    resolution_reason: str
    recorded_by: str
    recorded_at_utc: datetime
    cancelled: bool
    recorded_by_id: int | None = None
    provisional_mark: str = ""


@dataclass(frozen=True, slots=True)
class LetterView:
    """Ein Wahlbrief im laufenden Buch."""

    number: int
    certificate: str
    state: str
    reason: str
    recorded_by: str
    recorded_at_utc: datetime


def letters(session: Session, district_id: int) -> tuple[LetterView, ...]:
    """The book of a district, the newest letter first."""
    rows = session.scalars(select(PostalLetter).where(PostalLetter.district_id == district_id).order_by(PostalLetter.number.desc()))
    return tuple(LetterView(row.number, row.certificate, row.state, row.reason, row.recorded_by, row.recorded_at_utc) for row in rows)


def count(session: Session, district_id: int) -> CountView:
    """The count of a district as it stands."""
    stacks = session.scalars(select(BallotStack).where(BallotStack.district_id == district_id))
    unchanged = {row.nomination_id: row.ballots for row in stacks}
    row = session.scalars(select(DistrictCount).where(DistrictCount.district_id == district_id)).one_or_none()
    return count_view(row, unchanged)


def count_view(row: DistrictCount | None, unchanged: Mapping[int, int]) -> CountView:
    """The count of a district from its row and its stacks; None while nothing but stacks is recorded."""
    if row is None:
        return CountView(unchanged=unchanged)
    return CountView(
        row.letters_received,
        row.letters_late,
        row.letters_rejected,
        row.voters,
        row.blank_ballots,
        unchanged,
        row.explanations,
        row.letters_recorded_at_utc,
        row.closed_at_utc,
        row.closed_by,
        row.closings,
        row.version,
    )


def ballots(session: Session, district_id: int, *, newest: int | None = None, unresolved: bool = False) -> tuple[BallotView, ...]:
    """Single ballots of a district, the newest first; all of them, the newest few, or those that wait for a resolution."""
    query = select(RecordedBallot).where(RecordedBallot.district_id == district_id).order_by(RecordedBallot.number.desc())
    if unresolved:
        query = query.where(RecordedBallot.needs_resolution.is_(True), RecordedBallot.cancelled.is_(False))
    if newest is not None:
        query = query.limit(newest)
    return tuple(_ballot(row) for row in session.scalars(query))


def ballot(session: Session, district_id: int, number: int) -> BallotView | None:
    """One ballot by its number, or None."""
    query = select(RecordedBallot).where(RecordedBallot.district_id == district_id, RecordedBallot.number == number)
    row = session.scalars(query).one_or_none()
    return _ballot(row) if row else None


def recorded(session: Session, district_id: int) -> tuple[int, int]:
    """How many single ballots of a district count, and how many of them wait for a resolution; cancelled ones left out."""
    query = select(RecordedBallot.needs_resolution, func.count()).where(
        RecordedBallot.district_id == district_id, RecordedBallot.cancelled.is_(False)
    )
    numbers = {waiting: ballots for waiting, ballots in session.execute(query.group_by(RecordedBallot.needs_resolution))}
    return sum(numbers.values()), numbers.get(True, 0)


def _ballot(row: RecordedBallot) -> BallotView:
    return BallotView(
        row.number,
        row.content,
        row.valid,
        row.reason,
        row.votes,
        row.unused,
        row.pile,
        row.needs_resolution,
        row.resolution,
        row.resolution_reason,
        row.recorded_by,
        row.recorded_at_utc,
        row.cancelled,
        row.recorded_by_id,
        row.provisional_mark or "",
    )
