"""Fristen: real notices as check values, and what applies under which rules."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beiratswahl.law.deadline_texts import TEXTS
from beiratswahl.law.deadlines import application_in_time, deadlines, objection_deadlines
from beiratswahl.law.rule_values import DayBefore, Hours
from beiratswahl.law.rules import Ground, Rules, RuleToBeConfirmed, System, VotingMode

DAY = date(2024, 11, 10)
POSTAL = Rules(System.PROPORTIONAL, 13, 13, application_deadline=DayBefore(37, time(12)))
URN = replace(POSTAL, voting_mode=VotingMode.URN_AND_POSTAL, voting_hours=Hours(time(8), time(18)))


def calendar(rules: Rules, day: date = DAY) -> dict[str, str]:
    return {deadline.key: deadline.at.isoformat() for deadline in deadlines(rules, day)}


@pytest.mark.parametrize(
    ("key", "at"),
    [
        ("foreigners_count", "2023-06-30"),
        ("latest_arrival", "2024-08-10"),
        ("call_for_nominations", "2024-09-02"),
        ("unregistered_notice", "2024-09-09"),
        ("nominations", "2024-09-23T18:00:00"),
        ("register_key_date", "2024-09-29"),
        ("admission", "2024-09-30"),
        ("applications", "2024-10-04T12:00:00"),
        ("postal_dispatch_begins", "2024-10-07"),
        ("inspection_notice", "2024-10-17"),
        ("voting_notices", "2024-10-20"),
        ("inspection_begins", "2024-10-21"),
        ("polling_chairs", "2024-10-21"),
        ("inspection_ends", "2024-10-25"),
        ("candidates_notice", "2024-10-29"),
        ("corrections_decided", "2024-10-31"),
        ("roll_closed", "2024-11-08T18:00:00"),
        ("voting_certificates", "2024-11-08T18:00:00"),
        ("polls_open", "2024-11-10T08:00:00"),
        ("voting_certificates_special", "2024-11-10T15:00:00"),
        ("postal_letters", "2024-11-10T18:00:00"),
        ("polls_close", "2024-11-10T18:00:00"),
        ("count_begins", "2024-11-10T18:00:00"),
        ("roll_reusable", "2024-12-10"),
        ("ballots_destroyable", "2025-05-10"),
    ],
)
def test_the_deadlines_of_10_november_2024_are_those_of_the_real_notices(key: str, at: str) -> None:
    assert calendar(URN)[key] == at


def test_postal_only_elections_have_no_polling_rooms_and_no_voting_notices() -> None:
    postal, urn = set(calendar(POSTAL)), set(calendar(URN))
    assert urn - postal == {"voting_notices", "polling_chairs", "polls_open", "polls_close"}
    assert postal - urn == {"postal_dispatch_ends"}
    assert calendar(POSTAL)["postal_dispatch_ends"] == "2024-10-31"


def test_an_unconfirmed_application_deadline_is_left_out_and_never_guessed() -> None:
    assert "applications" not in calendar(replace(POSTAL, application_deadline=None))
    with pytest.raises(RuleToBeConfirmed) as error:
        application_in_time(replace(POSTAL, application_deadline=None), DAY, datetime(2024, 10, 4))  # noqa: DTZ001
    assert error.value.rule == "application_deadline"


def test_nobody_had_to_apply_before_2009() -> None:
    assert "applications" not in calendar(replace(POSTAL, grounds=(Ground.NR1,)))


@pytest.mark.parametrize(
    ("received", "in_time"),
    [
        (datetime(2024, 10, 4, 12, 0, 59, 999_999), True),  # noqa: DTZ001
        (datetime(2024, 10, 4, 12, 1), False),  # noqa: DTZ001
        (datetime(2024, 9, 1, 23, 0), True),  # noqa: DTZ001
    ],
)
def test_an_application_counts_to_the_minute(received: datetime, in_time: bool) -> None:
    assert application_in_time(POSTAL, DAY, received) is in_time


def test_a_bylaw_may_end_the_vote_earlier_and_the_count_follows() -> None:
    noon = calendar(replace(POSTAL, postal_deadline=time(12)))
    assert (noon["postal_letters"], noon["count_begins"]) == ("2024-11-10T12:00:00", "2024-11-10T12:00:00")
    afternoon = calendar(replace(URN, postal_deadline=time(15), voting_hours=Hours(time(10), time(16))))
    assert (afternoon["polls_open"], afternoon["count_begins"]) == ("2024-11-10T10:00:00", "2024-11-10T16:00:00")
    unsettled = calendar(replace(URN, postal_deadline=time(15), voting_hours=None))
    assert "polls_open" not in unsettled
    assert unsettled["count_begins"] == "2024-11-10T18:00:00"


@pytest.mark.parametrize(("ends", "mark"), [(time(18), "V"), (time(12), "I")])
def test_that_the_count_begins_with_the_end_of_the_vote_is_seen_for_18_hours_and_inferred_otherwise(ends: time, mark: str) -> None:
    found = deadlines(replace(POSTAL, postal_deadline=ends), DAY)
    assert [deadline.mark for deadline in found if deadline.key == "count_begins"] == [mark]


def test_hand_in_hours_of_a_postal_election_are_shown() -> None:
    handed = calendar(replace(POSTAL, hand_in_hours=Hours(time(15), time(18))))
    assert (handed["hand_in_opens"], handed["hand_in_closes"]) == ("2024-11-10T15:00:00", "2024-11-10T18:00:00")


@given(st.dates(date(2014, 6, 1), date(2060, 1, 1)), st.sampled_from([POSTAL, URN]))
def test_every_deadline_has_its_paragraph_and_the_earliest_comes_first(day: date, rules: Rules) -> None:
    found = deadlines(rules, day)
    moments = [at if isinstance(at, datetime) else datetime.combine(at, time.max) for at in (deadline.at for deadline in found)]
    assert moments == sorted(moments)
    assert len({deadline.key for deadline in found}) == len(found)
    assert all(deadline.source and deadline.text.endswith(".") for deadline in found)
    assert all("§" in deadline.source or deadline.source.endswith("Bekanntmachung") for deadline in found)


@given(st.dates(date(2014, 6, 1), date(2060, 1, 1)))
def test_no_deadline_moves_for_weekends_or_holidays(day: date) -> None:
    found = {deadline.key: deadline.at for deadline in deadlines(POSTAL, day)}
    nominations, register = found["nominations"], found["register_key_date"]
    assert isinstance(nominations, datetime)
    assert (day - nominations.date()).days == 48
    assert not isinstance(register, datetime)
    assert (day - register).days == 42


def test_objections_end_two_weeks_after_the_announcement_and_review_after_three_months() -> None:
    objection, review = objection_deadlines(POSTAL, date(2024, 11, 30))
    assert (objection.at, review.at) == (date(2024, 12, 14), date(2025, 2, 28))


def test_every_text_belongs_to_a_deadline_of_some_election() -> None:
    handed_in = replace(POSTAL, hand_in_hours=Hours(time(15), time(18)))
    afterwards = {deadline.key for deadline in objection_deadlines(POSTAL, DAY)}
    assert {*calendar(URN), *calendar(handed_in), *afterwards} == set(TEXTS)
