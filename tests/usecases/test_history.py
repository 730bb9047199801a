"""Putting a step back from the history: a step of its own that can be undone, and never by force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from directsell.app import App
from directsell.domain.demos import Demo
from directsell.domain.errors import DomainError
from directsell.domain.invoicing import PaperKind
from directsell.domain.orders import Order, OrderState
from directsell.domain.payments import PaymentMethod
from directsell.domain.people import Person, Stage
from directsell.store.errors import Barrier, Conflict, Full
from directsell.store.queries.history import entry
from directsell.store.queries.orders import OrderView
from directsell.usecases.demos import save_demo
from directsell.usecases.history import put_back
from directsell.usecases.invoicing import issue_paper
from directsell.usecases.orders import OrderForm, deliver_order, save_order
from directsell.usecases.payments import take_payment
from directsell.usecases.people import change_stage
from tests.fixtures import books
from tests.fixtures.shops import Shop


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    opened = App(books.open_book(books.put_book(tmp_path / "book")))
    yield opened
    opened.close()


@pytest.fixture
def dana(app: App) -> Person:
    with app.store.write("Save person {name}") as work:
        return books.add_person(work, "Dana", family="Ruiz")


def last(app: App) -> int:
    return int(app.read(lambda reader: reader.value("SELECT max(tx) FROM journal_tx")))


def stage(app: App, person: Person) -> Stage:
    return app.read(lambda reader: reader.get(Person, person.id).stage)


def test_a_step_is_put_back_whatever_came_between(app: App, dana: Person) -> None:
    app.run(change_stage, dana.id, Stage.WON)
    changed = last(app)
    with app.store.write("Other") as work:
        books.add_person(work, "Beth")
        work.update(Person, dana.id, note="Words")
    app.run(put_back, changed)
    assert stage(app, dana) is Stage.NEW
    assert app.read(lambda reader: reader.get(Person, dana.id).note) == "Words"


def test_the_history_names_what_was_put_back(app: App, dana: Person) -> None:
    app.run(change_stage, dana.id, Stage.WON)
    changed = last(app)
    app.run(put_back, changed)
    step, original = app.read(entry, last(app)), app.read(entry, changed)
    assert step is not None
    assert original is not None
    assert step.row.params == {"label": "Change stage of {name}", "name": "Dana Ruiz"}
    assert (step.row.origin, step.row.reverts) == ("user", changed)
    assert original.taken_back_by == step.row


def test_putting_back_can_be_undone_and_put_back_itself(app: App, dana: Person) -> None:
    app.run(change_stage, dana.id, Stage.WON)
    app.run(put_back, last(app))
    back = last(app)
    app.undo()
    assert stage(app, dana) is Stage.WON
    app.redo()
    assert stage(app, dana) is Stage.NEW
    app.undo()
    with pytest.raises(Conflict):
        app.run(put_back, back)


def test_what_was_changed_since_refuses_and_says_which_field(app: App, dana: Person) -> None:
    app.run(change_stage, dana.id, Stage.CONTACTED)
    changed = last(app)
    app.run(change_stage, dana.id, Stage.WON)
    with pytest.raises(Conflict) as refusal:
        app.run(put_back, changed)
    assert refusal.value.params == {"table": "person", "id": dana.id, "fields": ["stage"]}
    assert stage(app, dana) is Stage.WON


def test_an_issued_number_is_never_put_back(app: App, dana: Person) -> None:
    with app.store.write("Issue", barrier=True) as work:
        books.issue(work, books.add_order(work, person_id=dana.id))
        issued = work.tx
    with pytest.raises(Barrier):
        app.run(put_back, issued)
    assert last(app) == issued


def test_an_addition_is_taken_away(app: App, dana: Person) -> None:
    app.run(put_back, last(app))
    assert app.read(lambda reader: reader.find_one(Person, dana.id)) is None


def paid_order(shop: Shop) -> tuple[OrderView, int]:
    """Enter an order and return it with the number of its transaction."""
    view = shop.enter("Amy", ("CV-110", "1"))
    return view, last(shop.app)


def test_an_order_with_a_paper_is_not_taken_away(shop: Shop) -> None:
    view, entered = paid_order(shop)
    paper = shop.app.run(issue_paper, view.order.id, PaperKind.ORDER_SLIP)
    with pytest.raises(DomainError) as refusal:
        shop.app.run(put_back, entered)
    assert (refusal.value.code, refusal.value.params["number"]) == ("order.issued", paper.number)
    assert shop.view(view.order.id).order == view.order


def test_what_a_paper_shows_is_not_put_back_under_it(shop: Shop) -> None:
    view, _entered = paid_order(shop)
    shop.app.run(save_order, OrderForm(order=replace(view.order, shipping=500), lines=view.lines))
    changed = last(shop.app)
    shop.app.run(issue_paper, view.order.id, PaperKind.ORDER_SLIP)
    with pytest.raises(DomainError, match="order.issued"):
        shop.app.run(put_back, changed)
    assert shop.view(view.order.id).totals.shipping == 500


def test_what_no_paper_shows_is_put_back(shop: Shop) -> None:
    view, _entered = paid_order(shop)
    shop.app.run(issue_paper, view.order.id, PaperKind.ORDER_SLIP)
    shop.app.run(deliver_order, view.order.id)
    shop.app.run(put_back, last(shop.app))
    assert shop.view(view.order.id).order.state is OrderState.PLACED


def test_an_order_with_money_is_not_taken_away(shop: Shop) -> None:
    view, entered = paid_order(shop)
    shop.app.run(take_payment, view.order.id, method=PaymentMethod.CASH, amount=100)
    with pytest.raises(DomainError, match="order.has_payments"):
        shop.app.run(put_back, entered)
    shop.app.undo()
    shop.app.run(put_back, entered)
    assert shop.app.read(lambda reader: reader.find_one(Order, view.order.id)) is None


def test_a_person_with_an_open_order_is_not_taken_away(shop: Shop) -> None:
    host = shop.person("Dana")
    met = last(shop.app)
    shop.enter("Dana", ("CV-110", "1"), state=OrderState.DRAFT)
    with pytest.raises(DomainError, match="person.open_orders"):
        shop.app.run(put_back, met)
    assert shop.app.read(lambda reader: reader.get(Person, host)).given == "Dana"


def test_a_demo_with_orders_is_not_taken_away(shop: Shop) -> None:
    demo = Demo(id=shop.ids.new(), day=date(2026, 2, 13), created_at=shop.clock.now())
    shop.app.run(save_demo, demo)
    booked = last(shop.app)
    shop.enter("Amy", ("CV-110", "1"), demo_id=demo.id)
    with pytest.raises(DomainError, match="demo.has_orders"):
        shop.app.run(put_back, booked)


def test_undo_that_the_disk_refused_is_still_there(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.person("Amy")
    shop.person("Beth")

    def full(*_args: object, **_more: object) -> None:
        raise Full("no room")

    with monkeypatch.context() as patch:
        patch.setattr(shop.app.store, "write", full)
        with pytest.raises(Full):
            shop.app.undo()
    step = shop.app.undo()
    assert step is not None
    assert step.params == {"name": "Beth"}
