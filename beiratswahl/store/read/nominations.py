"""Reads of nominations and candidates."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from beiratswahl.law.departures import DepartureKind, takes_no_seat
from beiratswahl.store.tables.nominations import Candidate, CandidateDeparture, FreeListNumber, Nomination


@dataclass(frozen=True, slots=True)
class CandidateView:
    """Bewerberin oder Bewerber."""

    candidate_id: int
    position: int
    family_name: str
    given_names: str
    birth_date: str
    nationality: str
    profession: str
    street: str
    postcode: str
    town: str
    named: int
    consent: bool
    eligibility_certified: bool
    parental_consent: bool
    struck: bool
    struck_reason: str
    ballot_number: str | None
    incompatible_office: str
    intent_declared: bool
    sex: str
    stands_as: str
    public_postcode: str
    public_town: str
    #: value of law.departures.DepartureKind for who left after the admission, else ""
    departed: str
    departed_on: date | None

    @property
    def name(self) -> str:
        """ "Kaya, Ayşe", as on the ballot."""
        return f"{self.family_name}, {self.given_names}" if self.given_names else self.family_name

    @property
    def address(self) -> tuple[str, ...]:
        """Anschrift, line by line."""
        return _address(self.street, self.postcode, self.town)

    @property
    def published_place(self) -> str:
        """Postcode and town as published: of the Erreichbarkeitsanschrift where there is one (§ 30 Abs. 1 KWO)."""
        if self.public_town:
            return f"{self.public_postcode} {self.public_town}".strip()
        return f"{self.postcode} {self.town}".strip()

    @property
    def electable(self) -> bool:
        """Whether the person can still get a seat: not struck, and neither dead nor without Wählbarkeit since the admission."""
        return not self.struck and (not self.departed or not takes_no_seat(DepartureKind(self.departed)))


@dataclass(frozen=True, slots=True)
class NominationView:
    """Wahlvorschlag mit allen Bewerbern, the struck ones too."""

    nomination_id: int
    election_id: int
    keyword: str
    short_name: str
    received_at_utc: datetime
    channel: str
    contact_name: str
    landtag_votes: int | None
    previous_votes: int | None
    number: int | None
    state: str
    decision_reason: str
    contact_street: str
    contact_postcode: str
    contact_town: str
    contact_phone: str
    contact_email: str
    deputy_name: str
    deputy_street: str
    deputy_postcode: str
    deputy_town: str
    deputy_phone: str
    deputy_email: str
    meeting_day: date | None
    meeting_place: str
    meeting_invited_on: date | None
    meeting_invitation: str
    meeting_leader: str
    meeting_present: int | None
    meeting_secret: bool
    meeting_signed: bool
    meeting_affirmed: bool
    signatures_waived: str
    original_received_at_utc: datetime | None
    candidates: tuple[CandidateView, ...]

    @property
    def standing(self) -> tuple[CandidateView, ...]:
        """Candidates that are not struck."""
        return tuple(candidate for candidate in self.candidates if not candidate.struck)

    @property
    def contact_address(self) -> tuple[str, ...]:
        """Anschrift der Vertrauensperson, line by line."""
        return _address(self.contact_street, self.contact_postcode, self.contact_town)

    @property
    def deputy_address(self) -> tuple[str, ...]:
        """Anschrift der Stellvertretung, line by line."""
        return _address(self.deputy_street, self.deputy_postcode, self.deputy_town)


def _columns(view: type[Any], table: type[Any], **elsewhere: Any) -> list[Any]:
    """The column behind each field of a view, in its order."""
    names = [field.name for field in fields(view) if field.name != "candidates"]
    return [elsewhere[name] if name in elsewhere else getattr(table, name) for name in names]


_NOMINATIONS = select(*_columns(NominationView, Nomination, nomination_id=Nomination.id)).order_by(
    Nomination.received_at_utc, Nomination.id
)
_OTHERS = {
    "candidate_id": Candidate.id,
    "departed": func.coalesce(CandidateDeparture.kind, ""),
    "departed_on": CandidateDeparture.happened_on,
}
_CANDIDATES = (
    select(Candidate.nomination_id, *_columns(CandidateView, Candidate, **_OTHERS))
    .outerjoin(CandidateDeparture, CandidateDeparture.candidate_id == Candidate.id)
    .order_by(Candidate.nomination_id, Candidate.position)
)


def _address(street: str, postcode: str, town: str) -> tuple[str, ...]:
    return tuple(line for line in (street, f"{postcode} {town}".strip()) if line)


def nominations(session: Session, election_id: int) -> tuple[NominationView, ...]:
    """All nominations: numbered ones by number, the others by time of receipt."""
    found = _views(session, Nomination.election_id == election_id, Candidate.election_id == election_id)
    return tuple(sorted(found, key=lambda of: (of.number is None, of.number or 0)))


@dataclass(frozen=True, slots=True)
class FreeNumberView:
    """Listennummer, die frei bleibt."""

    number: int
    party: str
    basis: str


def free_numbers(session: Session, election_id: int) -> tuple[FreeNumberView, ...]:
    """Freie Listennummern, by number."""
    query = select(FreeListNumber.number, FreeListNumber.party, FreeListNumber.basis).where(FreeListNumber.election_id == election_id)
    return tuple(FreeNumberView(*row) for row in session.execute(query.order_by(FreeListNumber.number)))


def nomination(session: Session, nomination_id: int) -> NominationView | None:
    """One nomination, or None."""
    found = _views(session, Nomination.id == nomination_id, Candidate.nomination_id == nomination_id)
    return found[0] if found else None


def _views(session: Session, wanted: ColumnElement[bool], theirs: ColumnElement[bool]) -> list[NominationView]:
    # plain rows instead of mapped objects: every recorded ballot reads the paper anew
    people: defaultdict[int, list[CandidateView]] = defaultdict(list)
    for nomination_id, *facts in session.execute(_CANDIDATES.where(theirs)):
        people[nomination_id].append(CandidateView(*facts))
    rows: Iterable[tuple[Any, ...]] = map(tuple, session.execute(_NOMINATIONS.where(wanted)))
    return [NominationView(*(*facts, tuple(people[facts[0]]))) for facts in rows]
