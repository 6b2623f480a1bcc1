"""Adding up one polling district: stacks and single ballots become votes. Pure reading; nothing is stored."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.operations.ballots import Paper
from beiratswahl.store.tables.counting import BallotStack, RecordedBallot

BLANK = "keine_kennzeichnung"


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

    def list_votes(self, paper: Paper) -> dict[str, int]:
        """Votes by list key: the sums of its candidates (§ 40 Abs. 2 KWG); write-ins belong to no list."""
        sums = dict.fromkeys(paper.law.lists, 0)
        for candidate, votes in self.votes.items():
            if candidate in paper.law.list_of:
                sums[paper.law.list_of[candidate]] += votes
        return sums


def tally(session: Session, paper: Paper, district_id: int, blank_ballots: int) -> Tally:
    """Auszählung eines Stimmbezirks: unchanged ballots times their list vote, plus every single ballot."""
    list_key = {of.nomination_id: str(of.number) for of in paper.nominations}
    votes: Counter[str] = Counter()
    unchanged: dict[str, int] = {}
    invalid: Counter[str] = Counter({BLANK: blank_ballots} if blank_ballots else {})
    valid = unused = recorded = unresolved = 0
    for stack in session.scalars(select(BallotStack).where(BallotStack.district_id == district_id)):
        key = list_key[stack.nomination_id]
        verdict = paper.law.unchanged[key]
        unchanged[key] = stack.ballots
        valid += stack.ballots
        unused += stack.ballots * verdict.unused
        for candidate, number in verdict.votes.items():
            votes[candidate] += stack.ballots * number
    columns = (
        RecordedBallot.valid,
        RecordedBallot.reason,
        RecordedBallot.votes,
        RecordedBallot.unused,
        RecordedBallot.needs_resolution,
    )
    query = select(*columns).where(RecordedBallot.district_id == district_id, RecordedBallot.cancelled.is_(False))
    for is_valid, reason, given, lapsed, open_question in session.execute(query):
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
