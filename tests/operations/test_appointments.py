"""The term of a council and its appointed members: what the bylaw allows, what ends, what was a mistake."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from beiratswahl import clock
from beiratswahl.operations.appointments import appoint, council, end_appointment, record_term, take_back_appointment
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.determination import determine
from beiratswahl.operations.mandate_seats import EventKind
from beiratswahl.operations.mandates import EventData, record_event
from beiratswahl.store.tables.journal import JournalEntry
from tests.operations.test_results import counted, with_roll
from tests.world import SITTING, Place, found

DAY = SITTING.day
DECISION = "Stadtrat, 18. November 2026"


@pytest.fixture(autouse=True)
def _a_week_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 26, 12, tzinfo=UTC))


@pytest.fixture
def here(desk: Desk) -> Place:
    place = counted(desk, ({1: 60, 2: 20}, {1: 10, 3: 40}), appointed_max=2)
    with_roll(desk, place)
    determine(desk, place.election_id, SITTING)
    return place


def test_a_term_lasts_five_years(desk: Desk, here: Place) -> None:
    assert council(desk.session, here.election_id).last_day is None
    record_term(desk, here.election_id, date(2026, 12, 9))
    record_term(desk, here.election_id, date(2026, 12, 10))
    known = council(desk.session, here.election_id)
    assert (known.begins_on, known.last_day) == (date(2026, 12, 10), date(2031, 12, 9))
    with pytest.raises(Refused, match="vor der Feststellung"):
        record_term(desk, here.election_id, DAY - timedelta(days=1))


def test_no_more_are_appointed_than_the_bylaw_allows(desk: Desk, here: Place) -> None:
    for name in ("Ada Eins", "Ben Zwei"):
        appoint(desk, here.election_id, name, DAY, DECISION)
    with pytest.raises(Refused, match="höchstens 2"):
        appoint(desk, here.election_id, "Cem Drei", DAY, DECISION)
    assert [of.name for of in council(desk.session, here.election_id).in_office] == ["Ada Eins", "Ben Zwei"]


def test_where_the_bylaw_has_none_nobody_is_appointed(desk: Desk) -> None:
    place = counted(desk, ({1: 60, 2: 20}, {1: 10, 3: 40}), appointed_max=0)
    with_roll(desk, place)
    determine(desk, place.election_id, SITTING)
    with pytest.raises(Refused, match="höchstens 0"):
        appoint(desk, place.election_id, "Ada Eins", DAY, DECISION)


@pytest.mark.parametrize(
    ("name", "day", "reason", "why"),
    [
        (" ", DAY, DECISION, "den Namen"),
        ("Ada Eins", DAY, "", "den Beschluss"),
        ("Ada Eins", DAY - timedelta(days=1), DECISION, "vor der Feststellung"),
        ("Ada Eins", date(2026, 11, 27), DECISION, "Zukunft"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(desk: Desk, here: Place, name: str, day: date, reason: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        appoint(desk, here.election_id, name, day, reason)
    assert council(desk.session, here.election_id).appointed == ()


def test_an_appointment_ends_once_and_makes_room(desk: Desk, here: Place) -> None:
    first = appoint(desk, here.election_id, "Ada Eins", DAY, DECISION)
    with pytest.raises(Refused, match="erst seit"):
        end_appointment(desk, here.election_id, first, DAY - timedelta(days=1), "Rücktritt")
    end_appointment(desk, here.election_id, first, DAY, "Rücktritt")
    with pytest.raises(Refused, match="schon am"):
        end_appointment(desk, here.election_id, first, DAY, "Rücktritt")
    for name in ("Ben Zwei", "Cem Drei"):
        appoint(desk, here.election_id, name, DAY, DECISION)
    assert [of.ended_reason for of in council(desk.session, here.election_id).appointed] == ["", "", "Rücktritt"]


def test_a_mistake_is_taken_back_step_by_step_and_stays_in_the_journal(desk: Desk, here: Place) -> None:
    first = appoint(desk, here.election_id, "Ada Eins", DAY, DECISION)
    end_appointment(desk, here.election_id, first, DAY, "Rücktritt")
    take_back_appointment(desk, here.election_id, first, "verwechselt")
    assert [of.name for of in council(desk.session, here.election_id).in_office] == ["Ada Eins"]
    take_back_appointment(desk, here.election_id, first, "verwechselt")
    assert council(desk.session, here.election_id).appointed == ()
    acts = [row.act for row in desk.session.scalars(select(JournalEntry))]
    assert acts.count("Eintrag zu einer Berufung zurückgenommen") == 2


def test_an_appointment_of_another_election_is_not_touched(desk: Desk, here: Place) -> None:
    first = appoint(desk, here.election_id, "Ada Eins", DAY, DECISION)
    other = found(desk, ags="07998000", name="Stadt Nachbarstadt")
    for act in (take_back_appointment, lambda *of: end_appointment(*of[:3], DAY, "x")):
        with pytest.raises(Refused, match="gibt es nicht"):
            act(desk, other.election_id, first, "fremd")


def test_more_than_a_third_of_all_members_is_said(desk: Desk, here: Place) -> None:
    appoint(desk, here.election_id, "Ada Eins", DAY, DECISION)
    assert council(desk.session, here.election_id).too_many  # nobody has accepted yet
    for person in ("101", "102"):
        for kind in (EventKind.SERVED, EventKind.ACCEPTED):
            record_event(desk, here.election_id, EventData(person, kind, DAY, "Schreiben"))
    assert not council(desk.session, here.election_id).too_many
