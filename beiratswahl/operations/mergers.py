"""Zusammenlegung von Stimmbezirken by decision, and taking it back so long as nothing is counted."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.operations.acts import Act
from beiratswahl.operations.boards import LONGEST_TEXT, SHORTEST_TEXT
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.store.read import count_overview, setup
from beiratswahl.store.read.count_units import MergerView, givers_of, mergers, receiver_of
from beiratswahl.store.read.counting import CountView
from beiratswahl.store.read.setup import DistrictView
from beiratswahl.store.tables.count_units import DistrictMerger
from beiratswahl.store.tables.counting import BallotStack, DistrictCount, RecordedBallot
from beiratswahl.store.tables.setup import Election, PollingDistrict
from beiratswahl.words import counted, number


def merge(desk: Desk, election_id: int, giver_id: int, receiver_id: int, reason: str, decided_on: date) -> None:
    """Stimmbezirke zusammenlegen, before either has begun to count; the minutes stand in the Niederschrift of both.

    Source: § 57 Abs. 6 KWO analogously [I].

    Args:
        desk: who enters the decision.
        election_id: the election.
        giver_id: the district that gives its unopened ballots.
        receiver_id: the district that counts them with its own.
        reason: why, 3 to 2000 characters.
        decided_on: day of the decision, not after today.

    Raises:
        Refused: a district is not of this election, is in another merger, has begun to count or is closed; the reason or day is missing.
    """
    words = reason.strip()
    if not SHORTEST_TEXT <= len(words) <= LONGEST_TEXT:
        raise Refused(f"Begründen Sie die Entscheidung in {SHORTEST_TEXT} bis {LONGEST_TEXT} Zeichen; sie steht in beiden Niederschriften.")
    if decided_on > clock.today():
        raise Refused("Der Tag der Entscheidung liegt in der Zukunft. Tragen Sie den Tag ein, an dem entschieden wurde.")
    election = desk.session.get_one(Election, election_id)
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.DISTRICTS_MERGED, "Stimmbezirke", **where) as entry:
        giver, receiver = (_district_of(desk.session, election_id, each) for each in (giver_id, receiver_id))
        _mergeable(desk.session, giver, receiver)
        row = {"receiver_id": receiver_id, "reason": words, "decided_on": decided_on, "recorded_by": desk.actor.name}
        desk.session.add(DistrictMerger(**where, district_id=giver_id, recorded_at_utc=clock.now(), **row))
        entry.subject = f"Stimmbezirk {giver.number} in {receiver.number}"
        entry.note(district=giver_id, receiver=receiver_id, reason=words, decided_on=decided_on.isoformat())


def part(desk: Desk, election_id: int, giver_id: int) -> None:
    """Zusammenlegung aufheben, so long as neither has begun to count.

    Raises:
        Refused: the district is in no merger, or one of the two has begun to count or is closed.
    """
    election = desk.session.get_one(Election, election_id)
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.DISTRICTS_PARTED, "Stimmbezirke", **where) as entry:
        giver = _district_of(desk.session, election_id, giver_id)
        row = desk.session.scalars(select(DistrictMerger).where(DistrictMerger.district_id == giver_id)).one_or_none()
        if row is None:
            raise Refused(f"Stimmbezirk {giver.number} ist mit keinem anderen zusammengelegt.")
        receiver = desk.session.get_one(PollingDistrict, row.receiver_id)
        _not_begun(desk.session, giver, receiver)
        entry.subject = f"Stimmbezirk {giver.number} aus {receiver.number}"
        entry.note(district=giver_id, receiver=receiver.id, reason=row.reason, decided_on=row.decided_on.isoformat())
        desk.session.delete(row)


def refuse_when_taken(session: Session, district_id: int) -> None:
    """Let a district that gave its ballots stay as it is once the unit is closed.

    Raises:
        Refused: the district that counts its ballots is closed.
    """
    receiver = receiver_of(session, district_id)
    if (
        receiver is not None
        and count_overview.counts(session, (receiver.district_id,)).get(receiver.district_id, CountView()).closed_at_utc
    ):
        raise Refused(
            f"Die Stimmzettel dieses Bezirks sind in Stimmbezirk {receiver.number} schon fertig ausgezählt. Öffnen Sie zuerst dort die "
            "Zählung wieder."
        )


def minutes(session: Session, district: DistrictView) -> tuple[str, ...]:
    """Vermerke der Zusammenlegung, as they stand in the Niederschrift of the giving and of the receiving district."""
    every = {of.district_id: of for of in setup.districts(session, district.election_id)}
    counts = count_overview.counts(session, list(every))
    found = [of for of in mergers(session, district.election_id).values() if district.district_id in (of.giver_id, of.receiver_id)]
    return tuple(_minute(of, every, counts.get(of.giver_id, CountView()).voters) for of in found)


def _minute(merger: MergerView, every: Mapping[int, DistrictView], voters: int) -> str:
    giver, receiver = every[merger.giver_id], every[merger.receiver_id]
    handed = counted(voters, "Stimmzettelumschlag", "Stimmzettelumschläge") if giver.postal else number(voters) + " Stimmzettel"
    return (
        f"Durch Entscheidung vom {merger.decided_on:%d.%m.%Y} wird Stimmbezirk {giver.number} ({giver.name}) zur Wahrung des "
        f"Wahlgeheimnisses zusammen mit Stimmbezirk {receiver.number} ({receiver.name}) ausgezählt. Grund: {merger.reason.rstrip('.')}. "
        f"Ungeöffnet übergeben und dort in die Urne gelegt: {handed}."
    )


def _mergeable(session: Session, giver: PollingDistrict, receiver: PollingDistrict) -> None:
    if giver.id == receiver.id:
        raise Refused("Wählen Sie zwei verschiedene Stimmbezirke.")
    if receiver_of(session, giver.id) is not None:
        raise Refused(f"Stimmbezirk {giver.number} ist schon mit einem anderen zusammengelegt. Heben Sie das zuerst auf.")
    if givers_of(session, giver.id):
        raise Refused(f"Stimmbezirk {giver.number} nimmt selbst Stimmzettel auf und kann sie nicht weitergeben.")
    if receiver_of(session, receiver.id) is not None:
        raise Refused(f"Stimmbezirk {receiver.number} gibt seine Stimmzettel selbst ab und kann keine aufnehmen.")
    _not_begun(session, giver, receiver)


def _not_begun(session: Session, *districts: PollingDistrict) -> None:
    for district in districts:
        ballots = exists().where(RecordedBallot.district_id == district.id)
        stacks = exists().where(BallotStack.district_id == district.id)
        row = session.scalars(select(DistrictCount).where(DistrictCount.district_id == district.id)).one_or_none()
        blank_or_closed = row is not None and (row.blank_ballots > 0 or row.closed_at_utc is not None)
        if blank_or_closed or session.scalar(select(ballots)) or session.scalar(select(stacks)):
            raise Refused(
                f"In Stimmbezirk {district.number} sind schon Stimmzettel erfasst, oder er ist abgeschlossen. Zusammengelegt und getrennt "
                "wird nur, bevor die Auszählung beginnt."
            )


def _district_of(session: Session, election_id: int, district_id: int) -> PollingDistrict:
    row = session.get(PollingDistrict, district_id)
    if row is None or row.election_id != election_id:
        raise Refused("Diesen Stimmbezirk gibt es in dieser Wahl nicht. Laden Sie die Seite neu.")
    return row
