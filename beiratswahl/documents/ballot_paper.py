"""Stimmzettel drucken: one page, drawn from its layout. All ballots of an election are the same bytes."""

from base64 import b64encode

from markupsafe import Markup

from beiratswahl.documents import ballot_layout, press
from beiratswahl.documents.ballot_layout import LEADING, BallotLayout, Block, Row
from beiratswahl.documents.ballot_sheet import BallotSheet
from beiratswahl.documents.line_breaks import MM_PER_POINT

FRAME, RULE, BOX, MARK = 0.45, 0.12, 0.3, 0.2  # widths of lines in mm
FIGURE_SPACE = "\u2007"  # as wide as a digit
FOLD_MARK = 4.0  # mm


def print_ballot(sheet: BallotSheet) -> bytes:
    """Stimmzettel drucken.

    Source: §§ 29, 30 KWG: official, uniform paper and size per Stimmbezirk [V]; the form of the Landeswahlleiter was not seen [G].

    Args:
        sheet: what is printed; nothing in it or in the file differs from ballot to ballot.

    Returns:
        Bytes of a one-page PDF, the same for the same sheet.

    Raises:
        BallotTooLarge: not even A2 with the smallest type holds it.
        typeface.UnprintableCharacter: a name uses a script the fonts do not have.
    """
    return press.print_pdf(
        compose_ballot(sheet, ballot_layout.lay_out(sheet)),
        title=sheet.title,
        created_at_utc=sheet.created_at_utc,
        modified_at_utc=sheet.created_at_utc,
    )


def compose_ballot(sheet: BallotSheet, layout: BallotLayout) -> str:
    """Satz des Stimmzettels: the HTML that `print_ballot` prints."""
    rows = [row for block in layout.blocks for column in block.columns for row in column.rows]
    shapes = dict.fromkeys((row.height, len(row.lines)) for row in rows)
    names = layout.density.names
    digits = max(map(len, sheet.numbers), default=1)
    number_width = ballot_layout.number_width(sheet, layout.density)
    return press.compose(
        "ballot_paper.html",
        sheet=sheet,
        layout=layout,
        title=sheet.title,
        picture=picture_address(drawing(layout)),
        classes={shape: f"k{place}" for place, shape in enumerate(shapes)},
        above=lambda height, lines: round((height - lines * names * MM_PER_POINT * LEADING) / 2, 2),
        leading=LEADING,
        title_height=round(layout.paper.title * MM_PER_POINT * LEADING, 2),
        pad=round(names * 0.17, 2),
        number_width=round(number_width, 2),
        indent=round(number_width + names * 0.17, 2),
        angle=35 if layout.landscape else 52,
        lined=lined,
        numbered=lambda number: f"{number:{FIGURE_SPACE}>{digits}}{ballot_layout.AFTER_NUMBER}",
        named=named,
    )


def drawing(layout: BallotLayout) -> str:
    """Zeichnung: frames, rules, boxes, circles, fold marks and the cut corner as one SVG picture without words."""
    paper = layout.paper
    frames = "".join(_frame(block) for block in layout.blocks)
    head = layout.head
    frames += _rectangle(head.box_x, head.box_y, head.box_width, head.box_height)
    boxes = "".join(_rectangle(of.x, of.y, of.size, of.size) for of in layout.targets if not of.whole_list)
    circles = "".join(
        f'<circle cx="{of.x + of.size / 2:.2f}" cy="{of.y + of.size / 2:.2f}" r="{of.size / 2:.2f}" fill="#fff" stroke="#000" '
        f'stroke-width="{BOX * 1.5}"/>'
        for of in layout.targets
        if of.whole_list
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {paper.width} {paper.height}" '
        f'width="{paper.width}mm" height="{paper.height}mm">'
        f"{_path(_rules(layout), RULE, '#555')}{_path(frames, FRAME)}{_path(boxes, BOX, fill='#fff')}{circles}"
        f"{_path(edge_marks(layout), MARK)}</svg>"
    )


def edge_marks(layout: BallotLayout) -> str:
    """Falzmarken and the corner that is cut off, as a path."""
    paper = layout.paper
    corner = ballot_layout.CORNER
    across, down = layout.folds
    ticks = "".join(f"M{x} 0v{FOLD_MARK}M{x} {paper.height}v-{FOLD_MARK}" for x in across)
    ticks += "".join(f"M0 {y}h{FOLD_MARK}M{paper.width} {y}h-{FOLD_MARK}" for y in down)
    return f"{ticks}M{paper.width - corner} 0l{corner} {corner}"


def picture_address(svg: str) -> str:
    """The picture inside the document."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def lined(lines: tuple[str, ...]) -> Markup:
    """Lines exactly as they were broken."""
    return Markup("<br>").join(lines)


def named(row: Row) -> Markup:
    """The lines of a name, then those of the note, small."""
    name = len(row.lines) - row.small
    return Markup("<br>").join([*row.lines[:name], *(Markup("<small>%s</small>") % line for line in row.lines[name:])])


def _frame(block: Block) -> str:
    inner = "".join(f"M{column.x} {block.y + block.head:.2f}v{block.height - block.head:.2f}" for column in block.columns[1:])
    return _rectangle(block.x, block.y, block.width, block.height) + f"M{block.x} {block.y + block.head:.2f}h{block.width}" + inner


def _rules(layout: BallotLayout) -> str:
    return "".join(
        f"M{column.x} {row.y}h{column.width}" for block in layout.blocks for column in block.columns for row in (*column.rows[1:],)
    )


def _rectangle(x: float, y: float, width: float, height: float) -> str:
    return f"M{x} {y}h{width}v{height}h-{width}z"


def _path(data: str, width: float, colour: str = "#000", fill: str = "none") -> str:
    return f'<path d="{data}" fill="{fill}" stroke="{colour}" stroke-width="{width}"/>'
