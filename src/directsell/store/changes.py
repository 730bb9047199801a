"""What a committed transaction changed, as told to observers. Plain values; no SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """A committed transaction: its journal number, label, origin, and the ids it touched in each table.

    ``params`` fill the label's placeholders. ``tables`` maps a table to the touched ids, or to None when there were too many to name.
    ``origin`` is ``user``, ``undo``, ``redo``, ``revert``, ``import``, ``system`` or ``sync``.
    """

    tx: int
    label: str
    origin: str
    barrier: bool = False
    tables: Mapping[str, frozenset[UUID] | None] = field(default_factory=dict)
    params: Mapping[str, Any] = field(default_factory=dict)

    def touches(self, *tables: str) -> bool:
        """Say whether any of the tables was changed."""
        return any(table in self.tables for table in tables)
