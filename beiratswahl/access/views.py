"""Logging in and out: the pages of the porter."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from beiratswahl.access import login, own_password, passwords, team_views
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import logged_in, public
from beiratswahl.access.roles import Role
from beiratswahl.operations import accounts, team_devices

WRONG = "Anmeldename oder Passwort stimmen nicht. Prüfen Sie die Feststelltaste und versuchen Sie es noch einmal."
LOCKED = "Zu viele Fehlversuche. Das Konto ruht fünf Minuten; danach können Sie es erneut versuchen."


class LoginForm(Form):
    """Anmeldung."""

    login = StringField("Anmeldename", validators=[InputRequired("Geben Sie Ihren Anmeldenamen ein.")])
    password = PasswordField("Passwort", validators=[InputRequired("Geben Sie Ihr Passwort ein.")])


def blueprint() -> Blueprint:
    """The porter's pages."""
    pages = Blueprint("access", __name__)
    pages.add_url_rule("/anmelden", "log_in", log_in, methods=["GET", "POST"])
    pages.add_url_rule("/abmelden", "log_out", log_out, methods=["POST"])
    team_views.add_to(pages)
    own_password.add_to(pages)
    return pages


@public
def log_in() -> ResponseReturnValue:
    """Ask for name and password; send the person to the own door."""
    form, problem = LoginForm(), None
    if form.validate_on_submit():
        problem = _try(form.login.data or "", form.password.data or "")
        if problem is None:
            return redirect(_after(request.args.get("next")))
    status = 422 if request.method == "POST" else 200
    return render_template("shared/log_in.html", form=form, problem=problem), status


@logged_in
def log_out() -> ResponseReturnValue:
    """End the session; a counting team's device needs a new code afterwards."""
    person = login.current()
    if person is not None and person.device_id is not None:
        team_devices.leave(login.desk(Role.COUNTING_TEAM), person.device_id)
    login.dismiss()
    flash("Sie sind abgemeldet.", "success")
    return redirect(url_for("access.log_in"))


def _try(name: str, password: str) -> str | None:
    account = login.account_named(name.strip())
    if account is None:
        passwords.waste_time(password)
        return WRONG
    if login.rests(account):
        return LOCKED
    if not account.active or not passwords.fits(account.password_hash, password):
        accounts.note_failure(login.desk(), account.id)
        return WRONG
    accounts.note_login(login.desk(), account.id)
    login.admit(login.person_of(account))
    return None


def _after(wanted: str | None) -> str:
    """The page that was asked for when it lies on this site, else the door of the person's role."""
    if wanted and wanted.startswith("/") and not wanted.startswith(("//", "/\\")):
        return wanted
    return login.home()
