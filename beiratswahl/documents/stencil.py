"""Stimmzettelschablone: the template with which blind voters mark the ballot themselves, from the same layout as the ballot."""

from dataclasses import dataclass

from beiratswahl import csv_files
from beiratswahl.documents import ballot_layout, press
from beiratswahl.documents.ballot_geometry import CORNER, BallotLayout, Target
from beiratswahl.documents.ballot_paper import edge_marks
from beiratswahl.documents.ballot_sheet import BallotSheet, instructions
from beiratswahl.documents.inlay import Inlay
from beiratswahl.documents.line_drawing import Line, Pen, Rectangle, circle_in, drawn
from beiratswahl.law.rules import System

CLEARANCE = 0.3  # mm around each box, so that a pen reaches its edges and the bar to the next hole stays


@dataclass(frozen=True, slots=True)
class Hole:
    """Loch: what is cut out, in mm from the upper left corner of the ballot.

    Attributes:
        label: number of the person or of the list.
        place: which of the boxes of that person, from 1.
        whole_list: True for the round hole of a list.
        x, y, size: upper left corner and side or diameter.
    """

    label: str
    place: int
    whole_list: bool
    x: float
    y: float
    size: float


def holes(layout: BallotLayout) -> tuple[Hole, ...]:
    """Löcher: one over every box and circle of the ballot, in reading order."""
    found: list[Hole] = []
    for target in layout.targets:
        last = found[-1] if found else None
        again = last is not None and (last.label, last.whole_list) == (target.label, target.whole_list)
        found.append(_hole(target, last.place + 1 if last and again else 1))
    return tuple(found)


def print_stencil(sheet: BallotSheet) -> bytes:
    """Schablone drucken: page 1 in the size of the ballot for punching, then the words to read aloud, with a list of holes inside.

    Source: no text of KWG or KWO on templates was seen; cut corner at the upper right after § 45 BWO [G].

    Args:
        sheet: the same sheet as for the ballot.

    Raises:
        BallotTooLarge: the ballot fits on no paper.
    """
    layout = ballot_layout.lay_out(sheet)
    return press.print_pdf(
        compose_stencil(sheet, layout),
        title=f"Stimmzettelschablone für die Wahl des {sheet.council_genitive}",
        created_at_utc=sheet.created_at_utc,
        modified_at_utc=sheet.created_at_utc,
        attachments=[press.Enclosure("loecher.csv", "Lage der Löcher in Millimetern von der linken oberen Ecke", hole_list(layout))],
        inlay=Inlay(_drawing(layout, holes(layout))),
    )


def compose_stencil(sheet: BallotSheet, layout: BallotLayout) -> str:
    """Satz der Schablone."""
    punched = holes(layout)
    return press.compose(
        "stencil.html",
        sheet=sheet,
        layout=layout,
        title=f"Stimmzettelschablone für die Wahl des {sheet.council_genitive}",
        labels=[hole for hole in punched if hole.place == 1],
        advice=instructions(sheet),
        spoken=spoken_names(sheet),
    )


def spoken_names(sheet: BallotSheet) -> dict[str, str]:
    """Words to read aloud for each number: the name, how often the list names the person, who nominated the person."""
    times = {1: "", 2: ", zweimal genannt", 3: ", dreimal genannt"}
    persons = (*(person for of in sheet.lists for person in of.persons), *sheet.persons)
    proportional = sheet.system is System.PROPORTIONAL
    return {
        person.number: person.name + (times[person.named] if proportional else "") + (f", {person.note}" if person.note else "")
        for person in persons
    }


def hole_list(layout: BallotLayout) -> bytes:
    """Lochliste as CSV for a cutting machine."""
    columns = ("form", "nummer", "feld", "x_mm", "y_mm", "groesse_mm")
    return csv_files.table(columns, (_cells(hole) for hole in holes(layout)), marked=True)


def _cells(hole: Hole) -> tuple[object, ...]:
    numbers = (f"{value:.2f}".replace(".", ",") for value in (hole.x, hole.y, hole.size))
    return ("Kreis" if hole.whole_list else "Quadrat", hole.label, hole.place, *numbers)


def _hole(target: Target, place: int) -> Hole:
    x, y, size = target.x - CLEARANCE, target.y - CLEARANCE, target.size + 2 * CLEARANCE
    return Hole(target.label, place, target.whole_list, round(x, 2), round(y, 2), round(size, 2))


def _drawing(layout: BallotLayout, punched: tuple[Hole, ...]) -> bytes:
    width, height, corner = layout.paper.width, layout.paper.height, CORNER
    outline = Line(((0, 0), (width - corner, 0), (width, corner), (width, height), (0, height), (0, 0)))
    squares = [Rectangle(of.x, of.y, of.size, of.size) for of in punched if not of.whole_list]
    circles = [circle_in(of.x, of.y, of.size) for of in punched if of.whole_list]
    return drawn(height, [(Pen(0.4), [outline]), (Pen(0.3), [*squares, *circles]), (Pen(0.2), edge_marks(layout))])
