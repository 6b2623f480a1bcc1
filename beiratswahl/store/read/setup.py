"""Reads of municipalities, elections and polling districts."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from beiratswahl.store.tables.setup import Election, Municipality, PollingDistrict


@dataclass(frozen=True, slots=True)
class MunicipalityView:
    """Körperschaft with what is printed of it."""

    municipality_id: int
    ags: str
    name: str
    level: str
    council_name: str
    office_name: str
    street: str
    postcode: str
    town: str
    phone: str
    email: str
    returning_officer: str
    returning_officer_title: str
    objection_recipient: str
    council_contact: str = ""
    commissioner_contact: str = ""
    arms_media_type: str = ""
    #: the picture, for printing only: `printed_municipality` gives it
    arms: bytes | None = None


@dataclass(frozen=True, slots=True)
class ElectionView:
    """Wahl with its stored rule layers."""

    election_id: int
    municipality_id: int
    day: date
    area: tuple[str, ...]
    rule_layers: dict[str, Any]
    bylaw_citation: str
    nominations_closed_at_utc: datetime | None
    admission_outcome: str


@dataclass(frozen=True, slots=True)
class DistrictView:
    """Stimmbezirk."""

    district_id: int
    municipality_id: int
    election_id: int
    number: int
    name: str
    postal: bool
    eligible: int | None


_DISTRICT_COLUMNS = len(fields(DistrictView))
_DISTRICT_WITH_ELECTION = (
    select(
        *(PollingDistrict.id, PollingDistrict.municipality_id, PollingDistrict.election_id, PollingDistrict.number),
        *(PollingDistrict.name, PollingDistrict.postal, PollingDistrict.eligible),
        *(Election.id, Election.municipality_id, Election.day, Election.area, Election.rule_layers, Election.bylaw_citation),
        *(Election.nominations_closed_at_utc, Election.admission_outcome),
    )
    .join(Election, Election.id == PollingDistrict.election_id)
    .where(PollingDistrict.id == bindparam("district_id"))
)


def municipality(session: Session, municipality_id: int) -> MunicipalityView:
    """One municipality.

    Raises:
        sqlalchemy.exc.NoResultFound: there is none with this number.
    """
    row = session.get_one(Municipality, municipality_id)
    return MunicipalityView(
        row.id,
        row.ags,
        row.name,
        row.level,
        row.council_name,
        row.office_name,
        row.street,
        row.postcode,
        row.town,
        row.phone,
        row.email,
        row.returning_officer,
        row.returning_officer_title,
        row.objection_recipient,
        row.council_contact,
        row.commissioner_contact,
        row.arms_media_type,
    )


def printed_municipality(session: Session, municipality_id: int) -> MunicipalityView:
    """One municipality with its coat of arms.

    Raises:
        sqlalchemy.exc.NoResultFound: there is none with this number.
    """
    return replace(municipality(session, municipality_id), arms=session.get_one(Municipality, municipality_id).arms)


def election(session: Session, election_id: int) -> ElectionView | None:
    """One election, or None."""
    row = session.get(Election, election_id)
    return _election(row) if row else None


def elections(session: Session, municipality_ids: frozenset[int]) -> tuple[ElectionView, ...]:
    """Elections of some municipalities, the newest day first."""
    rows = session.scalars(
        select(Election).where(Election.municipality_id.in_(municipality_ids)).order_by(Election.day.desc(), Election.id)
    )
    return tuple(_election(row) for row in rows)


def district(session: Session, district_id: int) -> DistrictView | None:
    """One polling district, or None."""
    row = session.get(PollingDistrict, district_id)
    return _district(row) if row else None


def district_with_election(session: Session, district_id: int) -> tuple[DistrictView, ElectionView] | tuple[None, None]:
    """One polling district and its election by one query, or nothing."""
    row = session.execute(_DISTRICT_WITH_ELECTION, {"district_id": district_id}).one_or_none()
    if row is None:
        return None, None
    election_id, municipality_id, day, area, *rest = row[_DISTRICT_COLUMNS:]
    return DistrictView(*row[:_DISTRICT_COLUMNS]), ElectionView(election_id, municipality_id, day, tuple(area), *rest)


def districts(session: Session, election_id: int) -> tuple[DistrictView, ...]:
    """Polling districts of an election by number."""
    rows = session.scalars(select(PollingDistrict).where(PollingDistrict.election_id == election_id).order_by(PollingDistrict.number))
    return tuple(_district(row) for row in rows)


def _election(row: Election) -> ElectionView:
    return ElectionView(
        row.id,
        row.municipality_id,
        row.day,
        tuple(row.area),
        row.rule_layers,
        row.bylaw_citation,
        row.nominations_closed_at_utc,
        row.admission_outcome,
    )


def _district(row: PollingDistrict) -> DistrictView:
    return DistrictView(row.id, row.municipality_id, row.election_id, row.number, row.name, row.postal, row.eligible)
