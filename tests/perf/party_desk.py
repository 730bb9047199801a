"""Keys at the desk of a party of 200 guests and 600 orders: how long each holds the window's thread, against a bare field.

The real window, real key events, an encrypted book, nine lines on a slip, a dozen slips open. A key is done when nothing
waits any more: its row is made, its sums are there, the screen is painted, its draft is on the way to the disk. What comes
later from the workers (the party read anew after an order) is told as the longest time for which the window did not answer.
"""

from __future__ import annotations

import gc
import random
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from directsell.app import App
from directsell.domain.orders import Order
from directsell.domain.people import fold
from directsell.ui.page_factories import factories
from directsell.ui.pages.desk import DeskPage
from directsell.ui.session import Session
from directsell.ui.shell import Shell
from tests.fixtures import books
from tests.perf.big_party import BigParty, put_party
from tests.perf.desk import open_session, settle, show
from tests.perf.figures import Figure, median, progress, share, tell

FRAME = 16.0  # ms
ENTER, DOWN, TAB = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Tab
_CONTROL = Qt.KeyboardModifier.ControlModifier
_LINES = 9
_KINDS = {
    "word": "a letter or digit of a product, proposals shown",
    "choose": "Down and Enter that choose a product",
    "quantity": "a digit of the quantity",
    "add": "Enter that adds a line",
    "line": "a digit in a field of a line",
    "money": "a digit of money taken",
    "find": "a letter that finds a guest",
    "guest": "Enter that chooses a guest",
    "slip": "Ctrl+Tab to another slip",
    "place": "Ctrl+S that places an order",
}


@dataclass
class Clock:
    """Milliseconds of the window's thread (processor) and by the wall, by kind of key; ``stalls`` between keys."""

    cpu: dict[str, list[float]] = field(default_factory=dict)
    wall: dict[str, list[float]] = field(default_factory=dict)
    stalls: list[float] = field(default_factory=list)

    def key(self, kind: str, press: Callable[[], object]) -> None:
        """Measure a key until nothing waits any more."""
        wall, cpu = time.perf_counter(), time.thread_time()
        press()
        settle(4)
        self.cpu.setdefault(kind, []).append((time.thread_time() - cpu) * 1e3)
        self.wall.setdefault(kind, []).append((time.perf_counter() - wall) * 1e3)

    def wait(self, calm: Callable[[], bool]) -> None:
        """Let events happen until it is calm; note for how long the window did not answer."""
        while not calm():
            wall = time.perf_counter()
            QApplication.processEvents()
            self.stalls.append((time.perf_counter() - wall) * 1e3)
            time.sleep(0.0005)

    def all(self) -> list[float]:
        """Every key, processor time."""
        return [spent for values in self.cpu.values() for spent in values]


