"""Reads of the register's districts: which of them, which streets and house numbers belong to which polling district, with the persons.

Persons with a blocked address (§§ 51, 52 BMG) are counted with their district of the register alone. What can be told: how many of them
live in a district of the register, and, once the roll is opened, the polling district each of them stands in, for the roll is kept by
polling district. What cannot be told: whether one of them lives in a street or behind a house number. A street in which nobody else
lives is not named, and no number, order or refusal changes with a street or a range for their sake: a district with one of them must have
a polling district as a whole, whatever is settled for its streets. It is where they go unless their street or house goes another way.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import Session

from beiratswahl.store.house_numbers import HouseRange, Side, leading_number
from beiratswahl.store.read.electoral_roll import differing
from beiratswahl.store.read.roll_work import TO_BE_ENTERED
from beiratswahl.store.tables import roll_book
from beiratswahl.store.tables.electoral_roll import RollEntry
from beiratswahl.store.tables.roll import RegisteredPerson
from beiratswahl.store.tables.roll_book import RegisterDistrict
from beiratswahl.store.tables.setup import PollingDistrict


@dataclass(frozen=True, slots=True)
class RangeView:
    """Bereich von Hausnummern einer Straße with the persons in it, blocked addresses left out."""

    range_id: int
    numbers: HouseRange
    district_id: int
    persons: int


@dataclass(frozen=True, slots=True)
class StreetView:
    """Straße.

    Attributes:
        persons: entered or to be entered, without those in its ranges and without blocked addresses.
        district_id: polling district they go to, None when nobody settled it.
        own: True when the street has an assignment of its own.
        ranges: house numbers that go another way.
    """

    street: str
    persons: int
    district_id: int | None
    own: bool
    ranges: tuple[RangeView, ...] = ()


@dataclass(frozen=True)
class RegisterDistrictView:
    """Bezirk des Melderegisters.

    Attributes:
        persons: all of them, blocked addresses too.
        numbered: True when somebody from there has a number already.
        streets: those in which anybody lives whose address is not blocked.
        blocked: persons with a blocked address.
    """

    name: str
    persons: int
    district_id: int | None
    own: bool
    numbered: bool
    streets: tuple[StreetView, ...]
    blocked: int

    @cached_property
    def planned(self) -> Counter[int | None]:
        """Persons whose address is not blocked by the polling district they go to; None for nobody's."""
        found: Counter[int | None] = Counter()
        for street in self.streets:
            found[street.district_id] += street.persons
            for one in street.ranges:
                found[one.district_id] += one.persons
        return found

    @property
    def unassigned(self) -> int:
        """Persons without a polling district; those with a blocked address while the whole district has none, whatever their street."""
        return self.planned[None] + (self.blocked if self.district_id is None else 0)


class Assignments:
    """Zuordnung, asked for each person: house number before street before district, assignment before the number of the polling district.

    Attributes:
        divided: streets with ranges of house numbers, by district and street.
    """

    def __init__(self, session: Session, election_id: int) -> None:
        rows = session.execute(select(PollingDistrict.id, PollingDistrict.number).where(PollingDistrict.election_id == election_id)).all()
        self._only: int | None = rows[0][0] if len(rows) == 1 else None
        self._by_number: dict[str, int] = {str(number): district_id for district_id, number in rows}
        given = select(RegisterDistrict.name, RegisterDistrict.street, RegisterDistrict.district_id)
        found = session.execute(given.where(RegisterDistrict.election_id == election_id))
        self._given: dict[tuple[str, str], int] = {(row.name, row.street): row.district_id for row in found}
        self.divided: defaultdict[tuple[str, str], list[tuple[int, HouseRange, int]]] = defaultdict(list)
        for row in session.scalars(_ranges(election_id)):
            numbers = HouseRange(row.first_number, row.last_number, Side(row.side))
            self.divided[row.name, row.street].append((row.id, numbers, row.district_id))
        hidden = differing(select(RegisteredPerson.district).distinct(), election_id, TO_BE_ENTERED).where(RegisteredPerson.blocks != "")
        self._needed_whole = frozenset(session.scalars(hidden))

    def __bool__(self) -> bool:
        """Whether there is a polling district at all."""
        return bool(self._by_number)

    def of(self, name: str, street: str, house_number: str = "") -> int | None:
        """The polling district of a person.

        Returns:
            Its id; None when nobody settled it, or when somebody with a blocked address is to be entered from this district of the register
            and it has no polling district as a whole: else the refusal would end with the very street she lives in.
        """
        if name in self._needed_whole and self.settled(name, "") is None:
            return None
        return self.settled(name, street, house_number)

    def settled(self, name: str, street: str, house_number: str = "") -> int | None:
        """The polling district of a house, whoever lives in the district; None when nobody settled it."""
        if self._only is not None:
            return self._only
        if self.divided and (found := self.range_of(name, street, house_number)) is not None:
            return found[2]
        for key in ((name, street), (name, "")):
            if key in self._given:
                return self._given[key]
        return self._by_number.get(name.strip().lstrip("0"))

    def range_of(self, name: str, street: str, house_number: str) -> tuple[int, HouseRange, int] | None:
        """The range a house lies in: its id, its numbers and its polling district."""
        number = leading_number(house_number)
        if number is None or (name, street) not in self.divided:
            return None
        return next((one for one in self.divided[name, street] if one[1].holds(number)), None)

    def has_own(self, name: str, street: str = "") -> bool:
        """Whether somebody assigned exactly this."""
        return (name, street) in self._given


