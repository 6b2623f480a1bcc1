"""Every sample is printed once and read by many tests."""

from functools import cache
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from beiratswahl.documents.result_announcement import announce
from tests.documents.samples import SAMPLES


@cache
def printed(name: str) -> bytes:
    """PDF of a sample."""
    return announce(SAMPLES[name]())


@cache
def pages_of(name: str) -> tuple[str, ...]:
    """Text of each page of a sample, with ordinary spaces and without hyphenation."""
    return pages_in(printed(name))


def pages_in(data: bytes) -> tuple[str, ...]:
    """Text of each page of a file, with ordinary spaces and without hyphenation."""
    document = pypdfium2.PdfDocument(data)
    try:
        texts = []
        for page in document:
            textpage = page.get_textpage()
            texts.append(textpage.get_text_bounded())
            textpage.close()
            page.close()
    finally:
        document.close()
    return tuple(" ".join(text.replace("\u00a0", " ").replace("\u2010\r\n", "").split()) for text in texts)


def text_in(data: bytes) -> str:
    """Whole text of a file."""
    return " ".join(pages_in(data))


def text_of(name: str) -> str:
    """Whole text of a sample."""
    return " ".join(pages_of(name))


def opened(name: str) -> pikepdf.Pdf:
    """The sample as pikepdf sees it."""
    return pikepdf.open(BytesIO(printed(name)))


@pytest.fixture(params=sorted(SAMPLES))
def sample(request: pytest.FixtureRequest) -> str:
    """Each sample in turn."""
    return str(request.param)
