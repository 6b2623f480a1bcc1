"""Reads of the control of a count: chosen procedure, draws, stacks counted twice, merged spellings, devices with unsent ballots."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.store.tables.count_control import CountControl, SampleDraw, SpellingMerge, StackEntry, UnsentDevice


@dataclass(frozen=True, slots=True)
class ControlView:
    """Gewähltes Verfahren der Kontrolle."""

    method: str
    percent: int
    least: int
    allowed: int
    decision: str
    chosen_by: str
    chosen_at_utc: datetime


@dataclass(frozen=True, slots=True)
class DrawView:
    """Ziehung einer Stichprobe."""

    number: int
    points: str
    thrown_by: str
    ballots: int
    highest_number: int
    percent: int
    least: int
    allowed: int
    drawn: tuple[int, ...]
    recorded_by: str
    drawn_at_utc: datetime


@dataclass(frozen=True, slots=True)
class StackView:
    """Zählung der Stapel durch eine Person."""

    place: int
    member_id: int | None
    counted_by: str
    amounts: Mapping[str, int]
    settled: Mapping[str, Any]
    recorded_at_utc: datetime


@dataclass(frozen=True, slots=True)
class MergeView:
    """Zusammengeführte Schreibweise."""

    spelling: str
    person: str
    reason: str
    decided_by: str
    decided_at_utc: datetime


@dataclass(frozen=True, slots=True)
class UnsentView:
    """Gerät mit nicht gesendeten Stimmzetteln."""

    device: str
    ballots: int
    announced_by: str
    announced_at_utc: datetime


def chosen(session: Session, election_id: int) -> ControlView | None:
    """The procedure an election has chosen, or None."""
    row = session.scalars(select(CountControl).where(CountControl.election_id == election_id)).one_or_none()
    if row is None:
        return None
    return ControlView(row.method, row.percent, row.least, row.allowed, row.decision, row.chosen_by, row.chosen_at_utc)


def draws(session: Session, district_id: int) -> tuple[DrawView, ...]:
    """The draws of a district in their order."""
    rows = session.scalars(select(SampleDraw).where(SampleDraw.district_id == district_id).order_by(SampleDraw.number))
    return tuple(
        DrawView(
            row.number,
            row.points,
            row.thrown_by,
            row.ballots,
            row.highest_number,
            row.percent,
            row.least,
            row.allowed,
            tuple(row.drawn),
            row.recorded_by,
            row.drawn_at_utc,
        )
        for row in rows
    )


def stack_entries(session: Session, district_id: int) -> dict[int, StackView]:
    """The two counts of the stacks of a district by their place, 1 and 2."""
    rows = session.scalars(select(StackEntry).where(StackEntry.district_id == district_id))
    return {row.place: StackView(row.place, row.member_id, row.counted_by, row.amounts, row.settled, row.recorded_at_utc) for row in rows}


def merges(session: Session, district_id: int) -> tuple[MergeView, ...]:
    """The merged spellings of a district by name."""
    rows = session.scalars(select(SpellingMerge).where(SpellingMerge.district_id == district_id).order_by(SpellingMerge.spelling))
    return tuple(MergeView(row.spelling, row.person, row.reason, row.decided_by, row.decided_at_utc) for row in rows)


def unsent(session: Session, district_id: int) -> tuple[UnsentView, ...]:
    """Devices of a district that have announced unsent ballots."""
    rows = session.scalars(select(UnsentDevice).where(UnsentDevice.district_id == district_id).order_by(UnsentDevice.device))
    return tuple(UnsentView(row.device, row.ballots, row.announced_by, row.announced_at_utc) for row in rows)