def register_districts(session: Session, election_id: int) -> tuple[RegisterDistrictView, ...]:
    """Bezirke des Melderegisters with everybody who stands in the roll or is to be entered, by name."""
    assigned = Assignments(session, election_id)
    tallies: defaultdict[str, _Tally] = defaultdict(lambda: _Tally(assigned))
    # House numbers part a street of a town in a hundred lines; they are only looked at where a street is divided.
    house = RegisteredPerson.house_number if assigned.divided else literal("")
    place = (RegisteredPerson.district, RegisteredPerson.street, house, RegisteredPerson.blocks != "")
    entered = select(*place, func.count()).join(RollEntry, RollEntry.person_id == RegisteredPerson.id)
    waiting = differing(select(*place, func.count()), election_id, TO_BE_ENTERED)
    for query, numbered in ((waiting, False), (entered.where(RollEntry.election_id == election_id), True)):
        for name, street, house_number, blocked, persons in session.execute(query.group_by(*place)):
            tallies[name].add((name, street, house_number), persons, blocked=blocked, numbered=numbered)
    return tuple(tallies[name].view(name) for name in sorted(tallies))


class _Tally:
    """Zählung of one district of the register."""

    def __init__(self, assigned: Assignments) -> None:
        self._assigned = assigned
        self._persons = 0
        self._numbered = False
        self._streets: Counter[str] = Counter()
        self._ranges: Counter[int] = Counter()
        self._blocked = 0

    def add(self, place: tuple[str, str, str], persons: int, *, blocked: bool, numbered: bool) -> None:
        """Count persons of one district, street and house number."""
        self._persons += persons
        self._numbered = self._numbered or numbered
        if blocked:
            self._blocked += persons
            return
        found = self._assigned.range_of(*place) if self._assigned.divided else None
        self._streets[place[1]] += persons if found is None else 0
        if found is not None:
            self._ranges[found[0]] += persons

    def view(self, name: str) -> RegisterDistrictView:
        return RegisterDistrictView(
            name,
            self._persons,
            self._assigned.settled(name, ""),
            self._assigned.has_own(name),
            self._numbered,
            tuple(self._street(name, street, persons) for street, persons in sorted(self._streets.items())),
            self._blocked,
        )

    def _street(self, name: str, street: str, persons: int) -> StreetView:
        ranges = tuple(RangeView(*one, self._ranges[one[0]]) for one in self._assigned.divided.get((name, street), ()))
        return StreetView(street, persons, self._assigned.settled(name, street), self._assigned.has_own(name, street), ranges)


def street_ranges(session: Session, election_id: int, name: str, street: str) -> Iterator[tuple[int, HouseRange, int]]:
    """Bereiche einer Straße in the order of their numbers: id, numbers, polling district."""
    for row in session.scalars(_ranges(election_id).where(roll_book.HouseRange.name == name, roll_book.HouseRange.street == street)):
        yield row.id, HouseRange(row.first_number, row.last_number, Side(row.side)), row.district_id


def house_range(session: Session, election_id: int, range_id: int) -> tuple[str, str] | None:
    """District and street of a range of an election, or None."""
    row = session.get(roll_book.HouseRange, range_id)
    return (row.name, row.street) if row is not None and row.election_id == election_id else None


def persons_by_district(session: Session, election_id: int) -> dict[int, int]:
    """Einträge in each polling district, by its id."""
    query = select(RollEntry.district_id, func.count()).where(RollEntry.election_id == election_id).group_by(RollEntry.district_id)
    return {district_id: number for district_id, number in session.execute(query)}


def _ranges(election_id: int) -> Select[roll_book.HouseRange]:
    order = (roll_book.HouseRange.first_number, roll_book.HouseRange.id)
    return select(roll_book.HouseRange).where(roll_book.HouseRange.election_id == election_id).order_by(*order)
