"""The calendar of an election: what is due next, what is over, what follows."""

from datetime import date, datetime
from typing import NamedTuple

from flask import Blueprint
from flask.typing import ResponseReturnValue

from beiratswahl import clock, words
from beiratswahl.access import archive
from beiratswahl.access.gates import holding, place
from beiratswahl.access.roles import Permission
from beiratswahl.law.deadlines import Deadline, deadlines
from beiratswahl.office.frame import show
from beiratswahl.office.rule_words import MARKS
from beiratswahl.operations.setup import rules_of


class Shown(NamedTuple):
    """One deadline with its day in words and how far away it is."""

    deadline: Deadline
    when: str
    distance: str
    kind: str


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    door.add_url_rule("/wahl/<int:election_id>/fristen", "deadlines", calendar)


@holding(Permission.SEE_ELECTION)
def calendar(election_id: int) -> ResponseReturnValue:
    """Fristen und Termine der Wahl, the next ones first."""
    rules = rules_of(archive.session(), election_id)
    now = clock.local(clock.now()).replace(tzinfo=None)
    found = deadlines(rules, place().election.day)
    coming = [_shown(one, now) for one in found if not _over(one.at, now)]
    over = [_shown(one, now) for one in found if _over(one.at, now)]
    return show("setup/deadlines.html", "deadlines", coming=coming, over=over, still_open=rules.to_be_confirmed, marks=MARKS)


def _over(at: date | datetime, now: datetime) -> bool:
    return at < now if isinstance(at, datetime) else at < now.date()


def _shown(deadline: Deadline, now: datetime) -> Shown:
    at = deadline.at
    day = at.date() if isinstance(at, datetime) else at
    when = words.weekday_date(day)
    if isinstance(at, datetime):
        when += f", {at:%H:%M}{words.NO_BREAK}Uhr"
    days = (day - now.date()).days
    if _over(at, now):
        return Shown(deadline, when, "vorbei", "")
    if days == 0:
        return Shown(deadline, when, "heute", "danger")
    return Shown(deadline, when, f"noch {words.counted(days, 'Tag', 'Tage')}", "warning" if days <= 7 else "info")
