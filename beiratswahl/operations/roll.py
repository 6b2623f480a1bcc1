"""Wählerverzeichnis, first step: take over a register export and decide on everybody in it."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.findings import FileRefused, Finding, Findings
from beiratswahl.operations.register_columns import Mapping
from beiratswahl.operations.register_file import RegisterFile, open_register
from beiratswahl.operations.roll_persons import PersonBook, PersonWriter
from beiratswahl.operations.roll_portion import Portion
from beiratswahl.operations.roll_second_process import Reads, register_reader
from beiratswahl.operations.roll_verdicts import Verdicts
from beiratswahl.operations.roll_warnings import warn_of_older_export, warn_of_other_persons, warn_of_turned_names
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.bulk import Row, RowRefused
from beiratswahl.store.read.roll import verdict_counts
from beiratswahl.store.read.roll_views import VerdictCount
from beiratswahl.store.tables.electoral_roll import DuplicateDecision
from beiratswahl.store.tables.roll import RegisterImport, RollApplication
from beiratswahl.store.tables.roll_cases import RollClarification
from beiratswahl.store.tables.setup import Election

#: persons that are compared and written at once: so few that they stay in the processor's own memory, or so many that each COPY is worth it
CHUNK_PERSONS = {"sqlite": 500, "postgresql": 2_000}

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
    desk: Desk,
    election_id: int,
    path: Path,
    mapping: Mapping | None = None,
    progress: Progress | None = None,
    *,
    changes_only: bool = False,
    released: str | None = None,
) -> ImportReport:
    """Melderegister-Auszug übernehmen und über jede Person entscheiden.

    Args:
        desk: where the official works.
        election_id: the election.
        path: the CSV file, see `register_file`.
        mapping: headings of another register product.
        progress: called with lines read and lines in all, now and then.
        changes_only: True for a file of daily changes; persons it does not name stay as they are.
        released: `state` of the preview that the official released; None to import without one.

    Returns:
        What changed, and how the decisions fell out.

    Raises:
        FileRefused: the file has errors; nothing of it was kept.
        Refused: a rule on which decisions depend is not confirmed yet, or something changed since the released preview.
    """
    with register_reader(path) as reads:
        file = open_register(path, mapping)
        election = desk.session.get_one(Election, election_id)
        with desk.act(Act.REGISTER_IMPORTED, path.name, municipality_id=election.municipality_id, election_id=election_id) as entry:
            election = desk.session.get_one(Election, election_id, with_for_update=True)
            verdicts = Verdicts(desk.session, election, rules_of(desk.session, election_id))
            last = last_import(desk.session, election_id)
            if released is not None and released != state_of(desk.session, election_id, file, verdicts):
                raise Refused(
                    "Seit der Vorschau hat sich etwas geändert: die Datei, die Regeln, ein Antrag. Bitte die Vorschau neu ansehen."
                )
            entry.note(sha256=file.scan.sha256, rules=verdicts.rules_digest)
            if last is not None and is_repeated(last, file, verdicts, changes_only=changes_only):
                entry.note(repeated=True, number=last.number)
                return _report(desk.session, last, Findings(), repeated=True)
            row = _begin(desk.session, election, file, verdicts.rules_digest, 1 if last is None else last.number + 1)
            row.changes_only = changes_only
            book, writer = PersonBook(desk.session, election_id, verdicts), PersonWriter(desk.session, election, row)
            portions = portions_of(reads, file, verdicts, desk.session)
            read = take_over(portions, file, verdicts, lambda chunk: writer.write(book.compare(chunk)), progress)
            if not changes_only:
                writer.mark_missing(book.missing_ids())
            warn_of_older_export(last, read)
            warn_of_other_persons(book, read.findings)
            warn_of_turned_names(book, read.findings)
            row.persons, row.added, row.changed, row.missing = read.persons, book.added, book.changed, book.missing
            row.decided_anew, row.newest_event = book.decided_anew, read.newest_event
            desk.session.flush()
            report = _report(desk.session, row, read.findings, returned=book.returned)
            entry.note(number=row.number, persons=row.persons, added=row.added, changed=row.changed, missing=row.missing)
            entry.note(decided_anew=row.decided_anew, returned=book.returned, warnings=read.findings.warnings, changes_only=changes_only)
            entry.note(counts=[[count.entitled, count.category, count.entry, count.persons] for count in report.counts])
            return report


def last_import(session: Session, election_id: int) -> RegisterImport | None:
    """The newest import of an election, or None."""
    query = select(RegisterImport).where(RegisterImport.election_id == election_id).order_by(RegisterImport.number.desc()).limit(1)
    return session.scalars(query).first()


def is_repeated(last: RegisterImport, file: RegisterFile, verdicts: Verdicts, *, changes_only: bool) -> bool:
    """True when file and rules are those of the last import; then there is nothing to do.

    A file that was read as mere changes and now is to be the whole register still has to say who is missing in it.
    """
    same = (last.sha256, last.rules_digest) == (file.scan.sha256, verdicts.rules_digest)
    return same and (changes_only or not last.changes_only)


def state_of(session: Session, election_id: int, file: RegisterFile, verdicts: Verdicts) -> str:
    """Stand, den eine Vorschau zeigt: a hash of the file, the rules, the imports and the cases it rests on."""
    imports = session.scalar(select(func.max(RegisterImport.number)).where(RegisterImport.election_id == election_id)) or 0
    here = RollApplication.election_id == election_id
    # Withdrawn applications, merged persons and findings of the office change decisions too, without a new application.
    counts = select(func.max(RollApplication.id), func.count(RollApplication.withdrawn_at_utc)).where(here)
    merged = select(func.count(), func.max(DuplicateDecision.id)).where(DuplicateDecision.election_id == election_id)
    mine = RollClarification.election_id == election_id
    settled = select(func.max(RollClarification.id), func.count(RollClarification.withdrawn_at_utc)).where(mine)
    decided = [number for query in (counts, merged, settled) for number in session.execute(query).one()]
    return hashlib.sha256(f"{file.scan.sha256} {verdicts.rules_digest} {imports} {decided}".encode()).hexdigest()


def _begin(session: Session, election: Election, file: RegisterFile, rules_digest: str, number: int) -> RegisterImport:
    row = RegisterImport(
        municipality_id=election.municipality_id,
        election_id=election.id,
        number=number,
        at_utc=clock.now(),
        file_name=file.path.name,
        sha256=file.scan.sha256,
        rules_digest=rules_digest,
        changes_only=False,
        newest_event="",
        persons=0,
        added=0,
        changed=0,
        missing=0,
        decided_anew=0,
    )
    session.add(row)
    session.flush()
    return row


def portions_of(reads: Reads, file: RegisterFile, verdicts: Verdicts, session: Session) -> Iterator[Portion]:
    """Portionen eines Auszugs, as large as the database likes them."""
    return reads(file, verdicts.electorate, clock.today().isoformat(), CHUNK_PERSONS[session.get_bind().dialect.name])


def take_over(
    portions: Iterator[Portion], file: RegisterFile, verdicts: Verdicts, take: Callable[[list[Row]], None], progress: Progress | None
) -> Portion:
    """Hand the persons of the file on with their verdicts; the first error ends the writing, but not the reading.

    Returns:
        The last portion, which knows what was read in all.

    Raises:
        FileRefused: the file has an error.
    """
    broken: RowRefused | None = None
    ids: list[int] = []
    for portion in portions:
        if not portion.findings.errors and broken is None:
            ids.extend(map(verdicts.verdict_of, portion.decisions))
            try:
                take(portion.rows(ids))
            except RowRefused as fault:
                # A register number that stands there twice; the reader names its lines when it has read the file.
                broken = fault
        if progress is not None:
            progress(portion.line, file.scan.lines)
    if portion.findings.errors:
        raise FileRefused(portion.findings)
    if broken is not None:
        raise broken
    return portion


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
