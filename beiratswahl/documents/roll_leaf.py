"""Ein Blatt des gedruckten Wählerverzeichnisses: rows set into columns, leaf by leaf, and the tagged page of one leaf."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from beiratswahl.documents.glyphs import Face, face, stream
from beiratswahl.documents.roll_sheet import PrintedEntry

MM = 72 / 25.4
WIDTH, HEIGHT = 297 * MM, 210 * MM
LEFT, RIGHT, TOP, BOTTOM = 14 * MM, 285 * MM, 190 * MM, 18 * MM
SIZE, LEADING, PADDING = 8.5, 11.0, 1.5 * MM
LEAST_HEIGHT = 6 * MM
HEADING, SMALL = 11.5, 8.0
#: heading of the leaf and head row, from the top edge of the content
HEAD_ROW, FIRST_ROW = 8 * MM, 14 * MM
PLAIN, STRONG = "NotoSans-Regular.ttf", "NotoSans-SemiBold.ttf"
#: objects of a leaf besides those of its rows, and of a row
FRAME_OBJECTS, ROW_OBJECTS = 16, 9
KEY = "N = gesperrt, W = Wahlschein erteilt"


class Column(NamedTuple):
    """Spalte with its left edge and width in points."""

    title: str
    left: float
    width: float


def _columns() -> tuple[Column, ...]:
    titles = ("Nr.", "Familienname", "Vornamen", "geboren am", "Anschrift", "Stimmabgabe", "Vermerk", "Bemerkungen")
    widths = (13, 50, 45, 21, 60, 24, 16, 42)
    return tuple(
        Column(title, LEFT + sum(widths[:at]) * MM, width * MM) for at, (title, width) in enumerate(zip(titles, widths, strict=True))
    )


COLUMNS = _columns()
NUMBER, NAME, VOTE = 0, 1, 5


class Row(NamedTuple):
    """Zeile: the lines of each column and its height in points."""

    cells: tuple[tuple[str, ...], ...]
    height: float


@dataclass(frozen=True, slots=True)
class Leaf:
    """Blatt.

    Attributes:
        heading: "Stimmbezirk 1 Nord, Blatt 2 von 14".
        running: line above.
        mark: line below.
        page: "Seite 17 von 90".
        rows: what stands on it.
        key: key of the page in the tree of parents.
        first: number of the first object of the leaf.
    """

    heading: str
    running: str
    mark: str
    page: str
    rows: tuple[Row, ...]
    key: int
    first: int

    @property
    def objects(self) -> int:
        """Numbers the leaf uses."""
        return FRAME_OBJECTS + ROW_OBJECTS * len(self.rows)

    @property
    def page_object(self) -> int:
        """Number of the page; the section follows it."""
        return self.first + 2


class Home(NamedTuple):
    """Objects of the file that leaves name: node of the page tree, fonts, structure element of the document."""

    pages: int
    resources: int
    document: int


class Printed(NamedTuple):
    """The two objects of a leaf that stand in the file as they are: content `first`, container of all others `first` + 1."""

    content: bytes
    container: bytes


def set_rows(entries: Iterable[PrintedEntry]) -> Iterator[tuple[Row, ...]]:
    """Umbruch: the rows of each leaf, as many as fit.

    Raises:
        typeface.UnprintableCharacter: a name uses a script the fonts do not have.
    """
    plain, free = face(PLAIN), TOP - FIRST_ROW - BOTTOM
    rows: list[Row] = []
    used = 0.0
    for entry in entries:
        row = _row(plain, entry)
        if rows and used + row.height > free:
            yield tuple(rows)
            rows, used = [], 0.0
        rows.append(row)
        used += row.height
    if rows:
        yield tuple(rows)


def print_leaf(leaf: Leaf, home: Home) -> Printed:
    """Satz eines Blatts.

    Args:
        leaf: the leaf.
        home: where it is going to stand.
    """
    content = stream(_drawn(leaf).encode())
    bodies = [body.encode() for body in _structure(leaf, home)]
    at, places = 0, []
    for number, body in enumerate(bodies, leaf.first + 2):
        places.append(f"{number} {at}")
        at += len(body) + 1
    head = " ".join(places).encode() + b"\n"
    entries = f"/Type/ObjStm/N {len(bodies)}/First {len(head)}"
    return Printed(content, stream(head + b"\n".join(bodies), entries))


def print_leaves(leaves: tuple[Leaf, ...], home: Home) -> list[Printed]:
    """Some leaves at a time, for a process of its own."""
    return [print_leaf(leaf, home) for leaf in leaves]


def _row(plain: Face, entry: PrintedEntry) -> Row:
    texts = (str(entry.number), entry.family_name, entry.given_names, entry.birth_date, entry.address, "", entry.marks, entry.remarks)
    cells = tuple(_wrapped(plain, text, column.width - 2 * PADDING) for text, column in zip(texts, COLUMNS, strict=True))
    lines = max(map(len, cells))
    return Row(cells, max(LEAST_HEIGHT, lines * LEADING + 2 * PADDING))


def _wrapped(plain: Face, text: str, limit: float) -> tuple[str, ...]:
    if not text:
        return ()
    room = limit / SIZE * 1000
    if plain.width(text) <= room:
        return (text,)
    lines: list[str] = []
    for word in text.split(" "):
        if lines and plain.width(f"{lines[-1]} {word}") <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.extend(_broken(plain, word, room))
    return tuple(lines)


def _broken(plain: Face, word: str, room: float) -> Iterator[str]:
    """A word in pieces that fit; a combining mark never begins a line."""
    piece = ""
    for letter in word:
        if piece and plain.width(piece + letter) > room and letter not in plain.combining:
            yield piece
            piece = ""
        piece += letter
    yield piece


def _drawn(leaf: Leaf) -> str:
    plain, strong = face(PLAIN), face(STRONG)
    baseline = TOP - HEAD_ROW - 4 * MM
    parts = [
        f"BT/F2 {HEADING} Tf/H2<</MCID 0>>BDC 1 0 0 1 {LEFT:.2f} {TOP - 4 * MM:.2f} Tm {strong.shown(leaf.heading, HEADING)} EMC",
        f"/F2 {SIZE} Tf",
        *(
            f"/TH<</MCID {at}>>BDC 1 0 0 1 {_start(column, strong.width(column.title), at == 1):.2f} {baseline:.2f} Tm "
            f"{strong.shown(column.title, SIZE)} EMC"
            for at, column in enumerate(COLUMNS, 1)
        ),
        f"/F1 {SIZE} Tf",
    ]
    marked, top = len(COLUMNS) + 1, TOP - FIRST_ROW
    edges = []
    for row in leaf.rows:
        for at, lines in enumerate(row.cells):
            if lines:
                parts.append(_cell(plain, at, lines, marked, top))
                marked += 1
        top -= row.height
        edges.append(top)
    parts.append("ET")
    return "\n".join([*parts, _ruled(edges), _margins(plain, leaf)])


def _start(column: Column, width: int, rightmost: bool) -> float:
    return column.left + column.width - PADDING - width * SIZE / 1000 if rightmost else column.left + PADDING


def _cell(plain: Face, at: int, lines: tuple[str, ...], marked: int, top: float) -> str:
    baseline = top - PADDING - SIZE * 0.98
    tag = "TH" if at == NAME else "TD"
    shown = " ".join(
        f"1 0 0 1 {_start(COLUMNS[at], plain.width(line) if at == NUMBER else 0, at == NUMBER):.2f} {baseline - LEADING * below:.2f} Tm "
        # the blank at which the line was broken, so that copied words stay apart
        f"{plain.shown(line if line is lines[-1] else line + ' ', SIZE)}"
        for below, line in enumerate(lines)
    )
    return f"/{tag}<</MCID {marked}>>BDC {shown} EMC"


def _ruled(edges: list[float]) -> str:
    """Head and foot in strong lines, the rows in thin ones, a box to tick for the Stimmabgabevermerk."""
    strong = (TOP - HEAD_ROW, TOP - FIRST_ROW, edges[-1])
    box = (COLUMNS[VOTE].left, COLUMNS[VOTE].left + COLUMNS[VOTE].width)
    lines = "".join(f"{LEFT:.2f} {edge:.2f} m {RIGHT:.2f} {edge:.2f} l " for edge in edges[:-1])
    sides = "".join(f"{side:.2f} {TOP - FIRST_ROW:.2f} m {side:.2f} {edges[-1]:.2f} l " for side in box)
    heavy = "".join(f"{LEFT:.2f} {edge:.2f} m {RIGHT:.2f} {edge:.2f} l " for edge in strong)
    return f"/Artifact BMC 0.71 G 0.4 w {lines}{sides}S 0 G 0.9 w {heavy}S EMC"


def _margins(plain: Face, leaf: Leaf) -> str:
    above, below = TOP + 5 * MM, BOTTOM - 7 * MM
    right = RIGHT - plain.width(leaf.page) * SMALL / 1000
    return (
        "/Artifact<</Type/Pagination>>BDC 0.46 G 0.4 w "
        f"{LEFT:.2f} {above - 3 * MM:.2f} m {RIGHT:.2f} {above - 3 * MM:.2f} l "
        f"{LEFT:.2f} {below + 4 * MM:.2f} m {RIGHT:.2f} {below + 4 * MM:.2f} l S "
        f"BT 0.2 g/F1 {SMALL} Tf 1 0 0 1 {LEFT:.2f} {above:.2f} Tm {plain.shown(leaf.running, SMALL)} "
        f"1 0 0 1 {LEFT:.2f} {below:.2f} Tm {plain.shown(leaf.mark, SMALL)} "
        f"1 0 0 1 {right:.2f} {below:.2f} Tm {plain.shown(leaf.page, SMALL)} ET EMC"
    )


def _structure(leaf: Leaf, home: Home) -> Iterator[str]:
    """Page, section, heading, table with its cells, and which element each marked content belongs to; numbered from `first` + 2."""
    page = leaf.page_object
    section, heading, table, head = range(page + 1, page + 5)
    first_row = head + 1 + len(COLUMNS)
    box = f"/MediaBox[0 0 {WIDTH:.2f} {HEIGHT:.2f}]/Resources {home.resources} 0 R"
    yield f"<</Type/Page/Parent {home.pages} 0 R/Contents {leaf.first} 0 R{box}/StructParents {leaf.key}/Tabs/S>>"
    yield f"<</S/Sect/P {home.document} 0 R/K[{heading} 0 R {table} 0 R]>>"
    yield f"<</S/H2/P {section} 0 R/Pg {page} 0 R/K 0>>"
    rows = range(first_row, first_row + ROW_OBJECTS * len(leaf.rows), ROW_OBJECTS)
    yield f"<</S/Table/P {section} 0 R/K[{_references((head, *rows))}]>>"
    yield f"<</S/TR/P {table} 0 R/K[{_references(range(head + 1, first_row))}]>>"
    for at in range(len(COLUMNS)):
        yield f"<</S/TH/P {head} 0 R/Pg {page} 0 R/K {at + 1}/A<</O/Table/Scope/Column>>>>"
    owners = [heading, *range(head + 1, first_row)]
    for number, row in zip(rows, leaf.rows, strict=True):
        yield f"<</S/TR/P {table} 0 R/K[{_references(range(number + 1, number + ROW_OBJECTS))}]>>"
        for at, lines in enumerate(row.cells):
            content = f"/Pg {page} 0 R/K {len(owners)}" if lines else ""
            yield f"<</S/TH/P {number} 0 R{content}/A<</O/Table/Scope/Row>>>>" if at == NAME else f"<</S/TD/P {number} 0 R{content}>>"
            if lines:
                owners.append(number + 1 + at)
    yield f"[{_references(owners)}]"


def _references(numbers: Iterable[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)
