"""CSV as the spreadsheets of an office open it: semicolons, CRLF, and no cell that a spreadsheet would take for a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TextIO

#: the mark by which a spreadsheet knows UTF-8
MARK = b"\xef\xbb\xbf"
_BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


class Lines:
    """Lines of a CSV file, written to a stream that was opened with newline=""."""

    def __init__(self, stream: TextIO) -> None:
        self._lines = csv.writer(stream, delimiter=";", lineterminator="\r\n")

    def write(self, cells: Iterable[object]) -> None:
        """Write one line; text that would begin a formula gets an apostrophe in front, as spreadsheets mark text themselves."""
        self._lines.writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(_BEGIN_FORMULAS) else cell for cell in cells])


def table(columns: Sequence[str], rows: Iterable[Iterable[object]], *, marked: bool = False) -> bytes:
    """A whole file, UTF-8.

    Args:
        columns: its first line.
        rows: the lines below.
        marked: begin with the mark that spreadsheets want; open data do without (offenewahldaten.de).
    """
    text = StringIO(newline="")
    lines = Lines(text)
    lines.write(columns)
    for row in rows:
        lines.write(row)
    return (MARK if marked else b"") + text.getvalue().encode()
