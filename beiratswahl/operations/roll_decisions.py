"""Fassungen einer Entscheidung: the old one is kept with the facts it rested on."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.operations.roll_facts import REGISTER_COLUMNS, Casework, FactReader, Stored, asked
from beiratswahl.operations.roll_verdicts import Verdicts
from beiratswahl.store.tables.roll import RegisteredPerson, SupersededDecision


def superseded(person_id: int, number: int, verdict_id: int, stored: Stored, decided_at_utc: datetime) -> dict[str, Any]:
    """Fields of a decision that another one replaces, but for the moment and the cause."""
    facts = json.dumps(asked(stored), ensure_ascii=False, sort_keys=True)
    return {"person_id": person_id, "number": number, "verdict_id": verdict_id, "facts": facts, "decided_at_utc": decided_at_utc}


def decide_anew(
    session: Session,
    person: RegisteredPerson,
    casework: Casework,
    verdicts: Verdicts,
    cause: str,
    changes: Mapping[str, object] | None = None,
    before: Casework | None = None,
) -> None:
    """Neu entscheiden: keep the decision that held until now with its facts, store the new one.

    Args:
        session: in a writing transaction.
        person: the person's locked row.
        casework: all that counts now.
        verdicts: who decides.
        cause: what made the new decision necessary, in words.
        changes: facts of the person that change with it, by column.
        before: what counted for the decision that is replaced, where clarifications differ.
    """
    stored = tuple(getattr(person, name) for name in REGISTER_COLUMNS)
    now = clock.now()
    old = superseded(person.id, person.decision_number, person.verdict_id, (before or casework).settled(stored), person.decided_at_utc)
    session.add(
        SupersededDecision(
            municipality_id=person.municipality_id, election_id=person.election_id, superseded_at_utc=now, cause=cause, **old
        )
    )
    for name, value in (changes or {}).items():
        setattr(person, name, value)
    stored = tuple(getattr(person, name) for name in REGISTER_COLUMNS)
    person.verdict_id = verdicts.verdict_id(FactReader().person(stored, casework, registered=person.import_id is not None))
    person.decision_number += 1
    person.decided_at_utc = now
    session.flush()
