"""Eine Zeile des Melderegister-Auszugs: from texts to values, and every fault of a line named at once."""

from collections.abc import Callable, Sequence
from operator import getitem
from typing import Any, NamedTuple

from beiratswahl.operations.findings import Findings
from beiratswahl.operations.register_columns import Column, Mapping
from beiratswahl.operations.register_names import InvisibleSigns, composed, foreign_signs
from beiratswahl.operations.register_values import (
    Reading,
    Unreadable,
    read_ags,
    read_birth_date,
    read_blocks,
    read_date,
    read_event_date,
    read_exclusion,
    read_nationalities,
    read_sex,
    read_status,
)

#: family name, given names, birth date, sex, nationalities, blocks, died, excluded: equal in all lines of one person
Core = tuple[str, str, str, str, str, str, str, bool]

#: register number, then the fields of Core, then the fields of Residence
FIELD_ORDER = (
    Column.REGISTER_NUMBER,
    Column.FAMILY_NAME,
    Column.GIVEN_NAMES,
    Column.BIRTH_DATE,
    Column.SEX,
    Column.NATIONALITIES,
    Column.BLOCKS,
    Column.DIED,
    Column.EXCLUDED,
    Column.AGS,
    Column.RESIDENCE_STATUS,
    Column.MOVED_IN,
    Column.MAIN_SINCE,
    Column.MOVED_OUT,
    Column.IN_AREA_SINCE,
    Column.STREET,
    Column.HOUSE_NUMBER,
    Column.POSTCODE,
    Column.TOWN,
    Column.DISTRICT,
)
CORE_FIELDS = 8
DATES = frozenset({Column.MAIN_SINCE, Column.MOVED_OUT, Column.IN_AREA_SINCE})
LONGEST_TEXT = 300


class Residence(NamedTuple):
    """Wohnung. Dates are texts "YYYY-MM-DD", 00 for unknown parts, "" for none.

    Attributes:
        ags: amtlicher Gemeindeschlüssel, eight digits.
        status: value of `register_values.ResidenceStatus`.
        moved_in: Einzugsdatum of this residence.
        main_since: day since which it is the Hauptwohnung, when that is later than moving in.
        moved_out: Auszugsdatum; "" while the person lives there.
        in_area_since: day since which the person has had a Hauptwohnung in the municipality without a break, when the product gives it.
        street, house_number, postcode, town: address.
        district: Stimmbezirk as the product assigns it, "" when it does not.
    """

    ags: str
    status: str
    moved_in: str
    main_since: str
    moved_out: str
    in_area_since: str
    street: str
    house_number: str
    postcode: str
    town: str
    district: str


class Line(NamedTuple):
    """A line that could be read."""

    number: str
    core: Core
    residence: Residence


class _Unusual(Unreadable):
    """A name that is read all the same, with a warning; carries the name."""

    def __init__(self, name: str, signs: str) -> None:
        super().__init__(
            f"Der Name enthält ungewöhnliche Zeichen: {signs}.",
            "Das Melderegister führt Namen in lateinischer Schrift (DIN 91379).",
            "Bitte prüfen, ob der Name richtig übertragen wurde.",
        )
        self.name = name


def _text(text: str) -> str:
    try:
        clean = composed(text)
    except InvisibleSigns as signs:
        raise Unreadable(f"Das Feld enthält unsichtbare Zeichen: {signs}.", "Zwei gleich aussehende Angaben wären verschieden.") from signs
    if len(clean) > LONGEST_TEXT:
        raise Unreadable(f"Das Feld ist länger als {LONGEST_TEXT} Zeichen.", "Vermutlich sind Zeilen verrutscht.")
    return clean


def _name(text: str) -> str:
    clean = _text(text)
    if signs := foreign_signs(clean):
        raise _Unusual(clean, signs)
    return clean


def _family_name(text: str) -> str:
    clean = _name(text)
    if not clean:
        raise Unreadable(
            "Der Familienname fehlt.",
            "Ohne Namen kann niemand eingetragen werden.",
            "Wer nur einen Namen führt, steht mit ihm im Familiennamen.",
        )
    return clean


def _register_number(text: str) -> str:
    clean = _text(text)
    if not clean:
        raise Unreadable("Die Registernummer fehlt.", "An ihr wird die Person bei jedem neuen Auszug wiedererkannt.")
    return clean


def _required_date(text: str) -> str:
    date = read_date(text)
    if not date:
        raise Unreadable(
            "Das Einzugsdatum fehlt.",
            "Davon hängt die Dreimonatsfrist ab (§ 1 Abs. 1 Nr. 2 KWG).",
            "Bitte ergänzen; „00.00.0000“ steht für unbekannt.",
        )
    return date


