"""Schriftstücke zur Zulassung: from the archive to letter of defects, invitation and minutes. Decides nothing and stores nothing."""

import json
from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.documents.admission_minutes import (
    CommitteeSession,
    DecidedNomination,
    Receipt,
    invitation,
    letter_of_defects,
    minutes,
    receipt_book,
)
from beiratswahl.law.nominations import NominationState
from beiratswahl.operations.acts import Act
from beiratswahl.operations.announcements_before import facts_of, printed
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.nominations import decided, defects
from beiratswahl.store.read import journal, setup
from beiratswahl.store.read.journal import EntryView
from beiratswahl.store.read.nominations import NominationView, nominations


def defects_pdf(session: Session, election_id: int, nomination_id: int, dated_on: date) -> bytes:
    """Mängelschreiben als PDF.

    Raises:
        Refused: the nomination has no defect, is decided or withdrawn, or the letter cannot be printed.
    """
    found = defects(session, election_id).get(nomination_id, ())
    of = next((of for of in nominations(session, election_id) if of.nomination_id == nomination_id), None)
    if of is None or not found:
        raise Refused("Dieser Wahlvorschlag hat keine Mängel, die der Vertrauensperson mitzuteilen sind.")
    received = clock.local(of.received_at_utc)
    return printed(letter_of_defects(facts_of(session, election_id, dated_on), of.keyword, of.contact_name, received, found))


def invitation_pdf(session: Session, election_id: int, meeting: CommitteeSession, dated_on: date) -> bytes:
    """Einladung des Wahlausschusses als PDF.

    Raises:
        Refused: it cannot be printed.
    """
    keywords = [of.keyword for of in _by_receipt(session, election_id) if of.state == NominationState.SUBMITTED.value]
    return printed(invitation(facts_of(session, election_id, dated_on), meeting, keywords))


def minutes_pdf(session: Session, election_id: int, meeting: CommitteeSession, dated_on: date) -> bytes:
    """Niederschrift über die Zulassung als PDF.

    Raises:
        Refused: the Wahlausschuss has not decided yet, or it cannot be printed.
    """
    election = setup.election(session, election_id)
    if election is None or election.nominations_closed_at_utc is None:
        raise Refused("Die Niederschrift gibt es, sobald die Entscheidungen des Wahlausschusses eingetragen sind.")
    decisions = [_decided(at, of) for at, of in enumerate(_by_receipt(session, election_id), 1)]
    return printed(minutes(facts_of(session, election_id, dated_on), meeting, decisions, decided(session, election_id).steps))


def receipt_book_pdf(session: Session, election_id: int, dated_on: date) -> bytes:
    """Eingangsbuch als PDF: every nomination ever received, the late and the withdrawn ones too.

    Raises:
        Refused: it cannot be printed.
    """
    election = setup.election(session, election_id)
    if election is None:
        raise Refused("Diese Wahl gibt es nicht.")
    entered = {}
    for entry in journal.entries_of_act(session, election.municipality_id, election_id, Act.NOMINATION_RECEIVED.value):
        entered[int(json.loads(entry.details)["nomination_id"])] = entry
    return printed(
        receipt_book(facts_of(session, election_id, dated_on), [_receipt(of, entered) for of in _by_receipt(session, election_id)])
    )


def _receipt(of: NominationView, entered: Mapping[int, EntryView]) -> Receipt:
    entry = entered.get(of.nomination_id)
    return Receipt(
        keyword=of.keyword,
        received=clock.local(of.received_at_utc),
        channel=of.channel,
        entered=(clock.local(entry.at_utc), entry.number) if entry else None,
        received_by=entry.actor_name if entry else "–",
        state=of.state,
    )


def _by_receipt(session: Session, election_id: int) -> list[NominationView]:
    return sorted(nominations(session, election_id), key=lambda of: (of.received_at_utc, of.nomination_id))


def _decided(receipt: int, of: NominationView) -> DecidedNomination:
    admitted = tuple(f"{candidate.ballot_number} {candidate.name}" for candidate in of.standing) if of.number is not None else ()
    return DecidedNomination(
        receipt=receipt,
        keyword=of.keyword,
        received=clock.local(of.received_at_utc),
        channel=of.channel,
        state=of.state,
        reason=of.decision_reason,
        number=of.number,
        admitted=admitted,
        struck=tuple((candidate.name, candidate.struck_reason) for candidate in of.candidates if candidate.struck)
        if of.state != NominationState.REFUSED.value
        else (),
    )
