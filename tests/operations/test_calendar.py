"""The calendar: what is due, done and missed, and a file that other calendars read."""

import io
import re
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from beiratswahl import clock
from beiratswahl.law.boards import Function
from beiratswahl.operations.boards import appoint_member, dismiss_member
from beiratswahl.operations.calendar import (
    CalendarEntry,
    DeadlineState,
    calendar,
    next_steps,
    tick_deadline,
    untick_deadline,
)
from beiratswahl.operations.calendar_files import calendar_ics, calendar_pdf
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.roll import import_register
from beiratswahl.operations.roll_corrections import Kind
from beiratswahl.operations.roll_entries import open_roll
from beiratswahl.operations.roll_objections import ObjectionData, record_objection, withdraw_objection
from beiratswahl.rehearsal.register import write_register
from beiratswahl.store.tables.electoral_roll import RollEntry
from beiratswahl.store.tables.setup import Election
from tests.documents import samples
from tests.documents.conftest import pages_in
from tests.doors import publications
from tests.world import ELECTION_DAY, Place, admitted, found

EARLY = datetime(2026, 8, 1, 10, tzinfo=UTC)
LATE = datetime(2026, 12, 24, 10, tzinfo=UTC)


def states(desk: Desk, election_id: int, now: datetime) -> dict[str, DeadlineState]:
    return {entry.deadline.key: entry.state for entry in calendar(desk.session, election_id, now)}


def test_before_everything_all_is_due_in_order_of_time(desk: Desk) -> None:
    place = found(desk)
    found_states = states(desk, place.election_id, EARLY)
    assert found_states.pop("foreigners_count") is DeadlineState.PAST
    assert set(found_states.values()) == {DeadlineState.DUE}
    assert list(found_states)[:2] == ["latest_arrival", "call_for_nominations"]


def test_a_decision_makes_its_deadline_done_and_its_lack_missed(desk: Desk) -> None:
    open_place, decided = found(desk, ags="07999001", name="Stadt Anderswo"), admitted(desk)
    assert states(desk, open_place.election_id, LATE)["admission"] is DeadlineState.MISSED
    assert states(desk, open_place.election_id, LATE)["roll_closed"] is DeadlineState.MISSED
    assert states(desk, decided.election_id, EARLY)["admission"] is DeadlineState.DONE


def test_the_periods_of_the_scrutiny_run_from_the_announcement_of_the_final_result(desk: Desk) -> None:
    place = admitted(desk)
    assert "objection" not in states(desk, place.election_id, LATE)
    election = desk.session.get_one(Election, place.election_id)
    publications.publish(desk.session, election, samples.preliminary())
    assert "objection" not in states(desk, place.election_id, LATE)
    final = samples.proportional()
    publications.publish(desk.session, election, final)
    ends = {of.deadline.key: of.deadline.at for of in calendar(desk.session, place.election_id, LATE)}
    assert ends["objection"] == final.announced_on + timedelta(days=14)
    assert ends["review"] == final.announced_on.replace(year=final.announced_on.year + 1, month=final.announced_on.month - 9)
    assert states(desk, place.election_id, LATE)["objection"] is DeadlineState.PAST


def test_what_the_archive_cannot_know_is_not_called_missed(desk: Desk) -> None:
    found_states = states(desk, found(desk).election_id, LATE)
    assert {key for key, state in found_states.items() if state is DeadlineState.MISSED} == {"admission", "roll_closed"}
    assert found_states["call_for_nominations"] is DeadlineState.NOT_TICKED
    assert found_states["nominations"] is DeadlineState.PAST


def entry(desk: Desk, election_id: int, key: str) -> CalendarEntry:
    return next(of for of in calendar(desk.session, election_id, LATE) if of.deadline.key == key)


