"""Adding up one polling district: stacks and single ballots become votes. Pure reading; nothing is stored."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.operations.ballots import Paper
from beiratswahl.store.tables.counting import BallotStack, RecordedBallot

BLANK = "keine_kennzeichnung"
#: valid, reason, votes, unused, needs_resolution of one ballot
Single = tuple[bool, str, dict[str, int], int, bool]


@dataclass(frozen=True, slots=True)
class Tally:
    """Auszählung: sums of one district, or of all.

    Attributes:
        valid: gültige Stimmzettel.
        invalid_by_reason: ungültige Stimmzettel by reason.
        unchanged: unveränderte Stimmzettel by list key.
        recorded: einzeln erfasste Stimmzettel, cancelled ones left out.
        unresolved: ballots that wait for a resolution of the board.
        unused: votes that lapsed on valid ballots.
        votes: votes by candidate key.
    """

    valid: int
    invalid_by_reason: Mapping[str, int]
    unchanged: Mapping[str, int]
    recorded: int
    unresolved: int
    unused: int
    votes: Mapping[str, int]

    @property
    def invalid(self) -> int:
        """Ungültige Stimmzettel."""
        return sum(self.invalid_by_reason.values())

    @property
    def ballots(self) -> int:
        """Alle Stimmzettel."""
        return self.valid + self.invalid

    @property
    def used(self) -> int:
        """Abgegebene gültige Stimmen."""
        return sum(self.votes.values())

    def without(self, void: Collection[str]) -> "Tally":
        """The same count with the votes for some persons invalid: they lapse, their ballots stay valid (§ 38 Abs. 2 KWG)."""
        lapsed = sum(self.votes.get(candidate, 0) for candidate in void)
        if not lapsed:
            return self
        left = {candidate: number for candidate, number in self.votes.items() if candidate not in void}
        return replace(self, unused=self.unused + lapsed, votes=left)

    def list_votes(self, paper: Paper) -> dict[str, int]:
        """Votes by list key: the sums of its candidates (§ 40 Abs. 2 KWG); write-ins belong to no list."""
        sums = dict.fromkeys(paper.law.lists, 0)
        for candidate, votes in self.votes.items():
            if candidate in paper.law.list_of:
                sums[paper.law.list_of[candidate]] += votes
        return sums


def tally(session: Session, paper: Paper, district_id: int, blank_ballots: int) -> Tally:
    """Auszählung eines Stimmbezirks: unchanged ballots times their list vote, plus every single ballot."""
    return tallies(session, paper, {district_id: blank_ballots})[district_id]


def tallies(session: Session, paper: Paper, blank_ballots: Mapping[int, int]) -> dict[int, Tally]:
    """Auszählung mehrerer Stimmbezirke, in two queries however many they are.

    Args:
        session: the archive.
        paper: the ballot paper of the election.
        blank_ballots: blank ballots by district; every district that is asked for stands here.
    """
    stacks: dict[int, list[BallotStack]] = {district_id: [] for district_id in blank_ballots}
    for stack in session.scalars(select(BallotStack).where(BallotStack.district_id.in_(stacks))):
        stacks[stack.district_id].append(stack)
    columns = (
        RecordedBallot.district_id,
        RecordedBallot.valid,
        RecordedBallot.reason,
        RecordedBallot.votes,
        RecordedBallot.unused,
        RecordedBallot.needs_resolution,
    )
    single: dict[int, list[Single]] = {district_id: [] for district_id in blank_ballots}
    query = select(*columns).where(RecordedBallot.district_id.in_(single), RecordedBallot.cancelled.is_(False))
    for row in session.execute(query):
        single[row[0]].append(row[1:])
    return {key: _tally(paper, stacks[key], single[key], blank) for key, blank in blank_ballots.items()}


def _tally(paper: Paper, stacks: Iterable[BallotStack], single: Iterable[Single], blank_ballots: int) -> Tally:
    list_key = {of.nomination_id: str(of.number) for of in paper.nominations}
    votes: Counter[str] = Counter()
    unchanged: dict[str, int] = {}
    invalid: Counter[str] = Counter({BLANK: blank_ballots} if blank_ballots else {})
    valid = unused = recorded = unresolved = 0
    for stack in stacks:
        key = list_key[stack.nomination_id]
        verdict = paper.law.unchanged[key]
        unchanged[key] = stack.ballots
        valid += stack.ballots
        unused += stack.ballots * verdict.unused
        for candidate, number in verdict.votes.items():
            votes[candidate] += stack.ballots * number
    for is_valid, reason, given, lapsed, open_question in single:
        recorded += 1
        unresolved += open_question
        if is_valid:
            valid += 1
            unused += lapsed
            votes.update(given)
        else:
            invalid[reason] += 1
    return Tally(valid, dict(invalid), unchanged, recorded, unresolved, unused, _positive(votes))


def total(tallies: Iterable[Tally]) -> Tally:
    """Gesamtergebnis: districts added up."""
    votes: Counter[str] = Counter()
    unchanged: Counter[str] = Counter()
    invalid: Counter[str] = Counter()
    valid = unused = recorded = unresolved = 0
    for each in tallies:
        votes.update(each.votes)
        unchanged.update(each.unchanged)
        invalid.update(each.invalid_by_reason)
        valid += each.valid
        unused += each.unused
        recorded += each.recorded
        unresolved += each.unresolved
    return Tally(valid, dict(invalid), dict(unchanged), recorded, unresolved, unused, _positive(votes))


def _positive(votes: Mapping[str, int]) -> dict[str, int]:
    return {candidate: number for candidate, number in votes.items() if number}
