"""First contact with Qt: import it without its import hook, make the application object. No widgets of ours here."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_EATS_REFERENCES = (6, 12)  # the first release of which that is known, see immortal.py


def import_qt() -> None:
    """Import PySide6 and put ``builtins.__import__`` back.

    PySide6 replaces the import function to look for ``from __feature__`` in the source of every later module: 100 ms
    and 27 MB in this program. Without the hook star imports from PySide6 find nothing; this program has none.
    """
    if "PySide6.QtCore" in sys.modules:
        return
    plain_import = builtins.__import__
    import PySide6

    if PySide6.__version_info__[:2] >= _EATS_REFERENCES:
        from directsell.ui import immortal

        immortal.pin()
    import PySide6.QtCore

    builtins.__import__ = plain_import


def application(argv: Sequence[str] | None = None) -> QApplication:
    """Return the application object, making it when there is none yet (name, Fusion style; the theme comes after).

    Args:
        argv: Command line for Qt's own options; default: the program name only.
    """
    import_qt()
    from PySide6.QtWidgets import QApplication

    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication(list(argv) if argv is not None else ["directsell"])
    app.setApplicationName("DirectSell")
    app.setApplicationDisplayName("DirectSell")
    app.setDesktopFileName("directsell")
    app.setStyle("Fusion")
    return app
