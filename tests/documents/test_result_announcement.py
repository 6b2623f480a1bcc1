"""What the announcement says: everything § 63 and § 65 KWO name, and nothing that is not to be published."""

from dataclasses import replace
from fractions import Fraction

import pytest

from beiratswahl.documents import result_announcement
from beiratswahl.documents.result_announcement import SheetIncomplete, announce, title_of
from beiratswahl.documents.result_sheet import DivisorLine, SeatAllocation
from tests.documents.conftest import pages_of, text_of
from tests.documents.samples import majority, preliminary, proportional


@pytest.mark.parametrize(("sample", "pages"), [("proportional", 5), ("preliminary", 5), ("majority", 2)])
def test_number_of_pages_and_their_numbering(sample: str, pages: int) -> None:
    texts = pages_of(sample)
    assert len(texts) == pages
    for number, text in enumerate(texts, 1):
        assert f"Seite {number} von {pages}" in text


def test_no_page_starts_or_ends_with_a_stranded_heading(sample: str) -> None:
    for text in pages_of(sample):
        body = text.split(" Bekanntmachung des Wahlergebnisses · Fassung")[0]
        assert not body.endswith(("Ersatzpersonen", "Losentscheid", "Rechenschritte", "Sitze", "KWO):"))


@pytest.mark.parametrize(
    "statement",
    [
        "Bekanntmachung des endgültigen Wahlergebnisses der Wahl des Beirates für Migration und Integration der Stadt Musterstadt "
        "am 10. November 2024",
        "§ 65 der Kommunalwahlordnung (KWO) in Verbindung mit § 56 GemO",
        "Wahlberechtigte 17.984",
        "Wählerinnen und Wähler 1.471",
        "Wahlbeteiligung 8,18 %",
        "Gültige Stimmzettel 1.437",
        "Ungültige Stimmzettel 34",
        "Gültige Stimmen 17.250",
        "1 Internationale Liste 6.300 36,52 % 5",
        "4 Einzelbewerbung Dr. Abdi 2.150 12,46 % 2",
        "12 Abdi, Dr. Fatuma 4 Einzelbewerbung Dr. Abdi 2.150",
        "1 Sitz bleibt unbesetzt",
        "Al-Ḥusainī, Ṣāliḥ 4 431 1. Ersatzperson",
        "Vergabe des 13. Sitzes (§ 41 KWG)",
        "Karl Muster; Ljubica Probe",
        "Das Los fiel auf Wahlvorschlag 1.",
        "innerhalb von zwei Wochen nach dieser Bekanntmachung schriftlich Einspruch bei der Oberbürgermeisterin der Stadt Musterstadt",
        "(§ 48 KWG, § 67 KWO)",
        "Die Frist endet am Donnerstag, 28. November 2024.",
        "Musterstadt, den 14. November 2024",
        "Dr. Henriette Beispiel-Wagner Oberbürgermeisterin als Wahlleiterin",
    ],
)
def test_the_final_announcement_says_everything_the_order_names(statement: str) -> None:
    assert statement in text_of("proportional")


def test_rejected_letters_are_told_apart_from_invalid_ballots() -> None:
    text = text_of("proportional")
    assert "Rechtzeitig eingegangen sind 1.529 Wahlbriefe; davon wurden 58 zurückgewiesen" in text
    assert "Verspätet gingen 12 Wahlbriefe ein. Zurückgewiesene" in text


def test_the_annex_shows_both_forms_of_the_computation() -> None:
    annex = pages_of("proportional")[-1]
    assert "1.400,00 13. Sitz (Los)" in annex
    assert "Mit dem Zuteilungsdivisor 1.400 " in annex
    assert "1 6.300 4,50 5 4,5 nach Los aufgerundet" in annex
    assert "5. Kein Wahlvorschlag hat mehr als die Hälfte der Stimmen (§ 41 Abs. 2 KWG)." in annex


def test_a_preliminary_result_never_looks_official() -> None:
    text = text_of("preliminary")
    assert "Dieses Ergebnis ist vorläufig." in text
    assert "Öffentliche Bekanntmachung" not in text
    assert "Einspruch gegen die Gültigkeit" not in text
    assert title_of(preliminary()).startswith("Vorläufiges Ergebnis")


def test_majority_vote_cites_the_district_order_and_has_no_lists() -> None:
    text = text_of("majority")
    assert "§ 49a LKO" in text
    assert "Wahlvorschlag" not in text
    assert "Anlage" not in text
    assert "20 Kaya, Emre 93" in text


def test_empty_seats_of_a_majority_vote_are_told() -> None:
    sheet = majority()
    people = tuple(replace(person, substitute_rank=None) for person in sheet.persons[:8])
    sheet = replace(sheet, persons=people, votes=sum(person.votes for person in people))
    html = result_announcement.compose_sheet(sheet)
    assert "bleiben unbesetzt" in html
    assert "Ersatzpersonen" not in html


@pytest.mark.parametrize("missing", [{"determined_on": None}, {"objection": None}])
def test_a_final_result_without_determination_or_objection_notice_is_refused(missing: dict[str, None]) -> None:
    with pytest.raises(SheetIncomplete, match="§ 63 KWO"):
        announce(replace(proportional(), **missing))


def test_unequal_quotients_stay_unequal_on_paper() -> None:
    sheet = proportional()
    assert sheet.allocation is not None
    close = (Fraction(100_001, 7), Fraction(100_001, 7) + Fraction(1, 4000))
    quotients = tuple(replace(item, value=value) for item, value in zip(sheet.allocation.quotients, close, strict=False))
    assert result_announcement._places(replace(sheet.allocation, quotients=quotients)) == 4


@pytest.mark.parametrize(("quotient", "places"), [(Fraction(9, 2), 2), (Fraction(44996, 10000), 4), (Fraction(44, 10), 2)])
def test_a_quotient_below_one_half_is_never_printed_as_one_half(quotient: Fraction, places: int) -> None:
    allocation = SeatAllocation("Sainte-Laguë", "§ 41 KWG", lines=(DivisorLine(1, 1, quotient, 4),))
    assert result_announcement._rounding_places(allocation) == places


def test_many_lists_get_several_tables_of_quotients() -> None:
    sheet = proportional()
    lists = tuple(replace(sheet.lists[0], number=number) for number in range(1, 10))
    tables = result_announcement._quotient_tables(replace(sheet, lists=lists))
    assert [[of.number for of in table.lists] for table in tables] == [[1, 2, 3, 4, 5, 6], [7, 8, 9]]


def test_markup_in_a_keyword_stays_text() -> None:
    sheet = proportional()
    lists = (replace(sheet.lists[0], keyword="<b>Fett & mehr</b>"), *sheet.lists[1:])
    html = result_announcement.compose_sheet(replace(sheet, lists=lists))
    assert "<b>" not in html
    assert "&lt;b&gt;Fett &amp; mehr" in html
