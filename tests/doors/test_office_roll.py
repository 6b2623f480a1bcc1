"""The office door: taking over a register, the work list, a person's reasons, applications."""

import csv
import time
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl.rehearsal.register import write_register
from beiratswahl.store.tables.roll import RegisteredPerson
from beiratswahl.store.tables.setup import Election
from tests.doors.pages import Page, Visitor
from tests.world import ELECTION_DAY, Place

TURNS, PAUSE = 200, 0.1


def export(persons: int = 60) -> bytes:
    file = BytesIO()
    write_register(file, persons, 7, ags="07999000", election_day=ELECTION_DAY)
    return file.getvalue()


def path_of(place: Place) -> str:
    return f"/amt/wahl/{place.election_id}/verzeichnis"


def previewed(office: Visitor, place: Place, content: bytes, name: str = "auszug.csv", **filled: str) -> Page:
    page = office.press(office.open(f"{path_of(place)}/einlesen"), "Einlesen", export=(BytesIO(content), name), **filled)
    return finished(office, place, page)


def taken_over(office: Visitor, place: Place, content: bytes, name: str = "auszug.csv") -> Page:
    page = previewed(office, place, content, name)
    return finished(office, place, office.press(page, "Übernahme freigeben")) if "noch ist nichts übernommen" in page.text else page


def finished(office: Visitor, place: Place, page: Page) -> Page:
    for _ in range(TURNS):
        if "Stand neu laden" not in page.links:
            return page
        time.sleep(PAUSE)
        page = office.open(f"{path_of(place)}/einlesen/stand")
    raise AssertionError("the import does not end")


def persons_stored(archive: Session) -> int:
    archive.rollback()
    return archive.scalar(select(func.count()).select_from(RegisteredPerson)) or 0


@pytest.fixture
def imported(office: Visitor, place: Place) -> Page:
    return taken_over(office, place, export())


def test_an_export_is_taken_over_and_counted(imported: Page, office: Visitor, place: Place, archive: Session) -> None:
    assert "Der Auszug ist übernommen" in imported.text
    rows = office.open(path_of(place)).rows("Personen nach Entscheidung und Gruppe")
    assert sum(int(row[3]) for row in rows) == persons_stored(archive) > 0


def test_the_same_export_again_changes_nothing(imported: Page, office: Visitor, place: Place, archive: Session) -> None:
    before = persons_stored(archive)
    assert "schon übernommen" in taken_over(office, place, export()).text
    assert persons_stored(archive) == before


def test_a_broken_export_is_refused_with_line_and_column_and_nothing_is_kept(office: Visitor, place: Place, archive: Session) -> None:
    lines = export().decode("utf-8-sig").splitlines()
    column = lines[0].split(";").index("0601 Geburtsdatum")
    for number in (1, 3):
        fields = lines[number].split(";")
        fields[column] = "31.02.1980"
        lines[number] = ";".join(fields)
    page = taken_over(office, place, "\r\n".join(lines).encode())
    assert "2 Fehler" in page.refusal
    ((where, told),) = [row for row in page.rows("Befunde") if row[0].endswith("Fehler")]
    assert where == "Zeile 2, Spalte „0601 Geburtsdatum“ Fehler"
    assert told.endswith("Ebenso in Zeile 4.")
    assert persons_stored(archive) == 0


def test_rules_that_are_open_are_told_before_a_file_is_chosen_with_the_way_to_them(office: Visitor, place: Place, archive: Session) -> None:
    path = f"{path_of(place)}/einlesen"
    assert "Bestätigen Sie zuerst" not in office.open(path).text
    election = archive.get_one(Election, place.election_id)
    election.rule_layers = {**election.rule_layers, "confirmations": []}
    archive.commit()
    page = office.open(path)
    assert "Bestätigen Sie zuerst diese Wahlregeln" in page.text
    assert office.open(page.link("Zu den Regeln")).path.endswith("/regeln")
    refused = previewed(office, place, export())
    assert "Die Übernahme ist nicht gelungen" in refused.refusal
    assert "Zu den Regeln" in refused.links


