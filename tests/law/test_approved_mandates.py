"""Every sentence from standing as a candidate to following into a seat, as approved: each condition and each step at least once.

Who changes a sentence on purpose looks at the difference and approves it: BEIRATSWAHL_APPROVE=1 pytest tests/law/test_approved_mandates.py
"""

import json
import os
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from beiratswahl.law.candidacy import CandidateFacts, stand
from beiratswahl.law.candidates import PersonVotes, of_list, of_majority
from beiratswahl.law.facts import Election, Person, Residence, fact_date
from beiratswahl.law.rules import Rules, System
from beiratswahl.law.succession import Declaration, Departure, DroppedOut, acceptance, call_substitute

APPROVED = Path(__file__).parent / "cases" / "approved"
TOWN = "07999000"
RULES = Rules(System.MAJORITY, 9, 9, dual_nationals_ex_officio=True, children_of_naturalised=False)


def candidacy(case: Any) -> Any:
    """One person who wants to stand on 10 November 2024."""
    home = Residence(TOWN, True, fact_date(case.get("since", "2000-01-01")))
    person = Person(fact_date(case.get("birth", "1980-05-01")), tuple(case["nationalities"]), (home,))
    found = stand(RULES, Election(date(2024, 11, 10), frozenset({TOWN})), person, CandidateFacts(**case.get("facts", {})))
    return {"eligible": found.eligible, "footing": found.footing, "reasons": [asdict(reason) for reason in found.reasons]}


def elected_of_a_list(case: Any) -> Any:
    """The candidates of a list with their votes, from top to bottom, and who of them is gone."""
    return asdict(of_list([PersonVotes(*one) for one in case["candidates"]], case["seats"], case.get("gone", {})))


def elected_by_majority(case: Any) -> Any:
    """All persons with their votes, and the lots drawn so far."""
    return asdict(of_majority([PersonVotes(*one) for one in case["persons"]], case["seats"], case.get("lots", ())))


def accepted(case: Any) -> Any:
    """A notice served on 15 November 2024 and what has been declared."""
    declared = case.get("declared")
    left = case.get("left_office_on")
    state, steps = acceptance(
        RULES,
        date(2024, 11, 15),
        date.fromisoformat(case["today"]),
        (date.fromisoformat(declared[0]), Declaration(declared[1])) if declared else None,
        incompatible=case.get("incompatible", False),
        left_office_on=date.fromisoformat(left) if left else None,
    )
    return {"acceptance": state, "steps": [asdict(step) for step in steps]}


def called(case: Any) -> Any:
    """A free seat, the substitutes in groups of equals and who of them has dropped out."""
    dropped = {person: DroppedOut(why) for person, why in case.get("dropped", {}).items()}
    return asdict(call_substitute(case["substitutes"], dropped, Departure(case["departure"]), case.get("lots", ())))


QUESTIONS: dict[str, Callable[[Any], Any]] = {
    "candidacy": candidacy,
    "elected_of_a_list": elected_of_a_list,
    "elected_by_majority": elected_by_majority,
    "acceptance": accepted,
    "succession": called,
}


@pytest.mark.parametrize("question", sorted(QUESTIONS))
def test_mandates_are_explained_in_the_approved_words(question: str) -> None:
    path = APPROVED / f"{question}.json"
    cases = json.loads(path.read_text(encoding="utf-8"))
    now = [{"in": case["in"], "out": json.loads(json.dumps(QUESTIONS[question](case["in"])))} for case in cases]
    if os.environ.get("BEIRATSWAHL_APPROVE"):
        path.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for case, found in zip(cases, now, strict=True):
        assert found == case
