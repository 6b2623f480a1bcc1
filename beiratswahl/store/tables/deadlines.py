"""Deadlines ticked by hand, where the archive cannot know that they were kept."""

from datetime import date, datetime

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from beiratswahl.store.tables.base import Base, Electoral, Moment


class DeadlineTick(Base, Electoral):
    """Abgehakte Frist."""

    __tablename__ = "deadline_ticks"
    __table_args__ = (*Electoral.keys(), UniqueConstraint("election_id", "key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    #: key of law.deadlines.Deadline
    key: Mapped[str] = mapped_column(Text)
    done_on: Mapped[date] = mapped_column()
    note: Mapped[str] = mapped_column(Text)
    ticked_by: Mapped[str] = mapped_column(Text)
    ticked_at_utc: Mapped[datetime] = mapped_column(Moment)
