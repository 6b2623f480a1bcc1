"""What a ballot of 12 lists × 46 persons costs beside result pages: `python -m tests.benchmarks.bench_ballot_paper`."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from statistics import median
from time import process_time

from beiratswahl.documents.ballot_paper import print_ballot
from beiratswahl.documents.ballot_sheet import BallotList, BallotPerson, BallotSheet
from beiratswahl.documents.result_announcement import announce
from beiratswahl.rehearsal.communities import COMMUNITIES
from tests.documents import samples
from tests.documents.ballot_samples import large
from tests.documents.ballot_samples import proportional as ballot
from tests.documents.conftest import pages_in

ROUNDS = 7


def main() -> None:
    """Ratios to the shortest result there is (one page, three persons) and to one page of a whole announcement."""
    shortest = replace(
        samples.majority(), persons=samples.majority().persons[:3], objection=None, postal=None, label=samples.Label.PRELIMINARY, seats=3
    )
    pages = len(pages_in(announce(samples.proportional())))
    assert len(pages_in(announce(shortest))) == 1
    works: tuple[Callable[[], bytes], ...] = (
        lambda: announce(shortest),
        lambda: announce(samples.proportional()),
        lambda: print_ballot(_ordinary()),
        lambda: print_ballot(large()),
    )
    _ = [work() for work in works]
    # side by side in every round, so that a busy machine slows all of them
    rounds = [[_cost(work) for work in works] for _ in range(ROUNDS)]
    one, whole, ordinary, longest = (median(costs) for costs in zip(*rounds, strict=True))
    print(f"CPU, median of {ROUNDS}: one-page result {one:.2f} s, a page of an announcement of {pages} pages {whole / pages:.2f} s;")
    print(f"  ballot of 12 lists of 46: names as they occur {ordinary:.2f} s, longest names {longest:.2f} s")
    for at, name in ((2, "names as they occur"), (3, "longest names")):
        to_one = sorted(costs[at] / costs[0] for costs in rounds)
        to_page = median(costs[at] * pages / costs[1] for costs in rounds)
        print(
            f"  {name}: {median(to_one):.1f} times the one-page result ({to_one[0]:.1f} to {to_one[-1]:.1f}), "
            f"{to_page:.1f} times a page of the announcement (limit 3)"
        )


def _ordinary() -> BallotSheet:
    chance = Random(1)
    weights = [of.weight for of in COMMUNITIES]

    def person(number: str) -> BallotPerson:
        community = chance.choices(COMMUNITIES, weights)[0]
        family = chance.choice(community.families).split("/")[0]
        return BallotPerson(number, family, chance.choice(community.women + community.men))

    lists = tuple(BallotList(at, f"Liste {at}", tuple(person(f"{at}{of:02d}") for of in range(1, 47))) for at in range(1, 13))
    return replace(ballot(), votes=23, lists=lists)


def _cost(work: Callable[[], bytes]) -> float:
    start = process_time()
    work()
    return process_time() - start


if __name__ == "__main__":
    main()
