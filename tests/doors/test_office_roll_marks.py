"""The office door: Wahlscheine, Einsicht, statistics and Stimmabgabe; the counting door: votes noted in the polling room."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.roll_corrections import Basis, Correction, Kind, correct_roll
from beiratswahl.operations.roll_entries import open_roll
from beiratswahl.store.tables.electoral_roll import RollEntry
from beiratswahl.store.tables.roll import RegisteredPerson
from beiratswahl.store.tables.roll_book import VotingCertificate
from beiratswahl.store.tables.setup import PollingDistrict
from tests.documents.conftest import text_in
from tests.doors.conftest import NewVisitor
from tests.doors.pages import Visitor
from tests.doors.test_office_roll import path_of
from tests.doors.test_office_roll_book import opened
from tests.operations.test_roll_book import close_anyway
from tests.world import Place

HIDDEN_STREET = "Verborgener Pfad"


@pytest.fixture
def roll(office: Visitor, place: Place, archive: Session, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> str:
    """An opened roll on the first day of the Einsicht; address of its folder."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 26, 9, tzinfo=UTC))
    opened(office, place)
    open_roll(desk, place.election_id)
    return path_of(place)


def persons(archive: Session) -> list[int]:
    archive.rollback()
    return list(archive.scalars(select(RollEntry.person_id).order_by(RollEntry.number)))


def test_certificates_are_issued_one_by_one_and_by_a_list(office: Visitor, roll: str, archive: Session) -> None:
    first = persons(archive)[0]
    form = office.open(f"{roll}/person/{first}/wahlschein")
    listed = office.press(form, "Wahlschein erteilen", sent_on="2026-10-26")
    assert [row[0] for row in listed.rows("Wahlscheinverzeichnis: alle")] == ["1"]
    assert "schon ein gültiger" in office.press(form, "Wahlschein erteilen").refusal
    many = office.open(f"{roll}/wahlscheine/erteilen")
    assert "keine laufende Nummer" in office.press(many, "Wahlscheine erteilen", numbers="zwei").refusal
    done = office.press(many, "Wahlscheine erteilen", numbers="1 2-3")
    assert "2 Wahlscheine erteilt, Nummern 2 bis 3. Ausgelassen: 1 hat schon einen Wahlschein (Nr. 1)." in done.text
    assert len(done.rows("Wahlscheinverzeichnis: alle")) == 3
    waiting = office.open(f"{roll}/wahlscheine?auswahl=nicht-versandt").rows("Wahlscheinverzeichnis: noch nicht versandt")
    assert [row[0] for row in waiting] == ["3", "2"]


def test_after_issuing_the_page_tells_whether_the_entry_carries_w(
    office: Visitor, roll: str, place: Place, archive: Session, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = persons(archive)[:3]
    archive.execute(delete(RollEntry).where(RollEntry.person_id == third))
    archive.commit()
    said = office.press(office.open(f"{roll}/person/{first}/wahlschein"), "Wahlschein erteilen").text
    assert "Wahlschein 1 ist erteilt, der Eintrag hat den Vermerk W." in said
    said = office.press(office.open(f"{roll}/person/{third}/wahlschein"), "Wahlschein erteilen", reason="vergessen").text
    assert "Wahlschein 2 ist erteilt. Die Person hat keinen Eintrag; der Wahlschein steht im besonderen Verzeichnis" in said
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 13, 17, tzinfo=UTC))
    close_anyway(desk, place.election_id)
    said = office.press(office.open(f"{roll}/person/{second}/wahlschein"), "Wahlschein erteilen", reason="plötzlich erkrankt").text
    assert "der Eintrag bleibt ohne Vermerk W; der Wahlschein steht im besonderen Verzeichnis" in said
    assert "(§ 21 KWO). Benachrichtigen Sie den Wahlvorstand" in said
    listed = office.open(f"{roll}/wahlscheine?auswahl=nach-abschluss").rows(
        "Wahlscheinverzeichnis: nach dem Abschluss oder ohne Eintrag erteilt"
    )
    assert [row[0] for row in listed] == ["3", "2"]
    assert "kein Vermerk W" in office.open(f"{roll}/wahlscheine/2").text
    text = text_in(office.client.get(f"{roll}/wahlscheine.pdf?auswahl=nach-abschluss").data)
    assert "Anzahl: 2." in text


