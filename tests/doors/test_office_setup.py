"""The office door: setting up an election, its rules, calendar, districts, accounts and journal."""

from io import BytesIO

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl.operations.announcements import letterhead
from beiratswahl.store.read.setup import printed_municipality
from beiratswahl.store.tables.journal import JournalEntry
from beiratswahl.store.tables.setup import Election, PollingDistrict
from tests.doors.conftest import NewVisitor
from tests.doors.pages import Visitor
from tests.world import Place


def amount(archive: Session, table: type) -> int:
    archive.rollback()
    return archive.scalar(select(func.count()).select_from(table)) or 0


def test_the_start_page_shows_only_elections_of_the_own_municipality(office: Visitor, elsewhere: Place) -> None:
    page = office.open("/amt/")
    assert page.heading == "Wahlen"
    assert "Stadt Musterstadt" in page.text
    assert "Stadt Anderswo" not in page.text


def test_a_foreign_election_is_not_found(office: Visitor, elsewhere: Place) -> None:
    assert office.open(f"/amt/wahl/{elsewhere.election_id}/").status == 404


def test_the_election_names_the_next_step_once(office: Visitor, place: Place) -> None:
    page = office.open(f"/amt/wahl/{place.election_id}/")
    assert page.heading == "Beirat für Migration und Integration der Stadt Musterstadt"
    assert page.text.count("nächster Schritt") == 1
    assert "Jetzt erledigen" in page.links


def test_an_election_is_set_up_from_a_preset(office: Visitor, archive: Session) -> None:
    form = office.open(office.open(office.open("/amt/").link("Neue Wahl einrichten")).link("Listenmodell (KWG)"))
    page = office.press(form, "Wahl einrichten", day="2029-11-11", bylaw="Satzung vom 1. März 2029", seats="9")
    assert page.status == 200
    assert page.with_role("status") == ["Die Wahl ist eingerichtet. Bestätigen Sie als Nächstes die offenen Regeln."]
    election = archive.scalars(select(Election).where(Election.bylaw_citation == "Satzung vom 1. März 2029")).one()
    assert election.rule_layers["bylaw"]["values"]["seats"] == 9


def test_an_election_day_that_is_no_sunday_asks_first(office: Visitor, archive: Session, place: Place) -> None:
    form = office.open("/amt/wahl/neu/listenmodell")
    asked = office.press(form, "Wahl einrichten", day="2029-11-12", bylaw="Satzung vom 1. März 2029", seats="9")
    assert (asked.status, amount(archive, Election)) == (422, 1)
    assert "kein Sonntag" in asked.text
    assert asked.field("Wahltag").get("value") == "2029-11-12"
    done = office.press(asked, "Wahl einrichten", is_right="y")
    assert (done.status, amount(archive, Election)) == (200, 2)


def test_an_election_may_span_several_municipalities(office: Visitor, archive: Session, place: Place) -> None:
    form = office.open("/amt/wahl/neu/listenmodell")
    filled = {"day": "2029-11-11", "bylaw": "Satzung von 2029", "seats": "9"}
    page = office.press(form, "Wahl einrichten", **filled, area="07999000, 0799900")
    assert (page.status, amount(archive, Election)) == (422, 1)
    assert "„0799900“" in page.refusal
    assert (page.field("Gemeindeschlüssel des Wahlgebiets").text or "").strip() == "07999000, 0799900"
    page = office.press(form, "Wahl einrichten", **filled, area="07999000,\r\n07131001")
    assert "vertippt" in page.text
    page = office.press(page, "Wahl einrichten", is_right="y")
    assert page.status == 200
    assert "Stadt Musterstadt (07999000), 07131001" in office.open(page.link("Regeln")).text


def test_the_imprint_is_changed_and_bad_input_is_kept(office: Visitor, place: Place) -> None:
    form = office.open(office.open(f"/amt/wahl/{place.election_id}/").link("Angaben zur Körperschaft prüfen"))
    page = office.press(form, "Angaben speichern", name="", postcode="5511", email="wahlamt")
    assert page.status == 422
    assert {"Name der Körperschaft", "Postleitzahl", "E-Mail"} <= {text.split(":")[0] for text in page.links}
    assert page.field("Postleitzahl").get("value") == "5511"
    page = office.press(form, "Angaben speichern", returning_officer="Jörg Neu")
    assert (page.status, page.field("Name der Wahlleitung").get("value")) == (200, "Jörg Neu")


