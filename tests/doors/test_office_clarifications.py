"""The office door: an unclear case is settled by a finding of the office, told to the person, replaced and taken back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from beiratswahl import clock
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.roll import import_register
from beiratswahl.store.read import roll_cases
from beiratswahl.store.tables.roll import RegisteredPerson
from tests.documents.conftest import text_in
from tests.doors.pages import Page, Visitor
from tests.doors.test_office_roll import path_of
from tests.operations.test_register_file import HEADER, a_line
from tests.world import Place

NOW = datetime(2026, 10, 14, 10, tzinfo=UTC)
FOUND = {"proof_kind": "Reiseausweis für Staatenlose", "proof_date": "2025-03-01", "reason": "Ausweis eingesehen"}
STATELESS = {"finding": "staatenlos", **FOUND}


@pytest.fixture(autouse=True)
def _before_the_einsicht(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def unclear(desk: Desk, place: Place, tmp_path: Path) -> dict[str, int]:
    """Two persons of unresolved nationality, one whose arrival is not known, and a foreigner; ids by register number."""
    lines = [
        a_line(Registernummer="N1", Familienname="Abebe", Staatsangehörigkeiten="998"),
        a_line(Registernummer="N2", Familienname="Bakr", Staatsangehörigkeiten="998"),
        a_line(Registernummer="N3", Familienname="Costa", Einzugsdatum="00.00.2026"),
        a_line(Registernummer="N4", Familienname="Zeman"),
    ]
    path = tmp_path / "auszug.csv"
    path.write_bytes("\r\n".join((HEADER, *lines, "")).encode())
    import_register(desk, place.election_id, path)
    return {row.register_number: row.id for row in desk.session.scalars(select(RegisteredPerson))}


def settle(office: Visitor, page: Page, **said: str) -> Page:
    return office.press(office.open(page.link("Feststellung erfassen")), "Feststellung erfassen", **said)


def test_an_unclear_case_leaves_its_list_by_a_finding_and_the_next_one_follows(
    office: Visitor, place: Place, unclear: dict[str, int]
) -> None:
    listed = office.open(f"{path_of(place)}/personen?liste=unklar")
    assert len(listed.rows("Personen")) == 3
    page = office.open(listed.link("Ersten Fall öffnen"))
    assert "Klären Sie das mit der Meldebehörde, der Ausländerbehörde" in page.text
    page = settle(office, page, **STATELESS)
    assert "Die Person ist jetzt wahlberechtigt." in page.text
    (row,) = page.rows("Feststellungen des Wahlamts")
    assert row[1:4] == ["staatenlos", "Reiseausweis für Staatenlose vom 01.03.2025", "gilt"]
    assert "Unklare Fälle: 2 Fälle" in page.text
    assert "Bakr" in office.open(page.link("Nächster Fall")).text


def test_only_what_is_open_can_be_settled(office: Visitor, place: Place, unclear: dict[str, int]) -> None:
    form = office.open(f"{path_of(place)}/person/{unclear['N3']}/feststellung")
    assert "Hauptwohnung im Wahlgebiet seit dem" in form.text
    assert "staatenlos" not in form.text
    refused = office.press(form, "Feststellung erfassen", **{**STATELESS, "finding": "Hauptwohnung im Wahlgebiet seit dem"})
    assert refused.status == 422
    assert "fehlt der Tag" in refused.text
    clear = office.open(f"{path_of(place)}/person/{unclear['N4']}")
    assert "Feststellung erfassen" not in clear.links
    assert "nichts festzustellen" in office.open(f"{path_of(place)}/person/{unclear['N4']}/feststellung").text


def test_a_finding_needs_its_proof_and_its_reason(office: Visitor, place: Place, unclear: dict[str, int]) -> None:
    form = office.open(f"{path_of(place)}/person/{unclear['N1']}/feststellung")
    refused = office.press(form, "Feststellung erfassen", finding="staatenlos")
    assert "worauf die Feststellung beruht" in refused.text
    assert "wie die Sache geklärt wurde" in refused.text


def test_a_finding_is_replaced_and_taken_back(office: Visitor, place: Place, unclear: dict[str, int]) -> None:
    page = settle(office, office.open(f"{path_of(place)}/person/{unclear['N1']}"), **STATELESS)
    page = office.press(office.open(page.link("ersetzen")), "Feststellung erfassen", **{**STATELESS, "finding": "nur deutsch"})
    assert "Die Person ist jetzt nicht wahlberechtigt." in page.text
    assert [row[3] for row in page.rows("Feststellungen des Wahlamts")] == ["gilt nicht mehr ersetzt: nur deutsch", "gilt"]
    page = office.press(office.open(page.link("zurücknehmen")), "Feststellung zurücknehmen", reason="falsche Person")
    assert "Das Wahlrecht ist unklar" in page.text
    assert "falsche Person" in page.text


def test_the_person_is_asked_by_letter_and_told_what_was_settled(
    office: Visitor, place: Place, unclear: dict[str, int], desk: Desk
) -> None:
    page = office.open(f"{path_of(place)}/person/{unclear['N1']}")
    page = office.press(office.open(page.link("Schreiben erzeugen")), "Schreiben erzeugen")
    page = settle(office, page, **STATELESS)
    page = office.press(office.open(page.link("Schreiben erzeugen")), "Schreiben erzeugen")
    desk.session.rollback()
    asked, told = (
        text_in(roll_cases.kept_letter(desk.session, place.election_id, one.letter_id) or b"")
        for one in roll_cases.letters(desk.session, unclear["N1"])
    )
    assert "Wir brauchen eine Auskunft zu Ihrem Wahlrecht" in asked
    assert "ungeklärt oder nicht angegeben" in asked
    assert "Ausländerakte" not in asked, "what the office has to do is not the person's business"
    assert "bis zum 26. Oktober 2026" in asked
    assert "Staatsangehörigkeit: staatenlos (Reiseausweis für Staatenlose)" in told
    assert "von Amts wegen in das Wählerverzeichnis eingetragen" in told
