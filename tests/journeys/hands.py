"""Hands at the whole program, day by day: start, type, click, end it like a power cut, save papers, read what shows."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from directsell.bootstrap import make_context
from directsell.context import Context
from directsell.domain.clock import FixedClock
from directsell.i18n import active_language
from directsell.store.keys import Cost
from directsell.ui.shell import Shell
from directsell.ui.tour.journey import Journey
from directsell.ui.tour.player import Player
from directsell.ui.widgets.buttons import Button
from directsell.ui.widgets.cards import Chip
from directsell.ui.widgets.nav_bar import NavItem
from directsell.ui.widgets.paper_dialog import PaperDialog

ENTER, TAB, ESCAPE, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Space
UP, DOWN, HOME, DELETE = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_Delete
NIGHT = datetime(2026, 2, 13, 20, tzinfo=UTC)
PARTY = date(2026, 2, 13)


def seen(root: QWidget) -> list[str]:
    """Return every word that a part of the window shows: labels, chips and buttons, as they stand."""
    found: list[str] = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel | Chip):
            found.append(widget.text())
        elif isinstance(widget, Button):
            found.append(widget.caption())
    return [text for text in found if text]


def row_of(root: QWidget, first: str) -> str:
    """Return what stands behind some words in the part of a window, e.g. the amount of a sum."""
    words = seen(root)
    assert first in words, (first, words)
    return words[words.index(first) + 1]


@dataclass
class Hands:
    """``Hands(folder, out)``: ``player`` and ``journey`` play, ``page`` is what shows.

    Attributes:
        folder: the data folder; what is written besides goes into ``out``.
        language: tag of the window.
        pictures: where pictures of each step go; None makes none.
    """

    folder: Path
    out: Path
    language: str = "en_US"
    pictures: Path | None = None
    size: tuple[int, int] = (1366, 768)
    player: Player = field(init=False)
    journey: Journey = field(init=False)
    branches: list[Self] = field(default_factory=list, init=False)
    _taken: int = 0

    def __post_init__(self) -> None:
        self.player = Player(*self.size)
        self.journey = Journey(self.player, self._context, self.out)

    def _context(self, later: timedelta = timedelta()) -> Context:
        quick = Cost(memory=1 << 20, passes=1)
        return make_context(self.folder, language=self.language, clock=FixedClock(NIGHT + later), cost=quick)

    # --- what every step uses

    def picture(self, name: str, widget: QWidget | None = None) -> None:
        """Save what the window looks like, where somebody wants to look."""
        if self.pictures is not None:
            self._taken += 1
            self.player.picture(self.pictures / f"{self._taken:02d}-{name}.png", widget)

    @property
    def page(self) -> Any:
        """The page that shows."""
        return self.player.shell.current_page()

    def go(self, key: str) -> Any:
        """Go to a page by its entry at the side; returns it."""
        shell = self.player.shell
        self.player.click(next(item for item in shell.nav.findChildren(NavItem) if item.key == key))
        return self.player.page(key)

    def number(self, text: str) -> str:
        """Return a number as it is typed in the language of the window."""
        return active_language().number(Decimal(text))

    def start(self, day: date = PARTY) -> None:
        """Start the program on a day."""
        self.player.start(self._context(timedelta(days=(day - PARTY).days)))
        self.player.wait_for(Shell)

    def restart(self, day: date) -> None:
        """Close the program, and start it again on another day."""
        self.player.close()
        self.start(day)

    def lights_out(self) -> None:
        """End the program as a power cut does: what the disk holds at this moment is all that the next start finds."""
        kept = self.folder.with_name(f"{self.folder.name}-after")
        shutil.copytree(self.folder, kept)
        self.player.close()
        self.folder = kept

    def branch(self, name: str) -> Self:
        """Return hands that go on from here in another way, with a folder of their own; these must have closed the program."""
        folder = self.folder.with_name(name)
        shutil.copytree(self.folder, folder)
        other = type(self)(folder, self.out, self.language, self.pictures, self.size)
        other._taken = self._taken
        self.branches.append(other)
        return other

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait until something is so."""
        self.player.wait(condition, what)
        self.player.settle()

    def write(self, widget: QWidget, text: str) -> None:
        """Put the cursor into a field by a click, replace what stands there, and leave it."""
        widget.setFocus(Qt.FocusReason.MouseFocusReason)
        self.player.press("Ctrl+A")
        self.player.type(DELETE)
        self.player.type(text, TAB)

    def click(self, widget: QWidget) -> None:
        """Click a widget, wherever it has to be scrolled to."""
        parent = widget.parentWidget()
        while parent is not None:
            if hasattr(parent, "ensureWidgetVisible"):
                parent.ensureWidgetVisible(widget)
            parent = parent.parentWidget()
        self.player.click(widget)

    def button(self, root: QWidget, caption: str) -> Button:
        """Return the button of a caption."""
        return next(one for one in root.findChildren(Button) if one.isVisible() and one.caption() == caption)

    def paper(self, name: str) -> bytes:
        """Wait for the window of a paper, save it as a PDF, close it; returns what was saved."""
        player = self.player
        player.wait(lambda: isinstance(QApplication.activeModalWidget(), PaperDialog), "the paper")
        dialog: Any = QApplication.activeModalWidget()
        self.until(lambda: dialog.leaf() is not None, "the paper to be drawn")
        self.picture(name, dialog)
        path = self.out / f"{name}.pdf"
        path.unlink(missing_ok=True)
        self.journey.dialogs.answer(path)
        player.press("Ctrl+S")
        player.wait(path.exists, "the PDF")
        player.type(ESCAPE)
        player.wait(lambda: QApplication.activeModalWidget() is None, "the paper to be closed")
        player.settle()
        return path.read_bytes()
