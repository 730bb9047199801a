"""The program's source text, parsed once, for tests about its shape."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "directsell"


@cache
def source_files(layer: str = "") -> tuple[Path, ...]:
    """Return the Python files of the program, or of one layer."""
    return tuple(sorted((SOURCE / layer).rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported_modules(path: Path) -> Iterator[str]:
    """Yield the full name of every module that a file imports, also inside functions."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Yield (last part of the called name, call): ``a.b.c(...)`` is "c"."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr, node
            elif isinstance(node.func, ast.Name):
                yield node.func.id, node


def place(path: Path, node: ast.AST) -> str:
    """Return where a node stands, for messages."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', '?')}"
