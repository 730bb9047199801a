"""Closing and settling a demo on its detail: checklist, cash, charges, costs, figures, sheets, the company order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from directsell.domain.demos import CostKind, Demo, DemoState
from directsell.domain.host_programmes.samples import SAMPLES
from directsell.domain.payments import PaymentMethod
from directsell.store.queries.parties import party
from directsell.store.queries.settlements import party_account, settling_terms
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.navigation import Route
from directsell.ui.pages.demos import DemosPage
from directsell.ui.pages.demos.closing import ClosingCard
from directsell.ui.pages.demos.settlement import SettlementCard
from directsell.ui.routes import REDEEM
from directsell.ui.widgets import paper_dialog
from directsell.ui.widgets.buttons import Button
from directsell.usecases.demos import save_demo
from directsell.usecases.orders import MoneyTaken
from directsell.usecases.parties import start_programme
from directsell.usecases.party_sheets import host_sheet, host_sheet_pdf, settlement_pdf, settlement_sheet
from tests.ui.counter import Counter

CASH = PaymentMethod.CASH


@pytest.fixture
def counter(themed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path / "book", qtbot)
    yield made
    made.close()


@pytest.fixture
def demo(counter: Counter) -> Demo:
    shop = counter.shop
    made = Demo(
        id=shop.ids.new(),
        title="Dana's party",
        host_id=shop.person("Dana"),
        day=date(2026, 2, 13),
        state=DemoState.CLOSING,
        country="US",
        created_at=shop.clock.now(),
    )
    shop.app.run(save_demo, made)
    money = MoneyTaken(method=CASH, amount=6896)
    shop.enter("Amy", ("CV-402", "1"), ("CV-110", "2"), payments=(money,), demo_id=made.id, shipping=500)
    money = MoneyTaken(method=CASH, amount=2000)
    shop.enter("Ella", ("CV-204", "1"), ("CV-518", "1"), payments=(money,), demo_id=made.id, shipping=500)
    return made


@pytest.fixture
def page(counter: Counter, demo: Demo, scripted: ScriptedDialogs) -> DemosPage:
    shown = counter.show(DemosPage(counter.session))
    shown.show_route(Route("demos", str(demo.id)))
    counter.settle()
    return shown


@pytest.fixture
def closing(page: DemosPage) -> ClosingCard:
    return page.detail.closing


@pytest.fixture
def settlement(page: DemosPage) -> SettlementCard:
    return page.detail.settlement


def words(card: ClosingCard) -> list[str]:
    return [row.layout().itemAt(0).widget().text() for row in card.checklist.rows]  # type: ignore[union-attr]


def names(row: QWidget) -> list[str]:
    return [button.caption() for button in row.findChildren(Button)]


def test_the_checklist_names_what_is_left_and_leads_there(counter: Counter, closing: ClosingCard) -> None:
    found = words(closing)
    assert "Ella: $55.95 still open" in found
    assert "The cash was not counted yet: $88.96 by the ledger" in found
    assert names(closing.checklist.rows[found.index("No slip was printed:")]) == ["Amy", "Ella"]
    row = closing.checklist.rows[found.index("Ella: $55.95 still open")]
    row.findChildren(QAbstractButton)[0].click()
    route = counter.session.navigation.current
    assert route is not None
    assert route.page == "orders"


def test_the_cash_is_compared_while_it_is_typed_and_kept(counter: Counter, demo: Demo, closing: ClosingCard) -> None:
    closing.cash.float_start.set_value(1000)
    closing.cash.float_start.committed.emit()
    counter.settle()
    closing.cash.pieces[2000].set_value(4)
    closing.cash.pieces[500].set_value(3)
    closing.cash.pieces[100].set_value(3)
    closing.cash.pieces[25].set_value(3)
    closing.cash.pieces[10].set_value(2)
    closing.cash._compare()
    assert closing.cash._verdict.text() == "Counted $98.95; by the ledger $98.96. $0.01 missing."
    closing.cash.pieces[1].set_value(1)
    closing.cash._compare()
    assert closing.cash._verdict.text().endswith("It fits.")
    closing.cash.count_button.click()
    counter.settle()
    account = counter.shop.app.read(party_account, demo.id)
    assert account.cash is not None
    assert (account.cash.counted, account.cash.difference) == (9896, 0)
    assert not [text for text in words(closing) if "cash" in text]


def test_charges_hours_costs_and_terms_change_the_figures(
    counter: Counter, demo: Demo, settlement: SettlementCard
) -> None:
    settlement.hours.set_value(Decimal("4.5"))
    settlement.miles.set_value(Decimal(24))
    settlement.hours.committed.emit()
    counter.settle()
    settlement.shipping.setText("5.00; 2.50")
    settlement.shipping.textEdited.emit("5.00; 2.50")
    settlement.shipping.editingFinished.emit()
    counter.settle()
    settlement.commission.set_value(300_000)
    settlement.commission.committed.emit()
    counter.settle()
    settlement.kind.set_value(CostKind.DOOR_PRIZE)
    settlement.amount.set_value(425)
    settlement._add_cost()
    counter.settle()
    shown = counter.shop.app.read(party, demo.id)
    assert (shown.demo.hours, shown.demo.miles) == (Decimal("4.5"), Decimal(24))
    assert [(cost.kind, cost.amount) for cost in shown.costs] == [(CostKind.DOOR_PRIZE, 425)]
    assert counter.shop.app.read(settling_terms).commission_ppm == 300_000
    account = counter.shop.app.read(party_account, demo.id)
    assert account.books.shipping == (500, 250)
    assert settlement.figures["Door prizes"] in ("-$4.25", "−$4.25")
    assert settlement.figures["Mileage"] in ("-$17.40", "−$17.40")
    assert "Net per hour" in settlement.figures
    settlement.costs[0].findChildren(QAbstractButton)[0].click()
    counter.settle()
    assert settlement.costs == []


def test_the_tax_passed_on_is_entered_where_the_slips_do_not_tell(
    counter: Counter, demo: Demo, settlement: SettlementCard
) -> None:
    shop = counter.shop
    assert settlement.tax.value() is None
    assert settlement.tax.placeholderText() == "0.00"  # the company charged it in advance
    assert settlement.gaps["of it shipping, collected less charged"] == "$10.00"
    before = shop.app.read(party_account, demo.id).settlement
    settlement.tax.setFocus()
    counter.type("3.21", Qt.Key.Key_Tab)
    counter.settle()
    account = shop.app.read(party_account, demo.id)
    assert account.books.tax_remitted == 321
    assert account.settlement.result == before.result - 321
    assert settlement.figures["Tax passed on"] in ("-$3.21", "−$3.21")
    settlement.charges_tax.click()
    counter.settle()
    assert settlement.tax.placeholderText() == "8.91"
    settlement.tax.setFocus()
    settlement.tax.selectAll()
    counter.type(Qt.Key.Key_Delete, Qt.Key.Key_Tab)
    counter.settle()
    assert shop.app.read(party_account, demo.id).books.tax_remitted is None
    assert shop.app.read(party_account, demo.id).settlement.tax_remitted == 891


def test_the_way_counts_at_the_rate_of_its_year_and_country(
    counter: Counter, demo: Demo, settlement: SettlementCard
) -> None:
    assert settlement._way.editor.accessibleName() == "Miles driven"
    assert settlement._rate.editor.accessibleName() == "Rate a mile, 2026"
    settlement.miles.setFocus()
    counter.type("24", Qt.Key.Key_Tab)
    counter.settle()
    assert settlement._way._hint == "24 mi × $0.725"
    settlement.rate.setFocus()
    settlement.rate.selectAll()
    counter.type("0.5", Qt.Key.Key_Tab)
    counter.settle()
    account = counter.shop.app.read(party_account, demo.id)
    assert (account.settlement.costs.mileage, account.rate and account.rate.rate) == (1200, Decimal("0.5"))
    settlement.rate.selectAll()
    settlement.rate.setFocus()
    settlement.rate.selectAll()
    counter.type(Qt.Key.Key_Delete, Qt.Key.Key_Tab)
    counter.settle()
    assert counter.shop.app.read(party_account, demo.id).settlement.costs.mileage == 1740


def test_sheets_are_drawn(
    counter: Counter,
    demo: Demo,
    closing: ClosingCard,
    settlement: SettlementCard,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(paper_dialog, "show_drawn", lambda *args: asked.append(args[3]))
    closing.host_button.click()
    settlement.sheet_button.click()
    assert asked == [host_sheet_pdf, settlement_pdf]
    read = counter.shop.app.read
    day = date(2026, 2, 14)
    assert read(host_sheet_pdf, demo.id, day).startswith(b"%PDF")
    assert read(settlement_pdf, demo.id, day).startswith(b"%PDF")
    sheet = read(host_sheet, demo.id, day)
    assert [row.label for row in sheet.sections[0].rows] == ["Amy", "Ella", "Goods of all guests"]
    assert read(settlement_sheet, demo.id, day).sections[-1].rows[-1].label == "Net"


def test_the_host_sheet_shows_no_address(counter: Counter, demo: Demo) -> None:
    from directsell.domain.people import Address

    with counter.shop.app.store.write("test") as work:
        work.save(Address(id=work.new_id(), person_id=counter.shop.person("Amy"), street="9 Secret Lane", city="Taos"))
    text = repr(counter.shop.app.read(host_sheet, demo.id, date(2026, 2, 14)))
    assert "Amy" in text
    assert "Secret Lane" not in text
    assert "Taos" not in text


def test_the_company_order_is_a_file(
    counter: Counter, demo: Demo, closing: ClosingCard, scripted: ScriptedDialogs, tmp_path: Path
) -> None:
    scripted.answer(tmp_path / "order")
    closing.order_button.click()
    lines = (tmp_path / "order.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Code,Name,Quantity,Retail price,Wholesale price"
    assert lines[1] == "CV-110,Peeler,2,25.00,18.75"
    assert len(lines) == 5


def test_a_planned_demo_without_orders_has_nothing_to_close(counter: Counter, demo: Demo, page: DemosPage) -> None:
    later = replace(demo, id=counter.shop.ids.new(), state=DemoState.PLANNED, day=date(2026, 3, 1))
    counter.shop.app.run(save_demo, later)
    page.show_route(Route("demos", str(later.id)))
    counter.settle()
    assert not page.detail.closing.isVisible()
    assert not page.detail.settlement.isVisible()


def test_the_reward_leads_to_the_desk(counter: Counter, demo: Demo, closing: ClosingCard) -> None:
    assert closing.redeem_button.isHidden()
    flat = next(sample for sample in SAMPLES if sample.key == "us-flat")
    counter.shop.app.run(start_programme, demo.id, flat.name, flat.rules)
    counter.settle()
    assert not closing.redeem_button.isHidden()
    closing.redeem_button.click()
    assert counter.session.navigation.current == Route("desk", str(demo.id), REDEEM)
