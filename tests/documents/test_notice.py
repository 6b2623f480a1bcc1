"""Notices, letters and minutes: archive format and accessible, the same bytes twice, signed, and with whole citations."""

from dataclasses import replace
from functools import cache

import page
import pytest

from beiratswahl.documents.notice import print_notice
from beiratswahl.documents.notice_sheet import Section, Table
from tests.documents.conftest import pages_in, text_in
from tests.documents.notice_samples import NOTICES


@cache
def notice(name: str) -> bytes:
    return print_notice(NOTICES[name]())


@pytest.mark.parametrize("name", sorted(NOTICES))
@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1])
def test_every_notice_is_archive_format_and_accessible(name: str, profile: page.ValidationProfile) -> None:
    report = page.validate_pdf_bytes(notice(name), profile=profile)
    assert report.is_compliant, [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


@pytest.mark.parametrize("name", sorted(NOTICES))
def test_every_notice_is_dated_and_numbered(name: str) -> None:
    sheet, pages = NOTICES[name](), pages_in(notice(name))
    assert "30. August 2024" in text_in(notice(name)) or not sheet.signatory
    assert all(f"Seite {number} von {len(pages)}" in text for number, text in enumerate(pages, 1))


def test_the_same_notice_is_the_same_bytes() -> None:
    assert print_notice(NOTICES["notice_call"]()) == notice("notice_call")


def test_words_from_people_stay_words() -> None:
    sheet = NOTICES["notice_call"]()
    block = Table(("A", "<b>B</b>"), (("1", "<script>x</script>"),), (10, 0))
    said = text_in(print_notice(replace(sheet, sections=(Section("<i>Titel</i>", ("<u>Text</u>", block)),))))
    assert "<u>Text</u>" in said
    assert "<script>x</script>" in said
