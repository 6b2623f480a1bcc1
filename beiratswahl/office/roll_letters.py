"""Letters of the roll: written on demand, kept as printed, opened again; one with a blocked address is handed out once."""

from collections.abc import Callable

from flask import Blueprint, abort, current_app
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, DateField, RadioField, StringField
from wtforms.validators import InputRequired, Length, Optional

from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.documents.typeface import UnprintableCharacter
from beiratswahl.office import persons, roll_cases
from beiratswahl.office.frame import done, may, show
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.roll_clarification_letters import letter_on_case
from beiratswahl.operations.roll_letter_keeping import write_letter
from beiratswahl.operations.roll_letters import Letter
from beiratswahl.operations.roll_objection_letters import letter_on_objection
from beiratswahl.store.read import electoral_roll
from beiratswahl.store.read.roll_cases import kept_letter


class LetterForm(Form):
    """Schreiben erzeugen."""

    blocked_address = BooleanField("Die gesperrte Anschrift in das Anschriftenfeld drucken (wird im Amtsbuch vermerkt)")
    reason = StringField("Warum braucht das Schreiben die gesperrte Anschrift?", validators=[Length(max=300)])


class ObjectionLetterForm(LetterForm):
    """Schreiben zur Entscheidung über eine Einwendung."""

    to = RadioField("An wen?", validators=[InputRequired("Wählen Sie, an wen das Schreiben geht.")])
    appeal_until = DateField("Letzter Tag für den Widerspruch", validators=[Optional()])


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base, both = "/wahl/<int:election_id>/verzeichnis", ["GET", "POST"]
    door.add_url_rule(f"{base}/person/<int:person_id>/schreiben/erzeugen", "write_letter", write, methods=both)
    door.add_url_rule(f"{base}/einwendung/<int:objection_id>/schreiben", "write_objection_letter", write_on_objection, methods=both)
    door.add_url_rule(f"{base}/schreiben/<int:letter_id>", "kept_letter", kept)


@holding(Permission.KEEP_ROLL)
def write(election_id: int, person_id: int) -> ResponseReturnValue:
    """Schreiben zum Stand des Falls: on the application, or on what is open or settled without one."""
    view, form = persons.found(election_id, person_id), LetterForm()

    def letter(revealed: bool) -> Letter:
        return letter_on_case(archive.session(), election_id, person_id, with_blocked_address=revealed)

    return _written(form, letter, person_id, view=view, objection=None)


@holding(Permission.KEEP_ROLL)
def write_on_objection(election_id: int, objection_id: int) -> ResponseReturnValue:
    """Schreiben zur Entscheidung über eine Einwendung, to either side."""
    session = archive.session()
    one = electoral_roll.objection(session, election_id, objection_id)
    if one is None:
        abort(404)
    view = persons.found(election_id, one.person_id)
    form = ObjectionLetterForm()
    form.to.choices = {
        "wer": f"an {one.raised_by} (hat die Einwendung erhoben)",
        "person": f"an {view.line.given_names} {view.line.family_name} (betroffene Person)",
    }

    def letter(revealed: bool) -> Letter:
        return letter_on_objection(
            session,
            election_id,
            objection_id,
            to_person=form.to.data == "person",
            appeal_until=form.appeal_until.data,
            with_blocked_address=revealed,
        )

    return _written(form, letter, one.person_id, view=view, objection=one)


@holding(Permission.KEEP_ROLL)
def kept(election_id: int, letter_id: int) -> ResponseReturnValue:
    """Ein Schreiben, as it was printed."""
    printed = kept_letter(archive.session(), election_id, letter_id)
    if printed is None:
        abort(404)
    return _pdf(printed, f"schreiben-{letter_id}.pdf", "inline")


def _written(form: LetterForm, letter: Callable[[bool], Letter], person_id: int, **context: object) -> ResponseReturnValue:
    refusal, may_reveal = "", may(Permission.REVEAL_ADDRESS)
    if form.validate_on_submit():
        try:
            of = letter(bool(form.blocked_address.data) and may_reveal)
            letter_id, printed = write_letter(desk(), of, form.reason.data or "")
            if of.blocked_address:
                return _pdf(printed, f"schreiben-{letter_id}.pdf")
            said = f"Das Schreiben an {of.addressee} ist erzeugt. Es bleibt im Verlauf."
            return done(said, "person", person_id=person_id, **roll_cases.kept(), erledigt=1, schreiben=letter_id)
        except Refused as error:
            refusal = str(error)
        except UnprintableCharacter as fault:
            refusal = str(fault)
    return show(
        "roll/write_letter.html",
        "roll",
        form=form,
        refusal=refusal,
        refused=bool(refusal or form.errors),
        may_reveal=may_reveal,
        kept=roll_cases.kept(),
        **context,
    )


def _pdf(data: bytes, name: str, disposition: str = "attachment") -> ResponseReturnValue:
    # no-store, as everything behind the log-in; a blocked address in it must not stay on the machine
    return current_app.response_class(
        data, mimetype="application/pdf", headers={"Content-Disposition": f'{disposition}; filename="{name}"', "Cache-Control": "no-store"}
    )
