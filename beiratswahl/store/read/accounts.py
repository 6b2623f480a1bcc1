"""Reads of accounts and permits of one municipality."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.store.tables.accounts import Account, Permit
from beiratswahl.store.tables.setup import PollingDistrict


@dataclass(frozen=True, slots=True)
class PermitView:
    """Berechtigung eines Kontos; the district is None where the permit covers the municipality."""

    account_id: int
    login: str
    name: str
    active: bool
    role: str
    election_id: int | None
    district_number: int | None
    district_name: str


def permits(session: Session, municipality_id: int) -> tuple[PermitView, ...]:
    """All permits that end at a municipality, by login name."""
    query = (
        select(Account, Permit, PollingDistrict)
        .join(Permit, Permit.account_id == Account.id)
        .outerjoin(PollingDistrict, PollingDistrict.id == Permit.polling_district_id)
        .where(Permit.municipality_id == municipality_id)
        .order_by(Account.login, Permit.id)
    )
    return tuple(
        PermitView(
            account.id,
            account.login,
            account.name,
            account.active,
            permit.role,
            district.election_id if district else None,
            district.number if district else None,
            district.name if district else "",
        )
        for account, permit, district in session.execute(query)
    )
