"""Accounts: creating them, logging in, changing a password."""

import secrets
from datetime import timedelta

from sqlalchemy import select

from beiratswahl import clock
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.store.tables.accounts import Account, Permit

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


def permit(desk: Desk, account_id: int, municipality_id: int, role: str, polling_district_id: int | None = None) -> None:
    """Berechtigung erteilen: one role in one municipality, for boards and teams at one polling district."""
    account = desk.session.get_one(Account, account_id)
    with desk.act(Act.PERMIT_GRANTED, account.login, municipality_id=municipality_id) as entry:
        desk.session.add(Permit(account_id=account_id, municipality_id=municipality_id, role=role, polling_district_id=polling_district_id))
        entry.note(role=role, polling_district_id=polling_district_id)


def change_password(desk: Desk, account_id: int, password_hash: str) -> None:
    """Passwort ändern: ends every open session of the account."""
    with desk.act(Act.PASSWORD_CHANGED, str(account_id)):
        account = desk.session.get_one(Account, account_id, with_for_update=True)
        account.password_hash, account.session_token, account.demo = password_hash, _token(), False


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


def _token() -> str:
    return secrets.token_urlsafe(16)
