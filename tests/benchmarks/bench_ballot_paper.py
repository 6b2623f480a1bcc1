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

ROUNDS = 5


def main() -> None:
    """Ratios to the shortest result there is (one page, three persons) and to one page of a whole announcement."""
    shortest = replace(
        samples.majority(), persons=samples.majority().persons[:3], objection=None, postal=None, label=samples.Label.PRELIMINARY, seats=3
    )
    pages = len(pages_in(announce(samples.proportional())))
    assert len(pages_in(announce(shortest))) == 1
    one = _cost(lambda: announce(shortest))
    page = _cost(lambda: announce(samples.proportional())) / pages
    ordinary, longest = _cost(lambda: print_ballot(_ordinary())), _cost(lambda: print_ballot(large()))
    print(f"CPU: one-page result {one:.2f} s, a page of an announcement of {pages} pages {page:.2f} s;")
    print(f"  ballot of 12 lists of 46: names as they occur {ordinary:.2f} s, longest names {longest:.2f} s")
    for name, cost in (("names as they occur", ordinary), ("longest names", longest)):
        print(f"  {name}: {cost / one:.1f} times the one-page result, {cost / page:.1f} times a page of the announcement (limit 3)")


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
    times = []
    for _ in range(ROUNDS):
        start = process_time()
        work()
        times.append(process_time() - start)
    return median(times)


if __name__ == "__main__":
    main()
