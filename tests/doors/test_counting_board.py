"""The board's page of the counting door, and the documents that closing leaves behind (KWO §§ 55b, 58, 59)."""

import pytest
from sqlalchemy import update

from beiratswahl import clock
from beiratswahl.operations import mergers
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.desk import Desk
from beiratswahl.store.tables.setup import PollingDistrict
from tests.doors.conftest import NewVisitor
from tests.doors.pages import Page, Visitor, name_of, words_of
from tests.world import ON_PAPER, Place, nominate

PEOPLE = (
    ("Ada Vorstand", "Wahlvorsteher", ""),
    ("Bea Vertretung", "Stellvertretung des Wahlvorstehers", ""),
    ("Cem Schrift", "Schriftführer", "1"),
    ("Dana Eins", "Beisitzer", "1"),
    ("Emil Zwei", "Beisitzer", "1"),
    ("Fatma Drei", "Beisitzer", ""),
)


@pytest.fixture
def admitted(desk: Desk, place: Place) -> Place:
    nominate(desk, place)
    close_nominations(desk, place.election_id, ON_PAPER)
    return place


@pytest.fixture
def at(admitted: Place) -> str:
    return f"/auszaehlung/stimmbezirk/{admitted.districts[0]}"


@pytest.fixture
def board(visitor: NewVisitor, admitted: Place) -> Visitor:
    return visitor("vorstand")


def seat(board: Visitor, at: str) -> Page:
    page = board.open(f"{at}/vorstand")
    for name, function, group in PEOPLE:
        page = board.press(page, "Mitglied eintragen", name=name, funktion=function, gruppe=group)
    for name, *_ in PEOPLE:
        page = board.press(page, f"{name} ist gekommen")
    return page


def test_the_board_opens_pauses_and_goes_on(board: Visitor, visitor: NewVisitor, at: str) -> None:
    page = seat(board, at)
    assert "Die Erfassung hat noch nicht begonnen" in page.text
    team = visitor("team")
    refused = team.press(team.open(f"{at}/stimmzettel"), "Erfassen", eingabe="101")
    assert refused.status == 422
    assert "Die Erfassung hat noch nicht begonnen" in refused.refusal
    page = board.press(page, "Ada Vorstand bestätigt die Prüfung")
    page = board.press(page, "Bea Vertretung bestätigt die Prüfung")
    assert "Beschlussfähig, die Erfassung läuft" in page.text
    page = board.press(page, "Emil Zwei ist gegangen")
    assert "Gruppe 1: 2 anwesend" in page.text
    refused = team.press(team.open(f"{at}/stimmzettel"), "Erfassen", eingabe="101")
    assert "Die Erfassung ruht" in refused.refusal
    page = board.press(page, "Emil Zwei ist gekommen")
    assert team.press(team.open(f"{at}/stimmzettel"), "Erfassen", eingabe="101").status == 200


def test_the_next_member_is_typed_at_once_and_may_be_there_already(board: Visitor, at: str) -> None:
    page = board.open(f"{at}/vorstand")
    page = board.press(page, "Mitglied eintragen", name="Ada Vorstand", funktion="Wahlvorsteher", gruppe="", da="ja")
    assert "Ada Vorstand ist eingetragen und anwesend" in page.text
    name = page.field("Name")
    assert (name.get("value"), name.get("autofocus")) == ("", "")
    page = board.press(page, "Mitglied eintragen", name="Bea Vertretung", funktion="Stellvertretung des Wahlvorstehers", gruppe="", da="")
    assert "Bea Vertretung ist eingetragen" in page.text
    assert "Bea Vertretung ist gekommen" in [name_of(button) for button in page.tree.iter("button")]


def test_the_evening_begins_with_who_is_there(board: Visitor, at: str) -> None:
    first = board.open(f"{at}/")
    assert "Jetzt: Wahlvorstand: wer da ist, Prüfung des Programms" in first.links
    assert "Zweifelsfälle beschließen noch keine" in first.text
    page = seat(board, at)
    assert "Wahlvorsteher und Stellvertretung müssen zuerst bestätigen" in board.open(f"{at}/").text
    page = board.press(page, "Ada Vorstand bestätigt die Prüfung")
    board.press(page, "Bea Vertretung bestätigt die Prüfung")
    assert "Jetzt: Wahlbriefe zählen" in board.open(f"{at}/").links


