"""Counting teams log in by link and code (§ 55b KWO): the link opens nothing, the chair lets in, and a lost device is outside at once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from beiratswahl import clock
from beiratswahl.law.ballot_papers import Ballot
from beiratswahl.law.boards import Function, TeamTask
from beiratswahl.operations import boards, capture, link_secrets, team_devices, teams
from beiratswahl.operations.closing import close_district
from beiratswahl.operations.counting import record_ballot
from beiratswahl.operations.desk import Actor, Desk, Refused
from beiratswahl.operations.second_entries import record_second
from beiratswahl.operations.team_devices import DeviceState
from beiratswahl.store.read import teams as read
from beiratswahl.store.read.boards import members
from beiratswahl.store.tables.accounts import Account
from beiratswahl.store.tables.journal import JournalEntry
from beiratswahl.store.tables.teams import CountingTeam, TeamDevice
from tests.operations.test_boards import opened, seated
from tests.world import Place, admitted

NAMES = ["Gül Eins", "Hans Zwei", "Ida Drei"]


def working(desk: Desk, district_id: int, number: int, names: list[str]) -> tuple[int, str]:
    """A team that is let in: its device and the secret of its session."""
    asked = team_devices.ask(desk, teams.issue_link(desk, district_id, number), names)
    team_devices.confirm(desk, district_id, asked.device_id)
    token = team_devices.take_up(desk, asked.token)
    assert token is not None
    return asked.device_id, token


def at_the_team(desk: Desk, district_id: int, number: int) -> Desk:
    """The desk of a team's device."""
    (team,) = (each for each in read.teams(desk.session, district_id) if each.number == number)
    return Desk(desk.session, Actor(team.account_id, f"Gruppe {number}", "Zählgruppe"))


def test_link_code_and_confirmation_lead_in_and_nothing_less(desk: Desk) -> None:
    place = admitted(desk)
    north = place.districts[0]
    secret = teams.issue_link(desk, north, 1)
    asked = team_devices.ask(desk, secret, NAMES)
    assert team_devices.take_up(desk, asked.token) is None
    team_devices.confirm(desk, north, asked.device_id)
    assert team_devices.take_up(desk, "something else") is None
    token = team_devices.take_up(desk, asked.token)
    assert token not in (None, asked.token, secret)
    assert team_devices.take_up(desk, asked.token) is None  # once
    device = read.device_of(desk.session, link_secrets.digest(token or ""))
    assert device is not None
    assert (device.state, device.persons) == (DeviceState.WORKING.value, tuple(NAMES))


def test_only_hashes_of_the_secrets_are_kept(desk: Desk) -> None:
    place = admitted(desk)
    secret = teams.issue_link(desk, place.districts[0], 1)
    asked = team_devices.ask(desk, secret, NAMES)
    kept = [*desk.session.scalars(select(CountingTeam.link_hash)), *desk.session.scalars(select(TeamDevice.token_hash))]
    assert kept == [link_secrets.digest(secret), link_secrets.digest(asked.token)]
    written = "".join(desk.session.scalars(select(JournalEntry.details)))
    assert secret not in written
    assert asked.token not in written


def test_links_never_repeat_and_are_hard_to_guess() -> None:
    drawn = {link_secrets.drawn_link() for _ in range(200)}
    assert len(drawn) == 200
    assert len(set(link_secrets.LINK_SIGNS)) ** link_secrets.LINK_LENGTH > 2**78


def test_the_confirmation_names_team_and_chair_in_the_journal(desk: Desk) -> None:
    place = admitted(desk)
    asked = team_devices.ask(desk, teams.issue_link(desk, place.districts[0], 1), NAMES)
    team_devices.confirm(desk, place.districts[0], asked.device_id)
    entry = desk.session.scalars(select(JournalEntry).where(JournalEntry.act == "Zählgruppe zugelassen")).one()
    assert entry.actor_name == "Erika Amt"
    assert all(name in entry.details for name in NAMES)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["Gül Eins", "Hans Zwei", ""], "mindestens 3 Personen"),
        (["Gül Eins", "gül  eins", "Ida Drei"], "doppelt"),
        ([f"Person {number}" for number in range(7)], "höchstens 6"),
        (["Gül\u202eEins", "Hans Zwei", "Ida Drei"], "Tragen Sie den Namen ein"),
    ],
)
def test_fewer_than_three_different_persons_are_no_team(desk: Desk, names: list[str], words: str) -> None:
    secret = teams.issue_link(desk, admitted(desk).districts[0], 1)
    with pytest.raises(Refused, match=words):
        team_devices.ask(desk, secret, names)
    assert desk.session.scalar(select(func.count()).select_from(TeamDevice)) == 0


