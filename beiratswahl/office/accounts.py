"""Accounts of the office, the polling boards and the counting teams of one municipality."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from beiratswahl.access import archive, passwords
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding, place
from beiratswahl.access.roles import DISTRICT_ROLES, Role
from beiratswahl.access.roles import Permission as Allowed
from beiratswahl.office.frame import done, show
from beiratswahl.operations.accounts import create_account, permit
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read import accounts as read
from beiratswahl.store.read import setup

NOWHERE = 0


class AccountForm(Form):
    """Angaben zum Konto."""

    login = StringField(
        "Anmeldename",
        validators=[
            InputRequired("Geben Sie einen Anmeldenamen ein."),
            Length(min=3, max=60),
            Regexp(r"[a-z0-9][a-z0-9._-]*$", message="Erlaubt sind kleine Buchstaben a bis z, Ziffern, Punkt und Bindestrich."),
        ],
    )
    name = StringField("Name", validators=[InputRequired("Geben Sie den Namen der Person oder Gruppe ein."), Length(max=120)])
    role = SelectField("Rolle", choices={role.value: role.value for role in Role}, default=Role.COUNTING_TEAM.value)
    district = SelectField("Stimmbezirk", coerce=int, default=NOWHERE)
    password = PasswordField("Erstes Passwort", validators=[InputRequired("Geben Sie ein Passwort ein.")])


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    door.add_url_rule("/wahl/<int:election_id>/konten", "accounts", accounts, methods=["GET", "POST"])


@holding(Allowed.MANAGE_ACCOUNTS)
def accounts(election_id: int) -> ResponseReturnValue:
    """Konten zeigen und anlegen."""
    form = AccountForm()
    districts = {str(of.district_id): f"{of.number} {of.name}" for of in setup.districts(archive.session(), election_id)}
    form.district.choices = {str(NOWHERE): "keiner (Administration und Wahlamt)", **districts}
    refusal = ""
    if form.validate_on_submit():
        try:
            _create(form)
            return done(f"Das Konto „{form.login.data}“ ist angelegt.", "accounts")
        except passwords.UnfitPassword as error:
            form.password.errors = [str(error)]
        except Refused as error:
            refusal = str(error)
    permits = read.permits(archive.session(), place().municipality.municipality_id)
    return show("accounts/accounts.html", "accounts", form=form, permits=permits, refusal=refusal, refused=bool(refusal or form.errors))


def _create(form: AccountForm) -> None:
    role = Role(form.role.data)
    district_id = form.district.data or None
    if (role in DISTRICT_ROLES) != (district_id is not None):
        raise Refused("Wahlvorstand und Zählgruppe gehören zu genau einem Stimmbezirk; Administration und Wahlamt zu keinem.")
    password_hash = passwords.hash_of(form.password.data)
    account_id = create_account(desk(), form.login.data, form.name.data.strip(), password_hash)
    permit(desk(), account_id, place().municipality.municipality_id, role.value, district_id)
