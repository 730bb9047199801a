"""Loads the legal files that ship with the program: rules, holidays and wordings of the right to cancel."""

from __future__ import annotations

from functools import lru_cache

from directsell.domain.cooling_off import Pack, read_pack
from directsell.resources import find_resource


@lru_cache(maxsize=1)
def legal_pack() -> Pack:
    """Return all rules and texts; read once, when they are first needed.

    Raises:
        DomainError: ``legal.unreadable``.
    """
    folder = find_resource("legal")
    texts = sorted((folder / "texts").glob("*.json"))
    return read_pack(
        (folder / "rules.json").read_text(encoding="utf-8"),
        (folder / "holidays.json").read_text(encoding="utf-8"),
        [path.read_text(encoding="utf-8") for path in texts],
    )
