"""CSV files carry names as they are, and no name runs as a formula in a spreadsheet."""

import csv
from io import StringIO

import pytest

from beiratswahl import csv_files


def _read(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode(), newline=""), delimiter=";", strict=True))


def test_every_cell_comes_back_as_it_was_written() -> None:
    rows = [("Größe; „alle“", 'sagt "ja"'), ("zwei\nZeilen", ""), ("Đặng Thị", "D'Angelo-Öz")]
    content = csv_files.table(("a", "b"), rows)
    assert _read(content) == [["a", "b"], *map(list, rows)]
    assert content.startswith(b"a;b\r\n")


def test_a_name_that_looks_like_a_formula_is_marked_as_text_and_a_number_is_none() -> None:
    content = csv_files.table(("name", "zahl"), [("=HYPERLINK(A1)", -1), ("+Liste", 0), ("@ll", 1), ("-x", 2), ("Kaya-Öz = Ay", 3)])
    assert _read(content)[1:] == [["'=HYPERLINK(A1)", "-1"], ["'+Liste", "0"], ["'@ll", "1"], ["'-x", "2"], ["Kaya-Öz = Ay", "3"]]


@pytest.mark.parametrize("marked", [True, False])
def test_only_a_file_for_spreadsheets_begins_with_the_mark(marked: bool) -> None:
    assert csv_files.table(("a",), (), marked=marked).startswith(csv_files.MARK) is marked
