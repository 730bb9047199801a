"""How people are called, from the columns of their row. No SQL."""

from __future__ import annotations


def name_of(given: str, family: str, company: str) -> str:
    """Return the name as people say it; the same as ``domain.people.display_name`` of a whole person."""
    return " ".join(part for part in (given, family) if part) or company
