"""Wappen: an uploaded picture becomes one that can be printed and shown without harm."""

from base64 import b64encode
from datetime import UTC, datetime
from io import BytesIO

import py_svg_hush
from PIL import Image, UnidentifiedImageError

from beiratswahl.documents import press
from beiratswahl.documents.result_sheet import Arms

LARGEST_FILE = 1_000_000
LARGEST_SIDE = 4000  # pixels
PRINTED_SIDE = 800  # pixels: 20 mm at 1000 dpi
SVG, PNG = "image/svg+xml", "image/png"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class ArmsUnusable(ValueError):
    """The picture cannot be used; the German text says why and what to do."""


def harmless(content: bytes) -> Arms:
    """Unschädlich machen: a PNG is drawn anew without anything but its pixels, an SVG loses scripts, links and everything from outside.

    Args:
        content: the uploaded file.

    Raises:
        ArmsUnusable: it is empty, too large, or neither an SVG nor a PNG.
    """
    if not content:
        raise ArmsUnusable("Wählen Sie die Datei mit dem Wappen aus, SVG oder PNG.")
    if len(content) > LARGEST_FILE:
        raise ArmsUnusable(
            f"Die Datei ist {len(content) / 1e6:.1f} MB groß, höchstens {LARGEST_FILE // 1_000_000} MB sind möglich. "
            "Verkleinern Sie das Bild oder nehmen Sie das Wappen als SVG.".replace(".", ",", 1)
        )
    arms = Arms(PNG, _redrawn(content)) if content.startswith(b"\x89PNG") else Arms(SVG, _cleaned(content))
    _print_once(arms)
    return arms


def _redrawn(content: bytes) -> bytes:
    try:
        with Image.open(BytesIO(content), formats=["PNG"]) as picture:
            if max(picture.size) > LARGEST_SIDE:
                width, height = picture.size
                raise ArmsUnusable(f"Das Bild hat {width} × {height} Pixel, höchstens {LARGEST_SIDE} × {LARGEST_SIDE} sind möglich.")
            picture.thumbnail((PRINTED_SIDE, PRINTED_SIDE))
            file = BytesIO()
            picture.convert("RGBA").save(file, "PNG", optimize=True)
            return file.getvalue()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        if isinstance(error, ArmsUnusable):
            raise
        raise ArmsUnusable("Die Datei ist kein lesbares PNG. Speichern Sie das Wappen noch einmal als PNG oder SVG.") from error


def _cleaned(content: bytes) -> bytes:
    try:
        cleaned: bytes = py_svg_hush.filter_svg(content, {"image": ["png", "jpeg"]})
    except ValueError as error:
        raise ArmsUnusable("Die Datei ist weder ein lesbares SVG noch ein PNG. Speichern Sie das Wappen als SVG oder PNG.") from error
    return cleaned


def _print_once(arms: Arms) -> None:
    """What cannot be printed is found out now, not on the evening of the announcement."""
    picture = f"data:{arms.media_type};base64,{b64encode(arms.data).decode()}"
    html = f'<!DOCTYPE html><html lang="de"><body><img alt="Wappen" src="{picture}" width="80"></body></html>'
    try:
        press.print_pdf(html, title="Wappen", created_at_utc=LONG_AGO, modified_at_utc=LONG_AGO)
    except press.OutsideAddress as error:
        raise ArmsUnusable(
            "Das SVG holt einen Teil des Bildes von außerhalb. Betten Sie alles ein oder speichern Sie das Wappen als PNG."
        ) from error
