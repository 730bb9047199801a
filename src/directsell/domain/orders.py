"""Orders and their lines, their states and transitions. The sums are in totals.py, the money in payments.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from directsell.domain.cooling_off.facts import SalePlace
from directsell.domain.errors import DomainError
from directsell.domain.people import LostReason
from directsell.domain.records import Record


class OrderKind(StrEnum):
    """A sale, the host's own redemption of a reward, or goods that came back."""

    SALE = "sale"
    HOST = "host"
    RETURN = "return"


class OrderState(StrEnum):
    """The life of an order. Whether it is invoiced or paid is derived from papers and payments."""

    DRAFT = "draft"
    QUOTED = "quoted"
    PLACED = "placed"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class Origin(StrEnum):
    """Typed here, or brought in from another program (then its money was settled elsewhere)."""

    ENTERED = "entered"
    IMPORTED = "imported"


class Handover(StrEnum):
    """How the goods reach the customer."""

    TAKE_NOW = "take_now"
    TO_CUSTOMER = "to_customer"
    TO_HOST = "to_host"


class Signer(StrEnum):
    """Who signed."""

    CUSTOMER = "customer"
    SELLER = "seller"


TRANSITIONS: dict[OrderState, frozenset[OrderState]] = {
    OrderState.DRAFT: frozenset({OrderState.QUOTED, OrderState.PLACED, OrderState.CANCELLED}),
    OrderState.QUOTED: frozenset({OrderState.DRAFT, OrderState.PLACED, OrderState.CANCELLED}),
    OrderState.PLACED: frozenset({OrderState.DRAFT, OrderState.DELIVERED, OrderState.CANCELLED}),
    OrderState.DELIVERED: frozenset({OrderState.PLACED}),
    OrderState.CANCELLED: frozenset({OrderState.DRAFT, OrderState.QUOTED, OrderState.PLACED}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Record):
    """An order of one customer. Amounts are minor units of ``currency``; ``tax_profile`` is the frozen JSON of it.

    ``customer_discount_ppm`` is the customer's standing or birthday discount as it was given; ``discount_ppm`` and
    ``discount`` are the order's own (one of the two); ``host_credit`` pays goods before tax (rule D2). ``reference`` is the number in another program. ``cancel_by`` is the last day of the right
    to cancel or withdraw as computed from ``cooling_rule`` (its id and as-of date), never typed. A quote (state
    ``quoted``) holds until ``valid_until`` on the ``terms`` that were negotiated; one that was declined is cancelled
    and says why (``lost_reason``).
    """

    person_id: UUID | None = None
    demo_id: UUID | None = None
    kind: OrderKind = OrderKind.SALE
    state: OrderState = OrderState.DRAFT
    ordered_on: date
    currency: str
    tax_profile: str
    customer_discount_ppm: int = 0
    discount_ppm: int = 0
    discount: int = 0
    host_credit: int = 0
    shipping: int = 0
    handover: Handover = Handover.TO_CUSTOMER
    place: SalePlace = SalePlace.OTHER
    cancel_by: date | None = None
    cooling_rule: str = ""
    deliver_on: date | None = None
    delivered_on: date | None = None
    valid_until: date | None = None
    terms: str = ""
    lost_reason: LostReason = LostReason.NONE
    note: str = ""
    origin: Origin = Origin.ENTERED
    reference: str = ""
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine(Record):
    """A line of an order, with code, name, price and tax class as they were when it was typed.

    ``discount_ppm`` or ``discount`` (minor units) is the line's own discount; the rates of the tax class are in
    the order's ``tax_profile``. ``kind`` is a ``totals.LineKind`` value.
    """

    order_id: UUID
    position: int
    product_id: UUID | None = None
    kind: str = "sale"
    code: str = ""
    name: str
    quantity: Decimal
    unit: str = "piece"
    unit_price: Decimal
    discount_ppm: int = 0
    discount: int = 0
    tax_class: str = "standard"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal(Record):
    """A customer's notice of cancellation or withdrawal: when it came, whether it was in time, and what was decided.

    ``choice`` tells how a changed host reward is settled: ``absorb`` or ``charge_host``; "" when it does not change.
    """

    order_id: UUID
    received_on: date
    accepted: bool
    refund_by: date | None = None
    choice: str = ""
    note: str = ""
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature(Record):
    """A drawn signature as vector strokes: JSON ``[[[x, y], ...], ...]`` in thousandths of the width (append-only).

    Without strokes it was signed with a pen, on paper. ``sha256`` is the fingerprint of the goods and the money that were
    signed (``signatures.signed_content``): when the order has another one by now, the signature does not cover it.
    """

    order_id: UUID
    signer: Signer
    strokes: str
    at: datetime
    sha256: str = ""
    reverses_id: UUID | None = None


def check_transition(old: OrderState, new: OrderState) -> None:
    """Refuse a step that the life of an order does not have.

    Raises:
        DomainError: ``order.transition`` with both states.
    """
    if new is not old and new not in TRANSITIONS[old]:
        raise DomainError("order.transition", old=old.value, new=new.value)
