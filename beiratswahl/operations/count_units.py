"""Zähleinheiten: a polling district with few ballots gives them unopened to another one; both are one unit from then on."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from beiratswahl.law.checks import Check
from beiratswahl.law.count_units import handover_checks
from beiratswahl.store.read import count_overview, setup
from beiratswahl.store.read.count_units import PartnersView, givers_of, mergers
from beiratswahl.store.read.counting import CountView
from beiratswahl.store.read.setup import DistrictView


@dataclass(frozen=True, slots=True)
class Unit:
    """Zähleinheit: the district that counts, under its own number, and every district whose ballots are in its urn.

    Attributes:
        district: the district that counts; its eligible persons are those of all parts.
        parts: the districts put together, the counting one first.
    """

    district: DistrictView
    parts: tuple[DistrictView, ...]


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


def _unit(district: DistrictView, givers: list[DistrictView]) -> Unit:
    parts = (district, *givers)
    if not givers:
        return Unit(district, parts)
    eligible = [part.eligible for part in parts]
    every = None if None in eligible else sum(persons or 0 for persons in eligible)
    return Unit(replace(district, eligible=every), parts)
