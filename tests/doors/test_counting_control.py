"""Control at the doors: chosen by the office, drawn by the board, entered blind by another team; stacks twice, devices lost."""

import re

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from beiratswahl.access.roles import Role
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.boards import record_incident
from beiratswahl.operations.desk import Desk
from beiratswahl.store.read.boards import closings
from beiratswahl.store.read.count_control import chosen, unsent
from beiratswahl.store.read.counting import count
from beiratswahl.store.tables.boards import Incident
from tests.doors.conftest import NewVisitor
from tests.doors.pages import Page, Visitor
from tests.doors.test_counting import letters, person, record
from tests.doors.test_counting import stacks as stacks_twice
from tests.world import ON_PAPER, PASSWORD, Place, account, nominate, two_counters

SEED = {"augen": "31 41 52 63 56", "personen": "Fatma Yıldız würfelt, Karl Zeuge liest vor"}
#: no font of ours has hieroglyphs
UNPRINTABLE = "Jemand hat 𓀀 an die Tafel gemalt."


@pytest.fixture
def at(desk: Desk, place: Place) -> str:
    nominate(desk, place)
    close_nominations(desk, place.election_id, ON_PAPER)
    account(desk, "zweites", Role.COUNTING_TEAM, place, place.districts[0])
    two_counters(desk, place.districts[0])
    return f"/auszaehlung/stimmbezirk/{place.districts[0]}"


def choose(office: Visitor, place: Place, method: str, **values: object) -> Page:
    return office.press(office.open(f"/amt/wahl/{place.election_id}/zaehlung/kontrolle"), "Verfahren wählen", method=method, **values)


def test_the_office_chooses_before_counting_and_by_decision_afterwards(
    visitor: NewVisitor, place: Place, at: str, archive: Session
) -> None:
    office = visitor("amt")
    assert "Noch nicht gewählt" in office.open(f"/amt/wahl/{place.election_id}/zaehlung/kontrolle").text
    assert "Gewählt: Stichprobe" in choose(office, place, "SAMPLE", percent=20, least=2).text
    record(visitor("team"), at, "101")
    page = choose(office, place, "SECOND_ENTRY", decision="")
    assert page.status == 422
    assert "Begründung" in page.refusal
    page = choose(office, place, "SECOND_ENTRY", decision="Beschluss des Wahlausschusses vom 8. November")
    assert "Beschluss: Beschluss des Wahlausschusses vom 8. November" in page.text
    archive.rollback()
    assert chosen(archive, place.election_id).method == "vollständige Zweiteingabe"  # type: ignore[union-attr]  # it is chosen


def test_a_sample_that_cannot_be_is_refused_with_what_was_typed(visitor: NewVisitor, place: Place, at: str) -> None:
    page = choose(visitor("amt"), place, "SAMPLE", percent=0)
    assert page.status == 422
    assert "zwischen 1 und 100" in page.refusal
    assert page.field("Anteil der Stichprobe in Prozent").get("value") == "0"


def test_no_page_shows_the_second_team_a_first_entry(visitor: NewVisitor, place: Place, at: str) -> None:
    first, second, board = visitor("team"), visitor("zweites"), visitor("vorstand")
    choose(visitor("amt"), place, "SAMPLE", percent=50, least=1)
    for typed in ("101+3", "202+2 F3"):
        record(first, at, typed)
    pages = ("stimmzettel", "stimmzettel?nr=1", "stimmzettel?vorlage=1", "stimmzettel/ankreuzen?nr=1", "stimmzettel/alle")
    pages += ("stimmzettel/1", "stimmzettel/2", "zweifelsfaelle/2", "zweiteingabe", "stichprobe")
    for name in pages:
        page = second.open(f"{at}/{name}")
        assert page.status == 200, name
        assert "101+3" not in page.html, name
        assert "202+2" not in page.html, name
        assert not re.search(r'cz-box--on|name="eingabe" value="[^"]+"', page.html), name
    assert "101+3" in first.open(f"{at}/stimmzettel/alle").text  # everybody sees the own ones
    page = board.press(board.open(f"{at}/stichprobe"), "Stichprobe ziehen", **SEED)
    (drawn,) = re.findall(r"Gezogen: (\d)\.", page.text)
    typed = {"1": "101+3", "2": "202+2 F3"}[drawn]
    page = second.press(second.open(f"{at}/zweiteingabe"), "Zum zweiten Mal erfassen", nummer=drawn, eingabe=typed)
    assert "Beide Eingaben stimmen überein" in page.text
    assert "101+3" in second.open(f"{at}/stimmzettel/alle").text


def test_the_board_draws_and_everybody_can_recompute(visitor: NewVisitor, place: Place, at: str) -> None:
    team, board = visitor("team"), visitor("vorstand")
    choose(visitor("amt"), place, "SAMPLE", percent=10, least=2)
    assert "noch nicht gezogen" in team.open(f"{at}/zweiteingabe").text
    for typed in ("101", "102", "103", "104"):
        record(team, at, typed)
    assert team.client.post(f"{at}/stichprobe").status_code in (400, 403)
    assert "Ziffern von 1 bis 6" in board.press(board.open(f"{at}/stichprobe"), "Stichprobe ziehen", augen="789", personen="X Y").refusal
    page = board.press(board.open(f"{at}/stichprobe"), "Stichprobe ziehen", **SEED)
    assert "3141526356" in page.text
    assert re.search(r"printf '%s' '3141526356/1/\d' \| sha256sum", page.text)
    assert "Fehler 211" in board.open(f"{at}/kontrolle").text


