"""Reads of the sittings of the Wahlausschuss."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from beiratswahl.store.tables.committee import CommitteeAttendance, CommitteeDecision, CommitteeSitting
from beiratswahl.store.tables.publication import PublishedNotice


@dataclass(frozen=True, slots=True)
class AttendanceView:
    """Anwesenheit of one person; without a beginning the person did not appear."""

    attendance_id: int
    name: str
    function: str
    present_from_utc: datetime | None
    present_to_utc: datetime | None


@dataclass(frozen=True, slots=True)
class DecisionView:
    """Beschluss with its vote."""

    number: int
    subject: str
    nomination_id: int | None
    candidate_id: int | None
    decision: str
    reason: str
    yes: int
    no: int
    abstained: int


@dataclass(frozen=True, slots=True)
class SittingNoticeView:
    """Bekanntmachung einer Sitzung."""

    number: int
    published_at_utc: datetime
    withdrawn_at_utc: datetime | None


@dataclass(frozen=True, slots=True)
class SittingView:
    """Sitzung des Wahlausschusses with everybody invited and everything decided."""

    sitting_id: int
    election_id: int
    number: int
    begins_at_utc: datetime
    room: str
    agenda: tuple[str, ...]
    invited_on: date | None
    opened_at_utc: datetime | None
    closed_at_utc: datetime | None
    quorum: str
    course: str
    cancelled_reason: str
    attendances: tuple[AttendanceView, ...]
    decisions: tuple[DecisionView, ...]
    #: by number, the withdrawn ones too
    notices: tuple[SittingNoticeView, ...]

    @property
    def announced(self) -> SittingNoticeView | None:
        """The notice of this sitting that stands, or None."""
        return next((of for of in self.notices if of.withdrawn_at_utc is None), None)

    @property
    def running(self) -> bool:
        """Whether it is open now: decisions are recorded only then."""
        return self.opened_at_utc is not None and self.closed_at_utc is None and not self.cancelled_reason


def sittings(session: Session, election_id: int) -> tuple[SittingView, ...]:
    """Sitzungen einer Wahl by number."""
    return _views(session, CommitteeSitting.election_id == election_id)


def sitting(session: Session, sitting_id: int) -> SittingView | None:
    """One sitting, or None."""
    found = _views(session, CommitteeSitting.id == sitting_id)
    return found[0] if found else None


def _views(session: Session, wanted: ColumnElement[bool]) -> tuple[SittingView, ...]:
    rows = session.scalars(select(CommitteeSitting).where(wanted).order_by(CommitteeSitting.number)).all()
    return tuple(_view(session, row) for row in rows)


def _view(session: Session, row: CommitteeSitting) -> SittingView:
    present = session.scalars(select(CommitteeAttendance).where(CommitteeAttendance.sitting_id == row.id).order_by(CommitteeAttendance.id))
    decided = session.scalars(select(CommitteeDecision).where(CommitteeDecision.sitting_id == row.id).order_by(CommitteeDecision.number))
    announced = session.scalars(select(PublishedNotice).where(PublishedNotice.sitting_id == row.id).order_by(PublishedNotice.number))
    return SittingView(
        sitting_id=row.id,
        election_id=row.election_id,
        number=row.number,
        begins_at_utc=row.begins_at_utc,
        room=row.room,
        agenda=tuple(row.agenda),
        invited_on=row.invited_on,
        opened_at_utc=row.opened_at_utc,
        closed_at_utc=row.closed_at_utc,
        quorum=row.quorum,
        course=row.course,
        cancelled_reason=row.cancelled_reason,
        attendances=tuple(AttendanceView(of.id, of.name, of.function, of.present_from_utc, of.present_to_utc) for of in present),
        decisions=tuple(
            DecisionView(of.number, of.subject, of.nomination_id, of.candidate_id, of.decision, of.reason, of.yes, of.no, of.abstained)
            for of in decided
        ),
        notices=tuple(SittingNoticeView(of.number, of.published_at_utc, of.withdrawn_at_utc) for of in announced),
    )
