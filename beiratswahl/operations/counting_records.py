"""From a closed polling district to its Niederschrift and Schnellmeldung. Decides nothing."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy.orm import Session

from beiratswahl import clock, words
from beiratswahl.documents.counting_record import print_quick_report, print_record, print_tally_list
from beiratswahl.documents.counting_sheet import (
    CountingRecord,
    RecordBallot,
    RecordLetters,
    RecordList,
    RecordMember,
    RecordOpening,
    RecordPile,
    RecordRejection,
    RecordResolution,
)
from beiratswahl.law.ballot_papers import MajorityPile, ProportionalPile
from beiratswahl.law.ballots import adjudicate
from beiratswahl.law.boards import Function
from beiratswahl.law.postal import LetterState, Rejection, rejection_of
from beiratswahl.operations.acts import Act
from beiratswahl.operations.announcements import letterhead
from beiratswahl.operations.ballot_words import FINDINGS, MAJORITY_PILES, PROPORTIONAL_PILES, content_of, reason
from beiratswahl.operations.ballots import Paper, ballot_of, ballot_paper
from beiratswahl.operations.closing import Control, control
from beiratswahl.operations.control_records import record_control
from beiratswahl.operations.count_units import unit_of
from beiratswahl.operations.counting import VALID
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.mergers import minutes
from beiratswahl.store.read import boards as read
from beiratswahl.store.read import setup
from beiratswahl.store.read.boards import MemberView, PresenceView
from beiratswahl.store.read.count_control import merges
from beiratswahl.store.read.count_units import receiver_of
from beiratswahl.store.read.counting import BallotView, CountView, ballots, count, letters
from beiratswahl.store.tables.boards import CountRecord

RECORD, TALLY_LIST, QUICK_REPORT = "niederschrift", "zaehlliste", "schnellmeldung"
PRINTERS: dict[str, Callable[[CountingRecord], bytes]] = {
    RECORD: print_record,
    TALLY_LIST: print_tally_list,
    QUICK_REPORT: print_quick_report,
}
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Document:
    """Gedrucktes Dokument eines Abschlusses, with the name of its file."""

    name: str
    pdf: bytes


def write_documents(desk: Desk, district_id: int) -> None:
    """Niederschrift und Schnellmeldung des letzten Abschlusses schreiben und aufbewahren; written ones stay as they are.

    Raises:
        Refused: the district is not closed.
    """
    sheet = record_sheet(desk.session, district_id)
    # printed before the act begins: nobody else's ballot waits for a page
    printed = {kind: printer(sheet) for kind, printer in PRINTERS.items()}
    district = setup.district(desk.session, district_id)
    if district is None:
        raise LookupError(district_id)
    keys = {"municipality_id": district.municipality_id, "election_id": district.election_id}
    with desk.act(Act.COUNT_RECORD_WRITTEN, f"Stimmbezirk {district.number}", **keys) as entry:
        closing = record_sheet(desk.session, district_id).closing
        if closing != sheet.closing:
            raise Refused("Der Stimmbezirk ist inzwischen neu abgeschlossen. Rufen Sie die Niederschrift noch einmal auf.")
        for kind, pdf in printed.items():
            if read.record(desk.session, district_id, kind, closing) is None:
                digest = sha256(pdf).hexdigest()
                entry.note(**{kind: digest})
                row = {"kind": kind, "closing": closing, "pdf": pdf, "sha256": digest, "written_at_utc": clock.now()}
                desk.session.add(CountRecord(**keys, district_id=district_id, **row))
        entry.note(district=district_id, closing=closing)


def document(session: Session, district_id: int, kind: str, closing: int | None = None) -> Document:
    """Ein Dokument: as it was stored; the one of the last closing is printed when nobody has stored it yet.

    Args:
        session: the archive.
        district_id: the polling district.
        kind: RECORD, TALLY_LIST or QUICK_REPORT.
        closing: which closing; the last one when None.

    Raises:
        Refused: the district is not closed, or there was no such closing.
    """
    if closing is None:
        sheet = record_sheet(session, district_id)
        pdf = read.record(session, district_id, kind, sheet.closing) or PRINTERS[kind](sheet)
        closing = sheet.closing
    else:
        stored = read.record(session, district_id, kind, closing)
        if stored is None:
            raise Refused(f"Zum Abschluss {closing} ist kein Dokument aufbewahrt.")
        pdf = stored
    district = setup.district(session, district_id)
    return Document(f"{kind}-bezirk-{district.number if district else district_id}-fassung-{closing}.pdf", pdf)


def record_sheet(session: Session, district_id: int) -> CountingRecord:
    """Vorlage der Niederschrift.

    Raises:
        Refused: the district is not closed.
    """
    district = setup.district(session, district_id)
    election = setup.election(session, district.election_id) if district else None
    if district is None or election is None:
        raise LookupError(district_id)
    found = control(session, district_id)
    closed_at = found.count.closed_at_utc
    if closed_at is None:
        raise Refused("Die Niederschrift entsteht mit dem Abschluss der Zählung; dieser Stimmbezirk ist noch nicht abgeschlossen.")
    paper = ballot_paper(session, district.election_id)
    municipality = setup.printed_municipality(session, district.municipality_id)
    every = ballots(session, district_id)[::-1]
    receiver = receiver_of(session, district_id)
    return CountingRecord(
        letterhead=letterhead(municipality),
        council=municipality.council_name,
        election_day=election.day,
        district=f"{district.number} · {district.name}",
        district_number=district.number,
        postal=district.postal,
        system=paper.rules.system.value,
        pile_source="§ 53 Abs. 1 KWO" if paper.law.proportional else "§ 55 Abs. 2 KWO",
        closing=max(found.count.closings, 1),
        closed_at=words.moment(closed_at),
        closed_by=found.count.closed_by,
        created_at_utc=closed_at,
        members=tuple(_member(each) for each in read.members(session, district_id)),
        opening=_opening(session, district_id),
        letters=_letters(count(session, district_id)) if district.postal else None,
        eligible=unit_of(session, district).district.eligible,
        voters=found.count.voters,
        valid=found.tally.valid,
        invalid=found.tally.invalid,
        invalid_reasons=tuple((reason(key), number) for key, number in sorted(found.tally.invalid_by_reason.items())),
        votes=found.tally.used,
        unused=found.tally.unused,
        piles=_piles(paper, found, every),
        lists=_lists(paper, found),
        written_in=tuple(sorted((key, votes) for key, votes in found.tally.votes.items() if key not in paper.law.list_of)),
        resolutions=tuple(_resolution(paper, each) for each in every if each.resolution and not each.cancelled),
        explanations=tuple((each.code, each.office, found.explanations[each.code]) for each in found.checks if not each.is_error),
        cancelled=tuple((each.number, each.resolution_reason) for each in every if each.cancelled),
        rejections=_rejections(session, district_id),
        counted_singly=tuple(_counted_singly(each) for each in every),
        incidents=tuple((words.moment(each.at_utc), each.text) for each in read.incidents(session, district_id)),
        minutes=minutes(session, district),
        hands_over_to=f"{receiver.number} · {receiver.name}" if receiver else "",
        control=record_control(session, paper, district),
        merges=tuple((each.spelling, paper.names.get(each.person, each.person), each.reason) for each in merges(session, district_id)),
        later_marks=tuple((each.number, each.provisional_mark) for each in every if each.provisional_mark),
    )


def _member(view: MemberView) -> RecordMember:
    presence = "; ".join(_came_or_went(each, view.presences[at - 1] if at else None) for at, each in enumerate(view.presences))
    signs = view.attended and view.function != Function.HELPER.value
    return RecordMember(view.name, view.function, view.counting_group, presence or "nicht anwesend", signs)


def _came_or_went(view: PresenceView, before: PresenceView | None) -> str:
    """The moment in words; the day only where it is not the one named before."""
    same_day = before is not None and words.moment(before.at_utc)[:10] == words.moment(view.at_utc)[:10]
    at = words.moment(view.at_utc)
    return f"{'gekommen' if view.present else 'gegangen'} {at.partition(', ')[2] if same_day else at}"


def _opening(session: Session, district_id: int) -> RecordOpening | None:
    found = read.openings(session, district_id)
    if not found:
        return None
    people = {member.member_id: member for member in read.members(session, district_id)}
    confirmed = tuple(f"{people[each.member_id].name} ({people[each.member_id].function}), {words.moment(each.at_utc)}" for each in found)
    return RecordOpening(found[0].program_version, found[0].fingerprint, confirmed)


def _letters(count: CountView) -> RecordLetters:
    told = count.letters_rejected
    rejected = tuple((reason.text, reason.source, told[reason.key]) for reason in Rejection if told.get(reason.key))
    return RecordLetters(count.letters_received, count.letters_late, rejected, count.letters_received - sum(row[2] for row in rejected))


def _rejections(session: Session, district_id: int) -> tuple[RecordRejection, ...]:
    booked = [each for each in letters(session, district_id) if each.state == LetterState.REJECTED.value]
    return tuple(RecordRejection(each.number, each.certificate, rejection_of(each.reason).text) for each in reversed(booked))


def _counted_singly(view: BallotView) -> RecordBallot:
    if view.cancelled:
        return RecordBallot(view.number, content_of(ballot_of(view.content)), "zurückgenommen")
    found = words.counted(sum(view.votes.values()), "Stimme", "Stimmen") if view.valid else f"ungültig: {reason(view.reason)}"
    return RecordBallot(view.number, content_of(ballot_of(view.content)), found + (" (Beschluss)" if view.resolution else ""))


def _piles(paper: Paper, found: Control, every: tuple[BallotView, ...]) -> tuple[RecordPile, ...]:
    proportional = paper.law.proportional
    words_of: Mapping[ProportionalPile, str] | Mapping[MajorityPile, str] = PROPORTIONAL_PILES if proportional else MAJORITY_PILES
    unchanged, invalid = (
        (ProportionalPile.LIST_UNCHANGED, ProportionalPile.INVALID) if proportional else (MajorityPile.LIST_UNCHANGED, MajorityPile.INVALID)
    )
    number = Counter(each.pile for each in every if not each.cancelled)
    number[unchanged.value] += sum(found.tally.unchanged.values())
    number[invalid.value] += found.count.blank_ballots
    return tuple(RecordPile(pile.value, text, number[pile.value]) for pile, text in words_of.items())


def _lists(paper: Paper, found: Control) -> tuple[RecordList, ...]:
    sums, votes = found.tally.list_votes(paper), found.tally.votes
    return tuple(
        RecordList(
            paper.names.get(key, "Alle Bewerberinnen und Bewerber"),
            found.tally.unchanged.get(key, 0),
            sums[key],
            tuple(
                (one.candidate, paper.names[one.candidate].removeprefix(f"{one.candidate} "), votes.get(one.candidate, 0))
                for one in printed.candidates
            ),
        )
        for key, printed in paper.law.lists.items()
    )


def _resolution(paper: Paper, view: BallotView) -> RecordResolution:
    ballot = ballot_of(view.content)
    proposed = adjudicate(paper.law, ballot)
    valid = view.resolution == VALID
    given = sum(view.votes.values())
    return RecordResolution(
        number=view.number,
        people=", ".join(FINDINGS[finding.value] for finding in ballot.findings) or NOTHING,
        system=reason(proposed.system_reason.value) if proposed.system_reason else NOTHING,
        proposal="gültig" if proposed.valid else f"ungültig ({reason(proposed.reason.value) if proposed.reason else ''})",
        decision=f"{view.resolution}, {words.counted(given, 'Stimme', 'Stimmen')}" if valid else view.resolution,
        reason=view.resolution_reason,
        contradicts=valid != proposed.valid,
    )
