"""What happened to the elected and to substitutes after the determination."""

from datetime import date, datetime

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from beiratswahl.store.tables.base import Base, Electoral, Moment


class MandateEvent(Base, Electoral):
    """Ereignis um ein Mandat: service of the notice, declaration, departure, or the lot that called somebody."""

    __tablename__ = "mandate_events"
    __table_args__ = (*Electoral.keys(), UniqueConstraint("election_id", "person", "kind"))

    id: Mapped[int] = mapped_column(primary_key=True)
    #: key of the person as in the result: number on the ballot paper, or the name as written in
    person: Mapped[str] = mapped_column(Text)
    #: values of operations.mandates.EventKind
    kind: Mapped[str] = mapped_column(Text)
    #: of service, of receipt of a declaration, of death …
    day: Mapped[date] = mapped_column()
    #: by what it is known, or why
    reason: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(Text)
    recorded_at_utc: Mapped[datetime] = mapped_column(Moment)
