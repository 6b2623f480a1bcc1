"""What the public door can take beside a "hello world" of Flask on the same server in the same run, and how long publishing takes:
`python -m tests.benchmarks.bench_public`.

With `wrk` on the machine it makes the load; otherwise a loop on raw sockets does, which costs as much as the server and so flatters
the slower side. Both sides always get the same client.
"""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median

from flask import Flask
from sqlalchemy.orm import Session

from beiratswahl.app import PUBLIC, create_app
from beiratswahl.documents.result_announcement import announce
from beiratswahl.documents.result_districts import DistrictFigures
from beiratswahl.documents.result_sheet import Candidate, ListResult, ResultAnnouncement
from beiratswahl.law.rules import SeatMethod
from beiratswahl.law.seat_values import ListVotes
from beiratswahl.law.seats import allocate
from beiratswahl.publishing import write_site
from beiratswahl.server import Server
from beiratswahl.store.database import open_engine
from beiratswahl.store.migrate import upgrade
from tests.documents import samples
from tests.doors.publications import configuration, election_of, publish

LISTS, SEATS, DISTRICTS = 9, 23, 40
CANDIDATES = (7, 7, 7, 7, 7, 7, 6, 6, 6)
SECONDS, ROUNDS, CLIENTS = 3, 3, 8
PAGE = "/wahl/1/ergebnis"
GOAL = 0.60


def large() -> ResultAnnouncement:
    """23 seats, 9 lists, 60 candidates, 40 districts."""
    votes = [[900 - 61 * list_ - 17 * place for place in range(CANDIDATES[list_])] for list_ in range(LISTS)]
    sums = [sum(of) * DISTRICTS for of in votes]
    seats = allocate(SeatMethod.SAINTE_LAGUE, SEATS, [ListVotes(str(at), of) for at, of in enumerate(sums)], majority_clause=True).seats
    lists = tuple(
        ListResult(at + 1, f"Wahlvorschlag mit der Nummer {at + 1}", sums[at], seats[str(at)], _people(at, votes[at], seats[str(at)]))
        for at in range(LISTS)
    )
    per_district = tuple(tuple(of) for of in votes)
    districts = tuple(
        DistrictFigures((n,), (f"Stimmbezirk {n}",), 900, 300, 295, 5, sum(map(sum, votes)), None, tuple(map(sum, votes)), per_district)
        for n in range(1, DISTRICTS + 1)
    )
    return replace(samples.proportional(), seats=SEATS, votes=sum(sums), lists=lists, lots=(), districts=districts, version=1)


def _people(of: int, votes: list[int], seats: int) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(f"Person{of}-{at}", "Ada", number * DISTRICTS, at, elected_rank=at if at <= seats else None)
        for at, number in enumerate(votes, 1)
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database_url = f"sqlite:///{folder}/archive.sqlite3"
        engine = open_engine(database_url)
        upgrade(engine)
        start = time.perf_counter()
        pdf = announce(large())
        printed = time.perf_counter() - start
        with Session(engine) as session:
            publish(session, election_of(session, large()), large(), pdf=pdf)
            session.commit()
        engine.dispose()
        app = create_app(configuration(folder, database_url), PUBLIC)
        start = time.perf_counter()
        files = write_site(app, folder / "published", "https://wahlen.example")
        written = time.perf_counter() - start
        print(f"{SEATS} seats, {LISTS} lists, {sum(CANDIDATES)} candidates, {DISTRICTS} districts: PDF {printed:.1f} s,", end=" ")
        print(f"{files} files {written:.1f} s; together {printed + written:.1f} s (limit 10)")
        with serving("hello", folder) as hello, serving("public", folder) as ours:
            tag = _fetch(ours, PAGE).partition(b"ETag: ")[2].partition(b"\r\n")[0].decode()
            floors, pages, unchanged = [], [], []
            for _ in range(ROUNDS):
                floors.append(load(hello, "/"))
                pages.append(load(ours, PAGE))
                unchanged.append(load(ours, PAGE, f"If-None-Match: {tag}"))
        floor, page = median(floors), median(pages)
        client = "wrk" if shutil.which("wrk") else "Python client"
        print(f"{client}, {CLIENTS} connections, median of {ROUNDS}: hello world {floor:.0f}/s, result page {page:.0f}/s, ", end="")
        print(f"304 {median(unchanged):.0f}/s; page beside hello world {page / floor:.2f} (goal {GOAL})")


@contextmanager
def serving(what: str, folder: Path) -> Iterator[int]:
    """A server process of its own; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "tests.benchmarks.bench_public", what, str(port), str(folder)])
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def serve(what: str, port: int, folder: Path) -> None:
    """Serve one of the two applications as the product serves itself."""
    app = Flask("hello", static_folder=None)
    app.add_url_rule("/", "hello", lambda: "hello world")
    if what == "public":
        app = create_app(configuration(folder, f"sqlite:///{folder}/archive.sqlite3"), PUBLIC)
    Server(app, {"bind": f"127.0.0.1:{port}", "workers": 2, "threads": 4, "accesslog": None, "errorlog": "-", "loglevel": "error"}).run()


def load(port: int, path: str, header: str = "") -> float:
    """Requests per second."""
    if shutil.which("wrk"):
        command = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{SECONDS}s", *(["-H", header] if header else []), f"http://127.0.0.1:{port}{path}"]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return float(output.partition("Requests/sec:")[2].split()[0])
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{header + chr(13) + chr(10) if header else ''}\r\n".encode()
    connections = [socket.create_connection(("127.0.0.1", port)) for _ in range(CLIENTS)]
    done, until = 0, time.perf_counter() + SECONDS
    while time.perf_counter() < until:
        for connection in connections:
            connection.sendall(request)
        for connection in connections:
            _receive(connection)
        done += CLIENTS
    for connection in connections:
        connection.close()
    return done / SECONDS


def _fetch(port: int, path: str) -> bytes:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        return _receive(connection)


def _receive(connection: socket.socket) -> bytes:
    """One answer: the head, then as many bytes as it promises."""
    answer = b""
    while b"\r\n\r\n" not in answer:
        part = connection.recv(262144)
        if not part:
            raise ConnectionError("the server has closed the connection")
        answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
    left = 0 if b" 304 " in head[:20] else int(length) - len(body)
    while left > 0:
        left -= len(connection.recv(262144))
    return head


if __name__ == "__main__":
    if len(sys.argv) == 4:
        serve(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
