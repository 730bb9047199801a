"""Fixtures of the window: the application with its look, dialogs that answer by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from directsell.app import App
from directsell.domain.clock import FixedClock
from directsell.domain.ids import IdSource
from directsell.i18n import Language
from directsell.store.work import Work
from directsell.ui import dialogs as dialogs_module
from directsell.ui import opening
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.navigation import Navigation, Route
from directsell.ui.session import Session
from directsell.ui.tasks import Tasks
from directsell.ui.theme import SchemeChoice, theme
from tests.fixtures import books

W = TypeVar("W", bound=QWidget)

_installed = False


class NoPrograms:
    """The user's other programs, as if they had taken what they were given; nothing of this machine is started."""

    def link(self, _url: str) -> bool:
        """Say that a program took it."""
        return True

    def file(self, _path: Path) -> bool:
        """Say that a program took it."""
        return True

    def copy(self, _text: str) -> None:
        """Leave the clipboard alone."""


@pytest.fixture(autouse=True)
def no_programs() -> Iterator[None]:
    """No test opens a program of this machine."""
    before = opening.use(NoPrograms())
    yield
    opening.use(before)


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[QApplication]:
    """The application with fonts, palette and style sheet, light and left to right."""
    global _installed
    if not _installed:
        qapp.setStyle("Fusion")
        theme().install(qapp, SchemeChoice.LIGHT)
        _installed = True
    yield qapp
    theme().set_choice(SchemeChoice.LIGHT)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def scripted() -> Iterator[ScriptedDialogs]:
    """Dialogs that need no person; append answers with ``scripted.answer(...)``."""
    replacement = ScriptedDialogs()
    before = dialogs_module.use(replacement)
    yield replacement
    dialogs_module.use(before)


def make_session(folder: Path, tag: str = "en_US") -> Session:
    """Return a session over a small book of its own; ``end_session`` closes it."""
    clock = FixedClock(books.NOON)
    store = books.open_book(books.put_book(folder), clock=clock)
    return Session(
        App(store),
        tasks=Tasks(readers=1),
        navigation=Navigation(),
        language=Language.load(tag),
        clock=clock,
        ids=IdSource(clock),
    )


def end_session(session: Session) -> None:
    """Stop the work of a session and close its book."""
    session.tasks.shutdown()
    session.close()
    session.app.close()


class Desk:
    """A session, the pages shown on it, what was said, and where the user was sent."""

    def __init__(self, session: Session, qtbot: QtBot) -> None:
        self.session = session
        self.qtbot = qtbot
        self.said: list[str] = []
        self.complained: list[str] = []
        self.routes: list[Route] = []
        self._pages: list[QWidget] = []
        session.said.connect(self._heard)
        session.complained.connect(self.complained.append)
        session.navigation.changed.connect(self.routes.append)

    def _heard(self, text: str, _undoable: bool) -> None:
        self.said.append(text)

    def show(self, page: W, width: int = 1140, height: int = 740) -> W:
        """Show a page as the window does: sized, active, told about changes."""
        page.resize(width, height)
        self._pages.append(page)
        changed = getattr(page, "data_changed", None)
        if changed is not None:
            self.session.changed.connect(changed)
        with self.qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        self.settle()
        return page

    def settle(self) -> None:
        """Wait until reads, writes and the pages' answers to them are done."""
        for _round in range(3):
            self.qtbot.waitUntil(self._is_calm, timeout=10_000)
            QCoreApplication.processEvents()

    def _is_calm(self) -> bool:
        QCoreApplication.processEvents()
        return not self.session.tasks.busy and not self.session.bridge.is_pending

    def write(self) -> AbstractContextManager[Work]:
        """Return a transaction that puts records into the book (``with desk.write() as work``)."""
        return self.session.app.store.write("test")

    def close(self) -> None:
        """Close the pages and the session."""
        for page in self._pages:
            page.close()
            page.deleteLater()
        end_session(self.session)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def desk(themed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """An empty book of a business in the United States, ready for pages."""
    session = make_session(tmp_path / "book")
    made = Desk(session, qtbot)
    yield made
    made.close()
