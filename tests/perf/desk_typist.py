"""The program itself, in which somebody types orders at a party desk until it is killed: `desk_typist.py FOLDER DEMO PLAN`.

It starts as always; keys go through the real widgets, one after the other, each as soon as the one before is on the disk:
people type slower than that. PLAN is JSON: the orders that are still to be typed. On standard output, a line of JSON each:
what came back on the slips at the start, what stands on the slip in hand after every key (``shown``) and when it is kept
(``kept``), and what the window said of placed orders and numbered papers.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

from directsell.ui.qt_boot import import_qt  # isort: skip  # first of all: the package takes Qt's import hook out
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from directsell import bootstrap
from directsell.domain.invoicing import IssuedPaper
from directsell.domain.orders import Order
from directsell.domain.people import fold
from directsell.ui.application import Program
from directsell.ui.pages.desk import DeskPage
from directsell.ui.pages.desk.slip_state import Slip
from directsell.ui.shell import Shell

ENTER, TAB, ESCAPE, BACK = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Backspace
_CONTROL, _NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
_PATIENCE_S = 30.0
_METHODS = {"cash": Qt.Key.Key_F6, "card": Qt.Key.Key_F7, "transfer": Qt.Key.Key_F9}


def tell(kind: str, **values: object) -> None:
    """Tell the driver; it is in the pipe when this returns, and stays there when the process is killed."""
    os.write(1, json.dumps({"kind": kind, **values}).encode() + b"\n")


def state_of(slip: Slip) -> dict[str, Any] | None:
    """Return what stands on a slip, or None when nothing does."""
    if slip.is_blank():
        return None
    working = slip.working
    return {
        "lines": [[line.code, str(line.quantity.normalize())] for line in working.lines],
        "entry": working.words.get("entry", ""),
        "note": working.order.note,
        "money": [[money.method.value, money.given, money.detail] for money in working.money],
    }


class Typist:
    """Types the orders of a plan: ``work()``. A plan's order has ``note``, ``guest``, ``lines`` (code, quantity), ``method``,
    ``print``; with ``aside`` another guest's slip gets a line first and is left open.
    """

    def __init__(self, program: Program, demo: str, plan: list[dict[str, Any]]) -> None:
        self._program = program
        self._demo = demo
        self._plan = plan
        self._placed: list[Order] = []

    def work(self) -> None:
        """Open the desk, tell what came back, type everything, close the window."""
        try:
            self._open_desk()
            for order in self._plan:
                if order["aside"] is not None:
                    self._set_aside(order["aside"])
                self._type(order)
            tell("end")
        except BaseException:  # noqa: BLE001 - whatever it was, the driver must hear of it
            tell("wrong", text=traceback.format_exc(limit=-4))
            os._exit(1)
        assert self._program.window is not None
        self._program.window.close()

    def _open_desk(self) -> None:
        shell, session = self._program.window, self._program.session
        assert isinstance(shell, Shell)
        assert session is not None
        session.navigation.go("desk", self._demo)
        page = shell.current_page()
        assert isinstance(page, DeskPage)
        self.page = page
        self._keeper = page.editor._keeper
        self._until(lambda: page.evening is not None)
        page.editor.placed.connect(self._heard_placed)
        session.said.connect(self._heard)
        page.errands._issuer.issued.connect(self._heard_issued)
        tell("ready")
        found = {}
        for _ in page.slips.open_keys():
            self._press(TAB, _CONTROL)
            slip = page.editor.slip
            assert slip is not None
            found[slip.name] = state_of(slip)
        tell("restored", slips=found)

    # --- orders

    def _type(self, order: dict[str, Any]) -> None:
        """Take the guest's slip, type what is missing on it, place it."""
        self._take(order["guest"])
        self._type_lines(order["lines"])
        editor = self.page.editor
        if editor.goods.note.text() != order["note"]:
            editor.goods.note.setFocus(Qt.FocusReason.TabFocusReason)
            editor.goods.note.selectAll()
            self._keys(order["note"])
        if not editor.money.rows():
            self._keys(_METHODS[order["method"]])
        tell("placing", note=order["note"], guest=order["guest"])
        self._press(Qt.Key.Key_P if order["print"] else Qt.Key.Key_S, _CONTROL)
        self._until(lambda: bool(self._placed))
        self._placed.clear()
        if order["print"]:
            self._until(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
            self._press(ESCAPE)
            self._until(lambda: QApplication.activeModalWidget() is None)
            self.page.window().activateWindow()  # without a screen nobody does that
            self._until(lambda: QApplication.focusWidget() is not None)
        self._until(lambda: self.page.is_placed)

    def _set_aside(self, aside: dict[str, Any]) -> None:
        """Begin another guest's slip and leave it open."""
        self._take(aside["guest"])
        if not self.page.editor.lines.rows():
            self._type_lines(aside["lines"])
            self._keys("pe")

    def _take(self, name: str) -> None:
        page = self.page
        self._press(Qt.Key.Key_F, _CONTROL)
        self._keys(fold(name), ENTER)
        if page.is_placed:
            self._press(Qt.Key.Key_N, _CONTROL)
        assert page.is_typing, name
        assert page.editor.slip is not None, name
        assert page.editor.slip.name == name, (page.editor.slip.name, name)

    def _type_lines(self, lines: list[list[str]]) -> None:
        editor = self.page.editor
        if editor.entry.text():
            editor.focus()
            editor.entry.words.selectAll()
            self._keys(BACK)
        rows = editor.lines.rows()
        for place, row in enumerate(rows):
            if row.line().quantity != int(lines[place][1]):  # killed between two digits
                row.focus_quantity()
                self._keys(lines[place][1])
        editor.focus()
        self._keys("q", BACK)  # a slip of the finger
        for code, quantity in lines[len(rows) :]:
            self._keys(code, ENTER)
            if quantity != "1":
                self._keys(quantity)
            self._keys(ENTER)

    # --- keys

    def _keys(self, *parts: str | Qt.Key) -> None:
        for part in parts:
            for key in part if isinstance(part, str) else (part,):
                self._press(key)

    def _press(self, key: str | Qt.Key, held: Qt.KeyboardModifier = _NONE) -> None:
        widget: QWidget | None = QApplication.focusWidget()
        assert widget is not None, key
        if isinstance(key, str):
            QTest.keyClicks(widget, key)
        else:
            QTest.keyClick(widget, key, held)
        self._tell_slip("shown")
        self._until(lambda: self._keeper.is_kept)
        self._tell_slip("kept")

    def _tell_slip(self, kind: str) -> None:
        slip = self.page.editor.slip
        if slip is not None and self.page.is_typing:
            self.page.editor._collect()
            tell(kind, guest=slip.name, slip=state_of(slip))

    def _until(self, true: Callable[[], bool]) -> None:
        end = time.monotonic() + _PATIENCE_S
        QApplication.processEvents()
        while not true():
            if time.monotonic() > end:
                raise TimeoutError(true)
            time.sleep(0.0003)
            QApplication.processEvents()

    # --- what the window says

    def _heard_placed(self, _slip: object, order: object, _print: bool) -> None:
        if isinstance(order, Order):
            self._placed.append(order)

    def _heard(self, text: str, _undoable: bool) -> None:
        if text.startswith("Order of "):
            tell("placed", text=text)

    def _heard_issued(self, paper_id: Any) -> None:
        session = self._program.session
        assert session is not None
        paper: IssuedPaper = session.look(lambda reader: reader.get(IssuedPaper, paper_id))
        tell("number", number=paper.number)


def main(folder: str, demo: str, plan: str) -> int:
    """Start the program on a folder."""
    import_qt()
    show = Program._show

    def show_and_type(program: Program, window: QWidget) -> None:
        show(program, window)
        QTimer.singleShot(0, Typist(program, demo, json.loads(plan)).work)

    setattr(Program, "_show", show_and_type)  # noqa: B010 - a method of another module's class
    return bootstrap.main(["--data", folder, "--lang", "en_US"])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
