"""The walls of the house, held by a machine."""

import ast
import re
import sys
from pathlib import Path

import pytest
from flask import Flask

from beiratswahl.access.gates import MARK, UngatedView, refuse_ungated
from beiratswahl.paths import PACKAGE, shipped

LAW = sorted((PACKAGE / "law").glob("*.py"))
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "node_modules" not in path.parts)
OWN_STATIC = sorted(path for path in (PACKAGE / "static").glob("*") if path.suffix in {".css", ".js", ".svg"})
TEMPLATES = sorted(shipped("templates").rglob("*.*"))
#: addresses that name something and are never fetched
NAMESPACES = ("http://www.w3.org/", "http://www.aiim.org/pdfua/ns/id/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#")
CATCH_ALLS = {"utils", "helpers", "common", "misc", "manager", "tools"}


@pytest.mark.parametrize("path", LAW, ids=lambda path: path.name)
def test_the_law_knows_no_inexact_number(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), f"{path.name}:{node.lineno} float"
        assert not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)), f"{path.name}:{node.lineno} /"
        assert not (isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"round", "float"}), f"{path.name}:{node.lineno} round"


@pytest.mark.parametrize("path", LAW, ids=lambda path: path.name)
def test_the_law_imports_the_standard_library_and_itself(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            assert name.startswith("beiratswahl.law") or name.split(".")[0] in sys.stdlib_module_names, f"{path.name}: {name}"


def test_public_functions_of_the_law_name_their_source_or_their_meaning() -> None:
    for path in LAW:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{path.name}: {node.name} has no docstring"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_is_a_catch_all(path: Path) -> None:
    assert path.stem not in CATCH_ALLS


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_product_code_does_not_assert(path: Path) -> None:
    assert not [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Assert)]


@pytest.mark.parametrize("path", [*TEMPLATES, *OWN_STATIC], ids=lambda path: path.name)
def test_pages_call_no_foreign_address(path: Path) -> None:
    for address in re.findall(r"https?://[^\s\"'<>)]+", path.read_text(encoding="utf-8")):
        assert address.startswith(NAMESPACES), address


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if path.suffix == ".html" and "documents" not in path.parts], ids=lambda path: path.name
)
def test_pages_carry_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*\bsrc=)", text)


def test_every_room_says_what_lives_in_it() -> None:
    for room in PACKAGE.iterdir():
        if (room / "__init__.py").exists():
            assert ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8"))), room.name


def test_a_view_without_a_gate_keeps_the_application_from_starting() -> None:
    app = Flask(__name__, static_folder=None)

    def page() -> str:
        return "offen"

    app.add_url_rule("/offen", "open", page)
    with pytest.raises(UngatedView, match="open"):
        refuse_ungated(app)
    setattr(page, MARK, "public")
    refuse_ungated(app)
