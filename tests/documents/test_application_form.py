"""The application form: one page, accessible, and its code is read back from a crooked grey scan, letter by letter."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import page
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from beiratswahl.documents.application_code import ApplicationFields, CodeUnreadable, decoded, encoded
from beiratswahl.documents.application_form import ApplicationSheet, print_application
from beiratswahl.documents.result_sheet import Letterhead
from beiratswahl.operations.application_scans import LARGEST_FILE, read_application
from beiratswahl.operations.desk import Refused
from tests.documents.conftest import pages_in, text_in

PERSON = ApplicationFields(
    ags="07999000",
    election_day="2026-11-15",
    family_name="Thiruvengadam Balasubramaniam Selvarajah Chandrasekaran",
    given_names="Śivakāmasundari Meenakshi Ṣāliḥa",
    birth_date="1987-04-12",
    street="Straße des 17. Juni 112 b",
    postcode="55116",
    town="Musterstadt-Großgörschen",
    ground="NR2D",
    parent="Ausländer",
    contact="a.ḥusainī@example.org",
)
SHEET = ApplicationSheet(
    letterhead=Letterhead("Stadt Musterstadt", "Wahlamt", ("Rathausplatz 1", "55116 Musterstadt")),
    council="Beirat für Migration und Integration",
    election_day=date(2026, 11, 15),
    grounds=("NR1", "NR2A", "NR2B", "NR2C", "NR2D"),
    deadline="bis Sonntag, 25. Oktober 2026, 18 Uhr",
    created_at_utc=datetime(2026, 9, 1, tzinfo=UTC),
    filled=PERSON,
)


def scanned(pdf: bytes, degrees: int = 3) -> bytes:
    """A grey scan at 200 dpi, laid in crookedly."""
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=200 / 72).to_pil().convert("L").rotate(degrees, expand=True, fillcolor=255)
    file = BytesIO()
    picture.save(file, "JPEG", quality=70)
    return file.getvalue()


@pytest.mark.parametrize("filled", [PERSON, None])
@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1])
def test_the_form_is_one_accessible_page(filled: ApplicationFields | None, profile: page.ValidationProfile) -> None:
    data = print_application(replace(SHEET, filled=filled))
    report = page.validate_pdf_bytes(data, profile=profile)
    assert report.is_compliant, [f"{failure.rule_id}: {failure.message}" for failure in report.failures]
    assert len(pages_in(data)) == 1
    assert "bis Sonntag, 25. Oktober 2026, 18 Uhr" in text_in(data)


def test_the_code_is_read_from_a_crooked_scan_and_from_the_file_itself() -> None:
    data = print_application(SHEET)
    assert read_application(scanned(data)) == PERSON
    assert read_application(data) == PERSON


def test_an_empty_form_carries_no_code() -> None:
    with pytest.raises(Refused, match="kein Code eines Antrags"):
        read_application(print_application(replace(SHEET, filled=None)))


@given(st.lists(st.text(max_size=80), min_size=11, max_size=11))
def test_whatever_is_filled_in_comes_back(values: list[str]) -> None:
    of = ApplicationFields(*values)
    text = encoded(of)
    assert decoded(text) == of
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


def test_every_changed_letter_of_a_code_is_noticed() -> None:
    text = encoded(PERSON)
    for place in range(4, len(text)):
        other = "A" if text[place] != "A" else "B"
        with pytest.raises(CodeUnreadable):
            decoded(text[:place] + other + text[place + 1 :])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("https://example.org", "kein Code eines Antrags"),
        ("BWA2" + encoded(PERSON)[4:], "andere[nr]* Fassung"),
        (encoded(PERSON)[:-20], "beschädigt oder unvollständig"),
        ("BWA1", "beschädigt oder unvollständig"),
    ],
)
def test_a_code_that_is_none_is_refused_with_its_reason(text: str, why: str) -> None:
    with pytest.raises(CodeUnreadable, match=why):
        decoded(text)


def huge_picture() -> bytes:
    file = BytesIO()
    Image.new("1", (10_000, 8_000)).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "Wählen Sie das Foto"),
        (b"\xff\xd8" + b"0" * 80_000_000, "80 MB groß"),
        (b"GIF89a", "kein lesbares Bild"),
        (b"%PDF-1.7 kaputt", "lässt sich nicht öffnen"),
        (huge_picture(), "10000 × 8000 Pixel"),
    ],
)
def test_a_file_that_is_no_application_is_refused_with_its_reason(content: bytes, why: str) -> None:
    assert LARGEST_FILE < 80_000_000
    with pytest.raises(Refused, match=why):
        read_application(content)
