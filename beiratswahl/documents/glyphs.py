"""Buchstaben für den Massendruck: the operators that draw one line of text, combining marks set on their letters, and the font itself.

WeasyPrint lays out some 50 rows of a table in a second; a roll of 100,000 entries needs thousands. Here a line is looked up, not laid out.
"""

import zlib
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from beiratswahl.documents import typeface

#: kinds of lookups: a mark on a letter, a mark on a mark, and the wrapper around either
ON_LETTER, ON_MARK, WRAPPED = 4, 6, 9
EM = 1000


class Standing(NamedTuple):
    """A glyph that stands already: its number and its origin, seen from the origin of the letter."""

    glyph: int
    across: int
    up: int


@dataclass(frozen=True, slots=True)
class Anchors:
    """One lookup: the foot of each mark with its class, and where a glyph takes marks of a class."""

    feet: dict[int, tuple[int, int, int]]
    places: dict[int, dict[int, tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Face:
    """Schnitt. Widths and places are in thousandths of the type size.

    Attributes:
        name: file of the face.
        hexes: four digits of the glyph for each code point, as `str.translate` wants it.
        widths: width of each letter.
        glyphs: glyph of each code point.
        combining: letters that sit on the one before them.
        on_letter: lookups that set a mark on a letter.
        on_mark: lookups that set a mark on a mark.
    """

    name: str
    hexes: dict[int, str]
    widths: dict[str, int]
    glyphs: dict[int, int]
    combining: frozenset[str]
    on_letter: tuple[Anchors, ...]
    on_mark: tuple[Anchors, ...]

    def width(self, text: str) -> int:
        """Width of a line.

        Raises:
            typeface.UnprintableCharacter: the fonts lack a letter.
        """
        try:
            return sum(map(self.widths.__getitem__, text))
        except KeyError:
            typeface.refuse_foreign_characters(text)
            raise

    def shown(self, text: str, size: float) -> str:
        """Operators that draw a line from the place set before, in a type size in points."""
        if self.combining.isdisjoint(text):
            return f"<{text.translate(self.hexes)}>Tj"
        # a reader that guesses words from places takes a shifted mark for a gap
        said = (b"\xfe\xff" + text.encode("utf-16-be")).hex()
        return f"/Span<</ActualText<{said}>>>BDC {' '.join(self._one_by_one(text, size))} EMC"

    def _one_by_one(self, text: str, size: float) -> Iterator[str]:
        standing, advanced = [Standing(0, 0, 0)], 0
        for letter in text:
            glyph, width = self.glyphs[ord(letter)], self.widths[letter]
            if letter not in self.combining:
                standing, advanced = [Standing(glyph, 0, 0)], width
                yield f"<{glyph:04x}>Tj"
                continue
            mark = self._seated(glyph, standing)
            standing.append(mark)
            by = mark.across - advanced
            yield f"{mark.up * size / EM:.2f} Ts[{-by}<{glyph:04x}>{by + width}]TJ 0 Ts"

    def _seated(self, mark: int, standing: list[Standing]) -> Standing:
        for below in reversed(standing):
            for lookup in self.on_letter if below is standing[0] else self.on_mark:
                place = lookup.places.get(below.glyph)
                if mark in lookup.feet and place is not None and lookup.feet[mark][0] in place:
                    kind, x, y = lookup.feet[mark]
                    return Standing(mark, below.across + place[kind][0] - x, below.up + place[kind][1] - y)
        return Standing(mark, 0, 0)


@cache
def face(name: str) -> Face:
    """One of typeface.FACES, read once.

    Raises:
        typeface.FontsMissing: the file is not installed.
    """
    with TTFont(typeface.file_of(name), lazy=True) as font:
        codes = {code: font.getGlyphID(glyph) for code, glyph in font["cmap"].getBestCmap().items() if code not in typeface.JOINED}
        widths = {chr(code): font["hmtx"][font.getGlyphName(glyph)][0] for code, glyph in codes.items()}
        on_letter, on_mark = (tuple(_anchors(font, kind)) for kind in (ON_LETTER, ON_MARK))
    feet = {glyph for lookup in on_letter for glyph in lookup.feet}
    combining = frozenset(chr(code) for code, glyph in codes.items() if glyph in feet)
    hexes = {code: f"{glyph:04x}" for code, glyph in codes.items()}
    return Face(name, hexes, widths, codes, combining, on_letter, on_mark)


def font_objects(name: str, letters: Set[str], first: int) -> list[bytes]:
    """The font as it stands in a file, cut down to some letters.

    Args:
        name: the face.
        letters: everything written in it.
        first: number the first object will have.

    Returns:
        Bodies of the objects `first`, `first` + 1 …, of which the first one is the font.
    """
    shown = face(name)
    glyphs = {shown.glyphs[ord(letter)]: letter for letter in sorted(letters, reverse=True)}
    called = f"/BEIRAT+{name.removesuffix('.ttf')}"
    widths = "".join(f"{glyph}[{shown.widths[letter]}]" for glyph, letter in sorted(glyphs.items()))
    system = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    described = f"/FontDescriptor {first + 2} 0 R/CIDToGIDMap/Identity/W[{widths}]"
    below = f"/DescendantFonts[{first + 1} 0 R]/ToUnicode {first + 4} 0 R"
    return [
        f"<</Type/Font/Subtype/Type0/BaseFont{called}/Encoding/Identity-H{below}>>".encode(),
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont{called}{system}{described}>>".encode(),
        f"<</Type/FontDescriptor/FontName{called}/Flags 4{_measures(name)}/FontFile2 {first + 3} 0 R>>".encode(),
        stream(_subset(name, set(glyphs)), length_before=True),
        stream(_true_letters(glyphs)),
    ]


def stream(content: bytes, entries: str = "", *, length_before: bool = False) -> bytes:
    """A stream object, compressed.

    Args:
        content: what it carries.
        entries: further entries of its dictionary.
        length_before: name the length before compression, as font files want it.
    """
    packed = zlib.compress(content)
    if packed.endswith(b"\r"):
        # ISO 19005-3, 6.1.7.1: before the line end of "endstream" it reads as part of that; a blank changes the checksum at the end
        packed = zlib.compress(content + b" ")
    before = f"/Length1 {len(content)}" if length_before else ""
    return f"<</Filter/FlateDecode/Length {len(packed)}{before}{entries}>>\nstream\n".encode() + packed + b"\nendstream"


def _subset(name: str, glyphs: Set[int]) -> bytes:
    options = Options(retain_gids=True, layout_features=[], notdef_outline=True, hinting=False, name_IDs=[], legacy_kern=False)
    with TTFont(typeface.file_of(name), lazy=True, recalcTimestamp=False) as font:
        # before the letters are chosen: cutting down what a PDF never reads takes longer than all the rest
        for table in {"GPOS", "GSUB", "GDEF", "OS/2", "name", "STAT", "DSIG", "post"} & set(font.keys()):
            del font[table]
        subsetter = Subsetter(options)
        subsetter.populate(gids=sorted(glyphs))
        subsetter.subset(font)
        file = BytesIO()
        font.save(file)
        return file.getvalue()


def _true_letters(glyphs: dict[int, str]) -> bytes:
    """Map from glyphs to letters, by which a text is copied and read aloud."""
    lines = [f"<{glyph:04x}> <{letter.encode('utf-16-be').hex()}>" for glyph, letter in sorted(glyphs.items())]
    blocks = "".join(f"{len(some)} beginbfchar\n" + "\n".join(some) + "\nendbfchar\n" for some in _hundreds(lines))
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{blocks}"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()


def _hundreds(lines: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(lines), 100):
        yield lines[start : start + 100]


def _measures(name: str) -> str:
    with TTFont(typeface.file_of(name), lazy=True) as font:
        head, lines, strength = font["head"], font["hhea"], font["OS/2"]
        box = f"/FontBBox[{head.xMin} {head.yMin} {head.xMax} {head.yMax}]/ItalicAngle 0"
        return f"{box}/Ascent {lines.ascent}/Descent {lines.descent}/CapHeight {strength.sCapHeight}/StemV {strength.usWeightClass // 5}"


def _anchors(font: Any, wanted: int) -> Iterator[Anchors]:
    number = font.getReverseGlyphMap()
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            inner = table.ExtSubTable if lookup.LookupType == WRAPPED else table
            if inner.LookupType == wanted:
                yield _of_table(inner, number, wanted)


def _of_table(table: Any, number: dict[str, int], kind: int) -> Anchors:
    if kind == ON_LETTER:
        marks, feet, below, places = table.MarkCoverage, table.MarkArray, table.BaseCoverage, table.BaseArray.BaseRecord
    else:
        marks, feet, below, places = table.Mark1Coverage, table.Mark1Array, table.Mark2Coverage, table.Mark2Array.Mark2Record
    return Anchors(
        {
            number[glyph]: (record.Class, record.MarkAnchor.XCoordinate, record.MarkAnchor.YCoordinate)
            for glyph, record in zip(marks.glyphs, feet.MarkRecord, strict=True)
        },
        {
            number[glyph]: {
                at: (anchor.XCoordinate, anchor.YCoordinate)
                for at, anchor in enumerate(record.BaseAnchor if kind == ON_LETTER else record.Mark2Anchor)
                if anchor is not None
            }
            for glyph, record in zip(below.glyphs, places, strict=True)
        },
    )
