"""Fixtures every room may use: a fresh migrated database on both engines, and a desk to work at."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from beiratswahl.operations.desk import Actor, Desk
from tests.databases import PostgresTemplates, SqliteTemplates, engine_of, postgres_cluster

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplates:
    return SqliteTemplates(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_templates() -> Iterator[PostgresTemplates]:
    with postgres_cluster() as socket:
        templates = PostgresTemplates(socket)
        yield templates
        templates.admin.dispose()


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of a fresh migrated database; every test that uses it runs on SQLite and on PostgreSQL."""
    templates = request.getfixturevalue("sqlite_templates" if request.param == "sqlite" else "postgres_templates")
    url: str = templates.clone()
    yield url
    templates.drop(url)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = engine_of(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


@pytest.fixture
def desk(session: Session) -> Desk:
    """A desk in the election office."""
    return Desk(session, Actor(account_id=None, name="Erika Amt", role="election_officer"))
