"""Zeilenfall: text broken into lines that are known to fit, for sheets on which nothing may move."""

import re
from functools import lru_cache

from beiratswahl.documents import typeface

MM_PER_POINT = 25.4 / 72
#: kerning and rounding of a reader may make a line a little wider than the sum of its letters
RESERVE = 1.015
REGULAR, STRONG, BOLD = 400, 600, 700


class WordTooWide(ValueError):
    """A single word is wider than the line.

    Attributes:
        word: the word.
        needed: width it needs, in mm.
    """

    def __init__(self, word: str, needed: float) -> None:
        super().__init__(f"„{word}“ braucht {needed:.1f} mm")
        self.word = word
        self.needed = needed


@lru_cache(maxsize=20_000)
def width_mm(text: str, size: float, weight: int = REGULAR) -> float:
    """Breite of a line in mm, with a little reserve; `size` in points."""
    return typeface.width_of(text, weight) * size * MM_PER_POINT * RESERVE


def broken(text: str, size: float, width: float, weight: int = REGULAR) -> tuple[str, ...]:
    """Break a text into lines, at spaces and after hyphens only.

    Args:
        text: one paragraph.
        size: type size in points.
        width: width of a line in mm.
        weight: 400, 600 or 700.

    Raises:
        WordTooWide: a word is wider than the line.
    """
    if "-" not in text and width_mm(text, size, weight) <= width:
        return (text,)
    lines: list[str] = []
    for piece, blank in _pieces(text):
        needed = width_mm(piece, size, weight)
        if needed > width:
            raise WordTooWide(piece, needed)
        if lines and width_mm(lines[-1] + blank + piece, size, weight) <= width:
            lines[-1] += blank + piece
        else:
            lines.append(piece)
    return tuple(lines)


def _pieces(text: str) -> list[tuple[str, str]]:
    """Unbreakable pieces, each with the space before it or ""."""
    found = []
    for word in text.split(" "):
        found += [(part, "" if at else " ") for at, part in enumerate(re.findall(r"[^-]+-?|-", word))]
    return found
