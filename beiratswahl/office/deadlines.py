"""The calendar of an election: what is to be done next, what is kept or missed, what follows; ticks by hand."""

from datetime import date, datetime
from typing import NamedTuple

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from beiratswahl import clock, words
from beiratswahl.access import archive
from beiratswahl.access.gates import desk, holding, place
from beiratswahl.access.roles import Permission
from beiratswahl.office.frame import done, show
from beiratswahl.office.rule_words import MARKS
from beiratswahl.operations import calendar as operations
from beiratswahl.operations.calendar import CalendarEntry, DeadlineState
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.setup import rules_of

KINDS = {DeadlineState.DONE: "success", DeadlineState.MISSED: "danger", DeadlineState.NOT_TICKED: "warning", DeadlineState.PAST: ""}
#: page on which the act that keeps a deadline is done
PAGES = {
    "call_for_nominations": ("publish_notice", {"which": "aufforderung"}),
    "inspection_notice": ("publish_notice", {"which": "einsicht"}),
    "candidates_notice": ("publish_notice", {"which": "wahlvorschlaege"}),
    "admission": ("admission", {}),
    "roll_closed": ("roll_book", {}),
    "corrections_decided": ("objections", {}),
}


class Shown(NamedTuple):
    """One deadline with its day in words and its state."""

    entry: CalendarEntry
    when: str
    state: str
    kind: str
    page: tuple[str, dict[str, str]] | None


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/fristen"
    door.add_url_rule(base, "deadlines", calendar)
    door.add_url_rule(f"{base}/<key>/abhaken", "tick_deadline", tick, methods=["POST"])
    door.add_url_rule(f"{base}/<key>/haken-entfernen", "untick_deadline", untick, methods=["POST"])


@holding(Permission.SEE_ELECTION)
def calendar(election_id: int) -> ResponseReturnValue:
    """Fristen und Termine der Wahl, the next step first."""
    return _page(election_id)


@holding(Permission.KEEP_NOMINATIONS)
def tick(election_id: int, key: str) -> ResponseReturnValue:
    """Frist abhaken."""
    _known(election_id, key)
    try:
        day = date.fromisoformat(request.form.get("done_on", ""))
        operations.tick_deadline(desk(), election_id, key, day, request.form.get("note", "")[:300])
    except ValueError:
        return _page(election_id, "Geben Sie den Tag ein, an dem es erledigt wurde.")
    except Refused as error:
        return _page(election_id, str(error))
    return done("Die Frist ist abgehakt.", "deadlines")


@holding(Permission.KEEP_NOMINATIONS)
def untick(election_id: int, key: str) -> ResponseReturnValue:
    """Haken entfernen."""
    _known(election_id, key)
    try:
        operations.untick_deadline(desk(), election_id, key)
    except Refused as error:
        return _page(election_id, str(error))
    return done("Der Haken ist entfernt.", "deadlines")


def _page(election_id: int, refusal: str = "") -> ResponseReturnValue:
    now = clock.now()
    found = operations.calendar(archive.session(), election_id, now)
    local = clock.local(now).replace(tzinfo=None)
    todo = operations.next_steps(found)
    return show(
        "setup/deadlines.html",
        "deadlines",
        following=_shown(todo[0], local) if todo else None,
        todo=[_shown(one, local) for one in todo],
        coming=[_shown(one, local) for one in found if not one.task and one.state is DeadlineState.DUE],
        kept=[_shown(one, local) for one in found if one.state is DeadlineState.DONE],
        over=[_shown(one, local) for one in found if one.state is DeadlineState.PAST],
        still_open=rules_of(archive.session(), election_id).to_be_confirmed,
        marks=MARKS,
        today=clock.today(),
        refusal=refusal,
        refused=bool(refusal),
    )


def _known(election_id: int, key: str) -> None:
    if key not in {one.deadline.key for one in operations.calendar(archive.session(), election_id, clock.now())}:
        abort(404)


def _shown(entry: CalendarEntry, now: datetime) -> Shown:
    at = entry.deadline.at
    day = at.date() if isinstance(at, datetime) else at
    when = words.weekday_date(day)
    if isinstance(at, datetime):
        when += f", {at:%H:%M}{words.NO_BREAK}Uhr"
    page = PAGES.get(entry.deadline.key) if entry.state is not DeadlineState.DONE else None
    if page and entry.deadline.key == "candidates_notice" and place().election.admission_outcome == "keine Wahl":
        page = ("publish_notice", {"which": "keine-wahl"})
    if entry.state is DeadlineState.DUE:
        days = (day - now.date()).days
        distance = "heute" if days == 0 else f"noch {words.counted(days, 'Tag', 'Tage')}"
        return Shown(entry, when, distance, "danger" if days == 0 else "warning" if days <= 7 else "info", page)
    said = entry.state.value + (f" am {entry.done_on:%d.%m.%Y}" if entry.done_on else "") + (", verspätet" if entry.late else "")
    return Shown(entry, when, said, "warning" if entry.late else KINDS[entry.state], page)
