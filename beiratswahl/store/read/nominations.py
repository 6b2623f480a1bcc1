"""Reads of nominations and candidates."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.store.tables.nominations import Candidate, Nomination


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

    @property
    def name(self) -> str:
        """ "Kaya, Ayşe", as on the ballot."""
        return f"{self.family_name}, {self.given_names}" if self.given_names else self.family_name


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
    candidates: tuple[CandidateView, ...]

    @property
    def standing(self) -> tuple[CandidateView, ...]:
        """Candidates that are not struck."""
        return tuple(candidate for candidate in self.candidates if not candidate.struck)


def nominations(session: Session, election_id: int) -> tuple[NominationView, ...]:
    """All nominations: numbered ones by number, the others by time of receipt."""
    query = select(Nomination).where(Nomination.election_id == election_id)
    rows = session.scalars(query.order_by(Nomination.received_at_utc, Nomination.id)).all()
    return tuple(sorted((_nomination(row) for row in rows), key=lambda of: (of.number is None, of.number or 0)))


def nomination(session: Session, nomination_id: int) -> NominationView | None:
    """One nomination, or None."""
    row = session.get(Nomination, nomination_id)
    return _nomination(row) if row else None


def _nomination(row: Nomination) -> NominationView:
    return NominationView(
        row.id,
        row.election_id,
        row.keyword,
        row.short_name,
        row.received_at_utc,
        row.channel,
        row.contact_name,
        row.landtag_votes,
        row.previous_votes,
        row.number,
        row.state,
        row.decision_reason,
        tuple(_candidate(candidate) for candidate in row.candidates),
    )


def _candidate(row: Candidate) -> CandidateView:
    return CandidateView(
        row.id,
        row.position,
        row.family_name,
        row.given_names,
        row.birth_date,
        row.nationality,
        row.profession,
        row.street,
        row.postcode,
        row.town,
        row.named,
        row.consent,
        row.eligibility_certified,
        row.parental_consent,
        row.struck,
        row.struck_reason,
        row.ballot_number,
    )
