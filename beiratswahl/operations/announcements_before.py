"""Bekanntmachungen vor der Wahl: from the archive to the sheet, and its PDF. Decides nothing and stores nothing."""

from collections.abc import Callable
from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy.orm import Session

from beiratswahl import clock, words
from beiratswahl.documents.announcement_of_election import election_notice, roll_inspection
from beiratswahl.documents.announcement_of_nominations import (
    AnnouncedList,
    AnnouncedPerson,
    admitted_nominations,
    call_for_nominations,
    no_election,
)
from beiratswahl.documents.ballot_sheet import instructions
from beiratswahl.documents.election_facts import ElectionFacts
from beiratswahl.documents.notice import print_notice
from beiratswahl.documents.notice_sheet import Notice
from beiratswahl.documents.typeface import FontsMissing, UnprintableCharacter
from beiratswahl.law.admission import Outcome
from beiratswahl.law.deadlines import deadlines
from beiratswahl.law.list_numbers import free_number_steps
from beiratswahl.law.nominations import NominationState
from beiratswahl.law.rules import Level, NominationModel, System
from beiratswahl.law.trace import Step
from beiratswahl.operations import ballot_printing
from beiratswahl.operations.admission import decided
from beiratswahl.operations.announcements import genitive, letterhead
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.read import setup
from beiratswahl.store.read.nominations import CandidateView, NominationView, free_numbers, nominations


class Announcement(StrEnum):
    """Bekanntmachung vor der Wahl: the value is its name in addresses and files."""

    CALL = "aufforderung"
    INSPECTION = "einsicht"
    ADMITTED = "wahlvorschlaege"
    NO_ELECTION = "keine-wahl"
    ELECTION = "wahlbekanntmachung"


def announcement(session: Session, election_id: int, which: Announcement, dated_on: date) -> bytes:
    """Bekanntmachung als PDF.

    Args:
        session: the archive.
        election_id: the election.
        which: which one.
        dated_on: day under which it is signed; the same day gives the same bytes.

    Raises:
        Refused: it is not the time for it, something it must say is missing, or it cannot be printed.
    """
    return printed(notice_of(session, election_id, which, dated_on))


def notice_of(session: Session, election_id: int, which: Announcement, dated_on: date) -> Notice:
    """Bekanntmachung as a sheet, not yet printed.

    Raises:
        Refused: it is not the time for it, or something it must say is missing.
    """
    return _SHEETS[which](session, election_id, dated_on)


def printed(notice: Notice) -> bytes:
    """Schriftstück drucken.

    Raises:
        Refused: it cannot be printed.
    """
    try:
        return print_notice(notice)
    except (UnprintableCharacter, FontsMissing) as error:
        raise Refused(str(error)) from error


def facts_of(session: Session, election_id: int, dated_on: date) -> ElectionFacts:
    """Angaben zur Wahl for everything that is printed before it.

    Raises:
        Refused: address or signature of the municipality are missing, or the rules are not settled.
    """
    election = setup.election(session, election_id)
    if election is None:
        raise Refused("Diese Wahl gibt es nicht.")
    municipality = setup.printed_municipality(session, election.municipality_id)
    address = (municipality.street, f"{municipality.postcode} {municipality.town}".strip())
    if not all(address):
        raise Refused("Für Bekanntmachungen fehlt die Anschrift des Wahlamts. Ergänzen Sie Straße, Postleitzahl und Ort der Körperschaft.")
    rules = rules_of(session, election_id)
    return ElectionFacts(
        letterhead=letterhead(municipality),
        municipality_of=genitive(municipality.name),
        council=municipality.council_name,
        council_genitive=words.council_genitive(municipality.council_name),
        level=Level(municipality.level),
        bylaw=election.bylaw_citation,
        election_day=election.day,
        rules=rules,
        deadlines={deadline.key: deadline for deadline in deadlines(rules, election.day)},
        office=(f"Wahlamt {genitive(municipality.name)}", *address),
        place=municipality.town,
        dated_on=dated_on,
        signatory=municipality.returning_officer or municipality.office_name,
        signatory_office=municipality.returning_officer_title,
        created_at_utc=clock.from_local(datetime.combine(dated_on, time(12))),
    )


