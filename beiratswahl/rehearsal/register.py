"""Erfundener Melderegister-Auszug: a town as it could be, the same bytes for the same seed.

Most residents are German. Among the others live the communities of Rheinland-Pfalz, dual nationals, stateless people and people whose
nationality is unclear. Recent arrivals, Nebenwohnungen, moves within the town, blocked addresses, deaths, incomplete birth dates and
children who turn 16 shortly before the election occur in shares that a roll has to cope with.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import BinaryIO, TypeVar

from beiratswahl.rehearsal import town
from beiratswahl.rehearsal.communities import COMMUNITIES, GERMANS, Community

T = TypeVar("T")

HEADINGS = (
    "Registernummer",
    "0101 Familienname",
    "0301 Vornamen",
    "0601 Geburtsdatum",
    "0701 Geschlecht",
    "1001 Staatsangehörigkeiten",
    "1201 Gemeindeschlüssel",
    "Straße",
    "Hausnummer",
    "Postleitzahl",
    "Wohnort",
    "1213 Wohnungsstatus",
    "1301 Einzugsdatum",
    "1305 Hauptwohnung seit",
    "1306 Auszugsdatum",
    "1801 Auskunftssperre",
    "1901 Sterbedatum",
    "2101 Wahlausschluss",
    "Stimmbezirk",
)

#: days around the two bounds of the law that are tried on purpose
MONTHS_BACK = (60, 75, 85, 88, 89, 90, 91, 92, 93, 94, 100, 120, 150)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Home:
    """Wohnung in the export."""

    ags: str
    street: str
    house_number: str
    postcode: str
    town: str
    status: str
    moved_in: date
    main_since: date | None = None
    moved_out: date | None = None
    district: str = ""


class Town:
    """Die erfundene Stadt: draws one household after the other.

    Args:
        seed: the same seed gives the same town.
        ags: amtlicher Gemeindeschlüssel of the town.
        election_day: ages and times of residence are drawn around it.
    """

    def __init__(self, seed: int, ags: str, election_day: date) -> None:
        self._chance = Random(seed)  # noqa: S311 - a rehearsal needs repeatable chance, not secrecy
        self._ags = ags
        self._day = election_day
        self._number = 0
        self._weights = _running_sum([community.weight for community in COMMUNITIES])

    def lines(self, persons: int) -> Iterator[tuple[str, ...]]:
        """The lines of the export, header excluded, one for each residence."""
        while self._number < persons:
            community = GERMANS if self._happens(640) else self._community()
            home = self._home()
            family = self._draw(community.families)
            for _ in range(min(self._draw((1, 1, 1, 2, 2, 3, 4, 5)), persons - self._number)):
                yield from self._person(community, family, home)

    def _person(self, community: Community, family: str, home: Home) -> Iterator[tuple[str, ...]]:
        self._number += 1
        woman = self._happens(500)
        if self._happens(250):
            family = self._draw(community.families)
        born = self._birth_day()
        homes = self._homes(home, born)
        about = (
            f"{self._number:07}{self._number * 7 % 97:02}",
            family.split("/")[-1 if woman else 0],
            self._given_names(community, woman=woman),
            self._written_birth(born, community),
            "" if self._happens(2) else "d" if self._happens(3) else "w" if woman else "m",
            self._nationalities(community),
        )
        block = "52" if home.street in _SHELTER_STREETS and self._happens(300) else "51" if self._happens(6) else ""
        died = max(self._shortly_before(), born) if self._happens(4) else None
        excluded = "J" if self._happens(1) and self._happens(300) else ""
        for residence in homes:
            yield (
                *about,
                residence.ags,
                residence.street,
                residence.house_number,
                residence.postcode,
                residence.town,
                residence.status,
                _written(residence.moved_in),
                _written(residence.main_since),
                _written(residence.moved_out),
                block,
                _written(died),
                excluded,
                residence.district,
            )

    def _given_names(self, community: Community, *, woman: bool) -> str:
        first = self._draw(community.women if woman else community.men)
        second = self._draw(community.second_names) if community.second_names and self._happens(300) else ""
        return f"{first} {second}".strip()

    def _birth_day(self) -> date:
        if self._happens(8):
            # completes 16 years between the Stichtag (42 days before) and the day after the election
            return _years_before(self._day, 16) - DAY * self._draw(range(-1, 43))
        years = self._draw(_AGES) + self._draw((0, 0, 1, 2, 3, 4))
        return _years_before(self._day, years) - DAY * self._draw(range(366))

    def _written_birth(self, born: date, community: Community) -> str:
        if self._happens(60 if community.unknown_birthdays else 1):
            return f"00.00.{born.year}" if self._happens(700) else f"00.{born.month:02}.{born.year}"
        return _written(born)

    def _nationalities(self, community: Community) -> str:
        if community is GERMANS:
            return "000"
        if self._happens(80):
            return "000"  # naturalised before 2024 and no longer told apart by the register
        if self._happens(240):
            return f"000,{community.key}" if self._happens(850) else f"{community.key},000"
        if self._happens(12):
            return self._draw(("997", "998", "998", "998", "999"))
        second = self._community().key if self._happens(10) else community.key
        return community.key if second == community.key else f"{community.key} {second}"

    def _homes(self, home: Home, born: date) -> tuple[Home, ...]:
        moved_in = max(self._moved_in(), born)
        here = replace(home, moved_in=moved_in)
        if self._happens(30):
            return self._second_homes(here)
        if self._happens(30) and moved_in > born + DAY * 400:
            before = replace(self._home(), moved_in=moved_in - DAY * self._draw(range(40, 400)), moved_out=moved_in)
            return before, here
        if self._happens(10):
            return (replace(here, moved_out=max(self._shortly_before(), moved_in)),)
        return (here,)

    def _second_homes(self, here: Home) -> tuple[Home, ...]:
        ags, postcode, name = self._draw(town.NEIGHBOURS)
        elsewhere = replace(here, ags=ags, postcode=postcode, town=name, street="Dorfstraße", district="")
        if self._happens(100):
            became_main = max(self._shortly_before(), here.moved_in)
            return (replace(here, main_since=became_main),)
        if self._happens(500):
            return (replace(here, status="N"),)
        return replace(here, status="N"), elsewhere

    def _moved_in(self) -> date:
        if self._happens(70):
            return self._day - DAY * self._draw(MONTHS_BACK)
        years = self._draw((0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 9, 10, 12, 15, 20, 25, 30))
        return self._day - DAY * (years * 365 + self._draw(range(95, 460)))

    def _shortly_before(self) -> date:
        return self._day - DAY * self._draw(range(30, 160))

    def _home(self) -> Home:
        if self._happens(12):
            street, number = self._draw(town.SHELTERS)
        else:
            street, number = self._draw(town.STREETS), f"{self._draw(range(1, 120))}{self._draw(('', '', '', '', 'a', 'b'))}"
        district = 1 + sum(street.encode()) % town.DISTRICTS
        return Home(self._ags, street, number, town.POSTCODE, town.TOWN, "H", self._day, district=str(district))

    def _community(self) -> Community:
        at = int(self._chance.random() * self._weights[-1])
        return next(community for community, end in zip(COMMUNITIES, self._weights, strict=True) if at < end)

    def _draw(self, choices: Sequence[T]) -> T:
        return choices[int(self._chance.random() * len(choices))]

    def _happens(self, per_mille: int) -> bool:
        return self._chance.random() * 1000 < per_mille


_SHELTER_STREETS = frozenset(street for street, _ in town.SHELTERS)
_AGES = (
    *(0, 2, 4, 6, 8, 10, 12, 13, 14, 15, 16, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 38, 40),
    *(42, 44, 46, 48, 50, 51, 52, 54, 56, 58, 60, 61, 63, 65, 67, 70, 72, 75, 78, 81, 85, 90),
)


def _running_sum(weights: Sequence[int]) -> list[int]:
    sums, total = [], 0
    for weight in weights:
        total += weight
        sums.append(total)
    return sums


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _written(day: date | None) -> str:
    return f"{day.day:02}.{day.month:02}.{day.year}" if day else ""


def write_register(stream: BinaryIO, persons: int, seed: int, *, ags: str = town.AGS, election_day: date) -> None:
    """Schreibe einen erfundenen Auszug: UTF-8, `;`, one header line.

    Args:
        stream: receives the bytes.
        persons: number of persons, at least 1; the export has some more lines than persons.
        seed: the same seed gives the same bytes.
        ags: amtlicher Gemeindeschlüssel of the town, eight digits.
        election_day: Wahltag around which ages and times of residence are drawn.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows(Town(seed, ags, election_day).lines(persons))
    text.flush()
    text.detach()
