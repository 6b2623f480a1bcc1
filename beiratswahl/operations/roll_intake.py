"""Einlesen: from the lines of an export to rows with search words and verdict, ordinary persons in one step.

Nineteen of twenty persons have one residence inside the Wahlgebiet, no end of it and no further date. What a decision depends on is then
small: whether they are old enough, when they moved in, and a combination of few further facts. The law is asked once for each.
"""

import gc
import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import itemgetter

from beiratswahl.operations.findings import Findings
from beiratswahl.operations.register_columns import Column
from beiratswahl.operations.register_fields import Fields
from beiratswahl.operations.register_file import RegisterFile
from beiratswahl.operations.register_persons import PersonReader, RegisterPerson
from beiratswahl.operations.register_values import DAYS_OF_EVERY_YEAR, YEAR_TEXTS, Reading, Unreadable
from beiratswahl.operations.roll_assessment import Assessment, Electorate
from beiratswahl.operations.roll_facts import FactReader, Stored, to_stored
from beiratswahl.operations.roll_portion import Name, Portion, Short, Together, in_full
from beiratswahl.store.spelling import search_words

#: columns whose texts decide together, and which few combinations fill
FEW_VALUES = (Column.NATIONALITIES, Column.AGS, Column.RESIDENCE_STATUS, Column.EXCLUDED)
#: columns that are empty with ordinary persons
EMPTY = (Column.DIED, Column.MAIN_SINCE, Column.MOVED_OUT, Column.IN_AREA_SINCE)
UNDECIDED = -1
SITE = (Column.STREET, Column.POSTCODE, Column.TOWN, Column.DISTRICT)


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
        today: "YYYY-MM-DD", day on which the export is read.
    """

    def __init__(self, file: RegisterFile, electorate: Electorate, today: str) -> None:
        self.file = file
        self._findings = Findings()
        self._election_day = electorate.election.day.isoformat()
        self._assessment = Assessment(electorate)
        self._fields = Fields(file.mapping, self._election_day, today, self._findings)
        self._reader = PersonReader(self._fields, electorate.area, self._findings)
        self._facts = FactReader()
        self._words = Reading(search_words)
        self._newest_arrival = ""

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
                newest = max(self._newest_arrival, self._fields.newest_event)
                yield Portion(chunk, new, self.file.line, read, newest, self._findings)

    def _thorough(self, person: RegisterPerson) -> Stored:
        words = self._words[person.family_name] + self._words[person.given_names]
        number = self._assessment.number(self._facts.newly_read(person))
        return (*to_stored(person, self._assessment.in_area), words, number)

    def _quick(self) -> Callable[[list[str]], Short | None]:
        """A reader of ordinary lines; made as one function because it runs once for every line."""
        place, fields, assessment = self.file.place, self._fields, self._assessment
        number_at, family_at, given_at = place(Column.REGISTER_NUMBER), place(Column.FAMILY_NAME), place(Column.GIVEN_NAMES)
        birth_at, moved_in_at, house_at = place(Column.BIRTH_DATE), place(Column.MOVED_IN), place(Column.HOUSE_NUMBER)
        sex_at, blocks_at = place(Column.SEX), place(Column.BLOCKS)
        nationalities_at, ags_at, status_at, excluded_at = map(place, FEW_VALUES)
        died_at, main_since_at, moved_out_at, in_area_since_at = map(place, EMPTY)
        pick_site = itemgetter(*map(place, SITE))
        few, sites = Reading(self._read_few), Reading(fields.reading_together(SITE))
        families, givens = Reading(self._read_name(Column.FAMILY_NAME)), Reading(self._read_name(Column.GIVEN_NAMES))
        births, arrivals, houses = fields.reading(Column.BIRTH_DATE), fields.reading(Column.MOVED_IN), fields.reading(Column.HOUSE_NUMBER)
        sexes, blocks = fields.reading(Column.SEX), fields.reading(Column.BLOCKS)
        kind_of_age, kind_of_stay = assessment.kind_of_age, assessment.kind_of_stay
        election_day, latest_birth, latest_arrival = self._election_day, assessment.latest_birth, assessment.latest_arrival

        usual = (assessment.kind_of_age(latest_birth), assessment.kind_of_stay(latest_arrival))
        years, days = YEAR_TEXTS, DAYS_OF_EVERY_YEAR

        def quick(row: list[str]) -> Short | None:
            number, birth, moved_in = row[number_at], row[birth_at], row[moved_in_at]
            if (
                row[died_at]
                or row[moved_out_at]
                or row[main_since_at]
                or row[in_area_since_at]
                or not (number.isalnum() and number.isascii())
            ):
                return None
            try:
                try:
                    birth, moved_in = years[birth[6:]] + days[birth[:6]], years[moved_in[6:]] + days[moved_in[:6]]
                    kinds = usual
                    if birth > latest_birth or moved_in > latest_arrival:
                        kinds = (kind_of_age(birth), kind_of_stay(moved_in))
                except KeyError:
                    birth, moved_in = births[birth], arrivals[moved_in]
                    kinds = (kind_of_age(birth), kind_of_stay(moved_in))
                together, decided = few[row[nationalities_at], row[ags_at], row[status_at], row[excluded_at]]
                short: Short = (
                    number, families[row[family_at]], givens[row[given_at]], birth, sexes[row[sex_at]], together, blocks[row[blocks_at]],
                    moved_in, sites[pick_site(row)], houses[row[house_at]], decided.get(kinds, UNDECIDED),
                )  # fmt: skip
            except Unreadable:
                return None
            if birth > moved_in or birth > election_day:
                return None
            if moved_in > self._newest_arrival:
                self._newest_arrival = moved_in
            if short[-1] == UNDECIDED:
                decided[kinds] = self._assessment.number(self._facts.person(in_full(short, (UNDECIDED,))))
                short = (*short[:-1], decided[kinds])
            return short

        return quick

    def _read_few(self, texts: tuple[str, str, str, str]) -> tuple[Together, dict[tuple[int, int], int]]:
        """What few combinations fill, and the numbers of the decisions on persons of that combination by kind of age and stay."""
        nationalities, ags, status, excluded = (self._fields.reading(column)[text] for column, text in zip(FEW_VALUES, texts, strict=True))
        if not self._assessment.in_area(ags):
            raise _Unordinary
        return (nationalities, ags, status, excluded), {}

    def _read_name(self, column: Column) -> Callable[[str], Name]:
        reading = self._fields.reading(column)
        return lambda text: (reading[text], self._words[reading[text]])
