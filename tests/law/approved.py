"""Approved answers: cases kept as data, each with its input and every word of the answer as somebody has read and approved it."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

APPROVED = Path(__file__).parent / "cases" / "approved"


def compare(name: str, answer: Callable[[Any], Any]) -> None:
    """Compare what is said now with the approved cases of this name; with BEIRATSWAHL_APPROVE=1 write down what is said now first."""
    path = APPROVED / f"{name}.json"
    cases = json.loads(path.read_text(encoding="utf-8"))
    now = [{"in": case["in"], "out": json.loads(json.dumps(answer(case["in"])))} for case in cases]
    if os.environ.get("BEIRATSWAHL_APPROVE"):
        path.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for case, found in zip(cases, now, strict=True):
        assert found == case
