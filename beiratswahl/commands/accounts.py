"""`beiratswahl municipality` and `account`: the first steps in an empty installation, and accounts later."""

import argparse
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.access.passwords import UnfitPassword, hash_of
from beiratswahl.access.roles import DISTRICT_ROLES, Role
from beiratswahl.config import BadConfiguration, load
from beiratswahl.law.rules import Level
from beiratswahl.operations import accounts, setup
from beiratswahl.operations.announcements import genitive
from beiratswahl.operations.desk import Actor, Desk, Refused
from beiratswahl.store.database import open_engine
from beiratswahl.store.tables.accounts import Account
from beiratswahl.store.tables.setup import Municipality

Subparsers = Any
CONSOLE = Actor(account_id=None, name="Befehlszeile", role="Administration")


def add_to(subparsers: Subparsers) -> None:
    """Add the commands for municipalities and accounts."""
    municipality = subparsers.add_parser("municipality", help="Körperschaft anlegen")
    municipality.add_argument("ags", help="Gemeindeschlüssel, z. B. 07315000")
    municipality.add_argument("name", help="z. B. „Stadt Musterstadt“")
    municipality.add_argument("--level", choices=[level.value for level in Level], default=Level.MUNICIPALITY.value)
    for key in ("street", "postcode", "town", "phone", "email"):
        municipality.add_argument(f"--{key}", default="")
    municipality.set_defaults(run=_municipality)
    account = subparsers.add_parser("account", help="Konto anlegen oder Passwort ändern (das Passwort wird abgefragt)")
    account.add_argument("what", choices=["create", "password"])
    account.add_argument("login")
    account.add_argument("--name", default="")
    account.add_argument("--ags", help="Gemeindeschlüssel, für den das Konto gilt")
    account.add_argument("--role", choices=[role.value for role in Role if role not in DISTRICT_ROLES], default=Role.ELECTION_OFFICE.value)
    account.set_defaults(run=_account)


def _municipality(arguments: argparse.Namespace) -> int:
    data = setup.MunicipalityData(
        ags=arguments.ags,
        name=arguments.name,
        level=arguments.level,
        council_name=f"Beirat für Migration und Integration {genitive(arguments.name)}",
        office_name=f"Die Wahlleitung {genitive(arguments.name)}",
        street=arguments.street,
        postcode=arguments.postcode,
        town=arguments.town,
        phone=arguments.phone,
        email=arguments.email,
    )
    with _desk() as desk:
        return _answer(lambda: setup.found_municipality(desk, data), "Angelegt.")


def _account(arguments: argparse.Namespace) -> int:
    password = getpass.getpass("Passwort: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    with _desk() as desk:
        act = _create if arguments.what == "create" else _change
        return _answer(lambda: act(desk, arguments, password), "Erledigt.")


def _create(desk: Desk, arguments: argparse.Namespace, password: str) -> None:
    municipality = desk.session.scalars(select(Municipality.id).where(Municipality.ags == arguments.ags)).first()
    if municipality is None:
        raise Refused("Geben Sie mit --ags eine angelegte Körperschaft an („beiratswahl municipality …“).")
    account = accounts.create_account(desk, arguments.login, arguments.name or arguments.login, hash_of(password))
    accounts.permit(desk, account, municipality, arguments.role)


def _change(desk: Desk, arguments: argparse.Namespace, password: str) -> None:
    account = desk.session.scalars(select(Account.id).where(Account.login == arguments.login)).first()
    if account is None:
        raise Refused(f"Das Konto „{arguments.login}“ gibt es nicht.")
    accounts.change_password(desk, account, hash_of(password))


def _answer(act: Any, done: str) -> int:
    try:
        act()
    except (Refused, UnfitPassword) as error:
        print(error, file=sys.stderr)
        return 1
    print(done)
    return 0


@contextmanager
def _desk() -> Iterator[Desk]:
    try:
        engine = open_engine(load().database_url)
    except BadConfiguration as error:
        raise SystemExit(str(error)) from error
    with Session(engine) as session:
        yield Desk(session, CONSOLE)
    engine.dispose()
