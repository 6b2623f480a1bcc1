"""What is published: immutable, numbered, hashed versions."""

from datetime import datetime

from sqlalchemy import LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from beiratswahl.store.tables.base import Base, Electoral, Moment


class Publication(Base, Electoral):
    """Veröffentlichung: a version of the result with its files; withdrawing adds a notice and takes nothing away."""

    __tablename__ = "publications"
    __table_args__ = (*Electoral.keys(), UniqueConstraint("election_id", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column()
    #: "vorläufig" or "endgültig"
    label: Mapped[str] = mapped_column(Text)
    #: the result as documented JSON text
    result: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    csv: Mapped[str] = deferred(mapped_column(Text))
    pdf: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    published_at_utc: Mapped[datetime] = mapped_column(Moment)
    #: what changed against the version before
    note: Mapped[str] = mapped_column(Text, default="")
    withdrawn_at_utc: Mapped[datetime | None] = mapped_column(Moment)
    withdrawal_notice: Mapped[str] = mapped_column(Text, default="")
