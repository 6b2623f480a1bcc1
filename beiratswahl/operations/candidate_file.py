"""Wahlvorschlag als Tabelle: the template the office hands out, its reading, and the export of the same. Everything stays text.

The first sheet holds the persons, the second one what is said of the nomination as a whole: Kennwort, Vertrauenspersonen, meeting.

What a spreadsheet may have spoilt is reported by row and cell, never guessed: formulas, merged cells, "01" turned into 1.
"""

import unicodedata
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from beiratswahl.operations.nominations import CandidateData
from beiratswahl.store.read.nominations import NominationView

LARGEST_FILE = 2_000_000  # bytes, as sent
LARGEST_UNPACKED = 20_000_000  # bytes, so that a small file cannot unpack into a huge one
MOST_ROWS = 300
TEMPLATE_ROWS = 100
YES, NO = "ja", "nein"
NUMBERS = {
    "postcode": 5,
    "contact_postcode": 5,
    "deputy_postcode": 5,
    "nationality": 3,
}  # digits that a spreadsheet shortens when it takes them for a number


@dataclass(frozen=True, slots=True)
class CandidateTable:
    """Gelesene Bewerberliste.

    Attributes:
        candidates: persons in their order; empty when there are faults.
        faults: what has to be put right first, in German, with cell.
        head: what the second sheet says, by field of NominationData; only what is filled in.
    """

    candidates: tuple[CandidateData, ...]
    faults: tuple[str, ...]
    head: Mapping[str, Any] = field(default_factory=dict)


class _Fault(ValueError):
    """A cell that cannot be taken over."""


COLUMNS = (
    ("Familienname", "family_name", 26),
    ("Vornamen", "given_names", 22),
    ("Tag der Geburt", "birth_date", 15),
    ("Staatsangehörigkeit (Schlüssel)", "nationality", 18),
    ("Beruf", "profession", 22),
    ("Straße und Hausnummer", "street", 28),
    ("Postleitzahl", "postcode", 13),
    ("Ort", "town", 20),
    ("Genannt (1 bis 3)", "named", 12),
    ("Zustimmung liegt vor", "consent", 12),
    ("Wählbarkeit bescheinigt", "eligibility_certified", 13),
    ("Einwilligung der Eltern", "parental_consent", 13),
    ("Unvereinbares Amt (§ 5 KWG)", "incompatible_office", 24),
    ("Erklärung dazu liegt vor", "intent_declared", 13),
)
#: columns that older templates do not have
LATER = frozenset({"incompatible_office", "intent_declared"})
PERSONS, HEAD = "Personen", "Wahlvorschlag"
HEAD_ROWS = (
    ("Kennwort", "keyword"),
    ("Kurzbezeichnung", "short_name"),
    ("Vertrauensperson", "contact_name"),
    ("Vertrauensperson: Straße und Hausnummer", "contact_street"),
    ("Vertrauensperson: Postleitzahl", "contact_postcode"),
    ("Vertrauensperson: Ort", "contact_town"),
    ("Vertrauensperson: Telefon", "contact_phone"),
    ("Vertrauensperson: E-Mail", "contact_email"),
    ("Stellvertretung", "deputy_name"),
    ("Stellvertretung: Straße und Hausnummer", "deputy_street"),
    ("Stellvertretung: Postleitzahl", "deputy_postcode"),
    ("Stellvertretung: Ort", "deputy_town"),
    ("Stellvertretung: Telefon", "deputy_phone"),
    ("Stellvertretung: E-Mail", "deputy_email"),
    ("Versammlung: Tag", "meeting_day"),
    ("Versammlung: Ort", "meeting_place"),
    ("Versammlung: eingeladen am", "meeting_invited_on"),
    ("Versammlung: Form der Einladung", "meeting_invitation"),
    ("Versammlung: Leitung", "meeting_leader"),
    ("Versammlung: Zahl der Teilnehmenden", "meeting_present"),
    ("Versammlung: geheim abgestimmt", "meeting_secret"),
    ("Versammlung: Niederschrift von fünf unterschrieben", "meeting_signed"),
    ("Versammlung: an Eides statt versichert", "meeting_affirmed"),
)


def template() -> bytes:
    """Leere Tabelle for a nomination."""
    return _written((), {})


