"""Acceptance and succession: §§ 44, 45 KWG, §§ 64, 66 KWO."""

from datetime import date, timedelta

import pytest

from beiratswahl.law.candidates import PersonVotes, of_list, of_majority
from beiratswahl.law.rules import Rules, System
from beiratswahl.law.seat_lots import LotRefused
from beiratswahl.law.succession import (
    Acceptance,
    CallOutcome,
    Declaration,
    Departure,
    DroppedOut,
    acceptance,
    call_substitute,
    last_day_to_declare,
    most_appointed,
    term_end,
    too_many_appointed,
)

RULES = Rules(system=System.MAJORITY, seats=4, votes=4)
SERVED = date(2024, 11, 15)
LAST = date(2024, 11, 22)
AFTER = LAST + timedelta(days=1)


def test_the_week_ends_on_the_same_weekday_even_on_a_sunday() -> None:
    assert last_day_to_declare(RULES, SERVED) == LAST
    assert last_day_to_declare(RULES, date(2024, 11, 17)) == date(2024, 11, 24)


@pytest.mark.parametrize(
    ("today", "declared", "expected", "rule"),
    [
        (LAST, None, Acceptance.OPEN, "period"),
        (AFTER, None, Acceptance.ACCEPTED, "silence"),
        (SERVED, (SERVED, Declaration.ACCEPTED), Acceptance.ACCEPTED, "accepted"),
        (LAST, (LAST, Declaration.REFUSED), Acceptance.REFUSED, "refused"),
        (AFTER, (AFTER, Declaration.REFUSED), Acceptance.ACCEPTED, "silence"),
        (LAST, (LAST, Declaration.WITH_RESERVATION), Acceptance.REFUSED, "reservation"),
        (AFTER, (AFTER, Declaration.WITH_RESERVATION), Acceptance.ACCEPTED, "silence"),
    ],
)
def test_silence_is_acceptance_and_a_reservation_is_refusal(
    today: date, declared: tuple[date, Declaration] | None, expected: Acceptance, rule: str
) -> None:
    state, steps = acceptance(RULES, SERVED, today, declared)
    assert (state, steps[-1].rule) == (expected, rule)
    assert ("late" in {step.rule for step in steps}) == (declared is not None and declared[0] > LAST)


@pytest.mark.parametrize(
    ("today", "declared", "left", "expected", "rule"),
    [
        (LAST, None, None, Acceptance.OPEN, "incompatible_open"),
        (AFTER, None, None, Acceptance.REFUSED, "incompatible"),
        (AFTER, None, LAST, Acceptance.REFUSED, "incompatible"),
        (LAST, (SERVED, Declaration.ACCEPTED), None, Acceptance.OPEN, "incompatible_open"),
        (LAST, (SERVED, Declaration.ACCEPTED), LAST, Acceptance.ACCEPTED, "left_office"),
        (AFTER, (SERVED, Declaration.ACCEPTED), AFTER, Acceptance.REFUSED, "incompatible"),
        (SERVED, (SERVED, Declaration.REFUSED), LAST, Acceptance.REFUSED, "refused"),
    ],
)
def test_an_incompatible_office_is_left_by_proof_or_the_election_is_refused(
    today: date, declared: tuple[date, Declaration] | None, left: date | None, expected: Acceptance, rule: str
) -> None:
    state, steps = acceptance(RULES, SERVED, today, declared, incompatible=True, left_office_on=left)
    assert (state, steps[-1].rule) == (expected, rule)


def test_the_term_lasts_five_years() -> None:
    assert term_end(date(2024, 12, 1)) == date(2029, 12, 1)
    assert term_end(date(2024, 2, 29)) == date(2029, 3, 1)


def test_on_a_list_the_next_by_votes_then_by_place_follows() -> None:
    elected = of_list([PersonVotes("A1", 5), PersonVotes("A2", 9), PersonVotes("A3", 5)], 1)
    call = call_substitute(elected.substitutes, {}, Departure.DIED)
    assert (call.outcome, call.person) == (CallOutcome.CALLED, "A1")
    assert "Tod" in call.steps[0].text
    call = call_substitute(elected.substitutes, {"A1": DroppedOut.LOST_ELIGIBILITY}, Departure.RESIGNED)
    assert call.person == "A3"
    assert any("Wählbarkeit" in step.text for step in call.steps)


def test_equal_substitutes_of_a_majority_vote_wait_for_the_lot_until_one_is_called() -> None:
    elected = of_majority([PersonVotes(name, votes) for name, votes in (("P1", 9), ("P2", 4), ("P3", 4), ("P4", 1))], 2, ["P3"])
    assert elected.elected == ("P1", "P3")
    assert elected.substitutes == (("P2",), ("P4",))
    groups = (("P5", "P6", "P7"), ("P8",))
    asked = call_substitute(groups, {"P5": DroppedOut.DIED}, Departure.REFUSED, seat=2)
    assert asked.outcome is CallOutcome.LOT
    assert asked.lot is not None
    assert (asked.lot.seat, asked.lot.among) == (2, ("P6", "P7"))
    drawn = call_substitute(groups, {"P5": DroppedOut.DIED}, Departure.REFUSED, ["P7"])
    assert (drawn.outcome, drawn.person) == (CallOutcome.CALLED, "P7")
    # the last of the equals needs no lot
    dropped = {"P5": DroppedOut.DIED, "P7": DroppedOut.CALLED}
    assert call_substitute(groups, dropped, Departure.RESIGNED).person == "P6"


@pytest.mark.parametrize("lots", [["P9"], ["P6", "P7"]])
def test_a_lot_that_answers_no_question_is_refused(lots: list[str]) -> None:
    with pytest.raises(LotRefused):
        call_substitute((("P6", "P7"),), {}, Departure.REFUSED, lots)


@pytest.mark.parametrize("substitutes", [(), (("P6",),)])
def test_no_lot_is_taken_where_nothing_is_drawn(substitutes: tuple[tuple[str, ...], ...]) -> None:
    with pytest.raises(LotRefused):
        call_substitute(substitutes, {}, Departure.REFUSED, ["P6"])


def test_without_a_substitute_the_seat_stays_empty_and_that_is_published() -> None:
    call = call_substitute((("P6",),), {"P6": DroppedOut.DECLINED}, Departure.ELECTION_INVALID)
    assert (call.outcome, call.person, call.lot) == (CallOutcome.VACANT, None, None)
    assert call.steps[-1].source == "§ 66 KWO"


@pytest.mark.parametrize(("elected", "appointed"), [(22, 11), (10, 5), (4, 2), (7, 3), (0, 0), (1, 0)])
def test_the_appointed_are_at_most_a_third_of_all(elected: int, appointed: int) -> None:
    assert most_appointed(elected) == appointed
    assert 3 * appointed <= elected + appointed
    assert 3 * (appointed + 1) > elected + appointed + 1
    members = [str(number) for number in range(elected)]
    assert not too_many_appointed(members, [str(number) for number in range(appointed)])
    assert too_many_appointed(members, [str(number) for number in range(appointed + 1)])
