"""Vorschau auf eine Übernahme: what an export would change and why, person by person; nothing is written."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import select

from beiratswahl.operations.desk import Desk
from beiratswahl.operations.findings import Finding
from beiratswahl.operations.register_columns import Mapping
from beiratswahl.operations.register_file import open_register
from beiratswahl.operations.roll import Progress, is_repeated, last_import, portions_of, state_of, take_over
from beiratswahl.operations.roll_facts import REGISTER_COLUMNS
from beiratswahl.operations.roll_persons import VERDICT, Changes, Known, PersonBook
from beiratswahl.operations.roll_second_process import register_reader
from beiratswahl.operations.roll_verdicts import Verdicts
from beiratswahl.operations.roll_warnings import warn_of_older_export, warn_of_other_persons, warn_of_turned_names
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.bulk import Row
from beiratswahl.store.read.roll_views import VerdictCount
from beiratswahl.store.tables.roll import RegisteredPerson
from beiratswahl.store.tables.setup import Election

SHOWN_CHANGES = 500
IDS_AT_ONCE = 2_000
#: value of an answer, and for "no" the way into the roll that is left
Told = tuple[str, str]


class ChangeKind(StrEnum):
    """Art der Änderung."""

    NEW = "neu"
    CHANGED = "geändert"
    MISSING = "nicht mehr im Auszug"
    RETURNED = "wieder im Auszug"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """Geänderte Angabe: name of the column of `roll_facts.REGISTER_COLUMNS`, before and after."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Antwort: values as in `law.suffrage`, and the sentences that decided."""

    entitled: str
    category: str
    entry: str
    because: tuple[str, ...]

    @property
    def told(self) -> Told:
        """The answer as people are told it: who only has to apply is told apart from who may not vote."""
        return self.entitled, self.entry if self.entitled == "no" else ""


@dataclass(frozen=True, slots=True)
class PersonChange:
    """Was sich bei einer Person ändern würde.

    Attributes:
        kind: why the person is named.
        register_number, name, birth_date: who it is.
        fields: what the register says otherwise now.
        before: the answer that holds; None for a new person.
        after: the answer that would hold; None when none would be given.
    """

    kind: ChangeKind
    register_number: str
    name: str
    birth_date: str
    fields: tuple[FieldChange, ...]
    before: Answer | None
    after: Answer | None


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """Vorschau auf eine Übernahme.

    Attributes:
        state: hand it to `import_register` as `released`.
        repeated: file and rules are those of the last import; it would change nothing.
        persons, added, changed, missing, returned, decided_anew: numbers of persons, see `ImportReport`.
        counts: persons named in the file by answer, category and entry as they would be decided.
        reasons: persons of the file by the sentence that decides about them, most first.
        answers: persons known before by answer before and after, where the two differ; an answer is its value, and for "no" how a person
            could still get into the roll.
        changes: the first persons that would change.
        changes_in_all: number of all persons that would change.
        warnings: what is strange in the file.
    """

    state: str
    repeated: bool
    persons: int
    added: int
    changed: int
    missing: int
    returned: int
    decided_anew: int
    counts: tuple[VerdictCount, ...]
    reasons: tuple[tuple[str, int], ...]
    answers: tuple[tuple[Told, Told, int], ...]
    changes: tuple[PersonChange, ...]
    changes_in_all: int
    warnings: tuple[Finding, ...]


def preview_import(
    desk: Desk,
    election_id: int,
    path: Path,
    mapping: Mapping | None = None,
    progress: Progress | None = None,
    *,
    changes_only: bool = False,
    record: Callable[[PersonChange], None] | None = None,
) -> ImportPreview:
    """Übernahme vorausberechnen; nothing is written and nobody else has to wait.

    Args:
        desk: where the official works.
        election_id: the election.
        path: the CSV file.
        mapping: headings of another register product.
        progress: called with lines read and lines in all, now and then.
        changes_only: as for `import_register`.
        record: receives every change, also those the preview does not list.

    Returns:
        What would change.

    Raises:
        FileRefused: the file has errors.
        Refused: a rule on which decisions depend is not confirmed yet.
    """
    with register_reader(path) as reads:
        file = open_register(path, mapping)
        session = desk.session
        try:
            election = session.get_one(Election, election_id)
            verdicts = Verdicts(session, election, rules_of(session, election_id), keeps=False)
            state, last = state_of(session, election_id, file, verdicts), last_import(session, election_id)
            if last is not None and is_repeated(last, file, verdicts, changes_only=changes_only):
                return ImportPreview(state, True, last.persons, 0, 0, 0, 0, 0, (), (), (), (), 0, ())
            book = PersonBook(session, election_id, verdicts)
            tally = _Tally(verdicts, record)
            portions = portions_of(reads, file, verdicts, session)
            read = take_over(portions, file, verdicts, lambda chunk: tally.add(chunk, book.compare(chunk)), progress)
            warn_of_older_export(last, read)
            warn_of_other_persons(book, read.findings)
            warn_of_turned_names(book, read.findings)
            if not changes_only:
                tally.add_missing(list(_persons(desk, book.missing_ids())))
            return ImportPreview(
                state=state,
                repeated=False,
                persons=read.persons,
                added=book.added,
                changed=book.changed,
                missing=book.missing,
                returned=book.returned,
                decided_anew=book.decided_anew,
                counts=tally.counts(),
                reasons=tally.reasons(),
                answers=tally.answers(),
                changes=tuple(tally.changes),
                changes_in_all=tally.changes_in_all,
                warnings=tuple(read.findings),
            )
        finally:
            session.rollback()


