"""Strichzeichnung: frames, boxes and circles on a sheet, drawn over its words and marked as decoration."""

from collections.abc import Iterable
from typing import NamedTuple

import pydyf

from beiratswahl.documents.line_breaks import MM_PER_POINT

ROUND = 0.5523  # control points at this part of the radius make four curves a circle


class Rectangle(NamedTuple):
    """Rechteck: upper left corner, width and height in mm."""

    x: float
    y: float
    width: float
    height: float


class Circle(NamedTuple):
    """Kreis: centre and radius in mm."""

    x: float
    y: float
    radius: float


class Line(NamedTuple):
    """Linienzug through points in mm."""

    points: tuple[tuple[float, float], ...]


Shape = Rectangle | Circle | Line


class Pen(NamedTuple):
    """Stift: width in mm, grey from 0 (black) to 1, and whether what it encloses becomes white."""

    width: float
    grey: float = 0.0
    white_inside: bool = False


def across(x: float, y: float, length: float) -> Line:
    """Waagerechte from a point to the right, in mm."""
    return Line(((x, y), (x + length, y)))


def down(x: float, y: float, length: float) -> Line:
    """Senkrechte from a point downwards, in mm."""
    return Line(((x, y), (x, y + length)))


def circle_in(x: float, y: float, size: float) -> Circle:
    """Kreis that fills a square, given by its upper left corner and its side in mm."""
    return Circle(x + size / 2, y + size / 2, size / 2)


def drawn(sheet_height: float, strokes: Iterable[tuple[Pen, Iterable[Shape]]]) -> bytes:
    """Zeichnung as the operators of a page, marked as an artifact: it holds nothing to be read aloud.

    Source: ISO 14289-1, 7.1: content that is not real content is marked as an artifact.

    Args:
        sheet_height: height of the sheet in mm; shapes count from its upper left corner downwards.
        strokes: pens with their shapes, the last on top.
    """
    out = pydyf.Stream()
    out.begin_marked_content("Artifact")
    out.push_state()
    out.set_matrix(1 / MM_PER_POINT, 0, 0, -1 / MM_PER_POINT, 0, sheet_height / MM_PER_POINT)
    for pen, shapes in strokes:
        out.set_line_width(pen.width)
        out.set_color_rgb(pen.grey, pen.grey, pen.grey, stroke=True)
        out.set_color_rgb(1, 1, 1)
        for shape in shapes:
            _outline(out, shape)
        if pen.white_inside:
            out.fill_and_stroke()
        else:
            out.stroke()
    out.pop_state()
    out.end_marked_content()
    return b"\n".join(line if isinstance(line, bytes) else line.encode("ascii") for line in out.stream)


def _outline(out: pydyf.Stream, shape: Shape) -> None:
    match shape:
        case Rectangle(x, y, width, height):
            out.rectangle(x, y, width, height)
        case Circle(x, y, radius):
            bend = ROUND * radius
            out.move_to(x + radius, y)
            out.curve_to(x + radius, y + bend, x + bend, y + radius, x, y + radius)
            out.curve_to(x - bend, y + radius, x - radius, y + bend, x - radius, y)
            out.curve_to(x - radius, y - bend, x - bend, y - radius, x, y - radius)
            out.curve_to(x + bend, y - radius, x + radius, y - bend, x + radius, y)
            out.close()
        case Line(points):
            out.move_to(*points[0])
            for point in points[1:]:
                out.line_to(*point)
