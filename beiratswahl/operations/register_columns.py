"""Spalten des Melderegister-Auszugs: their headings by default, and a small TOML file for a product that names them otherwise.

The headings follow the DSMeld (Datensatz für das Meldewesen). A heading is found by its full text („0601 Geburtsdatum“), by its DSMeld
number alone („0601“) or by its words alone („Geburtsdatum“); upper and lower case and the order of the columns do not matter, further
columns are ignored. A mapping file replaces headings one by one:

    [spalten]
    Registernummer = "PKZ"
    "0601 Geburtsdatum" = "GEBDAT"

    [trennzeichen]
    spalten = ";"
    staatsangehoerigkeiten = ","
"""

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from beiratswahl.operations.findings import FileRefused, Findings


class Column(StrEnum):
    """Spalte: English member name, the default heading as value."""

    REGISTER_NUMBER = "Registernummer"
    FAMILY_NAME = "0101 Familienname"
    GIVEN_NAMES = "0301 Vornamen"
    BIRTH_DATE = "0601 Geburtsdatum"
    SEX = "0701 Geschlecht"
    NATIONALITIES = "1001 Staatsangehörigkeiten"
    AGS = "1201 Gemeindeschlüssel"
    POSTCODE = "Postleitzahl"
    TOWN = "Wohnort"
    STREET = "Straße"
    HOUSE_NUMBER = "Hausnummer"
    RESIDENCE_STATUS = "1213 Wohnungsstatus"
    MOVED_IN = "1301 Einzugsdatum"
    MAIN_SINCE = "1305 Hauptwohnung seit"
    MOVED_OUT = "1306 Auszugsdatum"
    IN_AREA_SINCE = "In der Gemeinde seit"
    BLOCKS = "1801 Auskunftssperre"
    DIED = "1901 Sterbedatum"
    EXCLUDED = "2101 Wahlausschluss"
    DISTRICT = "Stimmbezirk"


OPTIONAL = frozenset(
    {Column.SEX, Column.MAIN_SINCE, Column.MOVED_OUT, Column.IN_AREA_SINCE, Column.BLOCKS, Column.DIED, Column.EXCLUDED, Column.DISTRICT}
)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Zuordnung: how one register product names and parts its columns.

    Attributes:
        headings: headings that replace the default ones.
        delimiter: sign between two columns.
        between_nationalities: sign between two nationality keys beside the blank.
    """

    headings: dict[Column, str] = field(default_factory=dict)
    delimiter: str = ";"
    between_nationalities: str = ","

    def heading(self, column: Column) -> str:
        """The heading under which the column is looked for."""
        return self.headings.get(column, column.value)


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file.

    Raises:
        FileRefused: it is no TOML, names a column nobody knows, gives one heading to two columns, or a separator is not one sign.
    """
    findings = Findings()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        findings.error(
            f"Die Zuordnungsdatei „{path.name}“ ist kein lesbares TOML ({fault}).",
            "Ohne sie ist nicht bekannt, welche Spalte was enthält.",
            "Bitte die genannte Stelle berichtigen.",
        )
        raise FileRefused(findings) from fault
    headings = _headings(content.get("spalten", {}), path.name, findings)
    signs = content.get("trennzeichen", {})
    delimiter = _sign(signs.get("spalten", ";"), "spalten", findings)
    between = _sign(signs.get("staatsangehoerigkeiten", ","), "staatsangehoerigkeiten", findings)
    if findings.errors:
        raise FileRefused(findings)
    return Mapping(headings, delimiter, between)


