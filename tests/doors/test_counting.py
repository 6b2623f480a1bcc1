"""The counting door without a script: every step of an evening, and nothing typed is lost."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.desk import Desk
from beiratswahl.store.tables.counting import DistrictCount, RecordedBallot
from tests.doors.conftest import NewVisitor
from tests.doors.pages import Page, Visitor, words_of
from tests.world import ON_PAPER, Place, nominate, two_counters


@pytest.fixture
def admitted(desk: Desk, place: Place) -> Place:
    """The election with four lists on the ballot paper."""
    nominate(desk, place)
    close_nominations(desk, place.election_id, ON_PAPER)
    two_counters(desk, place.districts[0])
    return place


@pytest.fixture
def team(visitor: NewVisitor, admitted: Place) -> Visitor:
    return visitor("team")


@pytest.fixture
def board(visitor: NewVisitor, admitted: Place) -> Visitor:
    return visitor("vorstand")


@pytest.fixture
def at(admitted: Place) -> str:
    return f"/auszaehlung/stimmbezirk/{admitted.districts[0]}"


def record(visitor: Visitor, at: str, typed: str) -> Page:
    return visitor.press(visitor.open(f"{at}/stimmzettel"), "Erfassen", eingabe=typed)


def recorded(archive: Session) -> int:
    archive.rollback()
    return archive.scalar(select(func.count()).select_from(RecordedBallot)) or 0


def number_for_the_paper(page: Page) -> str:
    (value,) = [element for element in page.tree.iter("p") if element.get("class") == "cz-number__value"]
    return value.text or ""


def letters(visitor: Visitor, at: str, received: int, voters: int, **rejected: int) -> Page:
    return visitor.press(visitor.open(f"{at}/wahlbriefe"), "Speichern und weiter", received=received, late=0, voters=voters, **rejected)


def stacks(visitor: Visitor, at: str, *ballots: int, blank: int = 0) -> Page:
    page = visitor.open(f"{at}/stapel")
    names = re.findall(r'name="(list_\d+)"', page.html)
    numbers = {"blank": blank, **dict(zip(names, ballots, strict=True))}
    page = visitor.press(page, "Speichern und weiter", counted_by=person(page, "Anna Erste"), **numbers)
    return visitor.press(page, "Zweite Zählung speichern", counted_by=person(page, "Ben Zweiter"), **numbers)


def person(page: Page, name: str) -> str:
    """Value of a person in the choice of who counted."""
    (option,) = (each for each in page.field("Wer hat gezählt?").iter("option") if words_of(each).startswith(name))
    return option.get("value") or ""


def test_a_team_with_one_district_starts_there(team: Visitor, at: str) -> None:
    page = team.open("/auszaehlung/")
    assert page.path == f"{at}/"
    assert page.heading == "1 · Briefwahlbezirk Nord"


def test_the_office_chooses_among_its_districts(visitor: NewVisitor, admitted: Place, elsewhere: Place) -> None:
    page = visitor("amt").open("/auszaehlung/")
    assert page.heading == "Welcher Stimmbezirk wird ausgezählt?"
    assert {"1 · Briefwahlbezirk Nord", "2 · Briefwahlbezirk Süd"} <= set(page.links)
    assert "Anderswo" not in page.text


@pytest.mark.parametrize(
    "page",
    ["", "wahlbriefe", "stapel", "stimmzettel", "stimmzettel/ankreuzen", "stimmzettel/alle", "zweifelsfaelle", "kontrolle", "abschluss"],
)
def test_a_team_never_enters_another_district(team: Visitor, admitted: Place, elsewhere: Place, page: str) -> None:
    assert team.open(f"/auszaehlung/stimmbezirk/{admitted.districts[0]}/{page}").status == 200
    assert team.open(f"/auszaehlung/stimmbezirk/{admitted.districts[1]}/{page}").status == 404
    assert team.open(f"/auszaehlung/stimmbezirk/{elsewhere.districts[0]}/{page}").status == 404


def test_the_administration_has_no_part_in_the_count(visitor: NewVisitor, at: str) -> None:
    assert visitor("admin").open(f"{at}/stimmzettel").status == 403


def test_before_there_is_a_ballot_paper_the_page_says_so(visitor: NewVisitor, place: Place) -> None:
    page = visitor("team").open("/auszaehlung/")
    assert (page.status, page.heading) == (409, "Noch nicht möglich")
    assert "noch nicht zugelassen" in page.text


def test_the_overview_names_one_next_step(team: Visitor, at: str) -> None:
    assert "Jetzt: Wahlbriefe zählen" in team.open(f"{at}/").links
    letters(team, at, 30, 30)
    assert "Jetzt: Stapel zählen" in team.open(f"{at}/").links
    stacks(team, at, 10, 9, 8, 3)
    page = team.open(f"{at}/")
    assert page.text.count("nächster Schritt") == 1
    assert "noch" not in page.text.split("Einzelne Stimmzettel eingeben")[1].split("Zweifelsfälle")[0]


def test_letters_lead_to_the_stacks_and_keep_their_numbers(team: Visitor, at: str) -> None:
    page = letters(team, at, 30, 28, nicht_unterschrieben=2)
    assert page.heading == "Stapel"
    again = team.open(f"{at}/wahlbriefe")
    assert again.field("Rechtzeitig eingegangen").get("value") == "30"
    assert "Zugelassen 28" in again.text
    assert "Unterschied zur Urne 0" in again.text


@pytest.mark.parametrize(
    ("typed", "said"), [("", "0, wenn es keine gab"), ("12a", "„12a“ ist keine Anzahl"), ("-1", "keine Anzahl"), ("1.5", "keine Anzahl")]
)
def test_a_number_that_is_none_is_named_and_kept(team: Visitor, at: str, typed: str, said: str) -> None:
    page = team.press(team.open(f"{at}/wahlbriefe"), "Speichern und weiter", received=typed, late=0, voters=12)
    assert page.status == 422
    assert said in page.refusal
    assert page.field("Rechtzeitig eingegangen").get("value") == typed
    assert page.field("Stimmzettelumschläge in der Urne").get("value") == "12"


def test_two_pages_on_one_district_do_not_overwrite_each_other(team: Visitor, board: Visitor, at: str) -> None:
    stale = board.open(f"{at}/wahlbriefe")
    letters(team, at, 30, 30)
    page = board.press(stale, "Speichern und weiter", received=31, late=0, voters=31)
    assert page.status == 422
    assert "jemand anderes" in page.refusal
    assert board.press(page, "Speichern und weiter").heading == "Stapel"


def test_more_unchanged_ballots_than_voters_stop_closing_but_not_typing(board: Visitor, at: str) -> None:
    letters(board, at, 10, 10)
    assert stacks(board, at, 11, 0, 0, 0).heading == "Einzelne Stimmzettel"
    assert number_for_the_paper(record(board, at, "304")) == "1"
    assert "Fehler 202" in board.open(f"{at}/kontrolle").text
    closing = board.open(f"{at}/abschluss")
    assert "Der Abschluss ist noch nicht möglich" in closing.text
    assert "Zählung abschließen" not in closing.text


def test_a_recorded_ballot_shows_its_number_its_votes_and_what_was_cured(team: Visitor, at: str) -> None:
    page = record(team, at, "L1 101+5 202")
    assert number_for_the_paper(page) == "1"
    assert "Gültig – 13 Stimmen" in page.text
    assert "geheilt „101 Person101, Ada“ ist 5-mal gekennzeichnet" in page.text
    assert page.field("Was steht auf dem Stimmzettel?").get("value") == ""
    assert page.field("Was steht auf dem Stimmzettel?").get("autofocus") is not None


def test_an_invalid_ballot_says_why(team: Visitor, at: str) -> None:
    page = record(team, at, "101-107 201-207")
    assert "Ungültig – zu viele Stimmen in mehreren Listen" in page.text


def test_what_is_not_understood_is_not_recorded_and_stays(team: Visitor, archive: Session, at: str) -> None:
    page = record(team, at, "304 999 foo")
    assert page.status == 422
    assert "„999“ steht nicht auf dem Stimmzettel" in page.text
    assert "„foo“ ist nicht zu verstehen" in page.text
    assert page.field("Was steht auf dem Stimmzettel?").get("value") == "304 999 foo"
    assert recorded(archive) == 0


def test_enter_on_an_empty_line_records_nothing(team: Visitor, archive: Session, at: str) -> None:
    assert "tippen Sie 0" in record(team, at, "").text
    assert recorded(archive) == 0
    assert "Ungültig – keine Kennzeichnung" in record(team, at, "0").text


def test_a_repeated_send_counts_once(team: Visitor, archive: Session, at: str) -> None:
    page = team.open(f"{at}/stimmzettel")
    first = team.press(page, "Erfassen", eingabe="304")
    second = team.press(page, "Erfassen", eingabe="304")
    assert number_for_the_paper(first) == number_for_the_paper(second) == "1"
    assert recorded(archive) == 1


def test_another_ballot_under_a_used_id_is_refused_and_may_be_sent_again(team: Visitor, archive: Session, at: str) -> None:
    page = team.open(f"{at}/stimmzettel")
    team.press(page, "Erfassen", eingabe="304")
    refused = team.press(page, "Erfassen", eingabe="305")
    assert "schon Stimmzettel 1 mit anderem Inhalt" in refused.refusal
    assert number_for_the_paper(team.press(refused, "Erfassen")) == "2"
    assert recorded(archive) == 2


def test_checking_records_nothing(team: Visitor, archive: Session, at: str) -> None:
    token = team.open(f"{at}/stimmzettel").form("Erfassen").find(".//input[@name='csrf_token']")
    assert token is not None
    data = {"csrf_token": token.get("value"), "eingabe": "L2 F3"}
    part = team.client.post(f"{at}/stimmzettel/pruefen", data=data, headers={"X-Part": "gelesen"}).get_data(as_text=True)
    assert "Zweifelsfall – Wille nicht zweifelsfrei zu erkennen" in part
    assert "<html" not in part
    whole = team.client.post(f"{at}/stimmzettel/pruefen", data=data).get_data(as_text=True)
    assert 'value="L2 F3"' in whole
    assert recorded(archive) == 0


def test_a_clicked_ballot_is_the_same_as_a_typed_one(team: Visitor, archive: Session, at: str) -> None:
    page = team.open(f"{at}/stimmzettel/ankreuzen")
    record(team, at, "L1 101+2 -102 F3 W Ayşe Kaya")
    crosses = {"liste": "1", "kreuz": ["101", "101"], "gestrichen": "102", "befund": "wille_nicht_erkennbar", "eintragung": "Ayşe Kaya"}
    shown = team.press(page, "Erfassen", **crosses)
    assert number_for_the_paper(shown) == "2"
    typed, clicked = archive.scalars(select(RecordedBallot.content).order_by(RecordedBallot.number))
    assert typed == clicked


def test_a_page_with_foreign_numbers_is_refused(team: Visitor, archive: Session, at: str) -> None:
    page = team.open(f"{at}/stimmzettel/ankreuzen")
    assert team.press(page, "Erfassen", kreuz="999").status == 400
    assert "nichts angeklickt" in team.press(page, "Erfassen").text
    assert recorded(archive) == 0


def test_a_ballot_taken_back_wants_a_reason_and_is_typed_again(team: Visitor, at: str) -> None:
    record(team, at, "L1 101+2")
    ballot = team.open(team.open(f"{at}/stimmzettel/alle").link("1"))
    assert "Gültig – 13 Stimmen" in ballot.text
    assert "Begründung" in team.press(ballot, "Nur zurücknehmen", grund="x", neu=None).refusal
    page = team.press(ballot, "Zurücknehmen und neu eingeben", grund="falsch abgelesen")
    assert "Streichen Sie die 1 auf dem Papier durch" in page.text
    assert page.field("Was steht auf dem Stimmzettel?").get("value") == "L1 101+2"
    assert number_for_the_paper(team.press(page, "Erfassen", eingabe="L1 101+3")) == "2"
    assert "Grund: falsch abgelesen" in team.open(f"{at}/stimmzettel/1").text


def test_a_doubtful_ballot_is_resolved_by_the_board_alone(team: Visitor, board: Visitor, at: str) -> None:
    record(team, at, "L2 F3")
    page = team.open(f"{at}/zweifelsfaelle/1")
    assert "Beschluss eintragen" not in page.text
    doubt = board.open(board.open(f"{at}/zweifelsfaelle").link("Nr. 1 beschließen"))
    assert board.press(doubt, "Beschluss eintragen", grund="eindeutig").refusal.endswith("Wählen Sie „gültig“ oder „ungültig“.")
    refused = board.press(doubt, "Beschluss eintragen", beschluss="gültig", grund="")
    assert "Begründung" in refused.refusal
    done = board.press(refused, "Beschluss eintragen", grund="eindeutig erkennbar, 5 zu 0")
    (row,) = done.rows("Beschlossen")
    assert row[0] == "1"
    assert "gültig anders als vorgeschlagen" in row[1]
    token = page.form("Abmelden").find(".//input[@name='csrf_token']")
    assert token is not None
    data = {"csrf_token": token.get("value"), "beschluss": "gültig", "grund": "ohne Befugnis"}
    assert team.client.post(f"{at}/zweifelsfaelle/1", data=data).status_code == 403


def test_what_people_saw_and_what_the_program_found_are_kept_apart(board: Visitor, at: str) -> None:
    record(board, at, "L1 F4 W Ayşe Kaya")
    page = board.open(f"{at}/zweifelsfaelle")
    assert "Befund der Menschen Zusatz oder Vorbehalt" in page.text
    assert "Befund des Programms Name eingetragen" in page.text


def test_a_warning_is_explained_in_words_and_the_district_closes(board: Visitor, team: Visitor, at: str) -> None:
    letters(board, at, 21, 21)
    stacks(board, at, 10, 8, 0, 1)
    record(board, at, "304+3")
    record(board, at, "L3 -304")
    page = board.open(f"{at}/kontrolle")
    codes = re.findall(r"Noch zu erklären: (W\d+)", page.text)
    assert codes
    assert "3 bis 500 Zeichen" in board.press(page, f"Erklärung zu {codes[0]} speichern", erklaerung="x").refusal
    for code in codes:
        page = board.press(
            board.open(f"{at}/kontrolle"), f"Erklärung zu {code} speichern", erklaerung="Kleiner Bezirk, vom Wahlamt so entschieden."
        )
    assert "Zählung abschließen" not in team.open(f"{at}/abschluss").text
    closed = board.press(board.open(f"{at}/abschluss"), "Zählung abschließen")
    assert "Die Zählung dieses Stimmbezirks ist abgeschlossen" in closed.text
    assert [words_of(button) for button in team.open(f"{at}/stimmzettel").tree.iter("button")] == ["Abmelden"]
    assert "durch Vorstand" in team.open(f"{at}/").text


def test_the_votes_of_the_district_add_up_on_the_closing_page(board: Visitor, at: str) -> None:
    stacks(board, at, 2, 1, 0, 0)
    record(board, at, "304+3 101")
    page = board.open(f"{at}/abschluss")
    rows = dict(row for row in page.rows("Liste 1 – Internationale Liste"))
    assert rows["101 Person101, Ada"] == "3"
    assert dict(page.rows("Liste 3 – Bündnis der Vereine"))["304 Person304, Ada"] == "3"


def test_the_card_names_every_finding(team: Visitor) -> None:
    rows = dict(team.open("/auszaehlung/karte").rows("Was getippt wird und was es heißt"))
    assert rows["304+3"] == "drei Kreuze bei Nummer 304"
    assert [key for key in rows if key.startswith("F")] == ["F1", "F2", "F3", "F4"]


def test_an_invalid_ballot_is_not_called_healed(team: Visitor, at: str) -> None:
    page = record(team, at, "L1 L2")
    assert "Ungültig – mehrere Listen angekreuzt" in page.text
    assert "geheilt" not in page.text


def test_more_ballots_than_voters_are_a_reason_to_stop(board: Visitor, team: Visitor, at: str) -> None:
    letters(board, at, 1, 1)
    assert "Halt" not in record(team, at, "101").text
    assert "Halt: 1 Stimmzettel mehr als Wähler. Erfassen Sie nicht weiter" in record(team, at, "102").text


def test_before_the_resolution_the_sums_say_that_they_are_a_proposal(board: Visitor, team: Visitor, at: str) -> None:
    record(team, at, "W Müller")
    assert "1 Zweifelsfall ist noch ohne Beschluss" in board.open(f"{at}/abschluss").text


def test_after_the_close_only_what_was_recorded_is_shown(board: Visitor, team: Visitor, at: str, archive: Session) -> None:
    record(team, at, "101")
    archive.execute(update(DistrictCount).values(closed_at_utc=clock.now(), closed_by="Vera"))
    archive.commit()
    for page in (f"{at}/stimmzettel", f"{at}/stimmzettel/ankreuzen"):
        text = team.open(page).text
        assert "Zuletzt erfasst" in text
        assert "Auf das Papier schreiben" not in text
        assert "Noch nichts eingegeben" not in text


def test_before_the_end_of_the_poll_the_page_names_the_moment_and_takes_nothing(
    team: Visitor, at: str, archive: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 15, 16, 59, tzinfo=UTC))
    assert "Die Auszählung hat noch nicht begonnen" in team.open(f"{at}/stimmzettel").text
    assert "15. November 2026, 18:00" in record(team, at, "101").text
    assert recorded(archive) == 0
