"""Wählerverzeichnis, first step: take over a register export and decide on everybody in it."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.findings import FileRefused, Finding, Findings
from beiratswahl.operations.register_columns import Mapping
from beiratswahl.operations.register_file import RegisterFile, RegisterPerson, open_register
from beiratswahl.operations.roll_persons import PersonBook
from beiratswahl.operations.roll_verdicts import Verdicts
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.bulk import RowRefused
from beiratswahl.store.read.roll import verdict_counts
from beiratswahl.store.read.roll_views import VerdictCount
from beiratswahl.store.tables.roll import RegisterImport
from beiratswahl.store.tables.setup import Election

CHUNK_PERSONS = 5_000

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Bericht über eine Übernahme.

    Attributes:
        number: number of the import within the election; of the earlier one when nothing changed.
        repeated: True when file and rules are those of the last import; then nothing was written.
        persons: persons in the file.
        added, changed, missing, returned: persons new in the register, with other facts than before, no longer in the export, back in it.
        decided_anew: persons known before whose decision was replaced.
        counts: persons by answer, category and entry, those missing in the export left out.
        warnings: what is strange in the file and was taken over all the same.
        warnings_in_all: number of warnings, also of those not kept.
    """

    number: int
    repeated: bool
    persons: int
    added: int
    changed: int
    missing: int
    returned: int
    decided_anew: int
    counts: tuple[VerdictCount, ...]
    warnings: tuple[Finding, ...]
    warnings_in_all: int


def import_register(
    desk: Desk, election_id: int, path: Path, mapping: Mapping | None = None, progress: Progress | None = None
) -> ImportReport:
    """Melderegister-Auszug übernehmen und über jede Person entscheiden.

    Args:
        desk: where the official works.
        election_id: the election.
        path: the CSV file, see `register_file`.
        mapping: headings of another register product.
        progress: called with lines read and lines in all, now and then.

    Returns:
        What changed, and how the decisions fell out.

    Raises:
        FileRefused: the file has errors; nothing of it was kept.
        Refused: a rule on which decisions depend is not confirmed yet.
    """
    file = open_register(path, mapping)
    election = desk.session.get_one(Election, election_id)
    with desk.act(Act.REGISTER_IMPORTED, path.name, municipality_id=election.municipality_id, election_id=election_id) as entry:
        election = desk.session.get_one(Election, election_id, with_for_update=True)
        verdicts = Verdicts(desk.session, election, rules_of(desk.session, election_id))
        last = _last_import(desk.session, election_id)
        entry.note(sha256=file.scan.sha256, rules=verdicts.rules_digest)
        if last is not None and (last.sha256, last.rules_digest) == (file.scan.sha256, verdicts.rules_digest):
            entry.note(repeated=True, number=last.number)
            return _report(desk.session, last, Findings(), repeated=True)
        row = _begin(desk.session, election, file, verdicts.rules_digest, 1 if last is None else last.number + 1)
        book = PersonBook(desk.session, election, row, verdicts)
        findings = Findings()
        _take_over(file, election, book, findings, progress)
        book.mark_missing()
        row.persons, row.added, row.changed, row.missing = file.persons_read, book.added, book.changed, book.missing
        row.decided_anew = book.decided_anew
        desk.session.flush()
        report = _report(desk.session, row, findings, returned=book.returned)
        entry.note(number=row.number, persons=row.persons, added=row.added, changed=row.changed, missing=row.missing)
        entry.note(decided_anew=row.decided_anew, returned=book.returned, warnings=findings.warnings)
        entry.note(counts=[[count.entitled, count.category, count.entry, count.persons] for count in report.counts])
        return report


def _last_import(session: Session, election_id: int) -> RegisterImport | None:
    query = select(RegisterImport).where(RegisterImport.election_id == election_id).order_by(RegisterImport.number.desc()).limit(1)
    return session.scalars(query).first()


def _begin(session: Session, election: Election, file: RegisterFile, rules_digest: str, number: int) -> RegisterImport:
    row = RegisterImport(
        municipality_id=election.municipality_id,
        election_id=election.id,
        number=number,
        at_utc=clock.now(),
        file_name=file.path.name,
        sha256=file.scan.sha256,
        rules_digest=rules_digest,
        persons=0,
        added=0,
        changed=0,
        missing=0,
        decided_anew=0,
    )
    session.add(row)
    session.flush()
    return row


def _take_over(file: RegisterFile, election: Election, book: PersonBook, findings: Findings, progress: Progress | None) -> None:
    """Hand the persons of the file to the book; the first error ends the writing, but not the reading.

    Raises:
        FileRefused: the file has an error.
    """
    persons = file.persons(election.area, election.day.isoformat(), findings)
    broken: RowRefused | None = None
    for chunk in _chunks(persons):
        if not findings.errors and broken is None:
            try:
                book.take(chunk)
            except RowRefused as fault:
                # A register number that stands there twice; the reader names its lines when it has read the file.
                broken = fault
        if progress is not None:
            progress(file.line, file.scan.lines)
    if findings.errors:
        raise FileRefused(findings)
    if broken is not None:
        raise broken


def _chunks(persons: Iterator[RegisterPerson]) -> Iterator[list[RegisterPerson]]:
    while chunk := list(itertools.islice(persons, CHUNK_PERSONS)):
        yield chunk


def _report(session: Session, row: RegisterImport, findings: Findings, *, repeated: bool = False, returned: int = 0) -> ImportReport:
    changes = (0, 0, 0, 0) if repeated else (row.added, row.changed, row.missing, row.decided_anew)
    added, changed, missing, decided_anew = changes
    return ImportReport(
        number=row.number,
        repeated=repeated,
        persons=row.persons,
        added=added,
        changed=changed,
        missing=missing,
        returned=returned,
        decided_anew=decided_anew,
        counts=verdict_counts(session, row.election_id),
        warnings=tuple(findings),
        warnings_in_all=findings.warnings,
    )
