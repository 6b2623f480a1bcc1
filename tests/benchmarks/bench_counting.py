"""How long a counting team waits for the number of its ballot, with thirty teams at once, and how long a recount of 50,000 ballots takes.

Run: python -m tests.benchmarks.bench_counting [teams] [seconds]
The application is served by Gunicorn with two workers on SQLite and on PostgreSQL; every team is a log-in of its own in a district of its
own on one machine with the server. Each team sends one ballot every two seconds, which is faster than anybody types, at its own moment;
afterwards all teams send without a pause. The waiting time ends with the answer that holds the number: then the ballot is on disk.
"""

import os
import random
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.access.roles import Role
from beiratswahl.law.ballot_papers import Ballot
from beiratswahl.law.ballots import adjudicate
from beiratswahl.operations import setup
from beiratswahl.operations.ballots import Paper, ballot_paper, stored
from beiratswahl.operations.counting import columns_of
from beiratswahl.operations.desk import Actor, Desk
from beiratswahl.operations.tally import tally, total
from beiratswahl.store.tables.counting import RecordedBallot
from tests.databases import PostgresTemplates, SqliteTemplates, engine_of, postgres_cluster
from tests.served import Served, Typist
from tests.world import Place, account, admitted

GOAL_MS, GOAL_RECOUNT_S = 30, 3.0
PAUSE_S = 2.0
BALLOTS, DISTRICTS = 50_000, 10
ENTRIES = ("101+3 201+2 301", "L1 -104 102+2", "L2", "101-113", "201+3 202+3 203+3 301+3", "L3 301+3 -302 101", "F2")


def election(database_url: str, teams: int) -> tuple[Place, list[int]]:
    """An election with a district and an account for each team."""
    engine = engine_of(database_url)
    with Session(engine) as session:
        desk = Desk(session, Actor(None, "Aufbau", ""))
        place = admitted(desk)
        districts = [setup.create_district(desk, place.election_id, 100 + at, f"Bezirk {at}", postal=True) for at in range(teams)]
        for at, district in enumerate(districts):
            account(desk, f"team{at}", Role.COUNTING_TEAM, place, district)
    engine.dispose()
    return place, districts


@contextmanager
def serving(database_url: str) -> Iterator[Served]:
    """The served application."""
    with tempfile.TemporaryDirectory() as folder:
        served = Served(database_url, Path(folder))
        served.start()
        try:
            yield served
        finally:
            served.kill()


def waits(typists: list[Typist], seconds: float, pause: float) -> list[float]:
    """Milliseconds of every entry, all teams typing at once."""
    found: list[float] = []
    begun = time.monotonic() + 0.2

    def work(at: int, typist: Typist) -> None:
        entries = random.Random(at)
        following = begun + pause * at / len(typists)
        while following < begun + seconds:
            time.sleep(max(0.0, following - time.monotonic()))
            typed, client_id = entries.choice(ENTRIES), str(uuid.uuid4())
            start = time.perf_counter()
            typist.send(typed, client_id)
            found.append(1000 * (time.perf_counter() - start))
            following = max(following + pause, time.monotonic())

    threads = [threading.Thread(target=work, args=one) for one in enumerate(typists)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


def report(name: str, found: list[float], seconds: float) -> None:
    """Print the distribution of the waiting times."""
    p50, p95, p99 = (found[min(len(found) - 1, int(len(found) * share))] for share in (0.5, 0.95, 0.99))
    rate = len(found) / seconds
    print(f"  {name:<24} {len(found):6} entries, {rate:6.1f}/s   p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   p99 {p99:6.1f} ms")


def fill(session: Session, paper: Paper, place: Place, districts: list[int]) -> None:
    """50,000 adjudicated ballots, written in one go."""
    chance, candidates = random.Random(1), list(paper.law.position)
    for district in districts:
        rows = []
        for number in range(1, BALLOTS // len(districts) + 1):
            marks = {key: chance.randint(1, 2) for key in chance.sample(candidates, 6)}
            ballot = Ballot(marks=marks) if number % 3 else Ballot(list_marks=("1",), marks={"101": 3})
            row = {"municipality_id": place.municipality_id, "election_id": place.election_id, "district_id": district}
            row |= {"number": number, "client_id": str(number), "content": stored(ballot), "recorded_by": "x"}
            row |= {"recorded_at_utc": clock.now(), "resolution": "", "resolution_reason": "", "cancelled": False}
            rows.append(row | columns_of(adjudicate(paper.law, ballot)))
        session.execute(insert(RecordedBallot), rows)
    session.commit()


def recount(database_url: str) -> float:
    """Seconds to add up 50,000 recorded ballots in ten districts, read from the database."""
    place, districts = election(database_url, DISTRICTS)
    engine = engine_of(database_url)
    with Session(engine) as session:
        paper = ballot_paper(session, place.election_id)
        fill(session, paper, place, districts)
    with Session(engine) as session:
        start = time.perf_counter()
        summed = total([tally(session, paper, district, 0) for district in districts])
        took = time.perf_counter() - start
        if summed.recorded != BALLOTS:
            raise RuntimeError("not every ballot was counted")
    engine.dispose()
    return took


def measure(name: str, clone: Callable[[], str], teams: int, seconds: float) -> None:
    """All figures of one engine."""
    url = clone()
    _, districts = election(url, teams)
    print(f"{name}: {teams} teams, Gunicorn with two workers (load of the machine before: {os.getloadavg()[0]:.1f})")
    with serving(url) as served:
        typists = [Typist(served.port, f"team{at}", district) for at, district in enumerate(districts)]
        waits(typists, 3, 0.5)
        before = served.processor_seconds()
        paced = waits(typists, seconds, PAUSE_S)
        each = 1000 * (served.processor_seconds() - before) / len(paced)
        report(f"one every {PAUSE_S:.0f} s each", paced, seconds)
        print(f"  processor time of the server: {each:.1f} ms an entry, whatever else the machine does")
        report("without a pause", waits(typists, seconds / 2, 0), seconds / 2)
    print(f"  goal: p95 below {GOAL_MS} ms: {'met' if paced[int(len(paced) * 0.95)] < GOAL_MS else 'NOT met'}")
    took = recount(clone())
    print(f"  recount of {BALLOTS} ballots: {took:.2f} s; goal below {GOAL_RECOUNT_S} s: {'met' if took < GOAL_RECOUNT_S else 'NOT met'}")
    print(f"  load of the machine after: {os.getloadavg()[0]:.1f}")


def main() -> None:
    """Measure both engines."""
    teams = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 30
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", SqliteTemplates(Path(folder)).clone, teams, seconds)
    with postgres_cluster() as socket:
        templates = PostgresTemplates(socket)
        measure("PostgreSQL (fsync off)", templates.clone, teams, seconds)
        templates.admin.dispose()


if __name__ == "__main__":
    main()
