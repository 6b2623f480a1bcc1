"""Taking over a register export in the background: the page shows how far it is, whichever process answers."""

import json
import os
import shutil
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from beiratswahl import clock, words
from beiratswahl.access import archive
from beiratswahl.office import import_changes
from beiratswahl.operations.desk import Actor, Desk, Refused
from beiratswahl.operations.findings import FileRefused, Finding, Kind
from beiratswahl.operations.register_columns import read_mapping
from beiratswahl.operations.roll import ImportReport, import_register
from beiratswahl.operations.roll_preview import preview_import

RUNNING, PREVIEWED, DONE, REFUSED, FAILED = "running", "previewed", "done", "refused", "failed"
#: changes listed on the page of a preview; the file beside it has all
LISTED = 100
#: lines named in which the same is wrong as in the first one
PLACES = 10
#: a run that has not said anything for so long has ended with its process
SILENCE = timedelta(minutes=2)
BETWEEN_SIGNS = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Run:
    """Stand einer Übernahme, as the page shows it.

    Attributes:
        state: running, previewed, done, refused or failed.
        releasing: True while a released export is being taken over, False while its preview is made.
        file_name: name of the export.
        done: lines read.
        whole: lines in all, 0 before they are counted.
        text: German sentence for a refusal or a failure.
        findings: place, kind and text of what is wrong in the file, or strange.
        errors: all errors, also those not listed.
        warnings: all warnings, also those not listed.
        report: numbers of the report, when done.
        preview: what the preview found, and its `state` for the release.
        export, mapping: where the files wait for the release.
        changes_only: the export names only who changed.
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
    preview: dict[str, Any] | None = None
    export: str = ""
    mapping: str = ""
    changes_only: bool = False
    releasing: bool = False


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


def begin(app: Flask, actor: Actor, election_id: int, export: Path, mapping: Path | None, *, changes_only: bool = False) -> None:
    """Start the preview of an export; its folder waits for the release. An earlier preview that waits is given up.

    Raises:
        Refused: an export of this election is being taken over already.
    """
    instance = Path(app.instance_path)
    running = latest(instance, election_id)
    if running is not None and running.state == RUNNING:
        raise Refused("Für diese Wahl läuft schon eine Übernahme. Warten Sie, bis sie fertig ist.")
    _forget(running)
    run = Run(RUNNING, export.name, export=str(export), mapping=str(mapping or ""), changes_only=changes_only)
    _start(app, actor, election_id, run)


def release(app: Flask, actor: Actor, election_id: int) -> None:
    """Gib die Vorschau frei: take the export over as it was shown.

    Raises:
        Refused: no preview waits.
    """
    waiting = latest(Path(app.instance_path), election_id)
    if waiting is None or waiting.state != PREVIEWED:
        raise Refused("Es wartet keine Vorschau auf die Freigabe. Lesen Sie den Auszug noch einmal ein.")
    _start(app, actor, election_id, replace(waiting, state=RUNNING, done=0, findings=(), releasing=True))


def changes_file(instance: Path, election_id: int) -> Path | None:
    """Every change of the preview that waits, as CSV; None when none waits."""
    waiting = latest(instance, election_id)
    file = import_changes.file_of(Path(waiting.export)) if waiting is not None and waiting.state == PREVIEWED else None
    return file if file is not None and file.is_file() else None


def give_up(instance: Path, election_id: int) -> None:
    """Verwirf eine wartende Vorschau and delete its files."""
    waiting = latest(instance, election_id)
    if waiting is not None and waiting.state == PREVIEWED:
        _forget(waiting)
        _file(instance, election_id).unlink(missing_ok=True)


def _forget(run: Run | None) -> None:
    if run is not None and run.export:
        shutil.rmtree(Path(run.export).parent, ignore_errors=True)


def _start(app: Flask, actor: Actor, election_id: int, run: Run) -> None:
    _write(Path(app.instance_path), election_id, run)
    threading.Thread(target=_work, args=(app, actor, election_id, run), daemon=True).start()


def _work(app: Flask, actor: Actor, election_id: int, run: Run) -> None:
    instance, export = Path(app.instance_path), Path(run.export)
    last = clock.now()

    def tell(done: int, whole: int) -> None:
        nonlocal last
        if clock.now() - last >= BETWEEN_SIGNS:
            last = clock.now()
            _write(instance, election_id, replace(run, done=done, whole=whole))

    try:
        with app.app_context():
            outcome = _outcome(Desk(archive.session(), actor), election_id, run, tell)
    except FileRefused as error:
        found = error.findings
        shown = _lines(found.in_file_order(), found.kinds)
        outcome = Run(REFUSED, export.name, findings=shown, errors=found.errors, warnings=found.warnings)
    except Refused as error:
        outcome = Run(FAILED, export.name, text=str(error))
    except Exception:
        app.logger.exception("the import of a register export failed")
        outcome = Run(FAILED, export.name, text="Bei der Übernahme ist ein Fehler aufgetreten; nichts wurde übernommen.")
    if outcome.state != PREVIEWED:
        _forget(run)
    _write(instance, election_id, outcome)


def _outcome(desk: Desk, election_id: int, run: Run, tell: Callable[[int, int], None]) -> Run:
    export, mapping = Path(run.export), read_mapping(Path(run.mapping)) if run.mapping else None
    if run.preview is not None:
        released = str(run.preview["state"])
        options: dict[str, Any] = {"changes_only": run.changes_only, "released": released}
        return _done(export.name, import_register(desk, election_id, export, mapping, tell, **options))
    with import_changes.recorded(export) as record:
        preview = preview_import(desk, election_id, export, mapping, tell, changes_only=run.changes_only, record=record)
    if preview.repeated:
        return Run(DONE, export.name, report={"repeated": True})
    shown = asdict(replace(preview, changes=preview.changes[:LISTED], warnings=()))
    return replace(run, state=PREVIEWED, preview=shown, findings=_lines(preview.warnings), warnings=len(preview.warnings))


def _done(file_name: str, report: ImportReport) -> Run:
    numbers = {key: value for key, value in asdict(report).items() if isinstance(value, int)}
    return Run(DONE, file_name, findings=_lines(report.warnings), warnings=report.warnings_in_all, report=numbers)


def _lines(findings: Sequence[Finding], amounts: Mapping[Kind, int] | None = None) -> tuple[tuple[str, str, str], ...]:
    """One line for each kind of finding, with the places of the others of its kind."""
    kinds: dict[Kind, list[Finding]] = {}
    for one in findings:
        kinds.setdefault(one.kind, []).append(one)
    return tuple(_line(alike, (amounts or {}).get(kind, len(alike))) for kind, alike in kinds.items())


def _line(alike: Sequence[Finding], amount: int) -> tuple[str, str, str]:
    first = alike[0]
    others = [str(one.line) for one in alike[1 : PLACES + 1] if one.line is not None]
    left = amount - 1 - len(others)
    further = words.counted(left, "weiteren Zeile", "weiteren Zeilen") if left else ""
    where = " und ".join(part for part in (f"Zeile {', '.join(others)}" if others else "", further) if part)
    more = f" Ebenso in {where}." if where else ""
    return first.place, str(first.severity), f"{first.what} {first.why} {first.remedy}{more}"


def _file(instance: Path, election_id: int) -> Path:
    return instance / "imports" / f"{election_id}.json"


def _write(instance: Path, election_id: int, run: Run) -> None:
    file = _file(instance, election_id)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = file.with_suffix(".fresh")
    fresh.write_text(json.dumps({**asdict(run), "at": clock.now().isoformat()}, ensure_ascii=False), encoding="utf-8")
    os.replace(fresh, file)
