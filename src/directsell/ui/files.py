"""Asks for a place and saves bytes there, with a sentence when the system refuses. No formats."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from directsell.exchange.errors import ExchangeError
from directsell.exchange.files import atomic_write, safe_name
from directsell.i18n import _
from directsell.ui.dialogs import Tone, dialogs
from directsell.ui.messages import sentence
from directsell.ui.session import Session


def save_bytes(session: Session, parent: QWidget, data: bytes, *, name: str, suffix: str, kind: str) -> Path | None:
    """Save a file where the user says; returns the place, or None.

    Args:
        session: says that it is done.
        parent: over which the dialog opens.
        data: the file.
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
        atomic_write(target, data)
    except ExchangeError as error:
        text = sentence(error) or _("The file {name} could not be written.").format(name=target.name)
        dialogs().message(parent, _("Not saved"), text, details=str(target), tone=Tone.ERROR)
        return None
    session.say(_("Saved: {name}").format(name=target.name))
    return target
