"""Fictitious ballots as voters mark them: whole lists, crosses on one list or several, mistakes, doubts; and a few that make a tie."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations, product
from random import Random

from beiratswahl.law.ballot_papers import Ballot, BallotPaper, Finding
from beiratswahl.law.seat_values import ListVotes, Outcome
from beiratswahl.law.seats import Allocation, allocate

#: how voters mark, in per cent of the changed ballots
HABITS = (
    ("one_list", 46),
    ("list_and_crosses", 22),
    ("several_lists", 22),
    ("strikes", 5),
    ("too_many", 2),
    ("two_lists", 1),
    ("doubt", 2),
)
#: fewer votes than this are tried to make a tie
MANY_VOTES = 800


@dataclass(frozen=True, slots=True)
class Town:
    """Wählerschaft: how likely each list is, in per cent, in the order of the paper."""

    weights: tuple[int, ...]


def changed_ballots(paper: BallotPaper, amount: int, seed: int, town: Town) -> Iterator[Ballot]:
    """Ballots that people have to type one by one; the same seed gives the same ballots."""
    chance = Random(seed)  # noqa: S311 - fictitious voters
    names, habits = list(paper.lists), [habit for habit, _ in HABITS]
    for _number in range(amount):
        favourite = chance.choices(names, town.weights)[0]
        habit = chance.choices(habits, [weight for _, weight in HABITS])[0]
        yield _MARKING[habit](paper, favourite, names, chance)


def majority_ballots(paper: BallotPaper, amount: int, seed: int) -> Iterator[Ballot]:
    """Ballots of a Mehrheitswahl: each voter marks up to as many persons as there are seats."""
    chance = Random(seed)  # noqa: S311 - fictitious voters
    persons = [person.candidate for each in paper.lists.values() for person in each.candidates]
    weights = [len(persons) + 3 - place for place, _ in enumerate(persons)]
    for _number in range(amount):
        wanted = chance.randint(1, paper.votes)
        marks = {person: 1 for person in dict.fromkeys(chance.choices(persons, weights, k=wanted))}
        yield Ballot(marks=marks)


def tie_makers(paper: BallotPaper, votes: Mapping[str, int], majority_clause: bool) -> list[Ballot]:
    """Ballots that bring the last seat into a tie between two lists; empty when no small number of votes does.

    Args:
        paper: the ballot paper.
        votes: votes of the lists so far.
        majority_clause: whether § 41 Abs. 2 KWG applies.
    """
    allocation = _allocate(paper, votes, majority_clause)
    found = []
    for first, second in permutations(paper.lists, 2):
        for more, seat in product(range(MANY_VOTES), (0, 1)):
            # the next seat of one list and the last or next of the other have equal quotients: a : (2i - 1) = b : (2j - 1)
            i, j = 2 * allocation.seats[first] + 1, 2 * (allocation.seats[second] + seat) - 1
            wanted, rest = divmod((votes[first] + more) * j, i) if j > 0 else (0, 1)
            added = wanted - votes[second]
            if rest == 0 and 0 <= added < MANY_VOTES:
                found.append((more + added, first, more, second, added))
    for _, first, more, second, added in sorted(found):
        raised = {**votes, first: votes[first] + more, second: votes[second] + added}
        if _allocate(paper, raised, majority_clause).outcome is Outcome.LOT:
            return [*_votes_for(paper, first, more), *_votes_for(paper, second, added)]
    return []


def _allocate(paper: BallotPaper, votes: Mapping[str, int], majority_clause: bool) -> Allocation:
    lists = [ListVotes(name, votes[name], len(of.candidates)) for name, of in paper.lists.items()]
    return allocate(paper.rules.seat_method, paper.rules.seats, lists, majority_clause=majority_clause)


def _votes_for(paper: BallotPaper, name: str, votes: int) -> Iterator[Ballot]:
    """Ballots that give a list so many votes, as many as a ballot has on each, the lower half of the list first."""
    persons = [person.candidate for person in paper.lists[name].candidates]
    persons = persons[len(persons) // 2 :] + persons[: len(persons) // 2]
    while votes:
        marks: dict[str, int] = {}
        for person in persons:
            left = min(paper.votes, votes) - sum(marks.values())
            if left > 0:
                marks[person] = min(paper.cap, left)
        votes -= sum(marks.values())
        yield Ballot(marks=marks)


def _one_list(paper: BallotPaper, favourite: str, _names: list[str], chance: Random) -> Ballot:
    return Ballot(marks=_crosses(paper, [favourite], chance.randint(2, paper.votes), chance))


def _list_and_crosses(paper: BallotPaper, favourite: str, names: list[str], chance: Random) -> Ballot:
    where = [favourite, chance.choice(names)]
    return Ballot(list_marks=(favourite,), marks=_crosses(paper, where, chance.randint(1, max(1, paper.votes // 2)), chance))


def _several_lists(paper: BallotPaper, favourite: str, names: list[str], chance: Random) -> Ballot:
    where = [favourite, *chance.sample(names, k=min(2, len(names)))]
    return Ballot(marks=_crosses(paper, where, chance.randint(3, paper.votes), chance))


def _strikes(paper: BallotPaper, favourite: str, _names: list[str], chance: Random) -> Ballot:
    persons = [person.candidate for person in paper.lists[favourite].candidates]
    return Ballot(list_marks=(favourite,), struck=tuple(chance.sample(persons, k=min(2, len(persons) - 1))))


def _too_many(paper: BallotPaper, favourite: str, names: list[str], chance: Random) -> Ballot:
    where = [favourite] if chance.random() < 0.5 else names
    return Ballot(marks=_crosses(paper, where, paper.votes + chance.randint(1, 3), chance))


def _two_lists(_paper: BallotPaper, _favourite: str, names: list[str], chance: Random) -> Ballot:
    return Ballot(list_marks=tuple(chance.sample(names, k=2)))


def _doubt(paper: BallotPaper, favourite: str, _names: list[str], chance: Random) -> Ballot:
    finding = chance.choice((Finding.WILL_UNCLEAR, Finding.ADDITION))
    return Ballot(marks=_crosses(paper, [favourite], chance.randint(1, 5), chance), findings=(finding,))


def _crosses(paper: BallotPaper, where: list[str], wanted: int, chance: Random) -> dict[str, int]:
    """Crosses on persons of some lists, more often near the top, at most three for a person."""
    persons = [person.candidate for name in where for person in paper.lists[name].candidates]
    weights = [len(persons) + 2 - place for place, _ in enumerate(persons)]
    marks: dict[str, int] = {}
    while wanted > 0 and any(marks.get(person, 0) < paper.cap for person in persons):
        person = chance.choices(persons, weights)[0]
        number = min(chance.randint(1, paper.cap), wanted, paper.cap - marks.get(person, 0))
        if number:
            marks[person] = marks.get(person, 0) + number
            wanted -= number
    return marks


_MARKING = {
    "one_list": _one_list,
    "list_and_crosses": _list_and_crosses,
    "several_lists": _several_lists,
    "strikes": _strikes,
    "too_many": _too_many,
    "two_lists": _two_lists,
    "doubt": _doubt,
}