def export(view: NominationView) -> bytes:
    """Bewerberliste eines Wahlvorschlags in the form of the template."""
    persons = [CandidateData(**{name: getattr(of, name) for name in CandidateData.__dataclass_fields__}) for of in view.candidates]
    return _written(persons, {name: getattr(view, name) for _, name in HEAD_ROWS})


def read_candidates(content: bytes) -> CandidateTable:
    """Bewerberliste lesen; nothing is stored.

    Args:
        content: the file as it was sent.

    Returns:
        Persons, or faults: either one or the other is empty; both when the table is empty.
    """
    if len(content) > LARGEST_FILE:
        return CandidateTable((), (f"Die Datei ist größer als {LARGEST_FILE // 1_000_000} MB. Das ist keine ausgefüllte Vorlage.",))
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                return CandidateTable((), ("Die Datei entpackt sich zu einer riesigen Tabelle und wird nicht gelesen.",))
        book = load_workbook(BytesIO(content), keep_links=False)
    except Exception:  # a foreign file can fail in any way; people only need to know what to do
        return CandidateTable(
            (), ("Das ist keine lesbare XLSX-Datei. Speichern Sie die ausgefüllte Vorlage als „Excel-Arbeitsmappe (.xlsx)“.",)
        )
    persons = _table(book.worksheets[0])
    head, faults = _head(book[HEAD]) if HEAD in book.sheetnames[1:] else ({}, [])
    if persons.faults or faults:
        return CandidateTable((), (*persons.faults, *faults))
    return CandidateTable(persons.candidates, (), head)


def _merged(sheet: Any) -> list[str]:
    return [f"Die Zellen {area} sind verbunden. Lösen Sie die Verbindung." for area in sheet.merged_cells.ranges]


def _head(sheet: Any) -> tuple[dict[str, Any], list[str]]:
    """What the second sheet says, and its faults; an empty cell says nothing."""
    known, found, faults = dict(HEAD_ROWS), {}, _merged(sheet)
    for label, cell in sheet.iter_rows(min_row=2, max_row=MOST_ROWS, max_col=2):
        name = known.get(str(label.value or "").strip())
        if name is None or cell.value in (None, ""):
            continue
        try:
            read: Callable[[str, Any], Any] = _HEAD_READERS.get(name, _text)
            found[name] = read(name, cell)
        except _Fault as fault:
            faults.append(f"Blatt „{HEAD}“, Zelle {cell.coordinate}: {fault}")
    return found, faults


def _table(sheet: Any) -> CandidateTable:
    faults = _merged(sheet)
    titles = [str(cell.value or "").strip() for cell in sheet[1]]
    missing = [title for title, name, _ in COLUMNS if title not in titles and name not in LATER]
    if missing:
        faults.append(f"In der ersten Zeile fehlen die Spalten: {', '.join(missing)}. Nehmen Sie die Vorlage des Wahlamts.")
    if sheet.max_row > MOST_ROWS + 1:
        faults.append(f"Die Tabelle hat mehr als {MOST_ROWS} Zeilen.")
    if faults:
        return CandidateTable((), tuple(faults))
    places = {name: titles.index(title) for title, name, _ in COLUMNS if title in titles}
    found: list[CandidateData] = []
    for row in sheet.iter_rows(min_row=2):
        cells = {name: row[place] for name, place in places.items()}
        if all(cell.value in (None, "") for cell in cells.values()):
            continue
        values, wrong = _row(cells)
        faults += wrong
        if not wrong:
            found.append(CandidateData(**values))
    return CandidateTable(() if faults else tuple(found), tuple(faults))


