"""`beiratswahl sources`: every place in the law room whose text was not fully seen: the agenda of a legal reviewer."""

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from beiratswahl import law
from beiratswahl.law.deadline_texts import TEXTS
from beiratswahl.law.rule_parameters import PARAMETERS
from beiratswahl.law.rule_versions import VERSIONS

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_MARK = re.compile(r"\[([A-Z][a-z]?)\]")
_SECTION = re.compile(r"(Args|Attributes|Returns|Raises|Yields|Note|Notes|Example|Examples):$")


class SourceLine(NamedTuple):
    """Quellenangabe: where in the law room a source is named."""

    module: str
    function: str
    text: str


def add_to(subparsers: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `sources` to the command line."""
    sources = subparsers.add_parser(
        "sources",
        help="Rechtsquellen auflisten, deren Text noch zu prüfen ist",
        description=(
            "Gibt jede Quellenangabe aus beiratswahl/law aus, die nicht allein mit [V] (Wortlaut gesehen) gekennzeichnet ist: Modul, "
            "Funktion, Text, durch Tabulator getrennt. [Vo] ältere Fassung, [S] zweite Hand, [I] Schluss, [G] allgemeines Wissen."
        ),
    )
    sources.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the agenda; always 0."""
    for line in (*unverified(source_lines()), *unverified(table_lines())):
        sys.stdout.write("\t".join(line) + "\n")
    return 0


def unverified(lines: Iterator[SourceLine]) -> Iterator[SourceLine]:
    """Zu prüfen: the lines that carry another mark than [V], or none."""
    return (line for line in lines if set(_MARK.findall(line.text)) != {"V"})


def source_lines() -> Iterator[SourceLine]:
    """Quellenangaben: every `Source:` in a docstring of the law room, by module and in the order of the text."""
    for path in sorted(Path(*law.__path__).glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for name, node in _documented(tree, ""):
            for text in _sources(ast.get_docstring(node) or ""):
                yield SourceLine(path.stem, name, text)


def table_lines() -> Iterator[SourceLine]:
    """Quellen der Tabellen: of every rule, of every value that has changed over time, and of every deadline."""
    for parameter in PARAMETERS.values():
        yield SourceLine("rule_parameters", parameter.key, f"{parameter.source} [{parameter.mark}]")
    for version, text in VERSIONS.items():
        for key, value in text.changed.items():
            yield SourceLine("rule_versions", f"{version} {key}", f"{value.source} [{value.mark}]")
    for name, deadline in TEXTS.items():
        yield SourceLine("deadline_texts", name, f"{deadline.source} [{deadline.mark}]")


def _documented(
    node: ast.Module | ast.ClassDef | ast.FunctionDef, inside: str
) -> Iterator[tuple[str, ast.Module | ast.ClassDef | ast.FunctionDef]]:
    yield inside or "(Modul)", node
    for part in node.body:
        if isinstance(part, ast.ClassDef | ast.FunctionDef):
            yield from _documented(part, f"{inside}.{part.name}" if inside else part.name)


def _sources(docstring: str) -> Iterator[str]:
    # A source runs from "Source:" to the next empty line or section.
    found: list[str] = []
    for line in [*docstring.splitlines(), ""]:
        text = line.strip()
        if text.startswith("Source:"):
            found = [text.removeprefix("Source:").strip()]
        elif found and (not text or _SECTION.match(text)):
            yield " ".join(found)
            found = []
        elif found:
            found.append(text)
