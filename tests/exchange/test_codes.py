"""The list of codes is complete, and the readers stay free of what they may not know."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from directsell.exchange import errors

SOURCES = {path.name: path.read_text(encoding="utf-8") for path in Path(errors.__file__).parent.glob("*.py")}
CODE = re.compile(
    r'"((?:exchange|file|table|row|xlsx|number|date|text|flag|mapping|sales|people|products|vcard)\.[a-z_0-9]+)"'
)


def test_every_code_is_listed_and_used() -> None:
    used = {code for name, text in SOURCES.items() if name != "errors.py" for code in CODE.findall(text)}
    assert used == errors.CODES


def test_start_up_does_not_pay_for_workbooks() -> None:
    modules = [f"directsell.exchange.{name.removesuffix('.py')}" for name in SOURCES if name != "__init__.py"]
    script = (
        f"import sys; import {', '.join(modules)}; print(sorted(set(sys.modules) & {{'openpyxl', 'lxml', 'PySide6'}}))"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert run.stdout.strip() == "[]"
