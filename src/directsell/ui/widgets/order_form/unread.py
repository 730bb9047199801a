"""What stands in the fields of an order and cannot be understood: kept in its draft, and shown again as it was typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from directsell.ui.widgets.fields import ParsedField
from directsell.ui.widgets.order_form.lines import LineList
from directsell.ui.widgets.order_form.money import MoneyCard
from directsell.ui.widgets.order_form.summary import Summary


def unread(lines: LineList, summary: Summary, money: MoneyCard) -> dict[str, str]:
    """Return the words by the name of their field."""
    return {name: field.unread() for name, field in _fields(lines, summary, money) if field.unread()}


def show_unread(lines: LineList, summary: Summary, money: MoneyCard, words: Mapping[str, str]) -> None:
    """Put words back into fields that show an order already."""
    for name, field in _fields(lines, summary, money):
        if words.get(name):
            field.show_unread(words[name])


def _fields(lines: LineList, summary: Summary, money: MoneyCard) -> Iterator[tuple[str, ParsedField[Any]]]:
    for row in lines.rows():
        key = row.key
        yield f"{key}.quantity", row.quantity.edit
        yield f"{key}.price", row.price
        yield f"{key}.discount", row.off
    yield "discount", summary.off
    yield "shipping", summary.freight
    for place, payment in enumerate(money.rows()):
        yield f"payment.{place}.amount", payment.amount
        yield f"payment.{place}.given", payment.given
