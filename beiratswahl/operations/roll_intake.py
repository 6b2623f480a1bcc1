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

from beiratswahl.law.suffrage import Decision
from beiratswahl.operations.findings import Findings
from beiratswahl.operations.register_columns import Column
from beiratswahl.operations.register_fields import Fields
from beiratswahl.operations.register_file import RegisterFile
from beiratswahl.operations.register_persons import PersonReader, RegisterPerson
from beiratswahl.operations.register_values import Reading, Unreadable
from beiratswahl.operations.roll_assessment import Assessment, Electorate
from beiratswahl.operations.roll_facts import FactReader, Stored, to_stored
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
    """What equals in many persons: values in the order of the row, and the numbers of the decisions by age and stay."""

    sex: str
    nationalities: str
    blocks: str
    excluded: bool
    ags: str
    status: str
    decided: dict[int, int]


class Portion(NamedTuple):
    """Portion eines Auszugs, and how far the reading has come with it.

    Attributes:
        rows: persons in the order of the file: `roll_facts.REGISTER_COLUMNS`, the search words, the number of the decision on a person who
            has not applied.
        decisions: decisions that rows of this portion are the first to receive; numbers count on from portion to portion.
        line: the line read last.
        persons: number of persons handed out.
        newest_event: latest arrival, move, departure or death in the lines read so far, "YYYY-MM-DD"; "" for none.
        findings: everything found so far.
    """

    rows: list[Stored]
    decisions: tuple[Decision, ...]
    line: int
    persons: int
    newest_event: str
    findings: Findings


class _Unordinary(Unreadable):
    """The line needs the thorough reader."""

    def __init__(self) -> None:
        super().__init__("", "")


@contextmanager
def no_collecting() -> Iterator[None]:
    """Let the collector of circular garbage rest: none arises among rows, and it would look at every one of them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Intake:
    """Einlesen eines Auszugs: reads every person and decides about everybody as about one who has not applied.

    Args:
        file: the export.
        electorate: for whom to decide.
    """

    def __init__(self, file: RegisterFile, electorate: Electorate) -> None:
        self.file = file
        self._findings = Findings()
        self._election_day = electorate.election.day.isoformat()
        self._assessment = Assessment(electorate)
        self._fields = Fields(file.mapping, self._election_day, self._findings)
        self._reader = PersonReader(self._fields, electorate.area, self._findings)
        self._facts = FactReader()
        self._words = Reading(search_words)

    def portions(self, persons: int) -> Iterator[Portion]:
        """Alle Personen in portions of so many; the last one, perhaps empty, has every finding."""
        rows = self.file.read(self._reader, self._quick(), self._thorough, self._findings)
        decisions, told, read, full = self._assessment.decisions, 0, 0, True
        with no_collecting():
            while full:
                chunk = list(itertools.islice(rows, persons))
                read, full = read + len(chunk), len(chunk) == persons
                new = tuple(decisions[told:])
                told += len(new)
                yield Portion(chunk, new, self.file.line, read, self._fields.newest_event, self._findings)

    def _decide(self, stored: Stored) -> int:
        return self._assessment.number(self._facts.person(stored))

    def _thorough(self, person: RegisterPerson) -> Stored:
        stored = to_stored(person, self._assessment.in_area)
        words = self._words[person.family_name] + self._words[person.given_names]
        return (*stored, words, self._assessment.number(self._facts.newly_read(person)))

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
        election_day, decide = self._election_day, self._decide

        def quick(row: list[str]) -> Stored | None:
            number = row[number_at]
            try:
                born, age = births[row[birth_at]]
                moved_in, stay = arrivals[row[moved_in_at]]
                sex, nationalities, blocks, excluded, ags, status, decided = alike[pick_alike(row)]
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
                street, house, postcode, town, district, "", family_words + given_words, decided.get(age + stay),
            )  # fmt: skip
            if made[-1] is None:
                decided[age + stay] = decide(made)
                made = (*made[:-1], decided[age + stay])
            return made

        return quick

    def _read_alike(self, texts: tuple[str, ...]) -> _Alike:
        if any(texts[len(_Alike._fields) - 1 :]):
            raise _Unordinary
        values = [self._fields.reading(column)[text] for column, text in zip(ALIKE, texts, strict=False)]
        if not self._reader.inside[values[4]]:
            raise _Unordinary
        return _Alike._make((*values[:6], {}))

    def _read_birth(self, text: str) -> tuple[str, int]:
        born = self._fields.reading(Column.BIRTH_DATE)[text]
        return born, KINDS_OF_STAY * self._assessment.kind_of_age(born)

    def _read_arrival(self, text: str) -> tuple[str, int]:
        moved_in = self._fields.reading(Column.MOVED_IN)[text]
        return moved_in, self._assessment.kind_of_stay(moved_in)

    def _read_name(self, column: Column) -> Callable[[str], tuple[str, str]]:
        reading = self._fields.reading(column)

        def read(text: str) -> tuple[str, str]:
            name = reading[text]
            return name, self._words[name]

        return read