def test_a_tick_by_hand_says_when_and_can_be_taken_back(desk: Desk) -> None:
    place = found(desk)
    tick_deadline(desk, place.election_id, "postal_dispatch_ends", date(2020, 1, 2), "Postbuch Nr. 7")
    ticked = entry(desk, place.election_id, "postal_dispatch_ends")
    assert (ticked.state, ticked.done_on, ticked.late, ticked.by_hand, ticked.note) == (
        DeadlineState.DONE,
        date(2020, 1, 2),
        False,
        True,
        "Postbuch Nr. 7",
    )
    with pytest.raises(Refused, match="schon erledigt"):
        tick_deadline(desk, place.election_id, "postal_dispatch_ends", date(2020, 1, 2))
    untick_deadline(desk, place.election_id, "postal_dispatch_ends")
    assert entry(desk, place.election_id, "postal_dispatch_ends").state is DeadlineState.NOT_TICKED
    with pytest.raises(Refused, match="nicht von Hand"):
        untick_deadline(desk, place.election_id, "postal_dispatch_ends")


@pytest.mark.parametrize(
    ("key", "day", "why"),
    [
        ("admission", date(2020, 1, 1), "von selbst"),
        ("nominations", date(2020, 1, 1), "nichts zu tun"),
        ("voting_notices", date(2020, 1, 1), "gibt es bei dieser Wahl nicht"),
        ("inspection_notice", date(2999, 1, 1), "Zukunft"),
    ],
)
def test_what_ticks_itself_or_lies_ahead_is_not_ticked_by_hand(desk: Desk, key: str, day: date, why: str) -> None:
    with pytest.raises(Refused, match=why):
        tick_deadline(desk, found(desk).election_id, key, day)


def test_what_is_overdue_comes_before_what_is_due(desk: Desk) -> None:
    place = found(desk)
    between = datetime(2026, 10, 1, 10, tzinfo=UTC)
    todo = next_steps(calendar(desk.session, place.election_id, between))
    assert [of.deadline.key for of in todo][:3] == ["call_for_nominations", "unregistered_notice", "admission"]
    assert all(of.task and of.state is not DeadlineState.DONE for of in todo)


def test_a_deadline_with_an_hour_is_due_until_that_second(desk: Desk) -> None:
    place = found(desk)
    exactly = datetime(2026, 9, 28, 16, 0, 0, tzinfo=UTC)
    assert states(desk, place.election_id, exactly)["nominations"] is DeadlineState.DUE
    assert states(desk, place.election_id, exactly.replace(second=1))["nominations"] is DeadlineState.PAST


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_the_calendar_file_keeps_to_the_standard(desk: Desk) -> None:
    content = calendar_ics(desk.session, found(desk).election_id, EARLY)
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    lines = unfolded(content)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == sum(line.startswith("UID:") for line in lines)
    assert len({line for line in lines if line.startswith("UID:")}) == lines.count("BEGIN:VEVENT")
    assert all(re.match(r"[A-Z-]+[;:]", line) for line in lines if line)


def test_an_hour_is_told_in_universal_time_and_a_day_as_a_whole_day(desk: Desk) -> None:
    lines = unfolded(calendar_ics(desk.session, found(desk).election_id, EARLY))
    at = next(place for place, line in enumerate(lines) if line.startswith("UID:nominations-"))
    assert "DTSTART:20260928T160000Z" in lines[at : at + 4]
    at = next(place for place, line in enumerate(lines) if line.startswith("UID:admission-"))
    assert lines[at + 2 : at + 4] == ["DTSTART;VALUE=DATE:20261005", "DTEND;VALUE=DATE:20261006"]
    # after the change of clocks an hour in Germany is one hour ahead, not two
    at = next(place for place, line in enumerate(lines) if line.startswith("UID:postal_letters-"))
    assert "DTSTART:20261115T170000Z" in lines[at : at + 4]


def test_a_second_export_moves_entries_instead_of_doubling_them(desk: Desk) -> None:
    place = found(desk)
    names = [
        [line for line in unfolded(calendar_ics(desk.session, place.election_id, now)) if line.startswith("UID:")] for now in (EARLY, LATE)
    ]
    assert names[0] == names[1]


def test_commas_and_semicolons_are_escaped(desk: Desk) -> None:
    for line in unfolded(calendar_ics(desk.session, found(desk).election_id, EARLY)):
        if line.startswith(("SUMMARY:", "DESCRIPTION:")):
            assert not re.search(r"(?<!\\)[,;]", line)


