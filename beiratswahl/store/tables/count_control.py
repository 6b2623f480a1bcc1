"""Control of the count: which procedure an election chose, the draws of its samples, stacks counted twice, names written in several ways,
devices that hold ballots nobody has received yet."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKeyConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from beiratswahl.store.tables.base import Base, Electoral, Moment
from beiratswahl.store.tables.counting import DistrictKeys


class CountControl(Base, Electoral):
    """Gewähltes Verfahren der Kontrolle, one row for an election; none before it is chosen."""

    __tablename__ = "count_controls"
    __table_args__ = (
        *Electoral.keys(),
        UniqueConstraint("election_id"),
        CheckConstraint("percent BETWEEN 1 AND 100 AND least >= 1 AND allowed >= 0", name="sample_rule"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: values of law.count_control.ControlMethod
    method: Mapped[str] = mapped_column(Text)
    #: law.count_control.SampleRule
    percent: Mapped[int] = mapped_column()
    least: Mapped[int] = mapped_column()
    allowed: Mapped[int] = mapped_column()
    #: the decision, when it was changed after counting had begun
    decision: Mapped[str] = mapped_column(Text)
    chosen_by: Mapped[str] = mapped_column(Text)
    chosen_at_utc: Mapped[datetime] = mapped_column(Moment)


class SampleDraw(Base, DistrictKeys):
    """Ziehung der Stichprobe eines Stimmbezirks, as it was thrown; nothing of it is ever changed."""

    __tablename__ = "sample_draws"
    __table_args__ = (*DistrictKeys.keys(), UniqueConstraint("district_id", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    #: 1, 2 … within the district
    number: Mapped[int] = mapped_column()
    #: points of the dice as read out
    points: Mapped[str] = mapped_column(Text)
    thrown_by: Mapped[str] = mapped_column(Text)
    #: how many ballots could be drawn, and the highest number among them
    ballots: Mapped[int] = mapped_column()
    highest_number: Mapped[int] = mapped_column()
    #: law.count_control.SampleRule as it was in force
    percent: Mapped[int] = mapped_column()
    least: Mapped[int] = mapped_column()
    allowed: Mapped[int] = mapped_column()
    #: numbers of the drawn ballots, ascending
    drawn: Mapped[list[int]] = mapped_column(JSON)
    recorded_by: Mapped[str] = mapped_column(Text)
    drawn_at_utc: Mapped[datetime] = mapped_column(Moment)


class StackEntry(Base, DistrictKeys):
    """Zählung der Stapel durch eine Person; place 1 and 2 are two people who did not see each other's numbers."""

    __tablename__ = "stack_entries"
    __table_args__ = (
        *DistrictKeys.keys(),
        UniqueConstraint("district_id", "place"),
        ForeignKeyConstraint(["district_id", "member_id"], ["board_members.district_id", "board_members.id"]),
        UniqueConstraint("district_id", "member_id"),
        CheckConstraint("place IN (1, 2)", name="two_people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column()
    #: who counted; None only for what was recorded while names were typed
    member_id: Mapped[int | None] = mapped_column()
    #: name of the member as it stood then
    counted_by: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(Text)
    #: ballots by id of the nomination as text, and "blank"
    amounts: Mapped[dict[str, int]] = mapped_column(JSON)
    #: what was settled with the paper in hand: by the same keys first number, second number, the one that holds
    settled: Mapped[dict[str, Any]] = mapped_column(JSON)
    recorded_at_utc: Mapped[datetime] = mapped_column(Moment)


class SpellingMerge(Base, DistrictKeys):
    """Beschluss über eine Schreibweise: a name as voters wrote it means this person."""

    __tablename__ = "spelling_merges"
    __table_args__ = (
        *DistrictKeys.keys(),
        UniqueConstraint("district_id", "spelling"),
        CheckConstraint("spelling <> person", name="two_names"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    spelling: Mapped[str] = mapped_column(Text)
    #: another spelling, or the number of a printed person
    person: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[str] = mapped_column(Text)
    decided_at_utc: Mapped[datetime] = mapped_column(Moment)


class UnsentDevice(Base, DistrictKeys):
    """Gerät, das noch nicht gesendete Stimmzettel gemeldet hat; the row goes when the last of them has arrived."""

    __tablename__ = "unsent_devices"
    __table_args__ = (*DistrictKeys.keys(), UniqueConstraint("district_id", "device"), CheckConstraint("ballots >= 1", name="some"))

    id: Mapped[int] = mapped_column(primary_key=True)
    #: two letters the device made for itself; they stand on the papers as well
    device: Mapped[str] = mapped_column(Text)
    ballots: Mapped[int] = mapped_column()
    announced_by: Mapped[str] = mapped_column(Text)
    announced_at_utc: Mapped[datetime] = mapped_column(Moment)
