"""Reads over many persons: statistics that betray nobody."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.law.suffrage import Entitlement
from beiratswahl.store.tables.roll import RegisteredPerson, RollVerdict

SMALL_GROUP = 5
AGES = ((16, 17), (18, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 74), (75, 150))
UNKNOWN = "unbekannt"


@dataclass(frozen=True, slots=True)
class GroupCount:
    """Gruppe einer Statistik; `persons` is None where the number would betray single persons."""

    group: str
    persons: int | None


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


def _foreign(nationalities: str) -> str:
    keys = nationalities.split()
    return next((key for key in keys if key != "000"), keys[0] if keys else "")


def _age_group(birth_date: str, election_day: date) -> str:
    if birth_date.endswith("-00"):
        return UNKNOWN
    born = date.fromisoformat(birth_date)
    age = election_day.year - born.year - ((election_day.month, election_day.day) < (born.month, born.day))
    return next((f"{first} bis {last}" if last < 150 else f"{first} und älter" for first, last in AGES if first <= age <= last), UNKNOWN)
