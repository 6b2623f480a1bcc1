"""The archive loses nothing and breaks no key."""

import threading

import pytest
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Actor, Desk
from beiratswahl.store import journal
from beiratswahl.store.migrate import downgrade, upgrade
from beiratswahl.store.tables.all import METADATA
from beiratswahl.store.tables.journal import JournalEntry
from beiratswahl.store.tables.setup import PollingDistrict
from tests.databases import engine_of

OFFICER = Actor(account_id=1, name="Erika Amt", role="election_officer")


def test_foreign_keys_hold(session: Session) -> None:
    session.add(PollingDistrict(municipality_id=1, election_id=99, number=1, name="x", postal=True, eligible=None))
    with pytest.raises(IntegrityError):
        session.flush()


def test_migrations_build_exactly_the_tables(engine: Engine) -> None:
    inspector = inspect(engine)
    found = {name: {column["name"] for column in inspector.get_columns(name)} for name in inspector.get_table_names()}
    found.pop("alembic_version")
    assert found == {name: set(table.columns.keys()) for name, table in METADATA.tables.items()}


def test_nullability_and_keys_agree_with_the_tables(engine: Engine) -> None:
    inspector = inspect(engine)
    for name, table in METADATA.tables.items():
        nullable = {column["name"]: column["nullable"] for column in inspector.get_columns(name)}
        assert nullable == {column.name: column.nullable for column in table.columns}, name
        found = {(tuple(key["constrained_columns"]), key["referred_table"]) for key in inspector.get_foreign_keys(name)}
        assert found == {(tuple(key.column_keys), key.referred_table.name) for key in table.foreign_key_constraints}, name
        unique = {tuple(sorted(key["column_names"])) for key in inspector.get_unique_constraints(name)}
        wanted = {tuple(sorted(c.name for c in key.columns)) for key in table.constraints if type(key).__name__ == "UniqueConstraint"}
        assert unique == wanted, name


def test_every_migration_goes_down_and_up_again(engine: Engine) -> None:
    downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    upgrade(engine)
    assert set(METADATA.tables) <= set(inspect(engine).get_table_names())


def test_an_act_writes_one_entry_and_commits(engine: Engine, desk: Desk) -> None:
    with desk.act(Act.MUNICIPALITY_FOUNDED, "Musterstadt") as entry:
        entry.note(ags="07999000")
    with Session(engine) as other:
        (written,) = other.scalars(select(JournalEntry)).all()
    assert (written.number, written.act, written.subject, written.details) == (
        1,
        "Körperschaft angelegt",
        "Musterstadt",
        '{"ags":"07999000"}',
    )


def test_a_refused_act_changes_nothing(engine: Engine, desk: Desk) -> None:
    with pytest.raises(ValueError, match="nein"), desk.act(Act.MUNICIPALITY_FOUNDED, "Musterstadt"):
        raise ValueError("nein")
    with Session(engine) as other:
        assert other.scalars(select(JournalEntry)).all() == []
        assert list(journal.faults(other)) == []


def test_no_act_within_an_act(desk: Desk) -> None:
    with (
        pytest.raises(RuntimeError, match="inside another act"),
        desk.act(Act.MUNICIPALITY_FOUNDED, "a"),
        desk.act(Act.ACCOUNT_CREATED, "b"),
    ):
        pass


def test_concurrent_acts_lose_no_entry(database_url: str, desk: Desk) -> None:
    with desk.act(Act.ACCOUNT_CREATED, "erster"):
        pass

    def work() -> None:
        engine = engine_of(database_url)
        with Session(engine) as session:
            for number in range(20):
                with Desk(session, OFFICER).act(Act.ACCOUNT_CREATED, str(number)):
                    pass
        engine.dispose()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine = engine_of(database_url)
    with Session(engine) as session:
        numbers = session.scalars(select(JournalEntry.number).order_by(JournalEntry.number)).all()
        assert numbers == list(range(1, 122))
        assert list(journal.faults(session)) == []
    engine.dispose()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE journal SET subject = 'y' WHERE number = 2", "Eintrag 2 wurde verändert"),
        ("DELETE FROM journal WHERE number = 2", "Eintrag 2 fehlt"),
        ("DELETE FROM journal WHERE number = 3", "das Ende fehlt"),
    ],
)
def test_tampering_with_the_journal_shows(session: Session, desk: Desk, change: str, fault: str) -> None:
    for number in range(3):
        with desk.act(Act.ACCOUNT_CREATED, str(number)):
            pass
    assert list(journal.faults(session)) == []
    session.execute(text(change))
    session.expire_all()
    assert any(fault in found for found in journal.faults(session))
