"""Satzspiegel des Stimmzettels: where every box, name and fold lies.

Computed once and frozen. The ballot and the template for blind voters are drawn from the same layout, so that hole meets box.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import ceil
from typing import NamedTuple

from beiratswahl.documents import line_breaks, typeface
from beiratswahl.documents.ballot_geometry import (
    A2,
    DENSITIES,
    PAPERS,
    READABLE,
    BallotLayout,
    Block,
    Column,
    Density,
    Head,
    Paper,
    Row,
    Target,
)
from beiratswahl.documents.ballot_sheet import BallotList, BallotPerson, BallotSheet, instructions
from beiratswahl.documents.line_breaks import BOLD, MM_PER_POINT, STRONG, WordTooWide
from beiratswahl.law.rules import System

LEADING = 1.2  # line height as multiple of the type size
WRITE_IN_HEIGHT = 10.0  # mm, room for handwriting
MOST_TIERS = 3
ROW_AIR = 0.8  # mm above and below the words of a row together
FOLDED = (148.0, 210.0)  # A5: what goes into an envelope C5
AFTER_NUMBER = "\u00a0\u00a0"
CORNER = 8.0  # mm cut off at the upper right, so that blind voters put the template on the right way round [G]


class BallotTooLarge(ValueError):
    """The ballot fits on no paper up to A2; the German text says what does not fit, by how much, and what can be done."""


class _Plan(NamedTuple):
    """A try: paper as it lies, density, tiers of lists, columns inside a frame, whether rows side by side get one height."""

    paper: Paper
    landscape: bool
    density: Density
    tiers: int
    columns: int
    aligned: bool


class _Part(NamedTuple):
    """A frame to be: head and rows, not yet placed."""

    label: str
    keyword: str
    number: int | None
    persons: tuple[BallotPerson | None, ...]


class _Overflow(ValueError):
    def __init__(self, missing: float) -> None:
        super().__init__(f"{missing:.1f} mm")
        self.missing = missing


def lay_out(sheet: BallotSheet) -> BallotLayout:
    """Satzspiegel berechnen: the smallest paper on which names stay readable, on it the largest type.

    Raises:
        BallotTooLarge: not even A2 with the smallest type holds it.
    """
    for plan in _plans(sheet):
        try:
            return _placed(sheet, plan)
        except (WordTooWide, _Overflow):
            continue
    raise BallotTooLarge(_reasons(sheet))


def _plans(sheet: BallotSheet) -> Iterator[_Plan]:
    """Side by side before one above the other, readable before small, a small paper before a large one, rows on one line before not."""
    readable = [of for of in DENSITIES if of.names >= READABLE]
    if sheet.system is System.MAJORITY:
        for papers, densities in ((PAPERS, readable), ((A2,), DENSITIES)):
            for paper in papers:
                yield from (_Plan(paper, False, density, 1, columns, True) for columns in (1, 2, 3) for density in densities)
        return
    for tiers in range(1, min(MOST_TIERS, len(sheet.lists)) + 1):
        for paper in PAPERS:
            yield from (plan for density in readable for plan in _arrangements(paper, density, tiers))
    for density in DENSITIES[len(readable) :]:
        for tiers in range(1, min(MOST_TIERS, len(sheet.lists)) + 1):
            yield from _arrangements(A2, density, tiers)


def _arrangements(paper: Paper, density: Density, tiers: int) -> Iterator[_Plan]:
    wide = paper._replace(width=paper.height, height=paper.width)
    for aligned in (True, False):
        yield _Plan(wide, True, density, tiers, 1, aligned)
        yield _Plan(paper, False, density, tiers, 1, aligned)


def _placed(sheet: BallotSheet, plan: _Plan) -> BallotLayout:
    if plan.density.names < READABLE:  # where names are small, the head leaves them its room
        plan = plan._replace(paper=plan.paper._replace(title=2 * plan.density.names + 4, text=plan.density.names + 2))
    head = _head(sheet, plan)
    paper, density = plan.paper, plan.density
    tiers = _tiers(sheet, plan)
    _refuse_hopeless(tiers, plan, paper.height - 2 * paper.margin - head.height)
    across = max(len(tier) for tier in tiers)
    width = (paper.width - 2 * paper.margin - (across - 1) * density.gutter) / across
    blocks = [[_block(part, width, plan, sheet) for part in tier] for tier in tiers]
    blocks = [_evened(tier, plan.aligned) for tier in blocks]
    top = paper.margin + head.height + density.gutter
    free = paper.height - paper.margin - top - (len(blocks) - 1) * density.gutter - sum(tier[0].height for tier in blocks)
    if free < 0:
        raise _Overflow(-free)
    blocks = _stretched(blocks, free)
    placed: list[Block] = []
    y = top
    for tier in blocks:
        placed += [_moved(block, paper.margin + at * (width + density.gutter), y) for at, block in enumerate(tier)]
        y += tier[0].height + density.gutter
    targets = tuple(target for block in placed for target in _targets(block, sheet, density))
    return BallotLayout(paper, plan.landscape, density, head, tuple(placed), targets, _folds(paper))


def _refuse_hopeless(tiers: list[list[_Part]], plan: _Plan, height: float) -> None:
    """Before any name is measured: rows of least height alone are too much."""
    rows = sum(max(ceil(len(part.persons) / plan.columns) for part in tier) for tier in tiers)
    if rows * plan.density.row > height:
        raise _Overflow(rows * plan.density.row - height)


def _head(sheet: BallotSheet, plan: _Plan) -> Head:
    paper = plan.paper
    inner = paper.width - 2 * paper.margin
    beside = plan.landscape
    title_width = inner * 0.42 - 6 if beside else inner - CORNER - 14
    subtitle = line_breaks.broken(f"für die Wahl des {sheet.council_genitive}", paper.text * 1.25, title_width, STRONG)
    title_height = _high(paper.title) + (len(subtitle) + 1) * _high(paper.text * 1.25) + 2
    box_width = inner * 0.58 if beside else inner
    advice = tuple(line_breaks.broken(text, paper.text, box_width - 10) for text in instructions(sheet))
    box_height = _high(paper.title * 0.85) + sum(len(lines) * _high(paper.text) + 0.8 for lines in advice) + 4
    box_x = paper.margin + inner * 0.42 if beside else paper.margin
    box_y = paper.margin if beside else paper.margin + title_height + 2
    height = max(title_height, box_height) if beside else title_height + 2 + box_height
    votes = "Sie haben eine Stimme." if sheet.votes == 1 else f"Sie haben {sheet.votes} Stimmen."
    return Head(subtitle, votes, advice, _mm(box_x), _mm(box_y), _mm(box_width), _mm(box_height), _mm(height))


def _tiers(sheet: BallotSheet, plan: _Plan) -> list[list[_Part]]:
    parts = [_Part(f"Wahlvorschlag {of.number}", of.keyword, of.number if sheet.list_mark else None, of.persons) for of in sheet.lists]
    if sheet.system is System.MAJORITY:
        if sheet.persons:
            parts.append(_Part("Bewerberinnen und Bewerber", "", None, sheet.persons))
        if sheet.write_in_lines:
            free = (None,) * sheet.write_in_lines
            parts.append(_Part("Andere wählbare Personen (Familienname, Vorname, wenn nötig Beruf, Alter, Anschrift)", "", None, free))
        return [[part] for part in parts]
    each = ceil(len(parts) / plan.tiers)
    return [parts[start : start + each] for start in range(0, len(parts), each)]


def _block(part: _Part, width: float, plan: _Plan, sheet: BallotSheet) -> Block:
    density = plan.density
    pad = _pad(density)
    label = " ".join(line_breaks.broken(part.label, density.names * 0.9, width - 2 * pad, STRONG)) if not part.keyword else part.label
    heading, lead = _heading(part, width - 2 * pad, density)
    head = lead + len(heading) * _high(density.names * 1.15) + 2 * pad
    head = max(head, density.circle + 2 * pad) if part.number is not None else head
    across = min(plan.columns, 2) if None in part.persons else plan.columns
    each = max(1, ceil(len(part.persons) / across))
    column_width = width / across
    room = _name_room(column_width, sheet, density)
    columns = tuple(
        Column(
            at * column_width,
            column_width,
            tuple(_row(person, room, sheet, density) for person in part.persons[start : start + each]),
        )
        for at, start in enumerate(range(0, len(part.persons), each))
    )
    return Block(label, heading, part.number, 0, 0, width, 0, head, _mm(lead), columns)


def _heading(part: _Part, room: float, density: Density) -> tuple[tuple[str, ...], float]:
    """The Kennwort in lines and the height of the label above it; beside the circle, or below it where a word needs the whole width."""
    label, size = _high(density.names * 0.9), density.names * 1.15
    if not part.keyword:
        return (), label
    if part.number is None:
        return line_breaks.broken(part.keyword, size, room, BOLD), label
    try:
        return line_breaks.broken(part.keyword, size, room - density.circle - 1, BOLD), label
    except WordTooWide:
        return line_breaks.broken(part.keyword, size, room, BOLD), max(label, density.circle + 1)


def _row(person: BallotPerson | None, room: float, sheet: BallotSheet, density: Density) -> Row:
    if person is None:
        return Row("", (), 0, 0, max(WRITE_IN_HEIGHT, density.row))
    name = line_breaks.broken(person.name, density.names, room)
    note = line_breaks.broken(person.note, density.names * 0.8, room) if person.note else ()
    lines = name * (person.named if sheet.system is System.PROPORTIONAL else 1)
    height = (len(lines) + len(note)) * _high(density.names) + ROW_AIR
    return Row(person.number, (*lines, *note), len(note), 0, max(height, density.row))


def _evened(tier: list[Block], aligned: bool) -> list[Block]:
    """Heads and frames side by side get the same height, and the rows too where they are aligned."""
    columns = [column for block in tier for column in block.columns]
    if aligned:
        longest = max(len(column.rows) for column in columns)
        common = [max(of.rows[at].height for of in columns if at < len(of.rows)) for at in range(longest)]
        tier = [replace(block, columns=tuple(_with_heights(of, common) for of in block.columns)) for block in tier]
        columns = [column for block in tier for column in block.columns]
    head = max(block.head for block in tier)
    height = head + max(sum(row.height for row in column.rows) for column in columns)
    return [replace(block, head=head, height=height) for block in tier]


def _with_heights(column: Column, heights: Iterable[float]) -> Column:
    return replace(column, rows=tuple(replace(row, height=height) for row, height in zip(column.rows, heights, strict=False)))


def _stretched(tiers: list[list[Block]], free: float) -> list[list[Block]]:
    """Spare height goes to the rows, up to a third of what they have."""
    factor = 1 + min(free / sum(tier[0].height - tier[0].head for tier in tiers), 1 / 3)
    return [
        [
            replace(
                block,
                height=block.head + (block.height - block.head) * factor,
                columns=tuple(_with_heights(column, [row.height * factor for row in column.rows]) for column in block.columns),
            )
            for block in tier
        ]
        for tier in tiers
    ]


def _moved(block: Block, x: float, y: float) -> Block:
    columns = []
    for column in block.columns:
        at, rows = y + block.head, []
        for row in column.rows:
            rows.append(replace(row, y=_mm(at), height=_mm(row.height)))
            at += row.height
        columns.append(Column(_mm(x + column.x), _mm(column.width), tuple(rows)))
    return replace(
        block, x=_mm(x), y=_mm(y), width=_mm(block.width), height=_mm(block.height), head=_mm(block.head), columns=tuple(columns)
    )


def _targets(block: Block, sheet: BallotSheet, density: Density) -> Iterator[Target]:
    pad = _pad(density)
    if block.number is not None:
        x = block.x + block.width - pad - density.circle
        yield Target(str(block.number), True, _mm(x), _mm(block.y + pad), density.circle)
    for column in block.columns:
        first = column.x + column.width - pad - _boxes_width(sheet, density)
        for row in column.rows:
            if row.number:
                y = _mm(row.y + (row.height - density.box) / 2)
                for at in range(sheet.votes_per_person):
                    yield Target(row.number, False, _mm(first + at * (density.box + density.gap)), y, density.box)


def _folds(paper: Paper) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Halve the sheet until it is A5; marks on the top edge, then on the left edge."""
    short, long = sorted((paper.width, paper.height))
    parts = (round(short / FOLDED[0]), round(long / FOLDED[1]))
    down, across = parts if paper.width < paper.height else parts[::-1]
    marks = [[_mm(length * at / number) for at in range(1, number)] for length, number in ((paper.width, down), (paper.height, across))]
    return tuple(marks[0]), tuple(marks[1])


