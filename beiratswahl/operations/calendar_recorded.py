"""Was Fristen einhält: the recorded acts from which the calendar knows that a deadline was kept, and how far the others are."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock, words
from beiratswahl.law.boards import Function
from beiratswahl.law.deadlines import Deadline
from beiratswahl.operations.acts import Act
from beiratswahl.operations.announcements_before import Announcement
from beiratswahl.store.read import journal, setup
from beiratswahl.store.read.boards import led_districts
from beiratswahl.store.read.electoral_roll import objections
from beiratswahl.store.read.published import notices
from beiratswahl.store.read.setup import ElectionView
from beiratswahl.store.tables.electoral_roll import ElectoralRoll

#: deadline by which a kind of notice has to be out
NOTICES = {
    Announcement.CALL.value: "call_for_nominations",
    Announcement.INSPECTION.value: "inspection_notice",
    Announcement.ADMITTED.value: "candidates_notice",
    Announcement.NO_ELECTION.value: "candidates_notice",
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """Was das Archiv über eine Frist weiß.

    Attributes:
        said: by which act it was kept, or how far it is.
        kept_at_utc: when it was kept; None while it is not.
    """

    said: str
    kept_at_utc: datetime | None = None


def recorded(session: Session, election: ElectionView, found: Iterable[Deadline], now_utc: datetime) -> dict[str, Recorded]:
    """What the archive knows, by key of the deadline; nothing about those it cannot know of.

    Args:
        session: the archive.
        election: the election.
        found: its deadlines.
        now_utc: the current moment.
    """
    known: dict[str, Recorded] = {}
    if election.nominations_closed_at_utc is not None:
        known["admission"] = Recorded("Zulassung abgeschlossen", election.nominations_closed_at_utc)
    for of in notices(session, election.election_id):
        if of.withdrawn_at_utc is None and of.kind in NOTICES:
            known[NOTICES[of.kind]] = Recorded(f"Bekanntmachung Nr. {of.number}", of.published_at_utc)
    roll = session.scalars(select(ElectoralRoll).where(ElectoralRoll.election_id == election.election_id)).first()
    if roll is not None and roll.closed_at_utc is not None:
        known["roll_closed"] = Recorded("Wählerverzeichnis abgeschlossen", roll.closed_at_utc)
    parts = {
        "corrections_decided": _corrections(session, election, found, now_utc) if roll is not None else None,
        "polling_chairs": _chairs(session, election),
    }
    return {**known, **{key: part for key, part in parts.items() if part is not None}}


def _corrections(session: Session, election: ElectionView, found: Iterable[Deadline], now_utc: datetime) -> Recorded | None:
    """Einwendungen: decided when the Einsicht is over and none waits; None while more can come and none is raised."""
    raised = [of for of in objections(session, election.election_id) if of.withdrawn_at_utc is None]
    if waiting := sum(of.is_open or of.waits for of in raised):
        return Recorded(f"{waiting} von {words.counted(len(raised), 'Einwendung', 'Einwendungen')} noch offen")
    last = next((of.at for of in found if of.key == "inspection_ends"), None)
    if last is None:
        return None
    day = last.date() if isinstance(last, datetime) else last
    over = clock.from_local(datetime.combine(day, time()) + timedelta(days=1))
    if now_utc < over:
        return None
    decided = [moment for of in raised if (moment := of.second_look_at_utc or of.decided_at_utc) is not None]
    said = f"{words.counted(len(raised), 'Einwendung', 'Einwendungen')} entschieden" if raised else "keine Einwendung erhoben"
    return Recorded(said, max([over, *decided]))


def _chairs(session: Session, election: ElectionView) -> Recorded | None:
    """Wahlvorsteher: kept when every polling district has one; None while no board is entered here."""
    districts = {of.district_id for of in setup.districts(session, election.election_id)}
    led = led_districts(session, election.election_id) & districts
    if not led:
        return None
    if led < districts:
        return Recorded(f"{len(led)} von {words.counted(len(districts), 'Wahlvorsteher', 'Wahlvorstehern')} berufen")
    return Recorded("Alle Wahlvorsteher sind berufen", max(_appointed(session, election)))


def _appointed(session: Session, election: ElectionView) -> Iterator[datetime]:
    """The moments at which somebody became chair of a board."""
    for act in (Act.BOARD_MEMBER_APPOINTED, Act.BOARD_MEMBER_CHANGED):
        for entry in journal.entries_of_act(session, election.municipality_id, election.election_id, act.value):
            if json.loads(entry.details).get("function") == Function.CHAIR.value:
                yield entry.at_utc
