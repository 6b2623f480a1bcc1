"""Zähleinheiten: a small polling district whose ballots another one counts, and the links of the screens that show the progress."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from beiratswahl.store.tables.base import Base, Electoral, Moment
from beiratswahl.store.tables.counting import DistrictKeys


class DistrictMerger(Base, DistrictKeys):
    """Zusammenlegung: the district gives its unopened ballots to another one, which counts them with its own."""

    __tablename__ = "district_mergers"
    __table_args__ = (
        *DistrictKeys.keys(),
        ForeignKeyConstraint(["election_id", "receiver_id"], ["polling_districts.election_id", "polling_districts.id"]),
        UniqueConstraint("district_id"),
        CheckConstraint("district_id <> receiver_id", name="two_districts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    receiver_id: Mapped[int] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(Text)
    decided_on: Mapped[date] = mapped_column()
    #: who entered the decision, and when
    recorded_by: Mapped[str] = mapped_column(Text)
    recorded_at_utc: Mapped[datetime] = mapped_column(Moment)


class RoomScreen(Base, Electoral):
    """Anzeige für den Raum: its link, for a whole election or for one polling district."""

    __tablename__ = "room_screens"
    __table_args__ = (
        *Electoral.keys(),
        ForeignKeyConstraint(["election_id", "district_id"], ["polling_districts.election_id", "polling_districts.id"]),
        UniqueConstraint("link_hash"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: None for all districts of the election
    district_id: Mapped[int | None] = mapped_column()
    #: SHA-256 of the secret in the link
    link_hash: Mapped[str] = mapped_column(Text)
    #: whether votes are shown once everything on the screen is closed
    shows_votes: Mapped[bool] = mapped_column()
    made_by: Mapped[str] = mapped_column(Text)
    made_at_utc: Mapped[datetime] = mapped_column(Moment)
