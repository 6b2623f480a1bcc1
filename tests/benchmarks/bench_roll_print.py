"""What the printed roll costs beside its cover by the press: `python -m tests.benchmarks.bench_roll_print [entries]`."""

import resource
import sys
from time import perf_counter, process_time

from beiratswahl.documents.roll_print import print_cover, print_roll
from beiratswahl.documents.roll_sheet import DistrictLeaves
from tests.documents.test_roll_print import entry, roll

ENTRIES = 5_000


def main() -> None:
    """Entries a second, and how many entries cost as much as the one page of the cover."""
    persons = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES
    sheet, _ = roll(persons)
    print_cover(sheet)
    start = process_time()
    print_cover(sheet)
    cover = process_time() - start
    entries = tuple(entry(number) for number in range(1, persons + 1))
    began, start = perf_counter(), process_time()
    data = print_roll(sheet, [DistrictLeaves("Stimmbezirk 1 Bezirk 1", entries)])
    wall, own = perf_counter() - began, process_time() - start - cover
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{persons} entries: {wall:.1f} s, {persons / wall:.0f} a second; {len(data) // 1024} kB, memory {memory} MB")
    print(f"  CPU of this process: {own:.1f} s beside the cover ({cover:.2f} s); without the processes beside it where there are some")


if __name__ == "__main__":
    main()
