"""Ballots: the worked cases of §§ 32, 33, 37, 38 KWG, and what must hold for every ballot."""

import json
from pathlib import Path
from typing import Any

import pytest

from beiratswahl.commands import law_ballots

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
