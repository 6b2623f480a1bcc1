"""Das gedruckte Wählerverzeichnis: from the stored entries to sheets, blocked addresses left behind."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from beiratswahl import clock, words
from beiratswahl.documents.press import keep_citation_together
from beiratswahl.documents.roll_print import Progress, print_cover, print_roll
from beiratswahl.documents.roll_sheet import DistrictLeaves, LaterChange, PrintedDistrict, PrintedEntry, RollSheet
from beiratswahl.operations.announcements import letterhead
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.roll_closing import certified
from beiratswahl.store.read import setup
from beiratswahl.store.read.electoral_roll import RollView, corrections, electoral_roll
from beiratswahl.store.read.roll_book import BookLine, book_lines


def printed_roll(session: Session, election_id: int, progress: Progress | None = None) -> bytes:
    """Wählerverzeichnis als PDF: cover with certificate, then every polling district leaf by leaf.

    Source: §§ 10, 16 KWO [V]; addresses blocked under §§ 51, 52 BMG are replaced by a word (§ 12 KWG, [V] for § 51, [G] for § 52).

    Args:
        session: any session; only read.
        election_id: the election.
        progress: called with leaves printed and leaves in all; what it raises ends the print.

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
    return print_roll(sheet, _districts(session, election_id, sheet), progress)


def certificate_of_closing(session: Session, election_id: int) -> bytes:
    """Bescheinigung des Abschlusses alone: the cover of the printed roll.

    Source: § 16 KWO: the number of the Wahlberechtigte is certified [V]; form (Anlage 4) not seen [G].

    Raises:
        Refused: the roll is not closed.
    """
    view = electoral_roll(session, election_id)
    election = setup.election(session, election_id)
    if view is None or election is None or view.closed_at_utc is None:
        raise Refused("Das Wählerverzeichnis ist noch nicht abgeschlossen; es gibt noch nichts zu bescheinigen.")
    return print_cover(_sheet(session, election, view, tuple(_district(row) for row in view.certified)))


def _district(row: dict[str, Any]) -> PrintedDistrict:
    return PrintedDistrict(row["district"], row["name"], row["without_certificate"], row["with_certificate"], row["blocked"])


def _sheet(session: Session, election: setup.ElectionView, view: RollView, districts: tuple[PrintedDistrict, ...]) -> RollSheet:
    municipality = setup.printed_municipality(session, election.municipality_id)
    apart = [one for one in corrections(session, election.election_id) if one.after_closing]
    later = tuple(LaterChange(one.name, one.kind, one.basis, one.reason, words.moment(one.at_utc)) for one in apart)
    printed_at = max([view.closed_at_utc or clock.now(), *(one.at_utc for one in apart)])
    return RollSheet(
        letterhead=letterhead(municipality),
        council=words.council_genitive(municipality.council_name),
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


def _districts(session: Session, election_id: int, sheet: RollSheet) -> list[DistrictLeaves]:
    rows: dict[int, list[PrintedEntry]] = {district.number: [] for district in sheet.districts}
    for line in book_lines(session, election_id):
        rows[line.district].append(_entry(line))
    return [DistrictLeaves(f"Stimmbezirk {one.number} {one.name}", tuple(rows[one.number])) for one in sheet.districts]


def _entry(line: BookLine) -> PrintedEntry:
    marks = " ".join(mark for mark, is_set in (("N", line.blocked), ("W", line.certificate)) if is_set)
    return PrintedEntry(
        line.number, line.family_name, line.given_names, written(line.birth_date), line.address, marks, keep_citation_together(line.remarks)
    )


def written(stored: str) -> str:
    """A date of the register for people, "17.05.1980", unknown parts as 00."""
    if stored.endswith("-00"):
        year, month, day = stored.split("-")
        return f"{day}.{month}.{year}"
    return words.short_date(date.fromisoformat(stored))
