"""What all tables share: names of constraints, moments in UTC, the municipality above every row."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, ForeignKey, ForeignKeyConstraint, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Root of all tables."""

    metadata = MetaData(naming_convention=NAMES)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; refuses a time without zone on the way in and gives a zone on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone must not be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value  # type: ignore[no-any-return]  # the driver gives datetime or None
        return value.replace(tzinfo=UTC)  # type: ignore[no-any-return]  # SQLite forgets the zone


class Municipal:
    """A row that belongs to one municipality."""

    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)


class Electoral:
    """A row that belongs to one election; the pair of keys keeps it under the election's own municipality.

    Give `__table_args__ = (*Electoral.keys(), …)` in the table.
    """

    municipality_id: Mapped[int] = mapped_column()
    election_id: Mapped[int] = mapped_column(index=True)

    @staticmethod
    def keys() -> tuple[ForeignKeyConstraint]:
        return (ForeignKeyConstraint(["municipality_id", "election_id"], ["elections.municipality_id", "elections.id"]),)
