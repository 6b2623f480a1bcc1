"""Personenbestand einer Wahl during an import: who is new, who changed, who is missing, and what that does to the decisions."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, Table, bindparam, func, select, update
from sqlalchemy.orm import Session

from beiratswahl.law.facts import Application
from beiratswahl.operations.register_file import RegisterPerson
from beiratswahl.operations.register_values import Reading
from beiratswahl.operations.roll_applications import applications_of
from beiratswahl.operations.roll_decisions import superseded
from beiratswahl.operations.roll_facts import REGISTER_COLUMNS, FactReader, Stored, same_facts, to_stored
from beiratswahl.operations.roll_verdicts import Verdicts
from beiratswahl.store.bulk import BulkInsert
from beiratswahl.store.spelling import search_words
from beiratswahl.store.tables.roll import RegisteredPerson, RegisterImport, SupersededDecision
from beiratswahl.store.tables.setup import Election

IDS_AT_ONCE = 10_000

PERSONS: Table = RegisteredPerson.__table__  # type: ignore[assignment]  # declared as FromClause, is a Table
DECISIONS: Table = SupersededDecision.__table__  # type: ignore[assignment]  # the same


class Known(NamedTuple):
    """A person of an earlier import."""

    stored: Stored
    id: int
    verdict_id: int
    missing_since_import_id: int | None


class PersonBook:
    """Bestand: takes persons chunk by chunk and writes what changed; memory is one byte for each person known before.

    Attributes:
        added, changed, missing, returned, decided_anew: numbers of persons, see `ImportReport`.
    """

    def __init__(self, session: Session, election: Election, row: RegisterImport, verdicts: Verdicts) -> None:
        self.added = self.changed = self.missing = self.returned = self.decided_anew = 0
        self._session = session
        self._election_id = election.id
        self._import = row
        self._verdicts = verdicts
        self._in_area = Reading(verdicts.in_area)
        self._facts = FactReader()
        self._words = Reading(search_words)
        keys = {"municipality_id": election.municipality_id, "election_id": election.id}
        now = row.at_utc
        self._new = BulkInsert(
            session,
            PERSONS,
            (*REGISTER_COLUMNS, "search_words", "verdict_id"),
            {**keys, "import_id": row.id, "missing_since_import_id": None, "decision_number": 1, "decided_at_utc": now},
        )
        self._keys = keys
        self._cause = f"Melderegister-Auszug Nr. {row.number}"
        first, last = session.execute(_id_range(election.id)).one()
        self._first_id = first or 0
        self._seen = bytearray(last - first + 1 if first and last else 0)
        self._changes = _Changes()

    def take(self, chunk: Sequence[RegisterPerson]) -> None:
        """Take over some persons.

        Raises:
            RowRefused: a register number stands there twice.
        """
        in_area = self._in_area.__getitem__
        rows = [to_stored(person, in_area) for person in chunk]
        if not self._seen:
            self._insert(rows)
            return
        known = self._known([row[0] for row in rows])
        self._insert([row for row in rows if row[0] not in known])
        claims = applications_of(self._session, self._election_id, [person.id for person in known.values()])
        for row in rows:
            if (person := known.get(row[0])) is not None:
                self._compare(person, row, claims.get(person.id, ()))
        self._changes.write(self._session, {**self._keys, "superseded_at_utc": self._import.at_utc, "cause": self._cause})
        self._changes = _Changes()

    def mark_missing(self) -> None:
        """Mark the persons known before whom the export does not have."""
        if not self._seen:
            return
        query = select(PERSONS.c.id).where(PERSONS.c.election_id == self._election_id, PERSONS.c.missing_since_import_id.is_(None))
        ids = self._session.scalars(query.execution_options(yield_per=10_000))
        gone = [number for number in ids if self._is_gone(number)]
        self.missing = len(gone)
        _update(self._session, gone, missing_since_import_id=self._import.id)

    def _is_gone(self, number: int) -> bool:
        place = number - self._first_id
        return 0 <= place < len(self._seen) and not self._seen[place]

    def _insert(self, rows: Sequence[Stored]) -> None:
        words, facts, verdict = self._words, self._facts.person, self._verdicts.verdict_id
        self._new.insert([(*row, words[row[1]] + words[row[2]], verdict(facts(row))) for row in rows])
        self.added += len(rows)

    def _known(self, numbers: list[str]) -> dict[str, Known]:
        columns = (*REGISTER_COLUMNS, "id", "verdict_id", "missing_since_import_id")
        query = select(*(PERSONS.c[name] for name in columns))
        query = query.where(PERSONS.c.election_id == self._election_id, PERSONS.c.register_number.in_(numbers))
        width = len(REGISTER_COLUMNS)
        return {row[0]: Known(tuple(row[:width]), *row[width:]) for row in self._session.execute(query)}

    def _compare(self, old: Known, row: Stored, applications: tuple[Application, ...]) -> None:
        place = old.id - self._first_id
        if 0 <= place < len(self._seen):
            self._seen[place] = 1
        if old.missing_since_import_id is not None:
            self.returned += 1
            self._changes.returned.append(old.id)
        if old.stored == row and self._verdicts.holds(old.verdict_id):
            return
        if old.stored != row:
            self.changed += 1
            words = self._words[row[1]] + self._words[row[2]]
            facts = dict(zip(REGISTER_COLUMNS, row, strict=True))
            self._changes.facts.append({**facts, "person": old.id, "search_words": words, "import_id": self._import.id})
        verdict_id = self._verdicts.verdict_id(self._facts.person(row, applications))
        if verdict_id != old.verdict_id or not same_facts(old.stored, row):
            self.decided_anew += 1
            self._changes.superseded.append((old, verdict_id))


class _Changes:
    """What a chunk does to persons known before, written at its end."""

    def __init__(self) -> None:
        self.facts: list[dict[str, Any]] = []
        self.superseded: list[tuple[Known, int]] = []
        self.returned: list[int] = []

    def write(self, session: Session, constants: dict[str, Any]) -> None:
        if self.superseded:
            self._write_decisions(session, constants)
        if self.facts:
            columns: dict[str, Any] = {name: bindparam(name) for name in self.facts[0] if name != "person"}
            session.connection().execute(update(PERSONS).where(PERSONS.c.id == bindparam("person")).values(columns), self.facts)
        _update(session, self.returned, missing_since_import_id=None)

    def _write_decisions(self, session: Session, constants: dict[str, Any]) -> None:
        ids = [old.id for old, _ in self.superseded]
        query = select(PERSONS.c.id, PERSONS.c.decision_number, PERSONS.c.decided_at_utc).where(PERSONS.c.id.in_(ids))
        held = {person_id: (number, decided) for person_id, number, decided in session.execute(query)}
        gone, now = [], []
        for old, verdict_id in self.superseded:
            number, decided = held[old.id]
            gone.append({**superseded(old.id, number, old.verdict_id, old.stored, decided), **constants})
            now.append({"person": old.id, "verdict": verdict_id, "number": number + 1, "moment": constants["superseded_at_utc"]})
        session.connection().execute(DECISIONS.insert(), gone)
        decided_now: dict[str, Any] = {
            "verdict_id": bindparam("verdict"),
            "decision_number": bindparam("number"),
            "decided_at_utc": bindparam("moment"),
        }
        session.connection().execute(update(PERSONS).where(PERSONS.c.id == bindparam("person")).values(decided_now), now)


def _update(session: Session, ids: list[int], **values: object) -> None:
    for start in range(0, len(ids), IDS_AT_ONCE):
        session.connection().execute(update(PERSONS).where(PERSONS.c.id.in_(ids[start : start + IDS_AT_ONCE])).values(**values))


def _id_range(election_id: int) -> Select[int | None, int | None]:
    return select(func.min(RegisteredPerson.id), func.max(RegisteredPerson.id)).where(RegisteredPerson.election_id == election_id)
