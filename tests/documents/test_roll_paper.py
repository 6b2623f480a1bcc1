"""Papers around the roll: archive format, accessible, one table after the other."""

from datetime import UTC, date, datetime

import page
import pytest

from beiratswahl.documents.result_sheet import Letterhead
from beiratswahl.documents.roll_paper import PaperTable, RollPaper, print_paper
from tests.documents.conftest import text_in

WHEN = datetime(2026, 11, 13, 17, tzinfo=UTC)


def paper() -> bytes:
    head = Letterhead("Stadt Musterstadt", "Die Wahlleiterin", ("Rathausplatz 1",), ("06999 1234",))
    tables = (
        PaperTable("Geschlecht", ("Gruppe", "#Wahlberechtigte"), (("weiblich", "12"), ("divers", "•"))),
        PaperTable("", ("#Wahlschein", "Person"), (("17", "Öztürk, Ayşe"),)),
    )
    lead, notes = ("Stand von heute (§ 16 KWO).",), ("• nicht ausgewiesen",)
    return print_paper(
        RollPaper(head, "Wählerverzeichnis", "Zahlen", date(2026, 11, 15), lead, tables, notes, "Musterstadt", WHEN, WHEN.date())
    )


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1])
def test_a_paper_is_archive_format_and_accessible_at_once(profile: page.ValidationProfile) -> None:
    report = page.validate_pdf_bytes(paper(), profile=profile)
    assert report.is_compliant, [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def test_a_paper_has_its_tables_with_heads_and_notes() -> None:
    text = text_in(paper())
    for said in (
        "Stadt Musterstadt",
        "Wahl am 15. November 2026",
        "Gruppe Wahlberechtigte",
        "weiblich 12",
        "divers •",
        "17 Öztürk, Ayşe",
        "nicht ausgewiesen",
    ):
        assert said in text
    assert "#" not in text
