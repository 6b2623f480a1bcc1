"""Namen auf dem Stimmzettel: number, name and note of each row, written where the layout says."""

import unicodedata
from collections.abc import Iterator

from beiratswahl.documents import kerning, typeface
from beiratswahl.documents.ballot_blocks import AFTER_NUMBER, LEADING, NOTE, line_height, number_width, padding
from beiratswahl.documents.ballot_geometry import BallotLayout, Block, Density, Row
from beiratswahl.documents.ballot_sheet import BallotSheet
from beiratswahl.documents.glyphs import EM, face
from beiratswahl.documents.inlay import FACE, FONT, Inlay
from beiratswahl.documents.line_breaks import MM_PER_POINT

PER_POINT = 96 / 72  # the press counts 96 to the inch
#: reach of the letters above and below their foot in multiples of the type size, and from the upper edge of a line to the foot
ASCENDER, DESCENDER = 1.069, 0.293
FOOT = (LEADING - ASCENDER - DESCENDER) / 2 + ASCENDER


def named_blocks(layout: BallotLayout) -> tuple[Block, ...]:
    """Rahmen with names: all but the free lines."""
    return tuple(block for block in layout.blocks if block.columns[0].rows[0].number)


def set_names(sheet: BallotSheet, layout: BallotLayout, lines: bytes) -> Inlay:
    """Namen setzen: a paragraph for each row of each of `named_blocks`.

    Args:
        sheet: the ballot.
        layout: where everything on it lies.
        lines: what is drawn over the names.

    Raises:
        typeface.UnprintableCharacter: a name uses a script the fonts do not have.
    """
    rows = [[(column.x, row) for column in block.columns for row in column.rows] for block in named_blocks(layout)]
    texts = [text for block in rows for _, row in block for text in (row.number, *_lines(row))]
    letters = frozenset(AFTER_NUMBER).union(*texts)
    typeface.refuse_foreign_characters("".join(letters))
    left = padding(layout.density) + number_width(sheet, layout.density)
    return Inlay(lines, tuple(tuple(" ".join(_row(row, x + left, layout.density)) for x, row in block) for block in rows), letters)


def _row(row: Row, left: float, density: Density) -> Iterator[str]:
    """The number before, the lines behind a left edge in mm."""
    plain, size, height = face(FACE), density.names, line_height(density.names)
    foot = row.y + (row.height - len(row.lines) * height) / 2 + FOOT * size * MM_PER_POINT
    number = row.number + AFTER_NUMBER
    yield f"{_sized(size)} {_at(left - plain.width(number) / EM * size * MM_PER_POINT, foot)} {plain.shown(number, size)}"
    for at, line in enumerate(_lines(row)):
        if at == len(row.lines) - row.small:
            size *= NOTE
            yield _sized(size)
        yield f"{_at(left, foot + at * height)} {kerning.shown(plain, line, size * PER_POINT)}"


def _lines(row: Row) -> Iterator[str]:
    """Lines without invisible signs, each but the last with the blank at which it was broken, so that copied words stay apart."""
    for at, line in enumerate(row.lines, 1):
        seen = "".join(letter for letter in line if unicodedata.category(letter) != "Cf")
        yield seen if at == len(row.lines) or seen.endswith("-") else f"{seen} "


def _sized(size: float) -> str:
    return f"/{FONT} {size * PER_POINT:.3f} Tf"


def _at(x: float, y: float) -> str:
    return f"1 0 0 -1 {x / MM_PER_POINT * PER_POINT:.2f} {y / MM_PER_POINT * PER_POINT:.2f} Tm"
