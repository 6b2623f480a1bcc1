"""The journal: one entry per official act, chained by hashes, without foreign keys so that it outlives what it tells of."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from beiratswahl.store.tables.base import Base, Moment


class JournalEntry(Base):
    """Eintrag im Amtsbuch: who did what, when, to which thing."""

    __tablename__ = "journal"
    __table_args__ = (UniqueConstraint("chain", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: id of the municipality; 0 for the installation as a whole
    chain: Mapped[int] = mapped_column()
    #: 1, 2, 3 … without gaps within the chain
    number: Mapped[int] = mapped_column()
    at_utc: Mapped[datetime] = mapped_column(Moment)
    #: values of operations.acts.Act
    act: Mapped[str] = mapped_column(Text)
    election_id: Mapped[int | None] = mapped_column(index=True)
    #: what the act was done to, in words
    subject: Mapped[str] = mapped_column(Text)
    #: details as canonical JSON text, exactly as hashed
    details: Mapped[str] = mapped_column(Text)
    actor_id: Mapped[int | None] = mapped_column()
    actor_name: Mapped[str] = mapped_column(Text)
    actor_role: Mapped[str] = mapped_column(Text)
    #: network address the act came from; empty on the command line
    origin: Mapped[str] = mapped_column(Text)
    previous_hash: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(Text)


class JournalChain(Base):
    """Head of a chain. Its row is locked by every act: one writer at a time within one municipality, on both databases."""

    __tablename__ = "journal_chains"

    chain: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column()
    hash: Mapped[str] = mapped_column(Text)
