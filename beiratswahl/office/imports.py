"""Taking over a register export in the background: the page shows how far it is, whichever process answers."""

import json
import os
import shutil
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from beiratswahl import clock
from beiratswahl.access import archive
from beiratswahl.operations.desk import Actor, Desk, Refused
from beiratswahl.operations.findings import FileRefused, Finding
from beiratswahl.operations.register_columns import read_mapping
from beiratswahl.operations.roll import ImportReport, import_register

RUNNING, DONE, REFUSED, FAILED = "running", "done", "refused", "failed"
#: a run that has not said anything for so long has ended with its process
SILENCE = timedelta(minutes=2)
BETWEEN_SIGNS = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Run:
    """Stand einer Übernahme, as the page shows it.

    Attributes:
        state: running, done, refused or failed.
        file_name: name of the export.
        done: lines read.
        whole: lines in all, 0 before they are counted.
        text: German sentence for a refusal or a failure.
        findings: place, kind and text of what is wrong in the file, or strange.
        errors: all errors, also those not listed.
        warnings: all warnings, also those not listed.
        report: numbers of the report, when done.
    """

    state: str
    file_name: str
    done: int = 0
    whole: int = 0
    text: str = ""
    findings: tuple[tuple[str, str, str], ...] = ()
    errors: int = 0
    warnings: int = 0
    report: dict[str, Any] | None = None


def latest(instance: Path, election_id: int) -> Run | None:
    """The running or the last run of an election, or None."""
    file = _file(instance, election_id)
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    spoke = datetime.fromisoformat(stored.pop("at"))
    run = Run(**{**stored, "findings": tuple(tuple(one) for one in stored["findings"])})
    if run.state == RUNNING and clock.now() - spoke > SILENCE:
        return Run(FAILED, run.file_name, text="Die Übernahme ist abgebrochen; nichts wurde übernommen. Beginnen Sie noch einmal.")
    return run


def begin(app: Flask, actor: Actor, election_id: int, export: Path, mapping: Path | None) -> None:
    """Start taking over an export; its folder is deleted when it ends.

    Raises:
        Refused: an export of this election is being taken over already.
    """
    instance = Path(app.instance_path)
    running = latest(instance, election_id)
    if running is not None and running.state == RUNNING:
        raise Refused("Für diese Wahl läuft schon eine Übernahme. Warten Sie, bis sie fertig ist.")
    _write(instance, election_id, Run(RUNNING, export.name))
    threading.Thread(target=_work, args=(app, actor, election_id, export, mapping), daemon=True).start()


def _work(app: Flask, actor: Actor, election_id: int, export: Path, mapping: Path | None) -> None:
    instance = Path(app.instance_path)
    last = clock.now()

    def tell(done: int, whole: int) -> None:
        nonlocal last
        if clock.now() - last >= BETWEEN_SIGNS:
            last = clock.now()
            _write(instance, election_id, Run(RUNNING, export.name, done, whole))

    try:
        with app.app_context():
            desk = Desk(archive.session(), actor)
            report = import_register(desk, election_id, export, read_mapping(mapping) if mapping else None, tell)
        outcome = _done(export.name, report)
    except FileRefused as error:
        found = error.findings
        outcome = Run(REFUSED, export.name, findings=_lines(found.in_file_order()), errors=found.errors, warnings=found.warnings)
    except Refused as error:
        outcome = Run(FAILED, export.name, text=str(error))
    except Exception:
        app.logger.exception("the import of a register export failed")
        outcome = Run(FAILED, export.name, text="Bei der Übernahme ist ein Fehler aufgetreten; nichts wurde übernommen.")
    finally:
        shutil.rmtree(export.parent, ignore_errors=True)
    _write(instance, election_id, outcome)


def _done(file_name: str, report: ImportReport) -> Run:
    numbers = {key: value for key, value in asdict(report).items() if isinstance(value, int)}
    return Run(DONE, file_name, findings=_lines(report.warnings), warnings=report.warnings_in_all, report=numbers)


def _lines(findings: Sequence[Finding]) -> tuple[tuple[str, str, str], ...]:
    return tuple((one.place, str(one.severity), f"{one.what} {one.why} {one.remedy}") for one in findings)


def _file(instance: Path, election_id: int) -> Path:
    return instance / "imports" / f"{election_id}.json"


def _write(instance: Path, election_id: int, run: Run) -> None:
    file = _file(instance, election_id)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = file.with_suffix(".fresh")
    fresh.write_text(json.dumps({**asdict(run), "at": clock.now().isoformat()}, ensure_ascii=False), encoding="utf-8")
    os.replace(fresh, file)
