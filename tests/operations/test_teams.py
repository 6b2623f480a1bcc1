"""Counting teams log in by link and code (§ 55b KWO): the link opens nothing, the chair lets in, and a lost device is outside at once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from beiratswahl import clock
from beiratswahl.law.ballot_papers import Ballot
from beiratswahl.law.boards import Function
from beiratswahl.operations import boards, teams
from beiratswahl.operations.closing import close_district
from beiratswahl.operations.counting import record_ballot
from beiratswahl.operations.desk import Actor, Desk, Refused
from beiratswahl.operations.second_entries import record_second
from beiratswahl.operations.teams import DeviceState
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
    asked = teams.ask(desk, teams.issue_link(desk, district_id, number), names)
    teams.confirm(desk, district_id, asked.device_id)
    token = teams.take_up(desk, asked.token)
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
    asked = teams.ask(desk, secret, NAMES)
    assert teams.take_up(desk, asked.token) is None
    teams.confirm(desk, north, asked.device_id)
    assert teams.take_up(desk, "something else") is None
    token = teams.take_up(desk, asked.token)
    assert token not in (None, asked.token, secret)
    assert teams.take_up(desk, asked.token) is None  # once
    device = read.device_of(desk.session, teams.digest(token or ""))
    assert device is not None
    assert (device.state, device.persons) == (DeviceState.WORKING.value, tuple(NAMES))


def test_only_hashes_of_the_secrets_are_kept(desk: Desk) -> None:
    place = admitted(desk)
    secret = teams.issue_link(desk, place.districts[0], 1)
    asked = teams.ask(desk, secret, NAMES)
    kept = [*desk.session.scalars(select(CountingTeam.link_hash)), *desk.session.scalars(select(TeamDevice.token_hash))]
    assert kept == [teams.digest(secret), teams.digest(asked.token)]
    written = "".join(desk.session.scalars(select(JournalEntry.details)))
    assert secret not in written
    assert asked.token not in written


def test_links_never_repeat_and_are_hard_to_guess() -> None:
    drawn = {teams.drawn_link() for _ in range(200)}
    assert len(drawn) == 200
    assert len(set(teams.LINK_SIGNS)) ** teams.LINK_LENGTH > 2**78


def test_the_confirmation_names_team_and_chair_in_the_journal(desk: Desk) -> None:
    place = admitted(desk)
    asked = teams.ask(desk, teams.issue_link(desk, place.districts[0], 1), NAMES)
    teams.confirm(desk, place.districts[0], asked.device_id)
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
        teams.ask(desk, secret, names)
    assert desk.session.scalar(select(func.count()).select_from(TeamDevice)) == 0


def test_a_code_expires_and_is_used_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    place = admitted(desk)
    north = place.districts[0]
    asked = teams.ask(desk, teams.issue_link(desk, north, 1), NAMES)
    teams.confirm(desk, north, asked.device_id)
    with pytest.raises(Refused, match="abgelaufen oder schon benutzt"):
        teams.confirm(desk, north, asked.device_id)
    late = teams.ask(desk, teams.issue_link(desk, north, 2), ["A B", "C D", "E F"])
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + teams.CODE_HOLDS + timedelta(seconds=1))
    with pytest.raises(Refused, match="abgelaufen"):
        teams.confirm(desk, north, late.device_id)
    assert teams.take_up(desk, asked.token) is None  # confirmed, but nobody came for it


def test_nobody_may_ask_without_end(desk: Desk) -> None:
    place = admitted(desk)
    north = place.districts[0]
    secret = teams.issue_link(desk, north, 1)
    for _ in range(teams.MOST_WAITING):
        asked = teams.ask(desk, secret, NAMES)
    with pytest.raises(Refused, match="zu oft"):
        teams.ask(desk, secret, NAMES)
    teams.refuse(desk, north, asked.device_id)
    for _ in range(teams.MOST_ASKED - teams.MOST_WAITING):
        teams.refuse(desk, north, teams.ask(desk, secret, NAMES).device_id)
    with pytest.raises(Refused, match="zu oft"):
        teams.ask(desk, secret, NAMES)


def test_a_new_card_makes_the_old_one_worthless_and_a_lock_ends_the_device(desk: Desk) -> None:
    place = admitted(desk)
    north = place.districts[0]
    old = teams.issue_link(desk, north, 1)
    waiting = teams.ask(desk, old, NAMES)
    new = teams.issue_link(desk, north, 1)
    with pytest.raises(Refused, match="gilt nicht mehr"):
        teams.ask(desk, old, NAMES)
    with pytest.raises(Refused, match="gilt nicht mehr"):
        teams.confirm(desk, north, waiting.device_id)
    asked = teams.ask(desk, new, NAMES)
    teams.confirm(desk, north, asked.device_id)
    token = teams.take_up(desk, asked.token) or ""
    (team,) = read.teams(desk.session, north)
    teams.revoke_link(desk, north, team.team_id)
    device = read.device_of(desk.session, teams.digest(token))
    assert device is not None
    assert not teams.holds(device, DeviceState.WORKING)
    with pytest.raises(Refused, match="keinen Link"):
        teams.revoke_link(desk, north, team.team_id)


def test_a_lost_device_is_outside_and_a_second_one_replaces_the_first(desk: Desk) -> None:
    place = admitted(desk)
    north = place.districts[0]
    device_id, token = working(desk, north, 1, NAMES)
    teams.end(desk, north, device_id)
    device = read.device_of(desk.session, teams.digest(token))
    assert device is not None
    assert device.state == DeviceState.ENDED.value
    _, first = working(desk, north, 1, NAMES)
    _, second = working(desk, north, 1, NAMES)
    states = [read.device_of(desk.session, teams.digest(each)) for each in (first, second)]
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
    asked = teams.ask(desk, teams.issue_link(desk, place.districts[0], 2), ["Hans Zwei", "Ida Drei", name])
    with pytest.raises(Refused, match=words):
        teams.confirm(desk, place.districts[0], asked.device_id)
    assert members(desk.session, place.districts[0]) == before


def test_helpers_make_no_quorum(desk: Desk) -> None:
    place = admitted(desk)
    ids, north = opened(desk, place), place.districts[0]
    working(desk, north, 2, NAMES)
    for name in ("Fatma", "Emil"):
        boards.record_presence(desk, north, ids[name], present=False)
    assert "beschlussfähig" in boards.resting(desk.session, north, at_the_team(desk, north, 2).actor.account_id)
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
