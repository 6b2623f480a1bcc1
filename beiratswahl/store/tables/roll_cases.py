"""Cases of the roll: what the office has settled itself, where a second person has to look, and the letters that were written."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from beiratswahl.store.tables.base import Base, Electoral, Moment


class SecondLookRule(Base, Electoral):
    """Regelung des zweiten Blicks: what an election office lets a second person check before anybody is entered."""

    __tablename__ = "second_look_rules"
    __table_args__ = (*Electoral.keys(), UniqueConstraint("election_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    #: no index of its own: the key stands alone
    election_id: Mapped[int] = mapped_column()
    #: values of operations.roll_second_look.Scope
    scope: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    at_utc: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[str] = mapped_column(Text)


class RollLetter(Base, Electoral):
    """Schreiben in einer Sache des Wählerverzeichnisses, as it was printed."""

    __tablename__ = "roll_letters"
    __table_args__ = (*Electoral.keys(), ForeignKeyConstraint(["person_id"], ["registered_persons.id"]))

    id: Mapped[int] = mapped_column(primary_key=True)
    #: whose case it is
    person_id: Mapped[int] = mapped_column(index=True)
    #: title of the letter
    title: Mapped[str] = mapped_column(Text)
    #: to whom it goes, without the address
    addressee: Mapped[str] = mapped_column(Text)
    at_utc: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[str] = mapped_column(Text)
    #: SHA-256 of the printed bytes
    sha256: Mapped[str] = mapped_column(Text)
    #: NULL for a letter with a blocked address: it is printed once and never kept (§§ 51, 52 BMG)
    pdf: Mapped[bytes | None] = mapped_column(LargeBinary)


class RollClarification(Base, Electoral):
    """Feststellung des Wahlamts: what it settled itself where the register leaves the right to vote open; of a proof only kind and date."""

    __tablename__ = "roll_clarifications"
    __table_args__ = (*Electoral.keys(), ForeignKeyConstraint(["person_id"], ["registered_persons.id"]))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(index=True)
    #: values of operations.roll_clarifications.Matter
    matter: Mapped[str] = mapped_column(Text)
    #: what was found, in words
    finding: Mapped[str] = mapped_column(Text)
    #: see store.clarified.Clarification
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    register_state: Mapped[str] = mapped_column(Text)
    proof_kind: Mapped[str] = mapped_column(Text)
    proof_date: Mapped[date | None] = mapped_column()
    reason: Mapped[str] = mapped_column(Text)
    recorded_at_utc: Mapped[datetime] = mapped_column(Moment)
    recorded_by: Mapped[str] = mapped_column(Text)
    #: taken back, or replaced by a later one; it is kept and does not count
    withdrawn_at_utc: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_by: Mapped[str | None] = mapped_column(Text)
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)
