"""Antrag einlesen: from a photo, a scan or a PDF to the code on it, and to the persons of the roll it may mean. Nothing is stored."""

from io import BytesIO

import pypdfium2
import zxingcpp
from PIL import Image, UnidentifiedImageError
from sqlalchemy.orm import Session

from beiratswahl.documents.application_code import ApplicationFields, CodeUnreadable, decoded
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read import roll
from beiratswahl.store.read.roll_views import PersonFilter, PersonLine
from beiratswahl.store.read.setup import ElectionView

LARGEST_FILE = 20_000_000
MOST_PIXELS = 60_000_000
MOST_PAGES = 5
SCALE = 200 / 72  # dots per point
LARGEST_PAGE = 2000  # points; a larger page would need too much memory
NOTHING_FOUND = (
    "Auf dem Bild ist kein Code eines Antrags zu finden. Nehmen Sie das Blatt gerade, scharf und ganz auf, "
    "oder erfassen Sie den Antrag von Hand."
)


def read_application(content: bytes) -> ApplicationFields:
    """Code lesen from a picture (JPG, PNG, WebP, TIFF) or the first pages of a PDF.

    Raises:
        Refused: the file is empty, too large or unreadable, or carries no code of an application.
    """
    if not content:
        raise Refused("Wählen Sie das Foto, den Scan oder die PDF-Datei des Antrags aus.")
    if len(content) > LARGEST_FILE:
        raise Refused(
            f"Die Datei ist {len(content) // 1_000_000} MB groß, höchstens {LARGEST_FILE // 1_000_000} MB sind möglich. "
            "Fotografieren Sie mit geringerer Auflösung."
        )
    for picture in _pages(content) if content.startswith(b"%PDF") else (_picture(content),):
        for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)):
            try:
                return decoded(found.text)
            except CodeUnreadable:
                continue
    raise Refused(NOTHING_FOUND)


def typed_application(text: str) -> ApplicationFields:
    """Code, as a scanner types it.

    Raises:
        Refused: it is no code of an application, or damaged.
    """
    try:
        return decoded(text)
    except CodeUnreadable as error:
        raise Refused(str(error)) from error


def meant_persons(session: Session, election: ElectionView, ags: str, of: ApplicationFields) -> tuple[PersonLine, ...]:
    """Personen des Melderegisters with this name and birthday; none is chosen here.

    Raises:
        Refused: the application is for another election.
    """
    if (of.ags, of.election_day) != (ags, election.day.isoformat()):
        raise Refused(
            f"Dieser Antrag ist für eine andere Wahl (Schlüssel {of.ags}, Wahltag {of.election_day}). "
            "Geben Sie ihn an das Wahlamt dort weiter."
        )
    by_name_and_day = f"{of.family_name} {of.given_names} {of.birth_date}"
    for search in (by_name_and_day, f"{of.family_name} {of.birth_date}", of.birth_date):
        found = roll.person_page(session, election.election_id, PersonFilter(search=search)).lines
        if found:
            return found
    return ()


def _picture(content: bytes) -> Image.Image:
    try:
        picture = Image.open(BytesIO(content), formats=["JPEG", "PNG", "WEBP", "TIFF"])
        if picture.width * picture.height > MOST_PIXELS:
            raise Refused(
                f"Das Bild hat {picture.width} × {picture.height} Pixel; das ist zu viel. Fotografieren Sie mit geringerer Auflösung."
            )
        return picture.convert("L")
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        SyntaxError,
        ValueError,
    ) as error:
        raise Refused("Die Datei ist kein lesbares Bild. Möglich sind JPG, PNG, WebP, TIFF und PDF.") from error


def _pages(content: bytes) -> list[Image.Image]:
    try:
        with pypdfium2.PdfDocument(content) as document:
            pages = [document[number] for number in range(min(len(document), MOST_PAGES))]
            if any(max(page.get_size()) > LARGEST_PAGE for page in pages):
                raise Refused("Eine Seite der PDF-Datei ist größer als A2. Scannen Sie nur das Blatt des Antrags.")
            return [page.render(scale=SCALE).to_pil().convert("L") for page in pages]
    except pypdfium2.PdfiumError as error:
        raise Refused("Die PDF-Datei lässt sich nicht öffnen. Ist sie beschädigt oder mit einem Kennwort geschützt?") from error
