"""The page of one sitting of the Wahlausschuss, and how its fields are read."""

from collections.abc import Mapping
from datetime import date, datetime

from flask import abort, request
from flask.typing import ResponseReturnValue

from beiratswahl import clock
from beiratswahl.access import archive
from beiratswahl.access.gates import place
from beiratswahl.law.committee import CommitteeFunction
from beiratswahl.office.frame import show
from beiratswahl.operations import committee_papers
from beiratswahl.operations.committee_decisions import Vote
from beiratswahl.operations.committee_state import voters
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read import committee as read
from beiratswahl.store.read.committee import SittingView


def vote_of(typed: Mapping[str, str], key: str) -> Vote | None:
    """Abstimmung aus drei Feldern; None when nothing is typed.

    Raises:
        Refused: something else than a number is typed.
    """
    texts = [typed.get(f"{name}{key}", "").strip() for name in ("yes", "no", "abstained")]
    if not any(texts):
        return None
    if not all(text.isdecimal() and len(text) <= 3 for text in texts if text):
        raise Refused("Schreiben Sie die Stimmen als Zahlen.")
    yes, no, abstained = (int(text or "0") for text in texts)
    return Vote(yes, no, abstained)


def show_sitting(view: SittingView, refusal: str = "") -> ResponseReturnValue:
    """Eine Sitzung; what was typed stays in its field when it was refused."""
    return show(
        "committee/sitting.html",
        "nominations",
        sitting=view,
        voters=voters(view),
        functions=[function.value for function in CommitteeFunction],
        decided=place().election.nominations_closed_at_utc is not None,
        outdated=committee_papers.announcement_is_outdated(archive.session(), view),
        today=clock.today().isoformat(),
        now=f"{clock.local(clock.now()):%H:%M}",
        typed=request.form,
        refusal=refusal,
        refused=bool(refusal),
    )


def sitting_here(election_id: int, number: int) -> SittingView:
    """The sitting of the address (else 404)."""
    found = next((of for of in read.sittings(archive.session(), election_id) if of.number == number), None)
    if found is None:
        abort(404)
    return found


def hour_of(view: SittingView, hour: str) -> datetime:
    """A time of day on the day of the sitting.

    Raises:
        Refused: it is no time of day.
    """
    day: date = clock.local(view.begins_at_utc).date()
    try:
        return clock.from_local(datetime.fromisoformat(f"{day.isoformat()}T{hour.strip().rjust(5, '0')}"))
    except ValueError as error:
        raise Refused(f"„{hour}“ ist keine Uhrzeit. Schreiben Sie sie wie 16:05.") from error


def moment_of(view: SittingView, hour: str, before: datetime | None) -> datetime | None:
    """The moment typed; the one before when the minute did not change, so that its seconds stay."""
    if not hour.strip():
        return None
    if before is not None and f"{clock.local(before):%H:%M}" == hour.strip().rjust(5, "0"):
        return before
    return hour_of(view, hour)
