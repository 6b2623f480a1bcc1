"""Wohnung im Wahlgebiet: whether somebody lives there on election day, with the Hauptwohnung, and for how long without a gap.

A move between municipalities of the Wahlgebiet does not interrupt the stay, so in a Landkreis the residences are joined.
"""

from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum

from beiratswahl.law.facts import Election, Residence, day_before, earliest, latest, months_before


class Residency(Enum):
    """Wohnverhältnis am Wahltag: what the residences prove.

    Each member says for the three conditions (residence in the area, Hauptwohnung, minimum stay) whether it is met; None: cannot be told.
    The last part only tells cases apart that answer alike and read differently.
    """

    SETTLED = (True, True, True, "")
    CREDITED = (True, True, True, "incorporated")
    RECENT = (True, True, False, "")
    RECENT_ROLE_UNKNOWN = (True, None, False, "")
    SINCE_UNKNOWN = (True, True, None, "")
    ROLE_UNKNOWN = (True, None, None, "role")
    TWO_MAIN_RESIDENCES = (True, None, None, "two")
    SECONDARY = (True, False, False, "")
    ELSEWHERE = (False, None, None, "")
    UNKNOWN = (None, None, None, "")

    def __init__(self, in_area: bool | None, is_main: bool | None, long_enough: bool | None, case: str) -> None:
        self.in_area = in_area
        self.is_main = is_main
        self.long_enough = long_enough


def latest_arrival(election_day: date, residence_months: int) -> date:
    """Spätester Einzug: the last day of moving in that still completes the minimum stay; the day of moving in counts.

    Source: § 1 Abs. 1 Nr. 2, Abs. 3 KWG [V].
    """
    return months_before(election_day, residence_months)


def residency(election: Election, latest_start: date, residences: Iterable[Residence]) -> Residency:
    """Wohnverhältnis: joins the residences in the Wahlgebiet to one stay that reaches election day.

    Source: § 1 Abs. 1 Nr. 2, Abs. 2, Abs. 3 KWG [V]; a day of moving out is still lived there [I].

    Args:
        election: day, area and incorporated areas.
        latest_start: last day on which the stay may begin.
        residences: all known residences, in any order.

    Returns:
        The best that is proven; an unclear member where missing facts could make it better.
    """
    known = tuple(residences)
    inside = [home for home in known if election.holds(home.ags)]
    mains = [home for home in inside if home.main]
    proven = _stay(election.day, mains, lambda home: latest(home.since), _proven_end)
    hoped = [home for home in inside if home.main is not False]
    possible = _stay(election.day, hoped, lambda home: earliest(home.since), lambda home: latest(home.until))
    if possible is None:
        secondary = _stay(election.day, inside, lambda home: earliest(home.since), lambda home: latest(home.until))
        return Residency.ELSEWHERE if secondary is None else Residency.SECONDARY
    if possible > latest_start:
        return Residency.RECENT if mains else Residency.RECENT_ROLE_UNKNOWN
    if _competes(election, latest_start, known):
        return Residency.TWO_MAIN_RESIDENCES
    if proven is not None and proven <= latest_start:
        credited = any(home.ags in election.incorporated for home in mains)
        return Residency.CREDITED if credited else Residency.SETTLED
    role_matters = any(home.main is None for home in hoped)
    return Residency.ROLE_UNKNOWN if role_matters else Residency.SINCE_UNKNOWN


def _proven_end(home: Residence) -> date:
    return date.max if home.until is None else earliest(home.until)


def _stay(day: date, homes: list[Residence], start: Callable[[Residence], date], end: Callable[[Residence], date]) -> date | None:
    # Walks back from election day; a residence that ends on the eve of the next one continues the stay.
    reached = None
    needed = day
    while True:
        starts = [start(home) for home in homes if start(home) <= needed <= end(home)]
        if not starts:
            return reached
        first = min(starts)
        if reached is not None and first >= reached:
            return reached
        reached = first
        needed = day_before(first)


def _competes(election: Election, latest_start: date, homes: tuple[Residence, ...]) -> bool:
    # Two Hauptwohnungen at one time cannot be (§ 21 Abs. 2 BMG): the register contradicts itself. A shared day of moving is allowed.
    outside = (home for home in homes if home.main and not election.holds(home.ags))
    return any(earliest(home.since) < election.day and latest(home.until) > latest_start for home in outside)
