"""Reads of the Auszählungsgruppen that log in by link, and of their devices."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.store.tables.accounts import Permit
from beiratswahl.store.tables.teams import CountingTeam, TeamDevice


@dataclass(frozen=True, slots=True)
class TeamView:
    """Auszählungsgruppe mit Link."""

    team_id: int
    district_id: int
    number: int
    account_id: int
    has_link: bool
    link_made_at_utc: datetime | None
    #: value of law.boards.TeamTask; None when the team is not limited to one
    task: str | None


@dataclass(frozen=True, slots=True)
class DeviceView:
    """Gerät einer Auszählungsgruppe."""

    device_id: int
    team_id: int
    district_id: int
    persons: tuple[str, ...]
    state: str
    token_hash: str
    asked_at_utc: datetime
    expires_at_utc: datetime
    decided_by: str
    decided_at_utc: datetime | None


def teams(session: Session, district_id: int) -> tuple[TeamView, ...]:
    """Teams of a district by number."""
    rows = session.execute(_TEAM.where(CountingTeam.district_id == district_id).order_by(CountingTeam.number))
    return tuple(_team(row, task) for row, task in rows)


def team_of_link(session: Session, link_hash: str) -> TeamView | None:
    """The team whose link this is, or None."""
    found = session.execute(_TEAM.where(CountingTeam.link_hash == link_hash)).one_or_none()
    return _team(*found) if found else None


def team(session: Session, team_id: int) -> TeamView | None:
    """One team, or None."""
    found = session.execute(_TEAM.where(CountingTeam.id == team_id)).one_or_none()
    return _team(*found) if found else None


def devices(session: Session, district_id: int, states: tuple[str, ...], now_utc: datetime) -> tuple[DeviceView, ...]:
    """Devices of a district in some states whose time is not over, the oldest first."""
    query = select(TeamDevice).where(TeamDevice.district_id == district_id, TeamDevice.state.in_(states))
    return tuple(_device(row) for row in session.scalars(query.where(TeamDevice.expires_at_utc > now_utc).order_by(TeamDevice.id)))


def device_of(session: Session, token_hash: str) -> DeviceView | None:
    """The device that keeps this secret, or None."""
    row = session.scalars(select(TeamDevice).where(TeamDevice.token_hash == token_hash)).one_or_none()
    return _device(row) if row else None


def group_of(session: Session, account_id: int, district_id: int) -> int | None:
    """Number of the Auszählungsgruppe an account works for in a district; None for an account of no group."""
    query = select(Permit.counting_group).where(Permit.account_id == account_id, Permit.polling_district_id == district_id)
    return next((group for group in session.scalars(query) if group is not None), None)


#: a team's account has one permit, which carries its task
_TEAM = select(CountingTeam, Permit.counting_task).join(Permit, Permit.account_id == CountingTeam.account_id)


def _team(row: CountingTeam, task: str | None) -> TeamView:
    return TeamView(row.id, row.district_id, row.number, row.account_id, row.link_hash is not None, row.link_made_at_utc, task)


def _device(row: TeamDevice) -> DeviceView:
    return DeviceView(
        row.id,
        row.team_id,
        row.district_id,
        tuple(row.persons),
        row.state,
        row.token_hash,
        row.asked_at_utc,
        row.expires_at_utc,
        row.decided_by,
        row.decided_at_utc,
    )
