"""Satzspiegel des Stimmzettels: where every box, name and fold lies.

Computed once and frozen. The ballot and the template for blind voters are drawn from the same layout, so that hole meets box.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import ceil

from beiratswahl.documents.ballot_blocks import Part, Plan, block_of, boxes_width, head_of, mm, name_room, padding, row_of, tiers_of
from beiratswahl.documents.ballot_geometry import A2, DENSITIES, PAPERS, READABLE, BallotLayout, Block, Column, Density, Paper, Target
from beiratswahl.documents.ballot_sheet import BallotList, BallotSheet
from beiratswahl.documents.line_breaks import WordTooWide
from beiratswahl.law.rules import System

MOST_TIERS = 3
FOLDED = (148.0, 210.0)  # A5: what goes into an envelope C5


class BallotTooLarge(ValueError):
    """The ballot fits on no paper up to A2; the German text says what does not fit, by how much, and what can be done."""


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


def _plans(sheet: BallotSheet) -> Iterator[Plan]:
    """Side by side before one above the other, readable before small, a small paper before a large one, rows on one line before not."""
    readable = [of for of in DENSITIES if of.names >= READABLE]
    if sheet.system is System.MAJORITY:
        for papers, densities in ((PAPERS, readable), ((A2,), DENSITIES)):
            for paper in papers:
                yield from (Plan(paper, False, density, 1, columns, True) for columns in (1, 2, 3) for density in densities)
        return
    for tiers in range(1, min(MOST_TIERS, len(sheet.lists)) + 1):
        for paper in PAPERS:
            yield from (plan for density in readable for plan in _arrangements(paper, density, tiers))
    for density in DENSITIES[len(readable) :]:
        for tiers in range(1, min(MOST_TIERS, len(sheet.lists)) + 1):
            yield from _arrangements(A2, density, tiers)


def _arrangements(paper: Paper, density: Density, tiers: int) -> Iterator[Plan]:
    wide = paper._replace(width=paper.height, height=paper.width)
    for aligned in (True, False):
        yield Plan(wide, True, density, tiers, 1, aligned)
        yield Plan(paper, False, density, tiers, 1, aligned)


def _placed(sheet: BallotSheet, plan: Plan) -> BallotLayout:
    if plan.density.names < READABLE:  # where names are small, the head leaves them its room
        plan = plan._replace(paper=plan.paper._replace(title=2 * plan.density.names + 4, text=plan.density.names + 2))
    head = head_of(sheet, plan)
    paper, density = plan.paper, plan.density
    tiers = tiers_of(sheet, plan)
    _refuse_hopeless(tiers, plan, paper.height - 2 * paper.margin - head.height)
    across = max(len(tier) for tier in tiers)
    width = (paper.width - 2 * paper.margin - (across - 1) * density.gutter) / across
    blocks = [[block_of(part, width, plan, sheet) for part in tier] for tier in tiers]
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


def _refuse_hopeless(tiers: list[list[Part]], plan: Plan, height: float) -> None:
    """Before any name is measured: rows of least height alone are too much."""
    rows = sum(max(ceil(len(part.persons) / plan.columns) for part in tier) for tier in tiers)
    if rows * plan.density.row > height:
        raise _Overflow(rows * plan.density.row - height)


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
            rows.append(replace(row, y=mm(at), height=mm(row.height)))
            at += row.height
        columns.append(Column(mm(x + column.x), mm(column.width), tuple(rows)))
    return replace(block, x=mm(x), y=mm(y), width=mm(block.width), height=mm(block.height), head=mm(block.head), columns=tuple(columns))


def _targets(block: Block, sheet: BallotSheet, density: Density) -> Iterator[Target]:
    pad = padding(density)
    if block.number is not None:
        x = block.x + block.width - pad - density.circle
        yield Target(str(block.number), True, mm(x), mm(block.y + pad), density.circle)
    for column in block.columns:
        first = column.x + column.width - pad - boxes_width(sheet, density)
        for row in column.rows:
            if row.number:
                y = mm(row.y + (row.height - density.box) / 2)
                for at in range(sheet.votes_per_person):
                    yield Target(row.number, False, mm(first + at * (density.box + density.gap)), y, density.box)


def _folds(paper: Paper) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Halve the sheet until it is A5; marks on the top edge, then on the left edge."""
    short, long = sorted((paper.width, paper.height))
    parts = (round(short / FOLDED[0]), round(long / FOLDED[1]))
    down, across = parts if paper.width < paper.height else parts[::-1]
    marks = [[mm(length * at / number) for at in range(1, number)] for length, number in ((paper.width, down), (paper.height, across))]
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


def _too_wide(sheet: BallotSheet, plan: Plan) -> str:
    parts = tiers_of(sheet, plan)
    across = max(len(tier) for tier in parts)
    width = (plan.paper.width - 2 * plan.paper.margin - (across - 1) * plan.density.gutter) / across
    room = name_room(width / plan.columns, sheet, plan.density)
    wide = []
    for part in (part for tier in parts for part in tier):
        try:
            block_of(part._replace(persons=()), width, plan, sheet)
        except WordTooWide as word:
            wide.append(f"Kennwort „{part.keyword}“ (das Wort „{word.word}“ braucht {word.needed:.0f} mm)")
        for person in part.persons:
            try:
                row_of(person, room, sheet, plan.density)
            except WordTooWide as word:
                wide.append(f"Nr. {person.number if person else ''} „{word.word}“ ({word.needed:.0f} mm)")
    shown = "; ".join(wide[:10]) + (f"; und {len(wide) - 10} weitere" if len(wide) > 10 else "")
    return f"Bei {len(sheet.lists)} Wahlvorschlägen bleiben für einen Namen {max(room, 0):.0f} mm in der Breite. Zu breit sind: {shown}."
