"""Every sentence in which the law finds fault, as approved: counts, nominations, polling boards and rules, each fault once.

Who changes a sentence on purpose looks at the difference and approves it: BEIRATSWAHL_APPROVE=1 pytest tests/law/test_approved_findings.py
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from beiratswahl.law.admission import outcome
from beiratswahl.law.boards import Function, Member, composition_faults, quorum_fault
from beiratswahl.law.checks import check
from beiratswahl.law.count_control import SampleRule, sample_rule_faults, seed_faults
from beiratswahl.law.meetings import Meeting
from beiratswahl.law.nominations import Candidate, Nomination, defects
from beiratswahl.law.rule_layers import Origin, RuleError, layer_of
from beiratswahl.law.rule_sets import RuleSet, rule_set_of
from beiratswahl.law.rules import Rules
from tests.law.approved import compare
from tests.law.test_checks import GOOD, RULES

DAY = date(2024, 11, 10)


def found_in_a_count(case: Any) -> Any:
    """A clean count with changes."""
    return [finding._asdict() for finding in check(RULES, replace(GOOD, **case))]


def _rules(values: dict[str, object]) -> Rules:
    base = {"system": "Verhältniswahl", "seats": 2, "voting_mode": "nur Briefwahl"}
    return RuleSet(DAY, layer_of(Origin.BYLAW, {**base, **values})).rules()


def _nomination(raw: Any) -> Nomination:
    candidates = [
        Candidate(**{"key": str(place), **one, "birth_date": date.fromisoformat(one.get("birth_date", "1990-01-01"))})
        for place, one in enumerate(raw["candidates"], 1)
    ]
    received = datetime.fromisoformat(raw.get("received_at", "2024-09-23T18:00"))
    more = {name: raw[name] for name in ("signatures_waived", "contact_named", "contact_reachable") if name in raw}
    meeting = Meeting() if raw.get("minutes") == "missing" else None
    return Nomination(
        raw["keyword"], raw["keyword"], received, tuple(candidates), tuple(raw.get("signatures", ())), meeting=meeting, **more
    )


def found_in_a_nomination(case: Any) -> Any:
    """One nomination beside others, under the rules of a bylaw."""
    others = [_nomination(other) for other in case.get("others", ())]
    found = defects(_rules(case["rules"]), DAY, _nomination(case["nomination"]), others)
    return [{name: getattr(one, name) for name in ("rule", "source", "text", "curable", "candidate")} for one in found]


def following(case: Any) -> Any:
    """What follows from the admitted nominations."""
    kind, steps = outcome(_rules(case["rules"]), [_nomination(one) for one in case["admitted"]])
    return {"outcome": kind, "steps": [{"rule": one.rule, "source": one.source, "text": one.text} for one in steps]}


def found_in_a_board(case: Any) -> Any:
    """A board of members by function, Auszählungsgruppe and presence."""
    members = [Member(Function(function), group, present) for function, group, present in case]
    return {"composition": list(composition_faults(members)), "quorum": quorum_fault(members)}


def found_in_a_sample(case: Any) -> Any:
    """What a sample of ballots rests on: its rule (per cent, least, allowed differences) or its dice."""
    return list(seed_faults(case["points"]) if "points" in case else sample_rule_faults(SampleRule(**case)))


def found_in_rules(case: Any) -> Any:
    """A rules file; what is wrong with it, each fault with its place."""
    try:
        rule_set_of(case).rules()
    except RuleError as error:
        return [str(problem) for problem in error.problems]
    return []


QUESTIONS: dict[str, Callable[[Any], Any]] = {
    "checks": found_in_a_count,
    "nominations": found_in_a_nomination,
    "outcomes": following,
    "boards": found_in_a_board,
    "samples": found_in_a_sample,
    "rule_faults": found_in_rules,
}


@pytest.mark.parametrize("question", sorted(QUESTIONS))
def test_the_law_finds_fault_in_the_approved_words(question: str) -> None:
    compare(question, QUESTIONS[question])
