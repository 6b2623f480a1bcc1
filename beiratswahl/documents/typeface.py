"""Schrift: the one typeface of all documents, from our own files, so that fonts installed on a machine never change a page."""

import re
from functools import cache
from html import unescape
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from beiratswahl import paths

FAMILY = "Amtsschrift"  # a name of our own, so that an installed font of the same design is never taken instead
FACES = {
    "NotoSans-Regular.ttf": ("normal", 400, ""),
    "NotoSans-Italic.ttf": ("italic", 400, "-Italic"),
    "NotoSans-SemiBold.ttf": ("normal", 600, "-Semi-Bold"),
    "NotoSans-Bold.ttf": ("normal", 700, "-Bold"),
}  # file: style, weight, ending of its name inside a PDF
#: Devanagari stands in our fonts too, but its letters change and change places beside each other; roll and ballot are set letter by letter
JOINED = frozenset((*range(0x0900, 0x0980), *range(0xA8E0, 0xA900)))


class FontsMissing(RuntimeError):
    """The font files are not installed, so nothing can be printed."""


class UnprintableCharacter(ValueError):
    """A character is in none of our own fonts, so it would come from whatever the machine has installed."""


def rules() -> str:
    """The @font-face rules.

    Raises:
        FontsMissing: a font file is not installed.
    """
    return "".join(
        f"@font-face {{ font-family: '{FAMILY}'; src: url('{_file(name).as_uri()}'); font-style: {style}; font-weight: {weight}; }}\n"
        for name, (style, weight, _) in FACES.items()
    )


def addresses() -> frozenset[str]:
    """The only addresses a document may load from."""
    return frozenset(_file(name).as_uri() for name in FACES)


def refuse_foreign_characters(html: str) -> None:
    """Fremde Zeichen: stop before a letter comes from a font that is installed here and not elsewhere.

    Raises:
        UnprintableCharacter: a letter is missing in one of our faces (they have Latin, Greek and Cyrillic).
    """
    for character in sorted(set(unescape(html)) - {"\n", "\t", "\r"}):
        if ord(character) not in _covered():
            raise UnprintableCharacter(
                f"Das Zeichen „{character}“ (U+{ord(character):04X}) fehlt in der Schrift der amtlichen Dokumente "
                "und kann nicht gedruckt werden. Schreiben Sie den Text in lateinischer, "
                "griechischer oder kyrillischer Schrift (DIN 91379)."
            )


def name_true_letters(font_name: str, table: list[bytes]) -> None:
    """Put the true letters into the table from which a PDF is copied and read aloud.

    WeasyPrint names a combining mark after the first letter it sat on, so a copied name would be another name.

    Args:
        font_name: name of the font inside the PDF, e.g. "/ABCDEF+Amtsschrift-Bold".
        table: lines of its ToUnicode map, changed in place.
    """
    face = next(file for file, (_, _, ending) in FACES.items() if font_name.endswith(FAMILY + ending))
    for place, line in enumerate(table):
        found = re.fullmatch(rb"<([0-9a-f]{4})> <([0-9a-f]*)>", line)
        if not found:
            continue
        said = bytes.fromhex(found[2].decode()).decode("utf-16-be")
        true = _letters(face).get(int(found[1], 16), (said,))
        if said not in true:
            table[place] = b"<%s> <%s>" % (found[1], true[0].encode("utf-16-be").hex().encode())


def file_of(face: str) -> Path:
    """The file of one of FACES.

    Raises:
        FontsMissing: it is not installed.
    """
    return _file(face)


def width_of(text: str, weight: int = 400) -> float:
    """Textbreite: width of a line in multiples of its type size, before kerning (which hardly ever makes a line wider).

    Args:
        text: one line; a letter without a glyph counts as a wide one.
        weight: 400, 600 or 700.
    """
    face = next(name for name, (style, of, _) in FACES.items() if style == "normal" and of == weight)
    widths = _widths(face)
    return sum(widths.get(ord(letter), 1.0) for letter in text)


def _file(name: str) -> Path:
    file = paths.static() / "vendor" / "noto-sans" / name
    if not file.is_file():
        raise FontsMissing(
            f"Die Schriftdatei {name} fehlt, deshalb kann kein Dokument gedruckt werden. "
            "Führen Sie die Einrichtung der Anwendung erneut aus."
        )
    return file


@cache
def _letters(face: str) -> dict[int, tuple[str, ...]]:
    """Letters that each glyph of a face stands for, by glyph number."""
    letters: dict[int, tuple[str, ...]] = {}
    with TTFont(_file(face), lazy=True) as font:
        for code, name in sorted(font["cmap"].getBestCmap().items()):
            glyph = font.getGlyphID(name)
            letters[glyph] = (*letters.get(glyph, ()), chr(code))
    return letters


@cache
def _widths(face: str) -> dict[int, float]:
    """Advance of each letter of a face, in multiples of the type size."""
    with TTFont(_file(face), lazy=True) as font:
        unit = font["head"].unitsPerEm
        return {code: font["hmtx"][name][0] / unit for code, name in font["cmap"].getBestCmap().items()}


@cache
def _covered() -> frozenset[int]:
    """Code points that every one of our faces can draw."""
    drawn = (frozenset(ord(letter) for same in _letters(face).values() for letter in same) for face in FACES)
    return frozenset.intersection(*drawn) - JOINED