def test_a_district_that_hands_its_ballots_over_goes_on_after_its_board(board: Visitor, desk: Desk, admitted: Place, at: str) -> None:
    mergers.merge(desk, admitted.election_id, *admitted.districts, "Nur 2 Wahlbriefe erwartet", clock.today())
    seat(board, at)
    page = board.open(f"{at}/")
    assert "Jetzt: Wahlbriefe zählen" in page.links
    assert "Stapel zählen" not in page.links


def test_where_people_vote_in_a_room_nothing_speaks_of_letters(board: Visitor, desk: Desk, admitted: Place, at: str) -> None:
    desk.session.execute(update(PollingDistrict).where(PollingDistrict.id == admitted.districts[0]).values(postal=False))
    desk.session.commit()
    page = board.open(f"{at}/")
    assert "Wählerinnen und Wähler" in page.links
    assert "Wahlbriefe" not in page.links
    groups = board.open(f"{at}/gruppen")
    assert [words_of(each) for each in groups.field("Aufgabe").iter("option")][:2] == ["Alle Aufgaben", "Wählerinnen und Wähler"]


def test_a_faulty_entry_keeps_what_was_typed(board: Visitor, at: str) -> None:
    page = board.press(board.open(f"{at}/vorstand"), "Mitglied eintragen", name="Ada Vorstand", funktion="Wahlvorsteher", gruppe="3")
    assert page.status == 422
    assert "gehört selbst keiner an" in page.refusal
    assert page.field("Name").get("value") == "Ada Vorstand"
    assert board.press(page, "Mitglied eintragen", name="Ada", funktion="Beisitzer", gruppe="eins").status == 422
    assert board.press(page, "Vorfall erfassen", vorfall="").status == 422


def test_a_team_neither_seats_the_board_nor_takes_its_documents(visitor: NewVisitor, at: str) -> None:
    team = visitor("team")
    for address in ("vorstand", "abschluss/niederschrift.pdf", "abschluss/schnellmeldung.pdf"):
        assert team.client.get(f"{at}/{address}").status_code == 403


def test_closing_leaves_record_and_quick_report_for_board_and_office(board: Visitor, office: Visitor, admitted: Place, at: str) -> None:
    assert board.client.get(f"{at}/abschluss/niederschrift.pdf").status_code == 404
    board.press(board.open(f"{at}/wahlbriefe"), "Speichern und weiter", received=1, late=0, voters=1)
    board.press(board.open(f"{at}/stimmzettel"), "Erfassen", eingabe="101")
    for button in buttons(board.open(f"{at}/kontrolle")):
        if button.startswith("Erklärung zu"):
            board.press(board.open(f"{at}/kontrolle"), button, erklaerung="Kleiner Bezirk.")
    page = board.press(board.open(f"{at}/abschluss"), "Zählung abschließen")
    assert {"Schnellmeldung (PDF)", "Niederschrift (PDF)"} <= set(page.links)
    of_office = f"/amt/wahl/{admitted.election_id}/zaehlung/{admitted.districts[0]}"
    for kind in ("niederschrift", "schnellmeldung"):
        ours = board.client.get(f"{at}/abschluss/{kind}.pdf")
        theirs = office.client.get(f"{of_office}/{kind}.pdf")
        assert ours.status_code == theirs.status_code == 200
        assert ours.data == theirs.data
        assert ours.data.startswith(b"%PDF")
    assert board.client.get(f"{at}/abschluss/1/niederschrift.pdf").status_code == 200
    assert board.client.get(f"{at}/abschluss/2/niederschrift.pdf").status_code == 404


def buttons(page: Page) -> list[str]:
    return [words_of(element) for element in page.tree.iter("button")]
