"""Setting up an election."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl.law.rule_layers import Origin, layer_of
from beiratswahl.law.rule_sets import RuleSet
from beiratswahl.operations import setup
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.store.tables.journal import JournalEntry
from beiratswahl.store.tables.setup import Election, Municipality
from tests.world import ELECTION_DAY, found

DATA = setup.ElectionData(
    ELECTION_DAY,
    ("07999000",),
    "Satzung vom 1. Juni 2026",
    RuleSet(ELECTION_DAY, layer_of(Origin.BYLAW, {"system": "Verhältniswahl", "seats": 13}, "Satzung")),
)


def entries(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(JournalEntry)) or 0


def test_an_election_has_the_rules_of_its_bylaw_and_its_day(desk: Desk) -> None:
    place = found(desk)
    rules = setup.rules_of(desk.session, place.election_id)
    assert (rules.seats, rules.votes, rules.age, rules.to_be_confirmed) == (13, 13, 16, ())


def test_two_elections_on_one_day_are_refused(desk: Desk) -> None:
    place = found(desk)
    before = entries(desk.session)
    with pytest.raises(Refused, match="schon eine Wahl"):
        setup.set_up_election(desk, place.municipality_id, DATA)
    assert entries(desk.session) == before


@pytest.mark.parametrize("ags", ["", "7999000", "0799900", "08111000", "07999000x"])
def test_a_key_outside_rheinland_pfalz_is_refused(desk: Desk, ags: str) -> None:
    with pytest.raises(Refused, match="kein Gemeindeschlüssel"):
        found(desk, ags=ags)


def test_an_election_without_seats_is_refused(desk: Desk) -> None:
    place = found(desk)
    incomplete = RuleSet(date(2026, 12, 6), layer_of(Origin.BYLAW, {"system": "Verhältniswahl"}, "Satzung"))
    with pytest.raises(Refused, match="Zahl der zu wählenden Mitglieder: Diese Regel fehlt"):
        setup.set_up_election(desk, place.municipality_id, replace(DATA, day=date(2026, 12, 6), rule_set=incomplete))


def test_a_day_that_is_no_sunday_warns(desk: Desk) -> None:
    assert setup.warnings_of(DATA.day, DATA.area, "07999000") == ()
    (warning,) = setup.warnings_of(date(2026, 11, 16), DATA.area, "07999000")
    assert "kein Sonntag" in warning


def test_a_municipality_of_another_landkreis_warns(desk: Desk) -> None:
    (warning,) = setup.warnings_of(DATA.day, ("07999000", "07131001"), "07999000")
    assert "07131001" in warning


@pytest.mark.parametrize("area", [(), ("7999000",), ("07999000", "06999000"), ("0799900",), ("071315001",), ("07999", "０7999000")])
def test_the_area_names_municipalities_of_the_land(desk: Desk, area: tuple[str, ...]) -> None:
    place = found(desk)
    before = entries(desk.session)
    with pytest.raises(Refused, match="Wahlgebiet"):
        setup.set_up_election(desk, place.municipality_id, replace(DATA, day=date(2026, 12, 6), area=area))
    assert entries(desk.session) == before


def test_the_area_keeps_every_municipality_once(desk: Desk) -> None:
    place = found(desk)
    area = ("07131", "07999000", "07999001", "07999000")
    election_id = setup.set_up_election(desk, place.municipality_id, replace(DATA, day=date(2026, 12, 6), area=area))
    assert desk.session.get_one(Election, election_id).area == ["07131", "07999000", "07999001"]


def test_a_verbandsgemeinde_must_name_its_municipalities() -> None:
    assert (setup.own_area("07999000"), setup.own_area("07131"), setup.own_area("071315001")) == (("07999000",), ("07131",), ())


def imprint(**changed: str) -> setup.Imprint:
    present = {"name": "Stadt Musterstadt", "council_name": "Beirat", "office_name": "Die Wahlleiterin der Stadt Musterstadt"}
    return setup.Imprint(**{**present, **changed})


def test_a_change_of_the_imprint_tells_the_journal_what_was_there_before(desk: Desk) -> None:
    place = found(desk)
    setup.change_municipality(desk, place.municipality_id, imprint(returning_officer="  Jo\u0308rg Neu "))
    row = desk.session.get_one(Municipality, place.municipality_id)
    assert (row.ags, row.returning_officer, row.town) == ("07999000", "J\u00f6rg Neu", "")
    entry = desk.session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert entry is not None
    assert (entry.chain, entry.act) == (place.municipality_id, "Angaben zur Körperschaft geändert")
    assert "(bisher Dr. Henriette Beispiel)" in entry.details
    assert "leer (bisher Musterstadt)" in entry.details


@pytest.mark.parametrize("changed", [{"name": " "}, {"council_name": ""}, {"town": "Muster\u202estadt"}])
def test_a_nameless_or_unreadable_imprint_is_refused(desk: Desk, changed: dict[str, str]) -> None:
    place = found(desk)
    before = entries(desk.session)
    with pytest.raises(Refused):
        setup.change_municipality(desk, place.municipality_id, imprint(**changed))
    assert entries(desk.session) == before


def test_an_imprint_that_changes_nothing_makes_no_entry(desk: Desk) -> None:
    place = found(desk)
    setup.change_municipality(desk, place.municipality_id, imprint())
    before = entries(desk.session)
    with pytest.raises(Refused, match="nichts geändert"):
        setup.change_municipality(desk, place.municipality_id, imprint())
    assert entries(desk.session) == before


def test_an_unknown_rule_or_value_cannot_be_confirmed(desk: Desk) -> None:
    place = found(desk)
    with pytest.raises(Refused, match="erfunden"):
        setup.confirm_rule(desk, place.election_id, "erfunden", True, "Grund")
    with pytest.raises(Refused, match="Empfänger der Reststimmen"):
        setup.confirm_rule(desk, place.election_id, "remaining_votes", "halb", "Grund")


def test_a_district_number_is_given_once(desk: Desk) -> None:
    place = found(desk)
    with pytest.raises(Refused, match="schon"):
        setup.create_district(desk, place.election_id, 1, "noch einer", postal=False)
