"""How long a register of 200,000 persons is imported and decided beside a floor measured in the same run, on SQLite and PostgreSQL.

Run: python -m tests.benchmarks.bench_roll [persons] [rounds], or with --million alone: 200,000 and 1,000,000 persons on SQLite, each in a
process of its own, with its peak memory.
The floor reads the file with `csv.reader` and writes the same rows with the same columns into the same table by `sqlite3.executemany` or
COPY. Floor and import take turns; the fastest round of each counts. Both begin with a fresh database and use the table with its keys and
checks. A second process reads a large import: processor time and memory are those of both together.
"""

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table, select
from sqlalchemy.orm import Session

from beiratswahl.operations.desk import Actor, Desk
from beiratswahl.operations.roll import import_register
from beiratswahl.operations.roll_persons import PERSONS
from beiratswahl.operations.roll_preview import preview_import
from beiratswahl.rehearsal.register import write_register
from beiratswahl.store.tables.roll import RegisterImport, RollVerdict
from tests.databases import PostgresTemplates, SqliteTemplates, engine_of, postgres_cluster
from tests.world import ELECTION_DAY, found

BOUND = 1.5
MEMORY_BOUND_MB, GROWTH_BOUND = 250, 5.5
GROWING = (200_000, 1_000_000)
#: tables to which the rows of the persons point
ABOVE: tuple[Table, ...] = (RegisterImport.__table__, RollVerdict.__table__)  # type: ignore[assignment]  # FromClause, is a Table
OFFICER = Actor(account_id=None, name="Erika Amt", role="election_officer")


def timed(work: Callable[..., object], *arguments: object) -> tuple[float, float]:
    """Wall-clock and processor seconds of a piece of work, those of processes it starts and ends included."""
    wall, processor = time.perf_counter(), sum(os.times()[:4])
    work(*arguments)
    return time.perf_counter() - wall, sum(os.times()[:4]) - processor


class Bench:
    """One kind of database, and what a register becomes in it, which the floor writes again."""

    def __init__(self, templates: SqliteTemplates | PostgresTemplates, path: Path) -> None:
        self.templates = templates
        self.path = path
        imported = self.fresh()
        imported.take(path)
        with imported.engine.connect() as connection:
            self.above = {table: connection.execute(select(table)).mappings().all() for table in ABOVE}
            self.names = list(PERSONS.c.keys())
            cursor: Any = connection.connection.cursor()
            cursor.execute(f"SELECT {', '.join(self.names)} FROM registered_persons")
            self.rows = cursor.fetchall()
        imported.close()

    def fresh(self) -> "Imported":
        """A fresh database with an election, ready to import."""
        return Imported(engine_of(self.templates.clone()))

    def ready(self) -> "Imported":
        """The same with the import and the verdicts to which the rows of the persons point."""
        fresh = self.fresh()
        with fresh.engine.begin() as connection:
            for table, rows in self.above.items():
                connection.execute(table.insert(), [dict(row) for row in rows])
        return fresh

    def floor(self, fresh: "Imported") -> None:
        """csv.reader over the file, then all rows into the table."""
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            for _row in csv.reader(file, delimiter=";"):
                pass
        with fresh.engine.connect() as connection:
            driver: Any = connection.connection
            cursor = driver.cursor()
            cursor.execute("BEGIN")
            if self.templates.name == "sqlite":
                places = ", ".join("?" * len(self.names))
                cursor.executemany(f"INSERT INTO registered_persons ({', '.join(self.names)}) VALUES ({places})", self.rows)
            else:
                with cursor.copy(f"COPY registered_persons ({', '.join(self.names)}) FROM STDIN") as copy:
                    for row in self.rows:
                        copy.write_row(row)
            cursor.execute("COMMIT")


