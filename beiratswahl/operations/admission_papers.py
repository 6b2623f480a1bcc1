"""Schriftstücke zum Eingang der Wahlvorschläge: letter of defects and receipt book."""

import json
from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.documents.admission_minutes import (
    Receipt,
    letter_of_defects,
    receipt_book,
)
from beiratswahl.operations.acts import Act
from beiratswahl.operations.announcements_before import facts_of, printed
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.nomination_checks import defects
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
    contact = (of.contact_name, *of.contact_address) if of.contact_name else ()
    return printed(letter_of_defects(facts_of(session, election_id, dated_on), of.keyword, contact, received, found))


def receipt_book_pdf(session: Session, election_id: int, dated_on: date) -> bytes:
    """Eingangsbuch als PDF: every nomination ever received, the late and the withdrawn ones too.

    Raises:
        Refused: it cannot be printed.
    """
    election = setup.election(session, election_id)
    if election is None:
        raise Refused("Diese Wahl gibt es nicht.")
    entered = receipt_entries(session, election.municipality_id, election_id)
    return printed(
        receipt_book(facts_of(session, election_id, dated_on), [_receipt(of, entered) for of in by_receipt(session, election_id)])
    )


def receipt_entries(session: Session, municipality_id: int, election_id: int) -> dict[int, EntryView]:
    """Eintrag im Amtsbuch, with which each nomination (id) was received."""
    entries = journal.entries_of_act(session, municipality_id, election_id, Act.NOMINATION_RECEIVED.value)
    return {int(json.loads(entry.details)["nomination_id"]): entry for entry in entries}


def _receipt(of: NominationView, entered: Mapping[int, EntryView]) -> Receipt:
    entry = entered.get(of.nomination_id)
    return Receipt(
        keyword=of.keyword,
        received=clock.local(of.received_at_utc),
        channel=of.channel
        + (f", Original {clock.local(original):%d.%m.%Y, %H:%M:%S}" if (original := of.original_received_at_utc) else ""),
        entered=(clock.local(entry.at_utc), entry.number) if entry else None,
        received_by=entry.actor_name if entry else "–",
        state=of.state,
    )


def by_receipt(session: Session, election_id: int) -> list[NominationView]:
    """Nominations in the order in which they came in."""
    return sorted(nominations(session, election_id), key=lambda of: (of.received_at_utc, of.nomination_id))
