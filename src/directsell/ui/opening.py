"""The one door to the user's other programs: links of mail and messages, kept files, the clipboard. Tests replace it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from directsell.exchange.files import safe_name
from directsell.i18n import _
from directsell.ui.dialogs import Tone, dialogs


class Opener(Protocol):
    """What the system does for us; only ever at the user's click."""

    def link(self, url: str) -> bool:
        """Open a percent-encoded link in the program that is meant for it."""
        ...

    def file(self, path: Path) -> bool:
        """Open a file in the program that is meant for it."""
        ...

    def copy(self, text: str) -> None:
        """Put a text on the clipboard."""
        ...


class SystemOpener:
    """The real one."""

    def link(self, url: str) -> bool:
        """See Opener; the link is handed over byte for byte as it was encoded."""
        return QDesktopServices.openUrl(QUrl.fromEncoded(url.encode("ascii"), QUrl.ParsingMode.StrictMode))

    def file(self, path: Path) -> bool:
        """See Opener."""
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def copy(self, text: str) -> None:
        """See Opener."""
        QGuiApplication.clipboard().setText(text)


_opener: Opener = SystemOpener()
_shown: tempfile.TemporaryDirectory[str] | None = None


def use(opener: Opener) -> Opener:
    """Replace the opener of the process (tests); returns the one before."""
    global _opener
    before, _opener = _opener, opener
    return before


def open_link(parent: QWidget, url: str) -> bool:
    """Open a link; says so when no program takes it."""
    if _opener.link(url):
        return True
    text = _("No program on this computer opens such messages. Copy the text instead and paste it there.")
    dialogs().message(parent, _("Cannot be opened"), text, tone=Tone.WARNING)
    return False


def copy_text(text: str) -> None:
    """Put a text on the clipboard."""
    _opener.copy(text)


def open_bytes(parent: QWidget, name: str, content: bytes) -> bool:
    """Show a kept file in its program; the copy it reads vanishes when ours ends."""
    global _shown
    stem, dot, suffix = name.rpartition(".")
    try:
        if _shown is None:
            _shown = tempfile.TemporaryDirectory(prefix="directsell-", ignore_cleanup_errors=True)
        file = Path(_shown.name) / safe_name(stem or name, suffix=f"{dot}{suffix}" if stem else "")
        file.write_bytes(content)
    except OSError as error:
        text = _("The file {name} could not be written.").format(name=name)
        dialogs().message(parent, _("Cannot be opened"), text, details=error.strerror or "", tone=Tone.ERROR)
        return False
    if _opener.file(file):
        return True
    text = _("No program for this file was found. Save it and open it yourself.")
    dialogs().message(parent, _("Cannot be opened"), text, tone=Tone.WARNING)
    return False
