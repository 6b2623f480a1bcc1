"""The office door: accounts as the administration keeps them."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.store.tables.accounts import Account
from beiratswahl.store.tables.journal import JournalEntry
from tests.doors.conftest import NewVisitor
from tests.doors.pages import Visitor
from tests.world import PASSWORD, Place

TYPED = "blau rasen tasse elf"


def id_of(archive: Session, login: str) -> int:
    archive.rollback()
    return archive.scalars(select(Account.id).where(Account.login == login)).one()


@pytest.fixture
def base(place: Place) -> str:
    return f"/amt/wahl/{place.election_id}/konten"


def test_a_new_account_shows_its_drawn_passphrase_once(administration: Visitor, app: Flask, base: str, place: Place) -> None:
    wanted = {"login": "zg-2", "name": "Zählgruppe 2", "role": "Zählgruppe", "district": str(place.districts[1]), "group": "1"}
    page = administration.press(administration.open(base), "Konto anlegen", **wanted)
    assert page.heading == "Passwort für „zg-2“"
    values = [" ".join("".join(element.itertext()).split()) for element in page.tree.iter("dd")]
    assert len(values[-1].split()) == 4
    assert values[-1] not in administration.open(base).html
    Visitor(app.test_client()).log_in("zg-2", values[-1])


def test_the_administration_makes_accounts_that_can_log_in(administration: Visitor, app: Flask, base: str, place: Place) -> None:
    wanted = {"login": "zg-2", "name": "Zählgruppe 2", "password": TYPED}
    page = administration.press(administration.open(base), "Konto anlegen", **wanted, role="Zählgruppe")
    assert "genau einem Stimmbezirk" in page.refusal
    assert page.field("Anmeldename").get("value") == "zg-2"
    page = administration.press(administration.open(base), "Konto anlegen", **{**wanted, "password": "kurz"}, role="Wahlamt")
    assert (page.status, "weniger als 13 Zeichen" in page.refusal) == (422, True)
    page = administration.press(administration.open(base), "Konto anlegen", **wanted, role="Zählgruppe", district=str(place.districts[1]))
    assert "gehört zu einer Auszählungsgruppe" in page.refusal
    page = administration.press(page, "Konto anlegen", **wanted, role="Zählgruppe", district=str(place.districts[1]), group="2")
    assert ["zg-2", "Zählgruppe 2", "Zählgruppe, 2 Briefwahlbezirk Süd, Gruppe 2", "offen"] in page.rows("Konten dieser Körperschaft")
    Visitor(app.test_client()).log_in("zg-2", TYPED)


def test_a_locked_account_is_out_at_once_and_back_after_unlocking(
    administration: Visitor, visitor: NewVisitor, office: Visitor, archive: Session, base: str
) -> None:
    page = administration.press(administration.open(f"{base}/{id_of(archive, 'amt')}"), "Konto sperren")
    assert "gesperrt" in page.text
    assert office.open("/amt/").heading == "Anmelden"
    with pytest.raises(AssertionError, match="cannot log in"):
        visitor("amt")
    administration.press(page, "Konto entsperren")
    assert office.open("/amt/").heading == "Anmelden"
    assert visitor("amt").open("/amt/").heading == "Wahlen"


def test_a_new_password_replaces_the_old_one(administration: Visitor, app: Flask, office: Visitor, archive: Session, base: str) -> None:
    path = f"{base}/{id_of(archive, 'amt')}/passwort"
    short = administration.press(administration.open(path), "Passwort setzen", password="kurz")
    assert (short.status, "13 Zeichen" in short.refusal) == (422, True)
    Visitor(app.test_client()).log_in("amt", PASSWORD)
    administration.press(administration.open(path), "Passwort setzen", password=TYPED)
    assert office.open("/amt/").heading == "Anmelden"
    Visitor(app.test_client()).log_in("amt", TYPED)
    drawn = administration.press(administration.open(path), "Passwort setzen")
    assert drawn.heading == "Passwort für „amt“"


def test_a_permit_is_given_and_taken_and_the_journal_tells_the_office(
    administration: Visitor, office: Visitor, archive: Session, base: str, place: Place
) -> None:
    path = f"{base}/{id_of(archive, 'team')}"
    page = administration.press(administration.open(path), "Berechtigung erteilen", role="Wahlvorstand", district=str(place.districts[1]))
    assert len(page.rows("Berechtigungen dieses Kontos")) == 2
    again = administration.press(administration.open(path), "Berechtigung erteilen", role="Wahlvorstand", district=str(place.districts[1]))
    assert (again.status, "schon" in again.refusal) == (422, True)
    page = administration.press(page, "Entziehen: Zählgruppe im Bezirk 1")
    assert [row[0] for row in page.rows("Berechtigungen dieses Kontos")] == ["Wahlvorstand2 Briefwahlbezirk Süd"]
    last = administration.press(page, "Entziehen: Wahlvorstand im Bezirk 2")
    assert (last.status, "letzte Berechtigung" in last.refusal) == (422, True)
    acts = [row[2] for row in office.open(f"/amt/wahl/{place.election_id}/amtsbuch").rows("Einträge")[:2]]
    assert acts[0].startswith("Berechtigung entzogen: team als Zählgruppe")
    assert acts[1].startswith("Berechtigung erteilt: team als Wahlvorstand")


def test_the_administration_cannot_make_itself_the_office(administration: Visitor, archive: Session, base: str) -> None:
    own = id_of(archive, "admin")
    page = administration.open(f"{base}/{own}")
    assert "Das ist Ihr eigenes Konto" in page.text
    before = archive.query(JournalEntry).count()
    token = page.tree.find(".//input[@name='csrf_token']")
    assert token is not None
    forged = administration.client.post(f"{base}/{own}", data={"csrf_token": token.get("value"), "role": "Wahlamt", "district": "0"})
    assert forged.status_code == 422
    assert "Eigene Berechtigungen" in forged.text
    archive.rollback()
    assert archive.query(JournalEntry).count() == before
