"""Stimmzettel drucken: one page, from its layout. All ballots of an election are the same bytes."""

from markupsafe import Markup

from beiratswahl.documents import ballot_layout, press
from beiratswahl.documents.ballot_blocks import LEADING, line_height, padding
from beiratswahl.documents.ballot_geometry import CORNER, BallotLayout, Block
from beiratswahl.documents.ballot_names import named_blocks, set_names
from beiratswahl.documents.ballot_sheet import BallotSheet
from beiratswahl.documents.line_drawing import Line, Pen, Rectangle, Shape, across, circle_in, down, drawn

FRAME, RULE, BOX, MARK = 0.45, 0.12, 0.3, 0.2  # widths of lines in mm
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
    layout = ballot_layout.lay_out(sheet)
    return press.print_pdf(
        compose_ballot(sheet, layout),
        title=sheet.title,
        created_at_utc=sheet.created_at_utc,
        modified_at_utc=sheet.created_at_utc,
        inlay=set_names(sheet, layout, drawing(layout)),
    )


def compose_ballot(sheet: BallotSheet, layout: BallotLayout) -> str:
    """Satz des Stimmzettels: the HTML of everything but the names, with an empty division for those of each frame."""
    return press.compose(
        "ballot_paper.html",
        sheet=sheet,
        layout=layout,
        title=sheet.title,
        named=named_blocks(layout),
        leading=LEADING,
        title_height=round(line_height(layout.paper.title), 2),
        pad=round(padding(layout.density), 2),
        angle=35 if layout.landscape else 52,
        lined=Markup("<br>").join,
    )


def drawing(layout: BallotLayout) -> bytes:
    """Zeichnung: frames, rules, boxes, circles, fold marks and the cut corner."""
    head = layout.head
    columns = [column for block in layout.blocks for column in block.columns]
    frames: list[Shape] = [Rectangle(head.box_x, head.box_y, head.box_width, head.box_height)]
    return drawn(
        layout.paper.height,
        [
            (Pen(RULE, 0.33), [across(column.x, row.y, column.width) for column in columns for row in column.rows[1:]]),
            (Pen(FRAME), [*frames, *(shape for block in layout.blocks for shape in _frame(block))]),
            (Pen(BOX, white_inside=True), [Rectangle(of.x, of.y, of.size, of.size) for of in layout.targets if not of.whole_list]),
            (Pen(BOX * 1.5, white_inside=True), [circle_in(of.x, of.y, of.size) for of in layout.targets if of.whole_list]),
            (Pen(MARK), edge_marks(layout)),
        ],
    )


def edge_marks(layout: BallotLayout) -> list[Shape]:
    """Falzmarken and the corner that is cut off."""
    width, height, corner = layout.paper.width, layout.paper.height, CORNER
    vertical, horizontal = layout.folds
    ticks: list[Shape] = [down(x, y, FOLD_MARK) for x in vertical for y in (0, height - FOLD_MARK)]
    ticks += [across(x, y, FOLD_MARK) for y in horizontal for x in (0, width - FOLD_MARK)]
    return [*ticks, Line(((width - corner, 0), (width, corner)))]


def _frame(block: Block) -> list[Shape]:
    below = block.y + block.head
    between: list[Shape] = [down(column.x, below, block.height - block.head) for column in block.columns[1:]]
    return [Rectangle(block.x, block.y, block.width, block.height), across(block.x, below, block.width), *between]
