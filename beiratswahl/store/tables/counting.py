"""What polling boards and counting teams record: postal letters, stacks, single ballots."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from beiratswahl.store.tables.base import Base, Electoral, Moment


class DistrictKeys(Electoral):
    """A row that belongs to one polling district of one election."""

    district_id: Mapped[int] = mapped_column()

    @staticmethod
    def keys() -> tuple[ForeignKeyConstraint, ...]:  # type: ignore[override]  # one key more than its parent
        district = ForeignKeyConstraint(["election_id", "district_id"], ["polling_districts.election_id", "polling_districts.id"])
        return (*Electoral.keys(), district)


class DistrictCount(Base, DistrictKeys):
    """Zählung eines Stimmbezirks: its letters, its state, the explanations of its board."""

    __tablename__ = "district_counts"
    __table_args__ = (
        *DistrictKeys.keys(),
        UniqueConstraint("district_id"),
        CheckConstraint("voters >= 0 AND letters_received >= 0 AND letters_late >= 0 AND blank_ballots >= 0", name="not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Wahlbriefe received in time and late
    letters_received: Mapped[int] = mapped_column(default=0)
    letters_late: Mapped[int] = mapped_column(default=0)
    #: rejected letters by reason (law.checks)
    letters_rejected: Mapped[dict[str, int]] = mapped_column(JSON)
    #: Wähler: ballot envelopes taken from the urn
    voters: Mapped[int] = mapped_column(default=0)
    #: Stapel 3: blank or obviously invalid ballots, counted and not typed
    blank_ballots: Mapped[int] = mapped_column(default=0)
    #: written explanations of the board by code of the plausibility rule
    explanations: Mapped[dict[str, str]] = mapped_column(JSON)
    letters_recorded_at_utc: Mapped[datetime | None] = mapped_column(Moment)
    closed_at_utc: Mapped[datetime | None] = mapped_column(Moment)
    closed_by: Mapped[str] = mapped_column(Text, default="")
    #: how often it was closed; reopening does not count down
    closings: Mapped[int] = mapped_column(default=0, server_default="0")
    #: counts up with every change; a stale page is refused
    version: Mapped[int] = mapped_column(default=0)


class BallotStack(Base, DistrictKeys):
    """Stapel 1a: unchanged ballots of one list (KWO § 53 Abs. 1 Nr. 1 Buchst. a)."""

    __tablename__ = "ballot_stacks"
    __table_args__ = (
        *DistrictKeys.keys(),
        ForeignKeyConstraint(["election_id", "nomination_id"], ["nominations.election_id", "nominations.id"]),
        UniqueConstraint("district_id", "nomination_id"),
        CheckConstraint("ballots >= 0", name="not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    nomination_id: Mapped[int] = mapped_column()
    ballots: Mapped[int] = mapped_column()


class RecordedBallot(Base, DistrictKeys):
    """Einzeln erfasster Stimmzettel: what stands on the paper, the verdict of the law, the resolution of the board."""

    __tablename__ = "recorded_ballots"
    __table_args__ = (
        *DistrictKeys.keys(),
        UniqueConstraint("district_id", "number"),
        UniqueConstraint("district_id", "client_id"),
        Index("ix_recorded_ballots_district_id", "district_id"),
        Index("ix_recorded_ballots_district_id_number_recorded_by_id", "district_id", "number", "recorded_by_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: 1, 2, 3 … within the district; people write it on the paper
    number: Mapped[int] = mapped_column()
    #: made by the page that sent it, so that a repeated send counts once
    client_id: Mapped[str] = mapped_column(Text)
    #: list_marks, marks, struck, write_ins, findings, as law.ballots reads them
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    valid: Mapped[bool] = mapped_column()
    reason: Mapped[str] = mapped_column(Text)
    votes: Mapped[dict[str, int]] = mapped_column(JSON)
    unused: Mapped[int] = mapped_column()
    pile: Mapped[str] = mapped_column(Text)
    needs_resolution: Mapped[bool] = mapped_column()
    #: resolution of the board: "gültig", "ungültig" or empty
    resolution: Mapped[str] = mapped_column(Text, default="")
    resolution_reason: Mapped[str] = mapped_column(Text, default="")
    recorded_by: Mapped[str] = mapped_column(Text)
    #: account that entered it; None for what a command of the installation recorded
    recorded_by_id: Mapped[int | None] = mapped_column()
    recorded_at_utc: Mapped[datetime] = mapped_column(Moment)
    cancelled: Mapped[bool] = mapped_column(default=False)
    #: what was written on the paper first, when it was typed without a connection
    provisional_mark: Mapped[str | None] = mapped_column(Text)


class PostalLetter(Base, DistrictKeys):
    """Wahlbrief im laufenden Buch: by the number of its Wahlschein, which nobody else's letter may carry."""

    __tablename__ = "postal_letters"
    __table_args__ = (
        *DistrictKeys.keys(),
        UniqueConstraint("district_id", "number"),
        UniqueConstraint("election_id", "certificate"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column()
    #: number of the Wahlschein as scanned or typed
    certificate: Mapped[str] = mapped_column(Text)
    #: values of law.postal.LetterState
    state: Mapped[str] = mapped_column(Text)
    #: key of law.postal.Rejection, or empty
    reason: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(Text)
    recorded_at_utc: Mapped[datetime] = mapped_column(Moment)
