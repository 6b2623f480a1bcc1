"""What adjudicating ballots costs beside reading the same ballots as JSON: `python -m tests.benchmarks.bench_ballots`.

The best of several rounds counts for both, because only that comes near to being free of what else the machine does.
"""

import json
import random
from time import process_time

from beiratswahl.commands import law_ballots
from beiratswahl.law.ballot_papers import Ballot, PaperCandidate, PaperList
from beiratswahl.law.ballots import adjudicate, paper_of
from beiratswahl.law.rules import RemainingVotes, Rules, System

LISTS, CANDIDATES, VOTES, BALLOTS, ROUNDS = 5, 15, 15, 4000, 15


def ballots(chance: random.Random) -> list[dict[str, object]]:
    """Gemischte Stimmzettel: a third unchanged lists, a third changed lists, a third free ballots, some too full."""
    made: list[dict[str, object]] = []
    for number in range(BALLOTS):
        kind = number % 3
        marks: dict[str, int] = {}
        wanted = 0 if kind == 0 else chance.randint(1, VOTES + (1 if number % 20 == 1 else 0))
        while sum(marks.values()) < wanted:
            key = f"{chance.randint(1, LISTS)}-{chance.randint(1, CANDIDATES)}"
            marks[key] = marks.get(key, 0) + 1
        made.append(
            {
                "ballot": str(number),
                "list_marks": [str(chance.randint(1, LISTS))] if kind < 2 else [],
                "marks": marks,
                "struck": [f"{chance.randint(1, LISTS)}-{chance.randint(1, CANDIDATES)}"] if kind == 1 and number % 4 == 0 else [],
                "write_ins": [],
                "findings": [],
            }
        )
    return made


def main() -> None:
    made = ballots(random.Random(1))
    lists = [PaperList(str(one), tuple(PaperCandidate(f"{one}-{two}") for two in range(1, CANDIDATES + 1))) for one in range(1, LISTS + 1)]
    rules = Rules(system=System.PROPORTIONAL, seats=VOTES, votes=VOTES, remaining_votes=RemainingVotes.SKIP_MARKED)
    paper = paper_of(rules, lists)
    for name, chosen in (("mixed ballots", made), ("only ballots with individual votes", [one for one in made if one["marks"]])):
        text = json.dumps(chosen)
        reading, judging, both = [], [], []
        for _ in range(ROUNDS):
            start = process_time()
            parsed = json.loads(text)
            reading.append(process_time() - start)
            values = [Ballot(one["list_marks"], one["marks"], one["struck"]) for one in parsed]
            start = process_time()
            verdicts = [adjudicate(paper, ballot) for ballot in values]
            judging.append(process_time() - start)
            start = process_time()
            for one in parsed:
                adjudicate(paper, Ballot(one["list_marks"], one["marks"], one["struck"]))
            both.append(process_time() - start)
        start = process_time()
        steps = sum(len(verdict.steps) for verdict in verdicts)
        wording = process_time() - start
        per = 1e6 / len(chosen)
        print(f"{len(chosen)} {name}: json.loads {min(reading) * per:.2f} µs each, adjudicate with trace {min(judging) * per:.2f} µs,")
        print(f"  ratio {min(judging) / min(reading):.2f} (limit 2), with building the values {min(both) / min(reading):.2f};")
        print(f"  putting {steps} steps into words: {wording * per:.2f} µs a ballot")
    document = {
        "rules": {"system": "Verhältniswahl", "votes": VOTES, "remaining_votes": "skip_marked"},
        "lists": [{"list": one.name, "candidates": [{"candidate": key} for key, _ in one.candidates]} for one in lists],
        "ballots": made,
    }
    start = process_time()
    law_ballots.answer(document)
    print(f"the command's whole answer with checks and words: {(process_time() - start) * 1e6 / len(made):.1f} µs a ballot")


if __name__ == "__main__":
    main()