def _row(cells: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    values, wrong = {}, []
    for name, cell in cells.items():
        try:
            read: Callable[[str, Any], Any] = _READERS.get(name, _text)
            values[name] = read(name, cell)
        except _Fault as fault:
            wrong.append(f"Zelle {cell.coordinate}: {fault}")
    if not values.get("family_name") and not wrong:
        wrong.append(f"Zelle {cells['family_name'].coordinate}: Der Familienname fehlt.")
    return values, wrong


def _text(name: str, cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        raise _Fault("Hier steht eine Formel oder ein Fehlerwert. Schreiben Sie den Wert selbst hinein.")
    if isinstance(value, bool) or (not isinstance(value, str) and name not in NUMBERS):
        raise _Fault(f"„{value}“ ist kein Text.")
    if not isinstance(value, str):
        value = str(value)
        if not (value.isdigit() and len(value) == NUMBERS[name]):
            raise _Fault(f"„{value}“ ist als Zahl gespeichert; führende Nullen können fehlen. Formatieren Sie die Zelle als Text.")
    text = unicodedata.normalize("NFC", value).strip()
    if not text.isprintable():
        raise _Fault("Der Text enthält Zeilenumbrüche oder unsichtbare Zeichen. Tippen Sie ihn neu.")
    return text


def _birth_date(name: str, cell: Any) -> str:
    if isinstance(cell.value, datetime):
        return cell.value.date().isoformat()
    text = _text(name, cell)
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007 - a day, no moment
        except ValueError:
            continue
    if text:
        raise _Fault(f"„{text}“ ist kein Tag. Schreiben Sie ihn wie 31.12.1980.")
    return ""


def _named(name: str, cell: Any) -> int:
    value = cell.value if isinstance(cell.value, int) and not isinstance(cell.value, bool) else _text(name, cell)
    if str(value or "1") not in ("1", "2", "3"):
        raise _Fault(f"„{value}“: Eine Person kann ein-, zwei- oder dreimal genannt sein.")
    return int(value or 1)


def _yes(name: str, cell: Any) -> bool:
    text = _text(name, cell).casefold()
    if text not in ("", YES, NO):
        raise _Fault(f"„{text}“: Schreiben Sie „{YES}“ oder „{NO}“.")
    return text == YES


def _day(name: str, cell: Any) -> date | None:
    text = _birth_date(name, cell)
    return date.fromisoformat(text) if text else None


def _amount(name: str, cell: Any) -> int:
    text = str(cell.value) if isinstance(cell.value, int) and not isinstance(cell.value, bool) else _text(name, cell)
    if not (text.isdecimal() and len(text) <= len("99999")):
        raise _Fault(f"„{text}“ ist keine Zahl.")
    return int(text)


_READERS: dict[str, Callable[[str, Any], Any]] = {
    "birth_date": _birth_date,
    "named": _named,
    "consent": _yes,
    "eligibility_certified": _yes,
    "parental_consent": _yes,
    "intent_declared": _yes,
}
_HEAD_READERS: dict[str, Callable[[str, Any], Any]] = {
    "meeting_day": _day,
    "meeting_invited_on": _day,
    "meeting_present": _amount,
    "meeting_secret": _yes,
    "meeting_signed": _yes,
    "meeting_affirmed": _yes,
}


def _written(candidates: Sequence[CandidateData], head: Mapping[str, Any]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = PERSONS
    for at, (title, _, width) in enumerate(COLUMNS, 1):
        sheet.cell(1, at, title).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = width
        for row in range(2, max(TEMPLATE_ROWS, len(candidates)) + 2):
            sheet.cell(row, at).number_format = "@"  # text, so that 01067 stays 01067
    for row, candidate in enumerate(candidates, 2):
        for at, (_, name, _) in enumerate(COLUMNS, 1):
            _put(sheet.cell(row, at), getattr(candidate, name))
    sheet.freeze_panes = "A2"
    _write_head(book.create_sheet(HEAD), head)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write_head(sheet: Any, head: Mapping[str, Any]) -> None:
    for at, title in enumerate(("Angabe", "Eintrag"), 1):
        sheet.cell(1, at, title).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = 50
    for row, (label, name) in enumerate(HEAD_ROWS, 2):
        sheet.cell(row, 1, label)
        cell = sheet.cell(row, 2)
        cell.number_format = "@"
        if name in head:
            _put(cell, head[name])
    sheet.freeze_panes = "B2"


def _put(cell: Any, value: Any) -> None:
    cell.value = _shown(value)
    cell.data_type = "s"  # a name that begins with "=" is a name


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    try:
        return f"{date.fromisoformat(value):%d.%m.%Y}" if isinstance(value, str) and len(value) == len("2000-01-01") else str(value)
    except ValueError:
        return str(value)
