"""The card with what a host's demos brought: figures in words, nothing for somebody who never hosted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.domain.demos import Demo, DemoState
from directsell.ui.widgets.host_card import HostCard
from directsell.usecases.demos import save_demo
from tests.ui.counter import Counter


@pytest.fixture
def counter(themed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path / "book", qtbot)
    yield made
    made.close()


def demo(counter: Counter, day: int, state: DemoState) -> Demo:
    shop = counter.shop
    made = Demo(
        id=shop.ids.new(),
        host_id=shop.person("Dana"),
        day=date(2026, 1, day),
        state=state,
        created_at=shop.clock.now(),
    )
    shop.app.run(save_demo, made)
    return made


def test_the_figures_of_a_host(counter: Counter, qtbot: QtBot) -> None:
    first = demo(counter, 3, DemoState.SETTLED)
    demo(counter, 17, DemoState.CLOSING)
    demo(counter, 20, DemoState.CANCELLED)
    demo(counter, 30, DemoState.PLANNED)
    counter.shop.enter("Amy", ("CV-402", "1"), demo_id=first.id)
    card = HostCard(counter.session)
    qtbot.addWidget(card)
    card.show_host(counter.shop.person("Dana"))
    counter.settle()
    assert not card.isHidden()
    assert card._lead.text() == "Last demo on Jan 17, 2026 · 1 still to come"
    assert card.figures == {
        "Demos held": "2",
        "Took place of those agreed": "67%",
        "Sales": "$36.64",
        "Sales per demo": "$18.32",
        "Orders per demo": "0.5",
        "Bookings from these demos": "0",
    }
    card.show_host(counter.shop.person("Amy"))
    assert card.isHidden()
    counter.settle()
    assert card.isHidden()
