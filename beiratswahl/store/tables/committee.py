"""Sittings of the Wahlausschuss before the election: invitation, attendance, decisions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKeyConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from beiratswahl.store.tables.base import Base, Electoral, Moment

SITTING_KEYS = ("committee_sittings.election_id", "committee_sittings.id")


class CommitteeSitting(Base, Electoral):
    """Sitzung des Wahlausschusses, from the invitation to its end."""

    __tablename__ = "committee_sittings"
    __table_args__ = (*Electoral.keys(), UniqueConstraint("election_id", "id"), UniqueConstraint("election_id", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    #: 1, 2, 3 … within the election
    number: Mapped[int] = mapped_column()
    begins_at_utc: Mapped[datetime] = mapped_column(Moment)
    room: Mapped[str] = mapped_column(Text)
    #: Tagesordnung, one text for each item
    agenda: Mapped[list[Any]] = mapped_column(JSON)
    #: day on which the invitations went out
    invited_on: Mapped[date | None] = mapped_column()
    opened_at_utc: Mapped[datetime | None] = mapped_column(Moment)
    closed_at_utc: Mapped[datetime | None] = mapped_column(Moment)
    #: what the chair found about the quorum, and why; empty before
    quorum: Mapped[str] = mapped_column(Text)
    #: who was heard with what, and other remarks for the minutes
    course: Mapped[str] = mapped_column(Text)
    #: why the sitting does not take place; empty when it does
    cancelled_reason: Mapped[str] = mapped_column(Text)


class CommitteeAttendance(Base, Electoral):
    """Anwesenheit: somebody who was invited or came; without a beginning the person did not appear."""

    __tablename__ = "committee_attendances"
    __table_args__ = (
        *Electoral.keys(),
        ForeignKeyConstraint(["election_id", "sitting_id"], SITTING_KEYS),
        UniqueConstraint("sitting_id", "name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column()
    name: Mapped[str] = mapped_column(Text)
    #: values of law.committee.CommitteeFunction
    function: Mapped[str] = mapped_column(Text)
    present_from_utc: Mapped[datetime | None] = mapped_column(Moment)
    present_to_utc: Mapped[datetime | None] = mapped_column(Moment)


class CommitteeDecision(Base, Electoral):
    """Beschluss des Wahlausschusses with its vote."""

    __tablename__ = "committee_decisions"
    __table_args__ = (
        *Electoral.keys(),
        ForeignKeyConstraint(["election_id", "sitting_id"], SITTING_KEYS),
        ForeignKeyConstraint(["election_id", "nomination_id"], ["nominations.election_id", "nominations.id"]),
        ForeignKeyConstraint(["candidate_id"], ["candidates.id"]),
        UniqueConstraint("sitting_id", "number"),
        CheckConstraint("yes >= 0 AND no >= 0 AND abstained >= 0", name="votes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column()
    #: 1, 2, 3 … within the sitting
    number: Mapped[int] = mapped_column()
    subject: Mapped[str] = mapped_column(Text)
    #: the nomination or the person it is about; None for any other resolution
    nomination_id: Mapped[int | None] = mapped_column()
    candidate_id: Mapped[int | None] = mapped_column()
    decision: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    yes: Mapped[int] = mapped_column()
    no: Mapped[int] = mapped_column()
    abstained: Mapped[int] = mapped_column()
