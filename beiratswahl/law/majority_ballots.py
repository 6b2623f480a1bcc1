"""Stimmzettel bei Mehrheitswahl: §§ 33, 38 KWG, one section after the other."""

from types import MappingProxyType

from beiratswahl.law.ballot_papers import Ballot, BallotPaper, MajorityPile, PaperList, SystemReason, Verdict
from beiratswahl.law.ballot_steps import Entry
from beiratswahl.law.list_marks import marked_list
from beiratswahl.law.rules import MajorityOvervote

_NO_VOTES: MappingProxyType[str, int] = MappingProxyType({})


def judge(paper: BallotPaper, ballot: Ballot) -> Verdict:
    """Stimmzettel bei Mehrheitswahl auswerten, Befunde der Menschen außer Betracht.

    An entry that gives no vote (unknown, not eligible) uses none up; where this matters the board is asked. So it is about a ballot
    on which no single vote is valid: Abs. 1 does not make it invalid, so it is proposed valid, without votes.

    Source: § 33 KWG [V]; § 38 Abs. 1 bis 3 KWG [V]; last words of § 38 Abs. 3 [I]; entries without a vote use up none [I]; ballots without
        a valid vote [I].

    Args:
        paper: the prepared paper.
        ballot: what stands on it; `findings` is not looked at.

    Returns:
        The verdict; a proposal where `needs_resolution` is True.

    Raises:
        KeyError: the ballot names a list or candidate that is not on the paper.
    """
    record: list[Entry] = []
    # § 38 Abs. 1 Nr. 2: strikes alone are neither mark nor entry
    if not ballot.marks and not ballot.write_ins and not ballot.list_marks:
        _strike(paper, ballot, record)
        record.append(("no_mark_or_entry",))
        return _invalid(SystemReason.NO_MARK, record)
    persons = _printed(paper, ballot, record)
    head = marked_list(paper, ballot, record) if ballot.list_marks else None
    spoiled = _enter(paper, ballot, persons, record)
    given = len(persons)
    # § 38 Abs. 2 Nr. 4 or the bylaw: more persons than votes
    if given > paper.votes:
        if paper.rules.majority_overvote is MajorityOvervote.INVALID_BALLOT:
            record.append(("overvote", given, paper.votes))
            return _invalid(SystemReason.OVERVOTE, record)
        record.extend(("surplus", person) for person in persons[paper.votes :])
        del persons[paper.votes :]
    elif given:
        record.append(("single_votes", given))
    if head is not None:
        _list_mark(paper, ballot, head, persons, record)
    doubt = _doubt(paper, ballot, given, spoiled, head, record)
    # § 38 Abs. 2 makes single votes invalid, not the ballot; one without any vote left is for the board to look at
    if not persons:
        record.append(("no_vote_left_majority",))
        doubt = True
    pile = MajorityPile.DOUBT if doubt else _pile(ballot, head)
    return Verdict(True, None, None, dict.fromkeys(persons, 1), paper.votes - len(persons), pile, doubt, tuple(record))


def _printed(paper: BallotPaper, ballot: Ballot, record: list[Entry]) -> list[str]:
    # § 38 Abs. 2 Nr. 4: what counts is the order from top to bottom on the ballot
    persons = sorted(ballot.marks, key=paper.position.__getitem__)
    # § 38 Abs. 1: struck persons get no vote
    _strike(paper, ballot, record)
    persons = [person for person in persons if person not in ballot.struck]
    # § 38 Abs. 2 Nr. 2: an addition beside one person spoils that vote alone
    if ballot.voided:
        record.extend(("voided", person) for person in sorted(ballot.voided, key=paper.position.__getitem__))
        persons = [person for person in persons if person not in ballot.voided]
    # § 38 Abs. 2 Nr. 5: one vote each
    record.extend(("one_vote_each", person) for person in persons if ballot.marks[person] > 1)
    return persons


def _strike(paper: BallotPaper, ballot: Ballot, record: list[Entry]) -> None:
    if ballot.struck:
        record.append(("struck_majority", tuple(sorted(ballot.struck, key=paper.position.__getitem__))))


def _enter(paper: BallotPaper, ballot: Ballot, persons: list[str], record: list[Entry]) -> int:
    # § 33 Abs. 2: entries follow the printed persons in the order of writing
    spoiled = 0
    for text, person, eligible in ballot.write_ins:
        if not paper.rules.write_ins:
            rule = "write_in_not_allowed"
        elif person is None:
            rule = "write_in_unknown"
            spoiled += 1
        elif not eligible:
            rule = "write_in_not_eligible"
            spoiled += 1
        elif person in ballot.struck:
            rule = "write_in_struck"
        elif person in ballot.voided:
            rule = "write_in_voided"
        elif person in persons:
            rule = "write_in_again"
        else:
            rule = "write_in"
            persons.append(person)
        record.append((rule, text, person))
    return spoiled


def _list_mark(paper: BallotPaper, ballot: Ballot, head: PaperList, persons: list[str], record: list[Entry]) -> None:
    remaining = paper.votes - len(persons)
    if not remaining:
        record.append(("list_mark_exhausted_majority", head.name))
        return
    # § 38 Abs. 3: from top to bottom, except persons marked, struck or entered
    entered = {entry.person for entry in ballot.write_ins}
    passed_over = {*ballot.marks, *ballot.struck, *ballot.voided, *entered}
    shares = [printed.candidate for printed in head.candidates if printed.candidate not in passed_over][:remaining]
    pairs = dict.fromkeys(shares, 1)
    if persons:
        record.append(("remaining_votes", "§ 38 Abs. 3 KWG", head.name, remaining, pairs))
    elif shares:
        record.append(("list_vote", "§ 33 Abs. 2 Nr. 4, § 38 Abs. 3 KWG", head.name, pairs))
    persons.extend(shares)


def _invalid(reason: SystemReason, record: list[Entry]) -> Verdict:
    return Verdict(False, reason, reason, _NO_VOTES, 0, MajorityPile.INVALID, False, tuple(record))


def _doubt(paper: BallotPaper, ballot: Ballot, given: int, spoiled: int, head: PaperList | None, record: list[Entry]) -> bool:
    if spoiled and (head is not None or given + spoiled > paper.votes):
        record.append(("spoiled_entries",))
        return True
    return bool(ballot.write_ins) and not paper.rules.write_ins


def _pile(ballot: Ballot, head: PaperList | None) -> MajorityPile:
    if head is None:
        return MajorityPile.VOTES_ONLY
    if ballot.marks or ballot.struck or ballot.write_ins or ballot.voided:
        return MajorityPile.LIST_CHANGED
    return MajorityPile.LIST_UNCHANGED
