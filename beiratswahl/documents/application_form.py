"""Antrag auf Eintragung in das Wählerverzeichnis (§ 11 KWO): filled in with its QR code, or empty. Nothing of it is kept."""

import base64
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

import segno

from beiratswahl import words
from beiratswahl.documents import press
from beiratswahl.documents.application_code import ApplicationFields, encoded
from beiratswahl.documents.result_sheet import Letterhead

GROUNDS = {
    "NR1": ("Ich habe außer der deutschen eine ausländische Staatsangehörigkeit.", "Reisepass oder Ausweis des anderen Staates"),
    "NR2A": (
        "Ich bin Spätaussiedlerin oder Spätaussiedler oder gehöre zu deren Familie (§ 7 StAG).",
        "Spätaussiedlerbescheinigung oder Vertriebenenausweis",
    ),
    "NR2B": ("Ich bin eingebürgert worden.", "Einbürgerungsurkunde"),
    "NR2C": (
        "Ich bin durch Geburt in Deutschland deutsch geworden; meine Eltern waren Ausländer (§ 4 Abs. 3 StAG).",
        "Geburtsurkunde mit Hinweis auf § 4 Abs. 3 StAG",
    ),
    "NR2D": (
        "Ich bin durch Geburt als Kind eines deutschen Elternteils deutsch (§ 4 Abs. 1, 4 StAG).",
        "Geburtsurkunde und Nachweis über den Elternteil",
    ),
}


@dataclass(frozen=True, slots=True)
class ApplicationSheet:
    """Vorlage des Antrags.

    Attributes:
        letterhead: Briefkopf; the form goes to its address.
        council: "Beirat für Migration und Integration".
        election_day: Wahltag.
        grounds: names of the grounds that can be claimed.
        deadline: until when it must arrive, in words; "" when nobody said.
        created_at_utc: moment written into the file.
        filled: what was filled in; None for an empty form.
    """

    letterhead: Letterhead
    council: str
    election_day: date
    grounds: tuple[str, ...]
    deadline: str
    created_at_utc: datetime
    filled: ApplicationFields | None = None


def print_application(sheet: ApplicationSheet) -> bytes:
    """Antrag drucken.

    Source: § 11 Abs. 1, § 11a KWO; § 56 Abs. 2 Satz 2 Nr. 2 GemO: entry on application, with proof [V]; the wording is ours [I].

    Raises:
        typeface.UnprintableCharacter: a name uses a script the fonts do not have.
    """
    title = "Antrag auf Eintragung in das Wählerverzeichnis"
    html = press.compose(
        "application_form.html",
        sheet=sheet,
        title=title,
        arms=None,
        grounds=[(name, *GROUNDS[name]) for name in sheet.grounds],
        pairs=_pairs(sheet.filled),
        code=_code(encoded(sheet.filled)) if sheet.filled else "",
    )
    return press.print_pdf(html, title=title, created_at_utc=sheet.created_at_utc, modified_at_utc=sheet.created_at_utc)


def _pairs(of: ApplicationFields | None) -> list[tuple[str, str]]:
    labels = ("Familienname", "Vornamen", "Geburtsdatum", "Straße, Hausnummer", "Postleitzahl, Wohnort", "Telefon oder E-Mail")
    if of is None:
        return [(label, "") for label in labels]
    birth = words.short_date(date.fromisoformat(of.birth_date))
    return list(zip(labels, (of.family_name, of.given_names, birth, of.street, f"{of.postcode} {of.town}", of.contact), strict=True))


def _code(text: str) -> str:
    """The picture of the code; level M bears folds and stamps on a seventh of its area."""
    picture = BytesIO()
    segno.make_qr(text, error="m").save(picture, kind="svg", xmldecl=False, svgns=True, border=4, omitsize=True)
    return f"data:image/svg+xml;base64,{base64.b64encode(picture.getvalue()).decode()}"