class Fields:
    """Leser der Felder: keeps what it has read, so that a repeated text costs one look-up.

    Args:
        mapping: headings for the findings, and the sign between nationalities.
        election_day: "YYYY-MM-DD"; nobody is born later.
        today: "YYYY-MM-DD", day on which the export is read; nobody has died later.
        findings: receives what is wrong.
    """

    def __init__(self, mapping: Mapping, election_day: str, today: str, findings: Findings) -> None:
        self._mapping = mapping
        self._election_day = election_day
        self._today = today
        self._findings = findings
        #: latest arrival, move, departure or death read so far
        self.newest_event = ""
        dates, texts = Reading(self._noted(read_event_date)), Reading(_text)
        readings: dict[Column, Reading[str, Any]] = {
            Column.FAMILY_NAME: Reading(_family_name),
            Column.GIVEN_NAMES: Reading(_name),
            Column.BIRTH_DATE: Reading(read_birth_date),
            Column.SEX: Reading(read_sex),
            Column.NATIONALITIES: Reading(lambda text: read_nationalities(text, mapping.between_nationalities)),
            Column.BLOCKS: Reading(read_blocks),
            Column.DIED: dates,
            Column.EXCLUDED: Reading(read_exclusion),
            Column.AGS: Reading(read_ags),
            Column.RESIDENCE_STATUS: Reading(read_status),
            Column.MOVED_IN: Reading(self._noted(_required_date)),
        }
        self._by_column = {column: readings.get(column, dates if column in DATES else texts) for column in FIELD_ORDER[1:]}
        self._readings = tuple(self._by_column.values())

    def reading(self, column: Column) -> Reading[str, Any]:
        """How one column is read, the register number excepted."""
        return self._by_column[column]

    def reading_together(self, columns: Sequence[Column]) -> Callable[[tuple[str, ...]], tuple[Any, ...]]:
        """A reader of several columns of a line at once.

        Raises:
            Unreadable: by the reader, when one of the texts cannot be read.
        """
        readings = [self._by_column[column] for column in columns]
        return lambda texts: tuple(map(getitem, readings, texts))

    def read(self, texts: Sequence[str], line: int) -> Line | None:
        """Read the fields of one line.

        Args:
            texts: the texts in the order of `FIELD_ORDER`.
            line: for the findings.

        Returns:
            The line; None when it has an error, all of which are then in the findings.
        """
        number = texts[0]
        try:
            values = tuple(map(getitem, self._readings, texts[1:]))
            if not (number.isascii() and number.isalnum()):
                number = _register_number(number)
        except Unreadable:
            return self._read_one_by_one(texts, line)
        return self._line(number, values, line)

    def _noted(self, read: Callable[[str], str]) -> Callable[[str], str]:
        def read_and_note(text: str) -> str:
            date = read(text)
            self.newest_event = max(self.newest_event, date)
            return date

        return read_and_note

    def _line(self, number: str, values: tuple[Any, ...], line: int) -> Line | None:
        born, died = values[2], values[6]
        residence = Residence._make(values[CORE_FIELDS:])
        moved_in, moved_out = residence.moved_in, residence.moved_out
        in_order = (
            born <= self._election_day
            and born <= moved_in
            and (not died or born <= died <= self._today)
            and (not moved_out or moved_in <= moved_out)
        )
        if not in_order and not self._explain_order(born, died, residence, line):
            return None
        return Line(number, values[:CORE_FIELDS], residence)

    def _read_one_by_one(self, texts: Sequence[str], line: int) -> Line | None:
        """The slow way, which names every fault of the line."""
        values: list[Any] = []
        readings = (Reading(_register_number), *self._readings)
        errors = self._findings.errors
        for column, reading, text in zip(FIELD_ORDER, readings, texts, strict=True):
            heading = self._mapping.heading(column)
            try:
                values.append(reading[text])
            except _Unusual as unusual:
                values.append(unusual.name)
                self._findings.warning(unusual.what, unusual.why, unusual.remedy, line=line, column=heading)
            except Unreadable as fault:
                self._findings.error(fault.what, fault.why, fault.remedy, line=line, column=heading)
        if self._findings.errors > errors:
            return None
        return self._line(values[0], tuple(values[1:]), line)

    def _explain_order(self, born: str, died: str, residence: Residence, line: int) -> bool:
        """Name the dates that contradict one another; True when incomplete dates leave room for no contradiction."""
        moved_in = residence.moved_in
        faults = [
            (Column.BIRTH_DATE, "Das Geburtsdatum liegt nach dem Wahltag.", _is_before(self._election_day, born)),
            (Column.MOVED_IN, "Das Einzugsdatum liegt vor der Geburt.", _is_before(moved_in, born)),
            (Column.DIED, "Das Sterbedatum liegt vor der Geburt.", _is_before(died, born)),
            (Column.MOVED_OUT, "Das Auszugsdatum liegt vor dem Einzug.", _is_before(residence.moved_out, moved_in)),
        ]
        for column, what, wrong in faults:
            if wrong:
                self._findings.error(
                    what,
                    "Vermutlich sind zwei Spalten vertauscht, oder ein Datum ist falsch.",
                    "Bitte die Zuordnung der Spalten und das Melderegister prüfen.",
                    line=line,
                    column=self._mapping.heading(column),
                )
        if _is_before(self._today, died):
            # a warning: the dates do not contradict one another, and nobody else's entry shall wait until the register is corrected
            self._findings.warning(
                "Das Sterbedatum liegt in der Zukunft.",
                "Vermutlich ist es falsch geschrieben; läge es nach dem Wahltag, bliebe die Person wahlberechtigt.",
                "Bitte im Melderegister prüfen, ob die Person verstorben ist.",
                line=line,
                column=self._mapping.heading(Column.DIED),
            )
        return not any(wrong for _, _, wrong in faults)


def _is_before(one: str, other: str) -> bool:
    """True when a date is surely earlier: compared as far as both are known."""
    if not one or not other:
        return False
    known = min(_known_signs(one), _known_signs(other))
    return one[:known] < other[:known]


def _known_signs(date: str) -> int:
    if date.startswith("0000"):
        return 0
    if date[5:7] == "00":
        return 4
    return 7 if date[8:] == "00" else 10
