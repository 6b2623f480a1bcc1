"""Counting teams log in at the doors: card, names, code on two screens; afterwards nothing but their task in their district."""

import re

import pytest
from flask import Flask

from beiratswahl.access.roles import Permission, Role
from beiratswahl.law.boards import Function, TeamTask
from beiratswahl.operations import boards
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.desk import Desk
from beiratswahl.store.read.boards import members
from tests.access.test_permits import addresses
from tests.doors.conftest import NewVisitor
from tests.doors.pages import Page, Visitor, words_of
from tests.world import ON_PAPER, Place, nominate

NAMES = ["Gül Eins", "Hans Zwei", "Ida Drei"]
CODE = re.compile(r"\b\d{3} \d{3}\b")
FORBIDDEN, NOT_FOUND = 403, 404


@pytest.fixture
def admitted(desk: Desk, place: Place) -> Place:
    nominate(desk, place)
    close_nominations(desk, place.election_id, ON_PAPER)
    return place


@pytest.fixture
def at(admitted: Place) -> str:
    return f"/auszaehlung/stimmbezirk/{admitted.districts[0]}"


@pytest.fixture
def chair(visitor: NewVisitor, admitted: Place) -> Visitor:
    return visitor("vorstand")


def link_of(page: Page) -> str:
    """The path of the link on a card."""
    (link,) = set(re.findall(r"http://localhost(/gruppe/[a-z0-9-]+)", page.html))
    return link


def asking(chair: Visitor, stranger: Visitor, at: str, number: int = 1) -> Page:
    """A device that has named its people and shows its code."""
    link = link_of(chair.press(chair.open(f"{at}/gruppen"), "Karte ausgeben", nummer=number))
    form = stranger.open(link)
    token = re.search(r'name="csrf_token" value="([^"]+)"', form.html)
    assert token
    response = stranger.client.post(link, data={"csrf_token": token[1], "person": NAMES}, follow_redirects=True)
    return Page(response, response.request.path)


def let_in(chair: Visitor, stranger: Visitor, at: str, number: int = 1) -> Page:
    """A device that the chair has let in, on its first page."""
    (code,) = set(CODE.findall(asking(chair, stranger, at, number).text))
    chair.press(chair.open(f"{at}/gruppen"), f"Code {code} stimmt, zulassen")
    return stranger.open("/gruppe/warten")


def test_the_same_code_stands_on_both_screens_and_lets_the_team_in(chair: Visitor, visitor: NewVisitor, at: str) -> None:
    device = visitor("")
    waiting = asking(chair, device, at)
    (code,) = set(CODE.findall(waiting.text))
    assert 'http-equiv="refresh"' in waiting.html
    assert device.client.get(f"{at}/").status_code == 302  # the code alone opens nothing
    page = chair.open(f"{at}/gruppen")
    assert code in page.text
    assert "Hans Zwei (nicht im Wahlvorstand, wird als Hilfskraft eingetragen)" in page.text
    assert "wartet auf Zulassung" in chair.open(f"{at}/").text
    chair.press(page, f"Code {code} stimmt, zulassen")
    assert device.open("/gruppe/warten").path == f"{at}/"
    assert "Gruppe 1: Gül Eins, Hans Zwei, Ida Drei" in device.open(f"{at}/").html
    done = device.press(device.open(f"{at}/stimmzettel"), "Erfassen", eingabe="101")
    assert done.status == 200


def test_the_link_tells_and_opens_nothing(chair: Visitor, visitor: NewVisitor, admitted: Place, at: str) -> None:
    link = link_of(chair.press(chair.open(f"{at}/gruppen"), "Karte ausgeben"))
    stranger = visitor("")
    page = stranger.open(link)
    assert page.heading == "Auszählungsgruppe 1 anmelden"
    assert "Person101" not in page.html
    assert stranger.client.get(f"{at}/").status_code == 302
    assert stranger.client.get("/gruppe/abcd-efgh-jkmn-pqrs").status_code == NOT_FOUND
    assert "nicht angemeldet" in stranger.open("/gruppe/warten").heading


