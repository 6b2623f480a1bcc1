"""Reads of the register's districts: which of them and which streets belong to which polling district, with the persons."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl.store.read.electoral_roll import differing
from beiratswahl.store.read.roll_work import TO_BE_ENTERED
from beiratswahl.store.tables.electoral_roll import RollEntry
from beiratswahl.store.tables.roll import RegisteredPerson
from beiratswahl.store.tables.roll_book import RegisterDistrict
from beiratswahl.store.tables.setup import PollingDistrict


@dataclass(frozen=True, slots=True)
class StreetView:
    """Straße.

    Attributes:
        persons: entered or to be entered.
        district_id: polling district they go to, None when nobody settled it.
        own: True when the street has an assignment of its own.
    """

    street: str
    persons: int
    district_id: int | None
    own: bool


@dataclass(frozen=True, slots=True)
class RegisterDistrictView:
    """Bezirk des Melderegisters. `numbered` is True when somebody from there has a number already."""

    name: str
    persons: int
    district_id: int | None
    own: bool
    numbered: bool
    streets: tuple[StreetView, ...]

    @property
    def unassigned(self) -> int:
        """Persons without a polling district."""
        return sum(street.persons for street in self.streets if street.district_id is None)


class Assignments:
    """Zuordnung, asked for each person: street before district, assignment before the number of the polling district."""

    def __init__(self, session: Session, election_id: int) -> None:
        rows = session.execute(select(PollingDistrict.id, PollingDistrict.number).where(PollingDistrict.election_id == election_id)).all()
        self._only: int | None = rows[0][0] if len(rows) == 1 else None
        self._by_number: dict[str, int] = {str(number): district_id for district_id, number in rows}
        given = select(RegisterDistrict.name, RegisterDistrict.street, RegisterDistrict.district_id)
        found = session.execute(given.where(RegisterDistrict.election_id == election_id))
        self._given: dict[tuple[str, str], int] = {(row.name, row.street): row.district_id for row in found}

    def __bool__(self) -> bool:
        """Whether there is a polling district at all."""
        return bool(self._by_number)

    def of(self, name: str, street: str) -> int | None:
        """The polling district of a person, None when nobody settled it."""
        if self._only is not None:
            return self._only
        for key in ((name, street), (name, "")):
            if key in self._given:
                return self._given[key]
        return self._by_number.get(name.strip().lstrip("0"))

    def has_own(self, name: str, street: str = "") -> bool:
        """Whether somebody assigned exactly this."""
        return (name, street) in self._given


def register_districts(session: Session, election_id: int) -> tuple[RegisterDistrictView, ...]:
    """Bezirke des Melderegisters with everybody who stands in the roll or is to be entered, by name."""
    place = (RegisteredPerson.district, RegisteredPerson.street)
    waiting = differing(select(*place, func.count()), election_id, TO_BE_ENTERED).group_by(*place)
    entered = (
        select(*place, func.count())
        .join(RollEntry, RollEntry.person_id == RegisteredPerson.id)
        .where(RollEntry.election_id == election_id)
        .group_by(*place)
    )
    persons: dict[str, dict[str, int]] = {}
    numbered: set[str] = set()
    for query in (waiting, entered):
        for name, street, number in session.execute(query):
            streets = persons.setdefault(name, {})
            streets[street] = streets.get(street, 0) + number
            if query is entered:
                numbered.add(name)
    assigned = Assignments(session, election_id)
    return tuple(_view(name, persons[name], assigned, name in numbered) for name in sorted(persons))


def persons_by_district(session: Session, election_id: int) -> dict[int, int]:
    """Einträge in each polling district, by its id."""
    query = select(RollEntry.district_id, func.count()).where(RollEntry.election_id == election_id).group_by(RollEntry.district_id)
    return {district_id: number for district_id, number in session.execute(query)}


def _view(name: str, streets: dict[str, int], assigned: Assignments, numbered: bool) -> RegisterDistrictView:
    listed = tuple(
        StreetView(street, number, assigned.of(name, street), assigned.has_own(name, street)) for street, number in sorted(streets.items())
    )
    return RegisterDistrictView(name, sum(streets.values()), assigned.of(name, ""), assigned.has_own(name), numbered, listed)
