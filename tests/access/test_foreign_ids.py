"""A number in an address opens only what belongs to the election of the address, at every door.

Two elections of one municipality stand side by side, so that no gate helps: whoever may open the first may open the second too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from beiratswahl.access import archive
from beiratswahl.access.roles import Role
from beiratswahl.app import create_app
from beiratswahl.config import Config
from beiratswahl.operations import accounts
from beiratswahl.operations.desk import Actor, Desk
from beiratswahl.operations.information import publish_information
from beiratswahl.public import self_check
from beiratswahl.store.database import open_engine
from beiratswahl.store.read import accounts as read_accounts
from beiratswahl.store.read.published import notices
from beiratswahl.store.tables.journal import JournalEntry
from tests.databases import SqliteTemplates
from tests.documents import samples
from tests.doors.filled import fill, second_election
from tests.world import ELECTION_DAY, PASSWORD, Place, account, found

MISSING = 404
#: what a view may answer to an act on something foreign: not found, or refused with nothing done
NOTHING_DONE = {"GET": {MISSING}, "POST": {MISSING, 409, 422}}
EVERYWHERE = frozenset({"election_id", "district_id"})
#: arguments that name a thing of the law or of the program, not of an election; an unknown one is not found
GENERAL = {
    "change": ("ungueltig", "erfunden"),
    "key": ("remaining_votes", "erfunden"),
    "path_taken": (next(iter(self_check.paths())), "erfunden"),
    "preset": ("listenmodell", "erfunden"),
    "which": ("muster", "erfunden"),
}


#: endpoints whose general argument has names of its own
NAMED = {
    "office.notice": {"which": "aufforderung"},
    "office.publish_notice": {"which": "aufforderung"},
    "office.sitting_paper": {"which": "einladung"},
    "office.sitting_act": {"which": "verlauf"},
    "office.tick_deadline": {"key": "corrections_decided"},
    "office.untick_deadline": {"key": "corrections_decided"},
}
#: papers of a closed polling district, where none is closed, and the self-check, which asks nobody once the election day lies behind
NOT_MADE = ("/niederschrift.pdf", "/zaehlliste.pdf", "/schnellmeldung.pdf", "/darf-ich-waehlen/<path_taken>")


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
        foreign = fill(desk, beside, ELECTION_DAY - timedelta(days=7), 2, folder)
        for election_id, things in ((here.election_id, own), (beside.election_id, foreign)):
            publish_information(desk, election_id)
            things.update(notice=max(of.number for of in notices(session, election_id)))
        office_id = account(desk, "amt", Role.ELECTION_OFFICE, here)
        accounts.permit(desk, office_id, here.municipality_id, Role.ADMINISTRATION.value)
        for login, place in (("kollegin", here), ("fremd", far)):
            account_id = account(desk, login, Role.ELECTION_OFFICE, place)
            accounts.permit(desk, account_id, place.municipality_id, Role.ADMINISTRATION.value)
            view = read_accounts.account(session, place.municipality_id, account_id)
            assert view is not None
            (own if place is here else foreign).update(account_id=account_id, permit_id=view.permits[0].permit_id)
        foreign.update(position=14, ags="07998000", district_id=beside.districts[0], election_id=beside.election_id)
        foreign.update(secret="abcd-efgh-jkmn-pqrs", screen="abcd-efgh-jkmn-pqrs")
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
        if rule.endpoint != "static" and (named(rule) - EVERYWHERE or named(rule) >= EVERYWHERE):
            yield rule


def named(rule: Rule) -> set[str]:
    """What stands in the address; the language of a page is fixed with it."""
    return rule.arguments - set(rule.defaults or ())


def open_all(app: Flask, client: FlaskClient, rule: Rule, values: dict[str, object]) -> list[tuple[str, int]]:
    """Method and status of every way to open an address."""
    with app.test_request_context():
        address = url_for(rule.endpoint, **(rule.defaults or {}), **{name: values[name] for name in named(rule)})
    found = []
    for method in sorted((rule.methods or set()) & {"GET", "POST"}):
        with client.open(address, method=method) as answer:
            found.append((method, answer.status_code))
    return found


def entries(app: Flask) -> int:
    with app.app_context():
        return archive.session().scalar(select(func.count()).select_from(JournalEntry)) or 0


def test_every_argument_of_an_address_is_known_to_this_test(house: tuple[Flask, Place, Things]) -> None:
    app, _, things = house
    known = set(things.own) & set(things.foreign)
    assert {name for rule in addresses(app) for name in named(rule)} <= known


def test_nothing_of_another_election_is_found(house: tuple[Flask, Place, Things], client: FlaskClient) -> None:
    app, _, things = house
    opened, before = [], entries(app)
    for rule in addresses(app):
        for name in sorted(named(rule)):
            if name == "election_id" or (name == "district_id" and "election_id" not in rule.arguments):
                continue  # the place itself, which its gate checks; see the test of the permits
            values = {**things.own, **NAMED.get(rule.endpoint, {}), name: things.foreign[name]}
            answers = open_all(app, client, rule, values)
            opened += [(rule.rule, name, method, status) for method, status in answers if status not in NOTHING_DONE[method]]
    assert opened == []
    assert entries(app) == before


def test_the_other_election_does_not_take_the_things_of_the_own_one(house: tuple[Flask, Place, Things], client: FlaskClient) -> None:
    app, _, things = house
    opened, before = [], entries(app)
    for rule in addresses(app):
        if "election_id" not in rule.arguments or not rule.arguments & {"nomination_id", "person_id", "district_id"}:
            continue
        values = {**things.own, "election_id": things.foreign["election_id"]}
        answers = open_all(app, client, rule, values)
        opened += [(rule.rule, method, status) for method, status in answers if status not in NOTHING_DONE[method]]
    assert opened == []
    assert entries(app) == before


def test_a_public_address_of_nothing_published_is_not_found(house: tuple[Flask, Place, Things]) -> None:
    app, _, things = house
    stranger = app.test_client()
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("public.") and "election_id" in rule.arguments:
            answers = open_all(app, stranger, rule, {**things.own, "election_id": 9999})
            assert {status for _, status in answers} == {MISSING}, rule.rule


def test_the_own_things_are_found(house: tuple[Flask, Place, Things], client: FlaskClient) -> None:
    """The proof that the other tests can fail; it runs last, because it also sends."""
    app, _, things = house
    present = [rule for rule in addresses(app) if not rule.rule.endswith(NOT_MADE)]
    answers = {rule.rule: open_all(app, client, rule, {**things.own, **NAMED.get(rule.endpoint, {})}) for rule in present}
    assert [rule for rule, answer in answers.items() if MISSING in {status for _, status in answer}] == []
