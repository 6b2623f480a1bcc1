"""Stimmzettel bei Verhältniswahl: §§ 32, 37 KWG, one section after the other."""

from collections.abc import Collection
from itertools import islice
from types import MappingProxyType

from beiratswahl.law.ballot_papers import Ballot, BallotPaper, PaperList, ProportionalPile, SystemReason, Verdict
from beiratswahl.law.ballot_steps import Entry
from beiratswahl.law.list_marks import marked_list

_NO_VOTES: MappingProxyType[str, int] = MappingProxyType({})
# looking a member up in its enumeration is slow, and every ballot asks for one
_VOTES_IN_ONE_LIST = ProportionalPile.VOTES_IN_ONE_LIST
_VOTES_IN_SEVERAL_LISTS = ProportionalPile.VOTES_IN_SEVERAL_LISTS
_LIST_AND_OTHER_LISTS = ProportionalPile.LIST_AND_OTHER_LISTS


def judge(paper: BallotPaper, ballot: Ballot) -> Verdict:
    """Stimmzettel bei Verhältniswahl auswerten, Befunde der Menschen außer Betracht.

    Source: § 32 Abs. 1 KWG [V]; § 37 Abs. 1 bis 4 KWG [V]; § 37 Abs. 4 Nr. 4 ff. [G]; remaining votes [I].

    Args:
        paper: the prepared paper.
        ballot: what stands on it; `findings` and `voided` are not looked at.

    Returns:
        The verdict; a proposal where `needs_resolution` is True.

    Raises:
        KeyError: the ballot names a list or candidate that is not on the paper.
    """
    record: list[Entry] = []
    votes = dict(ballot.marks)
    list_of = paper.list_of
    marked_lists = set(map(list_of.__getitem__, votes))
    # § 37 Abs. 1: struck candidates get no vote
    if ballot.struck:
        _strike(paper, ballot, votes, record)
    # § 37 Abs. 2: only so many votes for one candidate count as given; nobody can have more when the others' marks leave no room for it
    given = sum(votes.values())
    if given - len(votes) >= paper.cap and max(votes.values()) > paper.cap:
        _cap(paper.cap, votes, record)
        given = sum(votes.values())
    # § 37 Abs. 3: several list marks are disregarded
    head = marked_list(paper, ballot, record) if ballot.list_marks else None
    if not given and head is None:
        return _without_votes(paper, ballot, record)
    # § 37 Abs. 4: more votes than there are
    if given > paper.votes:
        if len({list_of[candidate] for candidate in votes}) > 1:
            record.append(("overvote_across_lists", given, paper.votes))
            return _invalid(SystemReason.OVERVOTE_ACROSS_LISTS, record)
        record.append(("overvote_in_one_list", given, paper.votes))
        _reduce(paper, votes, given - paper.votes, record)
        given = paper.votes
    elif given:
        record.append(("individual_votes", given))
    if not paper.rules.cross_lists and len(marked_lists.union(ballot.list_marks if head else ())) > 1:
        record.append(("crossed_lists",))
        return _invalid(SystemReason.CROSSED_LISTS, record, doubt=True)
    if head is not None:
        given += _list_mark(paper, ballot, head, votes, given, record)
        if not given:
            record.append(("no_vote_left",))
            return _invalid(SystemReason.NO_VOTE_LEFT, record, doubt=True)
    pile = _pile(paper, ballot, head, marked_lists)
    if ballot.write_ins:
        return _write_ins(ballot, record)
    # the same as Verdict(...), without the cost of a second call on every ballot
    return tuple.__new__(Verdict, (True, None, None, votes, paper.votes - given, pile, False, tuple(record)))


def _strike(paper: BallotPaper, ballot: Ballot, votes: dict[str, int], record: list[Entry]) -> None:
    for candidate in ballot.struck:
        paper.list_of[candidate]
        votes.pop(candidate, None)
    record.append(("struck", tuple(ballot.struck)))


def _cap(cap: int, votes: dict[str, int], record: list[Entry]) -> None:
    for candidate, marks in votes.items():
        if marks > cap:
            votes[candidate] = cap
            record.append(("cap", candidate, marks, cap))


