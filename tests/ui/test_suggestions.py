"""The quiet line of suggestions at order entry: it comes after a pause, adds with one key or click, and is in nobody's way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from directsell.domain.demos import wish_of
from directsell.ui.widgets.order_form.goods import GoodsCard
from tests.ui.counter import Counter


class Bench(QWidget):
    """The goods of an order on a page of their own."""

    def __init__(self, counter: Counter, name: str | None, *, wishes: bool = False) -> None:
        super().__init__()
        self.goods = GoodsCard(counter.session, currency=lambda: "USD", day=counter.session.today, wishes=wishes)
        QVBoxLayout(self).addWidget(self.goods)
        self.order = counter.shop.blank(name)
        self.goods.load(self.order, [], "")
        self.goods.changed.connect(self.suggest)
        self.suggest()

    def suggest(self) -> None:
        self.goods.suggest_for(self.order, self.goods.lines.lines())

    def data_changed(self, _changes: object) -> None:
        """Nothing is shown that a commit touches."""

    def show_route(self, _route: object) -> None:
        """It has no places."""

    def settle(self) -> None:
        self.goods.settle()

    @property
    def line(self) -> Any:
        return self.goods.suggestions


@pytest.fixture
def counter(themed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path / "book", qtbot)
    for number in range(20):
        made.shop.enter(f"Other {number}", ("CV-777", "1"))
    for name in ("Amy", "Beth", "Carla"):
        made.shop.enter(name, ("CV-402", "1"), ("CV-110", "2"))
    yield made
    made.close()


def type_product(bench: Bench, code: str) -> None:
    QTest.keyClicks(bench.goods.entry.focusProxy() or bench.goods.entry, code)
    entry = QApplication.focusWidget()
    assert entry is not None
    QTest.keyClick(entry, Qt.Key.Key_Return)
    QTest.keyClick(QApplication.focusWidget() or entry, Qt.Key.Key_Return)


def offered(counter: Counter, bench: Bench, *names: str) -> None:
    counter.qtbot.waitUntil(lambda: tuple(offer.name for offer in bench.line.offers) == names, timeout=5000)


def codes(bench: Bench) -> list[str]:
    return [line.code for line in bench.goods.lines.lines()]


def test_goods_bought_together_are_offered_and_added_by_key_or_click(counter: Counter) -> None:
    bench = counter.show(Bench(counter, "Dee"))
    assert bench.line.isHidden()
    bench.goods.entry.focus()
    type_product(bench, "CV-402")
    assert codes(bench) == ["CV-402"]
    offered(counter, bench, "Peeler")
    assert not bench.line.isHidden()
    assert bench.line.buttons[0].toolTip().startswith("often bought together with Chopper")
    focus = QApplication.focusWidget()
    QTest.keyClick(focus or bench, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert codes(bench) == ["CV-402", "CV-110"]
    assert bench.line.offers == ()
    offered(counter, bench)
    assert bench.line.isHidden()


def test_wishes_are_offered_but_not_where_they_show_already(counter: Counter) -> None:
    dee = counter.shop.person("Dee")
    pan = counter.shop.product("CV-315").id
    with counter.shop.app.store.write("test") as work:
        work.save(wish_of(dee, pan))
    bench = counter.show(Bench(counter, "Dee"))
    offered(counter, bench, "Stoneware Pan")
    bench.line.buttons[0].click()
    assert codes(bench) == ["CV-315"]
    desk = counter.show(Bench(counter, "Dee", wishes=True))
    counter.qtbot.waitUntil(lambda: bool(desk.line._known), timeout=5000)
    assert desk.line.offers == ()


def test_the_same_composition_is_worked_out_once(counter: Counter) -> None:
    bench = counter.show(Bench(counter, "Dee"))
    bench.goods.entry.focus()
    type_product(bench, "CV-402")
    offered(counter, bench, "Peeler")
    known = len(bench.line._known)
    bench.suggest()
    type_product(bench, "CV-777")
    bench.goods.lines.rows()[-1].remove_wanted.emit()
    counter.qtbot.waitUntil(lambda: codes(bench) == ["CV-402"], timeout=5000)
    assert [offer.name for offer in bench.line.offers] == ["Peeler"]
    assert not bench.line._pause.isActive()
    assert len(bench.line._known) in (known, known + 1)


def test_nothing_is_asked_without_person_and_goods(counter: Counter) -> None:
    bench = counter.show(Bench(counter, None))
    counter.qtbot.waitUntil(lambda: not bench.line._pause.isActive(), timeout=5000)
    assert bench.line.isHidden()
    assert bench.line._known == {}
