"""The table of candidates: text stays text, and what a spreadsheet spoils is named by its cell."""

import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from beiratswahl.operations.candidate_file import HEAD, export, read_candidates, template
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.nomination_fields import COLUMNS, HEAD_ROWS, LATER
from beiratswahl.operations.nominations import CandidateData, NominationData, receive_nomination
from beiratswahl.store.read.nominations import nomination
from tests.world import PAPERS, candidate, found, nominate

TITLES = [title for title, _, _ in COLUMNS]
GOOD = ["Kaya", "Ayşe", "01.05.1980", "163", "Lehrerin", "Hauptstraße 1", "01067", "Musterstadt", "3", "ja", "nein", *[""] * 7]


def table(*rows: list[Any], titles: list[str] = TITLES) -> Workbook:
    book = Workbook()
    book.active.append(titles)
    for row in rows:
        book.active.append(row)
    return book


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def changed(title: str, value: object) -> bytes:
    row = list(GOOD)
    row[TITLES.index(title)] = value  # type: ignore[call-overload]
    return saved(table(row))


def test_the_filled_template_becomes_candidates() -> None:
    book = load_workbook(BytesIO(template()))
    for at, value in enumerate(GOOD, 1):
        book.active.cell(2, at, value)
    read = read_candidates(saved(book))
    assert read.faults == ()
    assert read.candidates == (
        CandidateData("Kaya", "Ayşe", "1980-05-01", "163", "Lehrerin", "Hauptstraße 1", "01067", "Musterstadt", 3, True, False, False),
    )


def test_every_cell_of_the_template_is_text() -> None:
    sheet = load_workbook(BytesIO(template())).active
    assert {sheet.cell(row, at).number_format for row in (2, 50, 101) for at in range(1, len(COLUMNS) + 1)} == {"@"}
    assert read_candidates(template()) == read_candidates(saved(table()))


def test_what_is_exported_is_read_back_the_same(desk: Desk) -> None:
    people = (
        candidate("Öztürk-M̂bengue", "Çağlar", postcode="01067", nationality="000", named=2),
        candidate("=SUMME(A1)", parental_consent=True),
    )
    place = found(desk)
    at = datetime.fromisoformat("2026-09-01T10:00:00+00:00")
    nomination_id = receive_nomination(desk, place.election_id, NominationData("Liste", at, people))
    view = nomination(desk.session, nomination_id)
    assert view is not None
    read = read_candidates(export(view))
    assert read.faults == ()
    assert [person.family_name for person in read.candidates] == [of.family_name for of in view.candidates]
    assert read.candidates[0].postcode == "01067"
    assert read.candidates[0].nationality == "000"
    assert read.candidates[0].birth_date == people[0].birth_date
    assert read.candidates[1].parental_consent


@pytest.mark.parametrize(
    ("title", "value", "told"),
    [
        ("Postleitzahl", 1067, "(Zelle G2): „1067“ ist als Zahl gespeichert; führende Nullen"),
        ("Staatsangehörigkeit (Schlüssel)", 0, "(Zelle D2): „0“ ist als Zahl gespeichert"),
        ("Familienname", "=A1&B1", "(Zelle A2): Hier steht eine Formel"),
        ("Familienname", "", "(Zelle A2): Der Familienname fehlt."),
        ("Familienname", "Kaya\nAyşe", "Zeilenumbrüche"),
        ("Tag der Geburt", "31.02.1980", "„31.02.1980“ ist kein Tag"),
        ("Tag der Geburt", 29221, "ist nicht als Text gespeichert"),
        ("Genannt (1 bis 3)", 4, "„4“: Eine Person kann"),
        ("Zustimmung liegt vor", "vielleicht", "Schreiben Sie „ja“ oder „nein“."),
        ("Ort", True, "ist nicht als Text gespeichert"),
    ],
)
def test_what_a_spreadsheet_spoils_is_named_and_nothing_is_taken(title: str, value: object, told: str) -> None:
    read = read_candidates(changed(title, value))
    assert read.candidates == ()
    (fault,) = read.faults
    assert told in fault


@pytest.mark.parametrize(("title", "value"), [("Postleitzahl", 55999), ("Genannt (1 bis 3)", 2), ("Tag der Geburt", datetime(1980, 5, 1))])  # noqa: DTZ001
def test_a_number_or_a_day_that_lost_nothing_is_taken(title: str, value: object) -> None:
    read = read_candidates(changed(title, value))
    assert read.faults == ()
    assert read.candidates[0].birth_date == "1980-05-01"


def test_a_missing_column_is_named_before_anything_is_read() -> None:
    book = table(GOOD, titles=["Anderes" if title == "Einwilligung der Eltern" else title for title in TITLES])
    book.active.merge_cells("A2:B2")
    (missing,) = read_candidates(saved(book)).faults
    assert "Einwilligung der Eltern" in missing


def test_merged_cells_are_named_with_sheet_and_row_beside_every_other_fault() -> None:
    book = table(GOOD, GOOD)
    book.active.title = "Personen"
    book.active.merge_cells("E2:F2")
    book.active["G3"] = 1067
    merged, spoilt = read_candidates(saved(book)).faults
    assert merged.startswith("Blatt „Personen“, Zeile 2 (Zellen E2:F2): Die Zellen sind verbunden.")
    assert spoilt.startswith("Zeile 3, Postleitzahl (Zelle G3): „1067“ ist als Zahl gespeichert")


