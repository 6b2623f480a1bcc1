"""Wählerverzeichnis anlegen und fortschreiben: who stands in it, under which number of which polling district."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Table, func, select, update
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.deadlines import deadlines
from beiratswahl.law.rules import Rules
from beiratswahl.law.suffrage import Entitlement
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.bulk import BulkInsert
from beiratswahl.store.read.electoral_roll import differing
from beiratswahl.store.read.register_districts import Assignments
from beiratswahl.store.read.roll_work import ENTITLED_AGAIN, ENTRY_FACTS, NO_LONGER_ENTITLED, OTHER_FACTS, TO_BE_ENTERED
from beiratswahl.store.tables.electoral_roll import ElectoralRoll, RollEntry
from beiratswahl.store.tables.roll import RegisteredPerson, RollVerdict
from beiratswahl.store.tables.roll_book import VotingCertificate
from beiratswahl.store.tables.setup import Election

ENTRIES: Table = RollEntry.__table__  # type: ignore[assignment]  # declared as FromClause, is a Table
ROWS_AT_ONCE = 5_000
_PLACE = (RegisteredPerson.district, RegisteredPerson.street, RegisteredPerson.house_number)
LOST_RIGHT = "Sperrvermerk N: nicht mehr wahlberechtigt"
REGAINED = "Sperrvermerk N aufgehoben: wieder wahlberechtigt"


class Stage(Enum):
    """Stand des Wählerverzeichnisses: not opened, brought up to date for all at once, corrected case by case, closed."""

    NOT_OPENED = 1
    UPDATED = 2
    CORRECTED = 3
    CLOSED = 4


@dataclass(frozen=True, slots=True)
class RollChange:
    """Ergebnis einer Fortschreibung.

    Attributes:
        entered: persons newly entered.
        blocked: entries blocked with N.
        reinstated: entries from which the N is taken again.
        amended: entries that follow the register's new facts.
    """

    entered: int
    blocked: int
    reinstated: int
    amended: int


def open_roll(desk: Desk, election_id: int, districts: Mapping[str, int] | None = None) -> int:
    """Wählerverzeichnis anlegen: enter everybody whose right to vote is certain, sorted by name, numbered per polling district.

    Source: § 11 Abs. 1 KWG, §§ 10, 11 Abs. 1 KWO: registered at the Stichtag, kept by Stimmbezirk [V].

    Args:
        desk: where the official works.
        election_id: the election.
        districts: for the register's names of districts the ids of polling districts; by number where none is given. An election with
            one polling district puts everybody there.

    Returns:
        Number of entries.

    Raises:
        Refused: before the Stichtag, opened already, no register imported, no polling district, or a district nobody assigned.
    """
    with _act(desk, Act.ROLL_OPENED, election_id) as entry:
        election = desk.session.get_one(Election, election_id, with_for_update=True)
        key_date = day_of(rules_of(desk.session, election_id), election.day, "register_key_date")
        if clock.today() < key_date:
            raise Refused(f"Das Wählerverzeichnis wird am Stichtag angelegt, dem {key_date:%d.%m.%Y} (§ 11 Abs. 1 KWO), nicht früher.")
        if desk.session.scalars(select(ElectoralRoll.id).where(ElectoralRoll.election_id == election_id)).first() is not None:
            raise Refused("Das Wählerverzeichnis ist schon angelegt. Neue Fälle kommen über die Fortschreibung hinein.")
        desk.session.add(
            ElectoralRoll(
                municipality_id=election.municipality_id,
                election_id=election_id,
                key_date=key_date,
                opened_at_utc=clock.now(),
                opened_by=desk.actor.name,
                closed_by="",
                sha256="",
                certified=[],
            )
        )
        desk.session.flush()
        entered = _enter(desk.session, election, districts or {})
        if not entered:
            raise Refused("Es gibt noch niemanden einzutragen. Lesen Sie zuerst den Auszug des Melderegisters ein.")
        entry.note(key_date=key_date.isoformat(), entries=entered)
        return entered


def update_roll(desk: Desk, election_id: int, districts: Mapping[str, int] | None = None) -> RollChange:
    """Wählerverzeichnis fortschreiben: enter who became entitled, block with N who lost the right, take over changed names and addresses.

    Who was blocked here and is entitled again, e.g. because an export had left her out by mistake, loses the N; who was struck by a
    decision keeps it. Possible until the Einsicht begins. Who has moved keeps polling district and number, because numbers are never
    given twice [I].

    Source: §§ 11, 14, 15 KWO: once the Einsicht has begun, corrections need a decision [V].

    Raises:
        Refused: not opened, the Einsicht has begun, or a district nobody assigned.
    """
    with _act(desk, Act.ROLL_UPDATED, election_id) as entry:
        election = desk.session.get_one(Election, election_id, with_for_update=True)
        open_book(desk.session, election_id)
        inspection_refusal(desk.session, election)
        entered = _enter(desk.session, election, districts or {})
        lost = desk.session.scalars(differing(select(RollEntry), election_id, NO_LONGER_ENTITLED)).all()
        again = desk.session.scalars(differing(select(RollEntry), election_id, ENTITLED_AGAIN)).all()
        for rows, blocked, why in ((lost, True, LOST_RIGHT), (again, False, REGAINED)):
            for row in rows:
                remark = f"{why} ({clock.today():%d.%m.%Y})"
                row.blocked, row.remarks = blocked, f"{row.remarks}; {remark}" if row.remarks else remark
        desk.session.flush()
        changed = desk.session.execute(differing(select(RollEntry, RegisteredPerson), election_id, OTHER_FACTS)).all()
        for row, person in changed:
            for name in ENTRY_FACTS:
                setattr(row, name, getattr(person, name))
        entry.note(
            entered=entered, blocked=[row.id for row in lost], reinstated=[row.id for row in again], amended=[row.id for row, _ in changed]
        )
        return RollChange(entered, len(lost), len(again), len(changed))


def inspection_refusal(session: Session, election: Election) -> None:
    """Refuse once the Einsicht has begun.

    Raises:
        Refused: it has.
    """
    begins = day_of(rules_of(session, election.id), election.day, "inspection_begins")
    if clock.today() >= begins:
        raise Refused(
            f"Seit dem {begins:%d.%m.%Y} kann das Wählerverzeichnis eingesehen werden. Es wird nur noch durch einzelne Entscheidung "
            "mit Begründung berichtigt (§§ 14, 15 KWO); öffnen Sie dazu die Person."
        )


def stage_of(session: Session, election_id: int) -> Stage:
    """Stand des Wählerverzeichnisses.

    Source: §§ 14, 15 KWO: from the start of the Einsicht on a correction needs a decision [V]; § 16 KWO: closed [V].
    """
    book = session.scalars(select(ElectoralRoll).where(ElectoralRoll.election_id == election_id)).first()
    if book is None:
        return Stage.NOT_OPENED
    if book.closed_at_utc is not None:
        return Stage.CLOSED
    begins = day_of(rules_of(session, election_id), session.get_one(Election, election_id).day, "inspection_begins")
    return Stage.UPDATED if clock.today() < begins else Stage.CORRECTED


def open_book(session: Session, election_id: int) -> ElectoralRoll:
    """The opened and not yet closed roll, locked.

    Raises:
        Refused: not opened, or closed.
    """
    book = session.scalars(select(ElectoralRoll).where(ElectoralRoll.election_id == election_id).with_for_update()).first()
    if book is None:
        raise Refused("Das Wählerverzeichnis ist noch nicht angelegt.")
    if book.closed_at_utc is not None:
        raise Refused("Das Wählerverzeichnis ist abgeschlossen; es wird nicht mehr geändert (§ 16 KWO).")
    return book


def day_of(rules: Rules, election_day: date, key: str) -> date:
    """The day of a deadline of the calendar."""
    at = next(one.at for one in deadlines(rules, election_day) if one.key == key)
    return at.date() if isinstance(at, datetime) else at


def enter_person(session: Session, person: RegisteredPerson, district_id: int, remarks: str) -> RollEntry:
    """One entry under the next number of its polling district."""
    taken = session.scalar(select(func.max(RollEntry.number)).where(RollEntry.district_id == district_id)) or 0
    verdict = session.get_one(RollVerdict, person.verdict_id)
    facts = {name: getattr(person, name) for name in ENTRY_FACTS}
    row = RollEntry(
        municipality_id=person.municipality_id,
        election_id=person.election_id,
        district_id=district_id,
        number=taken + 1,
        person_id=person.id,
        **facts,
        entry=verdict.entry,
        blocked=False,
        certificate=False,
        voted=False,
        remarks=remarks,
    )
    session.add(row)
    session.flush()
    return row


def district_of(session: Session, person: RegisteredPerson, name: str | None = None) -> int:
    """Stimmbezirk einer Person.

    Args:
        session: any session.
        person: who is entered.
        name: district in the register's words, where it is another than the register names.

    Raises:
        Refused: there is no polling district, or the person belongs to none.
    """
    name = person.district if name is None else name
    found = _assignments(session, person.election_id).of(name, person.street, person.house_number)
    if found is None:
        _refuse_missing([name])
    return found or 0


def _assignments(session: Session, election_id: int) -> Assignments:
    assigned = Assignments(session, election_id)
    if not assigned:
        raise Refused("Es ist noch kein Stimmbezirk angelegt. Das Wählerverzeichnis wird nach Stimmbezirken geführt (§ 11 Abs. 1 KWG).")
    return assigned


def _refuse_missing(names: Sequence[str]) -> None:
    if names:
        listed = ", ".join(f"„{name}“" if name else "ohne Angabe" for name in names[:20])
        raise Refused(
            f"Diese Stimmbezirke des Melderegisters gehören zu keinem Stimmbezirk der Wahl: {listed}. Jede Person braucht genau einen. "
            "Ordnen Sie sie einem Stimmbezirk zu."
        )


def _act(desk: Desk, act: Act, election_id: int) -> Any:
    election = desk.session.get_one(Election, election_id)
    return desk.act(act, f"Wahl am {election.day:%d.%m.%Y}", municipality_id=election.municipality_id, election_id=election_id)


def _enter(session: Session, election: Election, given: Mapping[str, int]) -> int:
    """Enter everybody who is to be entered, behind the numbers given so far; names in their order."""
    places = session.execute(differing(select(*_PLACE).distinct(), election.id, TO_BE_ENTERED))
    wanted = [tuple(place) for place in places]
    if not wanted:
        return 0
    assigned = _assignments(session, election.id)
    found = {place: given.get(place[0]) or assigned.of(*place) for place in wanted}
    _refuse_missing(sorted({place[0] for place, district_id in found.items() if district_id is None}))
    districts = {place: district_id for place, district_id in found.items() if district_id is not None}
    taken = select(RollEntry.district_id, func.max(RollEntry.number)).where(RollEntry.election_id == election.id)
    numbers: Counter[int] = Counter({district_id: number for district_id, number in session.execute(taken.group_by(RollEntry.district_id))})
    constants = {"municipality_id": election.municipality_id, "election_id": election.id, "remarks": ""}
    columns = ("district_id", "number", "person_id", *ENTRY_FACTS, "entry", "blocked", "certificate", "voted")
    insert = BulkInsert(session, ENTRIES, columns, constants)
    rows: list[tuple[Any, ...]] = []
    for district, street, house_number, *facts in session.execute(_persons(election.id)).all():
        district_id = districts[district, street, house_number]
        numbers[district_id] += 1
        rows.append((district_id, numbers[district_id], *facts, False, False, False))
    for start in range(0, len(rows), ROWS_AT_ONCE):
        insert.insert(rows[start : start + ROWS_AT_ONCE])
    # somebody entered late may have got a Wahlschein before
    held = select(VotingCertificate.person_id).where(
        VotingCertificate.election_id == election.id, VotingCertificate.invalidated_at_utc.is_(None)
    )
    session.execute(update(RollEntry).where(RollEntry.election_id == election.id, RollEntry.person_id.in_(held)).values(certificate=True))
    return len(rows)


def _persons(election_id: int) -> Any:
    facts = [getattr(RegisteredPerson, name) for name in ENTRY_FACTS]
    query = select(*_PLACE, RegisteredPerson.id, *facts, RollVerdict.entry)
    return differing(query, election_id, TO_BE_ENTERED).order_by(RegisteredPerson.search_words, RegisteredPerson.id)


def is_entitled(session: Session, person: RegisteredPerson) -> bool:
    """True when the person may vote as decided now and the register still has her."""
    verdict = session.get_one(RollVerdict, person.verdict_id)
    return verdict.entitled == Entitlement.YES.value and person.missing_since_import_id is None
