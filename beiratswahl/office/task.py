"""One task of an election: its state in words, until when it is due, and what has to wait for it."""

from dataclasses import dataclass
from datetime import date, datetime

from beiratswahl import words

OPEN, DONE, RUNNING, WAITING = "offen", "erledigt", "läuft", "noch nicht möglich"
#: its last day is over; nobody entered it although the election is over; wait for election day; done, but of numbers that changed since
OVERDUE, UNRECORDED, UNTIL_THE_DAY, OUTDATED = "überfällig", "nicht erfasst", "wartet bis zum Wahltag", "überholt"
KINDS = {OPEN: "warning", DONE: "success", RUNNING: "info", OVERDUE: "danger", OUTDATED: "danger"}


@dataclass(frozen=True, slots=True)
class Task:
    """Aufgabe: one stage of the work.

    Attributes:
        title: what is to be done.
        url: page on which it is done; "" when it cannot be done yet.
        status: its state in words.
        hint: what is missing or how far it is.
        may_stay: whether nothing has to wait for it, so that it is never the next step.
        by: last day of its deadline, or of the first deadline that cannot be kept without it; None when no deadline binds it.
        is_next: whether it is what comes next.
    """

    title: str
    url: str
    status: str
    hint: str = ""
    may_stay: bool = False
    by: date | None = None
    is_next: bool = False

    @property
    def kind(self) -> str:
        """The colour of the state."""
        return KINDS.get(self.status, "")

    @property
    def presses(self) -> bool:
        """Whether somebody has to do something now."""
        return self.status in (OPEN, RUNNING, OVERDUE, OUTDATED) and not self.may_stay


def until(at: date | datetime, today: date) -> str:
    """Frist in words: "bis Montag, 18. Januar 2027, 18:00 Uhr (noch 57 Tage)"."""
    day = at.date() if isinstance(at, datetime) else at
    hour = f", {at:%H:%M}{words.NO_BREAK}Uhr" if isinstance(at, datetime) else ""
    left = (day - today).days
    distance = " (heute)" if left == 0 else f" (noch {words.counted(left, 'Tag', 'Tage')})" if left > 0 else ""
    return f"bis {words.weekday_date(day)}{hour}{distance}"
