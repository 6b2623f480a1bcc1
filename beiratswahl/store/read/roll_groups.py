"""Reads over many persons: pairs that may be one person, and statistics that betray nobody."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from beiratswahl.law.suffrage import Entitlement
from beiratswahl.store.tables.electoral_roll import DuplicateDecision
from beiratswahl.store.tables.roll import RegisteredPerson, RollVerdict

SMALL_GROUP = 5
AGES = ((16, 17), (18, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 74), (75, 150))
UNKNOWN = "unbekannt"


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """Mögliche Doppelung: two register numbers with one birth date and names that are spellings of one another."""

    person_id: int
    register_number: str
    name: str
    other_id: int
    other_register_number: str
    other_name: str
    birth_date: str


@dataclass(frozen=True, slots=True)
class GroupCount:
    """Gruppe einer Statistik; `persons` is None where the number would betray single persons."""

    group: str
    persons: int | None


def possible_duplicates(session: Session, election_id: int, limit: int = 200) -> tuple[PossibleDuplicate, ...]:
    """Mögliche Doppelungen nobody has decided about: equal search words and equal, complete birth date."""
    one, other = aliased(RegisteredPerson), aliased(RegisteredPerson)
    decided = exists().where(
        or_(
            and_(DuplicateDecision.person_id == one.id, DuplicateDecision.other_id == other.id),
            and_(DuplicateDecision.person_id == other.id, DuplicateDecision.other_id == one.id),
        )
    )
    query = (
        select(one, other)
        .join(other, and_(other.election_id == one.election_id, other.search_words == one.search_words, other.id > one.id))
        .where(one.election_id == election_id, one.birth_date == other.birth_date, ~one.birth_date.endswith("-00"), ~decided)
        .order_by(one.search_words, one.id, other.id)
        .limit(limit)
    )
    return tuple(
        PossibleDuplicate(first.id, first.register_number, _name(first), second.id, second.register_number, _name(second), first.birth_date)
        for first, second in session.execute(query)
    )


def statistics(session: Session, election_id: int, election_day: date) -> dict[str, tuple[GroupCount, ...]]:
    """Statistik der Wahlberechtigten by category, entry, nationality, sex, age and district.

    Groups under five persons are suppressed; when that leaves one gap only, the next smallest group goes too, as the gap could be
    computed from the sum.
    """
    query = (
        select(
            RollVerdict.category,
            RollVerdict.entry,
            RegisteredPerson.nationalities,
            RegisteredPerson.sex,
            RegisteredPerson.birth_date,
            RegisteredPerson.district,
        )
        .join(RollVerdict, RollVerdict.id == RegisteredPerson.verdict_id)
        .where(
            RegisteredPerson.election_id == election_id,
            RegisteredPerson.missing_since_import_id.is_(None),
            RollVerdict.entitled == Entitlement.YES.value,
        )
    )
    counted: dict[str, Counter[str]] = {name: Counter() for name in ("category", "entry", "nationality", "sex", "age", "district")}
    for category, entry, nationalities, sex, birth_date, district in session.execute(query.execution_options(yield_per=5_000)):
        values = (category, entry, _foreign(nationalities), sex, _age_group(birth_date, election_day), district)
        for counter, value in zip(counted.values(), values, strict=True):
            counter[value or UNKNOWN] += 1
    return {name: suppressed(counter.items()) for name, counter in counted.items()}


def suppressed(groups: Iterable[tuple[str, int]]) -> tuple[GroupCount, ...]:
    """Gruppen, largest first, with small ones suppressed; see `statistics`."""
    ordered = sorted(groups, key=lambda group: (-group[1], group[0]))
    small = sum(persons < SMALL_GROUP for _, persons in ordered)
    hidden = 2 if small == 1 and len(ordered) > 1 else small
    shown = len(ordered) - hidden
    return tuple(GroupCount(group, persons if place < shown else None) for place, (group, persons) in enumerate(ordered))


def _name(person: Any) -> str:
    return f"{person.family_name}, {person.given_names}"


def _foreign(nationalities: str) -> str:
    keys = nationalities.split()
    return next((key for key in keys if key != "000"), keys[0] if keys else "")


def _age_group(birth_date: str, election_day: date) -> str:
    if birth_date.endswith("-00"):
        return UNKNOWN
    born = date.fromisoformat(birth_date)
    age = election_day.year - born.year - ((election_day.month, election_day.day) < (born.month, born.day))
    return next((f"{first} bis {last}" if last < 150 else f"{first} und älter" for first, last in AGES if first <= age <= last), UNKNOWN)
