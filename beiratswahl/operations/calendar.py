"""Fristenkalender: the deadlines of an election with what the archive knows about them, as file for calendars and as sheet to hang up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.documents.result_sheet import Label
from beiratswahl.law.deadlines import Deadline, deadlines, objection_deadlines
from beiratswahl.law.rules import Rules
from beiratswahl.operations.acts import Act
from beiratswahl.operations.calendar_recorded import NOTICES, Recorded, recorded
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.read import setup
from beiratswahl.store.read.published import versions
from beiratswahl.store.tables.deadlines import DeadlineTick
from beiratswahl.store.tables.setup import Election

#: deadlines that only an act recorded here can keep
BY_ACT = frozenset({"admission", "roll_closed"})
#: deadlines that can also be kept outside of this archive
BY_HAND = frozenset(
    {
        *NOTICES.values(),
        "unregistered_notice",
        "corrections_decided",
        "postal_dispatch_ends",
        "voting_notices",
        "polling_chairs",
    }
)


class DeadlineState(StrEnum):
    """Stand einer Frist.

    DONE comes from a recorded act or a tick; MISSED is said only where the archive would know; what nobody ticked is NOT_TICKED; what the
    office has nothing to do for is PAST.
    """

    DONE = "erledigt"
    DUE = "steht an"
    MISSED = "versäumt"
    NOT_TICKED = "nicht abgehakt"
    PAST = "vorbei"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Frist with its state.

    Attributes:
        deadline: the deadline.
        state: where it stands.
        task: whether the office has to do something by then.
        done_on: day on which it was kept; None otherwise.
        late: whether that was after the deadline.
        by_hand: whether it was ticked by hand, so that the tick can be taken back.
        may_tick: whether it can be ticked by hand now.
        note: what was written beside the tick, by what act it was kept, or how far it is.
    """

    deadline: Deadline
    state: DeadlineState
    task: bool
    done_on: date | None = None
    late: bool = False
    by_hand: bool = False
    may_tick: bool = False
    note: str = ""


def calendar(session: Session, election_id: int, now_utc: datetime) -> tuple[CalendarEntry, ...]:
    """Fristenkalender in order of time.

    Args:
        session: the archive.
        election_id: the election.
        now_utc: the current moment.

    Raises:
        Refused: there is no such election.
    """
    election = setup.election(session, election_id)
    if election is None:
        raise Refused("Diese Wahl gibt es nicht.")
    ticks = {row.key: row for row in session.scalars(select(DeadlineTick).where(DeadlineTick.election_id == election_id))}
    now = clock.local(now_utc).replace(tzinfo=None)
    rules = rules_of(session, election_id)
    found = (*deadlines(rules, election.day), *_after_announcement(session, election_id, rules))
    known = recorded(session, election, found, now_utc)
    return tuple(_entry(deadline, known.get(deadline.key), ticks.get(deadline.key), now) for deadline in found)


def _after_announcement(session: Session, election_id: int, rules: Rules) -> tuple[Deadline, ...]:
    """Fristen der Wahlprüfung: they run from the public announcement of the final result, which a corrected one replaces.

    Source: §§ 48, 49 KWG [V].
    """
    final = (one for one in versions(session, election_id) if one.label == Label.FINAL.value and one.withdrawn_at_utc is None)
    newest = next(final, None)
    return objection_deadlines(rules, date.fromisoformat(newest.result["announced_on"])) if newest else ()


def tick_deadline(desk: Desk, election_id: int, key: str, done_on: date, note: str = "") -> None:
    """Frist abhaken, where the archive cannot know that it was kept.

    Raises:
        Refused: there is no such deadline, an act keeps it, it is kept already, or the day lies ahead.
    """
    election = desk.session.get_one(Election, election_id)
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.DEADLINE_TICKED, key, **where) as entry:
        found = next((of for of in calendar(desk.session, election_id, clock.now()) if of.deadline.key == key), None)
        if found is None:
            raise Refused("Diese Frist gibt es bei dieser Wahl nicht.")
        if key not in BY_HAND:
            raise Refused("Diese Frist hakt sich von selbst ab, sobald die Amtshandlung erfasst ist, oder es ist nichts zu tun.")
        if found.state is DeadlineState.DONE:
            raise Refused("Diese Frist ist schon erledigt.")
        if done_on > clock.today():
            raise Refused("Der Tag liegt in der Zukunft. Haken Sie ab, wenn es geschehen ist.")
        desk.session.add(
            DeadlineTick(**where, key=key, done_on=done_on, note=note.strip(), ticked_by=desk.actor.name, ticked_at_utc=clock.now())
        )
        entry.subject = found.deadline.text
        entry.note(key=key, done_on=done_on.isoformat(), remark=note.strip())


def untick_deadline(desk: Desk, election_id: int, key: str) -> None:
    """Haken an einer Frist entfernen.

    Raises:
        Refused: it is not ticked by hand.
    """
    election = desk.session.get_one(Election, election_id)
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.DEADLINE_UNTICKED, key, **where) as entry:
        row = desk.session.scalars(select(DeadlineTick).where(DeadlineTick.election_id == election_id, DeadlineTick.key == key)).first()
        if row is None:
            raise Refused("Diese Frist ist nicht von Hand abgehakt.")
        known = {of.key: of.text for of in deadlines(rules_of(desk.session, election_id), election.day)}
        entry.subject = known.get(key, key)
        entry.note(key=key, done_on=row.done_on.isoformat(), remark=row.note)
        desk.session.delete(row)


def next_steps(entries: Sequence[CalendarEntry]) -> tuple[CalendarEntry, ...]:
    """Was zu tun ist: tasks that are not done, the missed ones first, then by time."""
    overdue = (DeadlineState.MISSED, DeadlineState.NOT_TICKED)
    return tuple(sorted((of for of in entries if of.task and of.state is not DeadlineState.DONE), key=lambda of: of.state not in overdue))


def _entry(deadline: Deadline, known: Recorded | None, tick: DeadlineTick | None, now: datetime) -> CalendarEntry:
    day = deadline.at.date() if isinstance(deadline.at, datetime) else deadline.at
    # an office that works on a day has kept it, whatever the hour
    end = deadline.at if isinstance(deadline.at, datetime) and deadline.key not in BY_ACT else datetime.combine(day, time.max)
    by_hand = deadline.key in BY_HAND
    task = by_hand or deadline.key in BY_ACT
    said = known.said if known is not None else ""
    if known is not None and known.kept_at_utc is not None:
        on = clock.local(known.kept_at_utc).date()
        return CalendarEntry(deadline, DeadlineState.DONE, task, on, on > day, note=said)
    if tick is not None:
        return CalendarEntry(deadline, DeadlineState.DONE, task, tick.done_on, tick.done_on > day, by_hand=True, note=tick.note)
    if now <= end:
        return CalendarEntry(deadline, DeadlineState.DUE, task, may_tick=by_hand, note=said)
    if deadline.key in BY_ACT:
        return CalendarEntry(deadline, DeadlineState.MISSED, task)
    return CalendarEntry(deadline, DeadlineState.NOT_TICKED if by_hand else DeadlineState.PAST, task, may_tick=by_hand, note=said)
