"""Vorlage der Schriftstücke vor der Wahl: notices, letters, minutes. A letterhead, a title, and sections of a few simple kinds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from beiratswahl.documents.result_sheet import Letterhead


@dataclass(frozen=True, slots=True)
class Items:
    """Aufzählung."""

    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Angaben: a label and what belongs to it, line by line."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Tabelle.

    Attributes:
        head: names of the columns.
        rows: cells, as many as columns; the second one names the row.
        widths: width of each column in mm; 0 leaves it what is left.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SignatureLines:
    """Unterschriften: a line for each name with a role below it."""

    signers: tuple[tuple[str, str], ...]


Block = str | Items | Facts | Table | SignatureLines


@dataclass(frozen=True, slots=True)
class Section:
    """Abschnitt: a heading ("" for none), then text and tables.

    Attributes:
        heading: its heading.
        blocks: what stands in it.
        small: whether the heading is one of the third rank; those are not counted.
        numbered: whether the heading is counted; not where it carries a number of its own, e.g. that of a list.
    """

    heading: str
    blocks: Sequence[Block]
    small: bool = False
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Notice:
    """Schriftstück.

    Attributes:
        letterhead: Briefkopf.
        kind: line above the title, e.g. "Öffentliche Bekanntmachung".
        name: name in the footer.
        title: title.
        subtitle: what it is about, below the title.
        running: line at the top of the following pages.
        sections: the text.
        place: place of the signature.
        dated_on: day of the signature.
        signatory: name under the signature line; "" for no signature.
        signatory_office: office below it.
        created_at_utc: moment written into the file.
        recipient: lines of the address of a letter; empty for a notice.
        wall: True for a sheet in A3 to hang up.
    """

    letterhead: Letterhead
    kind: str
    name: str
    title: str
    subtitle: str
    running: str
    sections: tuple[Section, ...]
    place: str
    dated_on: date
    signatory: str
    signatory_office: str
    created_at_utc: datetime
    recipient: tuple[str, ...] = field(default=())
    wall: bool = False