@pytest.mark.parametrize("content", [b"", b"a,b,c\n1,2,3\n", b"\x00\x01\x02"])
def test_what_is_no_export_is_refused(office: Visitor, place: Place, archive: Session, content: bytes) -> None:
    assert "nicht übernommen" in taken_over(office, place, content).refusal
    assert persons_stored(archive) == 0


def test_a_preview_shows_reasons_and_writes_nothing_until_it_is_released(office: Visitor, place: Place, archive: Session) -> None:
    page = previewed(office, place, export())
    assert persons_stored(archive) == 0
    assert sum(int(row[1]) for row in page.rows("Personen der Datei nach Grund")) >= 60
    assert len(page.rows("Änderungen, Person für Person")) == 60
    released = finished(office, place, office.press(page, "Übernahme freigeben"))
    assert "Der Auszug ist übernommen" in released.text
    assert persons_stored(archive) == 60


def test_what_is_strange_in_an_export_stands_before_its_release(imported: Page, office: Visitor, place: Place) -> None:
    header, first, *rest = export().decode().splitlines(keepends=True)
    number, family, given, _born, *others = first.split(";")
    somebody_else = ";".join((number, family, f"{given}a", "01.02.1931", *others))
    page = previewed(office, place, "".join((header, somebody_else, *rest)).encode())
    warned, offered = page.text.index(f"„{number}“: bisher {family}, {given}"), page.text.index("Übernahme freigeben")
    assert page.text.index("An diesem Auszug ist etwas auffällig") < warned < offered
    assert page.text.count("Befunde") == 2


def test_a_preview_can_be_given_up(office: Visitor, place: Place, archive: Session, app: Flask) -> None:
    page = office.press(previewed(office, place, export()), "Vorschau verwerfen")
    assert "verworfen" in page.text
    assert persons_stored(archive) == 0
    assert list((Path(app.instance_path) / "imports" / "uploads").iterdir()) == []


def test_every_change_of_a_preview_can_be_taken_away_as_a_file(imported: Page, office: Visitor, place: Place, app: Flask) -> None:
    changed = export().decode().replace("Musterstadt", "Neustadt").encode()
    header, first, *rest = changed.splitlines(keepends=True)
    cells = first.decode().split(";")
    born = cells[3]
    cells[3] = "02.03.1966"
    page = previewed(office, place, b"".join((header, ";".join(cells).encode(), *rest)))
    assert "Alle Änderungen als CSV-Datei" in page.links
    assert any(f"{born} → 02.03.1966" in row[2] for row in page.rows("Änderungen, Person für Person"))
    with office.client.get(f"{path_of(place)}/einlesen/aenderungen.csv") as answer:
        assert (answer.status_code, answer.mimetype) == (200, "text/csv")
        content = answer.data.decode("utf-8-sig")
    headings, *lines = csv.reader(StringIO(content), delimiter=";")
    assert len(lines) == 60
    by_number = {line[0]: dict(zip(headings, line, strict=True)) for line in lines}
    assert f"{born} → 02.03.1966" in by_number[cells[0]]["Angaben"]
    assert "Wohnort" in by_number[cells[0]]["Angaben"]
    assert "Neustadt" not in content
    office.press(page, "Vorschau verwerfen")
    assert office.client.get(f"{path_of(place)}/einlesen/aenderungen.csv").status_code == 302
    assert list((Path(app.instance_path) / "imports" / "uploads").iterdir()) == []


def test_a_file_of_changes_misses_nobody(imported: Page, office: Visitor, place: Place, archive: Session) -> None:
    lines = export().splitlines(keepends=True)
    page = previewed(office, place, b"".join(lines[:3]), changes_only="y")
    assert "nicht mehr enthalten" in page.text
    assert [row for row in page.rows("Personen der Datei nach Grund")]
    assert "nicht mehr im Auszug" not in page.text


def test_no_file_is_asked_for(office: Visitor, place: Place) -> None:
    page = office.press(office.open(f"{path_of(place)}/einlesen"), "Einlesen")
    assert page.status == 422
    assert "Wählen Sie die Datei" in page.refusal


