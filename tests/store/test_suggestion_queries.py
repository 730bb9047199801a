"""Suggestions are counted from own orders: drafts, returns and deleted goods do not count; few orders suggest nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from directsell.domain.demos import wish_of
from directsell.domain.orders import OrderState
from directsell.domain.suggestions import Why
from directsell.store.queries.suggestions import Offer, offers
from directsell.usecases.catalog import save_product
from tests.fixtures.shops import Shop, casa_verde


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = casa_verde(tmp_path / "book")
    yield made
    made.app.close()


def ask(shop: Shop, name: str | None, *codes: str, **options: bool) -> list[tuple[str, Why]]:
    found: tuple[Offer, ...] = shop.app.read(
        offers, None if name is None else shop.person(name), [shop.product(code).id for code in codes],
        shop.clock.today(), **options,
    )  # fmt: skip
    return [(offer.name, offer.why) for offer in found]


def others(shop: Shop, count: int = 20) -> None:
    """Orders of other goods, so that two that go together stand out."""
    for number in range(count):
        shop.enter(f"Other {number}", ("CV-777", "1"))


def test_goods_bought_together_are_suggested(shop: Shop) -> None:
    others(shop)
    for name in ("Amy", "Beth", "Carla"):
        shop.enter(name, ("CV-402", "1"), ("CV-110", "2"))
    assert ask(shop, None, "CV-402") == [("Peeler", Why.TOGETHER)]
    assert ask(shop, "Dee", "CV-402", "CV-110") == []
    assert ask(shop, None) == []
    assert ask(shop, None, "CV-777") == []


def test_two_orders_or_drafts_prove_nothing(shop: Shop) -> None:
    others(shop)
    for name in ("Amy", "Beth"):
        shop.enter(name, ("CV-402", "1"), ("CV-110", "2"))
    for name in ("Carla", "Dee", "Ella"):
        shop.enter(name, ("CV-402", "1"), ("CV-110", "2"), state=OrderState.DRAFT)
    assert ask(shop, None, "CV-402") == []


def test_wishes_come_first_and_inactive_goods_never(shop: Shop) -> None:
    amy = shop.person("Amy")
    with shop.app.store.write("test") as work:
        for code in ("CV-315", "CV-204"):
            work.save(wish_of(amy, shop.product(code).id))
    assert set(ask(shop, "Amy")) == {("Stoneware Pan", Why.WISH), ("Batter Bowls", Why.WISH)}
    assert ask(shop, "Amy", wishes=False) == []
    shop.app.run(save_product, replace(shop.product("CV-315"), active=False))
    assert ask(shop, "Amy") == [("Batter Bowls", Why.WISH)]


def test_what_somebody_usually_takes(shop: Shop) -> None:
    start: date = shop.clock.today()
    for _ in range(3):
        shop.enter("Amy", ("CV-518", "1"))
        shop.clock.advance(days=30)
    assert shop.clock.today() == start + timedelta(days=90)
    assert ask(shop, "Amy") == [("Spice Trio", Why.DUE)]
    shop.enter("Amy", ("CV-518", "1"))
    assert ask(shop, "Amy") == [("Spice Trio", Why.USUAL)]
    assert ask(shop, "Amy", "CV-518") == []
    assert ask(shop, "Beth") == []


def test_unknown_products_in_the_basket_do_no_harm(shop: Shop) -> None:
    assert shop.app.read(offers, None, [UUID(int=5)], shop.clock.today()) == ()