def test_columns_may_stand_in_another_order() -> None:
    read = read_candidates(saved(table(GOOD[::-1], titles=TITLES[::-1])))
    assert read.candidates[0].family_name == "Kaya"


def test_a_template_handed_out_before_is_still_read() -> None:
    older = [title for title, name, _ in COLUMNS if name not in LATER]
    read = read_candidates(saved(table(GOOD[: len(older)], titles=older)))
    assert (read.faults, read.candidates[0].family_name, dict(read.head)) == ((), "Kaya", {})


def test_contacts_and_meeting_stand_on_a_sheet_of_their_own_and_come_back_the_same(desk: Desk) -> None:
    place = found(desk)
    view = nomination(desk.session, nominate(desk, place)[0])
    assert view is not None
    read = read_candidates(export(view))
    assert read.faults == ()
    assert {name: read.head[name] for name in PAPERS} == PAPERS
    assert read.head["keyword"] == "Internationale Liste"


@pytest.mark.parametrize(
    ("row", "value", "told"),
    [
        ("Vertrauensperson: Postleitzahl", 1067, "„1067“ ist als Zahl gespeichert"),
        ("Versammlung: Tag", "31.02.2026", "ist kein Tag"),
        ("Versammlung: Zahl der Teilnehmenden", "etwa 20", "„etwa 20“ ist keine Zahl"),
        ("Versammlung: geheim abgestimmt", "glaub schon", "Schreiben Sie „ja“ oder „nein“."),
        ("Kennwort", "=A1", "Hier steht eine Formel"),
    ],
)
def test_what_is_spoilt_on_the_second_sheet_is_named_with_its_cell(row: str, value: object, told: str) -> None:
    book = load_workbook(BytesIO(template()))
    at = [label for label, _ in HEAD_ROWS].index(row) + 2
    book[HEAD].cell(at, 2, value)
    (fault,) = read_candidates(saved(book)).faults
    assert f"Blatt „Wahlvorschlag“, Zeile {at}, " in fault
    assert f"(Zelle B{at})" in fault
    assert told in fault


@pytest.mark.parametrize("content", [b"", b"\x89PNG photo", b"PK\x03\x04 broken"])
def test_a_file_of_another_kind_is_refused_in_words(content: bytes) -> None:
    assert "XLSX" in read_candidates(content).faults[0]


def test_a_photo_of_80_megabytes_and_a_packed_bomb_are_not_even_opened() -> None:
    assert "größer als 2 MB" in read_candidates(bytes(80_000_000)).faults[0]
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", bytes(30_000_000))
    assert len(out.getvalue()) < 2_000_000
    assert "riesigen" in read_candidates(out.getvalue()).faults[0]


@pytest.mark.parametrize(
    ("title", "written", "name", "stored"),
    [
        ("Geschlecht", "w", "sex", "w"),
        ("Geschlecht", "Divers", "sex", "d"),
        ("Status", "2b", "stands_as", "NR2B"),
        ("Status", "Nr. 2 a)", "stands_as", "NR2A"),
        ("Status", 1, "stands_as", "NR1"),
        ("Status", "Bürger", "stands_as", "Bürger"),
        ("Nur bei Auskunftssperre: veröffentlichte Postleitzahl", "01099", "public_postcode", "01099"),
    ],
)
def test_what_later_templates_ask_for_is_read(title: str, written: object, name: str, stored: str) -> None:
    full = next(known for known in TITLES if known.startswith(title))
    read = read_candidates(changed(full, written))
    assert read.faults == ()
    assert getattr(read.candidates[0], name) == stored


@pytest.mark.parametrize(
    ("title", "value", "told"),
    [
        ("Geschlecht", "F", "„F“ ist keine Angabe zum Geschlecht. Schreiben Sie w, m oder d"),
        ("Status", "2e", "„2e“: Schreiben Sie 1, 2a, 2b, 2c, 2d oder Bürger."),
        ("Tag der Geburt", "01.05.0080", "kann kein Geburtstag sein"),
        ("Tag der Geburt", "01.05.2980", "Der 01.05.2980 kann kein Geburtstag sein"),
        ("Nur bei Auskunftssperre: veröffentlichte Postleitzahl", 1099, "führende Nullen"),
    ],
)
def test_what_later_templates_ask_for_is_checked(title: str, value: object, told: str) -> None:
    full = next(known for known in TITLES if known.startswith(title))
    (fault,) = read_candidates(changed(full, value)).faults
    assert fault.startswith(f"Zeile 2, {title.split(' (')[0]}")
    assert told in fault


def test_sex_status_and_published_place_come_back_from_an_export(desk: Desk) -> None:
    told = {"sex": "d", "stands_as": "NR2C", "public_postcode": "01099", "public_town": "Dresden"}
    people = (candidate("Kaya", **told), candidate("Bürger", stands_as="Bürger", sex="m"))
    at = datetime.fromisoformat("2026-09-01T10:00:00+00:00")
    view = nomination(desk.session, receive_nomination(desk, found(desk).election_id, NominationData("Liste", at, people)))
    assert view is not None
    assert read_candidates(export(view)).candidates == people
