"""Printing the roll in the background: progress and the finished file lie in the instance, whichever process answers."""

import json
import os
import threading
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask

from beiratswahl import clock
from beiratswahl.access import archive
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.roll_printing import printed_roll

SILENCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Print:
    """Stand eines Drucks.

    Attributes:
        state: "running", "done" or "failed".
        done, whole: parts printed, parts in all (0 before they are counted).
        text: German sentence for a failure.
        at: moment of the last sign.
    """

    state: str
    at: str
    done: int = 0
    whole: int = 0
    text: str = ""


def latest(instance: Path, election_id: int) -> Print | None:
    """The running or the last print, or None."""
    try:
        stored = Print(**json.loads(_state(instance, election_id).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    if stored.state == "running" and clock.now() - datetime.fromisoformat(stored.at) > SILENCE:
        return Print("failed", stored.at, text="Der Druck ist abgebrochen. Beginnen Sie noch einmal.")
    return stored


def begin(app: Flask, election_id: int) -> None:
    """Start printing.

    Raises:
        Refused: the roll of this election is being printed already.
    """
    running = latest(Path(app.instance_path), election_id)
    if running is not None and running.state == "running":
        raise Refused("Das Wählerverzeichnis wird gerade gedruckt. Warten Sie, bis es fertig ist.")
    _write(Path(app.instance_path), election_id, "running")
    threading.Thread(target=_work, args=(app, election_id), daemon=True).start()


def file_of(instance: Path, election_id: int) -> Path:
    """Where the finished file lies."""
    return instance / "prints" / f"waehlerverzeichnis-{election_id}.pdf"


def _work(app: Flask, election_id: int) -> None:
    instance = Path(app.instance_path)
    try:
        with app.app_context():
            data = printed_roll(archive.session(), election_id, lambda done, whole: _write(instance, election_id, "running", done, whole))
        fresh = file_of(instance, election_id).with_suffix(".fresh")
        fresh.write_bytes(data)
        fresh.chmod(0o600)
        os.replace(fresh, file_of(instance, election_id))
        _write(instance, election_id, "done")
    except Refused as error:
        _write(instance, election_id, "failed", text=str(error))
    except Exception:
        app.logger.exception("printing the roll failed")
        _write(instance, election_id, "failed", text="Beim Druck ist ein Fehler aufgetreten.")


def _state(instance: Path, election_id: int) -> Path:
    return instance / "prints" / f"roll-{election_id}.json"


def _write(instance: Path, election_id: int, state: str, done: int = 0, whole: int = 0, text: str = "") -> None:
    file = _state(instance, election_id)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = file.with_suffix(".fresh")
    fresh.write_text(json.dumps(asdict(Print(state, clock.now().isoformat(), done, whole, text)), ensure_ascii=False), encoding="utf-8")
    os.replace(fresh, file)
