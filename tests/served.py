"""The application as it is really served, in processes of its own that can be killed, and people who type at it over the network."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.world import PASSWORD

HOST = "127.0.0.1"
START_WITHIN_S = 60
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
SEE_OTHER = 303


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


class Served:
    """Gunicorn with its workers on one database."""

    def __init__(self, database_url: str, folder: Path, workers: int = 2) -> None:
        self.port = free_port()
        (folder / "config.toml").write_text("secure_cookies = false\n")
        self.environment = {
            **os.environ,
            "BEIRATSWAHL_INSTANCE": str(folder),
            "BEIRATSWAHL_DATABASE_URL": database_url,
            "BEIRATSWAHL_SECRET_KEY": "k" * 48,
        }
        program = "from beiratswahl.cli import main; raise SystemExit(main())"
        self.command = [
            sys.executable,
            "-c",
            program,
            "serve",
            "--host",
            HOST,
            "--port",
            str(self.port),
            "--workers",
            str(workers),
            "--doors",
            "counting",
        ]
        self.log = folder / "server.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, env=self.environment, stdout=log, stderr=log, start_new_session=True)
        limit = time.monotonic() + START_WITHIN_S
        while time.monotonic() < limit:
            try:
                socket.create_connection((HOST, self.port), 1).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        raise RuntimeError(f"the server did not start: {self.log.read_text()}")

    def processor_seconds(self) -> float:
        """Processor time of the master and its workers so far."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if self.process is not None and int(fields[2]) == self.process.pid:
                ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """SIGKILL to the master and every worker at once, as when the power goes."""
        if self.process is not None:
            with suppress(ProcessLookupError):  # it may have refused to start
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


class Typist:
    """One person at a screen; sends as the page's script does: the same id again until the server has answered."""

    def __init__(self, port: int, login: str, district_id: int) -> None:
        self.port = port
        self.address = f"/auszaehlung/stimmbezirk/{district_id}/stimmzettel"
        self.cookie = ""
        form = {"login": login, "password": PASSWORD, "csrf_token": self._token("/anmelden")}
        status, _, _ = self.ask("POST", "/anmelden", form)
        if status not in (302, SEE_OTHER):
            raise RuntimeError(f"{login} could not log in: {status}")
        self.token = self._token(self.address)

    def _token(self, address: str) -> str:
        found = TOKEN.search(self.ask("GET", address)[2])
        if found is None:
            raise RuntimeError(f"{address} has no form")
        return found.group(1)

    def ask(self, method: str, address: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """One request: status, where to go on, the page."""
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        # a connection of its own for every request: the server may have closed an idle one, or be another one by now
        connection = HTTPConnection(HOST, self.port, timeout=20)
        try:
            connection.request(method, address, urlencode(form) if form else None, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
        finally:
            connection.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.cookie = value.split(";")[0]
        return answer.status, answer.getheader("Location") or "", page

    def send(self, typed: str, client_id: str) -> int:
        """Send one ballot once; the number the screen would show.

        Raises:
            ConnectionError: nobody can know whether it arrived.
        """
        form = {"eingabe": typed, "kennung": client_id, "csrf_token": self.token}
        try:
            status, where, page = self.ask("POST", self.address, form)
        except (OSError, HTTPException) as error:
            raise ConnectionError(str(error)) from error
        if status >= 500:
            raise ConnectionError(str(status))
        if status != SEE_OTHER or "nr=" not in where:
            raise AssertionError(f"the entry was not taken: {status} {where} {page[:2000]}")
        return int(parse_qs(urlsplit(where).query)["nr"][0])

    def record(self, typed: str, client_id: str = "") -> tuple[str, int]:
        """Send until it is confirmed: the id and the number."""
        client_id = client_id or str(uuid.uuid4())
        while True:
            try:
                return client_id, self.send(typed, client_id)
            except ConnectionError:
                time.sleep(0.05)
