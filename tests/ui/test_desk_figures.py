"""Large figures at the desk: where money has many figures, all of them are to be seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.domain.demos import Demo
from directsell.store.queries.settings import business
from directsell.ui.navigation import Route
from directsell.ui.pages.desk import DeskPage
from directsell.usecases.demos import save_demo
from directsell.usecases.parties import seat_guest
from directsell.usecases.settings import save_business
from tests.ui.counter import Counter

ENTER = Qt.Key.Key_Return


@pytest.fixture
def counter(themed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path / "book", qtbot)
    yield made
    made.close()


def slip(counter: Counter, currency: str, width: int) -> DeskPage:
    shop = counter.shop
    shop.app.run(save_business, replace(shop.app.read(business), currency=currency))
    demo = Demo(id=shop.ids.new(), host_id=shop.person("Dana"), day=date(2026, 2, 13), created_at=shop.clock.now())
    shop.app.run(save_demo, demo)
    shop.app.run(seat_guest, demo.id, shop.person("Amy"))
    page = counter.show(DeskPage(counter.session), width, 740)
    page.show_route(Route("desk", str(demo.id)))
    counter.settle()
    page.open_person(shop.person("Amy"))
    counter.settle()
    return page


@pytest.mark.parametrize("width", [1366, 700])
@pytest.mark.parametrize(
    ("currency", "price", "total"),
    [
        ("IDR", "1250000", "IDR 40,406,250.00"),
        ("JPY", "125000", "¥4,040,625"),
        ("USD", "99999999", "$3,232,499,967.68"),
    ],
)
def test_no_figure_of_an_amount_is_cut_off(counter: Counter, currency: str, price: str, total: str, width: int) -> None:
    page = slip(counter, currency, width)
    counter.type("CV-110", ENTER, "30", ENTER)
    row = page.editor.lines.rows()[0]
    row.price.setFocus()
    row.price.selectAll()
    counter.type(price)
    page.editor.entry.focus()
    counter.settle()
    assert page.editor.total_text().replace("\N{NO-BREAK SPACE}", " ") == total
    shown = page.editor.foot._total
    assert shown.width() >= shown.sizeHint().width()
    assert row.sum.width() >= row.sum.sizeHint().width()
    room = row.price.width() - 2 * row.price.fontMetrics().horizontalAdvance("0")
    assert room >= row.price.fontMetrics().horizontalAdvance(row.price.text())
