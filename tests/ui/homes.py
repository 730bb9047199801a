"""Whole businesses on a temporary disk, as the program finds them: folders, device settings, key, database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from directsell.bootstrap import make_context
from directsell.context import Context, OpenBook
from directsell.domain.clock import FixedClock
from directsell.domain.settings import Business
from directsell.domain.taxes import TaxProfile, TaxRate
from directsell.i18n import Language
from directsell.store.errors import NoKeyring
from directsell.store.keys import Cost, KeyMode
from directsell.ui.navigation import Navigation, Route
from directsell.ui.pages.settings import SettingsPage
from directsell.ui.session import Session
from directsell.ui.tasks import Tasks
from directsell.usecases.settings import set_up_business
from tests.fixtures import books
from tests.ui.conftest import Desk

PASSWORD = "several good words"
CHEAP = Cost(memory=1 << 20, passes=1)
SELLER = Business(name="Dana Whitfield", city="Springfield", country="US", currency="USD", tax_label="Permit")
PROFILE = TaxProfile(rates=(TaxRate("Sales tax", 77_500),), exempt_classes=("exempt",))


class Ring:
    """A keyring in memory that can be switched off."""

    def __init__(self, *, works: bool = True) -> None:
        self.kept: dict[str, bytes] = {}
        self.works = works

    def get(self, entry: str) -> bytes | None:
        self._check()
        return self.kept.get(entry)

    def put(self, entry: str, key: bytes) -> None:
        self._check()
        self.kept[entry] = key

    def remove(self, entry: str) -> None:
        self._check()
        self.kept.pop(entry, None)

    def _check(self) -> None:
        if not self.works:
            raise NoKeyring("off")


def home(folder: Path, *, keyring: Ring | None = None, clock: FixedClock | None = None) -> Context:
    """Return the context of a data folder in which there is nothing yet."""
    return make_context(folder, clock=clock or FixedClock(books.NOON), keyring=keyring or Ring(works=False), cost=CHEAP)


def settle_in(context: Context, mode: KeyMode = KeyMode.FILE, password: str = "") -> OpenBook:
    """Make the business of Dana and leave it open."""
    book = context.create(mode, password)
    book.app.run(set_up_business, SELLER, PROFILE)
    book.app.forget_steps()
    return book


@dataclass(frozen=True)
class House:
    """An open business with its Settings page; ``ring`` is the keyring of the computer."""

    desk: Desk
    page: SettingsPage
    context: Context
    book: OpenBook
    ring: Ring

    def go(self, key: str) -> Any:
        """Show a section and return it; each test knows which class it is."""
        self.page.show_route(Route("settings", None, key))
        self.desk.settle()
        return self.page.section(key)


@contextmanager
def open_house(folder: Path, qtbot: QtBot) -> Iterator[House]:
    """Give a house whose key lies in a file, on a computer without a keyring."""
    ring = Ring(works=False)
    context = home(folder, keyring=ring)
    book = settle_in(context)
    session = Session(
        book.app,
        tasks=Tasks(readers=1),
        navigation=Navigation(),
        language=Language.load("en_US"),
        clock=context.clock,
        ids=context.ids,
        context=context,
        book=book,
    )
    desk = Desk(session, qtbot)
    page = desk.show(SettingsPage(session))
    try:
        yield House(desk, page, context, book, ring)
    finally:
        session.tasks.shutdown()
        book.close()
        desk.close()


def edit(field: QWidget, text: str) -> None:
    """Replace the text of a field by keys, and leave it."""
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Tab)


def choose(field: Any, value: object) -> None:
    """Pick an entry of a drop-down as a click does."""
    place = field._values.index(value)
    field.setCurrentIndex(place)
    field.activated.emit(place)