def test_a_refused_device_is_told_so(chair: Visitor, visitor: NewVisitor, at: str) -> None:
    device = visitor("")
    (code,) = set(CODE.findall(asking(chair, device, at).text))
    chair.press(chair.open(f"{at}/gruppen"), f"Abweisen: {code}")
    page = device.open("/gruppe/warten")
    assert "abgewiesen" in page.heading
    assert device.client.get(f"{at}/").status_code == 302


def test_a_lost_device_is_outside_with_its_next_click(chair: Visitor, visitor: NewVisitor, at: str) -> None:
    device = visitor("")
    let_in(chair, device, at)
    assert device.client.get(f"{at}/").status_code == 200
    chair.press(chair.open(f"{at}/gruppen"), "Gerät der Gruppe 1 abmelden")
    assert device.client.get(f"{at}/").status_code == 302


def test_who_logs_out_needs_a_new_code(chair: Visitor, visitor: NewVisitor, at: str) -> None:
    device = visitor("")
    page = let_in(chair, device, at)
    cookie = device.client.get_cookie("beiratswahl")
    assert cookie
    device.press(page, "Abmelden")
    assert device.client.get(f"{at}/").status_code == 302
    device.client.set_cookie("beiratswahl", cookie.value)  # somebody kept the cookie
    assert device.client.get(f"{at}/").status_code == 302


def test_too_few_names_keep_what_was_typed(chair: Visitor, visitor: NewVisitor, at: str) -> None:
    link = link_of(chair.press(chair.open(f"{at}/gruppen"), "Karte ausgeben"))
    device = visitor("")
    token = re.search(r'name="csrf_token" value="([^"]+)"', device.open(link).html)
    assert token
    response = device.client.post(link, data={"csrf_token": token[1], "person": ["Gül Eins", "Hans Zwei"]})
    page = Page(response, link)
    assert page.status == 422
    assert "mindestens 3 Personen" in page.refusal
    assert page.field("Person 2, Vor- und Nachname").get("value") == "Hans Zwei"


