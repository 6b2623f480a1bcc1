"""Benachrichtigung der Gewählten (§ 44 KWG, § 64 KWO) with the form for the declaration."""

from dataclasses import dataclass
from datetime import date, datetime

from beiratswahl import words
from beiratswahl.documents import press
from beiratswahl.documents.result_announcement import arms_address
from beiratswahl.documents.result_sheet import Letterhead


@dataclass(frozen=True, slots=True)
class ElectedLetter:
    """Schreiben an eine gewählte Person.

    Attributes:
        letterhead: Briefkopf.
        recipient: lines of the address; only the name where the address is not known.
        name: "Dr. Ayşe Kaya".
        council_genitive: "Beirates für Migration und Integration".
        municipality_of: in the genitive, "der Stadt Musterstadt".
        election_day: Wahltag.
        determined_on: day of the determination.
        votes: votes for the person.
        list_name: "Wahlvorschlag 3 „Kennwort“", or "" in Mehrheitswahl.
        by_lot: the lot decided.
        days: days for the declaration after delivery, 7 by statute.
        place: place of the letter.
        signatory: name under the signature line.
        signatory_office: office below it.
        created_at_utc: moment written into the file.
    """

    letterhead: Letterhead
    recipient: tuple[str, ...]
    name: str
    council_genitive: str
    municipality_of: str
    election_day: date
    determined_on: date
    votes: int
    list_name: str
    by_lot: bool
    days: int
    place: str
    signatory: str
    signatory_office: str
    created_at_utc: datetime

    @property
    def period(self) -> str:
        """ "einer Woche" or "10 Tagen"."""
        return "einer Woche" if self.days == 7 else f"{self.days}{words.NO_BREAK}Tagen"


def print_letter(letter: ElectedLetter) -> bytes:
    """Schreiben drucken: one page of letter, one page of declaration.

    Source: § 44 KWG [V], § 64 KWO [V].

    Returns:
        Bytes of the PDF, the same for the same letter.

    Raises:
        typeface.UnprintableCharacter: a name uses a script the fonts do not have.
    """
    title = f"Ihre Wahl in den Beirat für Migration und Integration {letter.municipality_of}"
    html = press.compose("elected_letter.html", sheet=letter, title=title, arms=arms_address(letter.letterhead.arms))
    return press.print_pdf(html, title=title, created_at_utc=letter.created_at_utc, modified_at_utc=letter.created_at_utc)
