"""Finds the files that ship with the program: source checkout, installed wheel, frozen bundle. Reads nothing itself."""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def resource_folder() -> Path:
    """Return the folder that holds ``fonts``, ``icons``, ``translations`` and the other shipped files.

    Raises:
        FileNotFoundError: the program was installed without them.
    """
    package = Path(__file__).resolve().parent
    candidates = [package.parent.parent / "resources", package / "_resources"]
    bundle = getattr(sys, "_MEIPASS", None)  # where PyInstaller unpacks a frozen program
    if bundle is not None:
        candidates.insert(0, Path(bundle) / "resources")
    for folder in candidates:
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no resource folder among {[str(folder) for folder in candidates]}")


def find_resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder, e.g. ``find_resource("fonts", "Inter-Regular.ttf")``."""
    return resource_folder().joinpath(*parts)
