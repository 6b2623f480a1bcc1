"""Prüfung der Wahlvorschläge: from the archive to the values the law judges, and the defects it finds."""

from dataclasses import fields
from datetime import date

from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law import nominations as law
from beiratswahl.law.meetings import Meeting
from beiratswahl.law.nominations import Defect, NominationState
from beiratswahl.operations.setup import rule_set
from beiratswahl.operations.signatures import countable
from beiratswahl.store.read.nominations import CandidateView, NominationView, nominations
from beiratswahl.store.tables.setup import Election

#: street, and postcode with town
FULL_ADDRESS = 2
#: ways of receipt on which no signed original comes (§ 16 Abs. 1 KWG)
COPIES = ("Telefax", "E-Mail")


def defects(session: Session, election_id: int) -> dict[int, tuple[Defect, ...]]:
    """Mängel of every submitted nomination, by its number (id)."""
    signed = countable(session, election_id)
    submitted = {
        of.nomination_id: lawful(of, signed.get(of.nomination_id, ()))
        for of in nominations(session, election_id)
        if of.state == NominationState.SUBMITTED.value
    }
    rules, day = rule_set(session, election_id).rules(), session.get_one(Election, election_id).day
    return {
        key: law.defects(rules, day, of, [other for other in submitted.values() if other.key != of.key]) for key, of in submitted.items()
    }


def lawful(view: NominationView, signatures: tuple[str, ...] = ()) -> law.Nomination:
    """Wahlvorschlag as the law judges it."""
    return law.Nomination(
        key=str(view.nomination_id),
        keyword=view.keyword,
        received_at=clock.local(view.received_at_utc).replace(tzinfo=None),
        candidates=tuple(_lawful_candidate(candidate) for candidate in view.candidates),
        signatures=signatures,
        landtag_votes=view.landtag_votes,
        previous_votes=view.previous_votes,
        meeting=Meeting(**{column.name: getattr(view, f"meeting_{column.name}") for column in fields(Meeting)}),
        signatures_waived=bool(view.signatures_waived),
        contact_named=bool(view.contact_name and view.deputy_name),
        copy_by=view.channel if view.channel in COPIES else "",
        original_at=clock.local(view.original_received_at_utc).replace(tzinfo=None) if view.original_received_at_utc else None,
        contact_reachable=len(view.contact_address) == len(view.deputy_address) == FULL_ADDRESS,
    )


def _lawful_candidate(view: CandidateView) -> law.Candidate:
    try:
        birth_date = date.fromisoformat(view.birth_date)
    except ValueError:
        birth_date = None
    given = {
        "Vornamen": view.given_names,
        "Tag der Geburt": birth_date,
        "Staatsangehörigkeit": view.nationality,
        "Beruf": view.profession,
        "Anschrift": view.street and view.postcode and view.town,
    }
    return law.Candidate(
        key=str(view.candidate_id),
        family_name=view.family_name,
        given_names=view.given_names,
        birth_date=birth_date,
        named=view.named,
        missing=tuple(name for name, value in given.items() if not value),
        consent=view.consent,
        certified=view.eligibility_certified,
        parental_consent=view.parental_consent,
        undeclared_office="" if view.intent_declared else view.incompatible_office,
    )
