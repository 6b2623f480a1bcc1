"""Ballots: the worked cases of §§ 32, 33, 37, 38 KWG, and what must hold for every ballot."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beiratswahl.commands import law_ballots
from beiratswahl.commands.json_input import InputError
from beiratswahl.law.ballot_papers import (
    Ballot,
    BallotPaper,
    BoardReason,
    Finding,
    MajorityPile,
    PaperCandidate,
    PaperList,
    ProportionalPile,
    SystemReason,
    Verdict,
    WriteIn,
)
from beiratswahl.law.ballots import adjudicate, decide, paper_of
from beiratswahl.law.rules import MajorityOvervote, RemainingVotes, Rules, RuleToBeConfirmed, System

_DATA: dict[str, Any] = json.loads((Path(__file__).parent / "cases" / "ballots.json").read_text(encoding="utf-8"))


def _document(case: dict[str, Any]) -> dict[str, Any]:
    paper = _DATA["papers"][case["paper"]]
    return {"rules": paper["rules"] | case["rules"], "lists": paper["lists"], "ballots": [{"ballot": "1"} | case["ballot"]]}


@pytest.mark.parametrize("case", _DATA["cases"], ids=lambda case: case["case"])
def test_worked_case(case: dict[str, Any]) -> None:
    answer: Any = law_ballots.answer(_document(case))
    found = answer["ballots"][0]
    expected = case["expected"]
    assert {key: found[key] for key in ("valid", "reason", "votes", "unused")} == {
        key: expected[key] for key in ("valid", "reason", "votes", "unused")
    }
    rules = {step["rule"] for step in found["steps"]}
    assert any(step["text"] == f"Der Stimmzettel gehört auf Stapel {expected['pile']}." for step in found["steps"])
    assert ("needs_resolution" in rules) == expected["needs_resolution"]
    assert all(step["source"] and step["text"] for step in found["steps"])


# ---------------------------------------------------------------- what the command refuses


@pytest.mark.parametrize(
    ("path", "rules"),
    [
        ("$.rules.remaining_votes", {"system": "Verhältniswahl", "votes": 9}),
        ("$.rules.majority_overvote", {"system": "Mehrheitswahl", "votes": 9}),
        ("$.rules.votes", {"system": "Mehrheitswahl", "majority_overvote": "first_from_top"}),
        ("$.rules.system", {"system": "Losverfahren", "votes": 9}),
        ("$.rules.vote", {"system": "Verhältniswahl", "votes": 9, "vote": 3}),
        ("$.rules.votes", {"system": "Verhältniswahl", "votes": True}),
        ("$.rules.write_ins", {"system": "Mehrheitswahl", "votes": 9, "write_ins": 1}),
    ],
)
def test_rules_that_are_wrong_or_not_confirmed_are_named(path: str, rules: dict[str, Any]) -> None:
    with pytest.raises(InputError) as error:
        law_ballots.answer({"rules": rules, "lists": [], "ballots": []})
    assert error.value.path == path


@pytest.mark.parametrize(
    ("paper", "path", "ballot"),
    [
        ("VW", "marks.X9", {"marks": {"X9": 1}}),
        ("VW", "marks", {"marks": []}),
        ("VW", "marks.A1", {"marks": {"A1": -1}}),
        ("VW", "marks.A1", {"marks": {"A1": True}}),
        ("VW", "struck[0]", {"struck": ["X9"]}),
        ("VW", "struck[1]", {"struck": ["A1", "A1"]}),
        ("VW", "list_marks[0]", {"list_marks": ["Z"]}),
        ("VW", "list_marks[1]", {"list_marks": ["A", "A"]}),
        ("VW", "findings[0]", {"findings": ["hässlich"]}),
        ("VW", "voided", {"voided": ["A1"]}),
        ("VW", "colour", {"colour": "rot"}),
        ("P", "write_ins[0].eligible", {"write_ins": [{"text": "x", "person": "X"}]}),
        ("P", "write_ins[0].person", {"write_ins": [{"text": "x"}]}),
        (
            "P",
            "write_ins[0].eligible",
            {"write_ins": [{"text": "x", "person": "X", "eligible": True}, {"text": "y", "person": "X", "eligible": False}]},
        ),
    ],
)
def test_a_ballot_that_cannot_be_is_refused_with_its_path(paper: str, path: str, ballot: dict[str, Any]) -> None:
    with pytest.raises(InputError) as error:
        law_ballots.answer(_document({"paper": paper, "rules": {}, "ballot": ballot}))
    assert error.value.path == f"$.ballots[0].{path}"


def test_lists_candidates_and_ballots_are_named_once() -> None:
    document = _document({"paper": "VW", "rules": {}, "ballot": {}})
    for path, change in (
        ("$.lists[1].list", {"lists": [{"list": "A", "candidates": []}, {"list": "A", "candidates": []}]}),
        ("$.lists[0].candidates[1].candidate", {"lists": [{"list": "A", "candidates": [{"candidate": "1"}, {"candidate": "1"}]}]}),
        ("$.ballots[1].ballot", {"ballots": [{"ballot": "1"}, {"ballot": "1"}]}),
    ):
        with pytest.raises(InputError) as error:
            law_ballots.answer(document | change)
        assert error.value.path == path


def test_a_mark_of_zero_is_no_mark() -> None:
    answer: Any = law_ballots.answer(_document({"paper": "VW", "rules": {}, "ballot": {"marks": {"A1": 0}}}))
    assert answer["ballots"][0]["reason"] == "keine_kennzeichnung"


def test_totals_add_up() -> None:
    ballots = [
        {"ballot": "1", "list_marks": ["B"]},
        {"ballot": "2", "marks": {"A1": 3, "B2": 1}},
        {"ballot": "3"},
        {"ballot": "4", "marks": {"A1": 1}, "findings": ["nicht_amtlich"]},
    ]
    answer: Any = law_ballots.answer(_document({"paper": "VW", "rules": {}, "ballot": {}}) | {"ballots": ballots})
    totals = answer["totals"]
    assert totals["votes"] | {"A1": 3, "B1": 3, "B2": 3, "B3": 1, "B4": 1} == totals["votes"]
    assert totals == {
        "ballots": 4,
        "valid": 2,
        "invalid": 2,
        "reasons": {"keine_kennzeichnung": 1, "nicht_amtlich": 1},
        "votes": totals["votes"],
        "list_votes": {"A": 3, "B": 8, "C": 0},
        "used": 11,
        "unused": 7,
    }
    assert totals["votes"]["A9"] == 0


# ---------------------------------------------------------------- rules of the bylaw, findings, resolutions


def _rules(**changes: Any) -> Rules:
    values: dict[str, Any] = {"system": System.PROPORTIONAL, "seats": 9, "votes": 9, "remaining_votes": RemainingVotes.SKIP_MARKED}
    return Rules(**(values | changes))


def _lists(*names: str) -> list[PaperList]:
    return [PaperList(name, tuple(PaperCandidate(f"{name}{number}") for number in range(1, 5))) for name in names]


MAJORITY = {"system": System.MAJORITY, "majority_overvote": MajorityOvervote.FIRST_FROM_TOP}


@pytest.mark.parametrize("changes", [{"remaining_votes": None}, MAJORITY | {"majority_overvote": None}])
def test_a_rule_nobody_confirmed_stops_the_count(changes: dict[str, Any]) -> None:
    with pytest.raises(RuleToBeConfirmed) as error:
        paper_of(_rules(**changes), _lists("A"))
    assert getattr(_rules(**changes), error.value.rule) is None


def test_without_list_marks_nobody_has_to_confirm_the_remaining_votes() -> None:
    paper = paper_of(_rules(remaining_votes=None, list_mark=False), _lists("A", "B"))
    assert adjudicate(paper, Ballot(list_marks=["A"], marks={"B1": 2})).votes == {"B1": 2}
    alone = adjudicate(paper, Ballot(list_marks=["A"]))
    assert (alone.valid, alone.reason, alone.needs_resolution) == (False, SystemReason.NO_VOTE_LEFT, True)
    assert "no_list_mark" in {step.rule for step in alone.steps}


def test_without_list_marks_a_marked_list_gives_no_vote_in_mehrheitswahl() -> None:
    verdict = adjudicate(paper_of(_rules(list_mark=False, **MAJORITY), _lists("A")), Ballot(list_marks=["A"], marks={"A1": 1}))
    assert verdict.votes == {"A1": 1}


def test_in_mehrheitswahl_several_marked_lists_are_disregarded() -> None:
    verdict = adjudicate(paper_of(_rules(**MAJORITY), _lists("A", "B")), Ballot(list_marks=["A", "B"], marks={"A1": 1}))
    assert verdict.votes == {"A1": 1}


@pytest.mark.parametrize("ballot", [Ballot(marks={"A1": 1, "B1": 1}), Ballot(list_marks=["A"], marks={"B1": 1})])
def test_where_lists_may_not_be_crossed_the_board_decides(ballot: Ballot) -> None:
    crossing = adjudicate(paper_of(_rules(cross_lists=False), _lists("A", "B")), ballot)
    assert (crossing.valid, crossing.reason, crossing.needs_resolution) == (False, SystemReason.CROSSED_LISTS, True)
    assert adjudicate(paper_of(_rules(), _lists("A", "B")), ballot).valid


@pytest.mark.parametrize("lists", [_lists("A", "A"), [PaperList("A", (PaperCandidate("1"), PaperCandidate("1")))]])
def test_a_ballot_paper_names_everybody_once(lists: list[PaperList]) -> None:
    with pytest.raises(ValueError, match=r"^Eine Liste oder ein Bewerber steht zweimal auf dem Stimmzettel\. .*vorkommen\.$"):
        paper_of(_rules(), lists)


@pytest.mark.parametrize("ballot", [Ballot(list_marks=["Z"]), Ballot(marks={"Z1": 1}), Ballot(list_marks=["A"], struck=["Z1"])])
@pytest.mark.parametrize("changes", [{}, MAJORITY])
def test_what_is_not_on_the_paper_cannot_be_marked(ballot: Ballot, changes: dict[str, Any]) -> None:
    with pytest.raises(KeyError):
        adjudicate(paper_of(_rules(**changes), _lists("A")), ballot)


def test_findings_of_people_go_first_and_those_of_the_system_stay_visible() -> None:
    paper = paper_of(_rules(), _lists("A", "B"))
    verdict = adjudicate(paper, Ballot(list_marks=["A", "B"], findings=[Finding.ADDITION, Finding.OTHER_AREA]))
    assert (verdict.reason, verdict.system_reason) == (Finding.OTHER_AREA, SystemReason.SEVERAL_LISTS)
    assert [step.rule for step in verdict.steps if step.rule == "finding"] == ["finding", "finding"]


@pytest.mark.parametrize("finding", [Finding.ADDITION, Finding.WILL_UNCLEAR])
@pytest.mark.parametrize("changes", [{}, MAJORITY])
def test_the_board_can_resolve_that_a_doubtful_ballot_is_valid(finding: Finding, changes: dict[str, Any]) -> None:
    paper = paper_of(_rules(**changes), _lists("A"))
    ballot = Ballot(marks={"A1": 1}, findings=[finding])
    assert adjudicate(paper, ballot).needs_resolution
    valid = decide(paper, ballot, valid=True)
    assert (valid.valid, valid.reason, valid.votes, valid.unused, valid.needs_resolution) == (True, None, {"A1": 1}, 8, False)
    assert "resolution_valid" in {step.rule for step in valid.steps}
    invalid = decide(paper, ballot, valid=False)
    assert (invalid.valid, invalid.reason, invalid.votes, invalid.unused, invalid.needs_resolution) == (False, finding, {}, 0, False)
    assert "resolution_invalid" in {step.rule for step in invalid.steps}


def test_an_entry_disregarded_by_resolution_leaves_the_printed_votes() -> None:
    paper = paper_of(_rules(), _lists("A"))
    ballot = Ballot(marks={"A1": 2}, write_ins=[WriteIn("Jemand", None)])
    resolved = decide(paper, ballot, valid=True)
    assert (resolved.votes, resolved.system_reason) == ({"A1": 2}, SystemReason.WRITE_IN)


@pytest.mark.parametrize("ballot", [Ballot(), Ballot(marks={"A1": 1}), Ballot(struck=["A1"])])
def test_an_entry_lays_a_proportional_ballot_before_the_board_whatever_else_is_marked(ballot: Ballot) -> None:
    paper = paper_of(_rules(), _lists("A"))
    written = ballot._replace(write_ins=[WriteIn("Müller", "Müller")])
    proposed = adjudicate(paper, written)
    assert (proposed.valid, proposed.reason, proposed.pile) == (False, SystemReason.WRITE_IN, ProportionalPile.DOUBT)
    assert proposed.needs_resolution
    assert "no_mark" not in {step.rule for step in proposed.steps}
    assert "write_in_proportional" in {step.rule for step in proposed.steps}
    resolved = decide(paper, written, valid=True)
    assert (resolved.valid, resolved.votes, resolved.pile) == (True, dict(ballot.marks), ProportionalPile.DOUBT)
    # beside a mark the entry is disregarded; alone it is all there is, and the record keeps it
    kept = [step.rule for step in resolved.steps if step.rule in ("write_in_proportional", "no_mark", "resolution_valid")]
    assert kept == (["resolution_valid"] if ballot.marks else ["write_in_proportional", "resolution_valid"])
    assert decide(paper, written, valid=False).reason is SystemReason.WRITE_IN


def test_an_entry_does_not_save_a_ballot_that_marks_several_lists_only() -> None:
    verdict = adjudicate(paper_of(_rules(), _lists("A", "B")), Ballot(list_marks=["A", "B"], write_ins=[WriteIn("Müller", "Müller")]))
    assert (verdict.reason, verdict.pile, verdict.needs_resolution) == (SystemReason.SEVERAL_LISTS, ProportionalPile.INVALID, False)


def test_a_ballot_resolved_invalid_without_any_finding_says_so() -> None:
    paper = paper_of(_rules(write_ins=False, **MAJORITY), _lists("A"))
    ballot = Ballot(marks={"A1": 1}, write_ins=[WriteIn("Jemand", "X")])
    resolved = decide(paper, ballot, valid=False)
    assert (resolved.valid, resolved.reason, resolved.votes) == (False, BoardReason.RESOLUTION, {})
    assert (resolved.unused, resolved.pile, resolved.needs_resolution) == (0, MajorityPile.DOUBT, False)
    assert decide(paper, ballot, valid=True).votes == {"A1": 1}


def test_a_majority_ballot_resolved_valid_keeps_its_entries_and_stays_on_the_pile_of_doubt() -> None:
    paper = paper_of(_rules(**MAJORITY), _lists("A"))
    ballot = Ballot(list_marks=["A"], write_ins=[WriteIn("Jemand", "X"), WriteIn("?", None)])
    assert adjudicate(paper, ballot).needs_resolution
    resolved = decide(paper, ballot, valid=True)
    assert resolved.votes["X"] == 1
    assert (resolved.valid, resolved.pile, resolved.needs_resolution) == (True, MajorityPile.DOUBT, False)
    commented = decide(paper, Ballot(marks={"A1": 1}, findings=[Finding.ADDITION]), valid=True)
    assert (commented.votes, commented.pile) == ({"A1": 1}, MajorityPile.DOUBT)


def test_a_ballot_resolved_valid_may_be_left_without_votes() -> None:
    paper = paper_of(_rules(), _lists("A"))
    resolved = decide(paper, Ballot(marks={"A1": 1}, struck=["A1"]), valid=True)
    assert (resolved.valid, resolved.reason, resolved.votes, resolved.unused) == (True, None, {}, 9)
    assert resolved.needs_resolution is False
    assert [step.rule for step in resolved.steps] == ["struck", "no_vote_left", "resolution_valid", "unused", "pile"]
    # what people saw on it is disregarded
    commented = decide(paper, Ballot(marks={"A1": 1}, struck=["A1"], findings=[Finding.ADDITION]), valid=True)
    assert [step.rule for step in commented.steps] == [step.rule for step in resolved.steps]


def test_a_list_mark_gives_each_candidate_as_many_votes_as_the_list_names_it() -> None:
    twice = PaperList("A", (PaperCandidate("A1", 2), PaperCandidate("A2", 2)))
    assert adjudicate(paper_of(_rules(), [twice]), Ballot(list_marks=["A"])).votes == {"A1": 2, "A2": 2}


def test_in_mehrheitswahl_nobody_can_get_more_than_one_vote() -> None:
    assert paper_of(_rules(**MAJORITY), _lists("A")).cap == 1
    assert paper_of(_rules(max_votes_per_candidate=3), _lists("A")).cap == 3


@pytest.mark.parametrize("ballot", [Ballot(), Ballot(list_marks=["A", "B"]), Ballot(marks={"A1": 3, "A2": 3, "A3": 3, "B1": 1})])
def test_no_resolution_makes_valid_what_the_statute_calls_invalid(ballot: Ballot) -> None:
    with pytest.raises(ValueError, match=r"^Dieser Stimmzettel ist schon nach dem Gesetz ungültig\. .*erfasst sind\.$"):
        decide(paper_of(_rules(), _lists("A", "B")), ballot, valid=True)


def test_steps_name_candidates_with_words() -> None:
    verdict = adjudicate(paper_of(_rules(), _lists("A")), Ballot(marks={"A1": 4}))
    assert any("„Adil Ünal“" in step.text for step in verdict.steps_with({"A1": "Adil Ünal"}))


# ---------------------------------------------------------------- what holds for every ballot

KEYS = [f"{name}{number}" for name in "AB" for number in range(1, 5)]


@st.composite
def papers(draw: st.DrawFn) -> BallotPaper:
    lists = [PaperList(name, tuple(PaperCandidate(f"{name}{number}", draw(st.integers(1, 3))) for number in range(1, 5))) for name in "AB"]
    changes: dict[str, Any] = {
        "system": draw(st.sampled_from(System)),
        "votes": draw(st.integers(1, 9)),
        "max_votes_per_candidate": draw(st.integers(1, 3)),
        "remaining_votes": draw(st.sampled_from(RemainingVotes)),
        "majority_overvote": draw(st.sampled_from(MajorityOvervote)),
        "write_ins": draw(st.booleans()),
    }
    return paper_of(_rules(**changes), lists)


BALLOTS = st.builds(
    Ballot,
    list_marks=st.lists(st.sampled_from("AB"), unique=True).map(tuple),
    marks=st.dictionaries(st.sampled_from(KEYS), st.integers(1, 4), max_size=6),
    struck=st.lists(st.sampled_from(KEYS), unique=True, max_size=4).map(tuple),
    write_ins=st.lists(st.sampled_from([WriteIn("x", "X"), WriteIn("y", "A1"), WriteIn("?", None, False)]), max_size=2).map(tuple),
    findings=st.just(()),
    voided=st.just(()),
)


@given(papers(), BALLOTS)
def test_nobody_gives_more_votes_than_there_are(paper: BallotPaper, ballot: Ballot) -> None:
    verdict = adjudicate(paper, ballot)
    used = sum(verdict.votes.values())
    assert used + verdict.unused == (paper.votes if verdict.valid else 0)
    assert all(1 <= votes <= paper.cap for votes in verdict.votes.values())
    assert (verdict.reason is None) == verdict.valid
    assert verdict.steps


@given(papers(), BALLOTS)
def test_no_struck_candidate_gets_a_vote(paper: BallotPaper, ballot: Ballot) -> None:
    assert not set(ballot.struck) & set(adjudicate(paper, ballot).votes)


@given(papers(), BALLOTS)
def test_curing_adds_no_vote(paper: BallotPaper, ballot: Ballot) -> None:
    # without a list mark and entries nobody gets more votes than marks stand at the name
    plain = ballot._replace(list_marks=(), write_ins=())
    assert all(votes <= plain.marks[candidate] for candidate, votes in adjudicate(paper, plain).votes.items())


@given(papers(), BALLOTS)
def test_the_list_mark_takes_no_vote_from_anybody(paper: BallotPaper, ballot: Ballot) -> None:
    without = adjudicate(paper, ballot._replace(list_marks=()))
    marked = adjudicate(paper, ballot)
    if without.valid and marked.valid:
        assert all(marked.votes.get(candidate, 0) >= votes for candidate, votes in without.votes.items())


@given(papers(), BALLOTS)
def test_a_cured_ballot_needs_no_second_cure(paper: BallotPaper, ballot: Ballot) -> None:
    verdict = adjudicate(paper, ballot)
    printed = {candidate: votes for candidate, votes in verdict.votes.items() if candidate in paper.list_of}
    if verdict.valid and printed and len(printed) == len(verdict.votes):
        again = adjudicate(paper, Ballot(marks=printed))
        assert (again.valid, again.votes, again.unused) == (True, printed, verdict.unused)


@given(papers(), BALLOTS, st.randoms())
def test_the_order_of_typing_changes_nothing(paper: BallotPaper, ballot: Ballot, chance: Any) -> None:
    marks = list(ballot.marks.items())
    struck = list(ballot.struck)
    heads = list(ballot.list_marks)
    for one in (marks, struck, heads):
        chance.shuffle(one)
    one, other = adjudicate(paper, ballot), adjudicate(paper, ballot._replace(marks=dict(marks), struck=struck, list_marks=heads))
    assert _core(one) == _core(other)


@given(papers(), BALLOTS)
def test_the_same_ballot_gets_the_same_verdict_and_stays_as_it_is(paper: BallotPaper, ballot: Ballot) -> None:
    before = dict(ballot.marks)
    first = adjudicate(paper, ballot)
    kept = _core(first), first.steps
    second = adjudicate(paper, ballot)
    assert (_core(second), second.steps) == kept
    assert ballot.marks == before


@given(papers(), BALLOTS, st.sampled_from(list(Finding)))
def test_a_finding_of_people_leaves_no_vote(paper: BallotPaper, ballot: Ballot, finding: Finding) -> None:
    verdict = adjudicate(paper, ballot._replace(findings=(finding,)))
    assert (verdict.valid, verdict.votes, verdict.unused, verdict.reason) == (False, {}, 0, finding)
    assert verdict.system_reason == adjudicate(paper, ballot).system_reason


def _core(verdict: Verdict) -> tuple[Any, ...]:
    return verdict.valid, verdict.reason, dict(verdict.votes), verdict.unused, verdict.pile, verdict.needs_resolution