def test_rules_that_contradict_each_other_are_refused_and_keep_what_was_typed(office: Visitor, archive: Session, place: Place) -> None:
    form = office.open("/amt/wahl/neu/personenmodell")
    page = office.press(form, "Wahl einrichten", day="2029-11-11", bylaw="Satzung von 2029", seats="9", system="Verhältniswahl")
    assert (page.status, amount(archive, Election)) == (422, 1)
    assert "Personenmodell" in page.refusal
    assert page.field("Satzung").get("value") == "Satzung von 2029"


def test_an_empty_form_names_every_missing_value_with_a_link(office: Visitor) -> None:
    page = office.press(office.open("/amt/wahl/neu/listenmodell"), "Wahl einrichten")
    assert page.status == 422
    assert {"Wahltag", "Satzung", "Zahl der zu wählenden Mitglieder"} <= {text.split(":")[0] for text in page.links}


def test_a_rule_is_confirmed_with_a_reason(office: Visitor, place: Place, archive: Session) -> None:
    path = f"/amt/wahl/{place.election_id}/regeln/remaining_votes"
    before = amount(archive, JournalEntry)
    page = office.press(office.open(path), "Regel bestätigen", value="top_up", reason="")
    assert (page.status, amount(archive, JournalEntry)) == (422, before)
    page = office.press(office.open(path), "Regel bestätigen", value="top_up", reason="§ 7 der Satzung eingesehen")
    assert (page.heading, amount(archive, JournalEntry)) == ("Regeln der Wahl", before + 1)
    row = next(row for row in page.rows("Bestätigt oder in der Satzung geregelt") if row[0] == "Empfänger der Reststimmen")
    assert row[1] == "alle Personen der Liste bis zur Höchstzahl"
    assert "§ 7 der Satzung eingesehen" in row[2]


def test_a_deadline_after_election_day_is_refused(office: Visitor, place: Place) -> None:
    form = office.open(f"/amt/wahl/{place.election_id}/regeln/application_deadline")
    page = office.press(form, "Regel bestätigen", day="2026-11-20", hour="18:00", reason="Satzung eingesehen")
    assert page.status == 422
    assert "nach dem Wahltag" in page.refusal


def test_every_rule_shows_where_it_comes_from(office: Visitor, place: Place) -> None:
    rows = office.open(f"/amt/wahl/{place.election_id}/regeln").rows("Alle weiteren Regeln")
    assert len(rows) > 30
    assert all(value and source for _, value, source, _ in rows)


def test_the_calendar_computes_from_election_day(office: Visitor, place: Place) -> None:
    page = office.open(f"/amt/wahl/{place.election_id}/fristen")
    assert page.heading == "Fristen und Termine"
    assert "Montag, 28. September 2026, 18:00 Uhr" in page.text.replace("\u00a0", " ")


def test_a_district_number_is_refused_twice(office: Visitor, place: Place, archive: Session) -> None:
    path = f"/amt/wahl/{place.election_id}/stimmbezirke"
    page = office.press(office.open(path), "Stimmbezirk anlegen", number="2", name="Noch einer")
    assert (page.status, amount(archive, PollingDistrict)) == (422, 2)
    assert page.field("Bezeichnung").get("value") == "Noch einer"
    page = office.press(office.open(path), "Stimmbezirk anlegen", number="3", name="Noch einer")
    assert (page.status, amount(archive, PollingDistrict)) == (200, 3)


def test_the_office_manages_no_accounts_and_the_administration_sees_no_count(
    office: Visitor, administration: Visitor, place: Place
) -> None:
    assert office.open(f"/amt/wahl/{place.election_id}/konten").status == 403
    assert administration.open(f"/amt/wahl/{place.election_id}/regeln").status == 403
    assert "Zählung" not in administration.open(f"/amt/wahl/{place.election_id}/").links


def test_the_journal_shows_every_act_and_proves_itself(office: Visitor, place: Place) -> None:
    page = office.open(f"/amt/wahl/{place.election_id}/amtsbuch")
    assert page.rows("Einträge")[-1][2].startswith("Wahl eingerichtet: Wahl am 15.11.2026")
    assert office.open(page.link("Amtsbuch prüfen")).with_role("status")