def test_the_wall_sheet_shows_every_deadline_with_its_state(desk: Desk) -> None:
    place = admitted(desk)
    pages = pages_in(calendar_pdf(desk.session, place.election_id, EARLY))
    assert len(pages) == 1
    assert (
        "Montag, 28. September 2026, 18:00 Uhr Ende der Frist für Wahlvorschläge (Ausschlussfrist). § 16 Abs. 1 Satz 5 KWG steht an"
        in pages[0]
    )
    assert pages[0].count("steht an") >= 15
    assert "erledigt" in pages[0]


def with_a_roll(desk: Desk) -> Place:
    """An election at polling stations too, with a small roll."""
    place = found(desk, voting_mode="Urne und Briefwahl", voting_hours="08:00-18:00")
    stream = io.BytesIO()
    write_register(stream, 12, seed=7, election_day=ELECTION_DAY)
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "register.csv"
        export.write_bytes(stream.getvalue())
        import_register(desk, place.election_id, export)
    open_roll(desk, place.election_id, {str(number): place.districts[0] for number in range(100)} | {"": place.districts[0]})
    return place


def test_without_a_roll_here_objections_are_ticked_by_hand(desk: Desk) -> None:
    place = found(desk)
    assert entry(desk, place.election_id, "corrections_decided").state is DeadlineState.NOT_TICKED
    assert entry(desk, place.election_id, "corrections_decided").may_tick


def test_without_objections_there_is_nothing_to_decide_once_the_inspection_is_over(desk: Desk) -> None:
    place = with_a_roll(desk)
    # the inspection ends on the 30th of October
    last_evening = datetime(2026, 10, 30, 22, 59, tzinfo=UTC)
    assert states(desk, place.election_id, last_evening)["corrections_decided"] is DeadlineState.DUE
    assert states(desk, place.election_id, last_evening.replace(hour=23, minute=0))["corrections_decided"] is DeadlineState.DONE
    done = entry(desk, place.election_id, "corrections_decided")
    assert (done.note, done.done_on, done.late, done.by_hand) == ("keine Einwendung erhoben", date(2026, 10, 31), False, False)


def test_an_objection_that_waits_keeps_its_deadline_open_and_its_decision_keeps_it(desk: Desk) -> None:
    place = with_a_roll(desk)
    person = desk.session.scalars(select(RollEntry.person_id)).first()
    assert person is not None
    received = datetime(2026, 10, 28, 9, tzinfo=UTC)
    raised = record_objection(desk, person, ObjectionData("Ada Beschwert", received, Kind.STRIKE, "wohnt dort nicht"))
    waiting = entry(desk, place.election_id, "corrections_decided")
    assert (waiting.state, waiting.note) == (DeadlineState.NOT_TICKED, "1 von 1\u00a0Einwendung noch offen")
    withdraw_objection(desk, raised, "Schreiben vom 29. Oktober")
    assert entry(desk, place.election_id, "corrections_decided").note == "keine Einwendung erhoben"


def test_chairs_are_appointed_when_every_board_has_one(desk: Desk) -> None:
    place = found(desk, voting_mode="Urne und Briefwahl", voting_hours="08:00-18:00")
    assert entry(desk, place.election_id, "polling_chairs").note == ""
    appoint_member(desk, place.districts[0], "Dana Vorsitz", Function.CHAIR)
    appoint_member(desk, place.districts[1], "Ben Beisitz", Function.ASSESSOR)
    half = entry(desk, place.election_id, "polling_chairs")
    assert (half.state, half.note, half.may_tick) == (DeadlineState.NOT_TICKED, "1 von 2\u00a0Wahlvorstehern berufen", True)
    second = appoint_member(desk, place.districts[1], "Eva Vorsitz", Function.CHAIR)
    done = entry(desk, place.election_id, "polling_chairs")
    assert (done.state, done.note, done.done_on, done.by_hand) == (
        DeadlineState.DONE,
        "Alle Wahlvorsteher sind berufen",
        clock.today(),
        False,
    )
    with pytest.raises(Refused, match="schon erledigt"):
        tick_deadline(desk, place.election_id, "polling_chairs", clock.today())
    dismiss_member(desk, place.districts[1], second)
    assert entry(desk, place.election_id, "polling_chairs").state is DeadlineState.NOT_TICKED
