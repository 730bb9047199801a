"""Rule D15 on the screen: what the seller earns, the next step, the step that inverts, and the form of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.domain.catalog import HostProgramme
from directsell.domain.demos import Demo
from directsell.domain.earnings import ClassRate, EarningPlan, EarningStep
from directsell.domain.host_programmes.samples import SAMPLES
from directsell.store.queries.earnings import stored_plan
from directsell.ui.navigation import Route
from directsell.ui.pages.desk import DeskPage
from directsell.ui.widgets.earnings_sheet import EarningsSheet
from directsell.ui.widgets.fields import CheckBox
from directsell.usecases.demos import save_demo
from directsell.usecases.earnings import save_earning_plan
from directsell.usecases.parties import save_programme
from tests.ui.counter import Counter
from tests.ui.homes import edit, open_house

STEPS = EarningPlan(currency="USD", ppm=300_000, steps=(EarningStep(start=28_500, ppm=350_000),))


@pytest.fixture
def counter(themed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path / "book", qtbot)
    yield made
    made.close()


@pytest.fixture
def page(counter: Counter) -> DeskPage:
    shop = counter.shop
    demo = Demo(id=shop.ids.new(), host_id=shop.person("Dana"), day=date(2026, 2, 13), created_at=shop.clock.now())
    shop.app.run(save_demo, demo)
    page = counter.show(DeskPage(counter.session), 1320, 740)
    page.show_route(Route("desk", str(demo.id)))
    counter.settle()
    return page


def sheet_of(counter: Counter, page: DeskPage) -> EarningsSheet:
    next(command for command in page.commands() if command.text == "How you earn").run()
    counter.settle()
    assert page.errands.plan is not None
    return page.errands.plan


def test_what_is_earned_so_far_and_the_next_step(counter: Counter, page: DeskPage) -> None:
    card, demo_id = page.party.earnings, page.demo_id
    counter.shop.enter("Amy", ("CV-777", "2"), demo_id=demo_id)
    counter.settle()
    assert (card.total.text(), card.detail.text()) == ("$44.00", "25% of $176.00 at full price")
    counter.shop.app.run(save_earning_plan, STEPS)
    counter.settle()
    assert card.total.text() == "$52.80"
    assert [row.words for row in card.rows] == ["$109.00 more: you earn $99.75 instead of $52.80"]
    assert card.warnings == []


def test_a_step_that_inverts_is_warned_of(counter: Counter, page: DeskPage) -> None:
    counter.shop.app.run(save_earning_plan, STEPS)
    counter.shop.enter("Amy", ("CV-777", "2"), ("CV-402", "1"), ("CV-315", "1"), demo_id=page.demo_id)
    counter.settle()  # 268.00
    (warning,) = page.party.earnings.warnings
    assert warning.text() == "The step inverts: goods for $285.00 cost you $185.25, those of now $187.60."
    falling = EarningPlan(currency="USD", ppm=300_000, steps=(EarningStep(start=27_000, ppm=200_000),))
    counter.shop.app.run(save_earning_plan, falling)
    counter.settle()
    words = [label.text() for label in page.party.earnings.warnings]
    assert words == ["At $270.00 you would earn less than now: $54.00 instead of $80.40."]


def test_the_plan_is_written_down(counter: Counter, page: DeskPage) -> None:
    sheet = sheet_of(counter, page)
    assert sheet.rate.text().startswith("25")
    edit(sheet.rate, "30")
    sheet.add_step.click()
    start, share = (field.editor for field in sheet.steps[0].fields)
    edit(start, "285")
    edit(share, "35")
    sheet.add_class.click()
    name, own, counts = (field.editor for field in sheet.classes[0].fields)
    edit(name, "sales aids")
    edit(own, "0")
    assert isinstance(counts, CheckBox)
    counts.click()
    assert sheet._odd.text() == "Orders from $264.66 up to $285.00 cost you more than one of $285.00."
    sheet.save_button.click()
    counter.settle()
    plan = counter.shop.app.read(stored_plan, None)
    assert plan == EarningPlan(
        currency="USD",
        ppm=300_000,
        steps=STEPS.steps,
        classes=(ClassRate(name="sales aids", ppm=0, counts=False),),
    )
    assert not sheet.isVisible()
    sheet = sheet_of(counter, page)
    assert sheet.plan() == plan
    sheet.forget.click()
    counter.settle()
    assert counter.shop.app.read(stored_plan, None) is None


def test_what_makes_no_sense_is_said_at_its_field(counter: Counter, page: DeskPage) -> None:
    sheet = sheet_of(counter, page)
    for amount in ("200", "100"):
        sheet.add_step.click()
        edit(sheet.steps[-1].fields[0].editor, amount)
    sheet.save_button.click()
    counter.settle()
    assert sheet.steps[1].fields[0].error() == "Each step begins higher than the one before."
    sheet.steps[1].cross.click()
    sheet.save_button.click()
    counter.settle()
    assert not sheet.isVisible()


def test_the_settings_lead_to_the_plan_of_each_company(themed: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with open_house(tmp_path, qtbot) as house:
        rules = next(sample.rules for sample in SAMPLES if sample.key == "us-steps")
        key = house.desk.session.new_id()
        programme = HostProgramme(
            id=key, family_id=key, name="Steps", valid_from=date(2026, 1, 1), currency="USD", rules="{}"
        )
        house.book.app.run(save_programme, programme, rules)
        section = house.go("programmes")
        section.plan_menu.aboutToShow.emit()
        entries = [action.text() for action in section.plan_menu.actions()]
        assert entries == ["All companies", "Steps"]
        section.plan_menu.actions()[1].trigger()
        house.desk.settle()
        edit(section._plan.rate, "40")
        section._plan.save_button.click()
        house.desk.settle()
        stored = house.book.app.read(stored_plan, key)
        assert stored is not None
        assert stored.ppm == 400_000
