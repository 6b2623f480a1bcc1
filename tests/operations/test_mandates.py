"""Acceptance and succession as recorded by the office: who is a member, who follows, and what cannot be recorded."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from beiratswahl import clock
from beiratswahl.law.ballot_papers import Ballot
from beiratswahl.law.succession import Acceptance
from beiratswahl.operations import closing, setup
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.determination import determine, latest
from beiratswahl.operations.mandate_seats import EventKind, Mandates, Seat
from beiratswahl.operations.mandates import EventData, mandates, record_event, take_back_event
from beiratswahl.store.read.setup import municipality
from beiratswahl.store.tables.journal import JournalEntry
from beiratswahl.store.tables.results import Determination
from tests.operations.test_results import close, counted, with_roll
from tests.world import ON_PAPER, SITTING, Place, found, nominate

SERVED = SITTING.day
LAST = SERVED + timedelta(days=7)


def later(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


@pytest.fixture(autouse=True)
def _within_the_week(monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, SERVED + timedelta(days=2))


def by_lists(desk: Desk) -> Place:
    """13 seats: eight for list 1 with 13 candidates, two for list 2, three for list 3."""
    place = counted(desk, ({1: 60, 2: 20}, {1: 10, 3: 40}))
    with_roll(desk, place)
    determine(desk, place.election_id, SITTING)
    return place


def by_persons(desk: Desk) -> Place:
    """One seat for person 1; persons 2, 3 and 4 follow with the same votes."""
    place = found(desk, system="Mehrheitswahl", seats=2, nomination_model="Personenmodell", max_candidates_factor="3")
    nominate(desk, place, (("", 1),) * 5)
    close_nominations(desk, place.election_id, ON_PAPER)
    with_roll(desk, place)
    marks = [{"1": 1, "5": 1}, {"1": 1, "5": 1}, {"2": 1}, {"3": 1}]
    close(desk, place, place.districts[0], [Ballot(marks=of) for of in marks])
    close(desk, place, place.districts[1], [Ballot(marks={"4": 1})])
    determine(desk, place.election_id, SITTING)
    return place


def record(desk: Desk, place: Place, person: str, kind: EventKind, day: date = SERVED) -> Mandates:
    return record_event(desk, place.election_id, EventData(person, kind, day, "Schreiben"))


def seat_of(known: Mandates, person: str) -> Seat:
    return next(seat for seat in known.seats if any(one.person == person for one in seat.holders))


def taken_back(desk: Desk, place: Place, person: str, kind: EventKind, reason: str = "verwechselt") -> None:
    known = mandates(desk.session, place.election_id)
    event_id = next(one.event_id for one in known.events if (one.person, one.kind) == (person, kind))
    take_back_event(desk, place.election_id, event_id, reason)


def test_who_is_silent_for_a_week_is_a_member_the_day_after(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    place = by_lists(desk)
    assert mandates(desk.session, place.election_id).members == ()
    record(desk, place, "101", EventKind.SERVED)
    later(monkeypatch, LAST)
    held = mandates(desk.session, place.election_id).holding("101")
    assert held is not None
    assert (held.acceptance, held.last_day, held.member_since) == (Acceptance.OPEN, LAST, None)
    later(monkeypatch, LAST + timedelta(days=1))
    (member,) = mandates(desk.session, place.election_id).members
    assert (member.person, member.member_since) == ("101", LAST + timedelta(days=1))


@pytest.mark.parametrize("kind", [EventKind.REFUSED, EventKind.WITH_RESERVATION])
def test_a_refusal_or_a_reservation_calls_the_next_of_the_same_list(desk: Desk, kind: EventKind) -> None:
    place = by_lists(desk)
    record(desk, place, "101", EventKind.SERVED)
    seat = seat_of(record(desk, place, "101", kind), "101")
    assert [one.person for one in seat.holders] == ["101", "109"]
    assert seat.holder is not None
    assert (seat.holder.acceptance, seat.holder.called_on) == (None, SERVED)
    assert "109 Person109" in seat.steps[-1].text


def test_an_incompatible_office_needs_acceptance_and_proof_within_the_week(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    place = by_lists(desk)
    for person in ("101", "102"):
        for kind in (EventKind.SERVED, EventKind.INCOMPATIBLE, EventKind.ACCEPTED):
            record(desk, place, person, kind)
    record(desk, place, "102", EventKind.LEFT_OFFICE, SERVED + timedelta(days=1))
    later(monkeypatch, LAST + timedelta(days=1))
    known = mandates(desk.session, place.election_id)
    assert [one.person for one in seat_of(known, "101").holders] == ["101", "109"]
    assert [(one.person, one.member_since) for one in known.members] == [("102", SERVED + timedelta(days=1))]


def test_two_departures_call_in_the_order_of_their_days(desk: Desk) -> None:
    place = by_lists(desk)
    record(desk, place, "102", EventKind.DIED, SERVED + timedelta(days=2))
    known = record(desk, place, "101", EventKind.DIED, SERVED + timedelta(days=1))
    assert [one.person for one in seat_of(known, "101").holders] == ["101", "109"]
    assert [one.person for one in seat_of(known, "102").holders] == ["102", "110"]


def test_a_substitute_who_does_not_want_to_is_passed_over(desk: Desk) -> None:
    place = by_lists(desk)
    known = record(desk, place, "109", EventKind.RESIGNED)
    assert [(one.person, one.is_next) for one in known.substitutes if one.person in ("109", "110")] == [("109", False), ("110", True)]
    assert [one.person for one in seat_of(record(desk, place, "101", EventKind.DIED), "101").holders] == ["101", "110"]


def test_a_seat_stays_empty_when_nobody_is_left(desk: Desk) -> None:
    place = by_persons(desk)
    for person in ("2", "3", "4"):
        record(desk, place, person, EventKind.DIED)
    seat = seat_of(record(desk, place, "1", EventKind.DIED), "1")
    assert seat.holder is None
    assert seat.steps[-1].rule == "vacant"


def test_equal_substitutes_wait_for_the_lot_and_the_other_seat_too(desk: Desk) -> None:
    place = by_persons(desk)
    record(desk, place, "1", EventKind.DIED)
    known = record(desk, place, "5", EventKind.DIED, SERVED + timedelta(days=1))
    assert known.lot is not None
    assert [seat.holder for seat in known.seats] == [None, None]
    with pytest.raises(Refused, match="jetzt nicht"):
        record(desk, place, "1", EventKind.DRAWN)
    known = record(desk, place, "3", EventKind.DRAWN)
    assert [one.person for one in seat_of(known, "1").holders] == ["1", "3"]
    assert known.lot is not None
    assert known.lot.call is not None
    assert known.lot.call.lot is not None
    assert set(known.lot.call.lot.among) == {"2", "4"}
    known = record(desk, place, "4", EventKind.DRAWN)
    assert [one.person for one in seat_of(known, "5").holders] == ["5", "4"]
    assert known.lot is None


def test_what_does_not_fit_is_refused_and_leaves_nothing(desk: Desk) -> None:
    place = by_lists(desk)
    before = SERVED - timedelta(days=1)
    for person, kind, day, why in (
        ("101", EventKind.ACCEPTED, SERVED, "jetzt nicht"),
        ("109", EventKind.SERVED, SERVED, "jetzt nicht"),
        ("erfunden", EventKind.DIED, SERVED, "jetzt nicht"),
        ("101", EventKind.SERVED, before, "gewählt oder berufen"),
        ("101", EventKind.DIED, date(2026, 11, 14), "vor der Wahl"),
        ("101", EventKind.DIED, clock.today() + timedelta(days=1), "Zukunft"),
    ):
        with pytest.raises(Refused, match=why):
            record(desk, place, person, kind, day)
    with pytest.raises(Refused, match="Nachweis"):
        record_event(desk, place.election_id, EventData("101", EventKind.DIED, SERVED, " "))
    assert mandates(desk.session, place.election_id).events == ()


def test_only_the_first_declaration_counts_and_not_before_service(desk: Desk) -> None:
    place = by_lists(desk)
    record(desk, place, "101", EventKind.SERVED, SERVED + timedelta(days=1))
    with pytest.raises(Refused, match="vor der Zustellung"):
        record(desk, place, "101", EventKind.ACCEPTED, SERVED)
    accepted_on = SERVED + timedelta(days=1)
    record(desk, place, "101", EventKind.ACCEPTED, accepted_on)
    with pytest.raises(Refused, match="jetzt nicht"):
        record(desk, place, "101", EventKind.REFUSED, accepted_on)
    assert record(desk, place, "101", EventKind.RESIGNED, accepted_on + timedelta(days=1)).members == ()


def test_a_mistake_is_taken_back_while_nothing_builds_on_it(desk: Desk) -> None:
    place = by_lists(desk)
    record(desk, place, "101", EventKind.DIED)
    record(desk, place, "109", EventKind.SERVED)
    with pytest.raises(Refused, match=r"109 Person109.* nicht berufen"):
        taken_back(desk, place, "101", EventKind.DIED)
    with pytest.raises(Refused, match="Nennen Sie den Grund"):
        taken_back(desk, place, "109", EventKind.SERVED, " ")
    taken_back(desk, place, "109", EventKind.SERVED)
    taken_back(desk, place, "101", EventKind.DIED)
    known = mandates(desk.session, place.election_id)
    assert known.events == ()
    assert [one.person for one in seat_of(known, "101").holders] == ["101"]
    acts = [row.act for row in desk.session.scalars(select(JournalEntry))]
    assert (acts.count("Eintrag zum Mandat erfasst"), acts.count("Eintrag zum Mandat zurückgenommen")) == (2, 2)


def test_a_service_with_a_declaration_is_not_taken_back(desk: Desk) -> None:
    place = by_lists(desk)
    record(desk, place, "101", EventKind.SERVED)
    record(desk, place, "101", EventKind.ACCEPTED, SERVED + timedelta(days=1))
    with pytest.raises(Refused, match="lehnt die Wahl ab"):
        record(desk, place, "101", EventKind.RESIGNED, SERVED)
    with pytest.raises(Refused, match="späteren Einträge"):
        taken_back(desk, place, "101", EventKind.SERVED)


def test_an_entry_of_another_election_is_not_taken_back(desk: Desk) -> None:
    place = by_lists(desk)
    event_id = record(desk, place, "101", EventKind.SERVED).events[0].event_id
    other = found(desk, ags="07998000", name="Stadt Nachbarstadt")
    with pytest.raises(Refused, match="gibt es nicht"):
        take_back_event(desk, other.election_id, event_id, "fremd")


def test_without_a_determination_there_are_no_mandates(desk: Desk) -> None:
    place = counted(desk, ({1: 60, 2: 20}, {1: 10, 3: 40}))
    with pytest.raises(Refused, match="noch nicht festgestellt"):
        mandates(desk.session, place.election_id)


def test_mandates_rest_on_the_determination_whatever_changes_in_five_years(desk: Desk) -> None:
    place = by_lists(desk)
    before = mandates(desk.session, place.election_id)
    moved = {name: getattr(municipality(desk.session, place.municipality_id), name) for name in setup.Imprint.__dataclass_fields__}
    setup.change_municipality(
        desk, place.municipality_id, setup.Imprint(**{**moved, "street": "Neuer Platz 9", "returning_officer": "N. N."})
    )
    after_the_move = latest(desk.session, place.election_id)
    assert after_the_move is not None
    assert after_the_move.current
    with_roll(desk, place, eligible=900)
    closing.reopen_district(desk, place.districts[0], "Nachzählung beschlossen")
    outdated = latest(desk.session, place.election_id)
    assert outdated is not None
    assert not outdated.current
    assert mandates(desk.session, place.election_id) == before
    known = record(desk, place, "101", EventKind.DIED)
    assert [one.person for one in seat_of(known, "101").holders] == ["101", "109"]
    assert known.names["109"].startswith("109 Person109")


def test_an_older_determination_without_frozen_mandates_still_gives_them(desk: Desk) -> None:
    place = by_lists(desk)
    before = mandates(desk.session, place.election_id)
    row = desk.session.scalars(select(Determination)).one()
    row.result = json.dumps({key: value for key, value in json.loads(row.result).items() if key != "mandates"})
    desk.session.commit()
    assert mandates(desk.session, place.election_id).seats == before.seats