def _call(session: Session, election_id: int, dated_on: date) -> Notice:
    return call_for_nominations(facts_of(session, election_id, dated_on))


def _inspection(session: Session, election_id: int, dated_on: date) -> Notice:
    facts = facts_of(session, election_id, dated_on)
    if facts.rules.application_deadline is None:
        raise Refused("Die Frist für Anträge auf Eintragung ist noch nicht bestätigt; ohne sie ist die Bekanntmachung unvollständig.")
    return roll_inspection(facts)


def _admitted(session: Session, election_id: int, dated_on: date) -> Notice:
    facts, admitted = facts_of(session, election_id, dated_on), _taking_place(session, election_id)
    if facts.rules.nomination_model is NominationModel.PERSON and facts.rules.system is System.MAJORITY:
        found = [(candidate, of.short_name or of.keyword) for of in admitted for candidate in of.standing]
        ordered = sorted(found, key=lambda pair: int(pair[0].ballot_number or 0))
        return admitted_nominations(facts, (), [_person(candidate, note) for candidate, note in ordered])
    lists = [AnnouncedList(of.number or 0, of.keyword, tuple(_person(candidate) for candidate in of.standing)) for of in admitted]
    return admitted_nominations(facts, lists, free_numbers=_free_numbers(session, election_id))


def _free_numbers(session: Session, election_id: int) -> tuple[Step, ...]:
    return tuple(
        step for of in free_numbers(session, election_id) for step in free_number_steps({of.number: of.party}, of.basis.rstrip("."))
    )


def _no_election(session: Session, election_id: int, dated_on: date) -> Notice:
    election = setup.election(session, election_id)
    if election is None or election.admission_outcome != Outcome.NO_ELECTION.value:
        raise Refused(
            "Diese Bekanntmachung gibt es nur, wenn nach der Zulassung keine Wahl stattfindet (§ 56 Abs. 3 GemO, § 49a Abs. 3 LKO)."
        )
    return no_election(facts_of(session, election_id, dated_on), decided(session, election_id).steps)


def _election(session: Session, election_id: int, dated_on: date) -> Notice:
    facts = facts_of(session, election_id, dated_on)
    _taking_place(session, election_id)
    boards = [(f"Stimmbezirk {of.number}", of.name) for of in setup.districts(session, election_id)]
    return election_notice(facts, instructions(ballot_printing.sheet_of(session, election_id)), boards)


def _taking_place(session: Session, election_id: int) -> list[NominationView]:
    election = setup.election(session, election_id)
    if election is None or election.nominations_closed_at_utc is None:
        raise Refused("Das kann erst bekannt gemacht werden, wenn der Wahlausschuss über die Zulassung entschieden hat (§ 23 KWG).")
    if election.admission_outcome == Outcome.NO_ELECTION.value:
        raise Refused("Die Wahl findet nicht statt; bekannt zu machen ist nur das (§ 56 Abs. 3 GemO, § 49a Abs. 3 LKO).")
    return [of for of in nominations(session, election_id) if of.state == NominationState.ADMITTED.value]


def _person(candidate: CandidateView, note: str = "") -> AnnouncedPerson:
    year = candidate.birth_date[:4]
    return AnnouncedPerson(candidate.ballot_number or "", candidate.name, year, candidate.published_place, candidate.named, note)


_SHEETS: dict[Announcement, Callable[[Session, int, date], Notice]] = {
    Announcement.CALL: _call,
    Announcement.INSPECTION: _inspection,
    Announcement.ADMITTED: _admitted,
    Announcement.NO_ELECTION: _no_election,
    Announcement.ELECTION: _election,
}
