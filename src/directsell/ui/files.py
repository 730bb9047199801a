"""Asks for a place and saves bytes there, with a sentence when the system refuses. No formats."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from directsell.exchange.errors import ExchangeError
from directsell.exchange.files import atomic_write, safe_name
from directsell.i18n import _
from directsell.ui.dialogs import Tone, dialogs
from directsell.ui.messages import sentence
from directsell.ui.session import Session


def save_bytes(session: Session, parent: QWidget, data: bytes, *, name: str, suffix: str, kind: str) -> Path | None:
    """Save bytes where the user says; arguments and result as for ``save_file``."""
    return save_file(session, parent, partial(atomic_write, data=data), name=name, suffix=suffix, kind=kind)


def save_file(
    session: Session, parent: QWidget, write: Callable[[Path], object], *, name: str, suffix: str, kind: str
) -> Path | None:
    """Write a file where the user says; returns the place, or None.

    Args:
        session: says that it is done.
        parent: over which the dialog opens.
        write: writes the file whole or not at all; an ``ExchangeError`` becomes a sentence.
        name: suggested name without ending.
        suffix: ending with its dot.
        kind: filter of the file dialog, translated.
    """
    suggested = Path.home() / safe_name(name, suffix=suffix)
    target = dialogs().save_file(parent, _("Save file"), kind, suggested=suggested)
    if target is None:
        return None
    if target.suffix.lower() != suffix:
        target = target.with_name(target.name + suffix)
    try:
        write(target)
    except ExchangeError as error:
        text = sentence(error) or _("The file {name} could not be written.").format(name=target.name)
        dialogs().message(parent, _("Not saved"), text, details=str(target), tone=Tone.ERROR)
        return None
    session.say(_("Saved: {name}").format(name=target.name))
    return target
