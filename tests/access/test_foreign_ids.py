"""A number in an address opens only what belongs to the election of the address, at every door.

Two elections of one municipality stand side by side, so that no gate helps: whoever may open the first may open the second too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from beiratswahl.access.roles import Role
from beiratswahl.app import create_app
from beiratswahl.config import Config
from beiratswahl.operations import accounts
from beiratswahl.operations.desk import Actor, Desk
from beiratswahl.store.database import open_engine
from beiratswahl.store.read import accounts as read_accounts
from beiratswahl.store.tables.accounts import Account
from tests.databases import SqliteTemplates
from tests.documents import samples
from tests.doors.filled import fill, second_election
from tests.world import ELECTION_DAY, PASSWORD, Place, account, found

MISSING = 404
EVERYWHERE = frozenset({"election_id", "district_id"})
#: arguments that name a thing of the law or of the program, not of an election; an unknown one is not found
GENERAL = {"key": ("remaining_votes", "erfunden"), "preset": ("listenmodell", "erfunden")}


@dataclass(frozen=True)
class Things:
    """What stands in addresses, once from the own election and once from the one beside it.

    Attributes:
        own: value of each argument, at home in the election of the address.
        foreign: values that exist, but belong elsewhere; a ballot or version with a number only the other election has.
    """

    own: dict[str, object]
    foreign: dict[str, object]


@pytest.fixture(scope="module")
def house(sqlite_templates: SqliteTemplates, tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Place, Things]:
    url, folder = sqlite_templates.clone(), tmp_path_factory.mktemp("foreign")
    engine = open_engine(url)
    with Session(engine) as session:
        desk = Desk(session, Actor(None, "Aufbau", ""))
        here = found(desk)
        beside = second_election(desk, here)
        far = found(desk, ags="07998000", name="Stadt Nachbarstadt")
        own = fill(desk, here, ELECTION_DAY, 1, folder)
        foreign = fill(desk, beside, ELECTION_DAY + timedelta(days=7), 2, folder)
        account(desk, "amt", Role.ELECTION_OFFICE, here)
        accounts.permit(desk, session.scalars(select(Account.id)).one(), here.municipality_id, Role.ADMINISTRATION.value)
        for login, place in (("kollegin", here), ("fremd", far)):
            account_id = account(desk, login, Role.ELECTION_OFFICE, place)
            accounts.permit(desk, account_id, place.municipality_id, Role.ADMINISTRATION.value)
            view = read_accounts.account(session, place.municipality_id, account_id)
            assert view is not None
            (own if place is here else foreign).update(account_id=account_id, permit_id=view.permits[0].permit_id)
        foreign.update(position=14, ags="07998000", district_id=beside.districts[0], election_id=beside.election_id)
        own.update(
            {name: known for name, (known, _) in GENERAL.items()},
            ags=samples.preliminary().ags,
            district_id=here.districts[0],
            election_id=here.election_id,
        )
        foreign.update({name: unknown for name, (_, unknown) in GENERAL.items()})
    engine.dispose()
    app = create_app(Config(instance=folder, database_url=url, secret_key="x" * 40, secure_cookies=False))
    app.config["WTF_CSRF_ENABLED"] = False
    return app, here, Things(own, foreign)


@pytest.fixture
def client(house: tuple[Flask, Place, Things]) -> FlaskClient:
    client = house[0].test_client()
    assert client.post("/anmelden", data={"login": "amt", "password": PASSWORD}).status_code == 302
    return client


def addresses(app: Flask) -> Iterator[Rule]:
    """Every address that names more than the election or the polling district alone."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static" and (rule.arguments - EVERYWHERE or rule.arguments >= EVERYWHERE):
            yield rule


def open_all(app: Flask, client: FlaskClient, rule: Rule, values: dict[str, object]) -> list[int]:
    with app.test_request_context():
        address = url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})
    statuses = []
    for method in sorted((rule.methods or set()) & {"GET", "POST"}):
        with client.open(address, method=method) as answer:
            statuses.append(answer.status_code)
    return statuses


def test_every_argument_of_an_address_is_known_to_this_test(house: tuple[Flask, Place, Things]) -> None:
    app, _, things = house
    known = set(things.own) & set(things.foreign)
    assert {name for rule in addresses(app) for name in rule.arguments} <= known


def test_nothing_of_another_election_is_found(house: tuple[Flask, Place, Things], client: FlaskClient) -> None:
    app, _, things = house
    opened = []
    for rule in addresses(app):
        for name in sorted(rule.arguments):
            if name == "election_id" or (name == "district_id" and "election_id" not in rule.arguments):
                continue  # the place itself, which its gate checks; see the test of the permits
            values = {**things.own, name: things.foreign[name]}
            for status in open_all(app, client, rule, values):
                if status != MISSING:
                    opened.append((rule.rule, name, status))
    assert opened == []


def test_the_whole_other_election_is_found_neither_with_own_numbers(house: tuple[Flask, Place, Things], client: FlaskClient) -> None:
    app, _, things = house
    opened = []
    for rule in addresses(app):
        if "election_id" not in rule.arguments or not rule.arguments & {"nomination_id", "person_id", "district_id"}:
            continue
        values = {**things.own, "election_id": things.foreign["election_id"]}
        opened += [(rule.rule, status) for status in open_all(app, client, rule, values) if status != MISSING]
    assert opened == []


def test_a_public_address_of_nothing_published_is_not_found(house: tuple[Flask, Place, Things]) -> None:
    app, _, things = house
    stranger = app.test_client()
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("public.") and "election_id" in rule.arguments:
            assert set(open_all(app, stranger, rule, {**things.own, "election_id": 9999})) == {MISSING}, rule.rule


def test_the_own_things_are_found(house: tuple[Flask, Place, Things], client: FlaskClient) -> None:
    """The proof that the other tests can fail; it runs last, because it also sends."""
    app, _, things = house
    missing = [rule.rule for rule in addresses(app) if MISSING in open_all(app, client, rule, things.own)]
    assert missing == []
