"""An uploaded coat of arms does no harm: only its picture is kept."""

from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from beiratswahl.documents.arms import PNG, PRINTED_SIDE, SVG, ArmsUnusable, harmless

OPEN = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 12">'
SHIELD = b'<path d="M0 0h10v6q0 6-5 6t-5-6z" fill="#900"/>'


def png(width: int, height: int) -> bytes:
    about, file = PngInfo(), BytesIO()
    about.add_text("Comment", "Erika Amt, Zimmer 12")
    Image.new("RGB", (width, height), "#900").save(file, "PNG", pnginfo=about)
    return file.getvalue()


def test_a_drawing_keeps_its_shapes() -> None:
    arms = harmless(OPEN + SHIELD + b"</svg>")
    assert arms.media_type == SVG
    assert b'fill="#900"' in arms.data


@pytest.mark.parametrize(
    "harm",
    [
        b"<script>alert(1)</script>",
        b'<g onload="alert(1)"/>',
        b'<a href="javascript:alert(1)"><path d="M0 0"/></a>',
        b'<foreignObject><iframe src="x"/></foreignObject>',
    ],
)
def test_a_drawing_loses_whatever_acts(harm: bytes) -> None:
    cleaned = harmless(OPEN + harm + SHIELD + b"</svg>").data
    assert b"alert" not in cleaned
    assert b"iframe" not in cleaned
    assert b'fill="#900"' in cleaned


def test_a_drawing_that_fetches_a_picture_is_refused_at_once_and_not_when_it_is_printed() -> None:
    with pytest.raises(ArmsUnusable, match="von außerhalb"):
        harmless(OPEN + b'<image href="wappen.png" width="10" height="12"/></svg>')


def test_a_file_of_the_computer_never_gets_into_a_drawing() -> None:
    cleaned = harmless(b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + OPEN + b"<text>&x;</text>" + SHIELD + b"</svg>").data
    assert b"<text/>" in cleaned


def test_a_photo_is_drawn_anew_in_printing_size_without_what_is_said_about_it() -> None:
    arms = harmless(png(2000, 1000))
    assert arms.media_type == PNG
    assert b"Erika" not in arms.data
    with Image.open(BytesIO(arms.data)) as picture:
        assert picture.size == (PRINTED_SIDE, PRINTED_SIDE // 2)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "Wählen Sie die Datei"),
        (b"x" * 1_000_001, "höchstens 1 MB"),
        (b"GIF89a", "weder ein lesbares SVG noch ein PNG"),
        (b"\x89PNG\r\n\x1a\nkaputt", "kein lesbares PNG"),
        (png(10, 10)[:60], "kein lesbares PNG"),
        (png(4001, 1), "4001 × 1 Pixel"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reason(content: bytes, why: str) -> None:
    with pytest.raises(ArmsUnusable, match=why):
        harmless(content)