def test_stacks_counted_differently_are_settled_by_both(visitor: NewVisitor, place: Place, at: str, archive: Session) -> None:
    team = visitor("team")
    page = team.open(f"{at}/stapel")
    names = re.findall(r'name="(list_\d+)"', page.html)
    page = team.press(
        page, "Speichern und weiter", blank=2, counted_by=person(page, "Anna Erste"), **dict(zip(names, (5, 4, 3, 2), strict=True))
    )
    assert page.heading == "Stapel: zweite Zählung"
    assert all(page.field(f"Liste {number} – {words}").get("value") in (None, "") for number, words in ((1, "Internationale Liste"),))
    again = dict(zip(names, (5, 4, 3, 1), strict=True))
    covered = team.open(f"{at}/stapel")
    assert "Die Zahlen bleiben verdeckt" in covered.text
    assert re.findall(r'name="list_\d+"[^>]* value="([^"]*)"', covered.html) == [""] * 4
    assert "Die Zahlen sind noch verdeckt" in team.open(f"{at}/abschluss").text
    overview = team.open(f"{at}/").text
    assert "Jetzt zählt eine zweite Person" in overview
    assert "14" not in overview
    refused = team.press(page, "Zweite Zählung speichern", blank=2, counted_by=person(page, "Anna Erste"), **again)
    assert "andere Person" in refused.refusal
    assert "Wählen Sie, wer" in team.press(page, "Zweite Zählung speichern", blank=2, counted_by="", **again).refusal
    page = team.press(page, "Zweite Zählung speichern", blank=2, counted_by=person(page, "Ben Zweiter"), **again)
    assert page.heading == "Stapel: beide Zählungen"
    assert "verschieden" in team.open(f"{at}/").text
    assert "Fehler 214" in team.open(f"{at}/kontrolle").text
    assert "bei jedem Stapel" in team.press(page, "Unterschiede klären").refusal
    answer = {"csrf_token": _token(page), names[3]: "zweite", "bestaetigt": ["erste", "zweite"]}
    team.client.post(f"{at}/stapel/vergleich", data=answer)
    assert "stimmen überein" in team.open(f"{at}/stapel/vergleich").text
    archive.rollback()
    assert sorted(count(archive, place.districts[0]).unchanged.values()) == [1, 3, 4, 5]


def _token(page: Page) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.html)
    assert found
    return found[1]


def closed(visitor: Visitor, at: str) -> Page:
    letters(visitor, at, 60, 60)
    stacks_twice(visitor, at, 60, 0, 0, 0)
    page = visitor.open(f"{at}/kontrolle")
    for code in re.findall(r'name="kennung" value="(W\d+)"', page.html):
        page = visitor.press(page, f"Erklärung zu {code} speichern", erklaerung="Geprüft, stimmt so.")
    return visitor.press(visitor.open(f"{at}/abschluss"), "Zählung abschließen")


def test_a_failed_print_leaves_the_district_closed_and_can_be_repeated(
    visitor: NewVisitor, desk: Desk, place: Place, at: str, archive: Session
) -> None:
    board = visitor("vorstand")
    record_incident(desk, place.districts[0], UNPRINTABLE)
    page = closed(board, at)
    assert page.status == 200
    assert "Unterlagen fehlen noch" in page.text
    assert "Niederschrift (PDF)" not in page.links
    archive.rollback()
    assert count(archive, place.districts[0]).closed_at_utc is not None
    assert closings(archive, place.districts[0]) == ()
    page = board.press(page, "Unterlagen noch einmal erzeugen")
    assert "Unterlagen fehlen noch" in page.text  # the reason is still there
    archive.execute(update(Incident).values(text="Jemand hat etwas an die Tafel gemalt."))
    archive.commit()
    page = board.press(page, "Unterlagen noch einmal erzeugen")
    assert "Niederschrift (PDF)" in page.links
    assert closings(archive, place.districts[0]) == (1,)


def test_a_device_announces_and_is_given_up_by_the_board(visitor: NewVisitor, place: Place, at: str, archive: Session) -> None:
    team, board = visitor("team"), visitor("vorstand")
    token = _token(team.open(f"{at}/stimmzettel"))
    message = {"csrf_token": token, "geraet": "KX", "offen": "2"}
    assert team.client.post(f"{at}/geraet", data=message).status_code == 204
    assert team.client.post(f"{at}/geraet", data={**message, "geraet": "<b>"}).status_code == 422
    archive.rollback()
    assert [(device.device, device.ballots) for device in unsent(archive, place.districts[0])] == [("KX", 2)]
    page = board.open(f"{at}/abschluss")
    assert "Gerät KX: 2 Stimmzettel" in page.text
    assert "aufgeben" not in team.open(f"{at}/abschluss").html
    assert "Begründung" in board.press(page, "Gerät KX aufgeben", grund="x").refusal
    page = board.press(page, "Gerät KX aufgeben", grund="Gerät verloren, Papiere neu eingegeben.")
    assert "hält den Abschluss nicht mehr auf" in page.text


def test_the_key_is_one_in_a_log_in_and_another_in_the_next(visitor: NewVisitor, at: str) -> None:
    def key(page: Page) -> str:
        return re.findall(r'data-key="([^"]{44})"', page.html)[0]

    team = visitor("team")
    first = key(team.open(f"{at}/stimmzettel"))
    assert key(team.open(f"{at}/stimmzettel/ankreuzen")) == first
    assert key(visitor("team").open(f"{at}/stimmzettel")) != first
    team.press(team.open(f"{at}/stimmzettel"), "Abmelden")
    team.log_in("team", PASSWORD)
    assert key(team.open(f"{at}/stimmzettel")) != first
