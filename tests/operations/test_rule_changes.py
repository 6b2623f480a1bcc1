"""Changing what holds for an election, as long as nothing rests on it."""

from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from beiratswahl.access.roles import Role
from beiratswahl.law.rule_layers import Origin
from beiratswahl.law.rule_parameters import PARAMETERS
from beiratswahl.law.rule_values import DayBefore
from beiratswahl.operations import setup
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.roll import import_register
from beiratswahl.operations.rule_changes import (
    ElectionBasics,
    Standing,
    change_election,
    may_be_stated,
    remove_election,
    standing,
    state_rule,
)
from beiratswahl.rehearsal.register import write_register
from beiratswahl.store.tables.journal import JournalEntry
from beiratswahl.store.tables.roll import RegisterImport
from beiratswahl.store.tables.setup import Election, PollingDistrict
from tests.world import ELECTION_DAY, Place, account, admitted, found, nominate

REASON = "§ 4 der Satzung"


@pytest.fixture
def place(desk: Desk) -> Place:
    return found(desk)


def entries(desk: Desk) -> int:
    return desk.session.scalar(select(func.count()).select_from(JournalEntry)) or 0


def say(desk: Desk, place: Place, key: str, value: object, origin: Origin = Origin.BYLAW, source: str = "") -> bool:
    return state_rule(desk, place.election_id, key, value, origin, source, REASON)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("seats", 9, 9),
        ("nomination_deadline", "E-50 12:00", DayBefore(50, time(12))),
        ("list_mark", False, False),
        ("support_signatures", 40, 40),
    ],
)
def test_what_the_bylaw_says_holds_at_once(desk: Desk, place: Place, key: str, value: object, said: object) -> None:
    before = entries(desk)
    assert say(desk, place, key, value) is False
    assert getattr(setup.rules_of(desk.session, place.election_id), key) == said
    setting = setup.rule_set(desk.session, place.election_id).settings()[key]
    assert setting.origin is Origin.BYLAW
    assert entries(desk) == before + 1


def test_a_notice_wins_over_the_bylaw_and_names_itself(desk: Desk, place: Place) -> None:
    say(desk, place, "hand_in_hours", "08:00-18:00")
    say(desk, place, "hand_in_hours", "09:00-17:00", Origin.NOTICE, "Bekanntmachung vom 01.09.2026")
    setting = setup.rule_set(desk.session, place.election_id).settings()["hand_in_hours"]
    assert (setting.origin, setting.source) == (Origin.NOTICE, "Bekanntmachung vom 01.09.2026")
    with pytest.raises(Refused, match="mit ihrem Datum"):
        say(desk, place, "hand_in_hours", "10:00-17:00", Origin.NOTICE)


def test_where_the_documents_are_silent_the_statute_holds_and_an_open_rule_is_open_again(desk: Desk, place: Place) -> None:
    say(desk, place, "residence_months", 6)
    say(desk, place, "residence_months", None)
    assert setup.rules_of(desk.session, place.election_id).residence_months == 3
    say(desk, place, "remaining_votes", "top_up")
    say(desk, place, "remaining_votes", None)
    assert setup.rules_of(desk.session, place.election_id).to_be_confirmed == ("remaining_votes",)


def test_the_bylaw_replaces_a_confirmation_that_said_otherwise(desk: Desk, place: Place) -> None:
    said = str(setup.rules_of(desk.session, place.election_id).remaining_votes)
    other = "top_up" if said == "skip_marked" else "skip_marked"
    say(desk, place, "remaining_votes", other)
    rules = setup.rule_set(desk.session, place.election_id)
    assert str(rules.rules().remaining_votes) == other
    assert "remaining_votes" not in {act.key for act in rules.confirmations}


@pytest.mark.parametrize(
    ("key", "value"), [("seats", 0), ("seats", "13"), ("list_mark", "ja"), ("voting_hours", "18:00-08:00"), ("votes", 100)]
)
def test_what_cannot_hold_is_refused_and_nothing_changes(desk: Desk, place: Place, key: str, value: object) -> None:
    layers, before = setup.rule_set(desk.session, place.election_id).to_plain(), entries(desk)
    with pytest.raises(Refused):
        say(desk, place, key, value)
    assert (setup.rule_set(desk.session, place.election_id).to_plain(), entries(desk)) == (layers, before)


def test_a_contradiction_is_told_by_titles(desk: Desk, place: Place) -> None:
    with pytest.raises(Refused, match=r"^Wahlzeit: Bei reiner Briefwahl .* „Persönliche Abgabe der Wahlbriefe am Wahltag“"):
        say(desk, place, "voting_hours", "08:00-18:00")


