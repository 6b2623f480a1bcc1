"""Runs the migrations on the connection or the address it is given; written by hand, one transaction for each migration."""

from alembic import context
from sqlalchemy import Connection

from beiratswahl.store.database import WRITING, open_engine
from beiratswahl.store.tables.all import METADATA


def migrate(connection: Connection) -> None:
    """Run the pending migrations on an open connection."""
    context.configure(connection=connection, target_metadata=METADATA, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


def run() -> None:
    """Take the caller's connection, or open one for the configured address."""
    connection = context.config.attributes.get("connection")
    if connection is not None:
        migrate(connection)
        return
    address = context.config.get_main_option("sqlalchemy.url")
    if address is None:
        raise SystemExit("no database address: run `beiratswahl upgrade`")
    with open_engine(address).connect() as own:
        migrate(own.execution_options(**{WRITING: True}))


run()
