"""Ballots where the board is asked, and the words for rules that only a bylaw sets."""

from typing import Any

import pytest

from beiratswahl.law.ballot_papers import Ballot, BallotPaper, PaperCandidate, PaperList, WriteIn
from beiratswahl.law.ballots import adjudicate, paper_of
from beiratswahl.law.rules import MajorityOvervote, RemainingVotes, Rules, System


def paper(system: System, **rules: Any) -> BallotPaper:
    settled: dict[str, Any] = {
        "seats": 3,
        "votes": 3,
        "remaining_votes": RemainingVotes.SKIP_MARKED,
        "majority_overvote": MajorityOvervote.FIRST_FROM_TOP,
    }
    lists = [PaperList(name, tuple(PaperCandidate(f"{name}{number}") for number in range(3, 0, -1))) for name in "AB"]
    return paper_of(Rules(system=system, **(settled | rules)), lists)


def test_a_list_mark_and_votes_in_the_same_list_cross_nothing() -> None:
    verdict = adjudicate(paper(System.PROPORTIONAL, cross_lists=False), Ballot(list_marks=["A"], marks={"A1": 1}))
    assert (verdict.valid, verdict.votes, verdict.needs_resolution) == (True, {"A1": 1, "A3": 1, "A2": 1}, False)


def test_crossed_lists_are_explained_with_the_bylaw() -> None:
    verdict = adjudicate(paper(System.PROPORTIONAL, cross_lists=False), Ballot(marks={"A1": 1, "B1": 1}))
    said = [(step.source, step.text) for step in verdict.steps if step.rule == "crossed_lists"]
    assert said == [("Satzung", "Stimmen in mehreren Listen sind bei dieser Wahl nicht vorgesehen; vorgeschlagen wird: ungültig.")]


def test_the_lowest_candidate_on_the_paper_loses_the_surplus_whatever_the_name() -> None:
    verdict = adjudicate(paper(System.PROPORTIONAL), Ballot(marks={"A1": 2, "A2": 1, "A3": 2}))
    assert verdict.votes == {"A1": 1, "A3": 2}
    assert [step.text for step in verdict.steps if step.rule == "reduced"] == [
        "Überzählige Stimmen werden von unten nach oben gestrichen: „A2“ behält 0 statt 1 Stimme.",
        "Überzählige Stimmen werden von unten nach oben gestrichen: „A1“ behält 1 statt 2 Stimmen.",
    ]


@pytest.mark.parametrize("entry", [WriteIn("Unbekannt", None), WriteIn("Nicht wählbar", "X1", False)])
@pytest.mark.parametrize(("entries", "asked"), [(0, False), (1, False), (2, True), (3, True)])
def test_entries_without_vote_are_doubtful_once_they_could_fill_the_paper(entries: int, asked: bool, entry: WriteIn) -> None:
    ballot = Ballot(marks={"A1": 1, "A2": 1}, write_ins=[entry] * entries)
    verdict = adjudicate(paper(System.MAJORITY), ballot)
    assert (verdict.valid, verdict.votes) == (True, {"A1": 1, "A2": 1})
    assert verdict.needs_resolution is asked


def test_an_overvote_that_the_bylaw_makes_invalid_is_no_doubt() -> None:
    marks = {"A1": 1, "A2": 1, "A3": 1, "B1": 1}
    verdict = adjudicate(paper(System.MAJORITY, majority_overvote=MajorityOvervote.INVALID_BALLOT), Ballot(marks=marks))
    assert (verdict.valid, verdict.needs_resolution, verdict.system_reason) == (False, False, verdict.reason)


def test_a_paper_without_list_mark_says_so() -> None:
    verdict = adjudicate(paper(System.MAJORITY, list_mark=False), Ballot(list_marks=["A"], marks={"A1": 1}))
    said = [(step.source, step.text) for step in verdict.steps if step.rule == "no_list_mark"]
    assert said == [("Satzung", "Gekennzeichnet: „A“. Listen können bei dieser Wahl nicht gekennzeichnet werden; ohne Wirkung.")]


def test_votes_spoiled_by_an_addition_are_told_from_the_top_of_the_paper() -> None:
    verdict = adjudicate(paper(System.MAJORITY), Ballot(marks={"A1": 1, "A2": 1, "A3": 1}, voided=["A1", "A3"]))
    assert [entry[1] for entry in verdict.record if entry[0] == "voided"] == ["A3", "A1"]


def test_only_marks_above_the_limit_are_said_to_be_cut() -> None:
    verdict = adjudicate(paper(System.PROPORTIONAL, votes=9, seats=9), Ballot(marks={"A1": 4, "A2": 3}))
    assert [entry for entry in verdict.record if entry[0] == "cap"] == [("cap", "A1", 4, 3)]
