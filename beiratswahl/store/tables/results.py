"""Lots drawn and determinations made."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from beiratswahl.store.tables.base import Base, Electoral, Moment


class DrawnLot(Base, Electoral):
    """Losentscheid: the answer to exactly one question of the determination."""

    __tablename__ = "drawn_lots"
    __table_args__ = (*Electoral.keys(), UniqueConstraint("election_id", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    #: order in which the questions came up
    number: Mapped[int] = mapped_column()
    #: values of operations.results.LotKind
    kind: Mapped[str] = mapped_column(Text)
    #: the question as asked, so that the answer can be checked against it
    question: Mapped[dict[str, Any]] = mapped_column(JSON)
    winner: Mapped[str] = mapped_column(Text)
    #: who drew (the chair of the Wahlausschuss) and who witnessed
    drawn_by: Mapped[str] = mapped_column(Text)
    witness: Mapped[str] = mapped_column(Text)
    drawn_at_utc: Mapped[datetime] = mapped_column(Moment)


class Determination(Base, Electoral):
    """Ermittlung des Ergebnisses: frozen inputs and outcome; a later one replaces it, none is changed."""

    __tablename__ = "determinations"
    __table_args__ = (*Electoral.keys(), UniqueConstraint("election_id", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column()
    #: "vorläufig" or "endgültig"
    label: Mapped[str] = mapped_column(Text)
    #: the result as documented JSON text
    result: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    determined_at_utc: Mapped[datetime] = mapped_column(Moment)
    determined_by: Mapped[str] = mapped_column(Text)
