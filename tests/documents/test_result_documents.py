"""The minutes of the determination and the letters to the elected: archive format, accessible, complete."""

from dataclasses import replace
from datetime import date

import page
import pytest

from beiratswahl.documents.elected_letter import ElectedLetter, print_letter
from beiratswahl.documents.result_minutes import ResultMinutes, Sitting, print_minutes
from tests.documents import samples
from tests.documents.conftest import pages_in, text_in

SITTING = Sitting(
    day=date(2024, 11, 13),
    place="Rathaus, Sitzungssaal 2",
    began="17:00",
    ended="18:20",
    chair="Dr. Henriette Beispiel-Wagner",
    members=("Karl Muster", "Ljubica Probe", "Ngozi Fall"),
    recorder="Jan Schreiber",
)


def minutes(sample: str) -> bytes:
    sheet = samples.SAMPLES[sample]()
    return print_minutes(ResultMinutes(sheet, SITTING, 4, sheet.created_at_utc))


def letter(**changed: object) -> ElectedLetter:
    sheet = samples.proportional()
    written = ElectedLetter(
        letterhead=sheet.letterhead,
        recipient=("Ayşe Yılmaz", "Hauptstraße 1", "55999 Musterstadt"),
        name="Ayşe Yılmaz",
        council_genitive=sheet.council_genitive,
        municipality_of=sheet.municipality_of,
        election_day=sheet.election_day,
        determined_on=SITTING.day,
        votes=1,
        list_name="Wahlvorschlag 1 „Internationale Liste“",
        by_lot=False,
        days=7,
        place=sheet.place,
        signatory=sheet.signatory,
        signatory_office=sheet.signatory_office,
        created_at_utc=sheet.created_at_utc,
    )
    return replace(written, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1])
@pytest.mark.parametrize("document", ["proportional", "majority", "letter"])
def test_both_are_archive_format_and_accessible(document: str, profile: page.ValidationProfile) -> None:
    data = print_letter(letter()) if document == "letter" else minutes(document)
    report = page.validate_pdf_bytes(data, profile=profile)
    assert report.is_compliant, [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def test_the_minutes_name_letters_lots_empty_seats_and_everybody_who_signs() -> None:
    text = text_in(minutes("proportional"))
    for part in (
        "Zurückgewiesene Wahlbriefe 58",
        "Versicherung an Eides statt nicht unterschrieben (§ 39 Abs. 1 Nr. 6 KWG): 37",
        "Das Los fiel auf Wahlvorschlag 1.",
        "Zusammen 17.250 13 1",
        "Rechnerische Berichtigungen waren nicht vorzunehmen.",
        "Jan Schreiber Schriftführung",
    ):
        assert part in text, part
    for name in SITTING.members:
        assert f"{name} Mitglied des Wahlausschusses" in text


def test_in_a_majority_election_the_minutes_list_all_persons_and_no_seat_allocation() -> None:
    text = text_in(minutes("majority"))
    assert all(person.name in text for person in samples.majority().persons)
    assert "Kennwort" not in text


def test_a_letter_has_one_page_of_text_and_one_of_declaration() -> None:
    first, second = pages_in(print_letter(letter()))
    assert "Auf Sie entfiel 1 Stimme (Wahlvorschlag 1 „Internationale Liste“)." in first
    assert "innerhalb einer Woche" in first
    assert "Ich nehme die Wahl an." in second


def test_a_letter_says_when_the_lot_decided_and_another_period() -> None:
    text = text_in(print_letter(letter(by_lot=True, days=10, list_name="", votes=412)))
    assert "entfielen 412 Stimmen; bei gleicher Zahl hat das Los für Sie entschieden." in text
    assert "innerhalb von 10 Tagen" in text
