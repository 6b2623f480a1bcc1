"""Reads of accounts and permits of one municipality."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from beiratswahl.store.tables.accounts import Account, Permit
from beiratswahl.store.tables.setup import PollingDistrict


@dataclass(frozen=True, slots=True)
class PermitView:
    """Berechtigung; the district is None where the permit covers the municipality."""

    permit_id: int
    municipality_id: int
    role: str
    election_id: int | None
    district_number: int | None
    district_name: str
    counting_group: int | None


@dataclass(frozen=True, slots=True)
class AccountView:
    """Benutzerkonto.

    Attributes:
        account_id: its number.
        login: log-in name.
        name: person or team.
        active: False while it is locked.
        rests_until_utc: until when it rests after failed log-ins; None when it does not.
        permits: what the account may do in the municipality.
    """

    account_id: int
    login: str
    name: str
    active: bool
    rests_until_utc: datetime | None
    permits: tuple[PermitView, ...]


def accounts(session: Session, municipality_id: int) -> tuple[AccountView, ...]:
    """All accounts that have a permit in a municipality, by log-in name."""
    query = (
        select(Account, Permit, PollingDistrict)
        .join(Permit, Permit.account_id == Account.id)
        .outerjoin(PollingDistrict, PollingDistrict.id == Permit.polling_district_id)
        .where(Permit.municipality_id == municipality_id)
        .order_by(Account.login, Permit.id)
    )
    return tuple(_account(account, rows) for account, rows in groupby(session.execute(query), lambda row: row[0]))


def account(session: Session, municipality_id: int, account_id: int) -> AccountView | None:
    """One account with a permit in the municipality, or None."""
    return next((of for of in accounts(session, municipality_id) if of.account_id == account_id), None)


def _account(account: Account, rows: Iterable[Row[Account, Permit, PollingDistrict]]) -> AccountView:
    permits = tuple(_permit(permit, district) for _, permit, district in rows)
    return AccountView(account.id, account.login, account.name, account.active, account.locked_until_utc, permits)


def _permit(permit: Permit, district: PollingDistrict | None) -> PermitView:
    number, name = (district.number, district.name) if district else (None, "")
    return PermitView(
        permit.id, permit.municipality_id, permit.role, district.election_id if district else None, number, name, permit.counting_group
    )
