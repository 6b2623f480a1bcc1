"""Ende der Wahlhandlung: what may happen with ballots and postal letters only from then on, or only from election day on."""

from datetime import date, datetime

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from beiratswahl import clock, words
from beiratswahl.law.deadlines import count_begins
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.tables.counting import RecordedBallot
from beiratswahl.store.tables.setup import Election, PollingDistrict

_ELECTION = (
    select(Election.id, Election.day)
    .join(PollingDistrict, PollingDistrict.election_id == Election.id)
    .where(PollingDistrict.id == bindparam("district_id"))
)
_COUNTED = select(exists().where(RecordedBallot.district_id == bindparam("district_id")))


def not_before(session: Session, district_id: int) -> str:
    """Why nothing is counted in a polling district yet, in words that name the moment; empty once the poll is over.

    What has begun is not stopped by a clock that jumps back.

    Source: § 51 KWO: not before 18:00 on election day [V]; where the bylaw ends the vote at another hour, from then on [I].
    """
    election_id, day = session.execute(_ELECTION, {"district_id": district_id}).one()
    now = clock.local(clock.now()).replace(tzinfo=None)
    # long after the day nobody has to read the rules for every ballot
    if now.date() > day:
        return ""
    begins = count_begins(rules_of(session, election_id), day)
    if now >= begins or session.scalar(_COUNTED, {"district_id": district_id}):
        return ""
    return (
        f"Die Auszählung beginnt erst, wenn die Wahl beendet ist: am {_moment(begins)} (§ 51 KWO). "
        "Vorher werden weder Umschläge noch Stimmzettel gezählt und erfasst."
    )


def refuse_before_count(session: Session, district_id: int) -> None:
    """Let nothing be counted before the poll is over.

    Raises:
        Refused: it is not; the text names the moment.
    """
    if reason := not_before(session, district_id):
        raise Refused(reason)


def refuse_before_day(session: Session, district_id: int, what: str) -> None:
    """Let something be done on election day or later only.

    Args:
        session: the archive.
        district_id: the polling district.
        what: what cannot be done yet, the beginning of a German sentence.

    Raises:
        Refused: election day has not come; the text names it.
    """
    day: date = session.execute(_ELECTION, {"district_id": district_id}).one().day
    if clock.today() < day:
        raise Refused(f"{what} erst am Wahltag, {words.weekday_date(day)}.")


def _moment(at: datetime) -> str:
    return f"{words.weekday_date(at.date())}, {at:%H:%M}{words.NO_BREAK}Uhr"
