"""Every page × every role × own and foreign municipality, from the one table of permits."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from beiratswahl.access.gates import MARK
from beiratswahl.access.roles import DISTRICT_ROLES, Permission, Role
from beiratswahl.app import create_app
from beiratswahl.config import Config
from beiratswahl.operations.desk import Actor, Desk
from beiratswahl.store.database import open_engine
from tests.databases import SqliteTemplates
from tests.world import PASSWORD, Place, account, admitted, found

LOGGED_IN_GATES = ("logged_in",)
FORBIDDEN, NOT_FOUND = 403, 404


@pytest.fixture(scope="module")
def house(sqlite_templates: SqliteTemplates, tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Place, Place]:
    url = sqlite_templates.clone()
    engine = open_engine(url)
    with Session(engine) as session:
        desk = Desk(session, Actor(None, "Aufbau", ""))
        own, foreign = admitted(desk), found(desk, ags="07998000", name="Stadt Nachbarstadt")
        for role in Role:
            account(desk, role.name.lower(), role, own, own.districts[0] if role in DISTRICT_ROLES else None)
    engine.dispose()
    config = Config(instance=tmp_path_factory.mktemp("instance"), database_url=url, secret_key="x" * 40, secure_cookies=False)
    app = create_app(config)
    app.config["WTF_CSRF_ENABLED"] = False
    return app, own, foreign


def log_in(app: Flask, role: Role | None) -> FlaskClient:
    client = app.test_client()
    if role is not None:
        answer = client.post("/anmelden", data={"login": role.name.lower(), "password": PASSWORD})
        assert answer.status_code == 302, answer.text
    return client


def addresses(app: Flask, place: Place, district: int) -> Iterator[tuple[str, str, object, bool]]:
    """Every view with a gate: address at a place, method, gate, whether the place stands in the address."""
    values = {"election_id": place.election_id, "district_id": district}
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or rule.endpoint.startswith("public."):
            continue
        gate = getattr(app.view_functions[rule.endpoint], MARK)
        # nobody's account: an empty form draws somebody a new password
        others = {name: 0 if name == "account_id" else 1 for name in rule.arguments - set(values)}
        with app.test_request_context():
            from flask import url_for

            address = url_for(rule.endpoint, **{name: values[name] for name in rule.arguments & set(values)}, **others)
        method = "POST" if "POST" in (rule.methods or ()) else "GET"
        yield address, method, gate, bool(rule.arguments & set(values))


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role.name if role else "nobody")
def test_every_page_lets_in_whom_the_table_names_and_nobody_else(house: tuple[Flask, Place, Place], role: Role | None) -> None:
    app, own, _ = house
    client = log_in(app, role)
    for address, method, gate, placed in addresses(app, own, own.districts[0]):
        if gate == "public" or "abmelden" in address:
            continue
        status = client.open(address, method=method).status_code
        if role is None:
            assert status == 302, (address, status)
        elif isinstance(gate, Permission) and role not in gate.roles:
            wanted = {FORBIDDEN, NOT_FOUND} if role in DISTRICT_ROLES and placed else {FORBIDDEN}
            assert status in wanted, (address, status)
        else:
            assert status not in {401, FORBIDDEN, 405, 500}, (address, status)


@pytest.mark.parametrize("role", Role, ids=lambda role: role.name)
def test_a_foreign_municipality_is_not_found(house: tuple[Flask, Place, Place], role: Role) -> None:
    app, _, foreign = house
    client = log_in(app, role)
    for address, method, gate, placed in addresses(app, foreign, foreign.districts[0]):
        if placed and isinstance(gate, Permission):
            assert client.open(address, method=method).status_code == NOT_FOUND, address


@pytest.mark.parametrize("role", DISTRICT_ROLES, ids=lambda role: role.name)
def test_a_team_does_not_find_the_district_next_door(house: tuple[Flask, Place, Place], role: Role) -> None:
    app, own, _ = house
    client = log_in(app, role)
    for address, method, gate, placed in addresses(app, own, own.districts[1]):
        if placed and isinstance(gate, Permission) and "/stimmbezirk/" in address:
            assert client.open(address, method=method).status_code == NOT_FOUND, address


def test_the_administration_has_no_right_in_roll_count_or_result() -> None:
    allowed = {permission for permission in Permission if Role.ADMINISTRATION in permission.roles}
    assert allowed == {Permission.MANAGE_ACCOUNTS, Permission.READ_JOURNAL}


def test_a_wrong_password_five_times_rests_the_account(house: tuple[Flask, Place, Place]) -> None:
    app, _, _ = house
    client = app.test_client()
    for _attempt in range(5):
        assert client.post("/anmelden", data={"login": "administration", "password": "falsch"}).status_code == 422
    answer = client.post("/anmelden", data={"login": "administration", "password": PASSWORD})
    assert answer.status_code == 422
    assert "ruht" in answer.text


def test_a_posting_page_refuses_a_foreign_request(house: tuple[Flask, Place, Place], tmp_path: Path) -> None:
    app, _, _ = house
    guarded = create_app(Config(tmp_path, app.config["SQLALCHEMY_DATABASE_URI"], "y" * 40, secure_cookies=False))
    assert guarded.test_client().post("/anmelden", data={"login": "x", "password": "y"}).status_code == 400


@pytest.mark.parametrize("wanted", ["https://example.org/", "//example.org", "/\\example.org"])
def test_after_login_nobody_is_sent_to_a_foreign_site(house: tuple[Flask, Place, Place], wanted: str) -> None:
    app, _, _ = house
    answer = app.test_client().post("/anmelden", query_string={"next": wanted}, data={"login": "election_office", "password": PASSWORD})
    assert answer.status_code == 302
    assert "example.org" not in answer.headers["Location"]