def test_the_journal_of_an_election_shows_who_was_given_a_permit(office: Visitor, place: Place) -> None:
    acts = [row[2] for row in office.open(f"/amt/wahl/{place.election_id}/amtsbuch").rows("Einträge")]
    assert any(act.startswith("Berechtigung erteilt: admin") for act in acts)


@pytest.mark.parametrize("login", ["amt", "admin"])
def test_a_broken_chain_is_told_to_its_own_municipality_only(
    visitor: NewVisitor, place: Place, elsewhere: Place, archive: Session, login: str
) -> None:
    foreign = archive.scalars(select(JournalEntry).where(JournalEntry.chain == elsewhere.municipality_id)).first()
    assert foreign is not None
    foreign.subject = "gefälscht"
    archive.commit()
    path = f"/amt/wahl/{place.election_id}/amtsbuch/pruefung"
    assert visitor(login).open(path).with_role("alert") == []
    own = archive.scalars(select(JournalEntry).where(JournalEntry.chain == place.municipality_id, JournalEntry.number == 2)).one()
    own.subject = "gefälscht"
    archive.commit()
    refusal = visitor(login).open(path).refusal
    assert f"Kette {place.municipality_id}: Eintrag 2 wurde verändert" in refusal
    assert f"Kette {elsewhere.municipality_id}" not in refusal


@pytest.mark.parametrize("login", ["team", "vorstand"])
def test_counting_teams_do_not_enter_the_office(visitor: NewVisitor, login: str, place: Place) -> None:
    team = visitor(login)
    assert team.open("/amt/").status == 403
    assert team.open(f"/amt/wahl/{place.election_id}/amtsbuch").status in (403, 404)


def test_strangers_are_asked_to_log_in(visitor: NewVisitor, place: Place) -> None:
    page = visitor("").open(f"/amt/wahl/{place.election_id}/")
    assert page.heading == "Anmelden"


def test_the_coat_of_arms_is_shown_printed_and_removed(office: Visitor, place: Place, archive: Session) -> None:
    path = f"/amt/wahl/{place.election_id}/koerperschaft/wappen"
    assert office.client.get(f"{path}/bild").status_code == 404
    refused = office.press(office.open(path), "Wappen hinterlegen", file=(BytesIO(b"GIF89a"), "wappen.svg"))
    assert (refused.status, "weder ein lesbares SVG noch ein PNG" in refused.refusal) == (422, True)
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 12"><path d="M0 0h10v12z"/><script>alert(1)</script></svg>'
    page = office.press(office.open(path), "Wappen hinterlegen", file=(BytesIO(drawing), "wappen.svg"))
    assert "Das Wappen ist hinterlegt." in page.text
    picture = office.client.get(f"{path}/bild")
    assert (picture.mimetype, b"alert" in picture.data) == ("image/svg+xml", False)
    printed = letterhead(printed_municipality(archive, place.municipality_id)).arms
    assert printed is not None
    assert printed.data == picture.data
    gone = office.press(page, "Wappen entfernen")
    assert "Das Wappen ist entfernt." in gone.text
    assert office.client.get(f"{path}/bild").status_code == 404


VALUES = {
    "seats": {"first": "9"},
    "max_candidates_factor": {"first": "1,5"},
    "list_mark": {"first": "false"},
    "ballot_order": {"first": "alphabetisch"},
    "nominators": {"first": ["Partei"]},
    "register_key_date": {"first": "2026-10-01"},
    "nomination_deadline": {"first": "2026-09-25", "second": "12:00"},
    "inspection_period": {"first": "2026-10-20", "second": "2026-10-30"},
    "postal_deadline": {"first": "16:00"},
    "hand_in_hours": {"first": "09:00", "second": "15:30"},
}
SAID = {
    "seats": 9,
    "max_candidates_factor": "3/2",
    "list_mark": False,
    "ballot_order": "alphabetisch",
    "nominators": ["Partei"],
    "register_key_date": "E-45",
    "nomination_deadline": "E-51 12:00",
    "inspection_period": "E-26..E-16",
    "postal_deadline": "16:00",
    "hand_in_hours": "09:00-15:30",
}


