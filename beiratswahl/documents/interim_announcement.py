"""Zwischenstand des Wahlabends as a sheet for the press: votes of the districts counted so far, no seats."""

from beiratswahl import words
from beiratswahl.documents import press
from beiratswahl.documents.attachments import result_files
from beiratswahl.documents.result_announcement import arms_address, fingerprint
from beiratswahl.documents.result_sheet import ResultAnnouncement
from beiratswahl.law.rules import System


def announce_interim(sheet: ResultAnnouncement) -> bytes:
    """Zwischenstand drucken: the PDF with the numbers as JSON and CSV inside.

    Args:
        sheet: of an interim version; `interim` says which districts are in it.

    Returns:
        Bytes of the PDF, the same for the same sheet.

    Raises:
        typeface.UnprintableCharacter: a name or keyword uses a script the fonts do not have.
    """
    files = result_files(sheet)
    title = f"Zwischenstand der Wahl des {sheet.council_genitive} {sheet.municipality_of} am {words.long_date(sheet.election_day)}"
    html = press.compose(
        "interim_announcement.html",
        sheet=sheet,
        title=title,
        state=sheet.interim,
        proportional=sheet.system is System.PROPORTIONAL,
        arms=arms_address(sheet.letterhead.arms),
        fingerprint=fingerprint(files[0].content),
    )
    return press.print_pdf(html, title=title, created_at_utc=sheet.created_at_utc, modified_at_utc=sheet.created_at_utc, attachments=files)
