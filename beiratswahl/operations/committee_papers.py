"""Schriftstücke einer Sitzung des Wahlausschusses: invitation, public announcement and minutes."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.documents.admission_minutes import (
    Attendee,
    CommitteeSitting,
    DecidedNomination,
    Resolution,
    announced_sitting,
    invitation,
    minutes,
    vote_in_words,
)
from beiratswahl.documents.notice_data import notice_json
from beiratswahl.documents.notice_sheet import Notice
from beiratswahl.law.committee import VOTING, CommitteeFunction
from beiratswahl.law.nominations import NominationState
from beiratswahl.operations.acts import Act
from beiratswahl.operations.admission import decided
from beiratswahl.operations.admission_papers import by_receipt
from beiratswahl.operations.announcements_before import facts_of, printed
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.notices import NoticeKind, put_out
from beiratswahl.store.read import committee, journal, published, setup
from beiratswahl.store.read.committee import DecisionView, SittingView
from beiratswahl.store.read.nominations import NominationView
from beiratswahl.store.read.published import NoticeView

#: time and place, and the agenda; the nominations to be decided on may still change
FIXED_SECTIONS = 2
#: who signs the minutes when present
SIGNING = (*VOTING, CommitteeFunction.RECORDER)


def invitation_pdf(session: Session, sitting: SittingView, dated_on: date) -> bytes:
    """Einladung zur Sitzung des Wahlausschusses als PDF.

    Raises:
        Refused: it cannot be printed.
    """
    return printed(invitation(facts_of(session, sitting.election_id, dated_on), _sheet(sitting), _open_keywords(session, sitting)))


def publish_sitting(desk: Desk, sitting: SittingView, dated_on: date, medium: str = "") -> int:
    """Sitzung des Wahlausschusses öffentlich bekannt machen.

    Returns:
        The number of the notice.

    Raises:
        Refused: it is opened, cancelled or announced already, dated in the future, or cannot be printed.
    """
    if sitting.opened_at_utc is not None or sitting.cancelled_reason:
        raise Refused("Die Sitzung ist schon eröffnet oder abgesagt; bekannt gemacht wird sie vorher.")
    if sitting.announced is not None:
        raise Refused(
            f"Die Sitzung ist schon bekannt gemacht (Nr. {sitting.announced.number}). Soll sich etwas ändern, ziehen Sie sie erst zurück."
        )

    def sheet() -> Notice:
        return _announced(desk.session, _as_stored(desk.session, sitting), dated_on)

    return put_out(desk, sitting.election_id, NoticeKind.SITTING, sheet, medium, sitting.sitting_id)


def announcement_is_outdated(session: Session, sitting: SittingView) -> bool:
    """Whether the standing announcement names another time, place or agenda than the sitting has now."""
    if sitting.announced is None:
        return False
    out = published.notice(session, sitting.election_id, sitting.announced.number)
    if out is None:
        return False
    now = json.loads(_as_data(_announced(session, sitting, date.fromisoformat(out.sheet["dated_on"])), out))
    return bool(now["sections"][:FIXED_SECTIONS] != out.sheet["sections"][:FIXED_SECTIONS])


def _as_data(notice: Notice, out: NoticeView) -> bytes:
    day = date.fromisoformat(out.sheet["election_day"])
    return notice_json(notice, kind=out.kind, number=out.number, council=out.sheet["council"], election_day=day)


def _as_stored(session: Session, sitting: SittingView) -> SittingView:
    """The sitting as it stands now: within the act it may differ from the page."""
    return committee.sitting(session, sitting.sitting_id) or sitting


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
    facts = facts_of(session, sitting.election_id, dated_on)
    if not _decided_on_the_admission_that_holds(session, sitting):
        sheet = _sheet(sitting, sitting.decisions)
        course = "\n".join(text for text in (sheet.course, _entered_outside(session, sitting)) if text)
        return printed(minutes(facts, replace(sheet, course=course), (), ()))
    received = enumerate(by_receipt(session, sitting.election_id), 1)
    decisions = [_decided(at, of, sitting) for at, of in received]
    others = [of for of in sitting.decisions if of.nomination_id is None]
    return printed(minutes(facts, _sheet(sitting, others), decisions, decided(session, sitting.election_id).steps))


def _entered_outside(session: Session, sitting: SittingView) -> str:
    """Zulassung, die ohne Sitzung nachgetragen wurde; told in the minutes nearest to it, "" in all others."""
    election = setup.election(session, sitting.election_id)
    if election is None or election.nominations_closed_at_utc is None:
        return ""
    entries = journal.entries_of_act(session, election.municipality_id, election.election_id, Act.NOMINATIONS_CLOSED.value)
    reason = json.loads(entries[-1].details).get("outside", "") if entries else ""
    decided_at = election.nominations_closed_at_utc
    opened = [of for of in committee.sittings(session, sitting.election_id) if of.opened_at_utc is not None]
    nearest = min(opened, key=lambda of: abs((of.opened_at_utc or decided_at) - decided_at), default=None)
    if not reason or nearest is None or nearest.number != sitting.number:
        return ""
    at = clock.local(decided_at)
    return f"Die Entscheidung über die Zulassung der Wahlvorschläge ist am {at:%d.%m.%Y} ohne Sitzung im Programm nachgetragen: {reason}"


def _decided_on_the_admission_that_holds(session: Session, sitting: SittingView) -> bool:
    """Whether this is the last sitting that decided on nominations, and its decision was not opened again."""
    election = setup.election(session, sitting.election_id)
    if election is None or election.nominations_closed_at_utc is None:
        return False
    deciding = [of.number for of in committee.sittings(session, sitting.election_id) if any(_on_a_nomination(one) for one in of.decisions)]
    return bool(deciding) and deciding[-1] == sitting.number


def _on_a_nomination(decision: DecisionView) -> bool:
    return decision.nomination_id is not None and decision.candidate_id is None


def _announced(session: Session, sitting: SittingView, dated_on: date) -> Notice:
    return announced_sitting(facts_of(session, sitting.election_id, dated_on), _sheet(sitting), _open_keywords(session, sitting))


def _open_keywords(session: Session, sitting: SittingView) -> list[str]:
    found = by_receipt(session, sitting.election_id)
    return [of.keyword or "ohne Kennwort" for of in found if of.state == NominationState.SUBMITTED.value and of.number is None]


def _sheet(sitting: SittingView, resolved: Iterable[DecisionView] = ()) -> CommitteeSitting:
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
        resolutions=tuple(Resolution(of.subject, of.decision, of.reason, vote_in_words(of.yes, of.no, of.abstained)) for of in resolved),
        announced=_how_announced(sitting),
    )


def _how_announced(sitting: SittingView) -> str:
    """The announcement of this sitting that stood when it was opened; "" without one."""
    # the opening is written down to the minute
    began = (sitting.opened_at_utc or clock.now()).replace(second=0, microsecond=0)
    for of in reversed(sitting.notices):
        if of.published_at_utc < began + timedelta(minutes=1) and (of.withdrawn_at_utc is None or of.withdrawn_at_utc >= began):
            return f"Bekanntmachung Nr. {of.number} vom {clock.local(of.published_at_utc):%d.%m.%Y}"
    return ""


def _local(at_utc: datetime | None) -> datetime | None:
    return clock.local(at_utc) if at_utc else None


def _decided(receipt: int, of: NominationView, sitting: SittingView) -> DecidedNomination:
    """As it was decided then: what happened to a person afterwards changes no minutes."""
    here = [one for one in sitting.decisions if one.nomination_id == of.nomination_id]
    vote = next((one for one in here if _on_a_nomination(one)), None)
    admitted = (f"{person.ballot_number} {person.name}" for person in of.candidates if person.ballot_number is not None)
    return DecidedNomination(
        receipt=receipt,
        keyword=of.keyword,
        received=clock.local(of.received_at_utc),
        channel=of.channel,
        state=of.state,
        reason=of.decision_reason,
        number=of.number,
        admitted=tuple(admitted) if of.number is not None else (),
        struck=tuple((one.subject, one.reason) for one in here if one.candidate_id is not None),
        vote=vote_in_words(vote.yes, vote.no, vote.abstained) if vote else "",
    )
