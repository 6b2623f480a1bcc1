"""Bekanntmachung des Wahlergebnisses (§ 65 KWO), and the preliminary result in the same layout."""

from base64 import b64encode
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

from beiratswahl import pictures, words
from beiratswahl.documents import press
from beiratswahl.documents.attachments import result_files
from beiratswahl.documents.result_sheet import Arms, Label, ListResult, Quotient, ResultAnnouncement, SeatAllocation
from beiratswahl.law.rules import Level, System

LISTS_PER_TABLE = 6  # columns of the table of quotients that fit on a page
STATUTE = {Level.MUNICIPALITY: "§ 56 GemO", Level.ASSOCIATION: "§ 64 in Verbindung mit § 56 GemO", Level.DISTRICT: "§ 49a LKO"}


class SheetIncomplete(ValueError):
    """A final result without what § 65 KWO and § 48 KWG ask for."""


@dataclass(frozen=True, slots=True)
class SeatMark:
    """Sitz im Halbrund: where it stands and whose it is; a vacant seat has no fill."""

    x: float
    y: float
    number: int
    colour: str
    vacant: bool


@dataclass(frozen=True, slots=True)
class QuotientTable:
    """Tafel der Höchstzahlen for some lists: a row per divisor, a cell per list (None where the series ended before)."""

    lists: tuple[ListResult, ...]
    rows: tuple[tuple[Fraction, tuple[Quotient | None, ...]], ...]


def announce(sheet: ResultAnnouncement) -> bytes:
    """Bekanntmachung drucken: the PDF with the result as JSON and CSV inside.

    Source: § 65 Abs. 1 KWO [V]; the form of the Landeswahlleiter (Abs. 2) was not seen [G].

    Args:
        sheet: the determined result; the announcement computes nothing but shares.

    Returns:
        Bytes of the PDF, the same for the same sheet.

    Raises:
        SheetIncomplete: a final result without the day of the determination or without the notice of objection.
        typeface.UnprintableCharacter: a name or keyword uses a script the fonts do not have.
    """
    if sheet.label is Label.FINAL and (sheet.determined_on is None or sheet.objection is None):
        raise SheetIncomplete(
            "Ein endgültiges Ergebnis kann erst bekannt gemacht werden, wenn der Tag der Feststellung (§ 63 KWO) und die Stelle "
            "für Einsprüche (§ 48 KWG) eingetragen sind. Tragen Sie beides in den Angaben zur Wahl nach."
        )
    files = result_files(sheet)
    return press.print_pdf(
        compose_sheet(sheet),
        title=title_of(sheet),
        created_at_utc=sheet.created_at_utc,
        modified_at_utc=sheet.created_at_utc,
        attachments=files,
    )


def compose_sheet(sheet: ResultAnnouncement) -> str:
    """Satz der Bekanntmachung: the HTML that `announce` prints."""
    files = result_files(sheet)
    final = sheet.label is Label.FINAL
    return press.compose(
        "result_announcement.html",
        sheet=sheet,
        title=title_of(sheet),
        final=final,
        proportional=sheet.system is System.PROPORTIONAL,
        statute=STATUTE[sheet.level],
        document_name="Bekanntmachung des Wahlergebnisses" if final else "Vorläufiges Wahlergebnis",
        arms=arms_address(sheet.letterhead.arms),
        fingerprint=fingerprint(files[0].content),
        half_circle=_half_circle(sheet),
        **allocation_tables(sheet),
        tied=_tied(sheet),
        files=files,
        digests={file.name: sha256(file.content).hexdigest() for file in files},
    )


def allocation_tables(sheet: ResultAnnouncement) -> dict[str, object]:
    """What the annex with the seat allocation needs beside the sheet, by its names in the template."""
    return {
        "colours": {of.number: pictures.colour_of(place) for place, of in enumerate(sheet.lists)},
        "quotient_tables": _quotient_tables(sheet),
        "places": _places(sheet.allocation),
        "divisor": _divisor(sheet.allocation),
        "rounding_places": _rounding_places(sheet.allocation),
    }


def title_of(sheet: ResultAnnouncement) -> str:
    """Titel des Dokuments in one line."""
    kind = "Bekanntmachung des endgültigen Wahlergebnisses" if sheet.label is Label.FINAL else "Vorläufiges Ergebnis"
    return f"{kind} der Wahl des {sheet.council_genitive} {sheet.municipality_of} am {words.long_date(sheet.election_day)}"


def fingerprint(content: bytes) -> str:
    """Prüfsumme, short form: the first 16 digits of SHA-256 in groups of four."""
    digits = sha256(content).hexdigest()[:16]
    return words.NO_BREAK.join(digits[start : start + 4] for start in range(0, 16, 4))


def arms_address(arms: Arms | None) -> str | None:
    """The coat of arms inside the document."""
    return f"data:{arms.media_type};base64,{b64encode(arms.data).decode()}" if arms else None


def _half_circle(sheet: ResultAnnouncement) -> tuple[pictures.HalfCircle, tuple[SeatMark, ...]] | None:
    """Seats in the order of the lists, the vacant ones at the end of each list; no picture without lists."""
    if not sheet.lists or sum(of.seats for of in sheet.lists) == 0:
        return None
    circle = pictures.half_circle(sum(of.seats for of in sheet.lists))
    owners = [
        (of.number, pictures.colour_of(place), seat >= len(of.elected)) for place, of in enumerate(sheet.lists) for seat in range(of.seats)
    ]
    return circle, tuple(SeatMark(seat.x, seat.y, *owner) for seat, owner in zip(circle.seats, owners, strict=True))


def _quotient_tables(sheet: ResultAnnouncement) -> tuple[QuotientTable, ...]:
    if sheet.allocation is None or not sheet.allocation.quotients:
        return ()
    by_place = {(item.list_number, item.divisor): item for item in sheet.allocation.quotients}
    divisors = sorted({item.divisor for item in sheet.allocation.quotients})
    blocks = [sheet.lists[start : start + LISTS_PER_TABLE] for start in range(0, len(sheet.lists), LISTS_PER_TABLE)]
    return tuple(
        QuotientTable(block, tuple((divisor, tuple(by_place.get((of.number, divisor)) for of in block)) for divisor in divisors))
        for block in blocks
    )


def _places(allocation: SeatAllocation | None) -> int:
    """Decimal places that keep unequal quotients unequal on paper, from 2 to 6."""
    values: set[Fraction] = {item.value for item in allocation.quotients} if allocation else set()
    for places in range(2, 6):
        if len({words.decimal(value, places) for value in values}) == len(values):
            return places
    return 6


def _divisor(allocation: SeatAllocation | None) -> str:
    if allocation is None or allocation.divisor is None:
        return ""
    return words.decimal(allocation.divisor, 0 if allocation.divisor.denominator == 1 else 4)


def _rounding_places(allocation: SeatAllocation | None) -> int:
    """Decimal places, from 2 to 8, with which 4,4996 is not shown as the 4,50 that would be rounded up."""
    quotients = [line.quotient for line in allocation.lines] if allocation else []
    for places in range(2, 8):
        if all(_ends_in_half(Fraction((2 * value * 10**places + 1) // 2, 10**places)) <= _ends_in_half(value) for value in quotients):
            return places
    return 8


def _ends_in_half(value: Fraction) -> bool:
    return value.denominator == 2


def _tied(sheet: ResultAnnouncement) -> bool:
    """Whether votes of candidates of one list are equal, so that the order of the list had to decide."""
    return any(len({person.votes for person in of.candidates}) < len(of.candidates) for of in sheet.lists)
