"""Unterschneidung: the pairs of letters that stand closer, as the font wants them, for lines that are set letter by letter."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from beiratswahl.documents import typeface
from beiratswahl.documents.glyphs import WRAPPED, Face

#: kind of lookup: two glyphs side by side
PAIR = 2
EACH_PAIR_OF_ITS_OWN = 1


@dataclass(frozen=True, slots=True)
class PairTable:
    """Glyphs in groups, and how much a glyph of one group is moved before one of another, in thousandths of the type size.

    Attributes:
        left: group of each glyph that can stand first.
        right: group of each glyph that can stand second; all others are in group 0.
        pulls: for two groups, where it is not 0.
        complete: a first glyph that stands here is not looked for in the next table, even where it is not moved.
    """

    left: dict[int, int]
    right: dict[int, int]
    pulls: dict[tuple[int, int], int]
    complete: bool


@dataclass(frozen=True, slots=True)
class Kerning:
    """Unterschneidung of one face: its lookups, each a row of tables of which the first that knows a pair counts."""

    lookups: tuple[tuple[PairTable, ...], ...]
    _known: dict[tuple[int, int], int] = field(default_factory=dict)

    def pull(self, left: int, right: int) -> int:
        """How much nearer the second glyph stands (negative) than its width says, in thousandths of the type size."""
        if (left, right) not in self._known:
            self._known[left, right] = sum(_first(tables, left, right) for tables in self.lookups)
        return self._known[left, right]


@cache
def kerning(name: str) -> Kerning:
    """Kerning of one of typeface.FACES, read once."""
    with TTFont(typeface.file_of(name), lazy=True) as font:
        number = font.getReverseGlyphMap()
        lookups = (tuple(_tables(lookup, number)) for lookup in font["GPOS"].table.LookupList.Lookup)
        return Kerning(tuple(tables for tables in lookups if tables))


def shown(face: Face, text: str, size: float) -> str:
    """Operators that draw a line as `Face.shown` does, kerned; a line with combining marks stays as it is.

    Args:
        face: the face.
        text: the line.
        size: type size, in the unit in which the place is given.
    """
    if not face.combining.isdisjoint(text):
        return face.shown(text, size)
    pull = kerning(face.name).pull
    glyphs = [face.glyphs[ord(letter)] for letter in text]
    parts = [f"{glyphs[0]:04x}"] if glyphs else []
    for left, right in pairwise(glyphs):
        by = pull(left, right)
        parts.append(f">{-by}<{right:04x}" if by else f"{right:04x}")
    return f"[<{''.join(parts)}>]TJ"


def _first(tables: tuple[PairTable, ...], left: int, right: int) -> int:
    for table in tables:
        group = table.left.get(left)
        if group is None:
            continue
        pair = group, table.right.get(right, 0)
        if table.complete or pair in table.pulls:
            return table.pulls.get(pair, 0)
    return 0


def _tables(lookup: Any, number: dict[str, int]) -> Iterator[PairTable]:
    for table in lookup.SubTable:
        inner = table.ExtSubTable if lookup.LookupType == WRAPPED else table
        if inner.LookupType == PAIR:
            yield _single(inner, number) if inner.Format == EACH_PAIR_OF_ITS_OWN else _grouped(inner, number)


def _single(table: Any, number: dict[str, int]) -> PairTable:
    left = {number[glyph]: number[glyph] for glyph in table.Coverage.glyphs}
    pairs = {
        (number[first], number[record.SecondGlyph]): record.Value1.XAdvance
        for first, pair_set in zip(table.Coverage.glyphs, table.PairSet, strict=True)
        for record in pair_set.PairValueRecord
    }
    return PairTable(left, {right: right for _, right in pairs}, pairs, complete=False)


def _grouped(table: Any, number: dict[str, int]) -> PairTable:
    first, second = table.ClassDef1.classDefs, table.ClassDef2.classDefs
    pulls = {
        (left, right): record.Value1.XAdvance
        for left, row in enumerate(table.Class1Record)
        for right, record in enumerate(row.Class2Record)
        if record.Value1.XAdvance
    }
    left = {number[glyph]: first.get(glyph, 0) for glyph in table.Coverage.glyphs}
    return PairTable(left, {number[glyph]: group for glyph, group in second.items()}, pulls, complete=True)
