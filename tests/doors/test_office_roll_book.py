"""The office door: the roll is opened, corrected, printed and closed; letters are downloaded."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.store.tables.electoral_roll import RollEntry
from beiratswahl.store.tables.roll import RegisteredPerson
from tests.doors.pages import Visitor
from tests.doors.test_office_roll import export, path_of, taken_over
from tests.world import Place


def opened(office: Visitor, place: Place) -> str:
    head, *lines = export().decode().splitlines()
    in_one_district = [line.rpartition(";")[0] + ";1" for line in lines]
    taken_over(office, place, "\r\n".join([head, *in_one_district, ""]).encode())
    return f"{path_of(place)}/buch"


def test_the_roll_is_opened_brought_up_to_date_and_closed(office: Visitor, place: Place, archive: Session) -> None:
    book = opened(office, place)
    page = office.press(office.open(book), "Wählerverzeichnis anlegen")
    entries = page.rows("Einträge")
    assert [row[:2] for row in entries] == [["1", str(number)] for number in range(1, len(entries) + 1)]
    assert "einzelne Entscheidung" in office.press(page, "Fortschreiben").text
    person = archive.scalars(select(RollEntry.person_id).order_by(RollEntry.number)).first()
    form = office.open(f"{path_of(place)}/person/{person}/berichtigung")
    assert "zu hören" in office.press(form, "Berichtigen", kind="Streichung", reason="verzogen").refusal
    assert office.press(form, "Berichtigen", kind="Streichung", reason="verzogen", heard_on="2026-11-05").status == 200
    corrected = office.open(book)
    assert corrected.rows("Einträge")[0][4] == "N"
    assert "verzogen" in corrected.rows("Berichtigungen")[0][4]
    closed = office.press(corrected, "Abschließen")
    assert "Prüfsumme" in closed.text
    assert "Abschließen" not in closed.text


def test_a_district_that_fits_none_is_named(office: Visitor, place: Place) -> None:
    taken_over(office, place, export())
    page = office.press(office.open(f"{path_of(place)}/buch"), "Wählerverzeichnis anlegen")
    assert "gehören zu keinem Stimmbezirk" in page.text


def test_a_letter_is_refused_without_an_application_and_foreign_persons_are_unknown(
    office: Visitor, place: Place, elsewhere: Place, archive: Session
) -> None:
    opened(office, place)
    person = archive.scalars(select(RegisteredPerson.id)).first()
    assert "liegt kein Antrag vor" in office.open(f"{path_of(place)}/person/{person}/schreiben").text
    for page in ("schreiben", "berichtigung"):
        assert office.open(f"/amt/wahl/{elsewhere.election_id}/verzeichnis/person/{person}/{page}").status == 404


def test_a_correction_before_the_opening_is_refused_and_one_without_reason_too(office: Visitor, place: Place, archive: Session) -> None:
    opened(office, place)
    person = archive.scalars(select(RegisteredPerson.id)).first()
    form = office.open(f"{path_of(place)}/person/{person}/berichtigung")
    assert "Begründung" in office.press(form, "Berichtigen").refusal
    assert "noch nicht angelegt" in office.press(form, "Berichtigen", kind="Eintragung", reason="Irrtum").refusal


def test_nothing_is_printed_before_the_opening(office: Visitor, place: Place, archive: Session) -> None:
    assert "noch nicht gedruckt" in office.open(f"{path_of(place)}/buch/druck").text
    assert archive.scalars(select(RollEntry.id)).first() is None