def test_the_page_of_a_certificate_tells_what_was_corrected_after_the_closing(
    office: Visitor, roll: str, place: Place, archive: Session, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = persons(archive)[:2]
    archive.execute(delete(RollEntry).where(RollEntry.person_id == second))
    archive.commit()
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 13, 17, tzinfo=UTC))
    close_anyway(desk, place.election_id)
    assert "nicht im Wählerverzeichnis eingetragen" in office.open(f"{roll}/person/{second}/wahlschein").text
    for who, kind, said in ((first, Kind.STRIKE, "nach dem Abschluss gestrichen"), (second, Kind.ENTER, "durch Berichtigung eingetragen")):
        correct_roll(desk, who, Correction(kind, Basis.OBVIOUS_ERROR, "offenbar", date(2026, 11, 12)))
        form = office.open(f"{roll}/person/{who}/wahlschein")
        assert said in form.text
    assert (
        "nicht gestrichen" in office.press(office.open(f"{roll}/person/{first}/wahlschein"), "Wahlschein erteilen", reason="krank").refusal
    )


def test_one_certificate_is_replaced_invalidated_restored_and_taken_back(office: Visitor, roll: str, archive: Session) -> None:
    office.press(office.open(f"{roll}/person/{persons(archive)[0]}/wahlschein"), "Wahlschein erteilen")
    archive.rollback()
    first = archive.scalars(select(VotingCertificate.id)).one()
    at = f"{roll}/wahlscheine/{first}"
    assert (
        "Versand des Wahlscheins 1 ist eingetragen"
        in office.press(office.open(f"{at}/versand"), "Versand eintragen", sent_on="2026-10-26").text
    )
    form = office.open(f"{at}/ersatz")
    assert "warum ein Ersatz" in office.press(form, "Ersatz erteilen").refusal
    assert "Wahlschein 2 ist als Ersatz erteilt; 1 ist ungültig" in office.press(form, "Ersatz erteilen", reason="verloren").text
    archive.rollback()
    second = archive.scalars(select(VotingCertificate.id).order_by(VotingCertificate.id.desc())).first()
    at = f"{roll}/wahlscheine/{second}"
    assert "Für ungültig erklärt" in office.press(office.open(f"{at}/ungueltig"), "Für ungültig erklären", reason="verstorben").text
    restored = office.press(office.open(f"{at}/wieder-gueltig"), "Wieder für gültig erklären", reason="Irrtum")
    assert "Ersatz erteilen" in restored.text
    taken = office.press(office.open(f"{at}/zuruecknehmen"), "Vermerk zurücknehmen", reason="lag noch hier")
    assert "Vermerk zurückgenommen" in taken.text
    text = text_in(office.client.get(f"{roll}/wahlscheine.pdf?auswahl=ungueltig").data)
    assert "ersetzt: verloren" in text
    assert "Anzahl: 2." in text
    lines = office.client.get(f"{roll}/wahlscheine.csv").get_data(as_text=True).splitlines()
    assert len(lines) == 3


def test_the_einsicht_shows_one_entry_and_is_kept_in_the_journal(office: Visitor, roll: str, archive: Session) -> None:
    one, other = persons(archive)[:2]
    name = archive.scalars(select(RegisteredPerson.family_name).where(RegisteredPerson.id == one)).one()
    stranger = archive.scalars(select(RegisteredPerson.family_name).where(RegisteredPerson.id == other)).one()
    found = office.open(f"{roll}/einsicht?suche={name}")
    assert name in found.text
    form = office.open(f"{roll}/einsicht/{one}")
    shown = office.press(form, "Eintrag zeigen")
    assert name in shown.text
    assert stranger == name or stranger not in shown.text
    assert "glaubhaft" in office.press(form, "Eintrag zeigen", whose="andere").refusal
    assert (shown.heading, office.press(form, "Eintrag zeigen", whose="andere", reason="seit Jahren verzogen").heading) == (
        "Ihr Eintrag im Wählerverzeichnis",
        "Eintrag einer anderen Person im Wählerverzeichnis",
    )
    text = text_in(office.client.get(f"{roll}/einsicht/{one}/auszug.pdf").data)
    assert name in text
    assert "Laufende Nummer" in text


