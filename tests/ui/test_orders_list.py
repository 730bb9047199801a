"""The list of orders as it is walked through: searching, keys and clicks, a narrow window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.ui.navigation import Route
from directsell.ui.pages.orders import OrdersPage
from tests.ui.counter import Counter

ENTER = Qt.Key.Key_Return


@pytest.fixture
def counter(themed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path / "book", qtbot)
    yield made
    made.close()


@pytest.fixture
def page(counter: Counter) -> OrdersPage:
    return counter.show(OrdersPage(counter.session))


def test_enter_in_the_search_opens_what_was_found_not_what_showed_before(counter: Counter, page: OrdersPage) -> None:
    amy, beth = (counter.shop.enter(name, ("CV-110", "1")) for name in ("Amy", "Beth"))
    counter.settle()
    counter.session.navigation.go("orders", str(beth.order.id))
    counter.settle()
    page.listing.search.setFocus()
    QTest.keyClicks(page.listing.search, "Amy")
    QTest.keyClick(page.listing.search, ENTER)
    counter.settle()
    assert page.is_typing
    assert page.editor.working is not None
    assert page.editor.working.order.id == amy.order.id


def test_in_a_narrow_window_keys_walk_and_a_click_or_enter_opens(counter: Counter, page: OrdersPage) -> None:
    for name in ("Amy", "Beth", "Carla"):
        counter.shop.enter(name, ("CV-110", "1"))
    page.resize(620, 500)
    page.show_route(Route("orders"))
    counter.settle()
    rows = page.listing.list
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down):
        counter.type(key)
        assert rows.isVisible()
    counter.type(ENTER)
    assert page.detail.isVisible()
    page.detail.back_clicked.emit()
    assert rows.isVisible()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(rows.model_.index(0, 0)).center())
    counter.settle()
    assert page.detail.isVisible()
