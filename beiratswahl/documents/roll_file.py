"""Die Datei des gedruckten Wählerverzeichnisses: leaves appended to the finished cover, page by page, object by object.

The cover is a file of the press, PDF/A-3a and PDF/UA-1. What follows is appended to it as the format provides for (ISO 32000-1, 7.5.6): the
cover stays as it is, its page tree, structure tree and catalogue get a newer version that names the leaves too.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

import pikepdf

from beiratswahl.documents.glyphs import font_objects, stream
from beiratswahl.documents.roll_leaf import PLAIN, STRONG, Home, Leaf, Printed

FONT_OBJECTS = 5
#: kind, place or container, generation or place in the container
PLACE = struct.Struct(">BIH")
#: leaves below one node of the page tree
FAN = 100


@dataclass(frozen=True, slots=True)
class Chapter:
    """Stimmbezirk: its leaves, and the leaf on which each initial letter begins."""

    title: str
    leaves: tuple[Leaf, ...]
    initials: tuple[tuple[str, Leaf], ...]


class RollFile:
    """The file in the making: begun with the cover, leaves added in order, finished once."""

    def __init__(self, cover: bytes) -> None:
        plain = BytesIO()
        with pikepdf.open(BytesIO(cover)) as file:
            file.save(plain, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        self._cover = pikepdf.open(BytesIO(plain.getvalue()))
        self._out = BytesIO(plain.getvalue())
        self._out.seek(0, 2)
        self._previous = int(plain.getvalue().rstrip().removesuffix(b"%%EOF").split(b"startxref")[-1])
        #: first number of a run of objects, and their lines in the table of objects
        self._places: list[tuple[int, bytes]] = []
        self._digest = sha256(plain.getvalue())
        self.cover_pages = len(self._cover.pages)
        self._parents = _numbers(self._cover.Root.StructTreeRoot.ParentTree)
        #: first free key of the tree of parents
        self.next_key = int(self._parents[-2]) + 1
        size = int(self._cover.trailer.Size)
        self._fonts = (size, size + FONT_OBJECTS)
        pages = size + 2 * FONT_OBJECTS
        #: what the leaves name
        self.home = Home(pages, pages + 1, int(self._document().objgen[0]))
        #: first number free for leaves
        self.first_free = pages + 2

    def add(self, leaf: Leaf, printed: Printed) -> None:
        """Append a leaf."""
        self._write(leaf.first, printed.content)
        self._write(leaf.first + 1, printed.container)
        inside = b"".join(PLACE.pack(2, leaf.first + 1, at) for at in range(leaf.objects - 2))
        self._places.append((leaf.first + 2, inside))

    def finish(self, leaves: Sequence[Leaf], chapters: Sequence[Chapter], letters: dict[str, set[str]], free: int) -> bytes:
        """Write fonts, page tree, structure tree, bookmarks and the table of objects.

        Args:
            leaves: all leaves, in order.
            chapters: the leaves by polling district.
            letters: what is written in each face.
            free: first number that no leaf uses.

        Returns:
            Bytes of the file.
        """
        for first, name in zip(self._fonts, (PLAIN, STRONG), strict=True):
            for number, body in enumerate(font_objects(name, letters[name], first), first):
                self._write(number, body)
        self._page_tree(leaves)
        free = self._structure(leaves, free)
        outlines, free = self._bookmarks(chapters, free)
        root = self._cover.Root
        self._write(root.objgen[0], _dictionary(root, {"/Outlines": f"{outlines} 0 R", "/PageMode": "/UseOutlines"}))
        self._close(free)
        return self._out.getvalue()

    def _page_tree(self, leaves: Sequence[Leaf]) -> None:
        pages = self._cover.Root.Pages
        kids = [leaf.page_object for leaf in leaves]
        above = f"/Parent {pages.objgen[0]} 0 R"
        self._write(self.home.pages, f"<</Type/Pages{above}/Count {len(kids)}/Kids[{_references(kids)}]>>".encode())
        self._write(self.home.resources, f"<</Font<</F1 {self._fonts[0]} 0 R/F2 {self._fonts[1]} 0 R>>>>".encode())
        covers = " ".join(kid.unparse().decode() for kid in pages.Kids)
        changed = {"/Kids": f"[{covers} {self.home.pages} 0 R]", "/Count": str(self.cover_pages + len(kids))}
        self._write(pages.objgen[0], _dictionary(pages, changed))

    def _structure(self, leaves: Sequence[Leaf], free: int) -> int:
        tree, document = self._cover.Root.StructTreeRoot, self._document()
        own = " ".join(kid.unparse().decode() for kid in _list(document.get("/K")))
        sections = _references(leaf.page_object + 1 for leaf in leaves)
        self._write(document.objgen[0], _dictionary(document, {"/K": f"[{own} {sections}]"}))
        own_parents = " ".join(_unparsed(item) for item in self._parents)
        nodes = [(int(self._parents[0]), self.next_key - 1, own_parents)]
        for start in range(0, len(leaves), FAN):
            some = leaves[start : start + FAN]
            listed = " ".join(f"{leaf.key} {leaf.first + leaf.objects - 1} 0 R" for leaf in some)
            nodes.append((some[0].key, some[-1].key, listed))
        for number, (least, most, listed) in enumerate(nodes, free):
            self._write(number, f"<</Limits[{least} {most}]/Nums[{listed}]>>".encode())
        parents = free + len(nodes)
        self._write(parents, f"<</Kids[{_references(range(free, parents))}]>>".encode())
        following = leaves[-1].key + 1 if leaves else self.next_key
        changed = {"/ParentTree": f"{parents} 0 R", "/ParentTreeNextKey": str(following)}
        self._write(tree.objgen[0], _dictionary(tree, changed))
        return parents + 1

    def _bookmarks(self, chapters: Sequence[Chapter], free: int) -> tuple[int, int]:
        """Cover, then each polling district with its initial letters folded away."""
        outlines, cover, number = free, free + 1, free + 2
        tops = [cover]
        for chapter in chapters:
            tops.append(number)
            number += 1 + len(chapter.initials)
        first_page = self._cover.pages[0].obj.objgen[0]
        self._write(cover, _bookmark("Deckblatt und Bescheinigung", outlines, first_page, None, tops[1] if len(tops) > 1 else None))
        for at, (top, chapter) in enumerate(zip(tops[1:], chapters, strict=True), 1):
            items = range(top + 1, top + 1 + len(chapter.initials))
            below = f"/First {items[0]} 0 R/Last {items[-1]} 0 R/Count -{len(items)}"
            following = tops[at + 1] if at + 1 < len(tops) else None
            self._write(top, _bookmark(chapter.title, outlines, chapter.leaves[0].page_object, tops[at - 1], following, below))
            for item, (letter, leaf) in zip(items, chapter.initials, strict=True):
                before, after = item - 1 if item > items[0] else None, item + 1 if item < items[-1] else None
                self._write(item, _bookmark(letter, top, leaf.page_object, before, after))
        self._write(outlines, f"<</Type/Outlines/First {cover} 0 R/Last {tops[-1]} 0 R/Count {len(tops)}>>".encode())
        return outlines, number

    def _close(self, number: int) -> None:
        place = self._out.tell()
        self._places.append((number, PLACE.pack(1, place, 0)))
        self._places.sort()
        sections = " ".join(f"{first} {len(lines) // PLACE.size}" for first, lines in self._places)
        trailer = self._cover.trailer
        first_id = bytes(trailer.ID[0]).hex()
        kept = "".join(f"{key} {trailer[key].unparse().decode()}" for key in ("/Root", "/Info") if key in trailer)
        identifiers = f"/ID[<{first_id}><{self._digest.hexdigest()[:32]}>]"
        entries = f"/Type/XRef/W[1 4 2]/Index[{sections}]/Size {number + 1}/Prev {self._previous}{kept}{identifiers}"
        table = stream(b"".join(lines for _, lines in self._places), entries)
        self._out.write(f"{number} 0 obj\n".encode() + table + f"\nendobj\nstartxref\n{place}\n%%EOF\n".encode())

    def _write(self, number: int, body: bytes) -> None:
        self._places.append((number, PLACE.pack(1, self._out.tell(), 0)))
        self._digest.update(body)
        self._out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")

    def _document(self) -> Any:
        return _list(self._cover.Root.StructTreeRoot.K)[0]


def _bookmark(title: str, above: int, page: int, before: int | None, after: int | None, below: str = "") -> bytes:
    beside = (f"/Prev {before} 0 R" if before else "") + (f"/Next {after} 0 R" if after else "")
    text = (b"\xfe\xff" + title.encode("utf-16-be")).hex()
    return f"<</Title<{text}>/Parent {above} 0 R{beside}{below}/Dest[{page} 0 R/Fit]>>".encode()


def _dictionary(old: Any, changed: dict[str, str]) -> bytes:
    entries = {key: _unparsed(value) for key, value in old.items()} | changed
    return ("<<" + "".join(f"{key} {value}" for key, value in entries.items()) + ">>").encode()


def _unparsed(item: Any) -> str:
    return str(item) if isinstance(item, int) else item.unparse().decode("latin-1")


def _numbers(node: Any) -> list[Any]:
    """A number tree laid flat: key, value, key, value …"""
    flat = list(node.get("/Nums", []))
    for kid in node.get("/Kids", []):
        flat += _numbers(kid)
    return flat


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _references(numbers: Iterable[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)
