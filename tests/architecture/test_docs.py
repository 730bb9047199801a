"""The papers about the code against the code: the list of modules is what the modules say."""

from __future__ import annotations

import importlib.util
from types import ModuleType

from tests.architecture.sources import ROOT


def _modules() -> ModuleType:
    spec = importlib.util.spec_from_file_location("modules", ROOT / "docs" / "modules.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_list_of_modules_is_what_the_modules_say() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert page == _modules().with_modules(page), "run `python3 docs/modules.py`"
