"""The own password: changed by the person, and asked for after somebody else has set it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import PasswordField
from wtforms.validators import InputRequired

from beiratswahl.access import login, passwords
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import logged_in
from beiratswahl.operations import accounts
from beiratswahl.operations.desk import Refused

SEE_OTHER, CONFLICT, UNPROCESSABLE = 303, 409, 422
WRONG = "Das bisherige Passwort stimmt nicht. Prüfen Sie die Feststelltaste und versuchen Sie es noch einmal."


class OwnPasswordForm(Form):
    """Eigenes Passwort."""

    present = PasswordField("Bisheriges Passwort", validators=[InputRequired("Geben Sie Ihr bisheriges Passwort ein.")])
    fresh = PasswordField("Neues Passwort", validators=[InputRequired("Geben Sie ein neues Passwort ein.")])
    again = PasswordField("Neues Passwort wiederholen", validators=[InputRequired("Geben Sie das neue Passwort noch einmal ein.")])


def add_to(pages: Blueprint) -> None:
    """Hang the page."""
    pages.add_url_rule("/konto/passwort", "own_password", own_password, methods=["GET", "POST"])


@logged_in
def own_password() -> ResponseReturnValue:
    """Eigenes Passwort ändern; every other session of the account ends."""
    person = login.current()
    if person is None or person.device_id is not None:
        return render_template("shared/no_password.html"), CONFLICT
    form, refusal = OwnPasswordForm(), ""
    if form.validate_on_submit():
        try:
            if _change(form, person):
                flash("Ihr Passwort ist geändert. Auf anderen Geräten sind Sie abgemeldet.", "success")
                return redirect(url_for("access.own_password"), SEE_OTHER)
        except passwords.UnfitPassword as error:
            form.fresh.errors = [str(error)]
        except Refused as error:
            refusal = str(error)
    status = UNPROCESSABLE if request.method == "POST" else 200
    must = person.must_change_password
    return render_template("shared/own_password.html", form=form, refusal=refusal, must=must, home=login.home()), status


def _change(form: OwnPasswordForm, person: login.Person) -> bool:
    """Whether the password is changed; what is wrong stands in the form."""
    account = login.account_named(person.login)
    if account is None or login.rests(account):
        raise Refused("Zu viele Fehlversuche. Das Konto ruht fünf Minuten; danach können Sie es erneut versuchen.")
    if not passwords.fits(account.password_hash, form.present.data):
        accounts.note_failure(login.desk(), account.id)
        form.present.errors = [WRONG]
    elif form.fresh.data != form.again.data:
        form.again.errors = ["Die beiden neuen Passwörter sind nicht gleich."]
    elif form.fresh.data == form.present.data:
        form.fresh.errors = ["Das ist das bisherige Passwort. Wählen Sie ein anderes."]
    else:
        accounts.change_own_password(login.desk(), person.account_id, passwords.hash_of(form.fresh.data))
        changed = login.account_named(person.login)
        if changed is not None:
            login.admit(login.person_of(changed))
        return True
    return False