def _without_votes(paper: BallotPaper, ballot: Ballot, record: list[Entry]) -> Verdict:
    if ballot.list_marks and paper.rules.list_mark:
        record.append(("only_several_lists",))
        return _invalid(SystemReason.SEVERAL_LISTS, record)
    if ballot.marks or ballot.list_marks:
        # only struck candidates are marked, or a list where none can be: a mark is there, a vote is not
        record.append(("no_vote_left",))
        return _invalid(SystemReason.NO_VOTE_LEFT, record, doubt=True)
    if ballot.write_ins:
        # a paper with a name on it is not unmarked: whether that is an addition (Nr. 4) or no clear will (Nr. 3) the board says
        return _write_ins(ballot, record)
    # § 37 Abs. 1 Nr. 2: strikes alone mark nobody
    record.append(("no_mark",))
    return _invalid(SystemReason.NO_MARK, record)


def _invalid(reason: SystemReason, record: list[Entry], *, doubt: bool = False) -> Verdict:
    pile = ProportionalPile.DOUBT if doubt else ProportionalPile.INVALID
    return Verdict(False, reason, reason, _NO_VOTES, 0, pile, doubt, tuple(record))


def _reduce(paper: BallotPaper, votes: dict[str, int], surplus: int, record: list[Entry]) -> None:
    # § 37 Abs. 4 Satz 2: candidates with one vote first, then one of two, then the other; within each pass from the bottom up
    bottom_up = sorted(votes, key=paper.position.__getitem__, reverse=True)
    as_given = dict(votes)
    turns = (candidate for held in range(1, paper.cap + 1) for _ in range(held) for candidate in bottom_up if as_given[candidate] == held)
    for candidate in islice(turns, surplus):
        record.append(("reduced", candidate, votes[candidate], votes[candidate] - 1))
        votes[candidate] -= 1
        if not votes[candidate]:
            del votes[candidate]


def _list_mark(paper: BallotPaper, ballot: Ballot, head: PaperList, votes: dict[str, int], given: int, record: list[Entry]) -> int:
    remaining = paper.votes - given
    if not remaining:
        # § 37 Abs. 3 Satz 2: the votes are used up
        record.append(("list_mark_exhausted", head.name))
        return 0
    once = paper.named_once.get(head.name)
    if once is None or not paper.skip_marked or ballot.struck:
        shares = _top_down(paper, head, ballot.struck, votes, remaining)
    else:
        # short cut for the usual ballot: nobody is named twice, nobody is struck
        shares = dict.fromkeys([candidate for candidate in once if candidate not in votes][:remaining], 1)
    if given:
        record.append(("remaining_votes", "§ 37 KWG", head.name, remaining, shares))
    elif shares:
        record.append(("list_vote", "§ 32 Abs. 1 Nr. 6 KWG", head.name, shares))
    if paper.skip_marked:
        votes.update(shares)
    else:
        votes.update({candidate: votes.get(candidate, 0) + more for candidate, more in shares.items()})
    return sum(shares.values())


def _top_down(paper: BallotPaper, head: PaperList, struck: Collection[str], votes: dict[str, int], remaining: int) -> dict[str, int]:
    # § 32 Abs. 1 Nr. 6: one pass from top to bottom, each as often as named; what is left lapses
    shares: dict[str, int] = {}
    for candidate, named in head.candidates:
        held = votes.get(candidate, 0)
        if candidate in struck or (held and paper.skip_marked):
            continue
        more = min(named, paper.cap - held)
        if more >= remaining:
            shares[candidate] = remaining
            break
        if more:
            shares[candidate] = more
            remaining -= more
    return shares


def _pile(paper: BallotPaper, ballot: Ballot, head: PaperList | None, marked_lists: set[str]) -> ProportionalPile:
    # § 53 Abs. 1 KWO sorts by what is marked, before anything is counted
    if head is None:
        return _VOTES_IN_ONE_LIST if len(marked_lists) == 1 else _VOTES_IN_SEVERAL_LISTS
    if len(marked_lists) > 1 or (marked_lists and head.name not in marked_lists):
        return _LIST_AND_OTHER_LISTS
    if marked_lists or any(paper.list_of[candidate] == head.name for candidate in ballot.struck):
        return ProportionalPile.LIST_CHANGED
    return ProportionalPile.LIST_UNCHANGED


def _write_ins(ballot: Ballot, record: list[Entry]) -> Verdict:
    # § 32 Abs. 1 Nr. 2: only printed candidates; an entry is an addition, whether it spoils the ballot the board decides
    entries = (("write_in_proportional", entry.text, entry.person) for entry in ballot.write_ins)
    return _invalid(SystemReason.WRITE_IN, [*record, *entries], doubt=True)
