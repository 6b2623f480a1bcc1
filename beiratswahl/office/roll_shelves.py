"""The shelves of the roll as a book: one row of links on each of its pages."""

from typing import NamedTuple

from flask.typing import ResponseReturnValue

from beiratswahl.office.frame import show


class Shelf(NamedTuple):
    """Seite des Buchs: its name in the row of links and the page it opens."""

    title: str
    endpoint: str


ENTRIES = Shelf("Einträge", "office.roll_book")
DISTRICTS = Shelf("Zuordnung", "office.register_districts")
CERTIFICATES = Shelf("Wahlscheine", "office.certificates")
INSPECTION = Shelf("Einsicht", "office.inspection")
CORRECTIONS = Shelf("Berichtigungen", "office.roll_corrections")
CLOSING = Shelf("Abschluss", "office.roll_closing")
VOTES = Shelf("Stimmabgabe", "office.vote_notes")
STATISTICS = Shelf("Statistik", "office.roll_statistics")
PRINT = Shelf("Druck", "office.roll_print")
SHELVES = (DISTRICTS, ENTRIES, INSPECTION, CORRECTIONS, CERTIFICATES, CLOSING, VOTES, STATISTICS, PRINT)


def show_shelf(template: str, shelf: Shelf, *, refused: bool = False, **context: object) -> ResponseReturnValue:
    """Render a page of the book; `template` lies below `templates/office/roll/`."""
    return show(f"roll/{template}", "roll", refused=refused, shelf=shelf, shelves=SHELVES, **context)
