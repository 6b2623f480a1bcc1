"""Auszählungsgruppen that log in by link and code: the group, and each device that asked to work for it."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from beiratswahl.store.tables.base import Base, Moment
from beiratswahl.store.tables.counting import DistrictKeys


class CountingTeam(Base, DistrictKeys):
    """Auszählungsgruppe mit Link (§ 55b KWO); what its devices record is recorded by its account."""

    __tablename__ = "counting_teams"
    __table_args__ = (
        *DistrictKeys.keys(),
        UniqueConstraint("district_id", "number"),
        UniqueConstraint("district_id", "id"),
        UniqueConstraint("account_id"),
        UniqueConstraint("link_hash"),
        CheckConstraint("number > 0", name="number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: number of the Auszählungsgruppe, as in board_members.counting_group
    number: Mapped[int] = mapped_column()
    #: an account without a password; it keeps the first and the second entry apart
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    #: SHA-256 of the secret in the link; None when no link holds
    link_hash: Mapped[str | None] = mapped_column(Text)
    link_made_at_utc: Mapped[datetime | None] = mapped_column(Moment)


class TeamDevice(Base, DistrictKeys):
    """Gerät einer Auszählungsgruppe: who sits at it, and whether the chair has confirmed its code."""

    __tablename__ = "team_devices"
    __table_args__ = (
        *DistrictKeys.keys(),
        ForeignKeyConstraint(["district_id", "team_id"], ["counting_teams.district_id", "counting_teams.id"]),
        UniqueConstraint("token_hash"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(index=True)
    #: names of the persons as they typed them
    persons: Mapped[list[str]] = mapped_column(JSON)
    #: values of operations.team_devices.DeviceState
    state: Mapped[str] = mapped_column(Text)
    #: SHA-256 of the secret the browser keeps; changes when the device logs in
    token_hash: Mapped[str] = mapped_column(Text)
    asked_at_utc: Mapped[datetime] = mapped_column(Moment)
    #: until when the code, or after logging in the session, holds
    expires_at_utc: Mapped[datetime] = mapped_column(Moment)
    decided_by: Mapped[str] = mapped_column(Text, default="")
    decided_at_utc: Mapped[datetime | None] = mapped_column(Moment)
