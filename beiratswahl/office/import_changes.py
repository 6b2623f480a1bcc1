"""Änderungen einer Vorschau als Datei: every person an export would change, for whoever wants to look at more than the page lists."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from beiratswahl import csv_files
from beiratswahl.office import roll_words
from beiratswahl.operations.roll_preview import Answer, PersonChange

HEADINGS = ("Registernummer", "Name", "Geburtsdatum", "Änderung", "Angaben", "Bisher", "Künftig", "Warum")


def file_of(export: Path) -> Path:
    """Where the changes lie while the preview waits: beside the export, with which they are deleted."""
    return export.parent / "aenderungen" / "aenderungen.csv"


@contextmanager
def recorded(export: Path) -> Iterator[Callable[[PersonChange], None]]:
    """Write each change as it is found, UTF-8 with the mark that spreadsheets want."""
    file = file_of(export)
    file.parent.mkdir(exist_ok=True, mode=0o700)
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        lines = csv_files.Lines(stream)
        lines.write(HEADINGS)
        yield lambda change: lines.write(_cells(change))


def _cells(change: PersonChange) -> tuple[str, ...]:
    return (
        change.register_number,
        change.name,
        roll_words.birthday(change.birth_date),
        change.kind,
        "; ".join(roll_words.changed(field.column, field.before, field.after) for field in change.fields),
        _answer(change.before),
        _answer(change.after),
        " ".join(change.after.because) if change.after else "",
    )


def _answer(answer: Answer | None) -> str:
    return roll_words.answer(answer.entitled, answer.entry) if answer else ""
