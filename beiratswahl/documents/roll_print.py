"""Gedrucktes Wählerverzeichnis: cover and certificate by the press, then leaf after leaf, set by two processes, into one tagged file."""

import multiprocessing
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor

from beiratswahl.documents import press
from beiratswahl.documents.roll_file import Chapter, RollFile
from beiratswahl.documents.roll_leaf import COLUMNS, KEY, NAME, PLAIN, STRONG, Leaf, Printed, Row, print_leaves, set_rows
from beiratswahl.documents.roll_sheet import DistrictLeaves, RollSheet
from beiratswahl.words import long_date

LEAVES_PER_PART = 100
PROCESSES = 2
#: so many leaves are printed before a second process has started
LEAVES_ALONE = 500

Progress = Callable[[int, int], None]


def print_roll(sheet: RollSheet, districts: Sequence[DistrictLeaves], progress: Progress | None = None) -> bytes:
    """Wählerverzeichnis drucken.

    Source: § 10 KWO: name, birthday, address, running number, columns for the Stimmabgabevermerk and Bemerkungen [V]; § 16 KWO: the
    number of the Wahlberechtigte is certified on the print-out [V]; form (Anlage 4) not seen [G].

    Args:
        sheet: the cover.
        districts: entries by polling district, in order.
        progress: called with leaves printed and leaves in all; what it raises ends the print.

    Returns:
        Bytes of one file, PDF/A-3a and PDF/UA-1.

    Raises:
        typeface.UnprintableCharacter: a name uses a script the fonts do not have.
    """
    file = RollFile(print_cover(sheet))
    set_districts = [(district.title, list(set_rows(district.entries))) for district in districts if district.entries]
    chapters = list(_chapters(sheet, set_districts, file))
    leaves = [leaf for chapter in chapters for leaf in chapter.leaves]
    done = 0
    for part, printed in _printed(leaves, file):
        for leaf, one in zip(part, printed, strict=True):
            file.add(leaf, one)
        done += len(part)
        if progress is not None:
            progress(done, len(leaves))
    free = leaves[-1].first + leaves[-1].objects if leaves else file.first_free
    return file.finish(leaves, chapters, _letters(leaves), free)


def print_cover(sheet: RollSheet) -> bytes:
    """Deckblatt mit Bescheinigung."""
    title = f"Wählerverzeichnis, Wahl am {long_date(sheet.election_day)}"
    html = press.compose("roll_cover.html", sheet=sheet, title=title, arms=None)
    return press.print_pdf(html, title=title, created_at_utc=sheet.created_at_utc, modified_at_utc=sheet.created_at_utc)


def _chapters(sheet: RollSheet, districts: list[tuple[str, list[tuple[Row, ...]]]], file: RollFile) -> Iterator[Chapter]:
    running = f"Wählerverzeichnis, Wahl am {long_date(sheet.election_day)}"
    state = f"Prüfsumme {sheet.sha256[:16]}" if sheet.sha256 else "Stand vor dem Abschluss"
    pages = file.cover_pages + sum(len(leaves) for _, leaves in districts)
    page, key, first = file.cover_pages, file.next_key, file.first_free
    for title, all_leaves in districts:
        listed: list[Leaf] = []
        letters: dict[str, Leaf] = {}
        for number, rows in enumerate(all_leaves, 1):
            page += 1
            heading = f"{title}, Blatt {number} von {len(all_leaves)}"
            leaf = Leaf(heading, running, f"{state} · {KEY}", f"Seite {page} von {pages}", rows, key, first)
            listed.append(leaf)
            letters |= {letter: leaf for letter in map(_initial, rows) if letter not in letters}
            key, first = key + 1, first + leaf.objects
        yield Chapter(title, tuple(listed), tuple(letters.items()))


def _initial(row: Row) -> str:
    """The letter under which somebody looks for a name, without its marks."""
    return unicodedata.normalize("NFD", "".join(row.cells[NAME]))[:1].upper()


def _letters(leaves: Sequence[Leaf]) -> dict[str, set[str]]:
    plain, strong = set(" "), {letter for column in COLUMNS for letter in column.title}
    for leaf in leaves:
        strong.update(leaf.heading)
        plain.update(leaf.running, leaf.mark, leaf.page)
        for row in leaf.rows:
            for lines in row.cells:
                plain.update(*lines)
    return {PLAIN: plain, STRONG: strong}


def _printed(leaves: Sequence[Leaf], file: RollFile) -> Iterator[tuple[Sequence[Leaf], list[Printed]]]:
    """Leaves with their bytes, in order; a few are quicker without processes of their own."""
    parts = [tuple(leaves[start : start + LEAVES_PER_PART]) for start in range(0, len(leaves), LEAVES_PER_PART)]
    if len(leaves) <= LEAVES_ALONE:
        for part in parts:
            yield part, print_leaves(part, file.home)
        return
    waiting: list[tuple[tuple[Leaf, ...], Future[list[Printed]]]] = []
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("spawn")) as processes:
        for part in parts:
            waiting.append((part, processes.submit(print_leaves, part, file.home)))
            if len(waiting) > 2 * PROCESSES:
                ready, future = waiting.pop(0)
                yield ready, future.result()
        for ready, future in waiting:
            yield ready, future.result()
