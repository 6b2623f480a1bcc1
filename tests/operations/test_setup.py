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
    with pytest.raises(Refused, match="seats"):
        setup.set_up_election(desk, place.municipality_id, replace(DATA, day=date(2026, 12, 6), rule_set=incomplete))


def test_a_day_that_is_no_sunday_warns(desk: Desk) -> None:
    assert setup.warnings_of(DATA) == ()
    (warning,) = setup.warnings_of(replace(DATA, day=date(2026, 11, 16)))
    assert "kein Sonntag" in warning


def test_an_unknown_rule_or_value_cannot_be_confirmed(desk: Desk) -> None:
    place = found(desk)
    with pytest.raises(Refused, match="erfunden"):
        setup.confirm_rule(desk, place.election_id, "erfunden", True, "Grund")
    with pytest.raises(Refused, match="remaining_votes"):
        setup.confirm_rule(desk, place.election_id, "remaining_votes", "halb", "Grund")


def test_a_district_number_is_given_once(desk: Desk) -> None:
    place = found(desk)
    with pytest.raises(Refused, match="schon"):
        setup.create_district(desk, place.election_id, 1, "noch einer", postal=False)
