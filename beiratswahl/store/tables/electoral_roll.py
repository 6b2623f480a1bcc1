"""The electoral roll itself: opened at the Stichtag, corrected by decision, closed and frozen."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKeyConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from beiratswahl.store.tables.base import Base, Electoral, Moment


class ElectoralRoll(Base, Electoral):
    """Wählerverzeichnis einer Wahl: when it was opened and closed, and what was certified."""

    __tablename__ = "electoral_rolls"
    __table_args__ = (*Electoral.keys(), UniqueConstraint("election_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    #: no index of its own: the key stands alone
    election_id: Mapped[int] = mapped_column()
    #: Stichtag (§ 11 Abs. 1 KWO)
    key_date: Mapped[date] = mapped_column()
    opened_at_utc: Mapped[datetime] = mapped_column(Moment)
    opened_by: Mapped[str] = mapped_column(Text)
    closed_at_utc: Mapped[datetime | None] = mapped_column(Moment)
    closed_by: Mapped[str] = mapped_column(Text)
    #: SHA-256 of all entries at the closing; empty before
    sha256: Mapped[str] = mapped_column(Text)
    #: what was certified, one object for each polling district (§ 16 KWO)
    certified: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class RollEntry(Base, Electoral):
    """Eintrag im Wählerverzeichnis (§ 10 KWO); what the register said when it was made or corrected."""

    __tablename__ = "roll_entries"
    __table_args__ = (
        *Electoral.keys(),
        ForeignKeyConstraint(["election_id", "district_id"], ["polling_districts.election_id", "polling_districts.id"]),
        ForeignKeyConstraint(["person_id"], ["registered_persons.id"]),
        UniqueConstraint("district_id", "number"),
        UniqueConstraint("person_id"),
        UniqueConstraint("election_id", "id"),
        CheckConstraint("number > 0", name="numbered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: no index of its own: the unique pair begins with it
    election_id: Mapped[int] = mapped_column()
    district_id: Mapped[int] = mapped_column()
    #: running number within the polling district; never given twice
    number: Mapped[int] = mapped_column()
    person_id: Mapped[int] = mapped_column()
    family_name: Mapped[str] = mapped_column(Text)
    given_names: Mapped[str] = mapped_column(Text)
    birth_date: Mapped[str] = mapped_column(Text)
    street: Mapped[str] = mapped_column(Text)
    house_number: Mapped[str] = mapped_column(Text)
    postcode: Mapped[str] = mapped_column(Text)
    town: Mapped[str] = mapped_column(Text)
    #: "", "51", "52" or "51 52" (§§ 51, 52 BMG): the address is not shown
    blocks: Mapped[str] = mapped_column(Text)
    #: values of law.suffrage.Entry
    entry: Mapped[str] = mapped_column(Text)
    #: Sperrvermerk N: the person may not vote any more
    blocked: Mapped[bool] = mapped_column()
    #: Sperrvermerk W: a Wahlschein was issued
    certificate: Mapped[bool] = mapped_column()
    #: Stimmabgabevermerk
    voted: Mapped[bool] = mapped_column()
    #: column Bemerkungen
    remarks: Mapped[str] = mapped_column(Text)


class DuplicateDecision(Base, Electoral):
    """Entscheidung über eine mögliche Doppelung: whether two entries of the register mean one person."""

    __tablename__ = "duplicate_decisions"
    __table_args__ = (
        *Electoral.keys(),
        ForeignKeyConstraint(["person_id"], ["registered_persons.id"]),
        ForeignKeyConstraint(["other_id"], ["registered_persons.id"]),
        UniqueConstraint("person_id", "other_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: who stays out of the roll when both are one person
    person_id: Mapped[int] = mapped_column()
    other_id: Mapped[int] = mapped_column()
    same: Mapped[bool] = mapped_column()
    reason: Mapped[str] = mapped_column(Text)
    at_utc: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[str] = mapped_column(Text)


class RollCorrection(Base, Electoral):
    """Berichtigung: a change of the roll with its legal basis and reason (§§ 14, 15 KWO)."""

    __tablename__ = "roll_corrections"
    __table_args__ = (*Electoral.keys(), ForeignKeyConstraint(["person_id"], ["registered_persons.id"]))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column()
    #: values of operations.roll_corrections.Kind
    kind: Mapped[str] = mapped_column(Text)
    #: values of operations.roll_corrections.Basis
    basis: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    #: day on which the person was heard before a strike
    heard_on: Mapped[date | None] = mapped_column()
    at_utc: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[str] = mapped_column(Text)
    #: True when the roll was closed: the frozen entry stays as it was
    after_closing: Mapped[bool] = mapped_column()


class RollObjection(Base, Electoral):
    """Einwendung gegen das Wählerverzeichnis (§ 13 KWO) and the decision on it (§ 14 KWO)."""

    __tablename__ = "roll_objections"
    __table_args__ = (*Electoral.keys(), ForeignKeyConstraint(["person_id"], ["registered_persons.id"]))

    id: Mapped[int] = mapped_column(primary_key=True)
    #: whose entry is meant
    person_id: Mapped[int] = mapped_column()
    raised_by: Mapped[str] = mapped_column(Text)
    #: lines of the address to which the decision goes
    raised_by_address: Mapped[str | None] = mapped_column(Text)
    #: how it came in, values of operations.roll_applications.Channel
    channel: Mapped[str | None] = mapped_column(Text)
    recorded_by: Mapped[str | None] = mapped_column(Text)
    received_at_utc: Mapped[datetime] = mapped_column(Moment)
    #: values of operations.roll_corrections.Kind
    wanted: Mapped[str] = mapped_column(Text)
    reasons: Mapped[str] = mapped_column(Text)
    #: received after the end of the Einsicht
    late: Mapped[bool] = mapped_column()
    decided_at_utc: Mapped[datetime | None] = mapped_column(Moment)
    decided_by: Mapped[str] = mapped_column(Text)
    decided_by_id: Mapped[int | None] = mapped_column()
    granted: Mapped[bool | None] = mapped_column()
    decision_reason: Mapped[str] = mapped_column(Text)
    #: day of the hearing and polling district of a decision that waits for the second look
    heard_on: Mapped[date | None] = mapped_column()
    district: Mapped[str | None] = mapped_column(Text)
    #: True when the decision is not carried out before a second person has agreed
    second_look_needed: Mapped[bool | None] = mapped_column()
    second_look_by: Mapped[str | None] = mapped_column(Text)
    second_look_remark: Mapped[str | None] = mapped_column(Text)
    second_look_agrees: Mapped[bool | None] = mapped_column()
    second_look_at_utc: Mapped[datetime | None] = mapped_column(Moment)
    #: taken back by who raised it
    withdrawn_at_utc: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_by: Mapped[str | None] = mapped_column(Text)
