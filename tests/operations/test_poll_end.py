"""Nothing is counted before the poll is over (§ 51 KWO), and no postal letter is decided on before election day (§ 57 KWO)."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from beiratswahl import clock
from beiratswahl.law.ballot_papers import Ballot
from beiratswahl.law.boards import Function
from beiratswahl.law.postal import LetterState
from beiratswahl.operations import boards, capture, counting, letters, second_entries, stacks
from beiratswahl.operations.admission_reopening import reopen_admission
from beiratswahl.operations.closing import close_district
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.store.read.counting import ballots, count
from beiratswahl.store.read.nominations import nominations
from tests.world import Place, admitted, two_counters

#: a second before and at 18:00 in Rheinland-Pfalz
BEFORE, OVER = datetime(2026, 11, 15, 16, 59, 59, tzinfo=UTC), datetime(2026, 11, 15, 17, tzinfo=UTC)
DAY_BEFORE, MORNING = datetime(2026, 11, 14, 22, 59, 59, tzinfo=UTC), datetime(2026, 11, 14, 23, tzinfo=UTC)
MOMENT = "Sonntag, 15.\N{NO-BREAK SPACE}November\N{NO-BREAK SPACE}2026, 18:00\N{NO-BREAK SPACE}Uhr"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


def letters_counted(desk: Desk, place: Place, at: int) -> None:
    counting.record_letters(desk, place.districts[0], counting.Letters(1, 0, {}, 1), at)


def ballot(desk: Desk, place: Place, at: int) -> None:
    counting.record_ballot(desk, place.districts[0], "a", Ballot(marks={"101": 1}))


def stack(desk: Desk, place: Place, at: int) -> None:
    stacks.record_stacks(desk, place.districts[0], {}, 1, at, two_counters(desk, place.districts[0])[0])


@pytest.mark.parametrize("counted", [letters_counted, ballot, stack])
def test_nothing_is_counted_before_the_poll_is_over_and_the_refusal_names_the_moment(
    desk: Desk, at: Callable[[datetime], None], counted: Callable[[Desk, Place, int], None]
) -> None:
    place = admitted(desk)
    district = place.districts[0]
    at(BEFORE)
    with pytest.raises(Refused, match=MOMENT):
        counted(desk, place, 0)
    assert not ballots(desk.session, district)
    assert not count(desk.session, district).voters
    assert MOMENT in capture.resting(desk.session, district)
    at(OVER)
    counted(desk, place, count(desk.session, district).version)
    assert capture.resting(desk.session, district) == ""


def test_second_entries_and_the_end_of_the_count_wait_for_the_end_of_the_poll(desk: Desk, at: Callable[[datetime], None]) -> None:
    place = admitted(desk)
    at(BEFORE)
    for refused in (
        lambda: second_entries.record_second(desk, place.districts[0], 1, Ballot(marks={"101": 1})),
        lambda: close_district(desk, place.districts[0]),
    ):
        with pytest.raises(Refused, match=MOMENT):
            refused()


def test_a_bylaw_that_ends_the_vote_at_another_hour_moves_the_beginning_of_the_count(desk: Desk, at: Callable[[datetime], None]) -> None:
    place = admitted(desk, postal_deadline="12:00")
    at(datetime(2026, 11, 15, 10, 59, 59, tzinfo=UTC))
    with pytest.raises(Refused, match="12:00"):
        ballot(desk, place, 0)
    at(datetime(2026, 11, 15, 11, tzinfo=UTC))
    ballot(desk, place, 0)


def test_a_letter_is_taken_in_before_election_day_and_decided_on_only_then(desk: Desk, at: Callable[[datetime], None]) -> None:
    place = admitted(desk)
    district = place.districts[0]
    at(DAY_BEFORE)
    assert letters.book_letter(desk, district, "W-1", LetterState.SET_ASIDE) == 1
    with pytest.raises(Refused, match="erst am Wahltag, Sonntag, 15"):
        letters.book_letter(desk, district, "W-2", LetterState.ADMITTED)
    with pytest.raises(Refused, match="erst am Wahltag, Sonntag, 15"):
        letters.decide_letter(desk, district, 1, LetterState.REJECTED, "nicht_unterschrieben")
    at(MORNING)
    letters.decide_letter(desk, district, 1, LetterState.ADMITTED)
    letters.book_letter(desk, district, "W-2", LetterState.REJECTED, "nicht_unterschrieben")
    assert (letters.book(desk.session, district).admitted, letters.book(desk.session, district).rejected.total()) == (1, 1)


def test_the_check_before_the_start_belongs_to_election_day(desk: Desk, at: Callable[[datetime], None]) -> None:
    place = admitted(desk)
    at(DAY_BEFORE)
    member = boards.appoint_member(desk, place.districts[0], "Dana Vorsitz", Function.CHAIR)
    boards.record_presence(desk, place.districts[0], member, present=True)
    with pytest.raises(Refused, match="erst am Wahltag"):
        boards.confirm_program(desk, place.districts[0], member)
    at(MORNING)
    boards.confirm_program(desk, place.districts[0], member)


def test_what_was_taken_back_or_counted_again_as_nothing_keeps_no_admission_closed(desk: Desk) -> None:
    place = admitted(desk)
    district, (first, *_) = place.districts[0], nominations(desk.session, place.election_id)
    ballot(desk, place, 0)
    counter, _ = two_counters(desk, district)
    stacks.record_stacks(desk, district, {first.nomination_id: 2}, 0, 0, counter)
    counting.cancel_ballot(desk, district, 1, "nur zur Probe")
    with pytest.raises(Refused, match="solange sie zählen"):
        reopen_admission(desk, place.election_id, "Beanstandung")
    stacks.record_stacks(desk, district, {first.nomination_id: 0}, 0, count(desk.session, district).version, counter)
    reopen_admission(desk, place.election_id, "Beanstandung")
    assert not any(of.number for of in nominations(desk.session, place.election_id))