class Typist:
    """Works at the desk like somebody who types fast; every key goes through the clock."""

    def __init__(self, shell: Shell, page: DeskPage, session: Session, party: BigParty, clock: Clock) -> None:
        self.page = page
        self.clock = clock
        self._shell = shell
        self._session = session
        self._party = party
        self._dice = random.Random(7)
        self._next = 0

    def keys(self, kind: str, *parts: str | Qt.Key) -> None:
        """Type letters and keys into whatever has the focus."""
        for part in parts:
            for key in part if isinstance(part, str) else (part,):
                self.clock.key(kind, partial(press, key))

    def held(self, kind: str, key: Qt.Key) -> None:
        """Press a key with Ctrl."""
        self.clock.key(kind, partial(press, key, _CONTROL))

    def calm(self) -> None:
        """Wait until nothing is read or written."""
        bridge = self._session.bridge
        for _ in range(2):
            self.clock.wait(lambda: not self._session.tasks.busy and not bridge.is_pending)

    def open_slip(self) -> None:
        """Find the next guest by a few letters and begin another slip."""
        name = self._party.names[self._next * 7 % len(self._party.names)]
        self._next += 1
        self.held("guest", Qt.Key.Key_F)
        self.keys("find", fold(name))  # without accents, as people type who are in a hurry
        self.keys("guest", ENTER)
        if not self.page.is_typing:
            self.held("guest", Qt.Key.Key_N)
        assert self.page.is_typing, name

    def goods(self, lines: int) -> None:
        """Type lines: by code, or a part of a name and a choice."""
        for number in range(lines):
            code = self._dice.choice(self._party.codes)
            if number % 3 == 2:
                self.keys("word", self._dice.choice(("bow", "kni", "pan", "jar", "whi")))
                self.keys("choose", DOWN, DOWN, ENTER)
            else:
                self.keys("word", code.lower() if number % 2 else code[3:])
                self.keys("choose", ENTER)
            if number % 2:
                self.keys("quantity", str(self._dice.randrange(2, 12)))
            self.keys("add", ENTER)

    def correct(self) -> None:
        """Change the quantity, price and discount of a line in the middle of the slip."""
        rows = self.page.editor.lines.rows()
        row = rows[len(rows) // 2]
        for target in (row.quantity.edit, row.price, row.off):
            target.setFocus(Qt.FocusReason.TabFocusReason)
            target.selectAll()
            settle(4)
            self.keys("line", "12")
        self.page.editor.focus()
        settle(4)

    def pay_and_place(self) -> None:
        """Take cash, then place the order."""
        self.keys("money", Qt.Key.Key_F6)
        self.keys("money", "2000")
        self.held("place", Qt.Key.Key_S)
        self.calm()


def press(key: str | Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press and release a key in whatever has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    if isinstance(key, str):
        QTest.keyClicks(widget, key)
    else:
        QTest.keyClick(widget, key, held)


class Floor:
    """A bare window with one QLineEdit: what a key costs in Qt itself, painted, through the same hands."""

    def __init__(self) -> None:
        self._window = QWidget()
        self._window.setStyleSheet("")
        self._field = QLineEdit()
        QVBoxLayout(self._window).addWidget(self._field)
        self.clock = Clock()

    def type(self, keys: int) -> None:
        """Type into it."""
        self._window.show()
        self._window.activateWindow()
        settle()
        self._field.setFocus()
        settle()
        for number in range(keys):
            if number % 20 == 0:
                self._field.clear()
                settle(4)
            self.clock.key("floor", partial(press, "x"))
        self._window.hide()
        settle()


def measure(*, quick: bool) -> None:
    """Tell how long a key takes."""
    guests, orders, rounds = (20, 60, 2) if quick else (200, 600, 8)
    with tempfile.TemporaryDirectory(prefix="directsell-bench-") as name:
        path, party = put_party(Path(name), guests, orders)
        app = App(books.open_book(path))
        try:
            with open_session(app) as session:
                shown = _work(session, party, rounds)
                count = len(app.read(lambda reader: reader.find(Order)))
        finally:
            app.close()
    assert count == orders + rounds + 1, count
    _tell(*shown, f"{guests} guests, {orders} orders")


def _work(session: Session, party: BigParty, rounds: int) -> tuple[Clock, Floor]:
    floor, clock = Floor(), Clock()
    shell = Shell(session, factories())
    show(shell, 1366, 768)
    session.navigation.go("desk", str(party.demo_id))
    page = shell.current_page()
    assert isinstance(page, DeskPage)
    typist = Typist(shell, page, session, party, Clock())
    typist.calm()
    for number in range(rounds + 1):
        floor.type(60)
        shell.activateWindow()
        settle()
        _round(typist)
        if number == 0:  # the first round loads and compiles
            gc.collect()
            typist.clock, floor.clock = clock, Clock()
        progress(f"round {number} of {rounds}")
    typist.calm()
    page.settle()
    typist.calm()
    shell.close()
    return clock, floor


def _round(typist: Typist) -> None:
    """An evening in small: slips are opened, typed, turned, corrected, paid, placed."""
    for lines in (2, _LINES):
        typist.open_slip()
        typist.goods(lines)
    typist.correct()
    for _ in range(6):
        typist.held("slip", TAB)
    typist.goods(1)
    typist.pay_and_place()


def _tell(clock: Clock, floor: Floor, party: str) -> None:
    bare, keys = floor.clock.all(), clock.all()
    how = f"processor time of the window's thread, {len(keys)} keys, {party}"
    for words, value, limit in (
        ("p50", median(keys), None),
        ("p95", share(keys, 95), 1.0),
        ("longest", max(keys), 1.0),
    ):
        tell(Figure(f"desk, key {words} of a frame", value, "ms", limit, how, FRAME))
    for words, value, its in (("p50", median(keys), median(bare)), ("p95", share(keys, 95), share(bare, 95))):
        tell(Figure(f"desk, key {words} of a bare field", value, "ms", None, how, its))
    wall = [spent for values in clock.wall.values() for spent in values]
    tell(
        Figure("desk, key p95 by the wall", share(wall, 95), "ms", None, "the workers read and write meanwhile", FRAME)
    )
    stall = "window not answering while an order is stored and the party is read and shown, by the wall"
    tell(Figure("desk, longest stall", max(clock.stalls), "ms", 50, stall))
    for kind, words in _KINDS.items():
        _tell_kind(kind, words, clock.cpu.get(kind, ()))


def _tell_kind(kind: str, words: str, values: Iterable[float]) -> None:
    found = list(values)
    how = f"{words}; {len(found)} keys, p50 {median(found):.1f}, longest {max(found):.1f} ms"
    tell(Figure(f"desk, {kind}, p95", share(found, 95), "ms", None, how, FRAME))