@pytest.mark.parametrize("key", VALUES)
def test_every_form_of_rule_can_be_changed_to_what_the_bylaw_says(office: Visitor, archive: Session, place: Place, key: str) -> None:
    at = f"/amt/wahl/{place.election_id}/regeln"
    page = office.press(office.open(f"{at}/{key}/dokument"), "Regel ändern", **VALUES[key], origin="Satzung", reason="§ 4 der Satzung")
    assert (page.status, page.heading) == (200, "Regeln der Wahl"), page.text
    archive.rollback()
    stored = archive.scalars(select(Election).where(Election.id == place.election_id)).one().rule_layers["bylaw"]["values"]
    assert stored[key] == SAID[key]
    again = office.press(office.open(f"{at}/{key}/dokument"), "Regel ändern", reason="§ 4 der Satzung")
    assert "nichts geändert" in again.refusal


@pytest.mark.parametrize(
    ("key", "filled", "said"),
    [
        ("seats", {"first": "0"}, "ganze Zahl von 1 bis 99"),
        ("max_candidates_factor", {"first": "viel"}, "zum Beispiel 1,5"),
        ("register_key_date", {"first": "2026-12-24"}, "nach dem Wahltag"),
        ("inspection_period", {"first": "2026-10-30", "second": "2026-10-20"}, "der erste Tag nicht nach dem letzten"),
        ("hand_in_hours", {"first": "15:00", "second": "09:00"}, "Beginn vor dem Ende"),
    ],
)
def test_what_a_rule_cannot_be_is_said_beside_the_form(office: Visitor, place: Place, key: str, filled: dict[str, str], said: str) -> None:
    form = office.open(f"/amt/wahl/{place.election_id}/regeln/{key}/dokument")
    page = office.press(form, "Regel ändern", **filled, origin="Satzung", reason="§ 4 der Satzung")
    assert page.status == 422
    assert said in page.refusal


def test_a_rule_of_the_bylaw_can_fall_back_to_the_statute(office: Visitor, place: Place) -> None:
    at = f"/amt/wahl/{place.election_id}/regeln"
    page = office.press(office.open(f"{at}/residence_months/dokument"), "Regel ändern", first="6", origin="Satzung", reason="§ 4")
    assert page.status == 200
    silent = office.open(office.open(f"{at}/residence_months/dokument").link("Dann gilt das Gesetz"))
    page = office.press(silent, "Es gilt das Gesetz", reason="Satzung sagt nichts")
    assert "Es gilt wieder das Gesetz" in page.text


def test_the_basics_are_corrected(office: Visitor, archive: Session, place: Place) -> None:
    at = f"/amt/wahl/{place.election_id}"
    form = office.open(office.open(f"{at}/regeln").link("Wahltag, Wahlgebiet oder Satzung berichtigen"))
    warned = office.press(form, "Angaben ändern", day="2026-11-23", reason="Beschluss des Rates")
    assert (warned.status, "kein Sonntag" in warned.text) == (422, True)
    page = office.press(warned, "Angaben ändern", is_right="y")
    assert "Die Angaben zur Wahl sind geändert." in page.text
    archive.rollback()
    assert str(archive.scalars(select(Election.day).where(Election.id == place.election_id)).one()) == "2026-11-23"


def test_an_election_set_up_by_mistake_is_removed(office: Visitor, archive: Session) -> None:
    form = office.open("/amt/wahl/neu/listenmodell")
    office.press(form, "Wahl einrichten", day="2029-11-11", bylaw="Satzung vom 1. März 2029", seats="9")
    made = archive.scalars(select(Election.id).where(Election.bylaw_citation == "Satzung vom 1. März 2029")).one()
    form = office.open(office.open(f"/amt/wahl/{made}/regeln").link("Diese Wahl ist versehentlich eingerichtet"))
    page = office.press(form, "Wahl entfernen", reason="doppelt eingerichtet")
    assert page.heading == "Wahlen"
    assert "Die Wahl ist entfernt" in page.text
    assert office.open(f"/amt/wahl/{made}/").status == 404


def test_a_rule_the_statute_fixes_has_no_page(office: Visitor, place: Place) -> None:
    assert office.open(f"/amt/wahl/{place.election_id}/regeln/tie_seat/dokument").status == 404
