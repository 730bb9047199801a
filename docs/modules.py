#!/usr/bin/env python3
"""Writes the list of modules in architecture.md anew, from the first line of each: `python3 docs/modules.py`."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "directsell"
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- modules: written by docs/modules.py -->", "<!-- end of modules -->"


def module_list() -> str:
    """Return every module with the first line of its docstring, one line each, folder by folder."""
    lines: list[str] = []
    for folder in sorted({path.parent for path in SOURCE.rglob("*.py")}, key=_name):
        modules = sorted(path for path in folder.glob("*.py") if path.name != "__init__.py")
        lines += ["", f"### {_name(folder)}", ""]
        if (folder / "__init__.py").exists():
            lines += [first_line(folder / "__init__.py"), ""]
        lines += [f"- `{path.stem}`: {first_line(path)}" for path in modules]
        while not lines[-1]:
            lines.pop()
    return "\n".join(lines).strip()


def with_modules(page: str) -> str:
    """Return the page with the list between its two marks."""
    before, _mark, rest = page.partition(BEGIN)
    _old, _mark, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{module_list()}\n\n{END}{after}"


def first_line(path: Path) -> str:
    """Return the first line of a module's docstring."""
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0]


def _name(folder: Path) -> str:
    return folder.relative_to(SOURCE.parent).as_posix()


if __name__ == "__main__":
    PAGE.write_text(with_modules(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