def test_a_code_expires_and_is_used_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    place = admitted(desk)
    north = place.districts[0]
    asked = team_devices.ask(desk, teams.issue_link(desk, north, 1), NAMES)
    team_devices.confirm(desk, north, asked.device_id)
    with pytest.raises(Refused, match="abgelaufen oder schon benutzt"):
        team_devices.confirm(desk, north, asked.device_id)
    late = team_devices.ask(desk, teams.issue_link(desk, north, 2), ["A B", "C D", "E F"])
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + team_devices.CODE_HOLDS + timedelta(seconds=1))
    with pytest.raises(Refused, match="abgelaufen"):
        team_devices.confirm(desk, north, late.device_id)
    assert team_devices.take_up(desk, asked.token) is None  # confirmed, but nobody came for it


def test_nobody_may_ask_without_end(desk: Desk) -> None:
    place = admitted(desk)
    north = place.districts[0]
    secret = teams.issue_link(desk, north, 1)
    for _ in range(team_devices.MOST_WAITING):
        asked = team_devices.ask(desk, secret, NAMES)
    with pytest.raises(Refused, match="zu oft"):
        team_devices.ask(desk, secret, NAMES)
    team_devices.refuse(desk, north, asked.device_id)
    for _ in range(team_devices.MOST_ASKED - team_devices.MOST_WAITING):
        team_devices.refuse(desk, north, team_devices.ask(desk, secret, NAMES).device_id)
    with pytest.raises(Refused, match="zu oft"):
        team_devices.ask(desk, secret, NAMES)


def test_a_new_card_makes_the_old_one_worthless_and_a_lock_ends_the_device(desk: Desk) -> None:
    place = admitted(desk)
    north = place.districts[0]
    old = teams.issue_link(desk, north, 1)
    waiting = team_devices.ask(desk, old, NAMES)
    new = teams.issue_link(desk, north, 1)
    with pytest.raises(Refused, match="gilt nicht mehr"):
        team_devices.ask(desk, old, NAMES)
    with pytest.raises(Refused, match="gilt nicht mehr"):
        team_devices.confirm(desk, north, waiting.device_id)
    asked = team_devices.ask(desk, new, NAMES)
    team_devices.confirm(desk, north, asked.device_id)
    token = team_devices.take_up(desk, asked.token) or ""
    (team,) = read.teams(desk.session, north)
    teams.revoke_link(desk, north, team.team_id)
    device = read.device_of(desk.session, link_secrets.digest(token))
    assert device is not None
    assert not team_devices.holds(device, DeviceState.WORKING)
    with pytest.raises(Refused, match="keinen Link"):
        teams.revoke_link(desk, north, team.team_id)


def test_a_lost_device_is_outside_and_a_second_one_replaces_the_first(desk: Desk) -> None:
    place = admitted(desk)
    north = place.districts[0]
    device_id, token = working(desk, north, 1, NAMES)
    team_devices.end(desk, north, device_id)
    device = read.device_of(desk.session, link_secrets.digest(token))
    assert device is not None
    assert device.state == DeviceState.ENDED.value
    _, first = working(desk, north, 1, NAMES)
    _, second = working(desk, north, 1, NAMES)
    states = [read.device_of(desk.session, link_secrets.digest(each)) for each in (first, second)]
    assert [each.state for each in states if each] == [DeviceState.ENDED.value, DeviceState.WORKING.value]


def test_who_sits_there_is_recorded_as_present_in_the_group(desk: Desk) -> None:
    place = admitted(desk)
    north = place.districts[0]
    ids = seated(desk, place)
    boards.record_presence(desk, north, ids["Fatma"], present=False)
    working(desk, north, 2, ["fatma drei", "Hans Zwei", "Ida Drei"])
    board = {member.name: member for member in members(desk.session, north)}
    assert (board["Fatma Drei"].counting_group, board["Fatma Drei"].present) == (2, True)
    assert board["Hans Zwei"].function == Function.HELPER.value
    assert [name for name, member in board.items() if member.counting_group == 2 and member.present] == [
        "Fatma Drei",
        "Hans Zwei",
        "Ida Drei",
    ]


@pytest.mark.parametrize(("name", "words"), [("Ada Vorstand", "gehört selbst keiner an"), ("Dana Eins", "gehört zu Gruppe 1")])
def test_the_chair_and_members_of_other_groups_are_not_let_in(desk: Desk, name: str, words: str) -> None:
    place = admitted(desk)
    seated(desk, place)
    before = members(desk.session, place.districts[0])
    asked = team_devices.ask(desk, teams.issue_link(desk, place.districts[0], 2), ["Hans Zwei", "Ida Drei", name])
    with pytest.raises(Refused, match=words):
        team_devices.confirm(desk, place.districts[0], asked.device_id)
    assert members(desk.session, place.districts[0]) == before


def test_helpers_make_no_quorum(desk: Desk) -> None:
    place = admitted(desk)
    ids, north = opened(desk, place), place.districts[0]
    working(desk, north, 2, NAMES)
    for name in ("Fatma", "Emil"):
        boards.record_presence(desk, north, ids[name], present=False)
    assert "beschlussfähig" in capture.resting(desk.session, north, at_the_team(desk, north, 2).actor.account_id)
    with pytest.raises(Refused, match="nur 4 anwesend"):
        close_district(desk, north)


