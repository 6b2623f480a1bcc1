"""Reads of the Wahlscheine: the list of all, the invalid ones, those issued after the closing, and what one number is worth."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from beiratswahl.store.read.roll import PAGE_ROWS, searched
from beiratswahl.store.read.roll_standing import struck
from beiratswahl.store.tables.electoral_roll import RollEntry
from beiratswahl.store.tables.roll import RegisteredPerson
from beiratswahl.store.tables.roll_book import VotingCertificate
from beiratswahl.store.tables.setup import PollingDistrict


class Standing(StrEnum):
    """Was eine Wahlscheinnummer gilt."""

    NOT_KEPT = "kein Wahlscheinverzeichnis"
    UNKNOWN = "nicht im Wahlscheinverzeichnis"
    VALID = "gültig"
    INVALID = "für ungültig erklärt"


class Choice(StrEnum):
    """Auswahl aus dem Wahlscheinverzeichnis, as it stands in addresses. LATER are all that no mark W tells the polling boards of."""

    ALL = ""
    WAITING = "nicht-versandt"
    INVALID = "ungueltig"
    LATER = "nach-abschluss"
    BLOCKED = "gesperrt"


@dataclass(frozen=True, slots=True)
class CertificateView:
    """Wahlschein. `roll_number` is None for a person who is not in the roll; `invalidated_at_utc` None while it is valid.

    Attributes:
        marked: the entry has W; never for one without entry or issued after the closing.
        blocked: the person is struck by now (N, or a strike after the closing), so that the certificate should be declared invalid.
        replaces: number of the one it stands for, "" for none.
    """

    certificate_id: int
    number: str
    person_id: int
    name: str
    district_id: int
    district_number: int
    roll_number: int | None
    marked: bool
    blocked: bool
    issued_at_utc: datetime
    issued_by: str
    delivery: str
    sent_on: date | None
    reason: str
    after_closing: bool
    replaces: str
    invalidated_at_utc: datetime | None
    invalidated_by: str
    invalid_reason: str


def certificate_standing(session: Session, election_id: int, number: str) -> tuple[Standing, str]:
    """Was eine Wahlscheinnummer gilt, for those who open postal letters.

    Source: KWO § 56: an invalid Wahlschein leads to rejection, a number missing in the list is entered with a note [V].

    Args:
        session: any session.
        election_id: the election.
        number: as `operations.letters.certificate_of` gives it.

    Returns:
        What it is worth, and why it is invalid ("" otherwise). NOT_KEPT when the election keeps no list at all.
    """
    query = select(VotingCertificate).where(VotingCertificate.election_id == election_id)
    row = session.scalars(query.where(VotingCertificate.number == number)).first()
    if row is not None:
        return (Standing.VALID, "") if row.invalidated_at_utc is None else (Standing.INVALID, row.invalid_reason)
    return (Standing.UNKNOWN if session.scalars(query.limit(1)).first() is not None else Standing.NOT_KEPT), ""


def certificates(
    session: Session, election_id: int, choice: Choice = Choice.ALL, *, search: str = "", page: int = 1, rows: int | None = PAGE_ROWS
) -> tuple[CertificateView, ...]:
    """Wahlscheinverzeichnis, the newest first; a search finds a number or a person.

    Args:
        session: any session.
        election_id: the election.
        choice: which of them.
        search: number, or whatever `PersonFilter` finds.
        page: from 1.
        rows: lines of a page, None for all.
    """
    query = _query(election_id).where(_CHOICES[choice]).order_by(VotingCertificate.id.desc())
    typed = "".join(search.split()).upper()
    if typed:
        exact = select(VotingCertificate.id).where(VotingCertificate.election_id == election_id, VotingCertificate.number == typed)
        query = query.where(VotingCertificate.number == typed) if session.scalars(exact).first() else searched(query, search)
    if rows is not None:
        query = query.limit(rows).offset((max(page, 1) - 1) * rows)
    return tuple(_view(*row) for row in session.execute(query))


def certificate(session: Session, election_id: int, certificate_id: int) -> CertificateView | None:
    """One of them, or None."""
    row = session.execute(_query(election_id).where(VotingCertificate.id == certificate_id)).first()
    return _view(*row) if row else None


def certificates_of(session: Session, election_id: int, person_id: int) -> tuple[CertificateView, ...]:
    """All Wahlscheine of a person, the newest first."""
    query = _query(election_id).where(VotingCertificate.person_id == person_id).order_by(VotingCertificate.id.desc())
    return tuple(_view(*row) for row in session.execute(query))


def certificate_numbers(session: Session, election_id: int) -> dict[Choice, int]:
    """How many there are of each choice."""
    query = select(func.count()).select_from(VotingCertificate).outerjoin(RollEntry, RollEntry.person_id == VotingCertificate.person_id)
    query = query.where(VotingCertificate.election_id == election_id)
    return {choice: session.scalar(query.where(condition)) or 0 for choice, condition in _CHOICES.items()}


_REPLACED = aliased(VotingCertificate)
_CHOICES: dict[Choice, ColumnElement[bool]] = {
    Choice.ALL: VotingCertificate.id.is_not(None),
    Choice.WAITING: and_(VotingCertificate.sent_on.is_(None), VotingCertificate.invalidated_at_utc.is_(None)),
    Choice.INVALID: VotingCertificate.invalidated_at_utc.is_not(None),
    Choice.LATER: or_(
        VotingCertificate.after_closing.is_(True),
        and_(VotingCertificate.invalidated_at_utc.is_(None), RollEntry.certificate.is_not(True)),
    ),
    Choice.BLOCKED: and_(struck(VotingCertificate.person_id), VotingCertificate.invalidated_at_utc.is_(None)),
}


def _query(election_id: int) -> Select[VotingCertificate, str, str, int, int, bool, bool, str]:
    return (
        select(
            *(VotingCertificate, RegisteredPerson.family_name, RegisteredPerson.given_names, PollingDistrict.number),
            *(RollEntry.number, RollEntry.certificate, struck(VotingCertificate.person_id), _REPLACED.number),
        )
        .join(RegisteredPerson, RegisteredPerson.id == VotingCertificate.person_id)
        .join(PollingDistrict, PollingDistrict.id == VotingCertificate.district_id)
        .outerjoin(RollEntry, RollEntry.person_id == VotingCertificate.person_id)
        .outerjoin(_REPLACED, _REPLACED.id == VotingCertificate.replaces_id)
        .where(VotingCertificate.election_id == election_id)
    )


def _view(
    row: VotingCertificate,
    family: str,
    given: str,
    district: int,
    number: int | None,
    marked: bool | None,
    blocked: bool | None,
    replaces: str | None,
) -> CertificateView:
    return CertificateView(
        certificate_id=row.id,
        number=row.number,
        person_id=row.person_id,
        name=f"{family}, {given}",
        district_id=row.district_id,
        district_number=district,
        roll_number=number,
        marked=bool(marked),
        blocked=bool(blocked),
        issued_at_utc=row.issued_at_utc,
        issued_by=row.issued_by,
        delivery=row.delivery,
        sent_on=row.sent_on,
        reason=row.reason,
        after_closing=row.after_closing,
        replaces=replaces or "",
        invalidated_at_utc=row.invalidated_at_utc,
        invalidated_by=row.invalidated_by,
        invalid_reason=row.invalid_reason,
    )
