"""The office door: the roll is opened, corrected, printed and closed; letters are downloaded."""

import json
import os
import subprocess
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.office import roll_prints
from beiratswahl.store.tables.electoral_roll import RollEntry
from beiratswahl.store.tables.roll import RegisteredPerson
from tests.documents.conftest import text_in
from tests.doors.pages import Page, Visitor
from tests.doors.test_office_roll import PAUSE, TURNS, export, path_of, taken_over
from tests.world import Place


def opened(office: Visitor, place: Place) -> str:
    head, *lines = export().decode().splitlines()
    in_one_district = [line.rpartition(";")[0] + ";1" for line in lines]
    taken_over(office, place, "\r\n".join([head, *in_one_district, ""]).encode())
    return f"{path_of(place)}/buch"


def test_the_roll_is_opened_brought_up_to_date_and_corrected(office: Visitor, place: Place, archive: Session) -> None:
    book = opened(office, place)
    page = office.press(office.open(book), "Wählerverzeichnis anlegen")
    entries = page.rows("Einträge")
    assert [row[:2] for row in entries] == [["1", str(number)] for number in range(1, len(entries) + 1)]
    assert "einzelne Entscheidung" in office.press(page, "Fortschreiben").text
    person = archive.scalars(select(RollEntry.person_id).order_by(RollEntry.number)).first()
    form = office.open(f"{path_of(place)}/person/{person}/berichtigung")
    assert "zu hören" in office.press(form, "Berichtigen", kind="Streichung", reason="verzogen").refusal
    assert office.press(form, "Berichtigen", kind="Streichung", reason="verzogen", heard_on=clock.today().isoformat()).status == 200
    assert office.open(book).rows("Einträge")[0][4] == "N"
    (row,) = office.open(f"{path_of(place)}/berichtigungen").rows("Bis zum Abschluss")
    assert "verzogen" in row[4]
    assert "Kein Eintrag gefunden" in office.open(f"{book}?bezirk={place.districts[1]}").text


def test_the_roll_is_closed_with_a_certificate_and_its_hash_can_be_checked(office: Visitor, place: Place, archive: Session) -> None:
    office.press(office.open(opened(office, place)), "Wählerverzeichnis anlegen")
    before = office.open(f"{path_of(place)}/abschluss")
    assert "13.11.2026 um 18:00 Uhr" in before.text
    assert "bescheinigen" in office.open(f"{path_of(place)}/abschluss/bescheinigung.pdf").text
    assert "Vorher zu klären: 1" in before.text
    assert "Noch nicht geklärt" in office.press(before, "Jetzt abschließen").text
    closed = office.press(before, "Jetzt abschließen", trotz="1")
    assert "Prüfsumme der Einträge" in closed.text
    assert "Jetzt abschließen" not in closed.text
    assert office.client.get(f"{path_of(place)}/abschluss/bescheinigung.pdf").data.startswith(b"%PDF")
    assert "Die Prüfsumme stimmt" in office.press(closed, "Prüfsumme nachrechnen").text
    archive.execute(update(RollEntry).values(family_name="Anders"))
    archive.commit()
    assert "Die Prüfsumme stimmt nicht" in office.press(closed, "Prüfsumme nachrechnen").refusal
    person = archive.scalars(select(RollEntry.person_id).order_by(RollEntry.number)).first()
    form = office.open(f"{path_of(place)}/person/{person}/berichtigung")
    obvious = "offenbare Unrichtigkeit (§ 15 Abs. 2 KWO)"
    office.press(form, "Berichtigen", kind="Streichung", basis=obvious, reason="verstorben", heard_on=clock.today().isoformat())
    (row,) = office.open(f"{path_of(place)}/abschluss").rows("Spätere Berichtigungen")
    assert "verstorben" in row[3]


def test_the_opening_is_taken_back_until_the_einsicht_begins(office: Visitor, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    book = opened(office, place)
    office.press(office.open(book), "Wählerverzeichnis anlegen")
    form = office.open(f"{book}/zuruecknehmen")
    assert "einzelne Entscheidung" in office.press(form, "Anlegen zurücknehmen", reason="falsche Bezirke").refusal
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 5, 8, tzinfo=UTC))
    form = office.open(f"{book}/zuruecknehmen")
    assert "Schreiben Sie" in office.press(form, "Anlegen zurücknehmen").refusal
    assert "Nummern sind aufgehoben" in office.press(form, "Anlegen zurücknehmen", reason="falsche Bezirke").text


