"""The term of a council, and the members it has besides the elected ones."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from beiratswahl.store.tables.base import Base, Electoral, Moment


class CouncilTerm(Base, Electoral):
    """Amtszeit: the day on which it begins; where it ends is law."""

    __tablename__ = "council_terms"
    __table_args__ = (*Electoral.keys(), UniqueConstraint("election_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    begins_on: Mapped[date] = mapped_column()
    recorded_by: Mapped[str] = mapped_column(Text)
    recorded_at_utc: Mapped[datetime] = mapped_column(Moment)


class AppointedMember(Base, Electoral):
    """Berufenes Mitglied: whom the council of the municipality has appointed, where the bylaw provides for it."""

    __tablename__ = "appointed_members"
    __table_args__ = (
        *Electoral.keys(),
        CheckConstraint("ended_on IS NULL OR ended_on >= appointed_on", name="ended_later"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    appointed_on: Mapped[date] = mapped_column()
    #: decision of the council, e.g. "Stadtrat, 3. Dezember 2026, TOP 4"
    reason: Mapped[str] = mapped_column(Text)
    ended_on: Mapped[date | None] = mapped_column()
    ended_reason: Mapped[str] = mapped_column(Text, default="")
    recorded_by: Mapped[str] = mapped_column(Text)
    recorded_at_utc: Mapped[datetime] = mapped_column(Moment)