def test_a_team_may_do_its_task_in_its_district_and_nothing_else(
    app: Flask, chair: Visitor, visitor: NewVisitor, admitted: Place, at: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    device = visitor("")
    let_in(chair, device, at)
    for address, method, gate, placed in addresses(app, admitted, admitted.districts[0]):
        if gate == "public" or "abmelden" in address:
            continue
        status = device.client.open(address, method=method).status_code
        if isinstance(gate, Permission) and Role.COUNTING_TEAM not in gate.roles:
            assert status in ({FORBIDDEN, NOT_FOUND} if placed else {FORBIDDEN}), (address, status)
        else:
            assert status not in {401, FORBIDDEN, 405, 500}, (address, status)
    for address, method, gate, placed in addresses(app, admitted, admitted.districts[1]):
        if placed and isinstance(gate, Permission) and "/stimmbezirk/" in address:
            assert device.client.open(address, method=method).status_code == NOT_FOUND, address


@pytest.mark.parametrize("task", TeamTask)
def test_a_limited_team_opens_the_pages_of_its_task_and_no_other(
    app: Flask, desk: Desk, chair: Visitor, visitor: NewVisitor, admitted: Place, at: str, task: TeamTask
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    device = visitor("")
    let_in(chair, device, at)
    chair.press(chair.open(f"{at}/gruppen"), "Gruppe 1: Aufgabe speichern", aufgabe=task.value)
    for address, method, gate, placed in addresses(app, admitted, admitted.districts[0]):
        if not isinstance(gate, Permission) or not placed:
            continue
        status = device.client.open(address, method=method).status_code
        if Role.COUNTING_TEAM in gate.roles and task in gate.tasks:
            assert status not in {401, FORBIDDEN, 405, 500}, (address, status)
        else:
            assert status in {FORBIDDEN, NOT_FOUND}, (address, status)


@pytest.mark.parametrize(
    ("task", "links"),
    [
        (TeamTask.LETTERS, ["Übersicht", "Wahlbriefe"]),
        (TeamTask.STACKS, ["Übersicht", "Stapel"]),
        (TeamTask.BALLOTS, ["Übersicht", "Stimmzettel"]),
        (TeamTask.SECOND_ENTRY, ["Übersicht", "Zweiteingabe"]),
    ],
)
def test_every_link_a_limited_team_sees_lets_it_in(chair: Visitor, visitor: NewVisitor, at: str, task: TeamTask, links: list[str]) -> None:
    device = visitor("")
    let_in(chair, device, at)
    chair.press(chair.open(f"{at}/gruppen"), "Gruppe 1: Aufgabe speichern", aufgabe=task.value)
    overview = device.open(f"{at}/")
    (steps,) = (nav for nav in overview.tree.iter("nav") if nav.get("aria-label") == "Schritte der Auszählung")
    assert [words_of(link) for link in steps.iter("a")] == links
    assert f"Aufgabe Ihrer Gruppe: {task.value}" in overview.text
    seen, waiting = set(), [f"{at}/"]
    while waiting:
        page = device.open(waiting.pop())
        assert page.status == 200, page.path
        inside = [link.get("href") or "" for link in page.tree.iter("a")]
        fresh = {link for link in inside if link.startswith("/auszaehlung/")} - seen
        seen |= fresh
        waiting += fresh
    assert len(seen) > 2


def test_a_changed_task_is_explained_where_the_team_stands(chair: Visitor, visitor: NewVisitor, at: str) -> None:
    device = visitor("")
    let_in(chair, device, at)
    chair.press(chair.open(f"{at}/gruppen"), "Gruppe 1: Aufgabe speichern", aufgabe="Stapel")
    page = device.open(f"{at}/stimmzettel")
    assert (page.status, page.heading) == (FORBIDDEN, "Ihre Gruppe hat eine andere Aufgabe")
    assert "„Stapel“" in page.text
    chair.press(chair.open(f"{at}/gruppen"), "Gruppe 1: Aufgabe speichern", aufgabe="")
    assert device.open(f"{at}/stimmzettel").status == 200


def test_a_small_board_has_one_group_for_everything_and_a_large_one_divides(desk: Desk, chair: Visitor, admitted: Place, at: str) -> None:
    def proposed() -> str:
        (option,) = (each for each in chair.open(f"{at}/gruppen").field("Aufgabe").iter("option") if each.get("selected") is not None)
        return words_of(option)

    assert proposed() == "Alle Aufgaben"
    for number in range(6):
        member = boards.appoint_member(desk, admitted.districts[0], f"Hilfe {number}", Function.HELPER)
        boards.record_presence(desk, admitted.districts[0], member, present=True)
    assert proposed() == "Einzelne Stimmzettel"


def test_a_pause_is_said_on_every_page_and_ends_by_itself(
    desk: Desk, chair: Visitor, visitor: NewVisitor, admitted: Place, at: str
) -> None:
    device = visitor("")
    let_in(chair, device, at)
    (gone,) = (member for member in members(desk.session, admitted.districts[0]) if member.name == "Ida Drei")
    boards.record_presence(desk, admitted.districts[0], gone.member_id, present=False)
    page = device.open(f"{at}/stimmzettel")
    assert "Die Erfassung ruht" in page.text
    refused = device.press(page, "Erfassen", eingabe="304+3")
    assert refused.status == 422
    assert refused.field("Was steht auf dem Stimmzettel?").get("value") == "304+3"
    assert "Gruppe 1: 2 anwesend" in device.client.get(f"{at}/lage").text
    boards.record_presence(desk, admitted.districts[0], gone.member_id, present=True)
    assert "ruht" not in device.client.get(f"{at}/lage").text
    assert device.press(refused, "Erfassen").status == 200
