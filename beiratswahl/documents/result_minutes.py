"""Niederschrift über die Feststellung des Wahlergebnisses (§ 63 KWO)."""

from dataclasses import dataclass
from datetime import date, datetime

from beiratswahl import words
from beiratswahl.documents import press
from beiratswahl.documents.result_announcement import allocation_tables, arms_address
from beiratswahl.documents.result_sheet import ResultAnnouncement
from beiratswahl.law.rules import System


@dataclass(frozen=True, slots=True)
class Sitting:
    """Sitzung des Wahlausschusses.

    Attributes:
        day: day of the sitting.
        place: room and address.
        began: local time, "18:00".
        ended: local time, "19:10".
        chair: Vorsitz.
        members: the other members present.
        recorder: Schriftführung.
        corrections: arithmetical corrections and decisions on validity that differ from those of a polling board; "" for none.
    """

    day: date
    place: str
    began: str
    ended: str
    chair: str
    members: tuple[str, ...]
    recorder: str
    corrections: str = ""


@dataclass(frozen=True, slots=True)
class ResultMinutes:
    """Niederschrift: the result as it was determined, and the sitting.

    Attributes:
        sheet: the result in the form of the announcement.
        sitting: who determined it, when and where.
        districts: number of polling districts whose records were checked.
        created_at_utc: moment of the determination, written into the file.
    """

    sheet: ResultAnnouncement
    sitting: Sitting
    districts: int
    created_at_utc: datetime


def print_minutes(minutes: ResultMinutes) -> bytes:
    """Niederschrift drucken, with the calculation steps as its annex.

    Source: § 63 Abs. 3 bis 5 KWO [V]; the form of the Landeswahlleiter was not seen [G].

    Returns:
        Bytes of the PDF, the same for the same minutes.

    Raises:
        typeface.UnprintableCharacter: a name uses a script the fonts do not have.
    """
    sheet = minutes.sheet
    title = f"Niederschrift über die Feststellung des Ergebnisses der Wahl des {sheet.council_genitive} {sheet.municipality_of}"
    html = press.compose(
        "result_minutes.html",
        sheet=sheet,
        sitting=minutes.sitting,
        districts=minutes.districts,
        title=f"{title} am {words.long_date(sheet.election_day)}",
        proportional=sheet.system is System.PROPORTIONAL,
        arms=arms_address(sheet.letterhead.arms),
        **allocation_tables(sheet),
    )
    return press.print_pdf(html, title=title, created_at_utc=minutes.created_at_utc, modified_at_utc=minutes.created_at_utc)
