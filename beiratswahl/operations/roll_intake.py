"""Einlesen: from the lines of an export to rows with search words and verdict, ordinary persons in one step.

Nineteen of twenty persons have one residence inside the Wahlgebiet, no end of it and no further date. What a decision depends on is then
small: whether they are old enough, when they moved in, and a combination of few further facts. The law is asked once for each.
"""

import gc
import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import itemgetter
from typing import NamedTuple

from beiratswahl.operations.findings import Findings
from beiratswahl.operations.register_columns import Column
from beiratswahl.operations.register_fields import Fields
from beiratswahl.operations.register_file import RegisterFile
from beiratswahl.operations.register_persons import PersonReader, RegisterPerson
from beiratswahl.operations.register_values import Reading, Unreadable
from beiratswahl.operations.roll_facts import FactReader, Stored, to_stored
from beiratswahl.operations.roll_verdicts import Verdicts
from beiratswahl.store.spelling import search_words

#: columns in which persons resemble one another: what stands there together is read once
ALIKE = (
    Column.SEX,
    Column.NATIONALITIES,
    Column.BLOCKS,
    Column.EXCLUDED,
    Column.AGS,
    Column.RESIDENCE_STATUS,
    Column.DIED,
    Column.MAIN_SINCE,
    Column.MOVED_OUT,
    Column.IN_AREA_SINCE,
)
SITE = (Column.STREET, Column.POSTCODE, Column.TOWN, Column.DISTRICT)
KINDS_OF_STAY = 64


class _Alike(NamedTuple):
    """What equals in many persons: values in the order of the row, and the verdicts by age and stay."""

    sex: str
    nationalities: str
    blocks: str
    excluded: bool
    ags: str
    status: str
    verdicts: dict[int, int]


class _Unordinary(Unreadable):
    """The line needs the thorough reader."""

    def __init__(self) -> None:
        super().__init__("", "")


@contextmanager
def _no_collecting() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Intake:
    """Einlesen eines Auszugs: gives rows of `roll_facts.REGISTER_COLUMNS` followed by the search words and the id of the verdict.

    The verdict is that of a person who has not applied.

    Attributes:
        newest_event: latest arrival, move, departure or death in the lines read so far, "YYYY-MM-DD"; "" for none.
    """

    def __init__(self, file: RegisterFile, verdicts: Verdicts, election_day: str, findings: Findings) -> None:
        self.file = file
        self.findings = findings
        self._election_day = election_day
        self._verdicts = verdicts
        self._fields = Fields(file.mapping, election_day, findings)
        self._reader = PersonReader(self._fields, verdicts.area, findings)
        self._facts = FactReader()
        self._words = Reading(search_words)

    @property
    def newest_event(self) -> str:
        return self._fields.newest_event

    def rows(self) -> Iterator[Stored]:
        """Alle Personen as rows, in the order of the file; faults are in the findings."""
        return self.file.read(self._reader, self._quick(), self._thorough, self.findings)

    def chunks(self, persons: int) -> Iterator[list[Stored]]:
        """Alle Personen in portions; the collector of circular garbage rests meanwhile, as none arises."""
        rows = self.rows()
        with _no_collecting():
            while chunk := list(itertools.islice(rows, persons)):
                yield chunk

    def verdict_of(self, stored: Stored) -> int:
        """The id of the verdict on a row without application."""
        return self._verdicts.verdict_id(self._facts.person(stored))

    def _thorough(self, person: RegisterPerson) -> Stored:
        stored = to_stored(person, self._verdicts.in_area)
        words = self._words[person.family_name] + self._words[person.given_names]
        return (*stored, words, self._verdicts.verdict_id(self._facts.newly_read(person)))

    def _quick(self) -> Callable[[list[str]], Stored | None]:
        """A reader of ordinary lines; made as one function because it runs once for every line."""
        place, fields = self.file.place, self._fields
        number_at, family_at, given_at = place(Column.REGISTER_NUMBER), place(Column.FAMILY_NAME), place(Column.GIVEN_NAMES)
        birth_at, moved_in_at, house_at = place(Column.BIRTH_DATE), place(Column.MOVED_IN), place(Column.HOUSE_NUMBER)
        pick_alike = itemgetter(*map(place, ALIKE))
        pick_site = itemgetter(*map(place, SITE))
        alike, sites = Reading(self._read_alike), Reading(fields.reading_together(SITE))
        births, arrivals = Reading(self._read_birth), Reading(self._read_arrival)
        families, givens = Reading(self._read_name(Column.FAMILY_NAME)), Reading(self._read_name(Column.GIVEN_NAMES))
        houses = fields.reading(Column.HOUSE_NUMBER)
        election_day, verdict_of = self._election_day, self.verdict_of

        def quick(row: list[str]) -> Stored | None:
            number = row[number_at]
            try:
                born, age = births[row[birth_at]]
                moved_in, stay = arrivals[row[moved_in_at]]
                sex, nationalities, blocks, excluded, ags, status, verdicts = alike[pick_alike(row)]
                family, family_words = families[row[family_at]]
                given, given_words = givens[row[given_at]]
                street, postcode, town, district = sites[pick_site(row)]
                house = houses[row[house_at]]
            except Unreadable:
                return None
            if born > election_day or born > moved_in or not (number.isalnum() and number.isascii()):
                return None
            made = (
                number, family, given, born, sex, nationalities, blocks, "", excluded, ags, status, moved_in, "", "", "",
                street, house, postcode, town, district, "", family_words + given_words, verdicts.get(age + stay),
            )  # fmt: skip
            if made[-1] is None:
                verdicts[age + stay] = verdict_of(made)
                made = (*made[:-1], verdicts[age + stay])
            return made

        return quick

    def _read_alike(self, texts: tuple[str, ...]) -> _Alike:
        values = [self._fields.reading(column)[text] for column, text in zip(ALIKE, texts, strict=True)]
        if any(values[6:]) or not self._reader.inside[values[4]]:
            raise _Unordinary
        return _Alike._make((*values[:6], {}))

    def _read_birth(self, text: str) -> tuple[str, int]:
        born = self._fields.reading(Column.BIRTH_DATE)[text]
        return born, KINDS_OF_STAY * self._verdicts.kind_of_age(born)

    def _read_arrival(self, text: str) -> tuple[str, int]:
        moved_in = self._fields.reading(Column.MOVED_IN)[text]
        return moved_in, self._verdicts.kind_of_stay(moved_in)

    def _read_name(self, column: Column) -> Callable[[str], tuple[str, str]]:
        reading = self._fields.reading(column)

        def read(text: str) -> tuple[str, str]:
            name = reading[text]
            return name, self._words[name]

        return read
