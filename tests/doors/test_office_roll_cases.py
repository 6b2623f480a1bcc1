"""The office door: cases by keyboard, a second person, objections, duplicates, people without registration, blocked addresses."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.access.roles import Role
from beiratswahl.operations import accounts
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.roll import import_register
from beiratswahl.operations.roll_districts import assign_register_district
from beiratswahl.operations.roll_entries import open_roll
from beiratswahl.store.tables.accounts import Account
from beiratswahl.store.tables.journal import JournalEntry
from beiratswahl.store.tables.roll import RegisteredPerson
from tests.doors.conftest import NewVisitor
from tests.doors.pages import Page, Visitor, words_of
from tests.doors.test_office_roll import path_of
from tests.operations.test_register_file import HEADER, a_line
from tests.world import Place, account, found

NOW = datetime(2026, 10, 27, 10, tzinfo=UTC)
SECRET = "Geheimweg"
GERMAN = {"Staatsangehörigkeiten": "000"}
CLAIM = {"ground": "NR2B", "proof_kind": "Einbürgerungsurkunde", "received_day": "2026-10-01", "received_hour": "09:00"}


@pytest.fixture(autouse=True)
def _during_the_einsicht(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def register(desk: Desk, place: Place, tmp_path: Path) -> dict[str, int]:
    """Four Germans, one of them twice and one with a blocked address, and a foreigner; ids by register number."""
    lines = [
        a_line(Registernummer="N1", Familienname="Abebe", **GERMAN),
        a_line(Registernummer="N2", Familienname="Müller", Vornamen="Ana", **GERMAN),
        a_line(Registernummer="N3", Familienname="Mueller", Vornamen="Ana Maria", Straße="Neugasse", **GERMAN),
        a_line(Registernummer="N4", Familienname="Zeman", Straße=SECRET, Auskunftssperre="51", **GERMAN),
        a_line(Registernummer="N5", Familienname="Öztürk"),
    ]
    taken(desk, place, tmp_path, *lines)
    return {row.register_number: row.id for row in desk.session.scalars(select(RegisteredPerson))}


def taken(desk: Desk, place: Place, folder: Path, *lines: str) -> None:
    path = folder / "auszug.csv"
    path.write_bytes("\r\n".join((HEADER, *lines, "")).encode())
    import_register(desk, place.election_id, path)


@pytest.fixture
def kim(desk: Desk, place: Place, visitor: NewVisitor) -> Visitor:
    """A second officer."""
    account(desk, "kim", Role.ELECTION_OFFICE, place)
    return visitor("kim")


def applied(office: Visitor, page: Page, **more: str) -> Page:
    return office.press(office.open(page.link("Antrag auf Eintragung erfassen")), "Antrag erfassen", **{**CLAIM, **more})


def test_the_start_page_counts_every_list_and_names_the_next_step(office: Visitor, place: Place, register: dict[str, int]) -> None:
    page = office.open(path_of(place))
    counts = {row[0]: row[1] for row in page.rows("Arbeitslisten")}
    assert (counts["Unklare Fälle"], counts["Antrag nötig"], counts["Mögliche Doppelungen"]) == ("0", "4", "1")
    assert (counts["Von Amts wegen"], counts["Zweiter Blick"], counts["Offene Einwendungen"]) == ("1", "0", "0")
    assert "Mögliche Doppelungen: 1" in page.text
    for name in counts:
        assert office.open(page.link(name)).status == 200


def test_one_officer_works_through_a_list_without_losing_it(office: Visitor, place: Place, register: dict[str, int]) -> None:
    page = office.open(f"{path_of(place)}/personen?liste=antrag-noetig&suche=mu")
    assert [row[0].split(",")[0] for row in page.rows("Personen")] == ["Müller", "Mueller"]
    case = office.open(page.link("Ersten Fall öffnen"))
    assert case.heading == "Müller, Ana"
    decided = applied(office, case)
    assert "liste=antrag-noetig" in case.link("Antrag auf Eintragung erfassen")
    assert decided.heading == "Müller, Ana"
    (focused,) = [element for element in decided.tree.iter("a") if element.get("autofocus") is not None]
    assert (focused.get("href"), focused.get("rel")) == (decided.link("Nächster Fall"), "next")
    following = office.open(decided.link("Nächster Fall"))
    assert following.heading == "Mueller, Ana Maria"
    assert "Nächster Fall" not in following.links
    back = office.open(following.link("Zurück zur Liste"))
    assert (back.heading, len(back.rows("Personen"))) == ("Antrag nötig", 1)


def focused(page: Page) -> str:
    """What the page puts the focus on."""
    (element,) = [element for element in page.tree.iter() if element.get("autofocus") is not None]
    return element.get("id") or words_of(element)


def test_one_application_after_the_other_is_recorded_by_search_and_enter(office: Visitor, place: Place, register: dict[str, int]) -> None:
    page = office.open(f"{path_of(place)}/personen?suche=abebe")
    assert focused(page) == "Ersten Treffer öffnen"
    page = applied(office, office.open(page.link("Ersten Treffer öffnen")))
    assert focused(page) == "Nächste Person suchen"
    assert focused(office.open(page.link("Nächste Person suchen"))) == "suche"
    page = office.press(office.open(page.link("Schreiben erzeugen")), "Schreiben erzeugen")
    assert focused(page) == "Schreiben öffnen und drucken (PDF, neuer Tab)"
    with office.client.get(page.link("Schreiben öffnen und drucken (PDF, neuer Tab)")) as letter:
        assert letter.headers["Content-Disposition"].startswith("inline")
    assert focused(office.open(f"{path_of(place)}/personen?suche=niemand")) == "suche"


def test_who_is_decided_after_the_einsicht_has_begun_is_entered_by_a_correction(
    office: Visitor, place: Place, register: dict[str, int], desk: Desk
) -> None:
    assign_register_district(desk, place.election_id, "", "", place.districts[0])
    open_roll(desk, place.election_id)
    page = applied(office, office.open(f"{path_of(place)}/person/{register['N1']}"))
    assert "In das Wählerverzeichnis eintragen" in page.text
    listed = office.open(f"{path_of(place)}/personen?liste=nicht-eingetragen")
    assert [row[0] for row in listed.rows("Personen")] == ["Abebe, Ayşe"]
    form = office.open(office.open(listed.link("Ersten Fall öffnen")).link("Eintrag berichtigen"))
    basis = "Antrag auf Eintragung (§§ 11, 11a KWO)"
    page = office.press(form, "Berichtigen", basis=basis, reason="nach Beginn der Einsicht beantragt")
    assert "Stimmbezirk 1, Nummer 2" in page.text
    assert "Noch nicht eingetragen: 0 Fälle" in page.text
    assert "In das Wählerverzeichnis eintragen" not in page.text


def test_an_entry_that_says_what_the_register_does_not_say_any_more_leads_to_its_correction(
    office: Visitor, place: Place, register: dict[str, int], desk: Desk, archive: Session
) -> None:
    assign_register_district(desk, place.election_id, "", "", place.districts[0])
    open_roll(desk, place.election_id)
    archive.execute(update(RegisteredPerson).where(RegisteredPerson.id == register["N5"]).values(family_name="Öztürk-Braun"))
    archive.commit()
    listed = office.open(f"{path_of(place)}/personen?liste=andere-angaben")
    assert (listed.heading, [row[0] for row in listed.rows("Personen")]) == ("Im Register jetzt andere Angaben", ["Öztürk-Braun, Ayşe"])
    page = office.open(listed.link("Ersten Fall öffnen"))
    assert "Angaben im Eintrag ändern" in page.text
    form = office.open(page.link("Eintrag berichtigen"))
    page = office.press(form, "Berichtigen", basis="Änderung im Melderegister (§ 11 KWO)", reason="Heirat")
    assert "Im Register jetzt andere Angaben: 0 Fälle" in page.text
    assert "Angaben im Eintrag ändern" not in page.text
    assert "Öztürk-Braun" in office.open(f"{path_of(place)}/buch").text


def test_a_list_that_does_not_exist_shows_everybody(office: Visitor, place: Place, register: dict[str, int]) -> None:
    page = office.open(f"{path_of(place)}/personen?liste=erfunden")
    assert (page.heading, len(page.rows("Personen"))) == ("Personen", 5)


def test_the_case_shows_everything_in_order_and_the_next_step_first(office: Visitor, place: Place, register: dict[str, int]) -> None:
    page = applied(office, office.open(f"{path_of(place)}/person/{register['N1']}"))
    assert "Nächster Schritt Entscheidung mitteilen" in page.text
    page = office.press(office.open(page.link("Schreiben erzeugen")), "Schreiben erzeugen")
    told = [row[1] for row in page.rows("Verlauf")]
    assert "Schreiben erzeugt" in told
    assert "Antrag eingegangen" in told
    assert "Entscheidung, Fassung 2: wahlberechtigt" in told
    assert "In diesem Fall ist nichts zu tun" in page.text
    assert "Gesetzesfassung 2023" in page.html
    with office.client.get(page.link("Schreiben herunterladen")) as letter:
        assert (letter.mimetype, letter.data[:4]) == ("application/pdf", b"%PDF")


def test_an_application_is_corrected_and_withdrawn(office: Visitor, place: Place, register: dict[str, int]) -> None:
    page = applied(office, office.open(f"{path_of(place)}/person/{register['N1']}"), proof_kind="")
    assert "Das Wahlrecht ist unklar" in page.text
    form = office.open(page.link("berichtigen"))
    assert office.press(form, "Antrag berichtigen", proof_kind="Urkunde").status == 422
    page = office.press(form, "Antrag berichtigen", proof_kind="Urkunde", reason="nachgereicht")
    assert page.rows("Anträge")[0][3].startswith("gilt nicht mehr")
    withdrawal = page.link("zurücknehmen")
    page = applied(office, page, channel="Fax")
    page = office.press(office.open(withdrawal), "Antrag zurücknehmen", reason="falsche Person")
    assert "Weiter gilt der Antrag vom 01.10.2026" in page.text
    assert "schon erfasst" in applied(office, page, channel="Fax").refusal
    page = office.press(office.open(page.link("zurücknehmen")), "Antrag zurücknehmen", reason="falsche Person")
    assert "Weiter gilt" not in page.text
    assert [row[3].split()[0] for row in page.rows("Anträge")] == ["gilt", "gilt", "gilt"]
    assert "Nicht eingetragen: Eintragung nur auf Antrag" in page.text


def test_a_second_officer_confirms_or_gives_back(office: Visitor, kim: Visitor, place: Place, register: dict[str, int]) -> None:
    looks = f"{path_of(place)}/zweiter-blick"
    page = office.press(office.open(f"{looks}/regelung"), "Regelung speichern", scope="bei jedem Antrag", reason="Dienstanweisung")
    assert "bei jedem Antrag" in page.text
    page = applied(office, office.open(f"{path_of(place)}/person/{register['N1']}"))
    assert "erst nach dem zweiten Blick" in page.text
    mine = office.open(looks)
    assert "Ihnen; eine andere Person prüft" in mine.rows("Anträge")[0][4]
    assert "Nächster Fall" not in mine.links
    form = office.open(mine.link("Abebe, Ayşe"))
    assert "eine andere Person" in office.press(form, "Prüfung vermerken", agrees="ja").refusal
    form = kim.open(kim.open(looks).link("Nächster Fall"))
    assert "womit Sie nicht einverstanden" in kim.press(form, "Prüfung vermerken", agrees="nein").refusal
    page = kim.press(form, "Prüfung vermerken", agrees="nein", remark="Stempel unleserlich")
    assert page.rows("Zurückgegeben, zu berichtigen")[0][3] == "Stempel unleserlich"
    form = office.open(office.open(looks).link("Abebe, Ayşe"))
    office.press(form, "Antrag berichtigen", reason="Stempel nachgesehen")
    form = kim.open(kim.open(looks).link("Nächster Fall"))
    assert "Es wartet nichts" in kim.press(form, "Prüfung vermerken", agrees="ja").text


def test_the_second_look_at_a_late_application_is_told_as_what_it_is(
    desk: Desk, place: Place, register: dict[str, int], visitor: NewVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 14, 10, tzinfo=UTC))
    account(desk, "kim", Role.ELECTION_OFFICE, place)
    kim = visitor("kim")
    case = f"{path_of(place)}/person/{register['N1']}"
    assert "Eingetragen wird erst, wenn eine zweite Person" in applied(kim, kim.open(case), second_look="y").text
    page = applied(kim, kim.open(f"{path_of(place)}/person/{register['N2']}"), received_day="2026-11-14", second_look="y")
    assert "Er kam nach der Frist und zählt nicht" in page.text
    assert "Der Antrag ist als verspätet erfasst; eine zweite Person prüft" in page.text
    assert "ein Eintrag wartet nicht auf ihn" in kim.open(page.link("zweiter Blick")).text


def test_an_objection_is_recorded_decided_and_answered(office: Visitor, place: Place, register: dict[str, int], desk: Desk) -> None:
    open_roll(desk, place.election_id, {"": place.districts[0]})
    form = office.open(office.open(f"{path_of(place)}/person/{register['N5']}").link("Einwendung erfassen"))
    told = {
        "raised_by": "Karl Nachbar",
        "address": "Hauptstraße 3\n55999 Musterstadt",
        "reasons": "wohnt nicht dort",
        "wanted": "Streichung",
    }
    assert office.press(form, "Einwendung erfassen", raised_by="", reasons="wohnt nicht dort").status == 422
    page = office.press(form, "Einwendung erfassen", **told, received_day="2026-10-27", received_hour="10:00")
    listed = office.open(f"{path_of(place)}/einwendungen")
    assert "noch 3 Tage" in listed.text
    assert listed.rows("Offene Einwendungen")[0][2] == "Streichung"
    assert "zu hören" in office.press(page, "Entscheidung vermerken", granted="ja", reason="weggezogen").refusal
    page = office.press(page, "Entscheidung vermerken", granted="ja", reason="weggezogen", heard_on="2026-10-27")
    assert "Stattgegeben" in page.text
    form = office.open(page.link("Schreiben erzeugen"))
    assert office.press(form, "Schreiben erzeugen").status == 422
    page = office.press(form, "Schreiben erzeugen", to="wer", appeal_until="2026-11-06")
    assert "an Karl Nachbar" in next(row[2] for row in page.rows("Verlauf") if row[1] == "Schreiben erzeugt")
    assert office.open(f"{path_of(place)}/einwendungen").rows("Erledigte Einwendungen")[0][4] == "stattgegeben"


def test_a_late_objection_is_recorded_and_can_only_be_refused(
    office: Visitor, place: Place, register: dict[str, int], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_roll(desk, place.election_id, {"": place.districts[0]})
    monkeypatch.setattr(clock, "now", lambda: NOW.replace(day=31))
    form = office.open(f"{path_of(place)}/person/{register['N5']}/einwendung")
    page = office.press(form, "Einwendung erfassen", reasons="fehlt", wanted="Änderung der Angaben")
    assert "Verspätet" in page.text
    assert "unzulässig" in office.press(page, "Entscheidung vermerken", granted="ja").refusal
    assert "Zurückgewiesen" in office.press(page, "Entscheidung vermerken").text


def test_an_objection_is_withdrawn_and_the_decision_of_another_is_checked(
    office: Visitor, kim: Visitor, place: Place, register: dict[str, int], desk: Desk
) -> None:
    open_roll(desk, place.election_id, {"": place.districts[0]})
    scope = "bei jedem Antrag und jeder Entscheidung über eine Einwendung"
    office.press(office.open(f"{path_of(place)}/zweiter-blick/regelung"), "Regelung speichern", scope=scope, reason="Dienstanweisung")
    form = office.open(f"{path_of(place)}/person/{register['N5']}/einwendung")
    first = office.press(form, "Einwendung erfassen", reasons="Irrtum", wanted="Änderung der Angaben")
    assert office.press(first, "Rücknahme vermerken").status == 422
    assert "zurückgenommen" in office.press(first, "Rücknahme vermerken", withdrawn="am Telefon").rows("Erledigte Einwendungen")[0][4]
    second = office.press(form, "Einwendung erfassen", reasons="Name falsch", wanted="Änderung der Angaben")
    page = office.press(second, "Entscheidung vermerken", granted="ja", reason="Pass lag vor")
    assert "eine andere Person" in page.text
    waiting = kim.open(f"{path_of(place)}/zweiter-blick")
    page = kim.press(kim.open(waiting.link("Öztürk, Ayşe")), "Prüfung vermerken", agrees="ja")
    assert "Es wartet nichts" in page.text
    told = office.open(f"{path_of(place)}/person/{register['N5']}").rows("Verlauf")
    assert "Wählerverzeichnis berichtigt: Änderung der Angaben" in [row[1] for row in told]


def test_a_possible_duplicate_is_compared_field_by_field_merged_and_parted_again(
    office: Visitor, place: Place, register: dict[str, int]
) -> None:
    page = office.open(office.open(f"{path_of(place)}/doppelte").link("Nächster Fall"))
    compared = {row[0]: row[1:] for row in page.rows("Beide Einträge nebeneinander")}
    assert compared["Familienname"] == ["Müller", "Mueller", "verschieden"]
    assert compared["Geburtsdatum"][2] == "gleich"
    assert office.press(page, "Entscheiden", verdict="erste").status == 422
    listed = office.press(page, "Entscheiden", verdict="erste", reason="Anruf beim Einwohnermeldeamt")
    assert "keine Doppelung" in listed.text
    left_out = office.open(f"{path_of(place)}/person/{register['N3']}")
    assert "Mit dem Eintrag arbeiten, der bleibt" in left_out.text
    assert office.open(left_out.link("Eintrag öffnen, der bleibt")).heading == "Müller, Ana"
    decided = office.open(page.path)
    assert office.press(decided, "Zurücknehmen").status == 422
    assert len(office.press(decided, "Zurücknehmen", undone="doch zwei").rows("Noch nicht entschieden")) == 1
    office.press(office.open(page.path), "Entscheiden", verdict="zwei", reason="Zwillinge")
    assert office.open(f"{path_of(place)}/doppelte").rows("Entschieden")[0][1] == "zwei Personen"


def test_a_person_without_registration_is_taken_in_and_corrected(office: Visitor, place: Place, register: dict[str, int]) -> None:
    form = office.open(office.open(path_of(place)).link("Person ohne Meldepflicht aufnehmen"))
    told = {"family_name": "Okafor", "given_names": "Ada", "nationality": "232", "since": "2025-02-01", "birth_date": "31.02.1980"}
    assert "gibt es nicht" in office.press(form, "Person aufnehmen", **told).refusal
    page = office.press(form, "Person aufnehmen", **{**told, "birth_date": "01.05.1980"})
    assert page.heading == "Ohne Meldepflicht (§ 26 BMG)"
    case = office.open(page.link("Okafor, Ada"))
    assert "Wahlberechtigt" in case.text
    fixed = office.press(office.open(case.link("Angaben berichtigen")), "Angaben berichtigen", since="2026-10-01", reason="Schreiben")
    assert "Nicht wahlberechtigt" in fixed.text
    told_to_ask = office.open(f"{path_of(place)}/person/{register['N1']}/angaben")
    assert "Meldebehörde" in told_to_ask.text


def test_no_page_carries_a_blocked_address(
    office: Visitor, place: Place, register: dict[str, int], desk: Desk, tmp_path: Path, app: Flask
) -> None:
    blocked = register["N4"]
    applied(office, office.open(f"{path_of(place)}/person/{blocked}"))
    open_roll(desk, place.election_id, {"": place.districts[0]})
    taken(desk, place, tmp_path, a_line(Registernummer="N4", Familienname="Zeman", Straße=f"{SECRET}-Nord", Auskunftssperre="51", **GERMAN))
    base = path_of(place)
    pages = ["", "/personen?suche=zeman", "/personen?liste=nicht-im-auszug", f"/person/{blocked}", f"/person/{blocked}/anschrift", "/buch"]
    pages += [
        f"/person/{blocked}/antrag",
        f"/person/{blocked}/berichtigung",
        f"/person/{blocked}/einwendung",
        "/zweiter-blick",
        "/doppelte",
    ]
    pages += [f"/person/{blocked}/schreiben/erzeugen", f"/doppelte/{register['N1']}/{blocked}", "/einwendungen"]
    for page in (*(base + page for page in pages), f"/amt/wahl/{place.election_id}/amtsbuch"):
        with office.client.get(page, follow_redirects=True) as answer:
            assert answer.status_code == 200, page
            assert SECRET not in answer.text, page


def test_a_blocked_address_is_shown_once_to_who_may_and_written_down(
    office: Visitor, visitor: NewVisitor, place: Place, register: dict[str, int], archive: Session
) -> None:
    person = f"{path_of(place)}/person/{register['N4']}"
    form = office.open(office.open(person).link("Gesperrte Anschrift ansehen"))
    assert office.press(form, "Anschrift zeigen").status == 422
    archive.rollback()
    assert archive.scalars(select(JournalEntry.id).where(JournalEntry.act == "Gesperrte Anschrift angezeigt")).all() == []
    shown = office.press(form, "Anschrift zeigen", reason="Zustellung")
    assert SECRET in shown.text
    answer = office.client.post(f"{person}/anschrift", data={"reason": "x"})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (400, "no-store")
    archive.rollback()
    (entry,) = archive.scalars(select(JournalEntry).where(JournalEntry.act == "Gesperrte Anschrift angezeigt")).all()
    assert "Zustellung" in entry.details
    assert SECRET not in entry.details + entry.subject
    assert SECRET not in office.open(person).html
    assert "Gesperrte Anschrift angezeigt" in [row[1] for row in office.open(person).rows("Verlauf")]
    assert "nicht gesperrt" in office.open(f"{path_of(place)}/person/{register['N1']}/anschrift").text
    for login in ("admin", "vorstand", "team"):
        assert visitor(login).open(f"{person}/anschrift").status in (403, 404)


def test_a_right_in_the_county_is_shown_and_the_application_recorded_in_both(
    office: Visitor, place: Place, register: dict[str, int], desk: Desk, tmp_path: Path
) -> None:
    county = found(desk, ags="07999", name="Landkreis Musterland")
    taken(desk, county, tmp_path, a_line(Registernummer="N1", Familienname="Abebe", **GERMAN))
    person = f"{path_of(place)}/person/{register['N1']}"
    assert "Musterland" not in office.open(person).html
    assert "Musterland" not in office.open(f"{path_of(place)}/personen?suche=abebe").html
    office_id = desk.session.scalars(select(Account.id).where(Account.login == "amt")).one()
    accounts.permit(desk, office_id, county.municipality_id, Role.ELECTION_OFFICE.value)
    page = office.open(person)
    assert page.rows("Recht in einer anderen Wahl am selben Tag")[0][:2] == ["Landkreis Musterland", "nicht eingetragen (nur auf Antrag)"]
    assert "auch: Landkreis Musterland" in office.open(f"{path_of(place)}/personen?suche=abebe").text
    page = applied(office, page, also="y")
    assert page.rows("Recht in einer anderen Wahl am selben Tag")[0][1] == "wahlberechtigt"
    assert office.open(page.link("Landkreis Musterland")).rows("Anträge")[0][1].startswith("Nr. 2 b)")
