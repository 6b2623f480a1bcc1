"""Wahlvorschlag als Tabelle: the template the office hands out, its reading, and the export of the same. Everything stays text.

The first sheet holds the persons, the second one what is said of the nomination as a whole: Kennwort, Vertrauenspersonen, meeting.

What a spreadsheet may have spoilt is reported by row and cell, never guessed: formulas, merged cells, "01" turned into 1.
"""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from beiratswahl.operations.candidate_cells import HEAD_READERS, NO, READERS, STATUS, YES, Fault, text_in
from beiratswahl.operations.nomination_fields import COLUMNS, HEAD_ROWS, LATER, label_of
from beiratswahl.operations.nominations import CandidateData
from beiratswahl.store.read.nominations import NominationView

LARGEST_FILE = 2_000_000  # bytes, as sent
LARGEST_UNPACKED = 20_000_000  # bytes, so that a small file cannot unpack into a huge one
MOST_ROWS = 300
TEMPLATE_ROWS = 100
CHOOSE = "Wählen Sie die ausgefüllte Vorlage des Wahlamts (.xlsx); ein Foto oder Scan lässt sich hier nicht einlesen."


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


PERSONS, HEAD = "Personen", "Wahlvorschlag"


_STATUS_WRITTEN = {stored: written.capitalize() for written, stored in STATUS.items()}


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
        return CandidateTable((), (f"Die Datei ist größer als {LARGEST_FILE // 1_000_000} MB; so groß ist keine Vorlage. {CHOOSE}",))
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                return CandidateTable((), ("Die Datei entpackt sich zu einer riesigen Tabelle und wird nicht gelesen.",))
        book = load_workbook(BytesIO(content), keep_links=False)
    except Exception:  # a foreign file can fail in any way; people only need to know what to do
        return CandidateTable(
            (), (f"Das ist keine lesbare XLSX-Datei. {CHOOSE} Ältere Formate speichern Sie vorher als „Excel-Arbeitsmappe (.xlsx)“.",)
        )
    persons = _table(book.worksheets[0])
    head, faults = _head(book[HEAD]) if HEAD in book.sheetnames[1:] else ({}, [])
    if persons.faults or faults:
        return CandidateTable((), (*persons.faults, *faults))
    return CandidateTable(persons.candidates, (), head)


def _merged(sheet: Any) -> list[str]:
    told = "Die Zellen sind verbunden. Lösen Sie die Verbindung und füllen Sie jede Zelle für sich."
    return [f"Blatt „{sheet.title}“, Zeile {area.min_row} (Zellen {area}): {told}" for area in sheet.merged_cells.ranges]


def _head(sheet: Any) -> tuple[dict[str, Any], list[str]]:
    """What the second sheet says, and its faults; an empty cell says nothing."""
    known, found, faults = dict(HEAD_ROWS), {}, _merged(sheet)
    for label, cell in sheet.iter_rows(min_row=2, max_row=MOST_ROWS, max_col=2):
        name = known.get(str(label.value or "").strip())
        if name is None or cell.value in (None, ""):
            continue
        try:
            read: Callable[[str, Any], Any] = HEAD_READERS.get(name, text_in)
            found[name] = read(name, cell)
        except Fault as fault:
            faults.append(f"Blatt „{HEAD}“, {_where(cell, name)}: {fault}")
    return found, faults


def _table(sheet: Any) -> CandidateTable:
    faults: list[str] = []
    titles = [str(cell.value or "").strip() for cell in sheet[1]]
    missing = [title for title, name, _ in COLUMNS if title not in titles and name not in LATER]
    if missing:
        faults.append(f"In der ersten Zeile fehlen die Spalten: {', '.join(missing)}. Nehmen Sie die Vorlage des Wahlamts.")
    if sheet.max_row > MOST_ROWS + 1:
        faults.append(f"Die Tabelle hat mehr als {MOST_ROWS} Zeilen.")
    if faults:
        return CandidateTable((), tuple(faults))
    faults += _merged(sheet)
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
            read: Callable[[str, Any], Any] = READERS.get(name, text_in)
            values[name] = read(name, cell)
        except Fault as fault:
            wrong.append(f"{_where(cell, name)}: {fault}")
    if not values.get("family_name") and not wrong:
        wrong.append(f"{_where(cells['family_name'], 'family_name')}: Der Familienname fehlt.")
    return values, wrong


def _where(cell: Any, name: str) -> str:
    """ "Zeile 2, Postleitzahl (Zelle G2)"."""
    return f"Zeile {cell.row}, {label_of(name)} (Zelle {cell.coordinate})"


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
            value = getattr(candidate, name)
            _put(sheet.cell(row, at), _STATUS_WRITTEN[value] if name == "stands_as" else value)
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
