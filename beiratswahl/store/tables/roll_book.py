"""Beside the entries of the roll: Wahlscheine, register districts and their Stimmbezirke, statistics frozen at the closing."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from beiratswahl.store.tables.base import Base, Electoral, Moment


class VotingCertificate(Base, Electoral):
    """Wahlschein; all rows together are the Wahlscheinverzeichnis, the invalid ones the Verzeichnis of invalid Wahlscheine."""

    __tablename__ = "voting_certificates"
    __table_args__ = (
        *Electoral.keys(),
        ForeignKeyConstraint(["election_id", "district_id"], ["polling_districts.election_id", "polling_districts.id"]),
        ForeignKeyConstraint(["person_id"], ["registered_persons.id"]),
        ForeignKeyConstraint(["replaces_id"], ["voting_certificates.id"]),
        UniqueConstraint("election_id", "number"),
        UniqueConstraint("election_id", "id"),
        CheckConstraint("number <> ''", name="numbered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: no index of its own: the unique pair begins with it
    election_id: Mapped[int] = mapped_column()
    #: as printed, without blanks, in capital letters
    number: Mapped[str] = mapped_column(Text)
    #: running number where the program gave it; NULL for a number from outside
    running: Mapped[int | None] = mapped_column()
    person_id: Mapped[int] = mapped_column(index=True)
    district_id: Mapped[int] = mapped_column()
    issued_at_utc: Mapped[datetime] = mapped_column(Moment)
    issued_by: Mapped[str] = mapped_column(Text)
    #: values of operations.roll_certificates.Delivery
    delivery: Mapped[str] = mapped_column(Text)
    sent_on: Mapped[date | None] = mapped_column()
    #: why it was issued in a special case (not in the roll, after the closing); empty otherwise
    reason: Mapped[str] = mapped_column(Text)
    #: issued after the closing of the roll: kept in a list of its own (§ 21 KWO)
    after_closing: Mapped[bool] = mapped_column()
    replaces_id: Mapped[int | None] = mapped_column()
    #: NULL while it is valid
    invalidated_at_utc: Mapped[datetime | None] = mapped_column(Moment)
    invalidated_by: Mapped[str] = mapped_column(Text)
    invalid_reason: Mapped[str] = mapped_column(Text)


class RegisterDistrict(Base, Electoral):
    """Zuordnung: a district of the register, or one street in it, belongs to a polling district."""

    __tablename__ = "register_districts"
    __table_args__ = (
        *Electoral.keys(),
        ForeignKeyConstraint(["election_id", "district_id"], ["polling_districts.election_id", "polling_districts.id"]),
        UniqueConstraint("election_id", "name", "street"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: no index of its own: the unique triple begins with it
    election_id: Mapped[int] = mapped_column()
    #: as the register names it; empty where it names none
    name: Mapped[str] = mapped_column(Text)
    #: only this street; empty for the whole district
    street: Mapped[str] = mapped_column(Text)
    district_id: Mapped[int] = mapped_column()


class HouseRange(Base, Electoral):
    """Hausnummern: a range of one street that belongs to another polling district than the rest of it."""

    __tablename__ = "house_ranges"
    __table_args__ = (
        *Electoral.keys(),
        ForeignKeyConstraint(["election_id", "district_id"], ["polling_districts.election_id", "polling_districts.id"]),
        CheckConstraint("first_number > 0 AND first_number <= last_number", name="in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: district as the register names it; empty where it names none
    name: Mapped[str] = mapped_column(Text)
    street: Mapped[str] = mapped_column(Text)
    first_number: Mapped[int] = mapped_column()
    last_number: Mapped[int] = mapped_column()
    #: values of store.house_numbers.Side
    side: Mapped[str] = mapped_column(Text)
    district_id: Mapped[int] = mapped_column()


class RollStatistic(Base, Electoral):
    """Statistik zum Abschluss: how many Wahlberechtigte belonged to a group when the roll was closed."""

    __tablename__ = "roll_statistics"
    __table_args__ = (*Electoral.keys(), UniqueConstraint("election_id", "dimension", "label"))

    id: Mapped[int] = mapped_column(primary_key=True)
    #: no index of its own: the unique triple begins with it
    election_id: Mapped[int] = mapped_column()
    #: values of store.read.roll_statistics.Dimension
    dimension: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    persons: Mapped[int] = mapped_column()
