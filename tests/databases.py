"""Fresh migrated databases for tests: SQLite and PostgreSQL, each a clone of a migrated template."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, make_url

from beiratswahl.store.database import open_engine
from beiratswahl.store.migrate import upgrade

POSTGRES = Path("/usr/lib/postgresql/15/bin")


class SqliteTemplates:
    """Copies of one migrated SQLite file."""

    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = 0
        template = folder / "template.sqlite3"
        engine = open_engine(f"sqlite:///{template}")
        upgrade(engine)
        with engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
        engine.dispose()

    def clone(self) -> str:
        """Address of a fresh database."""
        self.made += 1
        target = self.folder / f"clone{self.made}.sqlite3"
        shutil.copy(self.folder / "template.sqlite3", target)
        return f"sqlite:///{target}"

    def drop(self, url: str) -> None:
        """Give the space back."""
        Path(make_url(url).database or "").unlink()


class PostgresTemplates:
    """Databases of a throwaway cluster, cloned by CREATE DATABASE … TEMPLATE."""

    name = "postgresql"

    def __init__(self, socket: Path) -> None:
        self.socket = socket
        self.made = 0
        self.admin = create_engine(self.address("postgres"), isolation_level="AUTOCOMMIT")
        self._run("CREATE DATABASE template_beiratswahl")
        engine = open_engine(self.address("template_beiratswahl"))
        upgrade(engine)
        engine.dispose()

    def address(self, database: str) -> str:
        return f"postgresql+psycopg://test@/{database}?host={self.socket}"

    def clone(self) -> str:
        """Address of a fresh database."""
        self.made += 1
        # copying files is eight times faster than writing the template through the log
        self._run(f"CREATE DATABASE clone{self.made} TEMPLATE template_beiratswahl STRATEGY FILE_COPY")
        return self.address(f"clone{self.made}")

    def drop(self, url: str) -> None:
        """Give the space back: hundreds of databases of a session are gigabytes."""
        self._run(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        with self.admin.connect() as connection:
            connection.exec_driver_sql(statement)


@contextmanager
def postgres_cluster() -> Iterator[Path]:
    """A throwaway PostgreSQL 15 on a Unix socket; yields the folder of the socket.

    Raises:
        FileNotFoundError: PostgreSQL 15 is not installed.
    """
    if not POSTGRES.is_dir():
        raise FileNotFoundError(f"PostgreSQL 15 is not installed ({POSTGRES} is missing); `make test` installs it")
    folder = Path(tempfile.mkdtemp(prefix="beiratswahl-pg-"))
    prefix: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        prefix = ["runuser", "-u", "postgres", "--"]
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    initdb = ["-D", f"{folder}/data", "-U", "test", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8"]
    subprocess.run([*prefix, str(POSTGRES / "initdb"), *initdb], **quiet)
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off -c max_connections=200"
    control = [*prefix, str(POSTGRES / "pg_ctl"), "-D", f"{folder}/data", "-w"]
    subprocess.run([*control, "-l", f"{folder}/log", "-o", options, "start"], **quiet)
    try:
        yield folder
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **quiet)
        shutil.rmtree(folder, ignore_errors=True)


def engine_of(address: str) -> Engine:
    """A prepared engine for a clone."""
    return open_engine(address)
