"""Fristen und Termine: every day and hour that follows from election day and the rules. The sentences are in `deadline_texts`.

Deadlines are not moved when their last day is a Saturday, Sunday or holiday (§ 75 KWG). Each says what happens if it is missed.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from beiratswahl.law.deadline_texts import TEXTS
from beiratswahl.law.facts import months_before
from beiratswahl.law.rule_values import DayBefore, Hours, Window
from beiratswahl.law.rules import Ground, Rules, RuleToBeConfirmed, VotingMode


class Deadline(NamedTuple):
    """Frist oder Termin.

    Attributes:
        key: stable English name, one of `deadline_texts.TEXTS`.
        at: the calendar day, or the exact local time in Germany where an hour is set.
        source: § or document.
        mark: how sure the text is: V, S, I or G.
        text: German sentence.
        missed: what happens if it is missed; empty where nothing can be missed.
    """

    key: str
    at: date | datetime
    source: str
    mark: str
    text: str
    missed: str = ""


class Timetable(NamedTuple):
    """Fristenregeln: the fields of `Rules` that deadlines depend on, under the same names."""

    grounds: tuple[Ground, ...]
    residence_months: int
    voting_mode: VotingMode
    register_key_date: DayBefore
    nomination_deadline: DayBefore
    admission_deadline: DayBefore
    candidates_notice_deadline: DayBefore
    application_deadline: DayBefore | None
    postal_dispatch_window: Window
    voting_certificate_deadline: DayBefore
    inspection_period: Window
    postal_deadline: time
    voting_hours: Hours | None
    hand_in_hours: Hours | None

    @property
    def takes_applications(self) -> bool:
        """Eintragung auf Antrag: whether anybody has to apply for the roll (not before 2009)."""
        return Ground.NR2B in self.grounds

    @property
    def at_polling_stations(self) -> bool:
        """Urnenwahl: whether people can vote in a polling station."""
        return self.voting_mode is VotingMode.URN_AND_POSTAL


def timetable_of(rules: Rules) -> Timetable:
    """Fristenregeln einer Wahl: the part of its rules that deadlines depend on."""
    return Timetable(*(getattr(rules, name) for name in Timetable._fields))


def deadlines(rules: Rules, election_day: date) -> tuple[Deadline, ...]:
    """Fristenkalender: all deadlines of an election, the earliest first.

    Source: § 75 KWG: no moving of deadlines [V]; each deadline carries its own source and mark.

    Args:
        rules: rules of the election.
        election_day: the day of voting.

    Returns:
        The deadlines that apply to these rules. The application deadline is left out while nobody has confirmed it.
    """
    return deadlines_of(timetable_of(rules), election_day)


def deadlines_of(timetable: Timetable, election_day: date) -> tuple[Deadline, ...]:
    """Fristenkalender nach den Fristenregeln alone; see `deadlines`."""
    found = [deadline for part in _PARTS for deadline in part(timetable, election_day)]
    return tuple(sorted(found, key=lambda deadline: _moment(deadline.at)))


def objection_deadlines(rules: Rules, announced: date) -> tuple[Deadline, ...]:
    """Fristen nach der Bekanntmachung des Ergebnisses.

    Source: § 48 KWG: two weeks for an objection [V]; § 49 KWG: three months for a review ex officio [V].

    Args:
        rules: `objection_period_days` is used.
        announced: day of the public announcement; it does not count.

    Returns:
        The last days for an objection and for a review ex officio.
    """
    return (
        _deadline("objection", announced + timedelta(days=rules.objection_period_days)),
        _deadline("review", months_before(announced, -3)),
    )


def application_in_time(rules: Rules, election_day: date, received: datetime) -> bool:
    """Rechtzeitiger Antrag: whether an application for the roll came in by the deadline, to the minute.

    Source: bylaw or notice; the minute named still counts [I].

    Args:
        rules: `application_deadline` is used.
        election_day: the day of voting.
        received: local time of receipt; seconds do not count.

    Returns:
        True when it came in time.

    Raises:
        RuleToBeConfirmed: nobody has settled the application deadline.
    """
    if rules.application_deadline is None:
        raise RuleToBeConfirmed("application_deadline")
    return received.replace(second=0, microsecond=0) <= _moment(rules.application_deadline.at(election_day))


def count_begins(table: Timetable | Rules, election_day: date) -> datetime:
    """Beginn der Auszählung: the moment the poll is over, for letters and at the polling stations.

    Source: § 51 KWO: not before 18:00, because voting ends then [V]; where a bylaw ends it at another hour, the count follows it [I].

    Args:
        table: `postal_deadline`, `voting_mode` and `voting_hours` are used; polling stations without hours close at 18:00.
        election_day: the day of voting.

    Returns:
        Local time in Germany.
    """
    end = table.postal_deadline
    if table.voting_mode is VotingMode.URN_AND_POSTAL:
        end = max(end, table.voting_hours.closes if table.voting_hours else time(18))
    return datetime.combine(election_day, end)


def _deadline(key: str, at: date | datetime) -> Deadline:
    return Deadline(key, at, *TEXTS[key])


def _moment(at: date | datetime) -> datetime:
    # A deadline without an hour ends with its day.
    return at if isinstance(at, datetime) else datetime.combine(at, time.max)


def _back(election_day: date, days: int, hour: time | None = None) -> date | datetime:
    return DayBefore(days, hour).at(election_day)


def _preparation(table: Timetable, day: date) -> Iterator[Deadline]:
    yield _deadline("foreigners_count", date(day.year - 1, 6, 30))
    yield _deadline("call_for_nominations", _back(day, 69))
    yield _deadline("nominations", table.nomination_deadline.at(day))
    yield _deadline("admission", table.admission_deadline.at(day))
    yield _deadline("candidates_notice", table.candidates_notice_deadline.at(day))


def _roll(table: Timetable, day: date) -> Iterator[Deadline]:
    yield _deadline("latest_arrival", months_before(day, table.residence_months))
    yield _deadline("unregistered_notice", _back(day, 62))
    yield _deadline("register_key_date", table.register_key_date.at(day))
    if table.takes_applications and table.application_deadline is not None:
        yield _deadline("applications", table.application_deadline.at(day))
    yield _deadline("inspection_notice", _back(day, 24))
    first, last = table.inspection_period
    yield _deadline("inspection_begins", first.at(day))
    yield _deadline("inspection_ends", last.at(day))
    yield _deadline("corrections_decided", _back(day, 10))
    yield _deadline("roll_closed", _back(day, 2, time(18)))


def _postal(table: Timetable, day: date) -> Iterator[Deadline]:
    first, last = table.postal_dispatch_window
    yield _deadline("postal_dispatch_begins", first.at(day))
    if not table.at_polling_stations:
        yield _deadline("postal_dispatch_ends", last.at(day))
    yield _deadline("voting_certificates", table.voting_certificate_deadline.at(day))
    yield _deadline("voting_certificates_special", _back(day, 0, time(15)))
    yield _deadline("postal_letters", datetime.combine(day, table.postal_deadline))
    if table.hand_in_hours is not None:
        opens, closes = table.hand_in_hours
        yield _deadline("hand_in_opens", datetime.combine(day, opens))
        yield _deadline("hand_in_closes", datetime.combine(day, closes))


def _polling(table: Timetable, day: date) -> Iterator[Deadline]:
    if table.at_polling_stations:
        yield _deadline("voting_notices", _back(day, 21))
        yield _deadline("polling_chairs", _back(day, 20))
        if table.voting_hours is not None:
            opens, closes = table.voting_hours
            yield _deadline("polls_open", datetime.combine(day, opens))
            yield _deadline("polls_close", datetime.combine(day, closes))
    begins = count_begins(table, day)
    deadline = _deadline("count_begins", begins)
    yield deadline if begins.time() == time(18) else deadline._replace(mark="I")


def _afterwards(table: Timetable, day: date) -> Iterator[Deadline]:
    yield _deadline("roll_reusable", months_before(day, -1))
    yield _deadline("ballots_destroyable", months_before(day, -6))


_PARTS: tuple[Callable[[Timetable, date], Iterator[Deadline]], ...] = (_preparation, _roll, _postal, _polling, _afterwards)
