"""Zähleinheiten: a polling district with too few ballots gives them unopened to another one; both are one unit from then on.

Small districts are put together before anything is counted, so that no figure tells how somebody has voted; which ones belong together
follows from the same rule as what may be published (law.count_units).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.checks import Check
from beiratswahl.law.count_units import handover_checks, proposed_receivers
from beiratswahl.law.postal import LetterState
from beiratswahl.operations.acts import Act
from beiratswahl.operations.boards import LONGEST_TEXT, SHORTEST_TEXT
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.read import count_overview, setup
from beiratswahl.store.read.count_units import MergerView, PartnersView, givers_of, mergers, receiver_of
from beiratswahl.store.read.counting import CountView
from beiratswahl.store.read.setup import DistrictView
from beiratswahl.store.tables.count_units import DistrictMerger
from beiratswahl.store.tables.counting import BallotStack, DistrictCount, RecordedBallot
from beiratswahl.store.tables.setup import Election, PollingDistrict
from beiratswahl.words import counted, number

#: where the number of ballots is known from
COUNTED, ADMITTED, AT_MOST, UNKNOWN = "Wähler gezählt", "zugelassene Wahlbriefe", "höchstens (Wahlberechtigte)", "noch unbekannt"


@dataclass(frozen=True, slots=True)
class Unit:
    """Zähleinheit: the district that counts, under its own number, and every district whose ballots are in its urn.

    Attributes:
        district: the district that counts; its eligible persons are those of all parts.
        parts: the districts put together, the counting one first.
    """

    district: DistrictView
    parts: tuple[DistrictView, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """Wie viele Stimmzettel ein Stimmbezirk hat.

    Attributes:
        district: the district.
        ballots: voters, admitted letters, or at most the eligible persons; None when nothing is known yet.
        known_by: one of COUNTED, ADMITTED, AT_MOST, UNKNOWN.
        small: whether it is certain to have fewer ballots than the least number.
    """

    district: DistrictView
    ballots: int | None
    known_by: str
    small: bool


def units(session: Session, election_id: int) -> tuple[Unit, ...]:
    """Zähleinheiten einer Wahl by the number of the district that counts."""
    given = {giver: merger.receiver_id for giver, merger in mergers(session, election_id).items()}
    every = setup.districts(session, election_id)
    return tuple(
        _unit(
            district,
            [other for other in every if given.get(other.district_id) == district.district_id],
        )
        for district in every
        if district.district_id not in given
    )


def unit_of(session: Session, district: DistrictView) -> Unit:
    """Zähleinheit of a district that counts."""
    return _unit_with(session, district, givers_of(session, district.district_id))


def _unit_with(session: Session, district: DistrictView, given: Sequence[int]) -> Unit:
    givers = [setup.district(session, giver) for giver in given]
    return _unit(district, [giver for giver in givers if giver is not None])


def together(counts: Iterable[CountView]) -> CountView:
    """Zahlen einer Zähleinheit: the letters and voters of all parts; everything else as the first one, which counts, recorded it."""
    first, *others = counts
    rejected: Counter[str] = Counter()
    for each in (first, *others):
        rejected.update(each.letters_rejected)
    return replace(
        first,
        letters_received=first.letters_received + sum(each.letters_received for each in others),
        letters_late=first.letters_late + sum(each.letters_late for each in others),
        letters_rejected=dict(rejected),
        voters=first.voters + sum(each.voters for each in others),
    )


def unit_count(session: Session, district_id: int, givers: Sequence[int]) -> CountView:
    """Zahlen der Zähleinheit, that a district counts for."""
    found = count_overview.counts(session, (district_id, *givers))
    return together(found.get(each, CountView()) for each in (district_id, *givers))


def handed_over(session: Session, givers: Sequence[int]) -> int:
    """Ballots that other districts give to be counted."""
    return sum(each.voters for each in count_overview.counts(session, givers).values()) if givers else 0


def unit_eligible(session: Session, district_id: int, givers: Sequence[int]) -> int | None:
    """Wahlberechtigte der Zähleinheit; None when not every part tells them apart."""
    district = setup.district(session, district_id)
    return _unit_with(session, district, givers).district.eligible if district else None


def checks_of_unit(session: Session, partners: PartnersView, found: tuple[Check, ...]) -> tuple[Check, ...]:
    """Kontrollen of a district that takes or gives: what the counting one must wait for, what no longer concerns the giving one."""
    if partners.receiver is None and not partners.givers:
        return found
    counts = count_overview.counts(session, partners.givers)
    waiting = tuple(
        district.number
        for district in (setup.district(session, giver) for giver in partners.givers)
        if district and counts.get(district.district_id, CountView()).closed_at_utc is None
    )
    return handover_checks(found, gives=partners.receiver is not None, waiting_for=waiting)


def sizes(session: Session, election_id: int) -> tuple[Size, ...]:
    """Wie viele Stimmzettel die Stimmbezirke haben, so far as it is known before anything is counted."""
    least = rules_of(session, election_id).min_ballots_per_count_unit
    districts = setup.districts(session, election_id)
    counts = count_overview.counts(session, [of.district_id for of in districts])
    booked = count_overview.letters(session, election_id, LetterState.ADMITTED.value)
    return tuple(
        _size(district, counts.get(district.district_id, CountView()), booked.get(district.district_id, 0), least) for district in districts
    )


def proposals(session: Session, election_id: int) -> Mapping[int, int]:
    """Vorschlag: which district (id) should give its ballots to which; merged ones are left out."""
    given = mergers(session, election_id)
    taking = {merger.receiver_id for merger in given.values()}
    left = [of for of in sizes(session, election_id) if of.district.district_id not in given]
    id_of = {of.district.number: of.district.district_id for of in left}
    # of a district with few eligible persons nobody knows how many come: it is small, and helps nobody over the least number
    expected = {of.district.number: of.ballots or 0 for of in left if of.known_by in (COUNTED, ADMITTED)}
    expected |= {of.district.number: 1 for of in left if of.known_by == AT_MOST and of.small}
    found = proposed_receivers(rules_of(session, election_id), expected)
    return {id_of[giver]: id_of[receiver] for giver, receiver in found.items() if id_of[giver] not in taking}


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


def _unit(district: DistrictView, givers: list[DistrictView]) -> Unit:
    parts = (district, *givers)
    if not givers:
        return Unit(district, parts)
    eligible = [part.eligible for part in parts]
    every = None if None in eligible else sum(persons or 0 for persons in eligible)
    return Unit(replace(district, eligible=every), parts)


def _size(district: DistrictView, count: CountView, booked: int, least: int) -> Size:
    if count.letters_recorded_at_utc is not None:
        return Size(district, count.voters, COUNTED, 0 < count.voters < least)
    if booked:
        return Size(district, booked, ADMITTED, booked < least)
    if district.eligible is not None:
        return Size(district, district.eligible, AT_MOST, 0 < district.eligible < least)
    return Size(district, None, UNKNOWN, small=False)


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
