"""Accounts and permits: who may change whose, and that every change is told."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from beiratswahl.access.roles import Role
from beiratswahl.operations import accounts
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.store.read import accounts as read
from beiratswahl.store.tables.accounts import Account
from beiratswahl.store.tables.journal import JournalEntry
from tests.world import Place, account, found


@pytest.fixture
def place(desk: Desk) -> Place:
    return found(desk)


def sat_at_by(desk: Desk, account_id: int) -> Desk:
    """The same desk with the account's owner behind it."""
    return Desk(desk.session, replace(desk.actor, account_id=account_id, role=Role.ADMINISTRATION.value))


def told(desk: Desk, municipality_id: int) -> list[tuple[str, str]]:
    query = select(JournalEntry).where(JournalEntry.chain == municipality_id).order_by(JournalEntry.number)
    return [(entry.act, entry.subject) for entry in desk.session.scalars(query)]


def roles(desk: Desk, place: Place, account_id: int) -> list[str]:
    view = read.account(desk.session, place.municipality_id, account_id)
    return [permit.role for permit in view.permits] if view else []


def test_nobody_changes_the_own_permits(desk: Desk, place: Place) -> None:
    admin = account(desk, "admin", Role.ADMINISTRATION, place)
    accounts.permit(desk, admin, place.municipality_id, Role.COUNTING_TEAM.value, place.districts[0])
    before = told(desk, place.municipality_id)
    own = sat_at_by(desk, admin)
    with pytest.raises(Refused, match="Eigene Berechtigungen"):
        accounts.permit(own, admin, place.municipality_id, Role.ELECTION_OFFICE.value)
    team = read.accounts(desk.session, place.municipality_id)[0].permits[1]
    with pytest.raises(Refused, match="Eigene Berechtigungen"):
        accounts.revoke_permit(own, team.permit_id)
    with pytest.raises(Refused, match="eigenes Konto"):
        accounts.lock_account(own, place.municipality_id, admin)
    assert roles(desk, place, admin) == ["Administration", "Zählgruppe"]
    assert told(desk, place.municipality_id) == before


def test_every_permit_is_told_to_the_municipality(desk: Desk, place: Place) -> None:
    somebody = account(desk, "amt", Role.ELECTION_OFFICE, place)
    accounts.permit(desk, somebody, place.municipality_id, Role.POLLING_BOARD.value, place.districts[0])
    accounts.revoke_permit(desk, read.accounts(desk.session, place.municipality_id)[0].permits[0].permit_id)
    assert roles(desk, place, somebody) == ["Wahlvorstand"]
    assert told(desk, place.municipality_id)[-3:] == [
        ("Berechtigung erteilt", "amt als Wahlamt"),
        ("Berechtigung erteilt", "amt als Wahlvorstand"),
        ("Berechtigung entzogen", "amt als Wahlamt"),
    ]


def test_a_permit_is_given_once_and_in_a_district_of_its_own_municipality(desk: Desk, place: Place) -> None:
    elsewhere = found(desk, ags="07999001", name="Stadt Anderswo")
    somebody = account(desk, "amt", Role.ELECTION_OFFICE, place)
    with pytest.raises(Refused, match="schon"):
        accounts.permit(desk, somebody, place.municipality_id, Role.ELECTION_OFFICE.value)
    with pytest.raises(Refused, match="anderen Körperschaft"):
        accounts.permit(desk, somebody, place.municipality_id, Role.COUNTING_TEAM.value, elsewhere.districts[0])
    assert roles(desk, place, somebody) == ["Wahlamt"]


def test_the_last_permit_stays(desk: Desk, place: Place) -> None:
    somebody = account(desk, "amt", Role.ELECTION_OFFICE, place)
    with pytest.raises(Refused, match="letzte Berechtigung"):
        accounts.revoke_permit(desk, read.accounts(desk.session, place.municipality_id)[0].permits[0].permit_id)
    assert roles(desk, place, somebody) == ["Wahlamt"]


def test_locking_unlocking_and_a_new_password_end_open_sessions(desk: Desk, place: Place) -> None:
    somebody = account(desk, "amt", Role.ELECTION_OFFICE, place)
    tokens = {desk.session.get_one(Account, somebody).session_token}
    accounts.lock_account(desk, place.municipality_id, somebody)
    assert not desk.session.get_one(Account, somebody).active
    tokens.add(desk.session.get_one(Account, somebody).session_token)
    with pytest.raises(Refused, match="schon gesperrt"):
        accounts.lock_account(desk, place.municipality_id, somebody)
    accounts.unlock_account(desk, place.municipality_id, somebody)
    with pytest.raises(Refused, match="nicht gesperrt"):
        accounts.unlock_account(desk, place.municipality_id, somebody)
    accounts.set_password(desk, place.municipality_id, somebody, "$argon2id$another")
    row = desk.session.get_one(Account, somebody)
    tokens.add(row.session_token)
    assert (row.active, row.password_hash, len(tokens)) == (True, "$argon2id$another", 3)
    assert [act for act, _ in told(desk, place.municipality_id)[-3:]] == ["Konto gesperrt", "Konto entsperrt", "Passwort geändert"]


def test_an_account_that_rests_after_failures_can_be_woken(desk: Desk, place: Place) -> None:
    somebody = account(desk, "amt", Role.ELECTION_OFFICE, place)
    for _ in range(accounts.FAILURES_BEFORE_LOCK):
        accounts.note_failure(desk, somebody)
    assert desk.session.get_one(Account, somebody).locked_until_utc is not None
    accounts.unlock_account(desk, place.municipality_id, somebody)
    assert desk.session.get_one(Account, somebody).locked_until_utc is None


def test_an_account_of_two_municipalities_is_no_ones_alone(desk: Desk, place: Place) -> None:
    elsewhere = found(desk, ags="07999001", name="Stadt Anderswo")
    somebody = account(desk, "amt", Role.ELECTION_OFFICE, place)
    accounts.permit(desk, somebody, elsewhere.municipality_id, Role.ELECTION_OFFICE.value)
    before = desk.session.get_one(Account, somebody).session_token
    for act in (accounts.lock_account, accounts.unlock_account):
        with pytest.raises(Refused, match="andere Körperschaft"):
            act(desk, place.municipality_id, somebody)
    with pytest.raises(Refused, match="andere Körperschaft"):
        accounts.set_password(desk, place.municipality_id, somebody, "$argon2id$another")
    assert desk.session.get_one(Account, somebody).session_token == before