def test_a_team_waits_for_its_own_people_only(desk: Desk) -> None:
    place = admitted(desk)
    ids, north = opened(desk, place), place.districts[0]
    working(desk, north, 1, ["Cem Schrift", "Dana Eins", "Emil Zwei"])
    working(desk, north, 2, NAMES)
    boards.record_presence(desk, north, ids["Emil"], present=False)
    with pytest.raises(Refused, match="Gruppe 1: 2 anwesend"):
        record_ballot(at_the_team(desk, north, 1), north, "a", Ballot(marks={"101": 1}))
    assert record_ballot(at_the_team(desk, north, 2), north, "b", Ballot(marks={"101": 1})).number == 1
    with pytest.raises(Refused, match="Gruppe 1: 2 anwesend"):  # an account of no group waits for all
        record_ballot(desk, north, "c", Ballot(marks={"101": 1}))
    boards.record_presence(desk, north, ids["Emil"], present=True)
    record_ballot(at_the_team(desk, north, 1), north, "a", Ballot(marks={"101": 1}))


def test_two_teams_are_two_accounts_for_the_second_entry(desk: Desk) -> None:
    place = admitted(desk)
    north = place.districts[0]
    working(desk, north, 1, NAMES)
    working(desk, north, 2, ["A B", "C D", "E F"])
    record_ballot(at_the_team(desk, north, 1), north, "a", Ballot(marks={"101": 1}))
    with pytest.raises(Refused):
        record_second(at_the_team(desk, north, 1), north, 1, Ballot(marks={"101": 1}))
    record_second(at_the_team(desk, north, 2), north, 1, Ballot(marks={"101": 1}))


def test_the_account_of_a_team_has_no_password(desk: Desk) -> None:
    from beiratswahl.access.passwords import fits

    place = admitted(desk)
    teams.issue_link(desk, place.districts[0], 1)
    stored = desk.session.scalars(select(Account.password_hash).where(Account.login.startswith("gruppe."))).one()
    assert not any(fits(stored, typed) for typed in ("", " ", stored))


def task_of(desk: Desk, district_id: int) -> str | None:
    (team,) = read.teams(desk.session, district_id)
    return team.task


def test_a_task_is_given_with_the_first_card_and_a_new_card_keeps_it(desk: Desk) -> None:
    north = admitted(desk).districts[0]
    secret = teams.issue_link(desk, north, 1, TeamTask.STACKS)
    assert task_of(desk, north) == "Stapel"
    of_link = read.team_of_link(desk.session, link_secrets.digest(secret))
    assert of_link is not None
    assert of_link.task == "Stapel"
    teams.issue_link(desk, north, 1)
    assert task_of(desk, north) == "Stapel"


def test_a_task_can_be_changed_lifted_and_stands_in_the_journal(desk: Desk) -> None:
    north = admitted(desk).districts[0]
    teams.issue_link(desk, north, 1)
    (team,) = read.teams(desk.session, north)
    assert team.task is None
    teams.assign_task(desk, north, team.team_id, TeamTask.BALLOTS)
    assert task_of(desk, north) == "Einzelne Stimmzettel"
    with pytest.raises(Refused, match="diese Aufgabe schon"):
        teams.assign_task(desk, north, team.team_id, TeamTask.BALLOTS)
    teams.assign_task(desk, north, team.team_id, None)
    assert task_of(desk, north) is None
    written = desk.session.scalars(select(JournalEntry.details).where(JournalEntry.act == "Aufgabe einer Zählgruppe geändert")).all()
    assert len(written) == 2
    assert '"before":"Einzelne Stimmzettel"' in written[1]
    assert '"task":"alle Aufgaben"' in written[1]


def test_the_group_of_another_district_gets_no_task(desk: Desk) -> None:
    place = admitted(desk)
    teams.issue_link(desk, place.districts[0], 1)
    (team,) = read.teams(desk.session, place.districts[0])
    with pytest.raises(Refused, match="gibt es in diesem Stimmbezirk nicht"):
        teams.assign_task(desk, place.districts[1], team.team_id, TeamTask.LETTERS)


def test_after_closing_nobody_logs_in(desk: Desk, place_closed: Place) -> None:
    with pytest.raises(Refused, match="abgeschlossen"):
        teams.issue_link(desk, place_closed.districts[0], 1)


@pytest.fixture
def place_closed(desk: Desk) -> Place:
    from beiratswahl.operations.counting import Letters, explain, record_letters

    place = admitted(desk)
    record_letters(desk, place.districts[0], Letters(0, 0, {}, 0), 0)
    explain(desk, place.districts[0], "W202", "Es ist kein Brief eingegangen.")
    close_district(desk, place.districts[0])
    return place
