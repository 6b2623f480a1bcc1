"""Reads of nominations and candidates."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
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


_NOMINATIONS = select(
    Nomination.id,
    Nomination.election_id,
    Nomination.keyword,
    Nomination.short_name,
    Nomination.received_at_utc,
    Nomination.channel,
    Nomination.contact_name,
    Nomination.landtag_votes,
    Nomination.previous_votes,
    Nomination.number,
    Nomination.state,
    Nomination.decision_reason,
).order_by(Nomination.received_at_utc, Nomination.id)
_CANDIDATES = select(
    Candidate.nomination_id,
    Candidate.id,
    Candidate.position,
    Candidate.family_name,
    Candidate.given_names,
    Candidate.birth_date,
    Candidate.nationality,
    Candidate.profession,
    Candidate.street,
    Candidate.postcode,
    Candidate.town,
    Candidate.named,
    Candidate.consent,
    Candidate.eligibility_certified,
    Candidate.parental_consent,
    Candidate.struck,
    Candidate.struck_reason,
    Candidate.ballot_number,
).order_by(Candidate.nomination_id, Candidate.position)


def nominations(session: Session, election_id: int) -> tuple[NominationView, ...]:
    """All nominations: numbered ones by number, the others by time of receipt."""
    found = _views(session, Nomination.election_id == election_id, Candidate.election_id == election_id)
    return tuple(sorted(found, key=lambda of: (of.number is None, of.number or 0)))


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
