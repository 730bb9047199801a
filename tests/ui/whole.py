"""The whole program over a copy of the sample business, and the hands of a user at its window. Used by hostile tests."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from directsell.context import Context
from directsell.i18n import Language
from directsell.store.doctor import Finding, examine
from directsell.store.keys import KeyMode
from directsell.ui.application import Program
from directsell.ui.navigation import Navigation
from directsell.ui.page_factories import factories
from directsell.ui.session import Session
from directsell.ui.shell import Shell
from directsell.ui.tasks import Tasks
from directsell.ui.unlock import Unlock
from directsell.ui.widgets.sheets import SideSheet
from directsell.usecases.samples import make_sample
from tests.ui.homes import PASSWORD, home

Field = QLineEdit | QPlainTextEdit


@cache
def _template(mode: KeyMode) -> Path:
    """Make the sample business once; it takes the better part of a second."""
    folder = Path(tempfile.mkdtemp(prefix="sample-"))
    context = home(folder)
    book = context.create(mode, PASSWORD if mode is KeyMode.PASSWORD else "")
    book.app.run(make_sample, "en_US")
    book.close()
    return folder


def sample_home(folder: Path, mode: KeyMode = KeyMode.FILE) -> Context:
    """Put a copy of the sample business into a folder."""
    shutil.copytree(_template(mode), folder)
    return home(folder)


class Whole:
    """A program that runs: start, wait, look, close; ``reports`` holds what its crash window would have shown."""

    def __init__(self, context: Context, qtbot: QtBot) -> None:
        self.context = context
        self.qtbot = qtbot
        self.reports: list[str] = []
        self.program = Program(context, context.hold())
        context.logs.on_crash(self.reports.append)
        self.program.start()
        self.qtbot.waitUntil(lambda: self.program.window is not None, timeout=20_000)
        self.settle()

    @property
    def shell(self) -> Shell:
        """The main window."""
        assert isinstance(self.program.window, Shell)
        return self.program.window

    @property
    def session(self) -> Session:
        """The open business."""
        assert self.program.session is not None
        return self.program.session

    def settle(self) -> None:
        """Wait until reads, writes and the pages' answers to them are done."""
        for _round in range(3):
            self.qtbot.waitUntil(self._calm, timeout=20_000)

    def _calm(self) -> bool:
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        session = self.program.session
        return not self.program.tasks.busy and not (session is not None and session.bridge.is_pending)

    def unlock(self) -> None:
        """Type the password at the door."""
        assert isinstance(self.program.window, Unlock)
        self.program.window.password_given.emit(PASSWORD)
        self.qtbot.waitUntil(lambda: isinstance(self.program.window, Shell), timeout=20_000)
        self.settle()

    def go(self, page: str, record: UUID | None = None, view: str | None = None) -> Any:
        """Go to a page and return it."""
        self.session.navigation.go(page, None if record is None else str(record), view)
        self.settle()
        return self.shell.current_page()

    def value(self, sql: str) -> Any:
        """Ask the book."""
        with self.session.app.store.read() as reader:
            return reader.value(sql)

    def id_of(self, sql: str) -> UUID:
        """Ask the book for an id."""
        return UUID(bytes=self.value(sql))

    def examine(self) -> list[Finding]:
        """Check the book."""
        return list(examine(self.session.app.store))

    def close(self) -> None:
        """Close the window as a user does, and take it off the screen for good."""
        window = self.program.window
        if window is not None and shiboken6.isValid(window):
            window.close()
        QCoreApplication.processEvents()
        self.program.quit()
        if window is not None and shiboken6.isValid(window):
            window.deleteLater()
        self.program.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Desk:
    """The main window over a copy of the sample business, without doors, backups and warm-up: quick to make."""

    def __init__(self, context: Context, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.book = context.open()
        self.tasks = Tasks(readers=1)
        self.session = Session(
            self.book.app,
            tasks=self.tasks,
            navigation=Navigation(),
            language=Language.load("en_US"),
            clock=context.clock,
            ids=context.ids,
            context=context,
            book=self.book,
        )
        self.complained: list[str] = []
        self.session.complained.connect(self.complained.append)
        self.shell = Shell(self.session, factories())
        self.shell.resize(1320, 760)
        with qtbot.waitActive(self.shell):
            self.shell.show()
            self.shell.activateWindow()
        self.settle()

    def settle(self) -> None:
        """Wait until reads, writes and the pages' answers to them are done."""
        end = time.monotonic() + 20
        while not (self._calm() and self._calm()):
            assert time.monotonic() < end, "the window does not come to rest"
            time.sleep(0.0005)

    def _calm(self) -> bool:
        QCoreApplication.processEvents()
        return not self.tasks.busy and not self.session.bridge.is_pending

    def go(self, page: str, record: UUID | None = None, view: str | None = None) -> Any:
        """Go to a page and return it."""
        self.session.navigation.go(page, None if record is None else str(record), view)
        self.settle()
        return self.shell.current_page()

    def id_of(self, sql: str) -> UUID:
        """Ask the book for an id."""
        with self.session.app.store.read() as reader:
            return UUID(bytes=reader.value(sql))

    def examine(self) -> list[Finding]:
        """Check the book."""
        return list(examine(self.session.app.store))

    def close(self) -> None:
        """Close the window and the book."""
        self.shell.close()
        self.shell.deleteLater()
        self.tasks.shutdown()
        self.session.close()
        self.book.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def desk_over_sample(folder: Path, qtbot: QtBot) -> Iterator[Desk]:
    """Yield a window over the sample business."""
    desk = Desk(sample_home(folder), qtbot)
    yield desk
    desk.close()


Start = Callable[..., Whole]


def starting(qtbot: QtBot) -> Iterator[Start]:
    """Yield what starts programs; those that still run are closed at the end."""
    running: list[Whole] = []

    def start(context: Context) -> Whole:
        running.append(Whole(context, qtbot))
        return running[-1]

    yield start
    for whole in running:
        if shiboken6.isValid(whole.program):
            whole.close()


def fields_in(root: QWidget) -> list[Field]:
    """Return every field of a form in which something can be typed."""
    found: list[Field] = [*root.findChildren(QLineEdit), *root.findChildren(QPlainTextEdit)]
    return [field for field in found if field.isVisible() and field.isEnabled() and not field.isReadOnly()]


def text_of(field: Field) -> str:
    """Return what stands in a field."""
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def type_into(field: Field, text: str) -> str:
    """Replace what stands in a field as a paste does; returns what the field took (line breaks become blanks there)."""
    field.setFocus()
    field.selectAll()
    if isinstance(field, QPlainTextEdit):
        field.insertPlainText(text) if text else field.clear()
    elif text:
        field.insert(text)
    else:
        field.del_()
    return text_of(field)


def open_sheet(shell: Shell) -> SideSheet | None:
    """Return the sheet that lies over the page, if any."""
    return next((sheet for sheet in reversed(shell.findChildren(SideSheet)) if sheet.isVisible()), None)


def off_screen() -> QApplication:
    """Return the application."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
