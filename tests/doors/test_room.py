"""The screen for the room and the overview of the office: papers before the end, votes only after it, few queries."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from beiratswahl.access import archive as archive_of
from beiratswahl.law.ballot_papers import Ballot
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.closing import close_district, control
from beiratswahl.operations.counting import Letters, explain, record_ballot, record_letters
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.screens import open_screen
from beiratswahl.operations.setup import create_district
from tests.doors.conftest import NewVisitor
from tests.doors.pages import Page, Visitor
from tests.world import ON_PAPER, Place, nominate


@pytest.fixture
def admitted(desk: Desk, place: Place) -> Place:
    nominate(desk, place)
    close_nominations(desk, place.election_id, ON_PAPER)
    return place


def count_out(desk: Desk, district_id: int, ballots: int, *, close: bool = True) -> None:
    record_letters(desk, district_id, Letters(ballots, 0, {}, ballots), 0)
    for number in range(ballots):
        record_ballot(desk, district_id, f"{district_id}-{number}", Ballot(marks={"101": 1}))
    if close:
        for check in control(desk.session, district_id).unexplained:
            explain(desk, district_id, check.code, "Kleiner Bezirk.")
        close_district(desk, district_id)


def link_of(page: Page) -> str:
    (path,) = set(re.findall(r"http://localhost(/auszaehlung/saal/[a-z0-9]+)", page.html))
    return path


def test_everybody_with_the_link_sees_papers_and_nobody_sees_votes_before_the_end(
    desk: Desk, office: Visitor, visitor: NewVisitor, admitted: Place
) -> None:
    page = office.open(f"/amt/wahl/{admitted.election_id}/zaehlung/anzeige")
    link = link_of(office.press(page, "Anzeige öffnen", stimmen="ja"))
    room = visitor("")
    count_out(desk, admitted.districts[0], 3)
    count_out(desk, admitted.districts[1], 2, close=False)
    page = room.open(link)
    assert "1 von 2 Bezirken abgeschlossen" in page.text
    assert "3 von 3 Stimmzetteln" in page.text
    assert "Internationale Liste" not in page.html
    for check in control(desk.session, admitted.districts[1]).unexplained:
        explain(desk, admitted.districts[1], check.code, "Kleiner Bezirk.")
    close_district(desk, admitted.districts[1])
    assert "Liste 1 – Internationale Liste" in room.open(link).text
    assert '<meta http-equiv="refresh"' in room.open(link).html
    assert "Person101" not in room.open(link).html


def test_without_the_setting_no_votes_are_shown_at_all(desk: Desk, visitor: NewVisitor, admitted: Place) -> None:
    secret = open_screen(desk, admitted.election_id, None)
    for district in admitted.districts:
        count_out(desk, district, 2)
    page = visitor("").open(f"/auszaehlung/saal/{secret}")
    assert "2 von 2 Bezirken abgeschlossen" in page.text
    assert "Internationale Liste" not in page.html


def test_the_chair_opens_and_closes_the_screen_of_the_own_district(visitor: NewVisitor, admitted: Place) -> None:
    chair, room = visitor("vorstand"), visitor("")
    at = f"/auszaehlung/stimmbezirk/{admitted.districts[0]}/anzeige"
    page = chair.press(chair.open(at), "Anzeige öffnen")
    link = link_of(page)
    shown = room.open(link)
    assert "Briefwahlbezirk Nord" in shown.text
    assert "Briefwahlbezirk Süd" not in shown.text
    chair.press(page, "Anzeige schließen")
    assert room.client.get(link).status_code == 404


def test_the_office_closes_a_screen(office: Visitor, visitor: NewVisitor, admitted: Place) -> None:
    page = office.press(office.open(f"/amt/wahl/{admitted.election_id}/zaehlung/anzeige"), "Anzeige öffnen")
    link = link_of(page)
    page = office.press(page, "Anzeige schließen: alle Bezirke")
    assert "geschlossen" in page.text
    assert "geschlossen" in visitor("").open(link).heading


@contextmanager
def queries(app: Flask) -> Iterator[list[str]]:
    """Statements sent to the archive meanwhile."""
    sent: list[str] = []
    with app.app_context():
        engine = archive_of.engine()

    def note(*arguments: object) -> None:
        sent.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    "address",
    [
        lambda place, secret: f"/amt/wahl/{place.election_id}/zaehlung",
        lambda place, secret: f"/amt/wahl/{place.election_id}/zaehlung/zusammenlegung",
        lambda place, secret: f"/amt/wahl/{place.election_id}/ergebnis",
        lambda place, secret: f"/auszaehlung/saal/{secret}",
        lambda place, secret: "/auszaehlung/",
    ],
    ids=["overview", "merging", "result", "room", "start"],
)
def test_thirty_districts_cost_no_more_queries_than_two(
    app: Flask, desk: Desk, office: Visitor, admitted: Place, address: Callable[[Place, str], str]
) -> None:
    secret = open_screen(desk, admitted.election_id, None)
    for district in admitted.districts:
        count_out(desk, district, 1)
    path = address(admitted, secret)
    assert office.client.get(path).status_code == 200
    with queries(app) as with_two:
        office.client.get(path)
    for number in range(3, 31):
        district = create_district(desk, admitted.election_id, number, f"Briefwahl {number}", postal=True)
        count_out(desk, district, 1)
    with queries(app) as with_thirty:
        assert office.client.get(path).status_code == 200
    assert len(with_thirty) == len(with_two)
