"""The printable why: every figure of reward and earnings, in the host's language, without anybody's address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from directsell.domain.demos import Demo, DemoState
from directsell.domain.earnings import EarningPlan, EarningStep
from directsell.domain.host_programmes.samples import SAMPLES
from directsell.domain.people import Address, Person
from directsell.store.queries.parties import party, party_facts
from directsell.usecases.demos import save_demo
from directsell.usecases.earnings import save_earning_plan
from directsell.usecases.parties import set_co_hosts, start_programme
from directsell.usecases.party_sheets import host_sheet
from directsell.usecases.why_sheets import why_pdf, why_sheet
from tests.fixtures.shops import Shop, casa_verde

DAY = date(2026, 2, 14)
STEPS = next(sample for sample in SAMPLES if sample.key == "us-steps-weighted").rules


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = casa_verde(tmp_path / "book")
    yield made
    made.app.close()


@pytest.fixture
def demo(shop: Shop) -> Demo:
    made = Demo(
        id=shop.ids.new(),
        title="Dana's party",
        host_id=shop.person("Dana"),
        day=date(2026, 2, 13),
        state=DemoState.OPEN,
        created_at=shop.clock.now(),
    )
    shop.app.run(save_demo, made)
    shop.app.run(start_programme, made.id, "Steps", STEPS)
    shop.enter("Amy", ("CV-402", "1"), ("CV-777", "1"), demo_id=made.id)
    shop.enter("Beth", ("CV-315", "3"), demo_id=made.id)
    with shop.app.store.write("test") as work:
        work.save(Address(id=work.new_id(), person_id=shop.person("Amy"), street="9 Secret Lane", city="Taos"))
    return made


def sheet(shop: Shop, demo: Demo, **more: Any) -> dict[str, list[str]]:
    found = shop.app.read(why_sheet, demo.id, DAY, **more)
    assert "Secret Lane" not in repr(found)
    return {section.title: [row.label for row in section.rows] for section in found.sections}


def test_every_figure_is_explained(shop: Shop, demo: Demo) -> None:
    found = sheet(shop, demo)
    assert found["Qualifying sales"][0] == "Amy: $122.00 count as sales."
    assert found["Credit"] == ["10% of $296.00: credit $29.60"]
    assert found["Reward"] == ["Together: $29.60 credit, 2 half-price rights"]
    assert "Your earnings" not in found
    assert shop.app.read(why_pdf, demo.id, DAY).startswith(b"%PDF")


def test_the_earnings_stand_on_the_sellers_own_copy(shop: Shop, demo: Demo) -> None:
    plan = EarningPlan(currency="USD", ppm=300_000, steps=(EarningStep(start=30_000, ppm=310_000),))
    shop.app.run(save_earning_plan, plan)
    found = shop.app.read(why_sheet, demo.id, DAY, earnings=True)
    rows = [row for section in found.sections[-2:] for row in section.rows]
    assert [(row.label, row.value) for row in rows[:2]] == [("Goods", "$88.80"), ("Earned", "$88.80")]
    assert rows[0].note == "30% of $296.00"
    assert rows[2].label == "$4.00 more: you earn $93.00 instead of $88.80"
    assert rows[3].label == "The step inverts: goods for $300.00 cost you $207.00, those of now $207.20."


def test_shares_of_co_hosts_are_explained(shop: Shop, demo: Demo) -> None:
    shop.app.run(set_co_hosts, demo.id, [shop.person("Gina")])
    found = sheet(shop, demo)
    assert found["Share of Gina"][-1] == "Together: $14.80 credit, 1 half-price right"


def test_the_sheets_speak_the_language_of_the_host(shop: Shop, demo: Demo) -> None:
    with shop.app.store.write("test") as work:
        dana = work.get(Person, shop.person("Dana"))
        work.save(replace(dana, language="qps"))
    shown = shop.app.read(party, demo.id)
    assert shop.app.read(party_facts, shown).orders[0].key == "Amy"
    text = " ".join(row.label for section in shop.app.read(why_sheet, demo.id, DAY).sections for row in section.rows)
    assert "count as sales" not in text
    own = {s.title: s for s in shop.app.read(host_sheet, demo.id, DAY).sections}
    words = " ".join(row.label for section in own.values() for row in section.rows)
    assert "count as sales" not in words
    assert "29.60" in words
