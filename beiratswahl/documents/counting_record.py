"""Niederschrift (§ 59 KWO) with its Zählliste, and Schnellmeldung (§ 58 KWO) of one polling district."""

from beiratswahl import words
from beiratswahl.documents import press
from beiratswahl.documents.counting_sheet import CountingRecord

#: signature lines for members whose names nobody entered
BLANK_LINES = 8
LETTERS = "Zurückgewiesene Wahlbriefe"


def print_record(sheet: CountingRecord) -> bytes:
    """Niederschrift drucken.

    Source: § 59 KWO [Vo]; §§ 52, 53, 55, 57 KWO [V]; the form of the Landeswahlleiter was not seen [G].

    Args:
        sheet: the closed count; the record computes nothing.

    Returns:
        Bytes of the PDF, the same for the same sheet.

    Raises:
        typeface.UnprintableCharacter: a text uses a script the fonts do not have.
    """
    return _print("counting_record.html", sheet, "Niederschrift")


def print_quick_report(sheet: CountingRecord) -> bytes:
    """Schnellmeldung drucken: one page of numbers for the Gemeindeverwaltung.

    Source: § 58 KWO [V]; the form of the Landeswahlleiter was not seen [G].

    Args:
        sheet: the closed count.

    Returns:
        Bytes of the PDF, the same for the same sheet.

    Raises:
        typeface.UnprintableCharacter: a text uses a script the fonts do not have.
    """
    return _print("quick_report.html", sheet, "Schnellmeldung")


def print_tally_list(sheet: CountingRecord) -> bytes:
    """Zählliste drucken: every ballot that was typed one by one, an annex of the Niederschrift.

    Source: § 53 Abs. 5, § 59 KWO [V]/[Vo]; the form of the Landeswahlleiter was not seen [G].

    Args:
        sheet: the closed count.

    Returns:
        Bytes of the PDF, the same for the same sheet.

    Raises:
        typeface.UnprintableCharacter: a text uses a script the fonts do not have.
    """
    return _print("tally_list.html", sheet, "Zählliste")


def _annexes(sheet: CountingRecord) -> tuple[tuple[str, int], ...]:
    """Anlagen, as far as there are any: their words and how many pieces; they are numbered in this order."""
    decided = ", ".join(str(each.number) for each in sheet.resolutions)
    listed = "; Verzeichnis am Ende dieser Niederschrift" if sheet.rejections else ""
    highest = max((each.number for each in sheet.counted_singly), default=0)
    found = (
        (f"Stimmzettel, über die besonders beschlossen wurde, mit ihren Umschlägen: Nr. {decided}", len(sheet.resolutions)),
        (f"{LETTERS}, verpackt und versiegelt{listed}", sheet.rejected_letters),
        (f"Zählliste der einzeln erfassten Stimmzettel Nr. 1 bis {highest} (eigener Ausdruck)", min(highest, 1)),
    )
    return tuple(each for each in found if each[1])


def _print(template: str, sheet: CountingRecord, name: str) -> bytes:
    title = f"{name}: Stimmbezirk {sheet.district}, Wahl am {words.long_date(sheet.election_day)}"
    annexes = _annexes(sheet)
    told = {"annexes": annexes, "rejections_annex": 1 + next((at for at, each in enumerate(annexes) if each[0].startswith(LETTERS)), 0)}
    html = press.compose(template, sheet=sheet, title=title, document_name=name, arms=None, blank_lines=BLANK_LINES, **told)
    return press.print_pdf(html, title=title, created_at_utc=sheet.created_at_utc, modified_at_utc=sheet.created_at_utc)
