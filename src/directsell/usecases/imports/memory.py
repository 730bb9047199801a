"""The assignment of columns that was used last for a kind of file, found again by its header."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from directsell.exchange.errors import ExchangeError
from directsell.exchange.headers import Target, normalised
from directsell.exchange.mapping import Mapping
from directsell.i18n import N_
from directsell.store.reader import Reader
from directsell.store.work import Work
from directsell.usecases.verbs import usecase


@usecase(N_("Remember columns"), origin="system")
def remember_mapping(work: Work, header: Sequence[str], mapping: Mapping) -> None:
    """Keep a mapping for the next file with the same header; one without header is not kept."""
    if any(header):
        work.set_setting(_name(mapping.target, header), mapping.to_json())


def remembered_mapping(reader: Reader, target: Target, header: Sequence[str], columns: int) -> Mapping | None:
    """Return the mapping that was used last for such a file, or None."""
    text = reader.setting(_name(target, header)) if any(header) else None
    if not isinstance(text, str):
        return None
    try:
        return Mapping.from_json(text).fitted(header, columns)
    except ExchangeError:
        return None


def _name(target: Target, header: Sequence[str]) -> str:
    names = "\n".join(map(normalised, header))
    return f"import.{target}.{hashlib.sha256(names.encode()).hexdigest()[:24]}"
