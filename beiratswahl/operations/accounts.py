"""Accounts: creating, locking, logging in, passwords, and permits, which nobody changes for oneself."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import select

from beiratswahl import clock
from beiratswahl.operations.acts import Act
from beiratswahl.operations.boards import MOST_GROUPS
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.store.tables.accounts import Account, Permit
from beiratswahl.store.tables.setup import PollingDistrict
from beiratswahl.store.tables.teams import CountingTeam

FAILURES_BEFORE_LOCK = 5
LOCK = timedelta(minutes=5)


def create_account(desk: Desk, login: str, name: str, password_hash: str, *, demo: bool = False) -> int:
    """Konto anlegen.

    Returns:
        The number of the account.

    Raises:
        Refused: the login name is taken.
    """
    with desk.act(Act.ACCOUNT_CREATED, f"{name} ({login})") as entry:
        if desk.session.scalars(select(Account.id).where(Account.login == login)).first() is not None:
            raise Refused(f"Das Konto „{login}“ gibt es schon. Wählen Sie einen anderen Anmeldenamen.")
        account = Account(
            login=login, name=name, password_hash=password_hash, session_token=_token(), demo=demo, failed_logins=0, active=True
        )
        desk.session.add(account)
        desk.session.flush()
        entry.note(account_id=account.id)
        return account.id


def permit(
    desk: Desk,
    account_id: int,
    municipality_id: int,
    role: str,
    polling_district_id: int | None = None,
    counting_group: int | None = None,
) -> None:
    """Berechtigung erteilen: one role in one municipality, for boards and teams at one polling district.

    Args:
        desk: who grants it.
        account_id: the account.
        municipality_id: where it holds.
        role: value of access.roles.Role.
        polling_district_id: the district of a board or a team.
        counting_group: number of the Auszählungsgruppe the account works for; None when it works for none.

    Raises:
        Refused: the account is the actor's own, has this permit already, the polling district is of another municipality, or there is
            no such group.
    """
    login = desk.session.get_one(Account, account_id).login
    with desk.act(Act.PERMIT_GRANTED, f"{login} als {role}", municipality_id=municipality_id) as entry:
        _not_oneself(desk, account_id, "Eigene Berechtigungen kann niemand ändern. Bitten Sie eine andere Person der Administration.")
        district = desk.session.get_one(PollingDistrict, polling_district_id) if polling_district_id is not None else None
        if district is not None and district.municipality_id != municipality_id:
            raise Refused("Dieser Stimmbezirk gehört zu einer anderen Körperschaft.")
        if counting_group is not None and not 1 <= counting_group <= MOST_GROUPS:
            raise Refused(f"Auszählungsgruppen haben Nummern von 1 bis {MOST_GROUPS}.")
        where = {"municipality_id": municipality_id, "polling_district_id": polling_district_id}
        wanted = Permit(account_id=account_id, role=role, counting_group=counting_group, **where)
        if any(_same(wanted, present) for present in desk.session.get_one(Account, account_id).permits):
            raise Refused(f"„{login}“ hat diese Berechtigung schon.")
        desk.session.add(wanted)
        entry.note(account_id=account_id, role=role, polling_district_id=polling_district_id)
        if counting_group is not None:
            entry.note(group=counting_group)


def revoke_permit(desk: Desk, permit_id: int) -> None:
    """Berechtigung entziehen; from the next click on it does not hold.

    Raises:
        Refused: the account is the actor's own, or it is the account's last permit.
    """
    row = desk.session.get_one(Permit, permit_id)
    login = desk.session.get_one(Account, row.account_id).login
    with desk.act(Act.PERMIT_REVOKED, f"{login} als {row.role}", municipality_id=row.municipality_id) as entry:
        _not_oneself(desk, row.account_id, "Eigene Berechtigungen kann niemand ändern. Bitten Sie eine andere Person der Administration.")
        account = desk.session.get_one(Account, row.account_id, with_for_update=True)
        if len(account.permits) == 1:
            raise Refused("Das ist die letzte Berechtigung dieses Kontos. Sperren Sie das Konto, statt sie zu entziehen.")
        desk.session.delete(row)
        entry.note(account_id=row.account_id, role=row.role, polling_district_id=row.polling_district_id)


def lock_account(desk: Desk, municipality_id: int, account_id: int) -> None:
    """Konto sperren: ends every open session and refuses to log in, until it is unlocked.

    Raises:
        Refused: the account is the actor's own, works for other municipalities too, or is locked already.
    """
    with _governed(desk, Act.ACCOUNT_LOCKED, municipality_id, account_id) as account:
        _not_oneself(desk, account_id, "Sie können nicht Ihr eigenes Konto sperren; Sie kämen nicht mehr hinein.")
        if not account.active:
            raise Refused("Dieses Konto ist schon gesperrt.")
        account.active, account.session_token = False, _token()


def unlock_account(desk: Desk, municipality_id: int, account_id: int) -> None:
    """Konto entsperren, also one that rests after failed log-ins.

    Raises:
        Refused: the account works for other municipalities too, or is neither locked nor resting.
    """
    with _governed(desk, Act.ACCOUNT_UNLOCKED, municipality_id, account_id) as account:
        if account.active and account.locked_until_utc is None:
            raise Refused("Dieses Konto ist nicht gesperrt.")
        account.active, account.failed_logins, account.locked_until_utc = True, 0, None


def set_password(desk: Desk, municipality_id: int, account_id: int, password_hash: str) -> None:
    """Neues Passwort für ein Konto der Körperschaft: ends every open session; the person must choose an own one at the next log-in.

    Raises:
        Refused: the account works for other municipalities too, or belongs to a group that logs in by link and code.
    """
    with _governed(desk, Act.PASSWORD_CHANGED, municipality_id, account_id) as account:
        if desk.session.scalars(select(CountingTeam.id).where(CountingTeam.account_id == account_id)).first() is not None:
            raise Refused("Diese Gruppe meldet sich mit Link und Code an und hat kein Passwort. Geben Sie ihr eine neue Karte.")
        account.must_change_password = desk.actor.account_id != account_id
        account.password_hash, account.session_token, account.demo = password_hash, _token(), False
        account.failed_logins, account.locked_until_utc = 0, None


def change_password(desk: Desk, account_id: int, password_hash: str) -> None:
    """Passwort ändern, from the command line of the installation: ends every open session of the account."""
    with desk.act(Act.PASSWORD_CHANGED, desk.session.get_one(Account, account_id).login):
        account = desk.session.get_one(Account, account_id, with_for_update=True)
        account.password_hash, account.session_token, account.demo = password_hash, _token(), False


def change_own_password(desk: Desk, account_id: int, password_hash: str) -> None:
    """Eigenes Passwort ändern: ends every open session of the account."""
    with desk.act(Act.PASSWORD_CHANGED, desk.session.get_one(Account, account_id).login) as entry:
        account = desk.session.get_one(Account, account_id, with_for_update=True)
        account.password_hash, account.session_token, account.demo = password_hash, _token(), False
        account.must_change_password, account.failed_logins, account.locked_until_utc = False, 0, None
        entry.note(account_id=account_id)


def note_login(desk: Desk, account_id: int) -> None:
    """Anmeldung: clears the count of failures."""
    account = desk.session.get_one(Account, account_id)
    with desk.act(Act.LOGGED_IN, account.login):
        account = desk.session.get_one(Account, account_id, with_for_update=True)
        account.failed_logins, account.locked_until_utc = 0, None


def note_failure(desk: Desk, account_id: int) -> None:
    """Fehlgeschlagene Anmeldung: after five in a row the account rests for five minutes."""
    login = desk.session.get_one(Account, account_id).login
    with desk.act(Act.LOGIN_REFUSED, login):
        account = desk.session.get_one(Account, account_id, with_for_update=True)
        account.failed_logins += 1
        if account.failed_logins >= FAILURES_BEFORE_LOCK:
            account.failed_logins, account.locked_until_utc = 0, clock.now() + LOCK


@contextmanager
def _governed(desk: Desk, act: Act, municipality_id: int, account_id: int) -> Iterator[Account]:
    """An act on an account as a whole; one that other municipalities have given permits to is not one municipality's to touch."""
    login = desk.session.get_one(Account, account_id).login
    with desk.act(act, login, municipality_id=municipality_id) as entry:
        account = desk.session.get_one(Account, account_id, with_for_update=True)
        if {permit.municipality_id for permit in account.permits} != {municipality_id}:
            raise Refused(
                "Dieses Konto arbeitet auch für eine andere Körperschaft. Entziehen Sie ihm die Berechtigungen für Ihre, oder wenden Sie "
                "sich an den Betrieb der Installation."
            )
        entry.note(account_id=account_id)
        yield account


def _not_oneself(desk: Desk, account_id: int, text: str) -> None:
    if desk.actor.account_id == account_id:
        raise Refused(text)


def _same(one: Permit, other: Permit) -> bool:
    keys = ("municipality_id", "role", "polling_district_id")
    return all(getattr(one, key) == getattr(other, key) for key in keys)


def _token() -> str:
    return secrets.token_urlsafe(16)
