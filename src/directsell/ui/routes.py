"""Hints that travel in a Route's ``view``: what a new record is for. No widgets."""

from __future__ import annotations

from uuid import UUID

NEW = "new"
_QUOTE = "quote"
REDEEM = "redeem"  # the party desk with the host's own order in hand


def new_view(**about: UUID | None) -> str:
    """Return the view that starts a new record, e.g. ``new_view(person=person_id, demo=demo_id)``."""
    return " ".join([NEW, *(f"{name}={value}" for name, value in about.items() if value is not None)])


def quote_view(**about: UUID | None) -> str:
    """Return the view that starts a new quote, e.g. ``quote_view(person=person_id)``."""
    return f"{new_view(**about)} {_QUOTE}"


def is_quote(view: str | None) -> bool:
    """Say whether a view starts a new quote."""
    return is_new(view) and _QUOTE in (view or "").split()


def is_new(view: str | None) -> bool:
    """Say whether a view starts a new record."""
    return view is not None and view.split(" ", 1)[0] == NEW


def parse_view(view: str | None) -> dict[str, UUID]:
    """Return what a new record is about; words that are no ids are left out."""
    about: dict[str, UUID] = {}
    for part in (view or "").split():
        name, sign, value = part.partition("=")
        if sign:
            try:
                about[name] = UUID(value)
            except ValueError:
                continue
    return about


def id_of(text: str | None) -> UUID | None:
    """Return the id that a route names; None for words that are none."""
    try:
        return None if text is None else UUID(text)
    except ValueError:
        return None
