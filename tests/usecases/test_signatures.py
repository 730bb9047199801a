"""Signing orders: the last signature of each counts, changed orders are not covered, papers print what covers them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from directsell.domain.demos import Demo
from directsell.domain.errors import DomainError
from directsell.domain.invoicing import PaperKind
from directsell.domain.orders import Order, OrderLine, OrderState, Signature, Signer
from directsell.domain.papers import Paper, SignedBy
from directsell.domain.payments import PaymentMethod
from directsell.domain.records import standing
from directsell.store.queries.orders import OrderView
from directsell.store.queries.settlements import Todo, party_account
from directsell.store.queries.signatures import Signed, signatures_of
from directsell.usecases.demos import save_demo
from directsell.usecases.invoicing import cancel_paper, issue_paper
from directsell.usecases.merging import merge_people, separate_people
from directsell.usecases.orders import OrderForm, cancel_order, deliver_order, save_order
from directsell.usecases.papers import preview_of
from directsell.usecases.payments import take_payment
from directsell.usecases.signatures import sign_on_paper, sign_order
from tests.fixtures.shops import Shop

NAME = [[(100, 200), (300, 100), (320, 260)], [(400, 200), (600, 180)]]
OTHER = [[(50, 50), (700, 300)]]


@pytest.fixture
def order(shop: Shop) -> OrderView:
    """An order that was placed."""
    return shop.enter("Amy", ("CV-110", "2"), ("CV-402", "1"))


def signed(shop: Shop, order_id: UUID) -> dict[Signer, Signed]:
    return shop.app.read(signatures_of, shop.view(order_id))


def sign(shop: Shop, order: OrderView, strokes: list[list[tuple[int, int]]] = NAME) -> Signature:
    return shop.app.run(sign_order, order.order.id, signer=Signer.CUSTOMER, strokes=strokes)


def slip(shop: Shop, order: OrderView) -> Paper:
    return shop.app.read(preview_of, order.order.id, PaperKind.ORDER_SLIP, shop.clock.today())


def change(shop: Shop, order: OrderView, **changes: object) -> None:
    view = shop.view(order.order.id)
    shop.app.run(save_order, OrderForm(order=replace(view.order, **changes), lines=view.lines))  # type: ignore[arg-type]


def test_a_signature_is_kept_as_strokes(shop: Shop, order: OrderView) -> None:
    sign(shop, order)
    found = signed(shop, order.order.id)[Signer.CUSTOMER]
    assert found.signature.strokes == "[[[100,200],[300,100],[320,260]],[[400,200],[600,180]]]"
    assert found.drawn == tuple(tuple(stroke) for stroke in NAME)
    assert found.covers


@pytest.mark.parametrize(
    ("strokes", "code"),
    [
        ([[(0, 0)]], "signature.empty"),
        ([[(0, 0), (5000, 1)]], "signature.unreadable"),
        ([[(0, 0)] * 9_999], "too_long"),
    ],
)
def test_what_is_no_signature_is_refused(
    shop: Shop, order: OrderView, strokes: list[list[tuple[int, int]]], code: str
) -> None:
    with pytest.raises(DomainError, match=code):
        sign(shop, order, strokes)
    assert signed(shop, order.order.id) == {}


def test_a_new_signature_cancels_the_earlier_one_of_the_same_signer(shop: Shop, order: OrderView) -> None:
    sign(shop, order)
    shop.app.run(sign_order, order.order.id, signer=Signer.SELLER, strokes=NAME)
    sign(shop, order, OTHER)
    rows = shop.app.read(lambda reader: reader.find(Signature, order_id=order.order.id))
    assert len(rows) == 4
    assert [(row.signer, row.strokes) for row in standing(rows)] == [
        (Signer.SELLER, "[[[100,200],[300,100],[320,260]],[[400,200],[600,180]]]"),
        (Signer.CUSTOMER, "[[[50,50],[700,300]]]"),
    ]
    assert set(signed(shop, order.order.id)) == {Signer.CUSTOMER, Signer.SELLER}


def test_undo_brings_the_earlier_signature_back_and_redo_takes_it_again(shop: Shop, order: OrderView) -> None:
    first, second = sign(shop, order), sign(shop, order, OTHER)
    shop.app.undo()
    assert signed(shop, order.order.id)[Signer.CUSTOMER].signature.id == first.id
    shop.app.redo()
    assert signed(shop, order.order.id)[Signer.CUSTOMER].signature.id == second.id
    shop.app.undo()
    third = sign(shop, order)  # on top of one that undo brought back
    assert signed(shop, order.order.id)[Signer.CUSTOMER].signature.id == third.id
    shop.app.undo()
    shop.app.undo()
    assert signed(shop, order.order.id) == {}


def _more(view: OrderView) -> tuple[Order, tuple[OrderLine, ...]]:
    return view.order, (replace(view.lines[0], quantity=Decimal(3)), *view.lines[1:])


def _other(view: OrderView) -> tuple[Order, tuple[OrderLine, ...]]:
    return view.order, (replace(view.lines[0], name="Another peeler"), *view.lines[1:])


def _dearer(view: OrderView) -> tuple[Order, tuple[OrderLine, ...]]:
    return replace(view.order, shipping=400), view.lines


def _turned(view: OrderView) -> tuple[Order, tuple[OrderLine, ...]]:
    return view.order, tuple(reversed(view.lines))


def _noted(view: OrderView) -> tuple[Order, tuple[OrderLine, ...]]:
    return replace(view.order, note="ring twice"), view.lines


@pytest.mark.parametrize(
    ("changed", "covers"), [(_more, False), (_other, False), (_dearer, False), (_turned, True), (_noted, True)]
)
def test_a_signature_covers_what_was_signed(
    shop: Shop,
    order: OrderView,
    changed: Callable[[OrderView], tuple[Order, tuple[OrderLine, ...]]],
    covers: bool,
) -> None:
    sign(shop, order)
    now, lines = changed(shop.view(order.order.id))
    shop.app.run(save_order, OrderForm(order=now, lines=lines))
    assert signed(shop, order.order.id)[Signer.CUSTOMER].covers is covers
    assert bool(slip(shop, order).customer_signed.strokes) is covers


def test_payment_and_delivery_do_not_change_what_was_signed(shop: Shop, order: OrderView) -> None:
    sign(shop, order)
    shop.app.run(take_payment, order.order.id, method=PaymentMethod.CASH, amount=1000)
    shop.app.run(deliver_order, order.order.id)
    assert signed(shop, order.order.id)[Signer.CUSTOMER].covers


def test_putting_the_order_back_makes_the_signature_hold_again(shop: Shop, order: OrderView) -> None:
    sign(shop, order)
    change(shop, order, shipping=400)
    shop.app.undo()
    assert signed(shop, order.order.id)[Signer.CUSTOMER].covers


def test_a_pen_on_paper_is_noted_and_prints_no_strokes(shop: Shop, order: OrderView) -> None:
    sign(shop, order)
    shop.app.run(sign_on_paper, order.order.id, signer=Signer.CUSTOMER)
    found = signed(shop, order.order.id)[Signer.CUSTOMER]
    assert found.covers
    assert found.drawn == ()
    assert slip(shop, order).customer_signed == SignedBy()


def test_an_order_without_goods_and_a_cancelled_one_are_not_signed(shop: Shop, order: OrderView) -> None:
    empty = shop.enter("Beth", state=OrderState.DRAFT)
    with pytest.raises(DomainError, match=r"order\.empty"):
        sign(shop, empty)
    shop.app.run(cancel_order, order.order.id)
    with pytest.raises(DomainError, match=r"signature\.cancelled_order"):
        sign(shop, order)
    with pytest.raises(DomainError, match=r"signature\.cancelled_order"):
        shop.app.run(sign_on_paper, order.order.id, signer=Signer.CUSTOMER)


def test_the_slip_carries_the_signatures_and_its_cancellation_does_not(shop: Shop, order: OrderView) -> None:
    signature = sign(shop, order)
    paper = shop.app.run(issue_paper, order.order.id, PaperKind.ORDER_SLIP)
    content = Paper.from_json(paper.content)
    assert content.customer_signed == SignedBy(strokes=signature.strokes, signed_on=shop.clock.today())
    assert content.seller_signed == SignedBy()
    void = shop.app.run(cancel_paper, paper.id, reason="typing mistake")
    assert Paper.from_json(void.content).customer_signed == SignedBy()
    invoice = shop.app.read(preview_of, order.order.id, PaperKind.INVOICE, shop.clock.today())
    assert invoice.customer_signed == SignedBy()


def test_the_closing_list_names_what_is_unsigned_or_changed(shop: Shop) -> None:
    demo = Demo(id=shop.ids.new(), day=shop.clock.today(), created_at=shop.clock.now())
    shop.app.run(save_demo, demo)
    amy, beth = (shop.enter(name, ("CV-110", "1"), demo_id=demo.id) for name in ("Amy", "Beth"))
    sign(shop, beth)
    change(shop, beth, shipping=300)
    todos = {(item.todo, item.order_id) for item in shop.app.read(party_account, demo.id).checklist}
    assert (Todo.NO_SIGNATURE, amy.order.id) in todos
    assert (Todo.SIGNED_BEFORE, beth.order.id) in todos
    sign(shop, amy)
    sign(shop, beth)
    todos = {(item.todo, item.order_id) for item in shop.app.read(party_account, demo.id).checklist}
    assert not {todo for todo, _id in todos} & {Todo.NO_SIGNATURE, Todo.SIGNED_BEFORE}


def test_a_customer_who_was_entered_twice_is_still_the_one_who_signed(shop: Shop, order: OrderView) -> None:
    sign(shop, order)
    merge = shop.app.run(merge_people, shop.person("Amy B."), shop.person("Amy"))
    view = shop.view(order.order.id)
    assert view.order.person_id == shop.person("Amy B.")
    assert signed(shop, order.order.id)[Signer.CUSTOMER].covers
    shop.app.run(separate_people, merge.id)
    assert signed(shop, order.order.id)[Signer.CUSTOMER].covers


def test_another_customer_has_not_signed(shop: Shop, order: OrderView) -> None:
    sign(shop, order)
    change(shop, order, person_id=shop.person("Beth"))
    assert not signed(shop, order.order.id)[Signer.CUSTOMER].covers
