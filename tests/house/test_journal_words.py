"""The journal speaks German: every detail an act notes has a word."""

import ast
from pathlib import Path

import pytest

from beiratswahl.office.journal_words import KEYS
from beiratswahl.paths import PACKAGE


def noted(path: Path) -> set[str]:
    """Names under which the acts of a module note their details."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    notes = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "note"]
    return {keyword.arg for call in notes for keyword in call.keywords if keyword.arg}


@pytest.mark.parametrize("path", sorted((PACKAGE / "operations").glob("*.py")), ids=lambda path: path.name)
def test_every_noted_detail_has_a_german_word(path: Path) -> None:
    assert noted(path) <= set(KEYS)
