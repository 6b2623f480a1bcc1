"""Melderegister-Auszug: a CSV file of the register, read person by person, with everything that is wrong in it found at once.

One line is one residence of one person. The lines of a person follow one another and differ only in the columns of the residence; a
person with one residence has one line. Lines of residences outside the Wahlgebiet may stand there (a Hauptwohnung elsewhere explains a
Nebenwohnung here), but each person needs one inside. Columns: see `register_columns`; values: see `register_values`.
"""

import csv
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from beiratswahl.operations.findings import FileRefused, Findings
from beiratswahl.operations.register_columns import Column, Mapping, find_columns
from beiratswahl.operations.register_encoding import Scan, scan
from beiratswahl.operations.register_faults import report_broken_quotes, report_same_line, report_two_persons, report_width
from beiratswahl.operations.register_fields import FIELD_ORDER, Core, Fields, Residence
from beiratswahl.operations.register_values import Reading

BUCKETS = 64


class RegisterPerson(NamedTuple):
    """Person im Auszug. Dates are texts "YYYY-MM-DD", 00 for unknown parts, "" for none.

    Attributes:
        line: first line of the person in the file.
        register_number: Ordnungsmerkmal, unique in the file.
        family_name, given_names: NFC.
        birth_date: "0000-00-00" when wholly unknown.
        sex: "m", "w", "d" or "".
        nationalities: three-digit keys parted by blanks, German first.
        blocks: "", "51", "52" or "51 52" (§§ 51, 52 BMG).
        died: Sterbedatum.
        excluded: True for Wahlausschluss by judgment (§ 2 KWG).
        residences: in the order of the file, at least one in the Wahlgebiet.
    """

    line: int
    register_number: str
    family_name: str
    given_names: str
    birth_date: str
    sex: str
    nationalities: str
    blocks: str
    died: str
    excluded: bool
    residences: tuple[Residence, ...]


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
        persons_read: number of persons handed out.
    """

    path: Path
    scan: Scan
    mapping: Mapping
    columns: dict[Column, int]
    width: int
    line: int = 0
    persons_read: int = 0
    _numbers: tuple["array[int]", ...] = field(default=(), repr=False)

    def persons(self, area: Sequence[str], election_day: str, findings: Findings) -> Iterator[RegisterPerson]:
        """Read all persons that can be read; may be called again to read from the start.

        Args:
            area: AGS of the municipalities of the Wahlgebiet; five digits stand for a whole Landkreis.
            election_day: "YYYY-MM-DD"; nobody is born later.
            findings: receives everything that is wrong. With an error in it nothing of the file may be kept.

        Yields:
            Persons in the order of the file; memory does not grow with their number but for eight bytes each.
        """
        self.line = self.persons_read = 0
        self._numbers = tuple(array("q") for _ in range(BUCKETS))
        fields = Fields(self.mapping, election_day, findings)
        strangers = _Strangers(tuple(area))
        for line, number, core, residences in self._grouped(fields, findings):
            if strangers.all_outside(residences, line):
                continue
            code = hash(number)
            self._numbers[code % BUCKETS].append(code)
            self.persons_read += 1
            yield RegisterPerson(line, number, *core, residences)
        strangers.report(findings)
        if not self.persons_read and not findings.errors:
            findings.error("Die Datei enthält keine Person.", "Es gibt nichts zu übernehmen.", "Bitte den Auszug neu erstellen.")
        self._report_repeated(findings)

    def _grouped(self, fields: Fields, findings: Findings) -> Iterator[tuple[int, str, Core, tuple[Residence, ...]]]:
        first_line, number, core = 0, "", None
        residences: tuple[Residence, ...] = ()
        for line, values in self._rows(findings):
            read = fields.read(values, line)
            if read is None:
                continue
            if read.number != number or core is None:
                if core is not None:
                    yield first_line, number, core, residences
                first_line, number, core, residences = line, read.number, read.core, (read.residence,)
            elif read.core != core:
                report_two_persons(number, first_line, line, findings)
            elif read.residence in residences:
                report_same_line(number, first_line, line, findings)
            else:
                residences = (*residences, read.residence)
        if core is not None:
            yield first_line, number, core, residences

    def _rows(self, findings: Findings) -> Iterator[tuple[int, Sequence[str]]]:
        """The fields of each line in FIELD_ORDER; a column that is not there reads as empty."""
        pick = itemgetter(*(self.columns.get(column, self.width) for column in FIELD_ORDER))
        with self.path.open(encoding=self.scan.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self.mapping.delimiter, strict=True)
            next(reader)
            end = reader.line_num
            while True:
                try:
                    for row in reader:
                        start, end = end + 1, reader.line_num
                        self.line = end
                        if len(row) == self.width:
                            row.append("")
                            yield start, pick(row)
                        elif any(row):
                            report_width(len(row), self.width, start, findings)
                    return
                except csv.Error as fault:
                    report_broken_quotes(str(fault), end + 1, findings)
                    end = reader.line_num

    def _report_repeated(self, findings: Findings) -> None:
        """Name the register numbers that stand at two places of the file."""
        suspects: set[int] = set()
        for bucket in self._numbers:
            once: set[int] = set()
            if len(set(bucket)) < len(bucket):
                for code in bucket:
                    (suspects if code in once else once).add(code)
        if not suspects:
            return
        seen: dict[str, int] = {}
        previous = ""
        for line, texts in self._rows(Findings()):
            number = " ".join(texts[0].split())
            if number != previous and hash(number) in suspects:
                if number in seen:
                    report_two_persons(number, seen[number], line, findings)
                else:
                    seen[number] = line
            previous = number


class _Strangers:
    """Persons without a residence in the Wahlgebiet, counted by municipality."""

    def __init__(self, area: tuple[str, ...]) -> None:
        self._inside = Reading(lambda ags: ags.startswith(area))
        self._lines: dict[str, list[int]] = {}

    def all_outside(self, residences: tuple[Residence, ...], line: int) -> bool:
        """True when no residence lies in the Wahlgebiet; notes the first one's municipality."""
        for residence in residences:
            if self._inside[residence[0]]:
                return False
        first_and_count = self._lines.setdefault(residences[0].ags, [line, 0])
        first_and_count[1] += 1
        return True

    def report(self, findings: Findings) -> None:
        """One finding for each foreign municipality."""
        for ags, (line, persons) in self._lines.items():
            findings.error(
                f"{persons} {'Person hat' if persons == 1 else 'Personen haben'} nur eine Wohnung in der Gemeinde {ags}.",
                "Diese Gemeinde gehört nicht zum Wahlgebiet.",
                "Bitte den Auszug der eigenen Gemeinde einlesen oder das Wahlgebiet berichtigen.",
                line=line,
                column=Column.AGS.value,
            )


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
