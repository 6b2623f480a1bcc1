"""The own password: changed with the present one, forced after somebody else has set it."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.operations import teams
from beiratswahl.operations.desk import Desk
from beiratswahl.store.tables.accounts import Account
from beiratswahl.store.tables.journal import JournalEntry
from tests.doors.conftest import NewVisitor
from tests.doors.pages import Visitor
from tests.world import PASSWORD, Place

OWN, SET = "blau rasen tasse elf", "gelb wiese kanne neun"


def test_a_person_changes_the_own_password_and_is_logged_out_elsewhere(app: Flask, visitor: NewVisitor, archive: Session) -> None:
    here, there = visitor("amt"), visitor("amt")
    page = here.press(here.open("/konto/passwort"), "Passwort ändern", present=PASSWORD, fresh=OWN, again=OWN)
    assert "Ihr Passwort ist geändert" in page.text
    assert here.open("/amt/").heading == "Wahlen"
    assert there.open("/amt/").heading == "Anmelden"
    Visitor(app.test_client()).log_in("amt", OWN)
    assert archive.scalars(select(JournalEntry.subject).where(JournalEntry.act == "Passwort geändert")).all() == ["amt"]


def test_what_is_wrong_is_said_and_changes_nothing(app: Flask, visitor: NewVisitor) -> None:
    here = visitor("amt")
    for present, fresh, again, words in (
        ("falsch", OWN, OWN, "bisherige Passwort stimmt nicht"),
        (PASSWORD, OWN, SET, "nicht gleich"),
        (PASSWORD, "kurz", "kurz", "weniger als 13 Zeichen"),
        (PASSWORD, PASSWORD, PASSWORD, "Wählen Sie ein anderes"),
    ):
        page = here.press(here.open("/konto/passwort"), "Passwort ändern", present=present, fresh=fresh, again=again)
        assert page.status == 422
        assert words in page.refusal
    Visitor(app.test_client()).log_in("amt", PASSWORD)


def test_guessing_the_present_password_rests_the_account(visitor: NewVisitor) -> None:
    here = visitor("amt")
    for _ in range(5):
        here.press(here.open("/konto/passwort"), "Passwort ändern", present="falsch", fresh=OWN, again=OWN)
    page = here.press(here.open("/konto/passwort"), "Passwort ändern", present=PASSWORD, fresh=OWN, again=OWN)
    assert "ruht" in page.refusal


def test_after_a_reset_nothing_works_before_an_own_password(app: Flask, administration: Visitor, place: Place, archive: Session) -> None:
    account_id = archive.scalars(select(Account.id).where(Account.login == "amt")).one()
    page = administration.open(f"/amt/wahl/{place.election_id}/konten/{account_id}/passwort")
    administration.press(page, "Passwort setzen", password=SET)
    person = Visitor(app.test_client())
    person.log_in("amt", SET)
    for address in ("/amt/", f"/amt/wahl/{place.election_id}", f"/auszaehlung/stimmbezirk/{place.districts[0]}/"):
        assert person.open(address).heading == "Eigenes Passwort ändern"
    page = person.press(person.open("/amt/"), "Passwort ändern", present=SET, fresh=OWN, again=OWN)
    assert "Ihr Passwort ist geändert" in page.text
    assert person.open("/amt/").heading == "Wahlen"


def test_a_group_that_logs_in_by_link_gets_no_password(desk: Desk, administration: Visitor, place: Place, archive: Session) -> None:
    teams.issue_link(desk, place.districts[0], 1)
    account_id = archive.scalars(select(Account.id).where(Account.login.startswith("gruppe."))).one()
    page = administration.open(f"/amt/wahl/{place.election_id}/konten/{account_id}/passwort")
    page = administration.press(page, "Passwort setzen", password=SET)
    assert "meldet sich mit Link und Code an" in page.refusal
