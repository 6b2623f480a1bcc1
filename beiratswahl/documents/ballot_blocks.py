"""Rahmen und Kopf des Stimmzettels: every text broken into the lines it needs, every row and frame as high as its lines, not yet placed."""

from math import ceil
from typing import NamedTuple

from beiratswahl.documents import line_breaks, typeface
from beiratswahl.documents.ballot_geometry import CORNER, Block, Column, Density, Head, Paper, Row
from beiratswahl.documents.ballot_sheet import BallotPerson, BallotSheet, instructions
from beiratswahl.documents.line_breaks import BOLD, MM_PER_POINT, STRONG, WordTooWide
from beiratswahl.law.rules import System

LEADING = 1.2  # line height as multiple of the type size
NOTE = 0.8  # size of a note as multiple of the size of names
WRITE_IN_HEIGHT = 10.0  # mm, room for handwriting
ROW_AIR = 0.8  # mm above and below the words of a row together
AFTER_NUMBER = "\u00a0\u00a0"


class Plan(NamedTuple):
    """Versuch: paper as it lies, density, tiers of lists, columns inside a frame, whether rows side by side get one height."""

    paper: Paper
    landscape: bool
    density: Density
    tiers: int
    columns: int
    aligned: bool


class Part(NamedTuple):
    """Inhalt of a frame to be: label, Kennwort, number that can be marked, persons; None is a free line."""

    label: str
    keyword: str
    number: int | None
    persons: tuple[BallotPerson | None, ...]


def head_of(sheet: BallotSheet, plan: Plan) -> Head:
    """Kopf: title and frame with votes and instructions, side by side on a sheet that lies across.

    Raises:
        WordTooWide: the name of the council has a word wider than the title may be.
    """
    paper = plan.paper
    inner = paper.width - 2 * paper.margin
    beside = plan.landscape
    title_width = inner * 0.42 - 6 if beside else inner - CORNER - 14
    subtitle = line_breaks.broken(f"für die Wahl des {sheet.council_genitive}", paper.text * 1.25, title_width, STRONG)
    title_height = line_height(paper.title) + (len(subtitle) + 1) * line_height(paper.text * 1.25) + 2
    box_width = inner * 0.58 if beside else inner
    advice = tuple(line_breaks.broken(text, paper.text, box_width - 10) for text in instructions(sheet))
    box_height = line_height(paper.title * 0.85) + sum(len(lines) * line_height(paper.text) + 0.8 for lines in advice) + 4
    box_x = paper.margin + inner * 0.42 if beside else paper.margin
    box_y = paper.margin if beside else paper.margin + title_height + 2
    height = max(title_height, box_height) if beside else title_height + 2 + box_height
    votes = "Sie haben eine Stimme." if sheet.votes == 1 else f"Sie haben {sheet.votes} Stimmen."
    return Head(subtitle, votes, advice, mm(box_x), mm(box_y), mm(box_width), mm(box_height), mm(height))


def tiers_of(sheet: BallotSheet, plan: Plan) -> list[list[Part]]:
    """Reihen of frames: the lists side by side in one or more tiers; in Mehrheitswahl one frame below the other."""
    parts = [Part(f"Wahlvorschlag {of.number}", of.keyword, of.number if sheet.list_mark else None, of.persons) for of in sheet.lists]
    if sheet.system is System.MAJORITY:
        if sheet.persons:
            parts.append(Part("Bewerberinnen und Bewerber", "", None, sheet.persons))
        if sheet.write_in_lines:
            free = (None,) * sheet.write_in_lines
            parts.append(Part("Andere wählbare Personen (Familienname, Vorname, wenn nötig Beruf, Alter, Anschrift)", "", None, free))
        return [[part] for part in parts]
    each = ceil(len(parts) / plan.tiers)
    return [parts[start : start + each] for start in range(0, len(parts), each)]


def block_of(part: Part, width: float, plan: Plan, sheet: BallotSheet) -> Block:
    """Rahmen with its rows, at the upper left corner of nowhere and of no height yet.

    Raises:
        WordTooWide: a word of the Kennwort, of a name or of a note is wider than its room.
    """
    density = plan.density
    pad = padding(density)
    label = " ".join(line_breaks.broken(part.label, density.names * 0.9, width - 2 * pad, STRONG)) if not part.keyword else part.label
    heading, lead = _heading(part, width - 2 * pad, density)
    head = lead + len(heading) * line_height(density.names * 1.15) + 2 * pad
    head = max(head, density.circle + 2 * pad) if part.number is not None else head
    across = min(plan.columns, 2) if None in part.persons else plan.columns
    each = max(1, ceil(len(part.persons) / across))
    column_width = width / across
    room = name_room(column_width, sheet, density)
    columns = tuple(
        Column(
            at * column_width,
            column_width,
            tuple(row_of(person, room, sheet, density) for person in part.persons[start : start + each]),
        )
        for at, start in enumerate(range(0, len(part.persons), each))
    )
    return Block(label, heading, part.number, 0, 0, width, 0, head, mm(lead), columns)


def _heading(part: Part, room: float, density: Density) -> tuple[tuple[str, ...], float]:
    """The Kennwort in lines and the height of the label above it; beside the circle, or below it where a word needs the whole width."""
    label, size = line_height(density.names * 0.9), density.names * 1.15
    if not part.keyword:
        return (), label
    if part.number is None:
        return line_breaks.broken(part.keyword, size, room, BOLD), label
    try:
        return line_breaks.broken(part.keyword, size, room - density.circle - 1, BOLD), label
    except WordTooWide:
        return line_breaks.broken(part.keyword, size, room, BOLD), max(label, density.circle + 1)


def row_of(person: BallotPerson | None, room: float, sheet: BallotSheet, density: Density) -> Row:
    """Zeile of a person, or a free line for None.

    Args:
        person: who.
        room: width for the name in mm.
        sheet: the ballot.
        density: sizes.

    Raises:
        WordTooWide: a word is wider than the room.
    """
    if person is None:
        return Row("", (), 0, 0, max(WRITE_IN_HEIGHT, density.row))
    name = line_breaks.broken(person.name, density.names, room)
    note = line_breaks.broken(person.note, density.names * NOTE, room) if person.note else ()
    lines = name * (person.named if sheet.system is System.PROPORTIONAL else 1)
    height = (len(lines) + len(note)) * line_height(density.names) + ROW_AIR
    return Row(person.number, (*lines, *note), len(note), 0, max(height, density.row))


def name_room(width: float, sheet: BallotSheet, density: Density) -> float:
    """Width that is left for a name in a column of a width, in mm."""
    return width - number_width(sheet, density) - boxes_width(sheet, density) - 3 * padding(density)


def number_width(sheet: BallotSheet, density: Density) -> float:
    """Breite der Nummern: room for the longest one and the space after it, in mm; all digits are of one width."""
    longest = max(map(len, sheet.numbers), default=0)
    return typeface.width_of("0" * longest + AFTER_NUMBER) * density.names * MM_PER_POINT


def boxes_width(sheet: BallotSheet, density: Density) -> float:
    """Breite der Kästchen of one person with the space between them, in mm."""
    return sheet.votes_per_person * (density.box + density.gap) - density.gap


def padding(density: Density) -> float:
    """Innenabstand of a frame on the left and right, in mm."""
    return density.names * 0.17


def line_height(size: float) -> float:
    """Zeilenhöhe in mm of a type size in points."""
    return size * MM_PER_POINT * LEADING


def mm(value: float) -> float:
    """A length as it is printed, in hundredths of a millimetre."""
    return round(value, 2)
