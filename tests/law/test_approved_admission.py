"""Every sentence around the admission, as approved: minutes of the meeting, Wahlausschuss, and who departs after it.

Who changes a sentence on purpose looks at the difference and approves it: BEIRATSWAHL_APPROVE=1 pytest tests/law/test_approved_admission.py
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from beiratswahl.law.committee import CommitteeFunction, attendance_fault
from beiratswahl.law.departures import DepartureKind, Treatment, effects, too_few
from beiratswahl.law.meetings import Meeting, meeting_faults
from beiratswahl.law.rules import Level, Rules, System
from beiratswahl.law.trace import Step
from tests.law.approved import compare

COMPLETE = {"place": "Rathaus", "invitation": "Aushang", "leader": "A. B.", "present": 5, "secret": True, "signed": True, "affirmed": True}


def found_in_minutes(case: Any) -> Any:
    """Complete minutes with changes, nominations until 28.09.2026."""
    days = {"day": "2026-08-20", "invited_on": "2026-08-10", **case}
    read = {name: days[name] and date.fromisoformat(days[name]) for name in ("day", "invited_on")}
    return [fault._asdict() for fault in meeting_faults(Meeting(**{**COMPLETE, **case, **read}), date(2026, 9, 28))]


def found_in_a_sitting(case: Any) -> Any:
    """Functions with presence."""
    return attendance_fault((CommitteeFunction(function), present) for function, present in case)


def _said(step: Step | None) -> Any:
    return step and {"rule": step.rule, "source": step.source, "text": step.text}


def following_a_departure(case: Any) -> Any:
    """What a departure does, and what follows when few persons are left."""
    rules = Rules(System(case["system"]), 3, 3, Level(case["level"]))
    steps = effects(rules, DepartureKind(case["kind"]), Treatment(case["treatment"]))
    return {"effects": [_said(step) for step in steps], "too_few": _said(too_few(rules, case["electable"]))}


QUESTIONS: dict[str, Callable[[Any], Any]] = {
    "meetings": found_in_minutes,
    "committees": found_in_a_sitting,
    "departures": following_a_departure,
}


@pytest.mark.parametrize("question", sorted(QUESTIONS))
def test_the_admission_speaks_in_the_approved_words(question: str) -> None:
    compare(question, QUESTIONS[question])
