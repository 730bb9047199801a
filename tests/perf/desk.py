"""A session over the big book for benchmarks that need the window's own widgets. Nothing is measured here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from directsell.app import App
from directsell.domain.clock import SystemClock
from directsell.domain.ids import IdSource
from directsell.i18n import activate
from directsell.store.database import Store
from directsell.ui.qt_boot import application
from tests.perf.big_book import KEY


@contextmanager
def open_app(path: Path) -> Iterator[App]:
    """Open a book for reading."""
    clock = SystemClock()
    store = Store(path, KEY, clock=clock, ids=IdSource(clock))
    try:
        yield App(store)
    finally:
        store.close()


application()

from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402 - after Qt came without its import hook

from directsell.ui.navigation import Navigation  # noqa: E402
from directsell.ui.session import Session  # noqa: E402
from directsell.ui.tasks import GuiGC, Tasks  # noqa: E402
from directsell.ui.theme import SchemeChoice, theme  # noqa: E402


@contextmanager
def open_session(app: App) -> Iterator[Session]:
    """Give what a page is given, in the look of the program."""
    theme().install(application(), SchemeChoice.LIGHT)
    tasks = Tasks()
    collector = GuiGC()
    session = Session(
        app,
        tasks=tasks,
        navigation=Navigation(),
        language=activate("en_US"),
        clock=app.store.clock,
        ids=app.store.ids,
    )
    try:
        yield session
    finally:
        tasks.shutdown()
        session.close()
        collector.stop()


def show(widget: QWidget, width: int = 1320, height: int = 800) -> None:
    """Show a widget and wait until it stands still."""
    widget.resize(width, height)
    widget.show()
    settle()


def settle(rounds: int = 20) -> None:
    """Let everything happen that waits in the queue."""
    for _ in range(rounds):
        QApplication.processEvents()
