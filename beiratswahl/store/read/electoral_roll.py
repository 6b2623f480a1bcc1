"""Reads of the electoral roll: its state, its entries, its corrections and objections. Blocked addresses leave it only on demand.

An entry copies what the register said when it was made. An Auskunftssperre that came later hides the copied address as well, in a closed
roll too (§§ 51, 52 BMG).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from beiratswahl.store.read.roll import PAGE_ROWS, searched
from beiratswahl.store.read.roll_work import NO_LONGER_ENTITLED, TO_BE_ENTERED, differs
from beiratswahl.store.tables.electoral_roll import ElectoralRoll, RollCorrection, RollEntry, RollObjection
from beiratswahl.store.tables.roll import RegisteredPerson, RollVerdict
from beiratswahl.store.tables.setup import PollingDistrict

HIDDEN = "Auskunftssperre"
#: the address is not shown: blocked when the entry was made, or since
KEPT_SECRET = or_(RollEntry.blocks != "", RegisteredPerson.blocks != "")

#: neither decided nor withdrawn
OPEN_OBJECTION = and_(RollObjection.granted.is_(None), RollObjection.withdrawn_at_utc.is_(None))


def differing(query: Any, election_id: int, which: ColumnElement[bool]) -> Any:
    """Persons, verdicts and entries of an election side by side, cut down to one of the conditions of this module."""
    return (
        query.select_from(RegisteredPerson)
        .join(RollVerdict, RollVerdict.id == RegisteredPerson.verdict_id)
        .outerjoin(RollEntry, RollEntry.person_id == RegisteredPerson.id)
        .where(RegisteredPerson.election_id == election_id, which)
    )


@dataclass(frozen=True, slots=True)
class RollView:
    """Stand des Wählerverzeichnisses; `certified` has one object per polling district once it is closed."""

    key_date: date
    opened_at_utc: datetime
    opened_by: str
    closed_at_utc: datetime | None
    closed_by: str
    sha256: str
    certified: tuple[dict[str, Any], ...]
    entries: int
    blocked: int
    certificates: int
    to_be_entered: int
    no_longer_entitled: int
    objections_open: int


@dataclass(frozen=True, slots=True)
class EntryView:
    """Eintrag. For a blocked person `address` is the word „Auskunftssperre“ unless the reader asked for it by name.

    `outdated` is True when the register says something else by now.
    """

    entry_id: int
    person_id: int
    district_id: int
    district_number: int
    district_name: str
    number: int
    family_name: str
    given_names: str
    birth_date: str
    address: str
    hidden: bool
    entry: str
    blocked: bool
    certificate: bool
    voted: bool
    remarks: str
    outdated: bool


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """Berichtigung; `after_closing` ones are listed apart from the frozen roll."""

    person_id: int
    name: str
    kind: str
    basis: str
    reason: str
    heard_on: date | None
    at_utc: datetime
    by: str
    after_closing: bool


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """Einwendung; `granted` is None until it is decided. `waits` is True while a second person has to agree to the decision."""

    objection_id: int
    person_id: int
    name: str
    raised_by: str
    received_at_utc: datetime
    wanted: str
    reasons: str
    late: bool
    granted: bool | None
    decided_at_utc: datetime | None
    decided_by: str
    decided_by_id: int | None
    decision_reason: str
    raised_by_address: str
    channel: str
    recorded_by: str
    heard_on: date | None
    second_look_by: str
    second_look_remark: str
    second_look_agrees: bool | None
    second_look_at_utc: datetime | None
    withdrawn_at_utc: datetime | None
    withdrawn_by: str
    waits: bool

    @property
    def is_open(self) -> bool:
        """Whether a decision is still to be made."""
        return self.granted is None and self.withdrawn_at_utc is None


def electoral_roll(session: Session, election_id: int) -> RollView | None:
    """Stand des Wählerverzeichnisses, or None before it is opened."""
    row = session.scalars(select(ElectoralRoll).where(ElectoralRoll.election_id == election_id)).first()
    if row is None:
        return None

    def number(condition: ColumnElement[bool] | None = None) -> int:
        query = select(func.count()).select_from(RollEntry).where(RollEntry.election_id == election_id)
        return session.scalar(query if condition is None else query.where(condition)) or 0

    def persons(which: ColumnElement[bool]) -> int:
        return session.scalar(differing(select(func.count()), election_id, which)) or 0

    waiting = select(func.count()).select_from(RollObjection).where(RollObjection.election_id == election_id, OPEN_OBJECTION)
    return RollView(
        key_date=row.key_date,
        opened_at_utc=row.opened_at_utc,
        opened_by=row.opened_by,
        closed_at_utc=row.closed_at_utc,
        closed_by=row.closed_by,
        sha256=row.sha256,
        certified=tuple(row.certified),
        entries=number(),
        blocked=number(RollEntry.blocked.is_(True)),
        certificates=number(RollEntry.certificate.is_(True)),
        to_be_entered=persons(TO_BE_ENTERED),
        no_longer_entitled=persons(NO_LONGER_ENTITLED),
        objections_open=session.scalar(waiting) or 0,
    )


def entries(
    session: Session,
    election_id: int,
    district_id: int | None = None,
    *,
    search: str = "",
    page: int = 1,
    rows: int = PAGE_ROWS,
    with_blocked_addresses: bool = False,
) -> tuple[EntryView, ...]:
    """Eine Seite des Wählerverzeichnisses by polling district and number.

    Args:
        session: any session.
        election_id: the election.
        district_id: only this polling district.
        search: as in `PersonFilter`.
        page: from 1.
        rows: entries of a page.
        with_blocked_addresses: only for who may see them (§§ 51, 52 BMG).
    """
    query = _entries(election_id).order_by(PollingDistrict.number, RollEntry.number)
    if district_id is not None:
        query = query.where(RollEntry.district_id == district_id)
    if search:
        query = searched(query, search)
    found = session.execute(query.limit(rows).offset((max(page, 1) - 1) * rows))
    return tuple(_entry(*one, revealed=with_blocked_addresses) for one in found)


def entry_of(session: Session, election_id: int, person_id: int, *, with_blocked_addresses: bool = False) -> EntryView | None:
    """Der Eintrag einer Person, or None."""
    found = session.execute(_entries(election_id).where(RollEntry.person_id == person_id)).first()
    return _entry(*found, revealed=with_blocked_addresses) if found else None


def corrections(session: Session, election_id: int, person_id: int | None = None) -> tuple[CorrectionView, ...]:
    """Berichtigungen, the oldest first."""
    query = (
        select(RollCorrection, RegisteredPerson.family_name, RegisteredPerson.given_names)
        .join(RegisteredPerson, RegisteredPerson.id == RollCorrection.person_id)
        .where(RollCorrection.election_id == election_id)
        .order_by(RollCorrection.id)
    )
    if person_id is not None:
        query = query.where(RollCorrection.person_id == person_id)
    return tuple(
        CorrectionView(
            row.person_id, f"{family}, {given}", row.kind, row.basis, row.reason, row.heard_on, row.at_utc, row.by, row.after_closing
        )
        for row, family, given in session.execute(query)
    )


def objections(session: Session, election_id: int, person_id: int | None = None) -> tuple[ObjectionView, ...]:
    """Einwendungen: the open ones first, each by receipt; of one person only when she is named."""
    query = _objections(election_id).order_by(~OPEN_OBJECTION, RollObjection.received_at_utc, RollObjection.id)
    if person_id is not None:
        query = query.where(RollObjection.person_id == person_id)
    return tuple(_objection(*found) for found in session.execute(query))


def objection(session: Session, election_id: int, objection_id: int) -> ObjectionView | None:
    """Eine Einwendung of an election, or None."""
    found = session.execute(_objections(election_id).where(RollObjection.id == objection_id)).first()
    return _objection(*found) if found else None


def _objections(election_id: int) -> Any:
    return (
        select(RollObjection, RegisteredPerson.family_name, RegisteredPerson.given_names)
        .join(RegisteredPerson, RegisteredPerson.id == RollObjection.person_id)
        .where(RollObjection.election_id == election_id)
    )


def _objection(row: RollObjection, family_name: str, given_names: str) -> ObjectionView:
    return ObjectionView(
        objection_id=row.id,
        person_id=row.person_id,
        name=f"{family_name}, {given_names}",
        raised_by=row.raised_by,
        received_at_utc=row.received_at_utc,
        wanted=row.wanted,
        reasons=row.reasons,
        late=row.late,
        granted=row.granted,
        decided_at_utc=row.decided_at_utc,
        decided_by=row.decided_by,
        decided_by_id=row.decided_by_id,
        decision_reason=row.decision_reason,
        raised_by_address=row.raised_by_address or "",
        channel=row.channel or "",
        recorded_by=row.recorded_by or "",
        heard_on=row.heard_on,
        second_look_by=row.second_look_by or "",
        second_look_remark=row.second_look_remark or "",
        second_look_agrees=row.second_look_agrees,
        second_look_at_utc=row.second_look_at_utc,
        withdrawn_at_utc=row.withdrawn_at_utc,
        withdrawn_by=row.withdrawn_by or "",
        waits=bool(row.granted is not None and row.second_look_needed and not row.second_look_agrees),
    )


def _entries(election_id: int) -> Select[RollEntry, PollingDistrict, bool, bool]:
    query = select(RollEntry, PollingDistrict, KEPT_SECRET, differs(RollEntry))
    query = query.join(PollingDistrict, PollingDistrict.id == RollEntry.district_id)
    return query.join(RegisteredPerson, RegisteredPerson.id == RollEntry.person_id).where(RollEntry.election_id == election_id)


def _entry(row: RollEntry, district: PollingDistrict, secret: bool, outdated: bool, *, revealed: bool) -> EntryView:
    hidden = secret and not revealed
    address = f"{row.street} {row.house_number}, {row.postcode} {row.town}"
    return EntryView(
        entry_id=row.id,
        person_id=row.person_id,
        district_id=row.district_id,
        district_number=district.number,
        district_name=district.name,
        number=row.number,
        family_name=row.family_name,
        given_names=row.given_names,
        birth_date=row.birth_date,
        address=HIDDEN if hidden else address,
        hidden=hidden,
        entry=row.entry,
        blocked=row.blocked,
        certificate=row.certificate,
        voted=row.voted,
        remarks=row.remarks,
        outdated=outdated,
    )
