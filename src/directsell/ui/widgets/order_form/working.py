"""An order while it is typed: records, money taken, half-typed words, and their form as a draft. No widgets, no store."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from directsell.domain.errors import DomainError
from directsell.domain.orders import Order, OrderLine
from directsell.domain.payments import PaymentMethod
from directsell.domain.pricing import order_totals
from directsell.domain.totals import OrderTotals
from directsell.usecases.orders import MoneyTaken

R = TypeVar("R")
_VERSION = 1


@dataclass(slots=True)
class Money:
    """A payment that is being typed. ``auto`` follows what is left to pay; ``given`` is the cash laid on the table."""

    method: PaymentMethod
    amount: int | None = None
    auto: bool = True
    detail: str = ""
    given: int | None = None


@dataclass(slots=True)
class Working:
    """An order in the form.

    Attributes:
        order: the order as far as it is right.
        lines: its lines in order.
        money: payments typed now; those stored before are summed in ``paid``.
        stored: the order is in the book already.
        paid: minor units paid before.
        words: what stands half-typed in fields that hold no value yet, by field.
    """

    order: Order
    lines: list[OrderLine] = field(default_factory=list)
    money: list[Money] = field(default_factory=list)
    stored: bool = False
    paid: int = 0
    words: dict[str, str] = field(default_factory=dict)

    def totals(self) -> OrderTotals:
        """Return the sums.

        Raises:
            DomainError: as ``pricing.order_totals``; its ``line`` param is the number of the line from 1.
        """
        return order_totals(self.order, self.lines)

    def safe_totals(self) -> tuple[OrderTotals | None, DomainError | None]:
        """Return the sums, or what is wrong with them; where nothing is ordered yet, nothing is shipped, either."""
        order = self.order if self.lines else replace(self.order, shipping=0)
        try:
            return order_totals(order, self.lines), None
        except DomainError as error:
            return None, error

    def spread_money(self, total: int) -> None:
        """Let the payment that follows the total take what the others and earlier payments leave.

        Less cash on the table than that is a part payment; more gets change.
        """
        rest = total - self.paid - sum(money.amount or 0 for money in self.money if not money.auto)
        for money in self.money:
            if money.auto:
                money.amount, rest = max(0, rest), 0
                if money.given is not None and money.given > 0:
                    money.amount = min(money.amount, money.given)

    def payments(self) -> tuple[MoneyTaken, ...]:
        """Return the payments to store; those of nothing are left out."""
        return tuple(
            MoneyTaken(method=money.method, amount=money.amount, detail=money.detail)
            for money in self.money
            if money.amount
        )

    def is_blank(self) -> bool:
        """Nothing was typed that would be worth keeping."""
        return not (self.lines or self.money or self.order.note or any(self.words.values())) and (
            self.order.person_id is None
        )


def to_body(working: Working) -> dict[str, Any]:
    """Return a half-typed order as plain values for the drafts."""
    return {
        "version": _VERSION,
        "stored": working.stored,
        "paid": working.paid,
        "order": _plain(working.order),
        "lines": [_plain(line) for line in working.lines],
        "money": [_plain(money) for money in working.money],
        "words": dict(working.words),
    }


def from_body(body: Mapping[str, Any]) -> Working | None:
    """Return a half-typed order from its draft; None when another version of the program wrote it."""
    if body.get("version") != _VERSION:
        return None
    try:
        return Working(
            order=_record(Order, body["order"]),
            lines=[_record(OrderLine, line) for line in body["lines"]],
            money=[_record(Money, money) for money in body["money"]],
            stored=bool(body["stored"]),
            paid=int(body["paid"]),
            words={str(key): str(value) for key, value in body["words"].items()},
        )
    except (KeyError, TypeError, ValueError, ArithmeticError):
        return None


def _plain(record: Any) -> dict[str, Any]:
    return {item.name: _value(getattr(record, item.name)) for item in dataclasses.fields(record)}


def _value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _record(kind: type[R], values: Mapping[str, Any]) -> R:
    hints = typing.get_type_hints(kind)
    known = {item.name for item in dataclasses.fields(kind)}  # type: ignore[arg-type]  # only dataclasses come here
    return kind(**{name: _read(hints[name], value) for name, value in values.items() if name in known})


def _read(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        hint = next(part for part in typing.get_args(hint) if part is not types.NoneType)
    if hint in (datetime, date):
        return hint.fromisoformat(value)
    if hint in (UUID, Decimal) or (isinstance(hint, type) and issubclass(hint, StrEnum)):
        return hint(value)
    if not isinstance(value, hint):
        raise TypeError(f"{hint} expected")
    return value
