"""What a ballot of 12 lists × 46 persons costs beside a one-page result: `python -m tests.benchmarks.bench_ballot_paper`."""

from dataclasses import replace
from statistics import median
from time import process_time

from beiratswahl.documents.ballot_paper import print_ballot
from beiratswahl.documents.ballot_sheet import BallotList, BallotPerson
from beiratswahl.documents.result_announcement import announce
from tests.documents.ballot_samples import large, proportional
from tests.documents.conftest import pages_in
from tests.documents.samples import ROOTS, majority

ROUNDS = 5


def main() -> None:
    result = replace(majority(), persons=majority().persons[:3], objection=None, postal=None, label=majority().label.PRELIMINARY, seats=3)
    assert len(pages_in(announce(result))) == 1
    names = [name.split("|") for name in ROOTS]
    lists = tuple(
        BallotList(at, f"Liste {at}", tuple(BallotPerson(f"{at}{of:02d}", *names[of % len(names)]) for of in range(1, 47)))
        for at in range(1, 13)
    )
    ordinary = replace(proportional(), votes=23, lists=lists)
    page, short, long = [], [], []
    for times, printing in (
        (page, lambda: announce(result)),
        (short, lambda: print_ballot(ordinary)),
        (long, lambda: print_ballot(large())),
    ):
        for _ in range(ROUNDS):
            start = process_time()
            printing()
            times.append(process_time() - start)
    one = median(page)
    print(f"one-page result {one:.2f} s; 12 lists of 46: ordinary names {median(short):.2f} s, longest names {median(long):.2f} s;")
    print(f"  ratio {median(short) / one:.1f} and {median(long) / one:.1f} (limit 3)")


if __name__ == "__main__":
    main()
