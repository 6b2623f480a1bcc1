"""Schriftstücke rund um das Wählerverzeichnis: lists for the polling boards, statistics, the extract somebody gets of the own data."""

from dataclasses import dataclass
from datetime import date, datetime

from beiratswahl.documents import press
from beiratswahl.documents.result_sheet import Letterhead


@dataclass(frozen=True, slots=True)
class PaperTable:
    """Tabelle; the first column names the row.

    Attributes:
        heading: above it, "" for none.
        columns: heads of the columns; one that begins with "#" is set flush right, without the sign.
        rows: cells as they are printed.
    """

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class RollPaper:
    """Vorlage.

    Attributes:
        kind: word above the title, e.g. "Wählerverzeichnis".
        title: what it is.
        lead: paragraphs before the tables.
        notes: paragraphs behind them.
    """

    letterhead: Letterhead
    kind: str
    title: str
    election_day: date
    lead: tuple[str, ...]
    tables: tuple[PaperTable, ...]
    notes: tuple[str, ...]
    place: str
    created_at_utc: datetime
    dated_on: date


def print_paper(paper: RollPaper) -> bytes:
    """Bytes of the PDF, with tags.

    Raises:
        typeface.UnprintableCharacter: a name uses a script the fonts do not have.
    """
    html = press.compose("roll_paper.html", sheet=paper, title=paper.title, arms=None)
    return press.print_pdf(html, title=paper.title, created_at_utc=paper.created_at_utc, modified_at_utc=paper.created_at_utc)
