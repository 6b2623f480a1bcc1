"""Accounts and permits. A permit ends at one municipality, a counting team's at one polling district."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beiratswahl.store.tables.base import Base, Moment, Municipal


class Account(Base):
    """Benutzerkonto: a person, or a counting team."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    password_hash: Mapped[str] = mapped_column(Text)
    #: changes with the password and ends every open session
    session_token: Mapped[str] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(default=True)
    #: True for an account with a published password; only a demo instance starts with one
    demo: Mapped[bool] = mapped_column(default=False)
    #: True after somebody else has set the password; the next log-in asks for an own one
    must_change_password: Mapped[bool] = mapped_column(default=False, server_default=false())
    failed_logins: Mapped[int] = mapped_column(default=0)
    locked_until_utc: Mapped[datetime | None] = mapped_column(Moment)
    permits: Mapped[list["Permit"]] = relationship(lazy="selectin", order_by="Permit.id")


class Permit(Base, Municipal):
    """Berechtigung: one role of one account in one municipality."""

    __tablename__ = "permits"
    __table_args__ = (
        UniqueConstraint("account_id", "municipality_id", "role", "polling_district_id"),
        CheckConstraint("role NOT IN ('Wahlvorstand', 'Zählgruppe') OR polling_district_id IS NOT NULL", name="has_district"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    #: values of access.roles.Role
    role: Mapped[str] = mapped_column(Text)
    polling_district_id: Mapped[int | None] = mapped_column(ForeignKey("polling_districts.id"))
    #: number of the Auszählungsgruppe the account works for; None for an account of no group
    counting_group: Mapped[int | None] = mapped_column()
    #: values of law.boards.TeamTask; None for an account that is not limited to one task
    counting_task: Mapped[str | None] = mapped_column(Text)
