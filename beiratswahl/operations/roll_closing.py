"""Abschluss des Wählerverzeichnisses: counted, certified, frozen with its hash."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock, words
from beiratswahl.law.deadlines import deadlines
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.roll_entries import open_book
from beiratswahl.operations.roll_statistics import keep_statistics
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.read.roll_pending import pending
from beiratswahl.store.read.roll_work import ENTRY_FACTS
from beiratswahl.store.tables.electoral_roll import ElectoralRoll, RollEntry
from beiratswahl.store.tables.setup import Election, PollingDistrict

#: everything of an entry that the closing freezes; the Stimmabgabevermerk comes later
FROZEN = ("number", "person_id", *ENTRY_FACTS, "entry", "blocked", "certificate", "remarks")


def close_roll(desk: Desk, election_id: int, accepted: int = 0) -> str:
    """Wählerverzeichnis abschließen: count the Wahlberechtigte of each polling district, certify, freeze.

    Source: § 16 KWO: at the second day before the election, 18 o'clock; the number is certified on the print-out [V]. § 10 KWO: from then
    on the print-out is the roll [V]. That cases may still be open then is no reason to wait [I].

    Args:
        desk: where the official works.
        election_id: the election.
        accepted: number of cases that still wait, as the official has seen and accepted it.

    Returns:
        SHA-256 of the frozen roll.

    Raises:
        Refused: not opened, closed already, too early, or more cases wait than were accepted.
    """
    election = desk.session.get_one(Election, election_id)
    subject = f"Wahl am {election.day:%d.%m.%Y}"
    with desk.act(Act.ROLL_CLOSED, subject, municipality_id=election.municipality_id, election_id=election_id) as entry:
        book = open_book(desk.session, election_id)
        due = closing_time(desk.session, election_id)
        if clock.local(clock.now()).replace(tzinfo=None) < due:
            raise Refused(f"Das Wählerverzeichnis wird am {due:%d.%m.%Y} um {due:%H:%M} Uhr abgeschlossen (§ 16 KWO), nicht früher.")
        waiting = pending(desk.session, election_id)
        if waiting.cases > accepted:
            raise Refused(
                f"Noch nicht geklärt: {words.counted(waiting.cases, 'Fall', 'Fälle')}. Nach dem Abschluss ändert sich an den Einträgen "
                "nichts mehr. Sehen Sie die Fälle durch, oder bestätigen Sie, dass Sie trotzdem abschließen."
            )
        book.certified = certified(desk.session, election_id)
        book.sha256 = roll_hash(desk.session, election_id)
        keep_statistics(desk.session, book)
        book.closed_at_utc, book.closed_by = clock.now(), desk.actor.name
        entry.note(sha256=book.sha256, certified=book.certified, pending=waiting.cases)
        return book.sha256


def closing_time(session: Session, election_id: int) -> datetime:
    """When the roll is closed, in local time without zone (§ 16 KWO)."""
    calendar = deadlines(rules_of(session, election_id), session.get_one(Election, election_id).day)
    due: Any = next(one.at for one in calendar if one.key == "roll_closed")
    found: datetime = due
    return found


def certified(session: Session, election_id: int) -> list[dict[str, Any]]:
    """Zahlen der Bescheinigung for each polling district: entitled persons with and without Wahlschein, and entries blocked with N."""
    rows: dict[int, dict[str, Any]] = {}
    for district in session.scalars(
        select(PollingDistrict).where(PollingDistrict.election_id == election_id).order_by(PollingDistrict.number)
    ):
        rows[district.id] = {
            "district": district.number,
            "name": district.name,
            "without_certificate": 0,
            "with_certificate": 0,
            "blocked": 0,
        }
    marks = select(RollEntry.district_id, RollEntry.blocked, RollEntry.certificate).where(RollEntry.election_id == election_id)
    for district_id, blocked, certificate in session.execute(marks):
        key = "blocked" if blocked else "with_certificate" if certificate else "without_certificate"
        rows[district_id][key] += 1
    return list(rows.values())


def roll_hash(session: Session, election_id: int) -> str:
    """Prüfsumme: SHA-256 over every entry by polling district and number, one JSON line each."""
    digest = hashlib.sha256()
    columns = [getattr(RollEntry, name) for name in FROZEN]
    query = (
        select(PollingDistrict.number, *columns)
        .join(PollingDistrict, PollingDistrict.id == RollEntry.district_id)
        .where(RollEntry.election_id == election_id)
        .order_by(PollingDistrict.number, RollEntry.number)
    )
    for row in session.execute(query.execution_options(yield_per=5_000)):
        digest.update(json.dumps(list(row), ensure_ascii=False).encode() + b"\n")
    return digest.hexdigest()


def is_unchanged(session: Session, election_id: int) -> bool:
    """True when the closed roll still has the hash that was certified."""
    book = session.scalars(select(ElectoralRoll).where(ElectoralRoll.election_id == election_id)).one()
    return book.sha256 == roll_hash(session, election_id)