def _reasons(sheet: BallotSheet) -> str:
    density = DENSITIES[-1]
    plan = [plan for plan in _plans(sheet) if plan.density is density and plan.tiers == 1 and plan.landscape][-1:]
    plan = plan or [plan for plan in _plans(sheet) if plan.density is density][-1:]
    try:
        _placed(sheet, plan[0])
        found = ""
    except _Overflow as overflow:
        found = f"In der Höhe fehlen {ceil(overflow.missing)} mm ({_longest(sheet)})."
    except WordTooWide:
        found = _too_wide(sheet, plan[0])
    return (
        f"Der Stimmzettel passt selbst auf A2 mit {density.names:g} Punkt Schriftgröße nicht. {found} "
        "Kürzen Sie mit den Vertrauenspersonen die genannten Angaben (nur den Rufnamen, ein kürzeres Kennwort) oder lassen Sie den "
        "Stimmzettel auf einem größeren Bogen drucken; eine kleinere Schrift wäre für viele nicht mehr lesbar."
    )


def _longest(sheet: BallotSheet) -> str:
    longest = max((*sheet.lists, BallotList(0, "", sheet.persons)), key=lambda of: sum(person.named for person in of.persons))
    namings = sum(person.named for person in longest.persons)
    name = f"Wahlvorschlag {longest.number} „{longest.keyword}“ hat" if longest.number else "es sind"
    return f"{name} {len(longest.persons)} Personen mit {namings} Nennungen"


