"""Cases of the roll: where a second person has to look, and the letters that were written."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, LargeBinary, Text, UniqueConstraint
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
