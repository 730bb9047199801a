"""Who may import whom: the contracts of pyproject.toml, and what import-linter cannot say."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, SOURCE, imported_modules, source_files


def test_contracts_hold() -> None:
    # In a process of its own: import-linter configures logging anew, which silences every logger that exists already.
    linter = (
        "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"
    )
    done = subprocess.run([sys.executable, "-c", linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_domain_imports_the_standard_library_only() -> None:
    foreign = [
        f"{path.relative_to(SOURCE)} imports {module}"
        for path in source_files("domain")
        for module in imported_modules(path)
        if module.split(".")[0] not in sys.stdlib_module_names and not module.startswith("directsell.domain")
    ]
    assert not foreign


def test_migrations_are_frozen_in_time() -> None:
    versions = list((SOURCE / "store" / "migrations" / "versions").glob("*.py"))
    assert versions
    own = [
        f"{path.name} imports {m}" for path in versions for m in imported_modules(path) if m.startswith("directsell")
    ]
    assert not own, "a migration must mean the same in ten years; copy what it needs"


def _unlisted_drivers() -> Iterator[str]:
    """Yield imports of the store's and the documents' libraries that the contracts do not name, in other layers."""
    homes = {"uharfbuzz": "documents", "bidi": "documents", "rl_accel": "documents", "openpyxl": "exchange"}
    for path in source_files():
        layer = path.relative_to(SOURCE).parts[0]
        for module in imported_modules(path):
            home = homes.get(module.split(".")[0])
            if home is not None and layer != home:
                yield f"{path.relative_to(SOURCE)} imports {module}, which belongs to {home}"


def test_libraries_stay_in_their_layer() -> None:
    assert not list(_unlisted_drivers())


def test_each_imported_library_is_a_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = " ".join(project["dependencies"]).casefold()
    distributions = {"PIL": "pillow", "nacl": "pynacl", "bidi": "python-bidi", "zxingcpp": "zxing-cpp"}
    undeclared = {
        name
        for path in source_files()
        for module in imported_modules(path)
        if (name := module.split(".")[0]) not in sys.stdlib_module_names and name != "directsell"
        if distributions.get(name, name.replace("PySide6", "pyside6-essentials")).casefold() not in declared
    }
    assert not undeclared


@pytest.mark.parametrize("package", [path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()])
def test_every_folder_is_a_package(package: str) -> None:
    """A folder without __init__.py is invisible to the contracts and to mypy's strictness."""
    folders = {path.parent for path in Path(SOURCE / package).rglob("*.py") if "versions" not in path.parts}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []
