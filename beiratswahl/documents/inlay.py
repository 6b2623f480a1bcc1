"""Einlage: words and lines whose places are known, drawn on the first page of a document that the press lays out around them.

WeasyPrint needs a millisecond for a name. Where a name stands already, it is only written down.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pydyf

from beiratswahl.documents.glyphs import font_objects

FACE, FONT = "NotoSans-Regular.ttf", "F1"


@dataclass(frozen=True, slots=True)
class Inlay:
    """Einlage.

    Attributes:
        lines: lines over all words, from `line_drawing.drawn`.
        paragraphs: operators of the paragraphs in each empty <div> of the document, in reading order; each chooses the size of FONT and
            counts as the press does, 96 to the inch from the upper left corner.
        letters: everything that is written in them.
    """

    lines: bytes
    paragraphs: tuple[tuple[str, ...], ...] = ()
    letters: frozenset[str] = frozenset()

    @property
    def content(self) -> bytes:
        """Everything drawn, for an identifier."""
        return self.lines + "\n".join(operators for part in self.paragraphs for operators in part).encode()


class _Ready(pydyf.Object):  # type: ignore[misc]
    """An object whose bytes are known."""

    compressible = False

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self._body = body

    @property
    def data(self) -> bytes:
        return self._body


def insert(inlay: Inlay, pdf: Any) -> None:
    """Einlegen on the first page, tagged, each part behind the words that stand before its <div>; the lines on top.

    Source: ISO 32000-1, 14.7: each marked content belongs to an element of the structure tree.

    Args:
        inlay: what is drawn.
        pdf: the file as WeasyPrint is about to write it.

    Raises:
        ValueError: the document has not as many empty <div> as the inlay has parts, or no words before the first one.
    """
    page = _of(pdf, pdf.page_references[0])
    content = _of(pdf, page["Contents"]).stream
    content[:] = [b"q", *_with_words(content, _tagged(inlay, pdf)), b"Q", inlay.lines]
    if inlay.letters:
        first = len(pdf.objects)
        for body in font_objects(FACE, inlay.letters, first):
            pdf.add_object(_Ready(body))
        _of(pdf, _of(pdf, page["Resources"])["Font"])[FONT] = f"{first} 0 R"


def _tagged(inlay: Inlay, pdf: Any) -> dict[int, list[bytes]]:
    """Each part behind the number of the marked content before its <div>; its paragraphs become elements of that <div>."""
    parents = _of(pdf, _of(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"][1]
    words: dict[int, list[bytes]] = {}
    for (before, division), paragraphs in zip(list(_divisions(pdf)), inlay.paragraphs, strict=True):
        words[before] = [b"q 0 g"]
        for operators in paragraphs:
            words[before].append(f"/P<</MCID {len(parents)}>>BDC BT {operators} ET EMC".encode())
            element = {"Type": "/StructElem", "S": "/P", "K": len(parents), "Pg": pdf.page_references[0], "P": division.reference}
            pdf.add_object(pydyf.Dictionary(element))
            division["K"].append(pdf.objects[-1].reference)
            parents.append(pdf.objects[-1].reference)
        words[before].append(b"Q")
    return words


def _divisions(pdf: Any) -> Iterator[tuple[int, Any]]:
    """Empty <div> elements, each with the number of the marked content before it; WeasyPrint numbers elements in reading order."""
    before = -1
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Type") == "/StructElem":
            before = max((before, *(kid for kid in item["K"] if isinstance(kid, int))))
            if item["S"] == "/Div" and not item["K"]:
                yield before, item


def _with_words(content: list[Any], words: dict[int, list[bytes]]) -> Iterator[Any]:
    before = -1
    for line in content:
        yield line
        if isinstance(line, dict) and "MCID" in line:
            before = line["MCID"]
        elif line == b"EMC":
            yield from words.pop(before, ())
    if words:
        raise ValueError("there are no words on the page behind which the inlay could stand")


def _of(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
