"""Melderegister-Auszug: a CSV file of the register, read person by person, with everything that is wrong in it found at once.

One line is one residence of one person. The lines of a person follow one another and differ only in the columns of the residence; a
person with one residence has one line. Lines of residences outside the Wahlgebiet may stand there (a Hauptwohnung elsewhere explains a
Nebenwohnung here), but each person needs one inside. Columns: see `register_columns`; values: see `register_values`.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import TypeVar

from beiratswahl.operations.findings import FileRefused, Findings
from beiratswahl.operations.register_columns import Column, Mapping, find_columns
from beiratswahl.operations.register_encoding import Scan, scan
from beiratswahl.operations.register_faults import report_broken_quotes, report_two_persons, report_width
from beiratswahl.operations.register_fields import FIELD_ORDER, Fields
from beiratswahl.operations.register_persons import Numbers, PersonReader, RegisterPerson

Lines = list[tuple[int, list[str]]]
T = TypeVar("T")


@dataclass(slots=True)
class RegisterFile:
    """Geöffneter Auszug: encoding and columns are known, no person was read yet.

    Attributes:
        path: the file.
        scan: encoding, hash and number of lines.
        mapping: how the product names its columns.
        columns: position of each column present.
        width: number of fields of the header line.
        line: the line read last; progress is `line` of `scan.lines`.
    """

    path: Path
    scan: Scan
    mapping: Mapping
    columns: dict[Column, int]
    width: int
    line: int = 0

    def place(self, column: Column) -> int:
        """Position of a column in a row; a column that is not there reads the empty field behind the last one."""
        return self.columns.get(column, self.width)

    def persons(self, area: Sequence[str], election_day: str, today: str, findings: Findings) -> Iterator[RegisterPerson]:
        """Read all persons that can be read; may be called again to read from the start.

        Args:
            area: AGS of the municipalities of the Wahlgebiet; five digits stand for a whole Landkreis.
            election_day: "YYYY-MM-DD"; nobody is born later.
            today: "YYYY-MM-DD"; nobody has died later.
            findings: receives everything that is wrong. With an error in it nothing of the file may be kept.

        Yields:
            Persons in the order of the file; memory does not grow with their number but for eight bytes each.
        """
        fields = Fields(self.mapping, election_day, today, findings)
        return self.read(PersonReader(fields, tuple(area), findings), lambda row: None, lambda person: person, findings)

    def read(
        self,
        reader: PersonReader,
        quick: Callable[[list[str]], T | None],
        thorough: Callable[[RegisterPerson], T],
        findings: Findings,
    ) -> Iterator[T]:
        """Read all persons, ordinary ones quickly; may be called again to read from the start.

        Args:
            reader: reads persons with anything out of the ordinary.
            quick: makes what is wanted out of a person's only line; None when the line is not ordinary.
            thorough: makes it out of a person that the reader has read.
            findings: receives everything that is wrong.

        Yields:
            What `quick` or `thorough` made, in the order of the file.
        """
        pick, number_at = itemgetter(*(self.place(column) for column in FIELD_ORDER)), self.place(Column.REGISTER_NUMBER)

        def put_together() -> tuple[str, T | None]:
            person = reader.read([(line, pick(row)) for line, row in lines])
            return ("", None) if person is None else (person.register_number, thorough(person))

        self.line = 0
        numbers, number = Numbers(), ""
        made: T | None = None
        lines: Lines = []
        first_line, first_row = 0, [""]
        for row in self._rows(findings):
            here = row[number_at]
            if not here.isalnum():
                here = " ".join(here.split())
            if here == number and (lines or made is not None):
                lines = [*(lines or [(first_line, first_row)]), (self.line, row)]
                made = None
                continue
            if lines:
                number, made = put_together()
                lines = []
            if made is not None:
                numbers.add(hash(number))
                yield made
            number, first_line, first_row = here, self.line, row
            made = quick(row)
            if made is None:
                lines = [(first_line, row)]
        if lines:
            number, made = put_together()
        if made is not None:
            numbers.add(hash(number))
            yield made
        reader.report_strangers()
        if not numbers.known and not findings.errors:
            findings.error("Die Datei enthält keine Person.", "Es gibt nichts zu übernehmen.", "Bitte den Auszug neu erstellen.")
        self._report_repeated(numbers.suspects(), findings)

    def _rows(self, findings: Findings) -> Iterator[list[str]]:
        """The lines that have as many fields as the header, with an empty field behind the last one."""
        with self.path.open(encoding=self.scan.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self.mapping.delimiter, strict=True)
            next(reader)
            width, end = self.width, reader.line_num
            while True:
                try:
                    for row in reader:
                        self.line, end = end + 1, reader.line_num
                        if len(row) == width:
                            row.append("")
                            yield row
                        elif any(row):
                            report_width(len(row), width, self.line, findings)
                    return
                except csv.Error as fault:
                    report_broken_quotes(str(fault), end + 1, findings)
                    end = reader.line_num

    def _report_repeated(self, suspects: frozenset[int], findings: Findings) -> None:
        """Name the register numbers that stand at two places of the file."""
        if not suspects:
            return
        seen: dict[str, int] = {}
        previous, number_at = "", self.place(Column.REGISTER_NUMBER)
        for row in self._rows(Findings()):
            number = " ".join(row[number_at].split())
            if number != previous and hash(number) in suspects:
                if number in seen:
                    report_two_persons(number, seen[number], self.line, findings)
                else:
                    seen[number] = self.line
            previous = number


def open_register(path: Path, mapping: Mapping | None = None) -> RegisterFile:
    """Öffne einen Auszug: find encoding and columns.

    Args:
        path: the CSV file.
        mapping: how the product names its columns; None for the default headings.

    Returns:
        The file, ready to be read.

    Raises:
        FileRefused: empty, an encoding that cannot be read or two of them, a wrong separator, a missing or doubled column.
    """
    mapping = mapping or Mapping()
    findings = Findings()
    scanned = scan(path, findings)
    if findings.errors:
        raise FileRefused(findings)
    with path.open(encoding=scanned.encoding, newline="") as file:
        try:
            header = next(csv.reader(file, delimiter=mapping.delimiter, strict=True), [])
        except csv.Error as fault:
            header = []
            report_broken_quotes(str(fault), 1, findings)
    columns = find_columns(header, mapping, findings)
    if findings.errors:
        raise FileRefused(findings)
    return RegisterFile(path, scanned, mapping, columns, len(header))
