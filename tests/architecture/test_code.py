"""Habits of the code that no linter checks: size, strings for translators, SQL, markup, dangerous calls."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, SOURCE, calls, imported_modules, place, source_files, tree

LONGEST = 400  # lines; what outgrows it becomes a package of the same name
LONGEST_TEST = 700  # a long table of cases is still read line by line
GETTEXT = {"_", "N_", "ngettext", "pgettext", "gettext", "translate"}
FILES = source_files()


def _repository_files() -> list[Path]:
    return [
        *FILES,
        *sorted((ROOT / "tests").rglob("*.py")),
        *sorted((ROOT / "installer").rglob("*.py")),
        ROOT / "dev.py",
    ]


def test_no_module_is_longer_than_one_can_keep_in_mind() -> None:
    frozen = SOURCE / "store" / "migrations" / "versions"  # literal, and never edited again
    long = {
        str(path.relative_to(ROOT)): lines
        for path in _repository_files()
        if path.parent != frozen
        if (lines := len(path.read_text(encoding="utf-8").splitlines()))
        >= (LONGEST_TEST if path.is_relative_to(ROOT / "tests") else LONGEST)
    }
    assert not long


def test_each_module_begins_with_what_lives_here() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in FILES
        if not (ast.get_docstring(tree(path)) or "").split("\n")[0].strip()
    ]
    assert not silent


def test_messages_are_plain_strings() -> None:
    """An f-string or a sum is never found by the collector, and silently stays English."""
    wrong = [
        place(path, call)
        for path in FILES
        for name, call in calls(path)
        if name in GETTEXT
        for argument in call.args[: 2 if name in ("ngettext", "pgettext") else 1]
        if _is_composed(argument)
    ]
    assert not wrong


def _is_composed(argument: ast.expr) -> bool:
    if isinstance(argument, ast.BinOp):
        return any(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in ast.walk(argument))
    if isinstance(argument, ast.Call):
        return isinstance(argument.func, ast.Attribute) and argument.func.attr == "format"
    return isinstance(argument, ast.JoinedStr)


def test_no_class_constant_is_translated_at_import_time() -> None:
    """``_()`` outside a function speaks the language of the moment of import; N_ marks, _ translates when shown."""
    wrong = []
    for path in FILES:
        inside = {
            inner
            for node in ast.walk(tree(path))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            for inner in ast.walk(node)
        }
        for name, call in calls(path):
            if name in ("_", "ngettext", "pgettext") and call not in inside and isinstance(call.func, ast.Name):
                wrong.append(place(path, call))
    assert not wrong


READS = re.compile(r"^\s*(SELECT\b.+\bFROM|WITH\b.+\bSELECT|PRAGMA)\b", re.DOTALL)
WRITES = re.compile(r"^\s*(INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|(CREATE|DROP|ALTER)\s+TABLE)\b")


def test_sql_lives_in_the_store() -> None:
    """Only the store writes SQL; a use-case may read what it must check, within its own transaction."""
    wrong = []
    for path in FILES:
        layer = path.relative_to(SOURCE).parts[0]
        if layer == "store":
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                reads = READS.match(node.value) and layer != "usecases"
                if reads or WRITES.match(node.value):
                    wrong.append(place(path, node))
    assert not wrong


def test_sql_outside_the_store_is_never_put_together() -> None:
    wrong = [
        place(path, call)
        for path in FILES
        if path.relative_to(SOURCE).parts[0] != "store"
        for name, call in calls(path)
        if name in ("execute", "executemany", "executescript", "row", "rows", "scalar") and call.args
        if isinstance(call.args[0], ast.JoinedStr) and not _is_grid(call)
    ]
    assert not wrong


def _is_grid(call: ast.Call) -> bool:
    """``table.row(f"...")`` of something drawn has nothing to do with SQL: it lacks a verb."""
    text = " ".join(str(part.value) for part in ast.walk(call.args[0]) if isinstance(part, ast.Constant))
    return not re.search(r"\b(SELECT|INSERT|UPDATE|DELETE|PRAGMA)\b", text)


def test_rows_are_never_replaced() -> None:
    """REPLACE deletes and inserts: triggers see a deletion, the journal loses the row's past."""
    replace = re.compile(r"\b(INSERT\s+OR\s+REPLACE|REPLACE\s+INTO)\b", re.IGNORECASE)
    assert not [str(path.relative_to(ROOT)) for path in FILES if replace.search(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("module", ["pickle", "marshal", "shelve", "sqlite3", "telnetlib", "xml.sax"])
def test_modules_that_are_not_used(module: str) -> None:
    assert not [str(path.relative_to(ROOT)) for path in FILES if module in imported_modules(path)]


def test_nothing_is_evaluated() -> None:
    wrong = [
        place(path, call)
        for path in FILES
        for name, call in calls(path)
        if name in ("eval", "exec", "__import__", "compile") and isinstance(call.func, ast.Name)
    ]
    assert not wrong


def test_text_of_people_is_never_markup() -> None:
    """Qt guesses that "<b>" in a label means bold; every label says PlainText, nothing sets HTML."""
    wrong = []
    for path in source_files("ui"):
        source = path.read_text(encoding="utf-8")
        if re.search(
            r"\.(setHtml|insertHtml|appendHtml|setMarkdown|fromHtml)\(|TextFormat\.(RichText|AutoText|Markdown)", source
        ):
            wrong.append(f"{path.relative_to(ROOT)}: markup")
        pictures = "setPixmap(" in source  # a label without text may show one
        labels = [call for name, call in calls(path) if name == "QLabel" and (call.args or not pictures)]
        subclasses = [
            node
            for node in ast.walk(tree(path))
            if isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "QLabel" for base in node.bases)
        ]
        if (labels or subclasses) and "PlainText" not in source:
            wrong.append(f"{path.relative_to(ROOT)}: a label without PlainText")
        wrong += [
            f"{place(path, call)}: QMessageBox guesses markup" for name, call in calls(path) if name == "QMessageBox"
        ]
    assert not wrong


def test_the_focus_chain_is_not_walked() -> None:
    """PySide takes the answer for a child of the widget that was asked; when that one goes, its "children" break."""
    wrong = [place(path, call) for path in FILES for name, call in calls(path) if name.endswith("InFocusChain")]
    assert not wrong


def test_no_star_imports() -> None:
    wrong = [
        place(path, node)
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    ]
    assert not wrong


def test_every_icon_is_drawn_somewhere() -> None:
    named = {
        node.value
        for path in source_files("ui")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert not {path.stem for path in (ROOT / "resources" / "icons").glob("*.svg")} - named
