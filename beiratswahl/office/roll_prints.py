"""Printing the roll in the background: progress and the finished file lie in the instance, whichever process answers."""

import json
import os
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from flask import Flask

from beiratswahl import clock
from beiratswahl.access import archive
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.roll_printing import printed_roll

SILENCE = timedelta(minutes=5)
RUNNING, DONE, FAILED, CANCELLED = "running", "done", "failed", "cancelled"
BROKEN_OFF = "Der Druck ist abgebrochen, weil der Server inzwischen neu gestartet wurde. Es ist nichts verloren; beginnen Sie noch einmal."


Progress = Callable[[int, int], None]


class Cancelled(Exception):
    """Somebody stopped the print."""


@dataclass(frozen=True, slots=True)
class Print:
    """Stand eines Drucks.

    Attributes:
        state: RUNNING, DONE, FAILED or CANCELLED.
        at: moment of the last sign.
        done, whole: leaves printed, leaves in all (0 before they are counted).
        text: German sentence for a failure.
        job: which print it is; a newer one, or none, tells the older one to stop.
        process: number of the process that prints.
        file_at: moment of the finished file, "" for none.
    """

    state: str
    at: str
    done: int = 0
    whole: int = 0
    text: str = ""
    job: str = ""
    process: int = 0
    file_at: str = ""

    @property
    def finished_at(self) -> datetime | None:
        """When the file was finished that can be downloaded."""
        return datetime.fromisoformat(self.file_at) if self.file_at else None


def latest(instance: Path, election_id: int) -> Print | None:
    """The running or the last print, or None; one whose process is gone has failed."""
    try:
        stored = Print(**json.loads(_state(instance, election_id).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    if stored.state == RUNNING and (not _lives(stored.process) or clock.now() - datetime.fromisoformat(stored.at) > SILENCE):
        return Print(FAILED, stored.at, text=BROKEN_OFF, file_at=stored.file_at)
    return stored


def begin(app: Flask, election_id: int) -> None:
    """Start printing.

    Raises:
        Refused: the roll of this election is being printed already.
    """
    instance = Path(app.instance_path)
    before = latest(instance, election_id)
    if before is not None and before.state == RUNNING:
        raise Refused("Das Wählerverzeichnis wird gerade gedruckt. Warten Sie, bis es fertig ist, oder brechen Sie den Druck ab.")
    job = Print(RUNNING, clock.now().isoformat(), job=uuid4().hex, process=os.getpid(), file_at=before.file_at if before else "")
    _write(instance, election_id, job)
    threading.Thread(target=_work, args=(app, election_id, job), daemon=True).start()


def cancel(instance: Path, election_id: int) -> bool:
    """Stop the running print; the file of an earlier one stays.

    Returns:
        False when nothing was running.
    """
    running = latest(instance, election_id)
    if running is None or running.state != RUNNING:
        return False
    _write(instance, election_id, Print(CANCELLED, clock.now().isoformat(), file_at=running.file_at))
    return True


def go_on(instance: Path, election_id: int, job: Print) -> None:
    """Ask whether a print is still wanted.

    Raises:
        Cancelled: somebody stopped it or began another one.
    """
    now = latest(instance, election_id)
    if now is None or now.job != job.job:
        raise Cancelled


def file_of(instance: Path, election_id: int) -> Path:
    """Where the finished file lies."""
    return instance / "prints" / f"waehlerverzeichnis-{election_id}.pdf"


def _work(app: Flask, election_id: int, job: Print) -> None:
    instance = Path(app.instance_path)

    def tell(state: str, done: int = 0, whole: int = 0, text: str = "", file_at: str = job.file_at) -> None:
        """Write the state, unless somebody stopped this print or began another one."""
        go_on(instance, election_id, job)
        _write(instance, election_id, Print(state, clock.now().isoformat(), done, whole, text, job.job, job.process, file_at))

    try:
        _print(app, instance, election_id, tell_progress=lambda done, whole: tell(RUNNING, done, whole))
        tell(DONE, file_at=clock.now().isoformat())
    except Cancelled:
        return
    except Refused as error:
        _last_word(tell, str(error))
    except Exception:
        app.logger.exception("printing the roll failed")
        _last_word(tell, "Beim Druck ist ein Fehler aufgetreten. Versuchen Sie es noch einmal; bleibt er, holen Sie die Administration.")


def _print(app: Flask, instance: Path, election_id: int, tell_progress: Progress) -> None:
    with app.app_context():
        data = printed_roll(archive.session(), election_id, tell_progress)
    tell_progress(1, 1)
    fresh = file_of(instance, election_id).with_suffix(".fresh")
    fresh.touch(mode=0o600)
    fresh.write_bytes(data)
    os.replace(fresh, file_of(instance, election_id))


def _last_word(tell: Callable[..., None], text: str) -> None:
    try:
        tell(FAILED, text=text)
    except Cancelled:
        return


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process > 0


def _state(instance: Path, election_id: int) -> Path:
    return instance / "prints" / f"roll-{election_id}.json"


def _write(instance: Path, election_id: int, told: Print) -> None:
    file = _state(instance, election_id)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = file.with_suffix(f".{uuid4().hex}")
    fresh.write_text(json.dumps(asdict(told), ensure_ascii=False), encoding="utf-8")
    os.replace(fresh, file)