def _too_wide(sheet: BallotSheet, plan: _Plan) -> str:
    parts = _tiers(sheet, plan)
    across = max(len(tier) for tier in parts)
    width = (plan.paper.width - 2 * plan.paper.margin - (across - 1) * plan.density.gutter) / across
    room = _name_room(width / plan.columns, sheet, plan.density)
    wide = []
    for part in (part for tier in parts for part in tier):
        try:
            _block(part._replace(persons=()), width, plan, sheet)
        except WordTooWide as word:
            wide.append(f"Kennwort „{part.keyword}“ (das Wort „{word.word}“ braucht {word.needed:.0f} mm)")
        for person in part.persons:
            try:
                _row(person, room, sheet, plan.density)
            except WordTooWide as word:
                wide.append(f"Nr. {person.number if person else ''} „{word.word}“ ({word.needed:.0f} mm)")
    shown = "; ".join(wide[:10]) + (f"; und {len(wide) - 10} weitere" if len(wide) > 10 else "")
    return f"Bei {len(sheet.lists)} Wahlvorschlägen bleiben für einen Namen {max(room, 0):.0f} mm in der Breite. Zu breit sind: {shown}."


def _name_room(width: float, sheet: BallotSheet, density: Density) -> float:
    """Width that is left for a name in a column of a width, in mm."""
    return width - number_width(sheet, density) - _boxes_width(sheet, density) - 3 * _pad(density)


def number_width(sheet: BallotSheet, density: Density) -> float:
    """Breite der Nummern: room for the longest one and the space after it, in mm; all digits are of one width."""
    longest = max(map(len, sheet.numbers), default=0)
    return typeface.width_of("0" * longest + AFTER_NUMBER) * density.names * MM_PER_POINT


def _boxes_width(sheet: BallotSheet, density: Density) -> float:
    return sheet.votes_per_person * (density.box + density.gap) - density.gap


def _pad(density: Density) -> float:
    return density.names * 0.17


def _high(size: float) -> float:
    return size * MM_PER_POINT * LEADING


def _mm(value: float) -> float:
    return round(value, 2)
