"""Devices of Auszählungsgruppen: one asks with the names of those who sit at it, the chair compares its code and lets it in (§ 55b KWO).

The code is shown on both screens and kept nowhere: it is computed from the device and the key of the installation (access.team_codes).
"""

import secrets
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.boards import LEAST_IN_GROUP, Function
from beiratswahl.operations.acts import Act
from beiratswahl.operations.boards import fit_name
from beiratswahl.operations.desk import Actor, Desk, Refused
from beiratswahl.operations.evening import evening_act, keys_in
from beiratswahl.operations.link_secrets import digest
from beiratswahl.store.read import teams as read
from beiratswahl.store.read.boards import MemberView, members
from beiratswahl.store.tables.boards import BoardMember, BoardPresence
from beiratswahl.store.tables.setup import PollingDistrict
from beiratswahl.store.tables.teams import CountingTeam, TeamDevice

#: role of a team's account, as in access.roles
TEAM_ROLE = "Zählgruppe"
MOST_PERSONS = 6
CODE_HOLDS, PICK_UP, EVENING = timedelta(minutes=10), timedelta(minutes=5), timedelta(hours=16)
MOST_WAITING, MOST_ASKED = 3, 10
NOBODY_NEEDS_TO = "Die Zählung dieses Stimmbezirks ist abgeschlossen; niemand muss sich noch anmelden."


class DeviceState(StrEnum):
    """Stand der Anmeldung eines Geräts."""

    WAITING = "wartet"
    CONFIRMED = "bestätigt"
    WORKING = "angemeldet"
    REFUSED = "abgewiesen"
    ENDED = "abgemeldet"


class Asked(NamedTuple):
    """Erbetene Anmeldung: the device and the secret its browser keeps."""

    device_id: int
    token: str


def ask(desk: Desk, secret: str, names: list[str]) -> Asked:
    """Um Anmeldung bitten: a device that opened the link names who sits at it. It may do nothing before the chair has confirmed it.

    Raises:
        Refused: the link does not hold, fewer than three or more than six different persons, or too many requests.
    """
    team = read.team_of_link(desk.session, digest(secret))
    if team is None:
        raise Refused("Dieser Link gilt nicht mehr. Lassen Sie sich vom Wahlvorsteher einen neuen geben.")
    persons = _persons(names)
    token = secrets.token_urlsafe(32)
    with evening_act(desk, team.district_id, Act.TEAM_ASKED, closed=NOBODY_NEEDS_TO) as (district, entry):
        _not_too_often(desk.session, team.team_id)
        now = clock.now()
        device = TeamDevice(
            **keys_in(district),
            team_id=team.team_id,
            persons=persons,
            state=DeviceState.WAITING.value,
            token_hash=digest(token),
            asked_at_utc=now,
            expires_at_utc=now + CODE_HOLDS,
            decided_by="",
        )
        desk.session.add(device)
        desk.session.flush()
        entry.note(group=team.number, persons=persons, device=device.id)
        return Asked(device.id, token)


def confirm(desk: Desk, district_id: int, device_id: int) -> None:
    """Zählgruppe zulassen: the chair has compared the code. Who sits there is recorded as present; a former device is logged out.

    Raises:
        Refused: nobody waits with this code any more, a person is the chair or belongs to another group, or the district is closed.
    """
    with evening_act(desk, district_id, Act.TEAM_CONFIRMED, closed=NOBODY_NEEDS_TO) as (district, entry):
        device = _device(desk.session, district_id, device_id, DeviceState.WAITING)
        team = desk.session.get_one(CountingTeam, device.team_id)
        end_devices(desk.session, team.id, DeviceState.CONFIRMED, DeviceState.WORKING)
        for name in device.persons:
            _seat(desk.session, district, team.number, name)
        _decide(desk, device, DeviceState.CONFIRMED, PICK_UP)
        entry.note(group=team.number, persons=device.persons, device=device.id)


def refuse(desk: Desk, district_id: int, device_id: int) -> None:
    """Zählgruppe abweisen.

    Raises:
        Refused: nobody waits with this code any more.
    """
    with evening_act(desk, district_id, Act.TEAM_REFUSED, also_closed=True) as (_, entry):
        device = _device(desk.session, district_id, device_id, DeviceState.WAITING)
        _decide(desk, device, DeviceState.REFUSED, timedelta(0))
        entry.note(persons=device.persons, device=device.id)


def end(desk: Desk, district_id: int, device_id: int) -> None:
    """Gerät abmelden, e.g. because it is lost; from its next click on it is outside.

    Raises:
        Refused: the device is not logged in.
    """
    with evening_act(desk, district_id, Act.TEAM_ENDED, also_closed=True) as (_, entry):
        device = _device(desk.session, district_id, device_id, DeviceState.CONFIRMED, DeviceState.WORKING)
        _decide(desk, device, DeviceState.ENDED, timedelta(0))
        entry.note(persons=device.persons, device=device.id)


def leave(desk: Desk, device_id: int) -> None:
    """Eigenes Gerät abmelden; nothing happens when it is outside already."""
    device = desk.session.get(TeamDevice, device_id)
    if device is None or device.state != DeviceState.WORKING.value:
        return
    with evening_act(desk, device.district_id, Act.TEAM_ENDED, also_closed=True) as (_, entry):
        row = desk.session.get_one(TeamDevice, device_id)
        row.state = DeviceState.ENDED.value
        entry.note(persons=row.persons, device=row.id)