def test_uploaded_files_do_not_stay(imported: Page, app_instance: list[str]) -> None:
    assert app_instance == []


@pytest.fixture
def app_instance(app: Flask, imported: Page) -> list[str]:
    return [str(file) for file in (Path(app.instance_path) / "imports" / "uploads").iterdir()]


def test_the_work_list_begins_with_the_unclear(imported: Page, office: Visitor, place: Place) -> None:
    page = office.open(f"{path_of(place)}/personen")
    assert page.heading == "Unklare Fälle"
    assert {row[2] for row in page.rows("Personen")} <= {"unklar"}


def test_a_person_is_found_in_another_spelling_and_shows_every_reason(
    imported: Page, office: Visitor, place: Place, archive: Session
) -> None:
    person = archive.scalars(select(RegisteredPerson).order_by(RegisteredPerson.id)).first()
    assert person is not None
    page = office.open(f"{path_of(place)}/personen?suche={person.family_name.upper()}")
    name = f"{person.family_name}, {person.given_names}"
    shown = office.open(page.link(name))
    assert shown.heading == " ".join(name.split())
    reasons = shown.rows("Gründe, Fassung 1")
    assert reasons
    assert all(source.startswith("§") or source for _, _, source in reasons)


def test_an_application_decides_anew_and_keeps_the_earlier_decision(
    imported: Page, office: Visitor, place: Place, archive: Session
) -> None:
    listed = office.open(f"{path_of(place)}/personen?antwort=no")
    person = office.open(listed.link(listed.rows("Personen")[0][0]))
    form = office.open(person.link("Antrag auf Eintragung erfassen"))
    assert office.press(form, "Antrag erfassen", received_day="2026-11-02", received_hour="09:00").status == 422
    claim = {"ground": "NR2B", "proof_kind": "Einbürgerungsurkunde", "received_day": "2026-11-02", "received_hour": "09:00"}
    page = office.press(form, "Antrag erfassen", **claim)
    assert page.status == 200
    assert page.rows("Anträge")[0][1].startswith("Nr. 2 b)")
    refused = office.press(form, "Antrag erfassen", **{**claim, "received_day": "2099-01-01"})
    assert "liegt in der Zukunft" in refused.refusal


def test_a_claim_by_descent_names_the_parent_or_says_that_the_application_does_not(imported: Page, office: Visitor, place: Place) -> None:
    listed = office.open(f"{path_of(place)}/personen?liste=antrag-noetig")
    form = office.open(office.open(listed.link(listed.rows("Personen")[0][0])).link("Antrag auf Eintragung erfassen"))
    claim = {"ground": "NR2D", "proof_kind": "Geburtsurkunde", "received_day": "2026-11-02", "received_hour": "09:00"}
    refused = office.press(form, "Antrag erfassen", **claim)
    assert refused.status == 422
    assert "Wählen Sie, was der Elternteil ist." in refused.text
    page = office.press(form, "Antrag erfassen", **claim, parent="nicht angegeben")
    assert page.status == 200
    assert "Welchem Kreis der Elternteil angehört, ist offen" in page.text
    corrected = office.open(page.link("berichtigen"))
    assert corrected.field("Nur bei Nr. 2 d): der Elternteil ist").find("*[@selected]").get("value") == "nicht angegeben"
    again = office.press(corrected, "Antrag berichtigen", parent="Ausländer", reason="nachgefragt")
    assert "aus dem begünstigten Kreis deutsch geworden; nachgewiesen" in again.text


def test_a_person_of_another_election_is_not_found(imported: Page, office: Visitor, elsewhere: Place, archive: Session) -> None:
    person = archive.scalars(select(RegisteredPerson.id)).first()
    assert office.open(f"/amt/wahl/{elsewhere.election_id}/verzeichnis/person/{person}").status == 404


def test_the_administration_never_sees_the_roll(administration: Visitor, place: Place) -> None:
    for page in ("", "/personen", "/einlesen", "/einlesen/stand", "/person/1"):
        assert administration.open(f"{path_of(place)}{page}").status == 403
