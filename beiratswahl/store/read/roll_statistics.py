"""Zahlen des Wählerverzeichnisses: how many Wahlberechtigte belong to each group, now or at the closing. Raw numbers."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.law.suffrage import Entry
from beiratswahl.store.tables.electoral_roll import RollEntry
from beiratswahl.store.tables.roll import RegisteredPerson, RollVerdict
from beiratswahl.store.tables.roll_book import RollStatistic
from beiratswahl.store.tables.setup import Election, PollingDistrict

GERMAN = "000"
#: oldest age of each group but the last
AGE_GROUPS = (17, 24, 34, 44, 59, 69)
SEXES = {"m": "männlich", "w": "weiblich", "d": "divers", "": "ohne Angabe"}
ENTRIES = {Entry.EX_OFFICIO.value: "von Amts wegen", Entry.APPLICATION.value: "auf Antrag"}


class Dimension(StrEnum):
    """Merkmal, nach dem gezählt wird."""

    DISTRICT = "Stimmbezirk"
    CATEGORY = "Personengruppe"
    NATIONALITY = "Staatsangehörigkeit"
    SEX = "Geschlecht"
    AGE = "Altersgruppe"
    ENTRY = "Eintragung"


Counts = Mapping[Dimension, Mapping[str, int]]


def counts_now(session: Session, election_id: int) -> Counts:
    """Wahlberechtigte by group as the roll stands; entries blocked with N are left out. A nationality is still its key."""
    day = session.get_one(Election, election_id).day
    found: dict[Dimension, Counter[str]] = {dimension: Counter() for dimension in Dimension}
    query = (
        select(
            *(PollingDistrict.number, PollingDistrict.name, RollVerdict.category, RegisteredPerson.nationalities),
            *(RegisteredPerson.sex, RollEntry.birth_date, RollEntry.entry),
        )
        .join(PollingDistrict, PollingDistrict.id == RollEntry.district_id)
        .join(RegisteredPerson, RegisteredPerson.id == RollEntry.person_id)
        .join(RollVerdict, RollVerdict.id == RegisteredPerson.verdict_id)
        .where(RollEntry.election_id == election_id, RollEntry.blocked.is_(False))
    )
    for number, name, category, nationalities, sex, born, entry in session.execute(query.execution_options(yield_per=5_000)):
        found[Dimension.DISTRICT][f"{number} {name}"] += 1
        found[Dimension.CATEGORY][category or "ohne Angabe"] += 1
        found[Dimension.NATIONALITY][nationality_group(nationalities)] += 1
        found[Dimension.SEX][SEXES.get(sex, SEXES[""])] += 1
        found[Dimension.AGE][age_group(born, day)] += 1
        found[Dimension.ENTRY][ENTRIES.get(entry, "ohne Angabe")] += 1
    return found


def counts_frozen(session: Session, election_id: int) -> Counts:
    """The counts of the closing; empty when the roll is not closed, or was closed before they were kept."""
    found: dict[Dimension, dict[str, int]] = {}
    for row in session.scalars(select(RollStatistic).where(RollStatistic.election_id == election_id).order_by(RollStatistic.id)):
        found.setdefault(Dimension(row.dimension), {})[row.label] = row.persons
    return found


def nationality_group(keys: str) -> str:
    """The key somebody is counted under: the first one that is not German; "000" for Germans only; "" for none."""
    listed = keys.split()
    return next((key for key in listed if key != GERMAN), GERMAN if listed else "")


def age_group(born: str, day: date) -> str:
    """Altersgruppe on the election day; of a date with unknown parts the youngest age counts."""
    year, month, dom = int(born[:4]), int(born[5:7]) or 12, int(born[8:10]) or 31
    if not year:
        return "ohne Angabe"
    age = day.year - year - ((day.month, day.day) < (month, dom))
    youngest = 16
    for oldest in AGE_GROUPS:
        if age <= oldest:
            return f"{youngest} bis {oldest} Jahre" if youngest > 16 else f"bis {oldest} Jahre"
        youngest = oldest + 1
    return f"{youngest} Jahre und älter"