def take_up(desk: Desk, token: str) -> str | None:
    """Anmeldung abholen: a confirmed device gets the secret of its session, once.

    Returns:
        The secret; None while the chair has not confirmed, or not any more.
    """
    view = read.device_of(desk.session, digest(token))
    if view is None or not holds(view, DeviceState.CONFIRMED):
        return None
    team = desk.session.get_one(CountingTeam, view.team_id)
    fresh = secrets.token_urlsafe(32)
    there = Desk(desk.session, Actor(team.account_id, team_name(team.number, view.persons), TEAM_ROLE, desk.actor.origin))
    district = desk.session.get_one(PollingDistrict, view.district_id)
    where = {"municipality_id": district.municipality_id, "election_id": district.election_id}
    with there.act(Act.LOGGED_IN, f"Stimmbezirk {district.number}, Gruppe {team.number}", **where) as entry:
        device = desk.session.get_one(TeamDevice, view.device_id, with_for_update=True)
        if device.state != DeviceState.CONFIRMED.value:
            raise Refused("Dieses Gerät ist schon angemeldet.")
        device.state, device.token_hash = DeviceState.WORKING.value, digest(fresh)
        device.expires_at_utc = clock.now() + EVENING
        entry.note(device=device.id)
    return fresh


def holds(device: read.DeviceView, *states: DeviceState) -> bool:
    """Whether a device is in one of the states and its time is not over."""
    return device.state in {state.value for state in states} and device.expires_at_utc > clock.now()


def team_name(number: int, persons: tuple[str, ...] | list[str]) -> str:
    """Name under which a group works and stands in the journal."""
    return f"Gruppe {number}: {', '.join(persons)}"


def _persons(names: list[str]) -> list[str]:
    persons = [fit_name(name) for name in names if name.strip()]
    if len({name.casefold() for name in persons}) != len(persons):
        raise Refused("Ein Name steht doppelt da. Tragen Sie jede Person einmal ein.")
    if not LEAST_IN_GROUP <= len(persons) <= MOST_PERSONS:
        raise Refused(
            f"Eine Auszählungsgruppe besteht aus mindestens {LEAST_IN_GROUP} Personen (§ 55b KWO), hier höchstens {MOST_PERSONS}. "
            "Tragen Sie Vor- und Nachnamen aller ein, die an diesem Gerät sitzen."
        )
    return persons


def _not_too_often(session: Session, team_id: int) -> None:
    now = clock.now()
    mine = select(func.count()).select_from(TeamDevice).where(TeamDevice.team_id == team_id)
    waiting = mine.where(TeamDevice.state == DeviceState.WAITING.value, TeamDevice.expires_at_utc > now)
    lately = mine.where(TeamDevice.asked_at_utc > now - CODE_HOLDS)
    if (session.scalar(waiting) or 0) >= MOST_WAITING or (session.scalar(lately) or 0) >= MOST_ASKED:
        raise Refused(
            "Für diese Gruppe wurde gerade zu oft um Anmeldung gebeten. Rufen Sie den Wahlvorsteher; er kann wartende Anfragen abweisen. "
            "In zehn Minuten geht es wieder."
        )


def _seat(session: Session, district: PollingDistrict, group: int, name: str) -> None:
    member = member_named(members(session, district.id), name)
    if member is None:
        row = BoardMember(**keys_in(district), name=name, function=Function.HELPER.value, counting_group=group)
        session.add(row)
        session.flush()
        member_id = row.id
    else:
        fault = seat_fault(member, group)
        if fault:
            raise Refused(fault)
        member_id = member.member_id
        session.get_one(BoardMember, member_id).counting_group = group
    if member is None or not member.present:
        latest = session.scalar(select(func.max(BoardPresence.number)).where(BoardPresence.district_id == district.id)) or 0
        presence = BoardPresence(**keys_in(district), number=latest + 1, member_id=member_id, present=True, at_utc=clock.now())
        session.add(presence)
        session.flush()


def member_named(board: tuple[MemberView, ...], name: str) -> MemberView | None:
    """The member of the board with this name, or None."""
    return next((member for member in board if member.name.casefold() == name.casefold()), None)


def seat_fault(member: MemberView, group: int) -> str:
    """Why a member of the board cannot sit in a group; empty when it can."""
    if member.function == Function.CHAIR.value:
        return f"{member.name} beaufsichtigt als Wahlvorsteher die Gruppen und gehört selbst keiner an (§ 55b KWO)."
    if member.counting_group not in (0, group):
        return f"{member.name} gehört zu Gruppe {member.counting_group}. Ändern Sie das auf der Seite „Wahlvorstand“, oder weisen Sie ab."
    return ""


def _decide(desk: Desk, device: TeamDevice, state: DeviceState, holding: timedelta) -> None:
    now = clock.now()
    device.state, device.decided_by, device.decided_at_utc, device.expires_at_utc = state.value, desk.actor.name, now, now + holding


def end_devices(session: Session, team_id: int, *states: DeviceState) -> None:
    """Log out the devices of a team that are in one of the states; only within an act."""
    wanted = select(TeamDevice).where(TeamDevice.team_id == team_id, TeamDevice.state.in_([state.value for state in states]))
    for device in session.scalars(wanted):
        device.state = DeviceState.ENDED.value


def _device(session: Session, district_id: int, device_id: int, *states: DeviceState) -> TeamDevice:
    device = session.get(TeamDevice, device_id, with_for_update=True)
    here = device is not None and device.district_id == district_id and device.expires_at_utc > clock.now()
    if device is None or not here or device.state not in {state.value for state in states}:
        raise Refused(
            "Diese Anmeldung gilt nicht mehr; der Code ist abgelaufen oder schon benutzt. Das Gerät kann neu um Anmeldung bitten."
        )
    return device
