"""What allocating 9 lists / 23 seats with steps costs beside the PyPI package `apportionment`: `python -m tests.benchmarks.bench_seats`."""

from time import process_time

import apportionment.methods as peer

from beiratswahl.law.rules import SeatMethod
from beiratswahl.law.seat_values import ListVotes
from beiratswahl.law.seats import allocate

VOTES = [24618, 22811, 17621, 15231, 14102, 12044, 9377, 7210, 5213]
SEATS, ROUNDS, REPEATS = 23, 9, 200


def main() -> None:
    lists = [ListVotes(str(number), votes) for number, votes in enumerate(VOTES)]
    ours, with_steps, theirs = [], [], []
    for _ in range(ROUNDS):
        start = process_time()
        for _ in range(REPEATS):
            result = allocate(SeatMethod.SAINTE_LAGUE, SEATS, lists, majority_clause=True)
        ours.append(process_time() - start)
        start = process_time()
        for _ in range(REPEATS):
            steps = allocate(SeatMethod.SAINTE_LAGUE, SEATS, lists, majority_clause=True).steps
        with_steps.append(process_time() - start)
        start = process_time()
        for _ in range(REPEATS):
            expected = peer.compute("saintelague", VOTES, SEATS, fractions=True, verbose=False)
        theirs.append(process_time() - start)
    assert list(result.seats.values()) == expected
    micro = 1e6 / REPEATS
    print(f"9 lists, 23 seats: ours {min(ours) * micro:.0f} µs, with {len(steps)} steps in words {min(with_steps) * micro:.0f} µs,")
    print(f"  apportionment with fractions {min(theirs) * micro:.0f} µs; ratio with steps {min(with_steps) / min(theirs):.2f} (limit 1)")


if __name__ == "__main__":
    main()
