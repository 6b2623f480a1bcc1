"""Geometrie des Stimmzettels: papers, sizes of type, and where every box, name and fold lies, in mm from the upper left corner."""

from dataclasses import dataclass
from typing import NamedTuple


class Paper(NamedTuple):
    """Papierformat with the sizes of its head: mm and points."""

    name: str
    width: float
    height: float
    margin: float
    title: float
    text: float


class Density(NamedTuple):
    """Satzdichte: size of names in points, of boxes and of the list circle, space between boxes and least row height, in mm."""

    names: float
    box: float
    gap: float
    row: float
    circle: float
    gutter: float


A4, A3, A2 = (Paper("A4", 210, 297, 12, 17, 9), Paper("A3", 297, 420, 13, 22, 11), Paper("A2", 420, 594, 13, 28, 13.5))
PAPERS = (A4, A3, A2)
DENSITIES = (
    Density(12, 5.5, 1.6, 9.0, 9, 4),
    Density(11, 5.0, 1.5, 8.0, 8.5, 4),
    Density(10, 4.8, 1.4, 7.2, 8, 3.5),
    Density(9, 4.4, 1.3, 6.4, 7.5, 3),
    Density(8, 4.0, 1.1, 5.6, 7, 2.5),
    Density(7, 3.5, 0.9, 4.8, 6, 1.5),
)
READABLE = 10  # points: below it a larger paper is taken first
CORNER = 8.0  # mm cut off at the upper right, so that blind voters put the template on the right way round [G]


@dataclass(frozen=True, slots=True)
class Target:
    """Feld zum Ankreuzen: a box or, for a whole list, a circle.

    Attributes:
        label: number of the person, or of the list.
        whole_list: True for the circle of the Kopfleiste.
        x, y: upper left corner in mm.
        size: width and height, or diameter, in mm.
    """

    label: str
    whole_list: bool
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Row:
    """Zeile of a person, or a free line (without number).

    Attributes:
        number: number on the ballot; "" on a free line.
        lines: the name, as often as it is printed, each in the lines it needs; then the note.
        small: how many of the last lines are the note.
        y: upper edge.
        height: height.
    """

    number: str
    lines: tuple[str, ...]
    small: int = 0
    y: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Column:
    """Spalte: rows below each other."""

    x: float
    width: float
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Rahmen: a list, the persons of a Mehrheitswahl, or the free lines.

    Attributes:
        label: small line of the head, e.g. "Wahlvorschlag 1".
        heading: Kennwort in lines; empty where there is none.
        number: number of the list that can be marked here; None when no list is.
        x, y, width, height: the frame.
        head: height of the head.
        lead: height of the label in the head, the Kennwort stands below it.
        columns: its columns.
    """

    label: str
    heading: tuple[str, ...]
    number: int | None
    x: float
    y: float
    width: float
    height: float
    head: float
    lead: float
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """Kopf des Stimmzettels: title on the left or above, the frame with votes and instructions on the right or below."""

    subtitle: tuple[str, ...]
    votes: str
    advice: tuple[tuple[str, ...], ...]
    box_x: float
    box_y: float
    box_width: float
    box_height: float
    height: float


@dataclass(frozen=True, slots=True)
class BallotLayout:
    """Satzspiegel of one ballot, everything in mm.

    Attributes:
        paper: format; its width and height are those of the sheet as it lies.
        landscape: whether the long side lies at the top.
        density: sizes of names and boxes.
        head: the head.
        blocks: frames in reading order.
        targets: everything that can be marked, in reading order.
        folds: fold marks, as places on the top edge and on the left edge.
    """

    paper: Paper
    landscape: bool
    density: Density
    head: Head
    blocks: tuple[Block, ...]
    targets: tuple[Target, ...]
    folds: tuple[tuple[float, ...], tuple[float, ...]]

    @property
    def format_name(self) -> str:
        """ "A3 quer"."""
        return f"{self.paper.name} {'quer' if self.landscape else 'hoch'}"
