"""Personenbestand einer Wahl during an import: who is new, who changed, who is missing, and what that does to the decisions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Select, Table, bindparam, func, select, update
from sqlalchemy.orm import Session

from beiratswahl.operations.roll_casework import casework_of
from beiratswahl.operations.roll_decisions import superseded
from beiratswahl.operations.roll_facts import NOTHING, REGISTER_COLUMNS, Casework, FactReader, Stored, same_facts
from beiratswahl.operations.roll_verdicts import Verdicts
from beiratswahl.store.bulk import BulkInsert, Row, rows_by_text
from beiratswahl.store.tables.roll import RegisteredPerson, RegisterImport, SupersededDecision
from beiratswahl.store.tables.setup import Election

IDS_AT_ONCE = 10_000
#: a row of the intake: the register's columns, the search words, the verdict
WIDTH = len(REGISTER_COLUMNS)
_FAMILY_NAME, _GIVEN_NAMES, _BIRTH_DATE = (REGISTER_COLUMNS.index(name) for name in ("family_name", "given_names", "birth_date"))
EXAMPLES = 3
VERDICT = WIDTH + 1

PERSONS: Table = RegisteredPerson.__table__  # type: ignore[assignment]  # declared as FromClause, is a Table
DECISIONS: Table = SupersededDecision.__table__  # type: ignore[assignment]  # the same


class Known(NamedTuple):
    """A person of an earlier import."""

    stored: Stored
    id: int
    verdict_id: int
    missing_since_import_id: int | None


@dataclass(slots=True)
class Changes:
    """Änderungen einer Portion: rows of new persons, persons with other facts, with another decision, back in the register.

    `decided` holds with each person the facts on which the decision rested that is replaced, and the new verdict.
    """

    new: Sequence[Row] = ()
    changed: list[tuple[Known, Row]] = field(default_factory=list)
    decided: list[tuple[Known, Stored, int]] = field(default_factory=list)
    returned: list[int] = field(default_factory=list)


class PersonBook:
    """Bestand: takes rows of an `Intake` chunk by chunk and finds out what they change; memory is one byte for each person known before.

    Attributes:
        added, changed, missing, returned, decided_anew: numbers of persons, see `ImportReport`.
        exchanged: number of those changed who seem to be somebody else than before; `examples` has the first of them, before and after.
        turned: number of those changed whose family name and given names have changed places.
    """

    def __init__(self, session: Session, election_id: int, verdicts: Verdicts) -> None:
        self.exchanged = self.turned = 0
        self.examples: list[tuple[Stored, Stored]] = []
        self.added = self.changed = self.missing = self.returned = self.decided_anew = 0
        self._session = session
        self._election_id = election_id
        self._verdicts = verdicts
        self._facts = FactReader()
        first, last = session.execute(_id_range(election_id)).one()
        self._first_id = first or 0
        self._seen = bytearray(last - first + 1 if first and last else 0)

    def compare(self, chunk: Sequence[Row]) -> Changes:
        """What some persons of the export change."""
        changes = Changes()
        if not self._seen:
            changes.new = chunk
        else:
            known = self._known([row[0] for row in chunk])
            changes.new = [row for row in chunk if row[0] not in known] if len(known) < len(chunk) else ()
            pairs = [(person, row) for row in chunk if (person := known.get(row[0])) is not None and self._differs(person, row, changes)]
            casework = casework_of(self._session, self._election_id, [person.id for person, _ in pairs]) if pairs else {}
            for person, row in pairs:
                self._compare(person, row, casework.get(person.id, NOTHING), changes)
        self.added += len(changes.new)
        return changes

    def missing_ids(self) -> list[int]:
        """Persons known before whom the export does not have."""
        if not self._seen:
            return []
        registered = PERSONS.c.missing_since_import_id.is_(None) & PERSONS.c.import_id.is_not(None)
        query = select(PERSONS.c.id).where(PERSONS.c.election_id == self._election_id, registered)
        ids = self._session.scalars(query.execution_options(yield_per=10_000))
        gone = [number for number in ids if self._is_gone(number)]
        self.missing = len(gone)
        return gone

    def _is_gone(self, number: int) -> bool:
        place = number - self._first_id
        return 0 <= place < len(self._seen) and not self._seen[place]

    def _known(self, numbers: list[str]) -> dict[str, Known]:
        columns = (*REGISTER_COLUMNS, "id", "verdict_id", "missing_since_import_id")
        rows = rows_by_text(self._session, PERSONS, columns, self._election_id, "register_number", numbers)
        return {row[0]: Known(row[:WIDTH], *row[WIDTH:]) for row in rows}

    def _differs(self, old: Known, row: Row, changes: Changes) -> bool:
        """True when facts or rules are others than before; notes that the person is in the export."""
        place = old.id - self._first_id
        if 0 <= place < len(self._seen):
            self._seen[place] = 1
        if old.missing_since_import_id is not None:
            self.returned += 1
            changes.returned.append(old.id)
        return old.stored != row[:WIDTH] or not self._verdicts.holds(old.verdict_id)

    def _compare(self, old: Known, row: Row, casework: Casework, changes: Changes) -> None:
        stored = row[:WIDTH]
        if old.stored != stored:
            self.changed += 1
            changes.changed.append((old, row))
            self.turned += _has_turned_names(old.stored, stored)
            if _is_somebody_else(old.stored, stored):
                self.exchanged += 1
                self.examples += [(old.stored, stored)] if len(self.examples) < EXAMPLES else []
        verdict_id = row[VERDICT] if casework is NOTHING else self._verdicts.verdict_id(self._facts.person(stored, casework))
        if verdict_id != old.verdict_id or not same_facts(old.stored, stored):
            self.decided_anew += 1
            changes.decided.append((old, casework.settled(old.stored), verdict_id))


class PersonWriter:
    """Schreiber des Bestands: writes what a chunk changes, under one import."""

    def __init__(self, session: Session, election: Election, row: RegisterImport) -> None:
        self._session = session
        self._import = row
        self._keys = {"municipality_id": election.municipality_id, "election_id": election.id}
        firsts = {"import_id": row.id, "missing_since_import_id": None, "decision_number": 1, "decided_at_utc": row.at_utc}
        self._new = BulkInsert(session, PERSONS, (*REGISTER_COLUMNS, "search_words", "verdict_id"), {**self._keys, **firsts})

    def write(self, changes: Changes) -> None:
        """Write the changes of a chunk.

        Raises:
            RowRefused: a register number stands there twice.
        """
        self._new.insert(changes.new)
        if changes.decided:
            self._write_decisions(changes.decided)
        if changes.changed:
            self._write_facts(changes.changed)
        _update(self._session, changes.returned, missing_since_import_id=None)

    def mark_missing(self, ids: list[int]) -> None:
        """Mark persons whom the export does not have."""
        _update(self._session, ids, missing_since_import_id=self._import.id)

    def _write_facts(self, changed: Sequence[tuple[Known, Row]]) -> None:
        values = [
            {**dict(zip((*REGISTER_COLUMNS, "search_words"), row, strict=False)), "person": old.id, "import_id": self._import.id}
            for old, row in changed
        ]
        columns: dict[str, Any] = {name: bindparam(name) for name in values[0] if name != "person"}
        self._session.connection().execute(update(PERSONS).where(PERSONS.c.id == bindparam("person")).values(columns), values)

    def _write_decisions(self, decided: Sequence[tuple[Known, Stored, int]]) -> None:
        moment, cause = self._import.at_utc, f"Melderegister-Auszug Nr. {self._import.number}"
        constants = {**self._keys, "superseded_at_utc": moment, "cause": cause}
        query = select(PERSONS.c.id, PERSONS.c.decision_number, PERSONS.c.decided_at_utc).where(
            PERSONS.c.id.in_([old.id for old, _, _ in decided])
        )
        held = {person_id: (number, at_utc) for person_id, number, at_utc in self._session.execute(query)}
        gone, now = [], []
        for old, facts, verdict_id in decided:
            number, at_utc = held[old.id]
            gone.append({**superseded(old.id, number, old.verdict_id, facts, at_utc), **constants})
            now.append({"person": old.id, "verdict": verdict_id, "number": number + 1, "moment": moment})
        self._session.connection().execute(DECISIONS.insert(), gone)
        decided_now: dict[str, Any] = {
            "verdict_id": bindparam("verdict"),
            "decision_number": bindparam("number"),
            "decided_at_utc": bindparam("moment"),
        }
        self._session.connection().execute(update(PERSONS).where(PERSONS.c.id == bindparam("person")).values(decided_now), now)


def _has_turned_names(before: Stored, after: Stored) -> bool:
    family, given = before[_FAMILY_NAME], before[_GIVEN_NAMES]
    return (given, family) == (after[_FAMILY_NAME], after[_GIVEN_NAMES]) and family != given


def _is_somebody_else(before: Stored, after: Stored) -> bool:
    """True when given names and birth date are both others; either alone is put right or changed in many a life."""
    return all(before[place] != after[place] for place in (_GIVEN_NAMES, _BIRTH_DATE))


def _update(session: Session, ids: list[int], **values: object) -> None:
    for start in range(0, len(ids), IDS_AT_ONCE):
        session.connection().execute(update(PERSONS).where(PERSONS.c.id.in_(ids[start : start + IDS_AT_ONCE])).values(**values))


def _id_range(election_id: int) -> Select[int | None, int | None]:
    return select(func.min(RegisteredPerson.id), func.max(RegisteredPerson.id)).where(RegisteredPerson.election_id == election_id)