def _headings(named: object, file_name: str, findings: Findings) -> dict[Column, str]:
    headings: dict[Column, str] = {}
    by_spelling = {spelling: column for column in Column for spelling in _spellings(column.value)}
    for name, heading in named.items() if isinstance(named, dict) else ():
        column = by_spelling.get(str(name).casefold())
        if column is None:
            findings.error(
                f"Die Zuordnungsdatei „{file_name}“ nennt die unbekannte Spalte „{name}“.",
                "Ein Tippfehler würde sonst still die Vorgabe gelten lassen.",
                "Möglich sind: " + ", ".join(f"„{known}“" for known in Column) + ".",
            )
        elif not isinstance(heading, str) or not heading.strip():
            findings.error(
                f"Für „{name}“ steht in „{file_name}“ keine Überschrift.",
                "Die Spalte würde nicht gefunden.",
                "Bitte die Überschrift aus dem Auszug in Anführungszeichen eintragen.",
            )
        else:
            headings[column] = heading.strip()
    for heading, times in Counter(heading.casefold() for heading in headings.values()).items():
        if times > 1:
            findings.error(
                f"Die Überschrift „{heading}“ ist in „{file_name}“ {times}-mal vergeben.",
                "Eine Spalte kann nur eine Bedeutung haben.",
                "Bitte jede Überschrift nur einmal zuordnen.",
            )
    return headings


def _sign(value: object, name: str, findings: Findings) -> str:
    if isinstance(value, str) and len(value) == 1 and value not in '"\r\n':
        return value
    findings.error(
        f"Das Trennzeichen „{name}“ ist nicht genau ein Zeichen.",
        "Die Spalten ließen sich nicht trennen.",
        'Bitte ein einzelnes Zeichen angeben, zum Beispiel ";" oder "\\t".',
    )
    return ";"


def _spellings(heading: str) -> set[str]:
    number, _, words = heading.casefold().partition(" ")
    return {heading.casefold(), number, words} if number.isdigit() else {heading.casefold()}


def find_columns(header: list[str], mapping: Mapping, findings: Findings) -> dict[Column, int]:
    """Find the columns in the header line.

    Args:
        header: the fields of the first line.
        mapping: how the product names its columns.
        findings: receives a finding for each missing and each doubled heading, and for a wrong separator.

    Returns:
        Position of each column found, counted from 0; use it only when `findings` got no error.
    """
    if len(header) < 2:
        _explain_delimiter(header, mapping, findings)
        return {}
    given: dict[str, list[int]] = {}
    for position, heading in enumerate(header):
        given.setdefault(heading.strip().casefold(), []).append(position)
    found: dict[Column, int] = {}
    for column in Column:
        places = sorted(place for spelling in _spellings(mapping.heading(column)) for place in given.get(spelling, ()))
        if len(places) > 1:
            findings.error(
                f"Die Überschrift „{mapping.heading(column)}“ steht {len(places)}-mal in der Kopfzeile "
                f"(Spalten {', '.join(str(place + 1) for place in places)}).",
                "Es ist nicht bekannt, welche der Spalten gilt.",
                "Bitte den Auszug ohne die doppelte Spalte neu erstellen.",
                line=1,
            )
        elif places:
            found[column] = places[0]
        elif column not in OPTIONAL:
            findings.error(
                f"Die Spalte „{mapping.heading(column)}“ fehlt.",
                "Ohne sie kann nicht über das Wahlrecht entschieden werden.",
                "Bitte den Auszug mit dieser Spalte neu erstellen oder ihre Überschrift in einer Zuordnungsdatei nennen.",
                line=1,
            )
    return found


def _explain_delimiter(header: list[str], mapping: Mapping, findings: Findings) -> None:
    line = header[0] if header else ""
    names = {";": "Semikolon", ",": "Komma", "\t": "Tabulator", "|": "senkrechter Strich"}
    likely = max(names, key=line.count)
    seen = f"Die Kopfzeile scheint durch {names[likely]} getrennt zu sein. " if line.count(likely) else ""
    findings.error(
        f"Die Kopfzeile enthält nur eine Spalte. {seen}".strip(),
        f"Erwartet wird das Trennzeichen „{names.get(mapping.delimiter, mapping.delimiter)}“.",
        "Bitte den Auszug mit diesem Trennzeichen speichern oder das Trennzeichen in einer Zuordnungsdatei nennen.",
        line=1,
    )
