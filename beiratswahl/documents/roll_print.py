"""Gedrucktes Wählerverzeichnis: cover and certificate, then leaf after leaf, printed in parts by two processes and joined with tags."""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor

from beiratswahl.documents import press
from beiratswahl.documents.joining import join_tagged
from beiratswahl.documents.roll_sheet import RollLeaves, RollSheet
from beiratswahl.words import long_date

ENTRIES_PER_LEAF = 22
LEAVES_PER_PART = 25
PROCESSES = 2

Progress = Callable[[int, int], None]


def print_roll(sheet: RollSheet, parts: Iterable[RollLeaves], parts_in_all: int, progress: Progress | None = None) -> bytes:
    """Wählerverzeichnis drucken.

    Source: § 10 KWO: name, birthday, address, running number, columns for the Stimmabgabevermerk and Bemerkungen [V]; § 16 KWO: the
    number of the Wahlberechtigte is certified on the print-out [V]; form (Anlage 4) not seen [G].

    Args:
        sheet: the cover.
        parts: leaves, some at a time; only a few wait at once.
        parts_in_all: number of parts, for the progress.
        progress: called with parts printed and parts in all.

    Returns:
        Bytes of one PDF with tags.

    Raises:
        typeface.UnprintableCharacter: a name uses a script the fonts do not have.
    """
    printed = [print_cover(sheet)]
    for done, part in enumerate(_printed(parts), 1):
        printed.append(part)
        if progress is not None:
            progress(done, parts_in_all)
    return join_tagged(printed)


def print_cover(sheet: RollSheet) -> bytes:
    """Deckblatt mit Bescheinigung."""
    title = f"Wählerverzeichnis, Wahl am {long_date(sheet.election_day)}"
    html = press.compose("roll_cover.html", sheet=sheet, title=title, arms=None)
    return press.print_pdf(html, title=title, created_at_utc=sheet.created_at_utc, modified_at_utc=sheet.created_at_utc)


def print_leaves(leaves: RollLeaves) -> bytes:
    """Ein Teil des Verzeichnisses."""
    html = press.compose("roll_leaves.html", sheet=leaves)
    return press.print_pdf(html, title=leaves.title, created_at_utc=leaves.created_at_utc, modified_at_utc=leaves.created_at_utc)


def _printed(parts: Iterable[RollLeaves]) -> Iterator[bytes]:
    """The parts in order, printed by processes of their own: WeasyPrint gives no memory back while a process lives."""
    waiting: list[Future[bytes]] = []
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=spawn) as processes:
        for part in parts:
            waiting.append(processes.submit(print_leaves, part))
            if len(waiting) > 2 * PROCESSES:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()