class Imported:
    """A fresh database to import into."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.session = Session(engine)
        self.desk = Desk(self.session, OFFICER)
        self.election_id = found(self.desk).election_id
        self.second_peak = 0.0

    def take(self, path: Path) -> None:
        """Import a file."""
        import_register(self.desk, self.election_id, path, progress=self._watch)

    def preview(self, path: Path) -> None:
        """Preview a file."""
        preview_import(self.desk, self.election_id, path)

    def _watch(self, _done: int, _whole: int) -> None:
        others = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        self.second_peak = max(self.second_peak, *(peak(pid) for pid in others), 0.0)

    def close(self) -> None:
        self.session.close()
        self.engine.dispose()


def main(persons: int, rounds: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, postgres_cluster() as socket:
        path, shuffled = Path(folder) / "register.csv", Path(folder) / "shuffled.csv"
        with path.open("wb") as stream:
            write_register(stream, persons, 1, election_day=ELECTION_DAY)
        sqlite = SqliteTemplates(Path(folder))
        memory(sqlite, path)
        header, *lines = path.read_bytes().splitlines(keepends=True)
        swap(lines)
        shuffled.write_bytes(header + b"".join(lines))
        for templates in (sqlite, PostgresTemplates(socket)):
            measure(Bench(templates, path), path, shuffled, persons, rounds)


def swap(lines: list[bytes]) -> None:
    """Another order of the same persons: whole blocks change places, so that the lines of a person stay together."""
    starts = [at for at in range(0, len(lines), 1000) if at == 0 or lines[at][:9] != lines[at - 1][:9]]
    blocks = [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    random.Random(1).shuffle(blocks)
    lines[:] = [line for block in blocks for line in block]


def memory(templates: SqliteTemplates, path: Path) -> None:
    """Peak memory of the first import."""
    fresh = Imported(engine_of(templates.clone()))
    before = forget_peak()
    fresh.take(path)
    fresh.close()
    print(f"peak memory {peak():.0f} MB ({before:.0f} MB before the import) and {fresh.second_peak:.0f} MB of the second process")


def grow() -> None:
    """Import a small and a large register, one after the other, and compare time and memory."""
    times = []
    with tempfile.TemporaryDirectory() as folder:
        for persons in GROWING:
            path = Path(folder) / f"{persons}.csv"
            with path.open("wb") as stream:
                write_register(stream, persons, 1, election_day=ELECTION_DAY)
            command = [sys.executable, "-m", "tests.benchmarks.bench_roll", "--alone", str(path), folder]
            wall, processor, most, before = map(float, subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())
            times.append((wall, processor))
            print(
                f"{persons} persons on SQLite: {wall:.2f} s, {processor:.2f} s of the processor, load {os.getloadavg()[0]:.1f}", flush=True
            )
            print(f"  peak memory {most:.0f} MB, {before:.0f} MB before the import, at most {MEMORY_BOUND_MB} MB wanted", flush=True)
    (small, small_processor), (large, large_processor) = times
    print(f"{large / small:.2f} x the time, {large_processor / small_processor:.2f} x the processor, at most {GROWTH_BOUND} x wanted")


def alone(path: Path, folder: Path) -> None:
    """Import one register; prints seconds, processor seconds, peak memory in MB (second process included) at the end and before."""
    with tempfile.TemporaryDirectory(dir=folder) as own:
        fresh = Imported(engine_of(SqliteTemplates(Path(own)).clone()))
        before = forget_peak()
        wall, processor = timed(fresh.take, path)
        print(wall, processor, peak() + fresh.second_peak, before)
        fresh.close()


def peak(pid: str = "self") -> float:
    """Peak memory of a program in MB, 0 for one that has ended; `ru_maxrss` would begin with that of the process that started it."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def forget_peak() -> float:
    """Forget how much memory was held before, e.g. for hashing a password; the memory held now, in MB."""
    Path("/proc/self/clear_refs").write_text("5")
    return peak()


def measure(bench: Bench, path: Path, shuffled: Path, persons: int, rounds: int) -> None:
    floors, imports, same, reordered = [], [], [], []
    for _ in range(rounds):
        written = bench.ready()
        floors.append(timed(bench.floor, written))
        written.close()
        fresh = bench.fresh()
        imports.append(timed(fresh.take, path))
        same.append(timed(fresh.preview, path))
        reordered.append(timed(fresh.preview, shuffled))
        fresh.close()
    floor = best(floors)
    print(f"{bench.templates.name}: {persons} persons, best of {rounds} rounds, wall-clock s / processor s")
    for name, found_times in (
        ("floor (csv.reader, same rows)", floors),
        ("import with decisions", imports),
        ("dry run, the same file", same),
        ("dry run, same persons reordered", reordered),
    ):
        wall, processor = best(found_times)
        print(f"  {name:34}{wall:7.2f} / {processor:5.2f}   {wall / floor[0]:5.2f} x / {processor / floor[1]:5.2f} x the floor")


def best(times: list[tuple[float, float]]) -> tuple[float, float]:
    """The fastest round of each measure: the one least disturbed by other programs."""
    return min(wall for wall, _ in times), min(processor for _, processor in times)


if __name__ == "__main__":
    if "--alone" in sys.argv:
        alone(Path(sys.argv[2]), Path(sys.argv[3]))
    elif "--million" in sys.argv:
        grow()
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000, int(sys.argv[2]) if len(sys.argv) > 2 else 3)
