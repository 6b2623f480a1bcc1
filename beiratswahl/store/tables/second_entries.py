"""Zweiteingabe: every ballot typed once more by another account, as the database itself demands."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKeyConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from beiratswahl.store.tables.base import Base, Moment
from beiratswahl.store.tables.counting import DistrictKeys


class SecondEntry(Base, DistrictKeys):
    """Zweite Eingabe eines Stimmzettels; the keys carry the account of the first, so that nobody can enter both."""

    __tablename__ = "second_entries"
    __table_args__ = (
        *DistrictKeys.keys(),
        ForeignKeyConstraint(
            ["district_id", "number", "first_by_id"],
            ["recorded_ballots.district_id", "recorded_ballots.number", "recorded_ballots.recorded_by_id"],
        ),
        UniqueConstraint("district_id", "number"),
        CheckConstraint("first_by_id <> second_by_id", name="two_people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: number of the ballot, from the paper
    number: Mapped[int] = mapped_column()
    #: account of the first and of the second entry
    first_by_id: Mapped[int] = mapped_column()
    second_by_id: Mapped[int] = mapped_column()
    second_by: Mapped[str] = mapped_column(Text)
    #: as in recorded_ballots
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: which entry each of the two says is right: "erste", "zweite" or empty
    first_says: Mapped[str] = mapped_column(Text, default="")
    second_says: Mapped[str] = mapped_column(Text, default="")
    recorded_at_utc: Mapped[datetime] = mapped_column(Moment)
