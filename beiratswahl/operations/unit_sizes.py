"""How many ballots the polling districts have before anything is counted, and which of them should be put together.

Small districts are put together so that no figure tells how somebody has voted; which ones belong together follows from the same rule as
what may be published (law.count_units).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from beiratswahl.law.count_units import proposed_receivers
from beiratswahl.law.postal import LetterState
from beiratswahl.law.rules import Rules
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.read import count_overview, setup
from beiratswahl.store.read.count_units import MergerView, mergers
from beiratswahl.store.read.counting import CountView
from beiratswahl.store.read.setup import DistrictView

#: where the number of ballots is known from
COUNTED, ADMITTED, AT_MOST, UNKNOWN = "Wähler gezählt", "zugelassene Wahlbriefe", "höchstens (Wahlberechtigte)", "noch unbekannt"


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


@dataclass(frozen=True, slots=True)
class UnitSizes:
    """Größe der Stimmbezirke einer Wahl, read once.

    Attributes:
        least: so many ballots a unit has at least.
        sizes: every district with its ballots, so far as they are known.
        mergers: who gives to whom, by the district (id) that gives.
        proposals: which district (id) should give its ballots to which; merged ones are left out.
    """

    least: int
    sizes: tuple[Size, ...]
    mergers: Mapping[int, MergerView]
    proposals: Mapping[int, int]


def unit_sizes(session: Session, election_id: int) -> UnitSizes:
    """Größe der Stimmbezirke, so far as it is known before anything is counted, and what follows from it."""
    rules = rules_of(session, election_id)
    least = rules.min_ballots_per_count_unit
    districts = setup.districts(session, election_id)
    counts = count_overview.counts(session, [of.district_id for of in districts])
    booked = count_overview.letters(session, election_id, LetterState.ADMITTED.value)
    sizes = tuple(
        _size(district, counts.get(district.district_id, CountView()), booked.get(district.district_id, 0), least) for district in districts
    )
    given = mergers(session, election_id)
    return UnitSizes(least, sizes, given, _proposals(rules, sizes, given))


def _proposals(rules: Rules, sizes: tuple[Size, ...], given: Mapping[int, MergerView]) -> Mapping[int, int]:
    taking = {merger.receiver_id for merger in given.values()}
    left = [of for of in sizes if of.district.district_id not in given]
    id_of = {of.district.number: of.district.district_id for of in left}
    # of a district with few eligible persons nobody knows how many come: it is small, and helps nobody over the least number
    expected = {of.district.number: of.ballots or 0 for of in left if of.known_by in (COUNTED, ADMITTED)}
    expected |= {of.district.number: 1 for of in left if of.known_by == AT_MOST and of.small}
    found = proposed_receivers(rules, expected)
    return {id_of[giver]: id_of[receiver] for giver, receiver in found.items() if id_of[giver] not in taking}


def _size(district: DistrictView, count: CountView, booked: int, least: int) -> Size:
    if count.letters_recorded_at_utc is not None:
        return Size(district, count.voters, COUNTED, 0 < count.voters < least)
    if booked:
        return Size(district, booked, ADMITTED, booked < least)
    if district.eligible is not None:
        return Size(district, district.eligible, AT_MOST, 0 < district.eligible < least)
    return Size(district, None, UNKNOWN, small=False)
