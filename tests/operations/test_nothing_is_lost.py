"""Nothing is lost: the served application is killed while people type, and every ballot a screen confirmed counts exactly once.

BEIRATSWAHL_KILLS sets how often the server is killed (5 unless set; 50 for the night).
"""

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.access.roles import Role
from beiratswahl.law.ballot_papers import Ballot
from beiratswahl.law.ballots import adjudicate
from beiratswahl.operations.ballots import ballot_of, ballot_paper
from beiratswahl.operations.counting import record_ballot
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.tally import tally, total
from beiratswahl.store import journal
from beiratswahl.store.tables.counting import RecordedBallot
from tests.served import Served, Typist
from tests.world import Place, account, admitted

KILLS = int(os.environ.get("BEIRATSWAHL_KILLS", "5"))
#: what is typed, and the ballot it means
ENTRIES = {
    "101+3 201+2": Ballot(marks={"101": 3, "201": 2}),
    "L1 -104": Ballot(list_marks=("1",), struck=("104",)),
    "301": Ballot(marks={"301": 1}),
    "L1 L2": Ballot(list_marks=("1", "2")),
}


@dataclass
class Screen:
    """What one person has seen confirmed: by id, the number and what was typed."""

    typist: Typist
    district_id: int
    confirmed: dict[str, tuple[int, str]] = field(default_factory=dict)
    failure: BaseException | None = None

    def type_until(self, stop: threading.Event, seed: int) -> None:
        chance = random.Random(seed)
        try:
            while not stop.is_set():
                typed = chance.choice(tuple(ENTRIES))
                client_id, number = self.typist.record(typed)
                self.confirmed[client_id] = (number, typed)
                if chance.random() < 0.2:  # an answer that got lost on the way is sent again
                    assert self.typist.record(typed, client_id) == (client_id, number)
        except BaseException as error:
            self.failure = error


@pytest.fixture
def place(desk: Desk) -> Place:
    """Two people share the first district, one has the second."""
    here = admitted(desk)
    north, south = here.districts
    for login, district in (("anna", north), ("ben", north), ("chloe", south)):
        account(desk, login, Role.COUNTING_TEAM, here, district)
    return here


@pytest.fixture
def served(database_url: str, tmp_path: Path) -> Iterator[Served]:
    server = Served(database_url, tmp_path)
    server.start()
    yield server
    server.kill()


def test_a_killed_server_loses_no_confirmed_ballot_and_counts_none_twice(session: Session, place: Place, served: Served) -> None:
    north, south = place.districts
    people = (("anna", north), ("ben", north), ("chloe", south))
    screens = [Screen(Typist(served.port, login, district), district) for login, district in people]
    stop = threading.Event()
    threads = [threading.Thread(target=screen.type_until, args=(stop, seed), daemon=True) for seed, screen in enumerate(screens)]
    for thread in threads:
        thread.start()
    chance = random.Random(7)
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.1, 0.6))
        served.kill()
        served.start()
    time.sleep(0.3)
    stop.set()
    for thread in threads:
        thread.join()
    assert [screen.failure for screen in screens] == [None, None, None]
    session.rollback()
    assert_archive_is_what_the_screens_confirmed(session, place, screens)


def assert_archive_is_what_the_screens_confirmed(session: Session, place: Place, screens: list[Screen]) -> None:
    paper = ballot_paper(session, place.election_id)
    expected: Counter[str] = Counter()
    valid = 0
    for district in place.districts:
        confirmed = {key: entry for screen in screens if screen.district_id == district for key, entry in screen.confirmed.items()}
        rows = session.scalars(select(RecordedBallot).where(RecordedBallot.district_id == district).order_by(RecordedBallot.number)).all()
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        assert {row.client_id: (row.number, ballot_of(row.content)) for row in rows} == {
            key: (number, ENTRIES[typed]) for key, (number, typed) in confirmed.items()
        }
        for _, typed in confirmed.values():
            verdict = adjudicate(paper.law, ENTRIES[typed])
            valid += verdict.valid
            expected.update(verdict.votes)
    summed = total([tally(session, paper, district, 0) for district in place.districts])
    assert (summed.valid, Counter(summed.votes)) == (valid, expected)
    assert all(screen.confirmed for screen in screens)
    assert list(journal.faults(session)) == []


def test_a_clock_that_jumps_changes_no_number_and_no_order(session: Session, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    place = admitted(desk)
    start = datetime(2026, 11, 15, 18, tzinfo=UTC)
    jumps = (timedelta(0), timedelta(days=400), timedelta(days=-400), timedelta(0), timedelta(hours=-1))
    numbers = []
    for at, jump in enumerate(jumps):
        monkeypatch.setattr(clock, "now", lambda jump=jump: start + jump)
        numbers.append(record_ballot(desk, place.districts[0], f"kennung-{at}", Ballot(marks={"101": at % 3 + 1})).number)
    assert numbers == [1, 2, 3, 4, 5]
    assert record_ballot(desk, place.districts[0], "kennung-1", Ballot(marks={"101": 2})).number == 2
    summed = tally(session, ballot_paper(session, place.election_id), place.districts[0], 0)
    assert (summed.recorded, summed.votes) == (5, {"101": 1 + 2 + 3 + 1 + 2})
    assert list(journal.faults(session)) == []
