"""Stimmzettel auswerten: the one door to both systems, and what people add to it: their findings and the board's resolution."""

from collections.abc import Sequence
from types import MappingProxyType

from beiratswahl.law import majority_ballots, proportional_ballots
from beiratswahl.law.ballot_papers import (
    Ballot,
    BallotPaper,
    BoardReason,
    Finding,
    MajorityPile,
    PaperList,
    ProportionalPile,
    SystemReason,
    Verdict,
)
from beiratswahl.law.ballot_steps import Entry
from beiratswahl.law.rules import RemainingVotes, Rules, RuleToBeConfirmed, System

_NO_VOTES: MappingProxyType[str, int] = MappingProxyType({})


def paper_of(rules: Rules, lists: Sequence[PaperList]) -> BallotPaper:
    """Stimmzettelmuster vorbereiten.

    Source: §§ 29, 30 KWG [S]; §§ 37, 38 KWG [V].

    Args:
        rules: `system`, `votes` (at least 1), `max_votes_per_candidate`, `remaining_votes`, `majority_overvote`, `write_ins` are used.
        lists: lists in printed order, candidates from top to bottom; in the person model one list with all persons.

    Returns:
        The prepared paper.

    Raises:
        RuleToBeConfirmed: `remaining_votes` (Verhältniswahl with list marks) or `majority_overvote` (Mehrheitswahl) is None.
        ValueError: a list or a candidate stands twice.
    """
    proportional = rules.system is System.PROPORTIONAL
    if proportional and rules.list_mark and rules.remaining_votes is None:
        raise RuleToBeConfirmed("remaining_votes")
    if not proportional and rules.majority_overvote is None:
        raise RuleToBeConfirmed("majority_overvote")
    by_name = {paper_list.name: paper_list for paper_list in lists}
    list_of = {printed.candidate: paper_list.name for paper_list in lists for printed in paper_list.candidates}
    if len(by_name) < len(lists) or len(list_of) < sum(len(paper_list.candidates) for paper_list in lists):
        raise ValueError("Eine Liste oder ein Bewerber steht zweimal auf dem Stimmzettel. Jede Kennung darf nur einmal vorkommen.")
    position = {candidate: place for place, candidate in enumerate(list_of)}
    # § 38 Abs. 2 Nr. 5: no cumulating in Mehrheitswahl
    cap = rules.max_votes_per_candidate if proportional else 1
    skip_marked = rules.remaining_votes is RemainingVotes.SKIP_MARKED
    once = {one.name: tuple(key for key, _ in one.candidates) for one in lists if all(named == 1 for _, named in one.candidates)}
    unchanged: dict[str, Verdict] = {}
    paper = BallotPaper(rules, proportional, rules.votes, cap, by_name, list_of, position, skip_marked, once, unchanged)
    unchanged.update({name: _judged(paper, Ballot(list_marks=(name,))) for name in by_name})
    return paper


def adjudicate(paper: BallotPaper, ballot: Ballot) -> Verdict:
    """Stimmzettel auswerten: validity, votes, unused votes, pile and the rules that fired.

    Source: §§ 32, 37 KWG [V], § 37 Abs. 4 Nr. 4 ff. [G]; §§ 33, 38 KWG [V].

    Args:
        paper: the prepared paper.
        ballot: what stands on it.

    Returns:
        The verdict; a proposal where `needs_resolution` is True.

    Raises:
        KeyError: the ballot names a list or candidate that is not on the paper.
    """
    list_marks, marks, struck, write_ins, findings, voided = ballot
    if findings:
        return _with_findings(paper, ballot)
    if not (marks or struck or write_ins or voided) and len(list_marks) == 1:
        return paper.unchanged[list_marks[0]]
    return _judged(paper, ballot)


def decide(paper: BallotPaper, ballot: Ballot, *, valid: bool) -> Verdict:
    """Beschluss des Wahlvorstands: the verdict after the board resolved on a doubtful ballot.

    Resolved valid, findings of people and (Verhältniswahl) entries are disregarded; the votes follow from the printed marks.

    Source: § 53 KWO [V cut]; § 55 KWO [V]; § 27 KWG [V].

    Args:
        paper: the prepared paper.
        ballot: what stands on it.
        valid: what the board resolved.

    Returns:
        The final verdict; `needs_resolution` is False. A ballot resolved valid may be left without votes.

    Raises:
        KeyError: the ballot names a list or candidate that is not on the paper.
        ValueError: resolved valid although the statute itself says invalid (no mark, several lists only, too many votes).
    """
    proposed = adjudicate(paper, ballot)
    if not valid:
        record = (*proposed.record, ("resolution_invalid",))
        reason = proposed.reason or BoardReason.RESOLUTION
        return proposed._replace(valid=False, reason=reason, votes=_NO_VOTES, unused=0, needs_resolution=False, record=record)
    # § 32 Abs. 1 Nr. 2 KWG: only printed candidates; in Mehrheitswahl an entry is a vote
    verdict = _judged(paper, ballot._replace(write_ins=()) if paper.proportional else ballot)
    record = (*verdict.record, ("resolution_valid",))
    if verdict.valid:
        return verdict._replace(system_reason=proposed.system_reason, pile=proposed.pile, needs_resolution=False, record=record)
    if verdict.system_reason is SystemReason.NO_VOTE_LEFT or proposed.system_reason is SystemReason.WRITE_IN:
        # nothing but an entry: without it the paper would be blank, and that is not what the board has resolved
        record = (*proposed.record, ("resolution_valid",)) if proposed.system_reason is SystemReason.WRITE_IN else record
        return proposed._replace(valid=True, reason=None, unused=paper.votes, needs_resolution=False, record=record)
    raise ValueError("Dieser Stimmzettel ist schon nach dem Gesetz ungültig. Bitte prüfen, ob die Kennzeichnungen richtig erfasst sind.")


def _judged(paper: BallotPaper, ballot: Ballot) -> Verdict:
    return proportional_ballots.judge(paper, ballot) if paper.proportional else majority_ballots.judge(paper, ballot)


def _with_findings(paper: BallotPaper, ballot: Ballot) -> Verdict:
    # what people see goes first; what the system says stays visible beside it
    verdict = _judged(paper, ballot)
    numbers = {Finding.NOT_OFFICIAL: "Nr. 1", Finding.OTHER_AREA: "Nr. 1", Finding.WILL_UNCLEAR: "Nr. 3", Finding.ADDITION: "Nr. 4"}
    section = "§ 37 Abs. 1" if paper.proportional else "§ 38 Abs. 1"
    found = [finding for finding in Finding if finding in ballot.findings]
    record: list[Entry] = [*verdict.record, *(("finding", f"{section} {numbers[finding]} KWG", finding.value) for finding in found)]
    # an unofficial paper is obviously invalid; what the voter meant is for the board to resolve
    doubt = found[0] not in (Finding.NOT_OFFICIAL, Finding.OTHER_AREA) and (verdict.valid or verdict.needs_resolution)
    piles = ProportionalPile if paper.proportional else MajorityPile
    pile = piles.DOUBT if doubt else piles.INVALID
    return Verdict(False, found[0], verdict.system_reason, _NO_VOTES, 0, pile, doubt, tuple(record))
