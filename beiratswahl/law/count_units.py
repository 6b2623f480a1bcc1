"""Kleine Stimmbezirke: which polling districts may be published on their own, so that no figure tells how somebody has voted."""

from collections.abc import Mapping

from beiratswahl.law.rules import Rules


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
