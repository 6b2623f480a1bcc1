"""Kleine Stimmbezirke: which polling districts may be published on their own, so that no figure tells how somebody has voted."""

from collections.abc import Iterable, Mapping

from beiratswahl.law.checks import Check
from beiratswahl.law.rules import Rules

#: checks that still concern a district which gives its ballots away: its letters, and who may vote there
OF_A_GIVER = frozenset({"F101", "F103", "F104", "W102", "W103"})


def published_units(rules: Rules, ballots: Mapping[int, int]) -> tuple[tuple[int, ...], ...]:
    """Veröffentlichte Zähleinheiten: districts on their own where they have enough ballots, the small ones added up.

    A single small district would follow from the total by subtraction; therefore it takes the next smallest one with it. The same
    holds when all small ones together have too few ballots. A district without any ballot hides nothing and stands on its own.

    Source: secrecy of the vote, Art. 76 Abs. 1 LV [I]; § 57 Abs. 6 KWO analogously: never fewer than 50 ballots together [I].

    Args:
        rules: the rules of the election; `min_ballots_per_count_unit` is the least number of ballots.
        ballots: ballots (not below 0) by number of the district.

    Returns:
        Groups of district numbers, each group in order: first the districts on their own, then the one group, if there is one.
        Everything in one group means: nothing but the total may be published.
    """
    least = rules.min_ballots_per_count_unit
    by_size = sorted((number for number, amount in ballots.items() if amount), key=lambda number: (ballots[number], number))
    together = [number for number in by_size if ballots[number] < least]
    following = by_size[len(together) :]
    while together and following and (len(together) == 1 or sum(ballots[number] for number in together) < least):
        together.append(following.pop(0))
    alone = tuple((number,) for number in sorted(ballots) if number not in together)
    return (*alone, tuple(sorted(together))) if together else alone


def proposed_receivers(rules: Rules, ballots: Mapping[int, int]) -> dict[int, int]:
    """Vorschlag zur Zusammenlegung before the count: the same districts that could only be published together.

    Source: as `published_units` [I].

    Args:
        rules: the rules of the election.
        ballots: ballots (not below 0) by number of the district, known or at most.

    Returns:
        The district that should count by the district that gives; empty when every district has enough ballots. The one with most
        ballots counts, the lower number when there are two.
    """
    found = {}
    for unit in published_units(rules, ballots):
        receiver = min(unit, key=lambda number: (-ballots[number], number))
        found.update({giver: receiver for giver in unit if giver != receiver})
    return found


def handover_checks(found: Iterable[Check], *, gives: bool, waiting_for: Iterable[int]) -> tuple[Check, ...]:
    """Kontrollen eines Stimmbezirks, der abgibt oder aufnimmt.

    Source: § 57 Abs. 6 KWO analogously [I].

    Args:
        found: what the checks have found.
        gives: True for a district that gives its ballots away: only its letters are checked.
        waiting_for: numbers of the giving districts that are not closed; until then the count is not complete.

    Returns:
        The checks that concern the district, errors first.
    """
    kept = [check for check in found if not gives or check.code in OF_A_GIVER]
    for number in waiting_for:
        text = f"Stimmbezirk {number} gibt seine Stimmzettel hierher ab und hat die Übergabe noch nicht abgeschlossen."
        kept.append(Check("F105", "KWO § 57 Abs. 6 entsprechend", f"{text} Warten Sie darauf.", text, ("voters",)))
    return tuple(sorted(kept, key=lambda check: check.code))
