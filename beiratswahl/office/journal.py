"""The journal: every act of the election, newest first, and whether the chain of entries is whole."""

import json
from typing import NamedTuple

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from beiratswahl.access import archive
from beiratswahl.access.gates import holding, place
from beiratswahl.access.roles import Permission
from beiratswahl.law.rule_parameters import PARAMETERS
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
        entries=[Shown(entry, _rule_title(entry.subject), _pairs(entry.details)) for entry in entries],
        amount=amount,
        page=page,
        pages=pages,
    )


@holding(Permission.READ_JOURNAL)
def verify_journal(election_id: int) -> ResponseReturnValue:
    """Amtsbuch prüfen: compute every hash again."""
    return show("journal/verified.html", "journal", faults=read.faults(archive.session()))


def _pairs(details: str) -> tuple[tuple[str, str], ...]:
    content = json.loads(details) if details else {}
    return tuple((key, _words(value)) for key, value in content.items())


def _rule_title(subject: str) -> str:
    parameter = PARAMETERS.get(subject)
    return parameter.title if parameter else subject


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
