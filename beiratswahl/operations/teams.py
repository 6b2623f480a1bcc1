"""Auszählungsgruppen with link and task (§ 55b KWO): the link opens nothing by itself, and a group does nothing but its task."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.boards import TeamTask
from beiratswahl.operations.acts import Act
from beiratswahl.operations.boards import MOST_GROUPS
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.evening import evening_act, keys_in
from beiratswahl.operations.link_secrets import digest, drawn_link
from beiratswahl.operations.team_devices import NOBODY_NEEDS_TO, TEAM_ROLE, DeviceState, end_devices
from beiratswahl.store.tables.accounts import Account, Permit
from beiratswahl.store.tables.setup import PollingDistrict
from beiratswahl.store.tables.teams import CountingTeam

#: word of the journal for a group that is not limited
EVERY_TASK = "alle Aufgaben"


def issue_link(desk: Desk, district_id: int, number: int, task: TeamTask | None = None) -> str:
    """Link für eine Auszählungsgruppe ausgeben; a former link of the group opens nothing any more.

    Args:
        desk: who issues it.
        district_id: the polling district.
        number: number of the group; a new one is made with the task.
        task: what a new group is limited to, None for all tasks; a group that exists keeps its own.

    Returns:
        The secret of the link, which is nowhere else.

    Raises:
        Refused: the number is impossible, or the district is closed.
    """
    if not 1 <= number <= MOST_GROUPS:
        raise Refused(f"Auszählungsgruppen haben Nummern von 1 bis {MOST_GROUPS}.")
    secret = drawn_link()
    with evening_act(desk, district_id, Act.TEAM_LINK_ISSUED, closed=NOBODY_NEEDS_TO) as (district, entry):
        team = desk.session.scalars(
            select(CountingTeam).where(CountingTeam.district_id == district_id, CountingTeam.number == number)
        ).one_or_none()
        if team is None:
            team = CountingTeam(**keys_in(district), number=number, account_id=_account(desk.session, district, number, task))
            desk.session.add(team)
            desk.session.flush()
            entry.note(task=_word(task))
        team.link_hash, team.link_made_at_utc = digest(secret), clock.now()
        end_devices(desk.session, team.id, DeviceState.WAITING, DeviceState.CONFIRMED)
        entry.note(group=number)
    return secret


def assign_task(desk: Desk, district_id: int, team_id: int, task: TeamTask | None) -> None:
    """Aufgabe einer Auszählungsgruppe ändern; it holds from the next click of the group on.

    Raises:
        Refused: there is no such group, it has this task already, or the district is closed.
    """
    with evening_act(desk, district_id, Act.TEAM_TASK_ASSIGNED) as (_, entry):
        team = _team(desk.session, district_id, team_id)
        permit = desk.session.scalars(select(Permit).where(Permit.account_id == team.account_id)).one()
        new = task.value if task else None
        if permit.counting_task == new:
            raise Refused(f"Gruppe {team.number} hat diese Aufgabe schon.")
        entry.note(group=team.number, before=permit.counting_task or EVERY_TASK, task=_word(task))
        permit.counting_task = new


def revoke_link(desk: Desk, district_id: int, team_id: int) -> None:
    """Link sperren: it opens nothing any more, and every device of the group is logged out. What it recorded stays.

    Raises:
        Refused: there is no such group, or it has no link.
    """
    with evening_act(desk, district_id, Act.TEAM_LINK_REVOKED, also_closed=True) as (_, entry):
        team = _team(desk.session, district_id, team_id)
        if team.link_hash is None:
            raise Refused(f"Gruppe {team.number} hat keinen Link.")
        team.link_hash = None
        end_devices(desk.session, team.id, DeviceState.WAITING, DeviceState.CONFIRMED, DeviceState.WORKING)
        entry.note(group=team.number)


def _word(task: TeamTask | None) -> str:
    return task.value if task else EVERY_TASK


def _account(session: Session, district: PollingDistrict, number: int, task: TeamTask | None) -> int:
    login = f"gruppe.{district.id}.{number}"
    account = Account(
        login=login,
        name=f"Auszählungsgruppe {number}, Stimmbezirk {district.number}",
        password_hash="",  # no password fits: this account logs in by link and code only
        session_token=secrets.token_urlsafe(16),
        failed_logins=0,
        active=True,
        demo=False,
    )
    session.add(account)
    session.flush()
    where = {"municipality_id": district.municipality_id, "polling_district_id": district.id}
    limit = {"counting_group": number, "counting_task": task.value if task else None}
    session.add(Permit(account_id=account.id, role=TEAM_ROLE, **limit, **where))
    return account.id


def _team(session: Session, district_id: int, team_id: int) -> CountingTeam:
    team = session.get(CountingTeam, team_id)
    if team is None or team.district_id != district_id:
        raise Refused("Diese Gruppe gibt es in diesem Stimmbezirk nicht. Laden Sie die Seite neu.")
    return team
