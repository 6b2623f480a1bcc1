"""Personen im Auszug: the lines of one person put together, whatever stands in them; slow and thorough."""

from array import array
from collections.abc import Sequence
from typing import NamedTuple

from beiratswahl.operations.findings import Findings
from beiratswahl.operations.register_columns import Column
from beiratswahl.operations.register_faults import report_same_line, report_two_persons
from beiratswahl.operations.register_fields import Fields, Residence
from beiratswahl.operations.register_values import Reading

#: how many hashes are compared at once; bounds the memory
CODES_AT_ONCE = 250_000

#: the texts of a line in the order of `register_fields.FIELD_ORDER`, with the number of the line
NumberedLine = tuple[int, Sequence[str]]


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


class PersonReader:
    """Leser ganzer Personen; names every fault of their lines.

    Args:
        fields: reads the lines.
        area: AGS of the municipalities of the Wahlgebiet.
        findings: receives every fault.
    """

    def __init__(self, fields: Fields, area: tuple[str, ...], findings: Findings) -> None:
        self._fields = fields
        self._findings = findings
        self.inside: Reading[str, bool] = Reading(lambda ags: ags.startswith(area))
        self._strangers: dict[str, list[int]] = {}

    def read(self, lines: Sequence[NumberedLine]) -> RegisterPerson | None:
        """Lies eine Person out of all her lines; None when nothing of her can be kept."""
        first = self._fields.read(lines[0][1], lines[0][0])
        residences: tuple[Residence, ...] = ()
        for line, texts in lines:
            read = first if line == lines[0][0] else self._fields.read(texts, line)
            if read is None:
                continue
            if first is None or read.core != first.core:
                if first is not None:
                    report_two_persons(read.number, lines[0][0], line, self._findings)
                first = first or read
            elif read.residence in residences:
                report_same_line(read.number, lines[0][0], line, self._findings)
            residences = (*residences, read.residence)
        if first is None or self._is_stranger(residences, lines[0][0]):
            return None
        return RegisterPerson(lines[0][0], first.number, *first.core, residences)

    def _is_stranger(self, residences: tuple[Residence, ...], line: int) -> bool:
        """True when no residence lies in the Wahlgebiet; notes the first one's municipality."""
        if any(self.inside[residence.ags] for residence in residences):
            return False
        first_and_count = self._strangers.setdefault(residences[0].ags, [line, 0])
        first_and_count[1] += 1
        return True

    def report_strangers(self) -> None:
        """One finding for each foreign municipality."""
        for ags, (line, persons) in self._strangers.items():
            self._findings.error(
                f"{persons} {'Person hat' if persons == 1 else 'Personen haben'} nur eine Wohnung in der Gemeinde {ags}.",
                "Diese Gemeinde gehört nicht zum Wahlgebiet.",
                "Bitte den Auszug der eigenen Gemeinde einlesen oder das Wahlgebiet berichtigen.",
                line=line,
                column=Column.AGS.value,
            )


class Numbers:
    """Registernummern eines Auszugs: eight bytes for each, enough to find those that stand there twice."""

    def __init__(self) -> None:
        self._codes: array[int] = array("q")
        self.add = self._codes.append

    @property
    def known(self) -> int:
        """How many numbers there are."""
        return len(self._codes)

    def suspects(self) -> frozenset[int]:
        """Hashes that occurred more than once: a number that stands there twice, or two numbers a second reading tells apart."""
        found: set[int] = set()
        for codes in self._parts(len(self._codes) // CODES_AT_ONCE + 1):
            once: set[int] = set()
            if len(set(codes)) < len(codes):
                for code in codes:
                    (found if code in once else once).add(code)
        return frozenset(found)

    def _parts(self, count: int) -> "list[array[int]]":
        """The hashes in parts, equal ones in the same."""
        if count == 1:
            return [self._codes]
        parts: list[array[int]] = [array("q") for _ in range(count)]
        for code in self._codes:
            parts[code % count].append(code)
        return parts
