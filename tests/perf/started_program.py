"""The program itself, which tells when the Today page is readable: `started_program.py FOLDER stay|end`.

It starts as always; only the program's own signals are listened to. Readable means that what is due, planned and owed is on the
screen; the chart of the months follows. It then prints one line of JSON: the instants of the first paint, of the readable page
and of the last paint after it, and which modules were loaded until then.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

from directsell.ui.qt_boot import import_qt  # isort: skip  # first of all: the package takes Qt's import hook out
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from directsell import bootstrap
from directsell.ui.application import Program
from directsell.ui.shell import Shell

UNWANTED = ("sqlalchemy", "alembic", "reportlab", "babel", "asyncio", "numpy")
_QUIET_MS = 150


class Watch(QObject):
    """Listens to the window from the moment in which it is shown."""

    def __init__(self, program: Program, *, stay: bool) -> None:
        super().__init__(program)
        self._program = program
        self._stay = stay
        self._told = False
        self._seen: dict[str, Any] = {}
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._quiet.timeout.connect(self._tell)
        if program.window is not None:
            program.window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note every paint of the window as soon as it is done."""
        if event.type() in (QEvent.Type.Paint, QEvent.Type.UpdateRequest) and not self._told:
            QTimer.singleShot(0, self, self._painted)
        return False

    def _painted(self) -> None:
        now = time.monotonic()
        self._seen.setdefault("first_paint", now)
        self._seen["settled"] = now
        window = self._program.window
        page = window.current_page() if isinstance(window, Shell) else None
        if "content" not in self._seen and getattr(page, "lists", None) is not None:
            self._seen["content"] = now
            self._seen["cpu_ms"] = time.thread_time() * 1e3
            self._seen["modules"] = len(sys.modules)
            self._seen["ours"] = sorted(name for name in sys.modules if name.startswith("directsell."))
            self._seen["unwanted"] = sorted(name for name in UNWANTED if name in sys.modules)
        self._quiet.start()

    def _tell(self) -> None:
        if "content" in self._seen and not self._told:
            self._told = True
            print(json.dumps(self._seen), flush=True)
            if not self._stay:
                os._exit(0)


def main(folder: str, then: str) -> int:
    """Start the program on a folder."""
    import_qt()
    show = Program._show

    def show_and_watch(program: Program, window: QWidget) -> None:
        show(program, window)
        program.setProperty("watch", Watch(program, stay=then == "stay"))

    setattr(Program, "_show", show_and_watch)  # noqa: B010 - a method of another module's class
    return bootstrap.main(["--data", folder, "--lang", "en_US"])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
