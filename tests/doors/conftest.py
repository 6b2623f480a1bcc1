"""An application with two municipalities, and a visitor for each role."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from beiratswahl.access.roles import Role
from beiratswahl.app import create_app
from beiratswahl.config import Config
from beiratswahl.operations.desk import Actor, Desk
from tests.databases import SqliteTemplates, engine_of
from tests.doors.pages import Visitor
from tests.world import PASSWORD, Place, account, found

NewVisitor = Callable[[str], Visitor]


@pytest.fixture
def database_url(sqlite_templates: SqliteTemplates) -> str:
    """Pages are tested on SQLite; what differs between the engines is tested in the archive."""
    return sqlite_templates.clone()


@pytest.fixture
def archive(database_url: str) -> Iterator[Session]:
    """A session of its own, to look into the archive and to prepare it."""
    engine = engine_of(database_url)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def desk(archive: Session) -> Desk:
    return Desk(archive, Actor(account_id=None, name="Erika Amt", role=Role.ELECTION_OFFICE.value))


@pytest.fixture
def place(desk: Desk) -> Place:
    """The municipality with its accounts: amt, admin, vorstand and team (both in the first district)."""
    here = found(desk)
    account(desk, "amt", Role.ELECTION_OFFICE, here)
    account(desk, "admin", Role.ADMINISTRATION, here)
    account(desk, "vorstand", Role.POLLING_BOARD, here, here.districts[0])
    account(desk, "team", Role.COUNTING_TEAM, here, here.districts[0])
    return here


@pytest.fixture
def elsewhere(desk: Desk, place: Place) -> Place:
    """Another municipality, in which none of the accounts has a permit."""
    return found(desk, ags="07999001", name="Stadt Anderswo")


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Flask:
    config = Config(instance=tmp_path, database_url=database_url, secret_key="k" * 48, secure_cookies=False)
    return create_app(config)


@pytest.fixture
def visitor(app: Flask, place: Place) -> NewVisitor:
    """Log in with a login name; the empty name stays outside."""

    def come_in(login: str) -> Visitor:
        visitor = Visitor(app.test_client())
        if login:
            visitor.log_in(login, PASSWORD)
        return visitor

    return come_in


@pytest.fixture
def office(visitor: NewVisitor) -> Visitor:
    return visitor("amt")


@pytest.fixture
def administration(visitor: NewVisitor) -> Visitor:
    return visitor("admin")
