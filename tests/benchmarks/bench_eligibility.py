"""How long 200,000 eligibility decisions take beside reading the same rows with `csv.DictReader`.

Run: python -m tests.benchmarks.bench_eligibility [persons]
The bound is three times the reading; the decisions are measured alone and together with making facts out of the rows.
"""

import csv
import random
import sys
import time
from datetime import date, timedelta
from io import StringIO

from beiratswahl.law.eligibility import Assessor
from beiratswahl.law.facts import Application, Election, Person, Residence, fact_date
from beiratswahl.law.rules import Ground, Rules, System
from beiratswahl.law.suffrage import suffrage_of

DAY = date(2024, 11, 10)
BOUND = 3
COLUMNS = (
    "number", "family_name", "first_name", "birth_date", "birth_place", "sex", "nationality_1", "nationality_2",
    "ags", "street", "postcode", "main", "since", "until", "excluded", "ground",
)  # fmt: skip


def rows(persons: int) -> str:
    """Make a fictitious register as CSV text: moves, gaps, dual nationals and claims included."""
    chance = random.Random(1)
    file = StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(COLUMNS)
    for number in range(persons):
        birth = date(1935, 1, 1) + timedelta(days=chance.randrange(32_500))
        since = date(1990, 1, 1) + timedelta(days=chance.randrange(12_800))
        german = chance.random() < 0.4
        first, second = ("000", chance.choice(("", "163", "475"))) if german else (chance.choice(("475", "137", "163", "998", "997")), "")
        writer.writerow(
            (
                number,
                f"Muster{number}",
                "Kim",
                f"{birth.year}-00-00" if chance.random() < 0.02 else birth.isoformat(),
                "Musterstadt",
                "w",
                first,
                second,
                "07999000",
                "Hauptstraße 1",
                "67000",
                "H" if chance.random() < 0.93 else "N",
                since.isoformat(),
                "2024-10-01" if chance.random() < 0.02 else "",
                "",
                "NR2B" if german and chance.random() < 0.1 else "",
            )
        )
    return file.getvalue()


def person_of(row: dict[str, str]) -> Person:
    """Facts of one row."""
    keys = (row["nationality_1"], row["nationality_2"]) if row["nationality_2"] else (row["nationality_1"],)
    until = date.fromisoformat(row["until"]) if row["until"] else None
    home = Residence(row["ags"], row["main"] == "H", date.fromisoformat(row["since"]), until)
    claims = (Application(Ground(row["ground"]), proof=True),) if row["ground"] else ()
    return Person(fact_date(row["birth_date"]), keys, (home,), False, None, claims)


def best(seconds: list[float]) -> float:
    """The fastest of several runs: the one least disturbed by other programs."""
    return min(seconds)


def main(persons: int) -> int:
    """Measure and print; 1 when the bound is exceeded."""
    text = rows(persons)
    rules = Rules(System.MAJORITY, 9, 9, dual_nationals_ex_officio=True, children_of_naturalised=False)
    election = Election(DAY, frozenset({"07999000"}))
    facts = [person_of(row) for row in csv.DictReader(StringIO(text), delimiter=";")]
    reading, deciding, both = [], [], []
    for _ in range(3):
        started = time.perf_counter()
        for _row in csv.DictReader(StringIO(text), delimiter=";"):
            pass
        reading.append(time.perf_counter() - started)
        decide = Assessor(suffrage_of(rules), election).decide
        started = time.perf_counter()
        for person in facts:
            decide(person)
        deciding.append(time.perf_counter() - started)
        decide = Assessor(suffrage_of(rules), election).decide
        started = time.perf_counter()
        for row in csv.DictReader(StringIO(text), delimiter=";"):
            decide(person_of(row))
        both.append(time.perf_counter() - started)
    floor = best(reading)
    ratio = best(deciding) / floor
    print(f"{persons} persons, {len(COLUMNS)} columns, best of 3 runs")
    print(f"csv.DictReader                       {floor:6.3f} s")
    print(f"decisions                            {best(deciding):6.3f} s   {ratio:4.2f} x reading (bound {BOUND})")
    print(f"reading, making facts and decisions  {best(both):6.3f} s   {best(both) / floor:4.2f} x reading")
    return 0 if ratio <= BOUND else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000))
