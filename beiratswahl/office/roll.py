"""The electoral roll: its start page with everything that waits, and taking over the register."""

import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, flash, redirect, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from werkzeug.utils import secure_filename
from wtforms import BooleanField, FileField
from wtforms.validators import ValidationError

from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.law.rule_parameters import PARAMETERS
from beiratswahl.office import imports, roll_tasks, roll_words
from beiratswahl.office.frame import done, show
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.rule_changes import ROLL_RULES
from beiratswahl.operations.setup import rule_set
from beiratswahl.store.read import roll as read


class ImportForm(Form):
    """Auszug des Melderegisters."""

    export = FileField("Auszug aus dem Melderegister (CSV)")
    mapping = FileField("Zuordnung der Spalten (TOML)")
    changes_only = BooleanField("Die Datei enthält nur Änderungen (Tagesdatei); wer nicht darin steht, bleibt unverändert.")

    def validate_export(self, field: FileField) -> None:
        """A file must be chosen."""
        if not isinstance(field.data, FileStorage) or not field.data.filename:
            raise ValidationError("Wählen Sie die Datei mit dem Auszug.")


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/verzeichnis"
    door.add_url_rule(base, "roll", overview)
    door.add_url_rule(f"{base}/einlesen", "import_register", take_over, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/einlesen/stand", "import_progress", progress)
    door.add_url_rule(f"{base}/einlesen/aenderungen.csv", "import_changes", changes)
    door.add_url_rule(f"{base}/einlesen/freigeben", "release_import", release, methods=["POST"])
    door.add_url_rule(f"{base}/einlesen/verwerfen", "give_up_import", give_up, methods=["POST"])


@holding(Permission.KEEP_ROLL)
def overview(election_id: int) -> ResponseReturnValue:
    """Stand des Wählerverzeichnisses: what waits, with numbers and the next step."""
    session = archive.session()
    counts = read.verdict_counts(session, election_id)
    answers: Counter[str] = Counter()
    for count in counts:
        answers[count.entitled] += count.persons
    return show(
        "roll/overview.html",
        "roll",
        imports=read.imports(session, election_id),
        counts=counts,
        answers=answers,
        on_application=sum(count.persons for count in counts if (count.entitled, count.entry) == ("no", "application")),
        words=roll_words,
        work=roll_tasks.work(election_id) if counts else (),
        run=imports.latest(_instance(), election_id),
    )


@holding(Permission.KEEP_ROLL)
def take_over(election_id: int) -> ResponseReturnValue:
    """Auszug hochladen; the work itself goes on behind the page of its progress."""
    form = ImportForm()
    refusal = ""
    if form.validate_on_submit():
        folder = _instance() / "imports" / "uploads"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        place = Path(tempfile.mkdtemp(dir=folder))
        export = _kept(form.export.data, place)
        mapping = _kept(form.mapping.data, place) if form.mapping.data and form.mapping.data.filename else None
        try:
            app: Any = current_app
            begin = imports.begin
            begin(app._get_current_object(), desk().actor, election_id, export, mapping, changes_only=bool(form.changes_only.data))
            return redirect(url_for("office.import_progress", election_id=election_id))
        except Refused as error:
            shutil.rmtree(place, ignore_errors=True)
            refusal = str(error)
    refused = bool(refusal or form.errors)
    return show("roll/import.html", "roll", form=form, refusal=refusal, refused=refused, open_rules=_open_rules(election_id))


def _open_rules(election_id: int) -> tuple[str, ...]:
    """Titles of the rules without which nobody can be decided on, and which nobody has confirmed."""
    still = rule_set(archive.session(), election_id).to_be_confirmed()
    return tuple(PARAMETERS[key].title for key in still if key in ROLL_RULES)


@holding(Permission.KEEP_ROLL)
def release(election_id: int) -> ResponseReturnValue:
    """Vorschau freigeben."""
    app: Any = current_app
    try:
        imports.release(app._get_current_object(), desk().actor, election_id)
    except Refused as error:
        flash(str(error), "warning")
    return redirect(url_for("office.import_progress", election_id=election_id))


@holding(Permission.KEEP_ROLL)
def give_up(election_id: int) -> ResponseReturnValue:
    """Vorschau verwerfen; nothing was written."""
    imports.give_up(_instance(), election_id)
    return done("Die Vorschau ist verworfen, es wurde nichts übernommen.", "roll")


@holding(Permission.KEEP_ROLL)
def progress(election_id: int) -> ResponseReturnValue:
    """Stand der Übernahme."""
    run = imports.latest(_instance(), election_id)
    if run is None:
        return redirect(url_for("office.import_register", election_id=election_id))
    return show("roll/progress.html", "roll", run=run, words=roll_words)


@holding(Permission.KEEP_ROLL)
def changes(election_id: int) -> ResponseReturnValue:
    """Alle Änderungen der Vorschau als CSV."""
    file = imports.changes_file(_instance(), election_id)
    if file is None:
        flash("Es wartet keine Vorschau mehr. Lesen Sie den Auszug noch einmal ein.", "warning")
        return redirect(url_for("office.import_register", election_id=election_id))
    return send_file(file.absolute(), mimetype="text/csv", as_attachment=True, download_name=file.name)


def _instance() -> Path:
    return Path(current_app.instance_path)


def _kept(upload: FileStorage, folder: Path) -> Path:
    target = folder / (secure_filename(upload.filename or "") or "auszug.csv")
    upload.save(target)
    return target
