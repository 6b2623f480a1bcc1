"""Das gedruckte Wählerverzeichnis: from the stored entries to sheets, blocked addresses left behind."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from beiratswahl import clock, words
from beiratswahl.documents.roll_print import ENTRIES_PER_LEAF, LEAVES_PER_PART, Progress, print_roll
from beiratswahl.documents.roll_sheet import LaterChange, PrintedDistrict, PrintedEntry, RollLeaves, RollSheet
from beiratswahl.operations.announcements import letterhead
from beiratswahl.operations.ballot_printing import council_genitive
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.roll_closing import certified
from beiratswahl.store.read import setup
from beiratswahl.store.read.electoral_roll import EntryView, RollView, corrections, electoral_roll, entries


def printed_roll(session: Session, election_id: int, progress: Progress | None = None) -> bytes:
    """Wählerverzeichnis als PDF: cover with certificate, then every polling district leaf by leaf.

    Source: §§ 10, 16 KWO [V]; addresses blocked under §§ 51, 52 BMG are replaced by a word (§ 12 KWG, [V] for § 51, [G] for § 52).

    Args:
        session: any session; only read.
        election_id: the election.
        progress: called with parts printed and parts in all.

    Returns:
        Bytes of the PDF, with tags.

    Raises:
        Refused: the roll is not opened.
        typeface.UnprintableCharacter: a name uses a script the fonts do not have.
    """
    view = electoral_roll(session, election_id)
    election = setup.election(session, election_id)
    if view is None or election is None:
        raise Refused("Das Wählerverzeichnis ist noch nicht angelegt; es gibt nichts zu drucken.")
    rows = list(view.certified) or certified(session, election_id)
    sheet = _sheet(session, election, view, tuple(_district(row) for row in rows))
    parts_in_all = sum(-(-_leaves(_all(one)) // LEAVES_PER_PART) for one in sheet.districts)
    return print_roll(sheet, _parts(session, election_id, sheet), parts_in_all, progress)


def _district(row: dict[str, Any]) -> PrintedDistrict:
    return PrintedDistrict(row["district"], row["name"], row["without_certificate"], row["with_certificate"], row["blocked"])


def _sheet(session: Session, election: setup.ElectionView, view: RollView, districts: tuple[PrintedDistrict, ...]) -> RollSheet:
    municipality = setup.municipality(session, election.municipality_id)
    apart = [one for one in corrections(session, election.election_id) if one.after_closing]
    later = tuple(LaterChange(one.name, one.kind, one.basis, one.reason, words.moment(one.at_utc)) for one in apart)
    printed_at = max([view.closed_at_utc or clock.now(), *(one.at_utc for one in apart)])
    return RollSheet(
        letterhead=letterhead(municipality),
        council=council_genitive(municipality.council_name),
        election_day=election.day,
        key_date=view.key_date,
        districts=districts,
        later_changes=later,
        closed_at=words.moment(view.closed_at_utc) if view.closed_at_utc else "",
        sha256=view.sha256,
        place=municipality.town,
        dated_on=clock.local(printed_at).date(),
        signatory=municipality.returning_officer,
        signatory_office=municipality.returning_officer_title,
        created_at_utc=printed_at,
    )


def _parts(session: Session, election_id: int, sheet: RollSheet) -> Iterator[RollLeaves]:
    title = f"Wählerverzeichnis, Wahl am {words.long_date(sheet.election_day)}"
    mark = f"Prüfsumme {sheet.sha256[:16]}" if sheet.sha256 else "Stand vor dem Abschluss"
    ids = {one.number: one.district_id for one in setup.districts(session, election_id)}
    rows = ENTRIES_PER_LEAF * LEAVES_PER_PART
    for district in sheet.districts:
        all_leaves = _leaves(_all(district))
        for part in range(-(-all_leaves // LEAVES_PER_PART)):
            page = entries(session, election_id, ids[district.number], page=part + 1, rows=rows)
            printed = [_entry(one) for one in page]
            leaves = tuple(tuple(printed[start : start + ENTRIES_PER_LEAF]) for start in range(0, len(printed), ENTRIES_PER_LEAF))
            name = f"Stimmbezirk {district.number} {district.name}"
            yield RollLeaves(title, mark, name, 1 + part * LEAVES_PER_PART, all_leaves, leaves, sheet.created_at_utc)


def _all(district: PrintedDistrict) -> int:
    return district.without_certificate + district.with_certificate + district.blocked


def _leaves(persons: int) -> int:
    return -(-persons // ENTRIES_PER_LEAF)


def _entry(view: EntryView) -> PrintedEntry:
    marks = " ".join(mark for mark, is_set in (("N", view.blocked), ("W", view.certificate)) if is_set)
    return PrintedEntry(view.number, view.family_name, view.given_names, written(view.birth_date), view.address, marks, view.remarks)


def written(stored: str) -> str:
    """A date of the register for people, "17.05.1980", unknown parts as 00."""
    if stored.endswith("-00"):
        year, month, day = stored.split("-")
        return f"{day}.{month}.{year}"
    return words.short_date(date.fromisoformat(stored))
