"""What a host's demos brought: held, called off, sales, bookings, rewards, and the rate at which they take place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from directsell.domain.demos import Demo, DemoState
from directsell.domain.host_programmes.samples import SAMPLES
from directsell.domain.orders import OrderState
from directsell.store.queries.host_figures import host_figures
from directsell.usecases.demos import save_demo
from directsell.usecases.parties import book_next, start_programme
from tests.fixtures.shops import Shop, casa_verde

STEPS = next(sample for sample in SAMPLES if sample.key == "us-steps").rules


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = casa_verde(tmp_path / "book")
    yield made
    made.app.close()


def demo(shop: Shop, day: int, state: DemoState, host: str = "Dana") -> Demo:
    made = Demo(
        id=shop.ids.new(),
        host_id=shop.person(host),
        day=date(2026, 1, day),
        state=state,
        created_at=shop.clock.now(),
    )
    shop.app.run(save_demo, made)
    return made


def test_a_host_over_all_her_demos(shop: Shop) -> None:
    first, second = demo(shop, 3, DemoState.SETTLED), demo(shop, 17, DemoState.CLOSING)
    demo(shop, 20, DemoState.CANCELLED)
    demo(shop, 30, DemoState.PLANNED)
    demo(shop, 31, DemoState.SETTLED, "Beth")
    shop.app.run(start_programme, first.id, "Steps", STEPS)
    shop.enter("Amy", ("CV-315", "4"), demo_id=first.id)
    shop.enter("Beth", ("CV-402", "1"), demo_id=first.id)
    shop.enter("Carla", ("CV-402", "1"), demo_id=second.id)
    shop.enter("Dee", ("CV-402", "1"), demo_id=second.id, state=OrderState.DRAFT)
    shop.app.run(book_next, second.id, shop.person("Amy"), day=date(2026, 2, 20))
    found = shop.app.read(host_figures, shop.person("Dana"))
    assert found is not None
    assert (found.held, found.called_off, found.planned, found.last) == (2, 1, 1, date(2026, 1, 17))
    assert (found.orders, found.sales, found.average) == (3, 32_326, 16_163)
    assert (found.bookings, found.credit, found.rights) == (1, 2660, 2)
    assert found.hold_rate_ppm == 666_667


def test_somebody_who_never_hosted_has_none(shop: Shop) -> None:
    assert shop.app.read(host_figures, shop.person("Amy")) is None


def test_a_first_demo_that_is_still_to_come(shop: Shop) -> None:
    demo(shop, 30, DemoState.CONFIRMED)
    found = shop.app.read(host_figures, shop.person("Dana"))
    assert found is not None
    assert (found.held, found.average, found.hold_rate_ppm, found.last) == (0, 0, None, None)
