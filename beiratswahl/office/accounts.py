"""Accounts of the office, the polling boards and the counting teams of one municipality."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from wtforms import IntegerField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from beiratswahl import clock
from beiratswahl.access import archive, passphrases, passwords
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding, place
from beiratswahl.access.roles import DISTRICT_ROLES, Role
from beiratswahl.access.roles import Permission as Allowed
from beiratswahl.office.frame import done, show
from beiratswahl.operations import accounts as operations
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read import accounts as read
from beiratswahl.store.read import setup
from beiratswahl.store.read.accounts import AccountView

NOWHERE = 0
LOCK, UNLOCK = "sperren", "entsperren"


class PermitForm(Form):
    """Berechtigung."""

    role = SelectField("Rolle", choices={role.value: role.value for role in Role}, default=Role.COUNTING_TEAM.value)
    district = SelectField("Stimmbezirk", coerce=int, default=NOWHERE)
    group = IntegerField("Auszählungsgruppe", validators=[Optional()])


class AccountForm(PermitForm):
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
    password = PasswordField("Erstes Passwort")


class PasswordForm(Form):
    """Neues Passwort."""

    password = PasswordField("Neues Passwort")


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/konten"
    door.add_url_rule(base, "accounts", accounts, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/<int:account_id>", "account", account, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/<int:account_id>/sperre", "lock", lock, methods=["POST"])
    door.add_url_rule(f"{base}/<int:account_id>/passwort", "password", password, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/<int:account_id>/berechtigung/<int:permit_id>/entzug", "revoke", revoke, methods=["POST"])


@holding(Allowed.MANAGE_ACCOUNTS)
def accounts(election_id: int) -> ResponseReturnValue:
    """Konten zeigen und anlegen."""
    form = AccountForm()
    _offer_districts(form, election_id)
    refusal = ""
    if form.validate_on_submit():
        try:
            drawn = _create(form)
            if drawn:
                return _show_once(form.login.data, form.name.data, drawn)
            return done(f"Das Konto „{form.login.data}“ ist angelegt.", "accounts")
        except passwords.UnfitPassword as error:
            form.password.errors = [str(error)]
        except Refused as error:
            refusal = str(error)
    present = read.accounts(archive.session(), place().municipality.municipality_id)
    return show(
        "accounts/accounts.html", "accounts", form=form, accounts=present, now=clock.now(), refusal=refusal, refused=_bad(form, refusal)
    )


@holding(Allowed.MANAGE_ACCOUNTS)
def account(election_id: int, account_id: int) -> ResponseReturnValue:
    """Ein Konto; the form gives it a further permit."""
    view = _account_here(account_id)
    form = PermitForm()
    _offer_districts(form, election_id)
    refusal = ""
    if form.validate_on_submit():
        try:
            _permit(form, account_id)
            return done("Die Berechtigung ist erteilt.", "account", account_id=account_id)
        except Refused as error:
            refusal = str(error)
    return _page(view, form, refusal)


@holding(Allowed.MANAGE_ACCOUNTS)
def lock(election_id: int, account_id: int) -> ResponseReturnValue:
    """Konto sperren oder entsperren."""
    view = _account_here(account_id)
    wanted = request.form.get("was")
    if wanted not in (LOCK, UNLOCK):
        abort(400)
    act = operations.lock_account if wanted == LOCK else operations.unlock_account
    try:
        act(desk(), place().municipality.municipality_id, account_id)
    except Refused as error:
        return _refused(view, election_id, error)
    return done(f"Das Konto „{view.login}“ ist {'gesperrt' if wanted == LOCK else 'entsperrt'}.", "account", account_id=account_id)


@holding(Allowed.MANAGE_ACCOUNTS)
def password(election_id: int, account_id: int) -> ResponseReturnValue:
    """Neues Passwort: typed, or drawn and shown once."""
    view = _account_here(account_id)
    form = PasswordForm()
    refusal = ""
    if form.validate_on_submit():
        try:
            phrase, drawn = _chosen(form.password.data)
            operations.set_password(desk(), place().municipality.municipality_id, account_id, passwords.hash_of(phrase))
            if drawn:
                return _show_once(view.login, view.name, phrase)
            return done(f"„{view.login}“ hat ein neues Passwort.", "account", account_id=account_id)
        except passwords.UnfitPassword as error:
            form.password.errors = [str(error)]
        except Refused as error:
            refusal = str(error)
    return show("accounts/password.html", "accounts", form=form, account=view, refusal=refusal, refused=_bad(form, refusal))


@holding(Allowed.MANAGE_ACCOUNTS)
def revoke(election_id: int, account_id: int, permit_id: int) -> ResponseReturnValue:
    """Berechtigung entziehen."""
    view = _account_here(account_id)
    if permit_id not in {of.permit_id for of in view.permits}:
        abort(404)
    try:
        operations.revoke_permit(desk(), permit_id)
    except Refused as error:
        return _refused(view, election_id, error)
    if len(view.permits) == 1:
        return done(f"„{view.login}“ arbeitet nicht mehr für diese Körperschaft.", "accounts")
    return done("Die Berechtigung ist entzogen.", "account", account_id=account_id)


def _account_here(account_id: int) -> AccountView:
    """The account of the address, which must have a permit in the municipality of the place (else 404)."""
    view = read.account(archive.session(), place().municipality.municipality_id, account_id)
    if view is None:
        abort(404)
    return view


def _page(view: AccountView, form: PermitForm, refusal: str) -> ResponseReturnValue:
    resting = view.rests_until_utc is not None and view.rests_until_utc > clock.now()
    is_own = desk().actor.account_id == view.account_id
    return show(
        "accounts/account.html",
        "accounts",
        account=view,
        form=form,
        resting=resting,
        is_own=is_own,
        refusal=refusal,
        refused=_bad(form, refusal),
    )


def _refused(view: AccountView, election_id: int, error: Refused) -> ResponseReturnValue:
    form = PermitForm(formdata=None)
    _offer_districts(form, election_id)
    return _page(view, form, str(error))


def _bad(form: Form, refusal: str) -> bool:
    return bool(refusal or any(field.errors for field in form))


def _offer_districts(form: PermitForm, election_id: int) -> None:
    districts = {str(of.district_id): f"{of.number} {of.name}" for of in setup.districts(archive.session(), election_id)}
    form.district.choices = {str(NOWHERE): "keiner", **districts}


def _create(form: AccountForm) -> str:
    """Make the account with its first permit; the passphrase when it was drawn, else nothing."""
    _at_its_place(form)
    phrase, drawn = _chosen(form.password.data)
    account_id = operations.create_account(desk(), form.login.data, form.name.data.strip(), passwords.hash_of(phrase))
    _permit(form, account_id)
    return phrase if drawn else ""


def _permit(form: PermitForm, account_id: int) -> None:
    _at_its_place(form)
    municipality_id, district_id = place().municipality.municipality_id, form.district.data or None
    operations.permit(desk(), account_id, municipality_id, form.role.data, district_id, form.group.data)


def _at_its_place(form: PermitForm) -> None:
    if (Role(form.role.data) in DISTRICT_ROLES) != bool(form.district.data):
        raise Refused("Wahlvorstand und Zählgruppe gehören zu genau einem Stimmbezirk; Administration und Wahlamt zu keinem.")
    if (Role(form.role.data) is Role.COUNTING_TEAM) != (form.group.data is not None):
        raise Refused("Ein Konto einer Zählgruppe gehört zu einer Auszählungsgruppe, sonst keines. Tragen Sie ihre Nummer ein (1, 2 …).")


def _chosen(typed: str | None) -> tuple[str, bool]:
    return (typed, False) if typed else (passphrases.draw(), True)


def _show_once(login: str, name: str, phrase: str) -> ResponseReturnValue:
    return show("accounts/passphrase.html", "accounts", login=login, name=name, phrase=phrase)
