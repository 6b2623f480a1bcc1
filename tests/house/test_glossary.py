"""The words of the glossary are the words of the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from beiratswahl.paths import PACKAGE

GLOSSARY = (PACKAGE / "law" / "GLOSSARY.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in GLOSSARY.splitlines() if line.startswith("| ")][1:]
GERMAN = re.compile(r"[äöüß]|(wahl|stimm|sitz|liste|vorschlag|bezirk|frist|satzung|beirat)", re.IGNORECASE)


def english() -> set[str]:
    """Single words that the glossary uses."""
    return {word for row in ROWS for term in re.findall(r"`([^`]+)`", row[1]) for word in re.split(r"[_.]", term)}


def banned() -> set[str]:
    """Words the glossary rules out without condition, and that it does not use for something else."""
    found = set()
    for row in ROWS:
        for term in row[2].split(","):
            if "(" not in term and term.strip() and " " not in term.strip():
                found.add(term.strip())
    return found - english()


def identifiers(path: Path) -> Iterator[tuple[int, str]]:
    """Names of modules, classes, functions, arguments and variables."""
    yield 0, path.stem
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id


def words(identifier: str) -> set[str]:
    """The words of a snake_case or CamelCase name."""
    return {word.lower() for part in identifier.split("_") for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", part)}


def test_the_glossary_rules_words_out() -> None:
    assert {"proposal", "applicant", "constituency", "due_date"} <= banned()


@pytest.mark.parametrize("path", sorted((PACKAGE / "law").glob("*.py")), ids=lambda path: path.name)
def test_the_law_uses_the_words_of_the_glossary(path: Path) -> None:
    for line, identifier in identifiers(path):
        assert not words(identifier) & banned(), f"{path.name}:{line}: {identifier}"


@pytest.mark.parametrize(
    "path",
    sorted(path for path in PACKAGE.rglob("*.py") if "node_modules" not in path.parts and "law" not in path.parts),
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_identifiers_are_english(path: Path) -> None:
    for line, identifier in identifiers(path):
        if identifier not in {"beiratswahl"}:
            assert not GERMAN.search(identifier.lower().replace("list", "")), f"{path.name}:{line}: {identifier}"
