"""Fristen der Einwendungen: until when they come in, until when they should be decided, and how long that still is."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.operations.roll_entries import day_of
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.tables.setup import Election

#: from here on hours and minutes are told
BY_THE_MINUTE = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Limit:
    """Frist.

    Attributes:
        day: its last day.
        at: local moment at which it ends.
        left: how long it still is, in words; "" when it is over.
    """

    day: date
    at: datetime
    left: str

    @property
    def is_over(self) -> bool:
        """Whether the moment has passed."""
        return not self.left


@dataclass(frozen=True, slots=True)
class Limits:
    """Fristen der Einwendungen.

    Attributes:
        begins: first day of the Einsicht.
        receipt: end of the Einsicht, the last moment in which one comes in time.
        decision: when all should be decided.
    """

    begins: date
    receipt: Limit
    decision: Limit


def until(session: Session, election_id: int) -> Limits:
    """Fristen einer Wahl.

    Source: § 12 KWG, § 13 KWO: Einwendungen within the Einsicht [V]; § 14 Abs. 3 KWO: decision by the tenth day before the election [V]. A
    period of days ends with its last day (§ 188 BGB) [G].
    """
    election = session.get_one(Election, election_id)
    rules, now = rules_of(session, election_id), clock.local(clock.now())
    last, decided = day_of(rules, election.day, "inspection_ends"), day_of(rules, election.day, "corrections_decided")
    return Limits(day_of(rules, election.day, "inspection_begins"), _limit(last, now), _limit(decided, now))


def _limit(day: date, now: datetime) -> Limit:
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=clock.BERLIN)
    return Limit(day, end, _left(end - now) if end > now else "")


def _left(rest: timedelta) -> str:
    if rest >= BY_THE_MINUTE:
        return f"{rest.days} Tage"
    minutes = -(-rest // timedelta(minutes=1))
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((days, "Tag", "Tage"), (hours, "Stunde", "Stunden"), (minutes, "Minute", "Minuten"))
    return " ".join(f"{amount} {one if amount == 1 else many}" for amount, one, many in parts if amount) or "weniger als eine Minute"
