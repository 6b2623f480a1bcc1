"""Gültigkeit und Heilung a second time: a ballot as a pile of single votes, taken away and added one by one.

Source: §§ 32, 37 KWG (Verhältniswahl), §§ 33, 38 KWG (Mehrheitswahl) [V]; § 37 Abs. 4 Nr. 4 and Abs. 5 [G].
"""

from collections import Counter
from typing import Any

Json = dict[str, Any]


def answer(document: Json) -> Json:
    """Per ballot: valid, votes, unused."""
    judge = proportional if document["rules"]["system"] == "Verhältniswahl" else majority
    return {"ballots": [{"ballot": one["ballot"]} | judge(document["rules"], document["lists"], one) for one in document["ballots"]]}


INVALID: Json = {"valid": False, "votes": {}, "unused": 0}


def valid(votes: list[str], available: int) -> Json:
    """A valid ballot with its single votes."""
    return {"valid": True, "votes": dict(Counter(votes)), "unused": available - len(votes)}


def proportional(rules: Json, lists: list[Json], ballot: Json) -> Json:
    """Verhältniswahl, § 37 KWG, paragraph by paragraph."""
    available, most = rules["votes"], rules["max_votes_per_candidate"]
    struck = set(ballot.get("struck", []))
    # Abs. 1: an entered name is a Zusatz, because only printed candidates can be voted for (§ 32 Abs. 1 Nr. 2).
    if ballot.get("findings") or ballot.get("write_ins"):
        return INVALID
    # Abs. 1 Nr. 4 Satz 3 and Abs. 2.
    votes: list[str] = []
    for candidate, given in ballot.get("marks", {}).items():
        for _ in range(given):
            if candidate not in struck and votes.count(candidate) < most:
                votes.append(candidate)
    # Abs. 3 Satz 1.
    heads = sorted(set(ballot.get("list_marks", [])))
    head = heads[0] if len(heads) == 1 else None
    if not votes:
        if head is None:
            return INVALID
        accepted = list_vote(members(lists, head), struck, available, most)
        return valid(accepted, available) if accepted else INVALID
    # Abs. 4.
    if len(votes) > available:
        touched = [one for one in lists if any(c["candidate"] in votes for c in one["candidates"])]
        if len(touched) > 1:
            return INVALID
        return valid(reduced(votes, [c["candidate"] for c in touched[0]["candidates"]], available), available)
    # Abs. 3 Satz 2: without unused votes nothing is left to give.
    if head is not None:
        votes = votes + remaining(rules["remaining_votes"], members(lists, head), votes, struck, available, most)
    return valid(votes, available)


def members(lists: list[Json], name: str) -> list[Json]:
    """The candidates of one list, top to bottom."""
    return next(one["candidates"] for one in lists if one["list"] == name)


def list_vote(candidates: list[Json], struck: set[str], available: int, most: int) -> list[str]:
    """§ 32 Abs. 1 Nr. 6: each as often as named, top to bottom, until the votes are used up."""
    given: list[str] = []
    for candidate in candidates:
        for _ in range(candidate.get("named", 1)):
            if candidate["candidate"] not in struck and len(given) < available and given.count(candidate["candidate"]) < most:
                given.append(candidate["candidate"])
    return given


def reduced(votes: list[str], order: list[str], available: int) -> list[str]:
    """§ 37 Abs. 4 Satz 2: from the bottom upwards, those with one vote first, then those with two, then with three, one vote at a time."""
    kept = list(votes)
    for group in range(1, max(Counter(votes).values()) + 1):
        who = [name for name in reversed(order) if votes.count(name) == group]
        for _ in range(group):
            for name in who:
                if len(kept) > available:
                    kept.remove(name)
    return kept


def remaining(variant: str, candidates: list[Json], votes: list[str], struck: set[str], available: int, most: int) -> list[str]:
    """Reststimmen: what the list mark gives from the unused votes, top to bottom."""
    added: list[str] = []
    for candidate in candidates:
        name = candidate["candidate"]
        if name in struck or (variant == "skip_marked" and name in votes):
            continue
        for _ in range(candidate.get("named", 1)):
            if len(votes) + len(added) < available and (votes + added).count(name) < most:
                added.append(name)
    return added


def majority(rules: Json, lists: list[Json], ballot: Json) -> Json:
    """Mehrheitswahl, § 38 KWG, paragraph by paragraph."""
    available = rules["votes"]
    struck = set(ballot.get("struck", []))
    printed = [c["candidate"] for one in lists for c in one["candidates"]]
    marked = [name for name in printed if ballot.get("marks", {}).get(name, 0) > 0]
    entries = ballot.get("write_ins", [])
    heads = sorted(set(ballot.get("list_marks", [])))
    # Abs. 1 Nr. 1, 3, 4 are findings of people; Nr. 2: neither marking nor entry.
    if ballot.get("findings") or not (marked or entries or heads):
        return INVALID
    allowed = entries if rules["write_ins"] else []
    # Abs. 2 Nr. 2: an addition or reservation against one person.
    voided = set(ballot.get("voided", []))
    # Abs. 2 Nr. 1 and 5: recognisable persons, each once, from the top of the paper to its bottom.
    persons: list[str] = []
    for name in [*marked, *(entry["person"] for entry in allowed if entry["person"] is not None)]:
        if name not in persons and name not in struck and name not in voided:
            persons.append(name)
    # Abs. 2 Nr. 3: who is not electable gets no vote and takes no place.
    not_electable = {entry["person"] for entry in allowed if not entry["eligible"]} - set(marked)
    votes = [name for name in persons if name not in not_electable]
    # Abs. 2 Nr. 4, or the bylaw that makes the whole ballot invalid.
    if rules["majority_overvote"] == "invalid_ballot" and len(votes) > available:
        return INVALID
    votes = votes[:available]
    # Abs. 3: the unused votes to the marked list, except persons marked, struck or entered.
    if len(heads) == 1:
        named_already = {*marked, *struck, *voided, *(entry["person"] for entry in entries)}
        for candidate in members(lists, heads[0]):
            if candidate["candidate"] not in named_already and len(votes) < available:
                votes.append(candidate["candidate"])
    return valid(votes, available)
