"""A shop with a session and one page on the screen, driven by real keys and clicks."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from directsell.i18n import Language
from directsell.ui.navigation import Navigation
from directsell.ui.session import Session
from directsell.ui.tasks import Tasks
from tests.fixtures.shops import Shop, casa_verde

W = TypeVar("W", bound=QWidget)


class Counter:
    """The shop Casa Verde on the screen; ``said`` and ``complained`` collect what the bottom bar would show."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.shop: Shop = casa_verde(folder)
        self.qtbot = qtbot
        self.session = Session(
            self.shop.app,
            tasks=Tasks(readers=1),
            navigation=Navigation(),
            language=Language.load("en_US"),
            clock=self.shop.clock,
            ids=self.shop.ids,
        )
        self.said: list[str] = []
        self.complained: list[str] = []
        self._pages: list[QWidget] = []
        self.session.said.connect(self._heard)
        self.session.complained.connect(self.complained.append)

    def _heard(self, text: str, _undoable: bool) -> None:
        self.said.append(text)

    def show(self, page: W, width: int = 1140, height: int = 740) -> W:
        """Show a page as the window does: sized, active, told about routes and changes."""
        self._pages.append(page)
        page.resize(width, height)
        self.session.changed.connect(page.data_changed)  # type: ignore[attr-defined]  # every page has both
        self.session.navigation.changed.connect(page.show_route)  # type: ignore[attr-defined]
        with self.qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        self.settle()
        return page

    def settle(self) -> None:
        """Wait until reads, writes and the page's answers to them are done."""
        for _round in range(3):
            self.qtbot.waitUntil(self._is_calm, timeout=10_000)

    def _is_calm(self) -> bool:
        QCoreApplication.processEvents()
        bridge = self.session.bridge
        return not self.session.tasks.busy and not bridge._pending and not bridge._timer.isActive()

    def focus(self) -> QWidget:
        """Return the widget that has the keys."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def type(self, *parts: str | Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Type words and keys into whatever has the focus."""
        for part in parts:
            if isinstance(part, str):
                QTest.keyClicks(self.focus(), part)
            else:
                QTest.keyClick(self.focus(), part, modifier)

    def close(self) -> None:
        """Close the page and the shop."""
        for page in self._pages:
            page.settle()  # type: ignore[attr-defined]  # every page has it
        self.settle()
        for page in self._pages:
            page.close()
            page.deleteLater()
        self.session.tasks.shutdown()
        self.session.close()
        self.shop.app.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
