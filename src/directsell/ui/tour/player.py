"""Plays on the real program as a person would: keys into whatever has the focus, clicks, waiting until all is calm."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from directsell.app import App
from directsell.context import Context
from directsell.ui.application import Program
from directsell.ui.shell import Shell

if TYPE_CHECKING:
    from directsell.ui.session import Session

W = TypeVar("W", bound=QWidget)
_PATIENCE = 30.0  # seconds; a slow machine is no mistake
_TABS = 120  # so many stops has no window


class Stuck(AssertionError):
    """What should have happened did not; the text says what was waited for."""


class Player:
    """``Player(width=1366, height=740)``: ``start(context)`` shows the program, ``close()`` ends it as the user does.

    ``program`` is what runs; ``shell``, ``session``, ``app`` belong to the open business.
    """

    def __init__(self, width: int = 1366, height: int = 740) -> None:
        self._size = width, height
        self.program: Program | None = None
        self._ended = False

    # --- the program

    def start(self, context: Context) -> None:
        """Start the program in a data folder; the folder is held until ``close``."""
        self._ended = False
        program = Program(context, context.hold())
        program.ended.connect(self._end)
        self.program = program
        program.start()
        self.settle()
        self._fit()

    def _end(self) -> None:
        self._ended = True

    def _fit(self) -> None:
        window = self.window
        window.resize(*self._size)
        window.activateWindow()
        self.settle()

    def close(self) -> None:
        """Close the window by its button and wait until everything has ended."""
        program = self.program
        if program is None:
            return
        self.window.close()
        self.wait(lambda: self._ended, "the program to end")
        self._forget(program)

    def _forget(self, program: Program) -> None:
        window = program.window
        if window is not None:
            window.hide()
            window.deleteLater()
        program.deleteLater()
        self.program = None
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    @property
    def window(self) -> QWidget:
        """What is on the screen."""
        if self.program is None or self.program.window is None:
            raise Stuck("no window")
        return self.program.window

    def wait_for(self, kind: type[W]) -> W:
        """Wait until a kind of window is on the screen and return it."""
        self.wait(lambda: isinstance(self.window, kind), kind.__name__)
        self._fit()
        window = self.window
        if not isinstance(window, kind):
            raise Stuck(kind.__name__)
        return window

    @property
    def shell(self) -> Shell:
        """The window of the open business."""
        return self.wait_for(Shell)

    @property
    def session(self) -> Session:
        """The open business."""
        if self.program is None or self.program.session is None:
            raise Stuck("no business is open")
        return self.program.session

    @property
    def app(self) -> App:
        """The data of the open business."""
        return self.session.app

    def page(self, key: str) -> Any:
        """Return the page of a key once it shows; pages are known by what they offer, not by their class."""
        shell = self.shell
        self.wait(lambda: shell.current_page() is shell.page(key), f"the page {key}")
        return shell.page(key)

    # --- hands

    def focus(self) -> QWidget:
        """Return the widget that has the keys."""
        if QApplication.activeWindow() is None:
            # Where no window manager gives the keys back after a dialog was closed, we do.
            front = QApplication.activeModalWidget() or self.window
            front.activateWindow()
            self.wait(lambda: QApplication.activeWindow() is not None, "a window with the keys")
        return QApplication.focusWidget() or QApplication.activeWindow() or self.window

    def type(self, *parts: str | Qt.Key) -> None:
        """Type words and keys into whatever has the focus, and wait until their work is done."""
        for part in parts:
            if isinstance(part, str):
                QTest.keyClicks(self.focus(), part)
            else:
                QTest.keyClick(self.focus(), part)
            self.settle()

    def press(self, keys: str) -> None:
        """Press a shortcut like ``"Ctrl+Shift+O"``."""
        QTest.keySequence(self.focus(), QKeySequence(keys))
        self.settle()

    def tab_to(self, widget: QWidget) -> None:
        """Reach a field by the Tab key alone."""
        target = widget.focusProxy() or widget
        for _stop in range(_TABS):
            if QApplication.focusWidget() in (widget, target):
                return
            QTest.keyClick(self.focus(), Qt.Key.Key_Tab)
            QCoreApplication.processEvents()
        raise Stuck(f"{type(widget).__name__} {widget.accessibleName()!r} cannot be reached with Tab")

    def fill(self, widget: QWidget, *parts: str | Qt.Key) -> None:
        """Reach a field with Tab, replace what stands in it."""
        self.tab_to(widget)
        QTest.keySequence(self.focus(), QKeySequence(QKeySequence.StandardKey.SelectAll))
        self.type(*parts)

    def click(self, widget: QWidget) -> None:
        """Click in the middle of a widget."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    # --- patience

    def wait(self, condition: Callable[[], object], what: str) -> None:
        """Let the program work until something is so.

        Raises:
            Stuck: it did not become so in half a minute.
        """
        until = time.monotonic() + _PATIENCE
        while not condition():
            if time.monotonic() > until:
                raise Stuck(f"waited in vain for: {what}")
            _turn()

    def settle(self) -> None:
        """Wait until reads, writes and the pages' answers to them are done."""
        for _round in range(3):
            self.wait(self._is_calm, "everything to be done")

    def _is_calm(self) -> bool:
        _turn()
        program = self.program
        if program is None:
            return True
        session = program.session
        return not program.tasks.busy and (session is None or not session.bridge.is_pending)

    def give_up(self, path: Path) -> None:
        """Save what the window looked like when the play got stuck, and end the program."""
        modal = QApplication.activeModalWidget()
        program = self.program
        if program is None:
            return
        if program.window is not None:
            (modal or program.window).grab().save(str(path), "PNG")
        if modal is not None:
            modal.hide()
            modal.deleteLater()
        program.quit()
        self._forget(program)

    # --- eyes

    def picture(self, path: Path, widget: QWidget | None = None) -> None:
        """Save what a window looks like as a PNG file."""
        self.settle()
        shown = widget or self.window
        shown.grab().save(str(path), "PNG")


def _turn() -> None:
    """Let events and timers have their turn, a few milliseconds long."""
    loop = QEventLoop()
    QTimer.singleShot(5, loop.quit)
    loop.exec()
