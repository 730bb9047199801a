"""Orders: a blank one with its defaults, one with its lines and money, prices on a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from directsell.domain.catalog import Price, price_on
from directsell.domain.demos import Demo
from directsell.domain.invoicing import IssuedPaper
from directsell.domain.orders import Order, OrderLine, OrderState
from directsell.domain.payments import Payment, came_back
from directsell.domain.people import Person
from directsell.domain.pricing import order_totals, profile_text
from directsell.domain.totals import OrderTotals, customer_discount
from directsell.store.queries.papers import papers_of_order
from directsell.store.queries.settings import business, tax_profile
from directsell.store.reader import Reader


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order with everything a form or a paper needs; ``paid`` and ``balance`` are minor units."""

    order: Order
    lines: tuple[OrderLine, ...]
    totals: OrderTotals
    payments: tuple[Payment, ...]
    papers: tuple[IssuedPaper, ...]
    person: Person | None
    demo: Demo | None
    paid: int

    @property
    def balance(self) -> int:
        """What is still to be paid; negative is the customer's credit."""
        return self.totals.total - self.paid

    @property
    def on_hold(self) -> bool:
        """The goods are not handed over: the bank gave money back, and it is still open (rule D13)."""
        return self.order.state is OrderState.PLACED and self.balance > 0 and came_back(self.payments)

    @property
    def refund(self) -> int:
        """What goes back to the customer: all that was paid for a cancelled order, else what is too much."""
        owing = self.paid if self.order.state is OrderState.CANCELLED else -self.balance
        return max(owing, 0)


def order_view(reader: Reader, order_id: UUID) -> OrderView:
    """Return an order with lines, sums, payments, papers, customer and demo.

    Raises:
        DomainError: ``record.missing``.
    """
    order = reader.get(Order, order_id)
    lines = tuple(reader.find(OrderLine, "position", order_id=order_id))
    payments = tuple(reader.find(Payment, order_id=order_id))
    return OrderView(
        order=order,
        lines=lines,
        totals=order_totals(order, lines),
        payments=payments,
        papers=tuple(papers_of_order(reader, order_id)),
        person=reader.find_one(Person, order.person_id),
        demo=reader.find_one(Demo, order.demo_id),
        paid=sum(payment.amount for payment in payments),
    )


def blank_order(
    reader: Reader,
    order_id: UUID,
    *,
    now: datetime,
    today: date,
    person_id: UUID | None = None,
    demo_id: UUID | None = None,
) -> Order:
    """Return a new draft with the defaults of the business, the rates of the day and the customer's discount."""
    seller = business(reader)
    return Order(
        id=order_id,
        person_id=person_id,
        demo_id=demo_id,
        ordered_on=today,
        currency=seller.currency,
        tax_profile=profile_text(tax_profile(reader, today)),
        customer_discount_ppm=discount_of(reader, person_id, today),
        shipping=seller.shipping,
        created_at=now,
    )


def copy_of(
    reader: Reader, order_id: UUID, new_ids: Callable[[], UUID], *, now: datetime, today: date
) -> tuple[Order, tuple[OrderLine, ...]]:
    """Return a new draft with the customer and the lines of an order, at the prices that stand there.

    Day, tax rates and the customer's discount are those of today; payments and papers stay behind.
    """
    old = reader.get(Order, order_id)
    new = blank_order(reader, new_ids(), now=now, today=today, person_id=old.person_id)
    new = replace(
        new,
        currency=old.currency,
        discount_ppm=old.discount_ppm,
        discount=old.discount,
        shipping=old.shipping,
        handover=old.handover,
        note=old.note,
    )
    lines = reader.find(OrderLine, "position", order_id=order_id)
    return new, tuple(replace(line, id=new_ids(), order_id=new.id) for line in lines)


def discount_of(reader: Reader, person_id: UUID | None, day: date) -> int:
    """Return the discount (ppm) of a customer on a day: standing or, in the birthday month, birthday; the larger."""
    person = reader.find_one(Person, person_id)
    if person is None:
        return 0
    month = person.birthday[-5:-3]
    birthday = person.birthday_discount_ppm if month == f"{day.month:02d}" else 0
    return customer_discount(person.discount_ppm, birthday)


def retail_price(reader: Reader, product_id: UUID, currency: str, day: date) -> Decimal | None:
    """Return the price of a product on a day: from the price list of the lowest rank that has one."""
    lists = reader.rows(
        "SELECT id FROM price_list WHERE currency = ? AND deleted_at IS NULL ORDER BY rank, rid", (currency,)
    )
    for (key,) in lists:
        price = price_on(reader.find(Price, product_id=product_id, price_list_id=UUID(bytes=key)), day)
        if price is not None:
            return price.amount
    return None
