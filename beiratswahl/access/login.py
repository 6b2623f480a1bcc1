"""Who is logged in: the one place that touches Flask-Login."""

import hmac
from base64 import b64encode
from dataclasses import dataclass, replace
from secrets import token_bytes
from typing import Any

import flask_login
from flask import Flask, current_app, request, session, url_for
from sqlalchemy import bindparam, select

from beiratswahl import clock
from beiratswahl.access import archive
from beiratswahl.access.roles import DISTRICT_ROLES, Permission, Role
from beiratswahl.law.boards import TeamTask
from beiratswahl.operations.desk import Actor, Desk
from beiratswahl.operations.link_secrets import digest
from beiratswahl.operations.team_devices import DeviceState, holds, team_name
from beiratswahl.store.read import teams
from beiratswahl.store.tables.accounts import Account, Permit

#: begins the ticket of a device that logged in by link and code
TEAM = "gruppe"
UNSENT_KEY = "unsent_key"


@dataclass(frozen=True, slots=True)
class HeldPermit:
    """A permit as the porter sees it."""

    municipality_id: int
    role: Role
    polling_district_id: int | None
    #: the one task a counting team is limited to; None when it may do everything its role may
    task: TeamTask | None = None

    def gives(self, permission: Permission) -> bool:
        """Whether role and task have a permission."""
        return self.role in permission.roles and (self.task is None or self.task in permission.tasks)


@dataclass(frozen=True, slots=True)
class Person:
    """The logged-in account, frozen."""

    account_id: int
    login: str
    name: str
    session_token: str
    permits: tuple[HeldPermit, ...]
    #: True after somebody else has set the password
    must_change_password: bool = False
    #: the device of a counting team that logged in by link and code; None for an account with a password
    device_id: int | None = None
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What the session cookie carries: account and token, so that a new password ends old sessions."""
        if self.device_id is not None:
            return f"{TEAM}.{self.session_token}"
        return f"{self.account_id}.{self.session_token}"

    def role_for(self, permission: Permission, municipality_id: int, polling_district_id: int | None) -> Role | None:
        """The role that gives a permission at a place, or None."""
        for permit in self.permits:
            here = permit.municipality_id == municipality_id
            district = permit.polling_district_id is None or permit.polling_district_id == polling_district_id
            if here and district and permit.gives(permission):
                return permit.role
        return None

    def municipalities(self, permission: Permission) -> frozenset[int]:
        """Municipalities in which the person has a permission somewhere."""
        return frozenset(permit.municipality_id for permit in self.permits if permit.gives(permission))

    @property
    def task(self) -> TeamTask | None:
        """The one task of a limited counting team; None for everybody else."""
        return next((permit.task for permit in self.permits if permit.task), None)


def hang_up(app: Flask) -> None:
    """Bind the login to an application."""
    manager = flask_login.LoginManager()
    manager.login_view = "access.log_in"
    manager.login_message = "Bitte melden Sie sich an."
    manager.session_protection = "basic"
    manager.user_loader(_load)
    manager.init_app(app)


def _load(ticket: str) -> Person | None:
    account_id, _, token = ticket.partition(".")
    if account_id == TEAM:
        return team_of(token)
    rows = archive.session().execute(_PERSON, {"account_id": int(account_id)}).all() if account_id.isdigit() else []
    if not rows or not rows[0].active or rows[0].session_token != token:
        return None
    permits = tuple(
        _held(row.municipality_id, row.role, row.polling_district_id, row.counting_task) for row in rows if row.role is not None
    )
    account = rows[0]
    return Person(account.id, account.login, account.name, account.session_token, permits, account.must_change_password)


#: account and permits in one query: it is asked with every request
_PERSON = (
    select(
        *(Account.id, Account.login, Account.name, Account.session_token, Account.active, Account.must_change_password),
        *(Permit.municipality_id, Permit.role, Permit.polling_district_id, Permit.counting_task),
    )
    .outerjoin(Permit, Permit.account_id == Account.id)
    .where(Account.id == bindparam("account_id"))
    .order_by(Permit.id)
)


def person_of(account: Account) -> Person:
    """Frozen view of an account with its permits."""
    permits = tuple(_held(p.municipality_id, p.role, p.polling_district_id, p.counting_task) for p in account.permits)
    return Person(account.id, account.login, account.name, account.session_token, permits, account.must_change_password)


def _held(municipality_id: int, role: str, polling_district_id: int | None, task: str | None) -> HeldPermit:
    return HeldPermit(municipality_id, Role(role), polling_district_id, TeamTask(task) if task else None)


def team_of(token: str) -> Person | None:
    """The counting team whose device keeps this secret; None when the chair has not let it in, or not any more."""
    device = teams.device_of(archive.session(), digest(token))
    if device is None or not hmac.compare_digest(device.token_hash, digest(token)) or not holds(device, DeviceState.WORKING):
        return None
    team = teams.team(archive.session(), device.team_id)
    account = archive.session().get(Account, team.account_id) if team else None
    if team is None or account is None or not account.active:
        return None
    name = team_name(team.number, device.persons)
    return replace(person_of(account), name=name, session_token=token, must_change_password=False, device_id=device.device_id)


def account_named(login: str) -> Account | None:
    """The account with this login name, or None."""
    return archive.session().scalars(select(Account).where(Account.login == login)).one_or_none()


def admit(person: Person) -> None:
    """Begin a session."""
    session.pop(UNSENT_KEY, None)
    flask_login.login_user(person)


def dismiss() -> None:
    """End the session."""
    session.pop(UNSENT_KEY, None)
    flask_login.logout_user()


def unsent_key() -> str:
    """The key with which a counting page encrypts ballots it could not send: 256 bits in base64, made once in a session, gone with it."""
    if UNSENT_KEY not in session:
        session[UNSENT_KEY] = b64encode(token_bytes(32)).decode("ascii")
    key: str = session[UNSENT_KEY]
    return key


def current() -> Person | None:
    """The person of this request, or None."""
    user: Any = flask_login.current_user
    return user._get_current_object() if user.is_authenticated else None


def rests(account: Account) -> bool:
    """Whether an account rests after failed log-ins."""
    return account.locked_until_utc is not None and account.locked_until_utc > clock.now()


def home() -> str:
    """The door of the logged-in person's role."""
    person = current()
    if person and person.permits and all(permit.role in DISTRICT_ROLES for permit in person.permits):
        return url_for("counting.start")
    return url_for("office.start") if "office" in current_app.blueprints else url_for("counting.start")


def to_login() -> Any:
    """The answer for a page that needs a log-in."""
    porter: Any = current_app
    return porter.login_manager.unauthorized()


def desk(role: Role | None = None) -> Desk:
    """The desk of the logged-in person in this request."""
    person = current()
    origin = request.remote_addr or ""
    if person is None:
        return Desk(archive.session(), Actor(None, "nicht angemeldet", "", origin))
    return Desk(archive.session(), Actor(person.account_id, person.name, role.value if role else "", origin))
