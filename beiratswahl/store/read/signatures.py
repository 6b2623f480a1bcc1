"""Reads of support signatures, with what register and roll say about who signed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.store.read.roll import searched
from beiratswahl.store.tables.electoral_roll import RollEntry
from beiratswahl.store.tables.nominations import SupportSignature
from beiratswahl.store.tables.roll import RegisteredPerson, RollVerdict
from beiratswahl.store.tables.setup import PollingDistrict

MOST_FOUND = 30


@dataclass(frozen=True, slots=True)
class SignerView:
    """Person des Melderegisters who may have signed; no address: birth day and number tell people apart.

    Attributes:
        person_id: key of the person.
        name: family name, given names.
        birth_date: as the register writes it.
        entitled: "yes", "no" or "unclear".
        roll_number: district and number in the roll, e.g. "1/204"; "" without an entry.
    """

    person_id: int
    name: str
    birth_date: str
    entitled: str
    roll_number: str


@dataclass(frozen=True, slots=True)
class SignatureView:
    """Unterstützungsunterschrift; `signer` is None for somebody who is not in the register."""

    signature_id: int
    nomination_id: int
    number: int
    name: str
    objection: str
    handed_in_at_utc: datetime
    entered_by: str
    entered_at_utc: datetime
    signer: SignerView | None


_SIGNERS = (
    select(
        RegisteredPerson.id,
        RegisteredPerson.family_name,
        RegisteredPerson.given_names,
        RegisteredPerson.birth_date,
        RollVerdict.entitled,
        PollingDistrict.number,
        RollEntry.number,
    )
    .join(RollVerdict, RollVerdict.id == RegisteredPerson.verdict_id)
    .outerjoin(RollEntry, RollEntry.person_id == RegisteredPerson.id)
    .outerjoin(PollingDistrict, PollingDistrict.id == RollEntry.district_id)
)


def signatures(session: Session, election_id: int, nomination_id: int | None = None) -> tuple[SignatureView, ...]:
    """Unterschriften of an election, or of one nomination, by nomination and number."""
    query = select(SupportSignature).where(SupportSignature.election_id == election_id)
    if nomination_id is not None:
        query = query.where(SupportSignature.nomination_id == nomination_id)
    rows = session.scalars(query.order_by(SupportSignature.nomination_id, SupportSignature.number)).all()
    if not rows:
        return ()
    known = select(SupportSignature.person_id).where(SupportSignature.election_id == election_id)
    people = {row[0]: _signer(tuple(row)) for row in session.execute(_SIGNERS.where(RegisteredPerson.id.in_(known)))}
    return tuple(
        SignatureView(
            row.id,
            row.nomination_id,
            row.number,
            row.name,
            row.objection,
            row.handed_in_at_utc,
            row.entered_by,
            row.entered_at_utc,
            people.get(row.person_id) if row.person_id is not None else None,
        )
        for row in rows
    )


def signer(session: Session, election_id: int, person_id: int) -> SignerView | None:
    """One person of the register of this election, or None."""
    row = session.execute(_SIGNERS.where(RegisteredPerson.election_id == election_id, RegisteredPerson.id == person_id)).first()
    return _signer(tuple(row)) if row else None


def signer_by_number(session: Session, election_id: int, district: int, number: int) -> SignerView | None:
    """The person with a number in the roll of a polling district, or None."""
    query = _SIGNERS.where(RegisteredPerson.election_id == election_id, PollingDistrict.number == district, RollEntry.number == number)
    row = session.execute(query).first()
    return _signer(tuple(row)) if row else None


def found_signers(session: Session, election_id: int, search: str) -> tuple[SignerView, ...]:
    """Persons whose names begin like the words searched for, at most thirty, by name."""
    query = searched(_SIGNERS.where(RegisteredPerson.election_id == election_id), search)
    query = query.order_by(RegisteredPerson.family_name, RegisteredPerson.given_names, RegisteredPerson.id).limit(MOST_FOUND)
    return tuple(_signer(tuple(row)) for row in session.execute(query))


def _signer(row: tuple[object, ...]) -> SignerView:
    person_id, family_name, given_names, birth_date, entitled, district, number = row
    roll_number = f"{district}/{number}" if number is not None else ""
    return SignerView(int(str(person_id)), f"{family_name}, {given_names}", str(birth_date), str(entitled), roll_number)