@pytest.mark.parametrize("key", ["version", "level", "grounds", "tie_seat", "erfunden"])
def test_what_the_statute_fixes_nobody_states(desk: Desk, place: Place, key: str) -> None:
    assert not may_be_stated(key)
    with pytest.raises(Refused, match="legt das Gesetz fest"):
        say(desk, place, key, 1)


def test_the_same_value_again_is_no_change(desk: Desk, place: Place) -> None:
    say(desk, place, "seats", 9)
    with pytest.raises(Refused, match="nichts geändert"):
        say(desk, place, "seats", 9)


def test_rules_are_settled_by_what_rests_on_them() -> None:
    nothing, admission, roll, count = (Standing(*which) for which in ((0, 0, 0), (0, 1, 0), (1, 0, 0), (0, 1, 1)))
    assert not any(nothing.why_settled(key) for key in PARAMETERS)
    assert "Wahlausschuss" in admission.why_settled("seats")
    assert not admission.why_settled("residence_months")
    assert "§ 16 KWO" in roll.why_settled("residence_months")
    assert not roll.why_settled("seats")
    assert count.why_settled("remaining_votes")
    assert not count.why_settled("majority_seats")
    assert not count.why_settled("bylaw_citation")


def test_seats_stand_after_the_admission(desk: Desk) -> None:
    place = admitted(desk)
    assert standing(desk.session, place.election_id).admitted
    with pytest.raises(Refused, match="Wahlausschuss"):
        say(desk, place, "seats", 9)
    say(desk, place, "acceptance_period_days", 10)


def test_day_area_and_citation_can_be_corrected_together(desk: Desk, place: Place) -> None:
    day = ELECTION_DAY + timedelta(days=7)
    basics = ElectionBasics(day, ("07999000", "07131001", "07131001"), "Satzung vom  2. Juni 2026")
    assert change_election(desk, place.election_id, basics, "Beschluss des Rates") is False
    election = desk.session.get_one(Election, place.election_id)
    assert (election.day, election.area, election.bylaw_citation) == (day, ["07999000", "07131001"], "Satzung vom 2. Juni 2026")
    rules = setup.rule_set(desk.session, place.election_id)
    assert (rules.day, rules.bylaw.source) == (day, "Satzung vom 2. Juni 2026")
    with pytest.raises(Refused, match="nichts geändert"):
        change_election(desk, place.election_id, basics, "Beschluss des Rates")


def test_no_second_election_on_a_day_and_no_day_before_the_first_statute(desk: Desk, place: Place) -> None:
    municipality = desk.session.get_one(Election, place.election_id).municipality_id
    other = ELECTION_DAY + timedelta(days=7)
    rules = setup.rule_set(desk.session, place.election_id)
    setup.set_up_election(desk, municipality, setup.ElectionData(other, ("07999000",), "Satzung", replace(rules, day=other)))
    for day, words in ((other, "schon eine Wahl"), (date(1980, 1, 6), r"Wahltag|day")):
        with pytest.raises(Refused, match=words):
            change_election(desk, place.election_id, ElectionBasics(day, ("07999000",), "Satzung"), "Versehen")
    assert desk.session.get_one(Election, place.election_id).day == ELECTION_DAY


def test_an_election_that_holds_nothing_goes_with_its_districts(desk: Desk, place: Place) -> None:
    remove_election(desk, place.election_id, "doppelt eingerichtet")
    assert desk.session.scalars(select(Election.id)).all() == []
    assert desk.session.scalars(select(PollingDistrict.id)).all() == []
    assert "doppelt eingerichtet" in str(desk.session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc()).limit(1)).one().details)


def test_an_election_that_holds_something_stays(desk: Desk, place: Place) -> None:
    nominate(desk, place)
    with pytest.raises(Refused, match="schon etwas erfasst"):
        remove_election(desk, place.election_id, "doppelt eingerichtet")
    assert desk.session.get(Election, place.election_id) is not None


def test_accounts_of_a_district_keep_the_election(desk: Desk, place: Place) -> None:
    account(desk, "vorstand", Role.POLLING_BOARD, place, place.districts[0])
    with pytest.raises(Refused, match="Konten"):
        remove_election(desk, place.election_id, "doppelt eingerichtet")


def test_persons_decided_under_former_rules_are_told_of_and_decided_anew_by_the_same_file(desk: Desk, place: Place, tmp_path: Path) -> None:
    path = tmp_path / "auszug.csv"
    with path.open("wb") as stream:
        write_register(stream, 300, 5, election_day=ELECTION_DAY)
    import_register(desk, place.election_id, path)
    assert say(desk, place, "acceptance_period_days", 10) is False
    assert say(desk, place, "residence_months", 12) is True
    report = import_register(desk, place.election_id, path)
    assert not report.repeated
    (newest, *_) = desk.session.scalars(select(RegisterImport).order_by(RegisterImport.number.desc())).all()
    assert newest.decided_anew > 0