class _Tally:
    """Zählung of what chunks would change; keeps the first changes only."""

    def __init__(self, verdicts: Verdicts, record: Callable[[PersonChange], None] | None) -> None:
        self.changes: list[PersonChange] = []
        self.changes_in_all = 0
        self._verdicts = verdicts
        self._record = record
        self._by_verdict: Counter[int] = Counter()
        self._moves: Counter[tuple[Told, Told]] = Counter()
        self._answers: dict[int, Answer] = {}

    def add(self, chunk: Sequence[Row], changes: Changes) -> None:
        self._by_verdict.update([row[VERDICT] for row in chunk])
        self.changes_in_all += len(changes.new)
        for row in changes.new if self._record else changes.new[: max(0, SHOWN_CHANGES - len(self.changes))]:
            self._keep(_change(ChangeKind.NEW, row, (), None, self.answer(row[VERDICT])))
        if changes.changed or changes.decided or changes.returned:
            self._add_known(chunk, changes)

    def _add_known(self, chunk: Sequence[Row], changes: Changes) -> None:
        decided = {old.id: (old, verdict_id) for old, _, verdict_id in changes.decided}
        rows = {old.id: row for old, row in changes.changed}
        by_number = {row[0]: row for row in chunk}
        touched: dict[int, Known] = {old.id: old for old, _ in changes.changed} | {old.id: old for old, _, _ in changes.decided}
        self.changes_in_all += len(touched)
        for old in touched.values():
            row = rows.get(old.id) or by_number[old.stored[0]]
            verdict_id = decided[old.id][1] if old.id in decided else old.verdict_id
            before, after = self.answer(old.verdict_id), self.answer(verdict_id)
            if row[VERDICT] != verdict_id:
                # an application counts, which the row does not know
                self._by_verdict.subtract([row[VERDICT]])
                self._by_verdict.update([verdict_id])
            if before.told != after.told:
                self._moves[before.told, after.told] += 1
            kind = ChangeKind.RETURNED if old.missing_since_import_id is not None else ChangeKind.CHANGED
            self._keep(_change(kind, row, _fields(old, row), before, after))

    def add_missing(self, persons: Sequence[tuple[str, str, str, str, int]]) -> None:
        """Persons the export does not have."""
        self.changes_in_all += len(persons)
        for number, family, given, born, verdict_id in persons:
            self._keep(PersonChange(ChangeKind.MISSING, number, f"{family}, {given}", born, (), self.answer(verdict_id), None))

    def answer(self, verdict_id: int) -> Answer:
        if verdict_id not in self._answers:
            words = self._verdicts.words(verdict_id)
            self._answers[verdict_id] = Answer(words["entitled"], words["category"], words["entry"], _deciding(words))
        return self._answers[verdict_id]

    def counts(self) -> tuple[VerdictCount, ...]:
        groups: Counter[tuple[str, str, str]] = Counter()
        for verdict_id, persons in self._by_verdict.items():
            answer = self.answer(verdict_id)
            groups[answer.entitled, answer.category, answer.entry] += persons
        return tuple(
            VerdictCount(*group, persons) for group, persons in sorted(groups.items(), key=lambda one: (-one[1], one[0])) if persons
        )

    def reasons(self) -> tuple[tuple[str, int], ...]:
        sentences: Counter[str] = Counter()
        for verdict_id, persons in self._by_verdict.items():
            for sentence in self.answer(verdict_id).because:
                sentences[sentence] += persons
        return tuple((sentence, persons) for sentence, persons in sentences.most_common() if persons)

    def answers(self) -> tuple[tuple[Told, Told, int], ...]:
        return tuple((before, after, persons) for (before, after), persons in self._moves.most_common())

    def _keep(self, change: PersonChange) -> None:
        if len(self.changes) < SHOWN_CHANGES:
            self.changes.append(change)
        if self._record is not None:
            self._record(change)


def _change(kind: ChangeKind, row: Row, fields: tuple[FieldChange, ...], before: Answer | None, after: Answer) -> PersonChange:
    return PersonChange(kind, row[0], f"{row[1]}, {row[2]}", row[3], fields, before, after)


def _fields(old: Known, row: Row) -> tuple[FieldChange, ...]:
    pairs = zip(REGISTER_COLUMNS, old.stored, row, strict=False)
    return tuple(FieldChange(name, str(before), str(after)) for name, before, after in pairs if before != after)


def _deciding(words: dict[str, object]) -> tuple[str, ...]:
    """The sentences that decide: what is not fulfilled, what is open, or else why the person may vote."""
    reasons: list[dict[str, object]] = words["reasons"]  # type: ignore[assignment]  # JSON of law.trace.Reason
    wanted = {"no": False, "unclear": None}.get(str(words["entitled"]), True)
    sentences = tuple(str(reason["text"]) for reason in reasons if reason["met"] is wanted)
    return sentences[:1] if wanted is True else sentences


def _persons(desk: Desk, ids: Sequence[int]) -> Iterator[tuple[str, str, str, str, int]]:
    columns = (
        RegisteredPerson.register_number,
        RegisteredPerson.family_name,
        RegisteredPerson.given_names,
        RegisteredPerson.birth_date,
        RegisteredPerson.verdict_id,
    )
    for start in range(0, len(ids), IDS_AT_ONCE):
        for row in desk.session.execute(select(*columns).where(RegisteredPerson.id.in_(ids[start : start + IDS_AT_ONCE]))):
            yield row[0], row[1], row[2], row[3], row[4]
