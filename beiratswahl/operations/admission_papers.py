"""Schriftstücke zur Zulassung: from the archive to letter of defects, receipt book, invitation and minutes of the Wahlausschuss."""

import json
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.documents.admission_minutes import (
    Attendee,
    CommitteeSitting,
    DecidedNomination,
    Receipt,
    Resolution,
    announced_sitting,
    invitation,
    letter_of_defects,
    minutes,
    receipt_book,
    vote_in_words,
)
from beiratswahl.documents.notice_sheet import Notice
from beiratswahl.law.committee import VOTING, CommitteeFunction
from beiratswahl.law.nominations import NominationState
from beiratswahl.law.trace import Step
from beiratswahl.operations.acts import Act
from beiratswahl.operations.admission import decided
from beiratswahl.operations.announcements_before import facts_of, printed
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.nomination_checks import defects
from beiratswahl.operations.notices import NoticeKind, put_out
from beiratswahl.store.read import journal, published, setup
from beiratswahl.store.read.committee import DecisionView, SittingView
from beiratswahl.store.read.journal import EntryView
from beiratswahl.store.read.nominations import NominationView, nominations

#: who signs the minutes when present
SIGNING = (*VOTING, CommitteeFunction.RECORDER)


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


def invitation_pdf(session: Session, sitting: SittingView, dated_on: date) -> bytes:
    """Einladung zur Sitzung des Wahlausschusses als PDF.

    Raises:
        Refused: it cannot be printed.
    """
    return printed(invitation(facts_of(session, sitting.election_id, dated_on), _sheet(session, sitting), _open_keywords(session, sitting)))


def publish_sitting(desk: Desk, sitting: SittingView, dated_on: date, medium: str = "") -> int:
    """Sitzung des Wahlausschusses öffentlich bekannt machen.

    Returns:
        The number of the notice.

    Raises:
        Refused: it is opened or cancelled, dated in the future, or cannot be printed.
    """
    if sitting.opened_at_utc is not None or sitting.cancelled_reason:
        raise Refused("Die Sitzung ist schon eröffnet oder abgesagt; bekannt gemacht wird sie vorher.")
    return put_out(desk, sitting.election_id, NoticeKind.SITTING, lambda: _announced(desk.session, sitting, dated_on), medium)


def announcement_pdf(session: Session, sitting: SittingView, dated_on: date) -> bytes:
    """Bekanntmachung der Sitzung als PDF, as it would be published.

    Raises:
        Refused: it cannot be printed.
    """
    return printed(_announced(session, sitting, dated_on))


def minutes_pdf(session: Session, sitting: SittingView, dated_on: date) -> bytes:
    """Niederschrift über eine Sitzung als PDF; with the admission, if this sitting decided on it.

    Raises:
        Refused: the sitting was not opened yet, or it cannot be printed.
    """
    if sitting.opened_at_utc is None:
        raise Refused("Die Niederschrift gibt es, sobald die Sitzung eröffnet ist.")
    votes = {of.nomination_id: of for of in sitting.decisions if of.nomination_id is not None and of.candidate_id is None}
    decisions: list[DecidedNomination] = []
    steps: tuple[Step, ...] = ()
    if votes:
        received = enumerate(_by_receipt(session, sitting.election_id), 1)
        decisions = [_decided(at, of, votes.get(of.nomination_id)) for at, of in received]
        steps = decided(session, sitting.election_id).steps
    return printed(minutes(facts_of(session, sitting.election_id, dated_on), _sheet(session, sitting), decisions, steps))


def _announced(session: Session, sitting: SittingView, dated_on: date) -> Notice:
    return announced_sitting(facts_of(session, sitting.election_id, dated_on), _sheet(session, sitting), _open_keywords(session, sitting))


def _open_keywords(session: Session, sitting: SittingView) -> list[str]:
    found = _by_receipt(session, sitting.election_id)
    return [of.keyword or "ohne Kennwort" for of in found if of.state == NominationState.SUBMITTED.value and of.number is None]


def _sheet(session: Session, sitting: SittingView) -> CommitteeSitting:
    others = [of for of in sitting.decisions if of.nomination_id is None]
    return CommitteeSitting(
        number=sitting.number,
        begins=clock.local(sitting.begins_at_utc),
        room=sitting.room,
        agenda=sitting.agenda,
        attendees=tuple(
            Attendee(of.name, of.function, _local(of.present_from_utc), _local(of.present_to_utc), of.function in SIGNING)
            for of in sitting.attendances
        ),
        invited_on=sitting.invited_on,
        opened=_local(sitting.opened_at_utc),
        closed=_local(sitting.closed_at_utc),
        quorum=sitting.quorum,
        course=sitting.course,
        resolutions=tuple(Resolution(of.subject, of.decision, of.reason, vote_in_words(of.yes, of.no, of.abstained)) for of in others),
        announced=_how_announced(session, sitting),
    )


def _how_announced(session: Session, sitting: SittingView) -> str:
    """The newest announcement of a sitting that stood before this one was opened; "" without one."""
    before = sitting.opened_at_utc or clock.now()
    for of in published.notices(session, sitting.election_id):
        if of.kind == NoticeKind.SITTING.value and of.withdrawn_at_utc is None and of.published_at_utc <= before:
            return f"Bekanntmachung Nr. {of.number} vom {clock.local(of.published_at_utc):%d.%m.%Y}"
    return ""


def _local(at_utc: datetime | None) -> datetime | None:
    return clock.local(at_utc) if at_utc else None


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
        receipt_book(facts_of(session, election_id, dated_on), [_receipt(of, entered) for of in _by_receipt(session, election_id)])
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
        channel=of.channel,
        entered=(clock.local(entry.at_utc), entry.number) if entry else None,
        received_by=entry.actor_name if entry else "–",
        state=of.state,
    )


def _by_receipt(session: Session, election_id: int) -> list[NominationView]:
    return sorted(nominations(session, election_id), key=lambda of: (of.received_at_utc, of.nomination_id))


def _decided(receipt: int, of: NominationView, vote: DecisionView | None) -> DecidedNomination:
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
        vote=vote_in_words(vote.yes, vote.no, vote.abstained) if vote else "",
    )