def test_districts_of_the_register_are_assigned_before_the_opening(office: Visitor, place: Place) -> None:
    taken_over(office, place, export())
    page = office.press(office.open(f"{path_of(place)}/buch"), "Wählerverzeichnis anlegen")
    assert "gehören zu keinem Stimmbezirk" in page.text
    at = f"{path_of(place)}/zuordnung"
    for _ in range(100):
        page = office.open(at)
        forms = [form for form in page.tree.iter("form") if "zuordnung/aendern" in (form.get("action") or "")]
        if "nicht zugeordnet" not in page.text:
            break
        fields = {str(one.get("name")): one.get("value") or "" for one in forms[0].iter("input")}
        answer = office.client.post(
            forms[0].get("action") or "", data={**fields, "stimmbezirk": str(place.districts[0])}, follow_redirects=True
        )
        assert "ist zugeordnet" in answer.text
    assert "Alle Bezirke sind zugeordnet" in page.text
    roll = office.press(office.open(f"{path_of(place)}/buch"), "Wählerverzeichnis anlegen")
    assert roll.rows("Einträge")
    assert "Die Nummern sind vergeben" in office.open(at).text


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
    assert "noch nicht gedruckt" in office.open(f"{path_of(place)}/druck/waehlerverzeichnis.pdf").text
    assert "nichts zu drucken" in office.open(f"{path_of(place)}/druck").text
    assert archive.scalars(select(RollEntry.id)).first() is None


def test_a_print_runs_behind_its_page_and_is_downloaded(office: Visitor, place: Place, app: Flask) -> None:
    office.press(office.open(opened(office, place)), "Wählerverzeichnis anlegen")
    at = f"{path_of(place)}/druck"
    page = office.press(office.open(at), "Drucken")
    for _ in range(TURNS):
        if "Herunterladen (PDF)" in page.links:
            break
        time.sleep(PAUSE)
        page = office.open(at)
    assert "Der Druck ist fertig" in page.text
    with office.client.get(f"{at}/waehlerverzeichnis.pdf") as answer:
        assert "Stand vor dem Abschluss" in text_in(answer.data)
    assert not list((Path(app.instance_path) / "prints").glob("*.fresh"))


def test_a_print_whose_server_is_gone_says_so_and_can_be_begun_again(office: Visitor, place: Place, app: Flask) -> None:
    office.press(office.open(opened(office, place)), "Wählerverzeichnis anlegen")
    told = roll_prints.Print(roll_prints.RUNNING, clock.now().isoformat(), done=10, whole=90, job="alt", process=gone())
    state = Path(app.instance_path) / "prints" / f"roll-{place.election_id}.json"
    state.parent.mkdir(parents=True)
    state.write_text(json.dumps(asdict(told)), encoding="utf-8")
    page = office.open(f"{path_of(place)}/druck")
    assert "neu gestartet" in page.refusal
    assert "Drucken" in page.html


def test_a_running_print_is_stopped_and_does_not_come_back(office: Visitor, place: Place, app: Flask) -> None:
    office.press(office.open(opened(office, place)), "Wählerverzeichnis anlegen")
    told = roll_prints.Print(roll_prints.RUNNING, clock.now().isoformat(), done=10, whole=90, job="dieser", process=os.getpid())
    instance = Path(app.instance_path)
    state = instance / "prints" / f"roll-{place.election_id}.json"
    state.parent.mkdir(parents=True)
    state.write_text(json.dumps(asdict(told)), encoding="utf-8")
    page = office.open(f"{path_of(place)}/druck")
    assert "10 von 90" in page.text
    assert "gerade gedruckt" in office.client.post(f"{path_of(place)}/druck/beginnen", data=token(page), follow_redirects=True).text
    stopped = office.press(page, "Druck abbrechen")
    assert "Der Druck ist abgebrochen" in stopped.text
    with pytest.raises(roll_prints.Cancelled):
        roll_prints.go_on(instance, place.election_id, told)


def token(page: Page) -> dict[str, str]:
    return {"csrf_token": next(one.get("value") or "" for one in page.tree.iter("input") if one.get("name") == "csrf_token")}


def gone() -> int:
    """Number of a process that has ended."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


def test_houses_of_one_street_go_to_another_polling_district(office: Visitor, place: Place) -> None:
    taken_over(office, place, export())
    at = f"{path_of(place)}/zuordnung"
    page = office.open(at)
    address = next(one.get("href") for one in page.tree.iter("a") if "hausnummern" in (one.get("href") or ""))
    form = office.open(address)
    second = {"district": str(place.districts[1]), "side": "alle"}
    page = office.press(form, "Hausnummern zuordnen", first="1", last="200", **second)
    assert [row[0] for row in page.rows("Zuordnung der Hausnummern")] == ["1 bis 200", "alle übrigen"]
    refused = office.press(page, "Hausnummern zuordnen", first="100", last="300", **second)
    assert refused.status == 422
    assert "überschneidet sich mit dem Bereich 1 bis 200, der zum Stimmbezirk 2 gehört" in refused.text
    assert "1 bis 200: 2" in office.open(at).text
    page = office.press(page, "Entfernen")
    assert [row[0] for row in page.rows("Zuordnung der Hausnummern")] == ["alle"]
    assert office.open(f"{at}/hausnummern?bezirk=1&strasse=Geheimweg").status == 404
