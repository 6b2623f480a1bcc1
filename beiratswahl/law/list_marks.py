"""Kopfleiste: which list a ballot marks, alike in both systems."""

from beiratswahl.law.ballot_papers import Ballot, BallotPaper, PaperList
from beiratswahl.law.ballot_steps import Entry


def marked_list(paper: BallotPaper, ballot: Ballot, record: list[Entry]) -> PaperList | None:
    """Gekennzeichnete Liste: the one list whose Kopfleiste is marked.

    Source: § 37 Abs. 3 Satz 1 KWG: several marks are disregarded [V]; in Mehrheitswahl alike [I].

    Args:
        paper: the prepared paper.
        ballot: what stands on it; at least one list is marked.
        record: gets an entry where the marks have no effect.

    Returns:
        The list; None where several are marked, or where lists cannot be marked in this election.

    Raises:
        KeyError: the ballot names a list that is not on the paper.
    """
    heads = ballot.list_marks
    marked = [paper.lists[name] for name in heads]
    if not paper.rules.list_mark:
        record.append(("no_list_mark", tuple(heads)))
    elif len(heads) == 1:
        return marked[0]
    else:
        record.append(("several_list_marks", tuple(heads)))
    return None
