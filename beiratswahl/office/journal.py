"""The journal: every act of the election, newest first, and whether the chain of entries is whole."""

from typing import NamedTuple

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from beiratswahl.access import archive
from beiratswahl.access.gates import holding, place
from beiratswahl.access.roles import Permission
from beiratswahl.office import journal_words
from beiratswahl.office.frame import show
from beiratswahl.store.read import journal as read

ENTRIES_PER_PAGE = 50


class Shown(NamedTuple):
    """One entry, its subject and its details in words."""

    entry: read.EntryView
    subject: str
    details: tuple[tuple[str, str], ...]


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    door.add_url_rule("/wahl/<int:election_id>/amtsbuch", "journal", journal)
    door.add_url_rule("/wahl/<int:election_id>/amtsbuch/pruefung", "verify_journal", verify_journal)


@holding(Permission.READ_JOURNAL)
def journal(election_id: int) -> ResponseReturnValue:
    """Amtsbuch der Wahl."""
    chain = place().municipality.municipality_id
    amount = read.amount(archive.session(), chain, election_id=election_id)
    pages = max(1, -(-amount // ENTRIES_PER_PAGE))
    page = min(max(1, request.args.get("seite", 1, type=int)), pages)
    entries = read.entries(archive.session(), chain, election_id=election_id, page=page, size=ENTRIES_PER_PAGE)
    return show(
        "journal/journal.html",
        "journal",
        entries=[Shown(entry, journal_words.subject(entry.subject), journal_words.details(entry.details)) for entry in entries],
        amount=amount,
        page=page,
        pages=pages,
    )


@holding(Permission.READ_JOURNAL)
def verify_journal(election_id: int) -> ResponseReturnValue:
    """Amtsbuch prüfen: compute every hash again."""
    return show("journal/verified.html", "journal", faults=read.faults(archive.session(), place().municipality.municipality_id))
