"""The press: archive format and accessibility at once, own fonts only, the same bytes everywhere."""

import logging
import os
import subprocess
import sys
import zlib
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO

import page
import pikepdf
import pydyf
import pytest

from beiratswahl.documents import press, typeface
from tests.documents.conftest import opened, printed, text_of

MOMENT = datetime(2024, 11, 14, 9, 30, tzinfo=UTC)


def _print(html: str, moment: datetime = MOMENT) -> bytes:
    return press.print_pdf(html, title="Probe", created_at_utc=moment, modified_at_utc=moment)


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1])
def test_every_document_is_archive_format_and_accessible_at_once(sample: str, profile: page.ValidationProfile) -> None:
    report = page.validate_pdf_bytes(printed(sample), profile=profile)
    assert report.is_compliant, [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def test_the_file_says_that_it_is_both(sample: str) -> None:
    with opened(sample) as pdf:
        xmp = pdf.Root.Metadata.read_bytes().decode()
        assert 'pdfaid:part="3"' in xmp
        assert 'pdfaid:conformance="A"' in xmp
        assert "<pdfuaid:part>1</pdfuaid:part>" in xmp


def test_title_is_shown_and_language_is_german(sample: str) -> None:
    with opened(sample) as pdf:
        assert pdf.Root.Lang == "de"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert "der Wahl des Beirates für Migration und Integration" in str(pdf.docinfo["/Title"])


def test_another_process_with_another_hash_seed_prints_the_same_bytes() -> None:
    code = (
        "import sys; from hashlib import sha256; from tests.documents.samples import proportional;"
        "from beiratswahl.documents.result_announcement import announce;"
        "sys.stdout.write(sha256(announce(proportional())).hexdigest())"
    )
    digests = {sha256(printed("proportional")).hexdigest()}
    for seed, zone in (("1", "Pacific/Kiritimati"), ("4711", "America/Lima")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        digests.add(subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True).stdout)
    assert len(digests) == 1


def test_identifier_comes_from_the_content() -> None:
    one, same, other = _print("<p>eins</p>"), _print("<p>eins</p>"), _print("<p>zwei</p>")
    identifiers = [bytes(pikepdf.open(BytesIO(data)).trailer.ID[0]) for data in (one, same, other)]
    assert identifiers[0] == identifiers[1]
    assert identifiers[0] != identifiers[2]


def test_only_our_own_fonts_are_used_and_embedded(sample: str) -> None:
    with opened(sample) as pdf:
        fonts = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"]
        descriptors = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"]
        assert fonts
        assert all(f"+{typeface.FAMILY}" in str(font.BaseFont) for font in fonts)
        assert all("/FontFile2" in descriptor for descriptor in descriptors)


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn, Thị Hồng Ánh",
        "Müller-Łukasiewicz, Katarzyna Małgorzata",
        "Balasubramaniyam Venkataraghavan, Thirunavukkarasu",
        "Шевченко, Олександр Іванович",
        "Παπαδοπούλου, Ελένη",
        "M̂bengue, D̂jibril",
        "Yılmaz, Ayşe",
        "Al-Ḥusainī, Ṣāliḥ",
        "Þorsteinsdóttir, Guðrún",
    ],
)
def test_a_name_that_is_copied_or_read_aloud_stays_the_same_name(name: str) -> None:
    assert name in text_of("proportional")


def test_combining_marks_keep_their_own_letter_wherever_they_stood_first() -> None:
    data = _print("<p>m̀ Thị p̣ K̇ i</p>")
    document = pikepdf.open(BytesIO(data))
    tables = [item.read_bytes() for item in document.objects if isinstance(item, pikepdf.Stream) and b"beginbfchar" in item.read_bytes()]
    assert len(tables) == 1
    for mark in ("\u0300", "\u0323", "\u0307", "i", "ị"):
        assert f"> <{mark.encode('utf-16-be').hex()}>".encode() in tables[0]


def test_nothing_is_missing_that_the_style_or_the_layout_asked_for(caplog: pytest.LogCaptureFixture) -> None:
    from beiratswahl.documents.result_announcement import announce
    from tests.documents.samples import majority

    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        announce(majority())
    assert [record.getMessage() for record in caplog.records] == []


@pytest.mark.parametrize("letter", ["த", "م", "क", "→"])
def test_a_letter_without_a_font_of_ours_stops_the_print(letter: str) -> None:
    with pytest.raises(typeface.UnprintableCharacter, match=f"U\\+{ord(letter):04X}"):
        _print(f"<p>{letter}</p>")


def test_a_missing_font_is_named_and_nothing_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(typeface.FACES, "NotoSans-Fehlt.ttf", ("normal", 900, "-Black"))
    with pytest.raises(typeface.FontsMissing, match=r"NotoSans-Fehlt\.ttf"):
        _print("<p>Text</p>")


@pytest.mark.parametrize("address", ["https://example.org/a.png", "file:///etc/hostname", "data:text/html,x"])
def test_a_document_loads_nothing_from_outside(address: str) -> None:
    with pytest.raises(press.OutsideAddress):
        _print(f'<p><img src="{address}" alt="Bild"></p>')


def test_arms_that_point_outside_stop_the_print() -> None:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><image href='file:///etc/hostname' width='9' height='9'/></svg>"
    picture = f"data:image/svg+xml;base64,{b64encode(svg).decode()}"
    with pytest.raises(press.OutsideAddress):
        _print(f'<p><img src="{picture}" alt="Wappen"></p>')


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        _print("<p>Text</p>", datetime(2024, 11, 14))  # noqa: DTZ001


def test_an_unknown_name_in_a_template_is_an_error_and_text_is_escaped() -> None:
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        press.compose("base.html", title="<b>")


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("§ 65 Abs. 1 Nr. 4 KWO", "§_65_Abs._1_Nr._4_KWO"),
        ("§§ 56 und 57 KWO", "§§_56 und 57_KWO"),
        ("§ 41 KWG", "§_41_KWG"),
        ("5 Personen", "5 Personen"),
    ],
)
def test_a_citation_stays_on_one_line(text: str, together: str) -> None:
    assert press.keep_citation_together(text) == together.replace("_", "\u00a0")


def test_no_compressed_stream_ends_in_half_a_line_end() -> None:
    pdf = pydyf.PDF()
    contents = (b"q" * number for number in range(1, 257))  # the last byte is that of the checksum, it takes every value
    unlucky = next(content for content in contents if zlib.compress(content, 9).endswith(b"\r"))
    stream = pydyf.Stream([unlucky], compress=True)
    pdf.add_object(stream)
    assert stream.data.endswith(b"\r\nendstream")
    press._finish(press.NOTHING, 0, None, pdf)
    assert not stream.data.endswith(b"\r\nendstream")


def test_no_table_of_objects_ends_in_half_a_line_end() -> None:
    files = [_print(f"<html lang=de><title>t</title><p>{'x' * length}") for length in range(60)]
    assert not [data for data in files if b"\r\nendstream" in data]


def test_an_object_more_gives_the_table_another_last_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    finish = press._finish
    spares: list[int] = []

    def unlucky_twice(inlay: press.Inlay, spare: int, document: object, pdf: pydyf.PDF) -> None:
        finish(inlay, spare, document, pdf)
        spares.append(spare)
        if spare < 2:
            pdf.add_object(pydyf.Stream([b"q\r"]))

    monkeypatch.setattr(press, "_finish", unlucky_twice)
    data = _print("<html lang=de><title>t</title><p>x")
    assert spares == [0, 1, 2]
    assert b"\r\nendstream" not in data
