"""The printed roll: leaves set without the press stand in one file with the cover, tagged, numbered, readable."""

import re
import unicodedata
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO

import page
import pikepdf
import pypdfium2
import pytest

from beiratswahl.documents import roll_print
from beiratswahl.documents.glyphs import face
from beiratswahl.documents.result_sheet import Letterhead
from beiratswahl.documents.roll_leaf import PLAIN, set_rows
from beiratswahl.documents.roll_sheet import DistrictLeaves, PrintedDistrict, PrintedEntry, RollSheet
from beiratswahl.documents.typeface import UnprintableCharacter
from tests.documents.conftest import pages_in, text_in

WHEN = datetime(2026, 11, 13, 17, tzinfo=UTC)
REMARK = "Streichung am 01.11.2026, offenbare Unrichtigkeit (§ 15 Abs. 2 KWO): verzogen, die Anhörung war am 30.10.2026"
NAMES = ("Abebe-Hailemariam", "Đorđević", "M̂aria C̨̆elik", "Öztürk", "Ševčenko", "Власенко", "Παπαδόπουλος", "Zeman")


def entry(number: int, **changes: str) -> PrintedEntry:
    values = {
        "family_name": NAMES[number % len(NAMES)],
        "given_names": "Ayşe",
        "birth_date": "17.05.1980",
        "address": "Hauptstr. 1",
        "marks": "",
    }
    return PrintedEntry(number, **{**values, "remarks": "", **changes})


def roll(*persons: int) -> tuple[RollSheet, list[DistrictLeaves]]:
    districts = tuple(PrintedDistrict(at, f"Bezirk {at}", number, 0, 0) for at, number in enumerate(persons, 1))
    head = Letterhead("Stadt Musterstadt", "Die Wahlleiterin", ("Rathausplatz 1",), ("06999 1234",))
    sheet = RollSheet(
        head, "Beirats", date(2026, 11, 15), date(2026, 10, 4), districts, (), "", "", "Musterstadt", WHEN.date(), "H. B.", "OB", WHEN
    )
    entries = [sorted((entry(at + 1) for at in range(number)), key=lambda one: one.family_name) for number in persons]
    return sheet, [DistrictLeaves(f"Stimmbezirk {at} Bezirk {at}", tuple(some)) for at, some in enumerate(entries, 1)]


@cache
def printed(*persons: int) -> bytes:
    return roll_print.print_roll(*roll(*persons))


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1])
@pytest.mark.parametrize("persons", [(60, 30), (1,), ()], ids=["two districts", "one person", "nobody"])
def test_the_roll_is_archive_format_and_accessible_at_once(persons: tuple[int, ...], profile: page.ValidationProfile) -> None:
    report = page.validate_pdf_bytes(printed(*persons), profile=profile)
    assert report.is_compliant, [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def test_every_leaf_has_its_number_in_the_district_and_its_page_in_the_file() -> None:
    cover, *leaves = pages_in(printed(60, 30))
    assert "Bescheinigung" in cover or "Stand vor dem Abschluss" in cover
    assert len(leaves) == 5
    for number, text in enumerate(leaves, 2):
        assert f"Seite {number} von 6" in text
    found = [text.split(" Nr.")[0].split("Wahl am 15. November 2026 ")[-1] for text in leaves]
    assert [text.partition(",")[2].strip() for text in found] == [
        "Blatt 1 von 3",
        "Blatt 2 von 3",
        "Blatt 3 von 3",
        "Blatt 1 von 2",
        "Blatt 2 von 2",
    ]


def test_a_name_is_copied_and_read_aloud_as_it_is_written() -> None:
    text = unicodedata.normalize("NFC", text_in(printed(60, 30)))
    assert [name for name in NAMES if unicodedata.normalize("NFC", name) not in text] == []


def test_a_mark_sits_over_the_middle_of_its_letter() -> None:
    found = re.search(r"([0-9.]+) Ts\[(-?\d+)<", face(PLAIN).shown("M̂", 10))
    assert found
    width = face(PLAIN).widths["M"]
    # the pen stands behind the letter and comes back to its middle, where the foot of this mark is
    assert float(found[1]) > 1
    assert abs(width - int(found[2]) - width / 2) < 20


def test_the_bookmarks_lead_to_the_first_leaf_of_each_district_and_letter() -> None:
    with pikepdf.open(BytesIO(printed(60, 30))) as file, file.open_outline() as outline:
        tops = [(item.title, [child.title for child in item.children]) for item in outline.root]
        targets = [file.pages.index(pikepdf.Page(item.destination[0])) for item in outline.root]
    assert [title for title, _ in tops] == ["Deckblatt und Bescheinigung", "Stimmbezirk 1 Bezirk 1", "Stimmbezirk 2 Bezirk 2"]
    assert tops[1][1] == ["A", "M", "Z", "O", "Đ", "S", "Π", "В"]
    assert targets == [0, 1, 4]


def test_processes_of_their_own_print_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roll_print, "LEAVES_ALONE", 0)
    monkeypatch.setattr(roll_print, "LEAVES_PER_PART", 2)
    told: list[tuple[int, int]] = []
    assert roll_print.print_roll(*roll(60, 30), lambda done, whole: told.append((done, whole))) == printed(60, 30)
    assert told == [(2, 5), (4, 5), (5, 5)]


def test_a_print_ends_when_its_progress_says_so() -> None:
    class Enough(Exception):
        pass

    def stop(done: int, whole: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        roll_print.print_roll(*roll(30), stop)


def test_long_texts_are_broken_into_lines_and_nothing_is_lost() -> None:
    long_name = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente"
    ((row, other),) = set_rows([entry(1, family_name=long_name, remarks=REMARK), entry(2)])
    assert "".join(row.cells[1]) == long_name
    assert " ".join(row.cells[7]) == REMARK
    assert row.height > other.height
    limit = 50 * 72 / 25.4
    assert all(face(PLAIN).width(line) * 8.5 / 1000 < limit for line in row.cells[1])


def test_no_leaf_is_fuller_than_its_page() -> None:
    leaves = list(set_rows(entry(number, remarks=REMARK * (number % 3)) for number in range(200)))
    assert sum(map(len, leaves)) == 200
    assert all(sum(row.height for row in rows) <= 160 * 72 / 25.4 for rows in leaves)


@pytest.mark.parametrize("letter", ["中", "क"])
def test_a_letter_that_cannot_be_set_right_stops_the_print_with_its_name(letter: str) -> None:
    with pytest.raises(UnprintableCharacter, match=f"U\\+{ord(letter):04X}"):
        list(set_rows([entry(1, family_name=letter)]))


def test_every_cell_of_a_leaf_is_drawn_inside_its_page() -> None:
    document = pypdfium2.PdfDocument(printed(60, 30))
    try:
        for leaf in list(document)[1:]:
            width, height = leaf.get_size()
            text = leaf.get_textpage()
            boxes = [text.get_charbox(at) for at in range(text.count_chars())]
            assert all(left >= 0 and bottom >= 0 and right <= width and top <= height for left, bottom, right, top in boxes)
            text.close()
            leaf.close()
    finally:
        document.close()
