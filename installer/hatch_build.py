"""Puts the shipped files into the wheel, with freshly compiled catalogues. Runs inside the build, never in the program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NOT_SHIPPED = {"screenshots"}  # pictures for README


class ShippedFiles(BuildHookInterface):
    """Adds ``resources`` to the wheel as ``directsell/_resources``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues, then name every folder that is to be included."""
        if self.target_name != "wheel":
            return
        resources = Path(self.root) / "resources"
        for source in sorted(resources.glob("translations/*/LC_MESSAGES/*.po")):
            with source.open("rb") as readable, source.with_suffix(".mo").open("wb") as writable:
                write_mo(writable, read_po(readable, locale=source.parent.parent.name))
        for folder in sorted(resources.iterdir()):
            if folder.is_dir() and folder.name not in NOT_SHIPPED and any(folder.rglob("*.*")):
                build_data["force_include"][str(folder)] = f"directsell/_resources/{folder.name}"
