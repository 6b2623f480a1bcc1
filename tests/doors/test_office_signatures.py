"""The office door: support signatures against the register, and a candidate who leaves after the admission."""

import io
from pathlib import Path

import pytest

from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.roll import import_register
from beiratswahl.rehearsal.register import write_register
from beiratswahl.store.read.signatures import found_signers
from tests.doors.pages import Visitor
from tests.world import ELECTION_DAY, ON_PAPER, Place, nominate


@pytest.fixture
def register(desk: Desk, place: Place, tmp_path: Path) -> None:
    """A register of forty persons."""
    stream = io.BytesIO()
    write_register(stream, 40, seed=7, election_day=ELECTION_DAY)
    (tmp_path / "register.csv").write_bytes(stream.getvalue())
    import_register(desk, place.election_id, tmp_path / "register.csv")


@pytest.mark.usefixtures("register")
def test_signatures_are_found_entered_objected_to_and_removed(office: Visitor, place: Place, desk: Desk) -> None:
    key = nominate(desk, place)[0]
    address = f"/amt/wahl/{place.election_id}/wahlvorschlaege/{key}/unterschriften"
    people = [of for of in found_signers(desk.session, place.election_id, "") if of.entitled == "yes"]
    one = people[0]
    page = office.open(f"{address}?suche={one.name.split(',')[0]}")
    assert one.name in page.text
    page = office.press(page, f"{one.name} hat unterschrieben")
    assert page.rows("Erfasste Unterschriften")[0][2] == "gültig"
    again = office.press(office.open(f"{address}?suche={one.name.split(',')[0]}"), f"{one.name} hat unterschrieben")
    assert "schon unterschrieben (Nr. 1)" in again.refusal
    page = office.press(page, "Unterschrift erfassen", name="Unbekannt, Ulla")
    assert page.rows("Erfasste Unterschriften")[0][2].startswith("nicht im Melderegister")
    page = office.press(page, "Unterschrift Nr. 2 entfernen")
    page = office.press(page, "Beanstanden", objection="nicht eigenhändig")
    assert page.rows("Erfasste Unterschriften")[0][2].endswith("nicht eigenhändig")
    page = office.press(page, "Beanstandung ändern oder aufheben", objection="")
    assert page.rows("Erfasste Unterschriften")[0][2] == "gültig"


def test_a_departure_is_recorded_with_what_follows_and_taken_back(office: Visitor, place: Place, desk: Desk) -> None:
    key = nominate(desk, place)[0]
    close_nominations(desk, place.election_id, ON_PAPER)
    address = f"/amt/wahl/{place.election_id}/wahlvorschlaege/{key}"
    page = office.open(f"{address}/person/1/ausscheiden")
    assert office.press(page, "Ausscheiden erfassen").status == 422
    filled = {"kind": "Tod", "happened_on": "2020-02-03", "evidence": "Standesamt", "treatment": "bleibt auf dem Stimmzettel"}
    page = office.press(page, "Ausscheiden erfassen", **filled, reason="Stimmzettel gedruckt")
    assert "zählen für ihre Liste" in page.text
    assert "Tod" in office.open(address).text
    page = office.press(page, "Ausscheiden zurücknehmen", reason="Verwechslung")
    assert "Tod" not in page.text


def test_the_list_of_receipts_shows_seconds_and_the_place_in_the_journal(office: Visitor, place: Place, desk: Desk) -> None:
    nominate(desk, place)
    row = office.open(f"/amt/wahl/{place.election_id}/wahlvorschlaege").rows("Eingegangene Wahlvorschläge")[0]
    assert row[2] == "01.09.2026, 12:00:00 Uhr"
    assert row[3].startswith("Nr. ")
