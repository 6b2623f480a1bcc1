"""Engines and sessions that lose nothing.

SQLite as SQLAlchemy opens it loses concurrent updates without an error and ignores foreign keys. Here a writing transaction begins with
BEGIN IMMEDIATE, the journal is WAL, every commit is on disk before it is confirmed. PostgreSQL serialises writers of one municipality by
the row of its journal chain.
"""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "temp_store=MEMORY")
WRITING = "beiratswahl_writing"


def open_engine(url: str) -> Engine:
    """A prepared engine for `url` ("sqlite:////…/beiratswahl.sqlite3" or "postgresql+psycopg://…")."""
    engine = create_engine(url)
    prepare(engine)
    return engine


def prepare(engine: Engine) -> None:
    """Hang the listeners that make SQLite safe; leaves other databases alone."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def begin_writing(session: Session) -> None:
    """Start a writing transaction on a session that holds no unsaved change.

    Raises:
        RuntimeError: the session has changes that no act would journal.
    """
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("a change was made outside an act")
    session.rollback()
    session.connection(execution_options={WRITING: True})
