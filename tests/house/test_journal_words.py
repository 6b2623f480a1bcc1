"""The journal speaks German: every detail an act notes has a word."""

import ast
import json
from datetime import date
from pathlib import Path

import pytest

from beiratswahl.law.presets import PRESETS
from beiratswahl.law.rule_layers import Origin, layer_of
from beiratswahl.law.rule_sets import RuleSet
from beiratswahl.office.journal_words import KEYS, details
from beiratswahl.paths import PACKAGE


def noted(path: Path) -> set[str]:
    """Names under which the acts of a module note their details."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    notes = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "note"]
    return {keyword.arg for call in notes for keyword in call.keywords if keyword.arg}


@pytest.mark.parametrize("path", sorted((PACKAGE / "operations").glob("*.py")), ids=lambda path: path.name)
def test_every_noted_detail_has_a_german_word(path: Path) -> None:
    assert noted(path) <= set(KEYS)


@pytest.mark.parametrize(
    ("key", "stored", "shown"),
    [
        (
            "ballot",
            {"findings": ["zusatz_oder_vorbehalt"], "list_marks": ["1"], "marks": {"106": 2}},
            "Liste 1; 106 (2)",
        ),
        ("ballot", {"findings": ["gibt_es_nicht_mehr"], "marks": {}}, "gibt_es_nicht_mehr"),
        ("rejected", {"kein_wahlschein": 21}, "kein oder kein gültiger Wahlschein: 21"),
        (
            "sitting",
            {"day": "2026-11-18", "members": ["Ada", "Bo"], "corrections": ""},
            "Tag: 18.11.2026; Mitglieder: Ada, Bo; Berichtigungen: –",
        ),
        ("counts", [["no", "", "application", 1505]], "1.505 nicht eingetragen (nur auf Antrag)"),
        ("received_at", "2026-10-05T08:30:00+00:00", "05.10.2026, 10:30"),
        ("value", "skip_marked", "Reststimmen gehen nur an Personen"),
        ("void_lots", [[1, "2"]], "Los 1: 2"),
        ("reason", "Liste 2026-1 {geprüft}", "Liste 2026-1 {geprüft}"),
        ("area", ["07999000"], "07999000"),
        ("valid", False, "nein"),
        ("reason", "", "–"),
    ],
)
def test_a_nested_value_is_told_in_words(key: str, stored: object, shown: str) -> None:
    ((_, value),) = details(json.dumps({key: stored}))
    assert shown in value


def test_a_set_of_rules_is_told_by_titles_and_meanings() -> None:
    layer = layer_of(Origin.BYLAW, PRESETS["personenmodell"].values, "Satzung")
    ((_, value),) = details(json.dumps({"rules": RuleSet(date(2027, 3, 7), layer).to_plain()}))
    assert "Wahlsystem: Mehrheitswahl" in value
    assert "{" not in value
    assert "_" not in value
