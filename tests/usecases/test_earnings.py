"""Rule D15 with a party's orders: the plan that is written down, its steps, and the order to the company by class."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from directsell.domain.demos import Demo, DemoState
from directsell.domain.earnings import ClassRate, EarningPlan, EarningStep
from directsell.domain.errors import DomainError
from directsell.domain.host_programmes.samples import SAMPLES
from directsell.store.queries.earnings import PartyEarnings, plan_for, stored_plan
from directsell.store.queries.parties import party
from directsell.store.queries.settlements import party_account
from directsell.usecases.catalog import save_product
from directsell.usecases.demos import save_demo
from directsell.usecases.earnings import forget_earning_plan, save_earning_plan
from directsell.usecases.parties import start_programme
from tests.fixtures.shops import Shop, casa_verde

STEPS = EarningPlan(currency="USD", ppm=300_000, steps=(EarningStep(start=28_500, ppm=350_000),))
CLASSES = EarningPlan(
    currency="USD",
    ppm=500_000,
    classes=(ClassRate(name="clothing", ppm=450_000), ClassRate(name="sales aids", ppm=0, counts=False)),
)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = casa_verde(tmp_path / "book")
    yield made
    made.app.close()


@pytest.fixture
def demo(shop: Shop) -> Demo:
    made = Demo(
        id=shop.ids.new(),
        host_id=shop.person("Dana"),
        day=date(2026, 2, 13),
        state=DemoState.OPEN,
        created_at=shop.clock.now(),
    )
    shop.app.run(save_demo, made)
    return made


def earnings(shop: Shop, demo: Demo) -> PartyEarnings:
    return shop.app.read(party_account, demo.id).earnings


def test_without_a_plan_it_is_the_flat_share(shop: Shop, demo: Demo) -> None:
    shop.enter("Amy", ("CV-402", "1"), ("CV-110", "2"), demo_id=demo.id)
    found = earnings(shop, demo)
    assert (found.stored, found.total, found.nudges) == (False, 1475, ())


def test_the_step_that_inverts_is_known(shop: Shop, demo: Demo) -> None:
    """D15: an order of 265 at 30 % pays 185.50, one of 285 at 35 % pays 185.25."""
    shop.app.run(save_earning_plan, STEPS)
    prices = {"CV-777": "2", "CV-315": "1"}  # 234.00
    shop.enter("Amy", *prices.items(), demo_id=demo.id)
    shop.enter("Beth", ("CV-518", "1"), demo_id=demo.id)  # 255.00
    found = earnings(shop, demo)
    assert (found.stored, found.earned.sales, found.total) == (True, 25_500, 7_650)
    (nudge,) = found.nudges
    assert (nudge.missing, nudge.commission, nudge.inverts) == (3_000, 9_975, False)
    shop.enter("Carla", ("CV-110", "1"), demo_id=demo.id)  # 267.50
    (nudge,) = earnings(shop, demo).nudges
    assert (nudge.missing, nudge.pay, nudge.inverts) == (1_750, 18_525, True)


def test_the_order_to_the_company_follows_the_classes(shop: Shop, demo: Demo) -> None:
    for code, category in (("CV-777", "clothing"), ("CV-110", "sales aids")):
        product = shop.product(code)
        shop.app.run(save_product, _with(product, category))
    shop.app.run(save_earning_plan, CLASSES)
    shop.enter("Amy", ("CV-777", "1"), ("CV-110", "4"), ("CV-204", "1"), demo_id=demo.id)
    account = shop.app.read(party_account, demo.id)
    rows = [(row.name, row.sales, row.commission) for row in account.earnings.earned.rows]
    assert rows == [("", 4_600, 2_300), ("clothing", 8_800, 3_960), ("sales aids", 5_000, 0)]
    assert account.company.commission == account.earnings.total == 6_260


def _with(product: Any, category: str) -> Any:
    return replace(product, category=category)


def test_a_programme_has_its_companys_own_plan(shop: Shop, demo: Demo) -> None:
    rules = next(sample.rules for sample in SAMPLES if sample.key == "us-steps")
    shop.app.run(start_programme, demo.id, "Steps", rules)
    family = shop.app.read(party, demo.id).programme.family_id  # type: ignore[union-attr]
    shop.app.run(save_earning_plan, STEPS)
    shop.app.run(save_earning_plan, CLASSES, family)
    assert shop.app.read(plan_for, family, "USD") == CLASSES
    assert shop.app.read(plan_for, None, "USD") == STEPS
    assert shop.app.read(plan_for, None, "EUR") is None
    shop.app.run(forget_earning_plan, family)
    assert shop.app.read(stored_plan, family) is None
    assert shop.app.read(plan_for, family, "USD") == STEPS


def test_a_plan_without_sense_is_refused(shop: Shop) -> None:
    steps = (EarningStep(start=200, ppm=1), EarningStep(start=100, ppm=2))
    with pytest.raises(DomainError, match="earnings.step_order"):
        shop.app.run(save_earning_plan, EarningPlan(currency="USD", steps=steps))
    with pytest.raises(DomainError, match="record.missing"):
        shop.app.run(save_earning_plan, STEPS, shop.ids.new())
