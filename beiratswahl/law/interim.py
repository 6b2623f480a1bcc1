"""Zwischenstand: which counted polling districts may be published before all are, so that no two versions tell a small one.

Whoever compares two versions can subtract them. Therefore every version consists of the same groups of districts, each with enough
ballots: a later version adds groups or puts some together, it never divides one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from beiratswahl.law.count_units import published_units
from beiratswahl.law.rules import Rules

Groups = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class InterimUnits:
    """Stimmbezirke eines Zwischenstands.

    Attributes:
        groups: groups of district numbers to publish, those of earlier versions among them; empty when nothing can be published.
        added: districts that no earlier version shows.
        too_small: counted districts that wait because they have too few ballots, together too.
        companions: counted districts that wait because without them too few ballots would be left for the rest.
    """

    groups: Groups
    added: tuple[int, ...]
    too_small: tuple[int, ...]
    companions: tuple[int, ...]


def units_after(rules: Rules, ballots: Mapping[int, int], published: Iterable[Sequence[int]]) -> Groups:
    """Veröffentlichte Zähleinheiten after earlier versions: groups that stood once are never divided, new districts join only each other.

    Source: secrecy of the vote, Art. 76 Abs. 1 LV [I]; § 57 Abs. 6 KWO analogously [I].

    Args:
        rules: the rules of the election; `min_ballots_per_count_unit` is the least number of ballots.
        ballots: ballots (not below 0) by number of the district, for all districts of the new version.
        published: groups of district numbers in the newest earlier version; districts that are no longer there are left out.

    Returns:
        Groups of district numbers, each in order: districts on their own first. Without earlier versions those of `published_units`.
    """
    known = [group for group in (tuple(number for number in group if number in ballots) for group in published) if group]
    if not known:
        return published_units(rules, ballots)
    seen = {number for group in known for number in group}
    new = {number: amount for number, amount in ballots.items() if number not in seen}
    by_first = {min(group): group for group in known}
    sums = {first: sum(ballots[number] for number in group) for first, group in by_first.items()}
    few = 0 < sum(new.values()) < rules.min_ballots_per_count_unit
    voted = [first for first, amount in sums.items() if amount]
    if few and voted:
        # corrections have made the rest small: the total tells it anyway, a line of its own would only point at it
        smallest = min(voted, key=lambda first: (sums[first], first))
        by_first[smallest] = (*by_first[smallest], *(number for number, amount in new.items() if amount))
        sums[smallest] += sum(new.values())
        new = {number: amount for number, amount in new.items() if not amount}
    together = [tuple(sorted(number for first in unit for number in by_first[first])) for unit in published_units(rules, sums)]

    def alone_first(group: tuple[int, ...]) -> tuple[bool, tuple[int, ...]]:
        return len(group) > 1 or 0 < ballots[group[0]] < rules.min_ballots_per_count_unit, group

    return tuple(sorted((*together, *published_units(rules, new)), key=alone_first))


def interim_units(rules: Rules, counted: Mapping[int, int], outstanding: int, published: Iterable[Sequence[int]]) -> InterimUnits:
    """Zwischenstand bilden: as many counted districts as the secrecy of the vote allows while others are still open.

    A small district waits until small ones together have enough ballots. What is left for later must have enough ballots for certain,
    whatever the open districts bring; if not, one large district waits with them.

    Source: secrecy of the vote, Art. 76 Abs. 1 LV [I]; § 57 Abs. 6 KWO analogously [I].

    Args:
        rules: the rules of the election; `min_ballots_per_count_unit` is the least number of ballots.
        counted: ballots (not below 0) by number of every counted district.
        outstanding: ballots (not below 0) that are certain to be in the districts not counted yet; at least one is not.
        published: groups of district numbers in the newest earlier version; all of them are counted.

    Returns:
        What may be published and what waits; without `added` there is nothing new to publish.
    """
    least = rules.min_ballots_per_count_unit
    earlier = tuple(tuple(group) for group in published)
    seen = {number for group in earlier for number in group}
    new = {number: amount for number, amount in sorted(counted.items()) if number not in seen}
    small = tuple(number for number, amount in new.items() if 0 < amount < least)
    large = sorted((number for number, amount in new.items() if amount >= max(least, 1)), key=lambda number: (new[number], number))
    in_small = sum(new[number] for number in small)
    too_small = small if in_small < least else ()
    companions: tuple[int, ...] = ()
    if outstanding + sum(new[number] for number in too_small) < least:
        if large:
            companions = (large.pop(0),)
        else:
            companions = tuple(number for number in small if number not in too_small)
    waiting = {*too_small, *companions}
    voted = [number for number, amount in new.items() if amount and number not in waiting]
    if not voted:
        return InterimUnits((), (), too_small, companions)
    added = tuple(number for number in new if number not in waiting)
    groups = units_after(rules, {number: counted[number] for number in (*seen, *added)}, earlier)
    return InterimUnits(groups, added, too_small, companions)
