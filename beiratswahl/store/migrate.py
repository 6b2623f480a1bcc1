"""Bringing a database to the newest migration."""

from collections.abc import Callable

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from beiratswahl.paths import shipped
from beiratswahl.store.database import WRITING


def upgrade(engine: Engine, to: str = "head") -> None:
    """Run the pending migrations up to a revision."""
    _run(engine, command.upgrade, to)


def downgrade(engine: Engine, to: str) -> None:
    """Take migrations back down to a revision ("base": all)."""
    _run(engine, command.downgrade, to)


def is_current(engine: Engine) -> bool:
    """Whether the database has every migration of this program."""
    newest = ScriptDirectory(str(shipped("migrations"))).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest


def _run(engine: Engine, change: Callable[[Config, str], None], to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")))
    with engine.connect() as connection:
        config.attributes["connection"] = connection.execution_options(**{WRITING: True})
        change(config, to)
