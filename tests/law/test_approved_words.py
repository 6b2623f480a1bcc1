"""Every word the law says, as approved: the chosen inputs make every step, reason, deadline and rule speak at least once.

Who changes a word on purpose looks at the difference and approves it: BEIRATSWAHL_APPROVE=1 pytest tests/law/test_approved_words.py
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from beiratswahl.commands import law_ballots, law_deadlines, law_eligibility, law_rules, law_seats
from beiratswahl.commands.json_input import InputError

APPROVED = Path(__file__).parent / "cases" / "approved"
ANSWERS = {
    "ballots": law_ballots.answer,
    "deadlines": law_deadlines.answer,
    "eligibility": law_eligibility.answer,
    "rules": law_rules.answer,
    "seats": law_seats.answer,
}


def said(question: str, document: Any) -> dict[str, Any]:
    """What the command answers, or the message with which it refuses."""
    try:
        return {"out": json.loads(json.dumps(ANSWERS[question](document)))}
    except InputError as error:
        return {"error": str(error)}


@pytest.mark.parametrize("question", sorted(ANSWERS))
def test_the_law_speaks_in_the_approved_words(question: str) -> None:
    path = APPROVED / f"{question}.json"
    cases = json.loads(path.read_text(encoding="utf-8"))
    now = [{"in": case["in"]} | said(question, case["in"]) for case in cases]
    if os.environ.get("BEIRATSWAHL_APPROVE"):
        path.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for case, found in zip(cases, now, strict=True):
        assert found == case