@pytest.mark.parametrize("when", ["before the entry", "since the entry"])
def test_a_blocked_address_is_in_no_print_export_or_page_of_the_book(office: Visitor, roll: str, archive: Session, when: str) -> None:
    who = persons(archive)[0]
    since = {} if when == "since the entry" else {"blocks": "51"}
    archive.execute(update(RollEntry).where(RollEntry.person_id == who).values(street=HIDDEN_STREET, **since))
    archive.execute(update(RegisteredPerson).where(RegisteredPerson.id == who).values(blocks="51"))
    archive.commit()
    office.press(office.open(f"{roll}/person/{who}/wahlschein"), "Wahlschein erteilen")
    form = office.open(f"{roll}/einsicht/{who}")
    assert "Auskunftssperre" in office.press(form, "Eintrag zeigen", whose="andere", reason="angeblich verzogen").refusal
    shown = office.press(form, "Eintrag zeigen")
    archive.rollback()
    certificate = archive.scalars(select(VotingCertificate.id)).one()
    office.press(office.open(f"{roll}/wahlscheine/{certificate}/ungueltig"), "Für ungültig erklären", reason="verstorben")
    pages = [shown.html] + [
        office.open(f"{roll}/{page}").html
        for page in ("buch", "wahlscheine", f"wahlscheine/{certificate}", "berichtigungen", "abschluss", "statistik")
    ]
    exports = [office.client.get(f"{roll}/{name}").get_data(as_text=True) for name in ("wahlscheine.csv", "statistik.csv")]
    prints = [
        text_in(office.client.get(f"{roll}/{name}").data)
        for name in (f"einsicht/{who}/auszug.pdf", "wahlscheine.pdf?auswahl=ungueltig", "statistik.pdf")
    ]
    assert [text for text in (*pages, *exports, *prints) if HIDDEN_STREET in text] == []


def test_statistics_come_from_the_closing_and_on_demand_from_today(
    office: Visitor, roll: str, place: Place, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = office.open(f"{roll}/statistik")
    assert "Stand von heute" in now.text
    assert now.rows("Eintragung")
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 13, 17, tzinfo=UTC))
    close_anyway(desk, place.election_id)
    frozen = office.open(f"{roll}/statistik")
    assert "Zahlen des abgeschlossenen" in frozen.text
    assert "Stand von heute. Maßgeblich" in office.open(f"{roll}/statistik?stand=jetzt").text
    assert office.client.get(f"{roll}/statistik.csv").data.startswith(b"\xef\xbb\xbfMerkmal;Gruppe;Wahlberechtigte")
    assert "abgeschlossenen" in text_in(office.client.get(f"{roll}/statistik.pdf").data)


def test_the_board_notes_votes_and_the_office_sees_the_comparison(
    office: Visitor, visitor: NewVisitor, roll: str, place: Place, archive: Session, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.execute(update(PollingDistrict).where(PollingDistrict.id == place.districts[0]).values(postal=False))
    archive.commit()
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 13, 17, tzinfo=UTC))
    close_anyway(desk, place.election_id)
    at = f"/auszaehlung/stimmbezirk/{place.districts[0]}/stimmabgabe"
    board = visitor("vorstand")
    assert "Wahltag vermerkt" in board.press(board.open(at), "Vermerken", nummern="1").refusal
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 15, 9, tzinfo=UTC))
    noted = board.press(board.open(at), "Vermerken", nummern="1")
    assert "Vermerkt: 1" in noted.text
    assert "schon vermerkt" in board.press(noted, "Vermerken", nummern="1").refusal
    assert "Vermerkt: 2" in board.press(noted, "Liste vermerken", nummern="2\n3").text
    back = board.press(board.open(at), "Vermerk zurücknehmen", nummer="3", grund="vertippt")
    assert "Der Vermerk für Nummer 3 ist zurückgenommen" in back.text
    assert visitor("team").open(at).status == 403
    row = office.open(f"{roll}/stimmabgabe").rows("Vermerke und gezählte Wähler")[0]
    assert (row[2], row[5]) == ("2", "noch nicht gezählt")
