"""What keeps an order from being stored, said where it was typed, with the focus there. No storing."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt

from directsell.domain.errors import DomainError
from directsell.domain.orders import OrderState
from directsell.i18n import _
from directsell.ui.messages import sentence
from directsell.ui.widgets.fields import FormField
from directsell.ui.widgets.order_form.goods import GoodsCard
from directsell.ui.widgets.order_form.money import MoneyCard
from directsell.ui.widgets.order_form.summary import Summary
from directsell.ui.widgets.order_form.working import Working

_SUMS = ("order_discount", "customer_discount", "shipping", "host_credit")


class Head(Protocol):
    """The part of a form that says who orders, when, and how the goods get there."""

    def error_field(self) -> FormField | None:
        """Judge all fields; the first that is wrong."""

    def refuse_person(self, sentence: str) -> None:
        """Show what is wrong with the customer, with the focus there."""


class Judge:
    """``Judge(head, goods, summary, money)``: ``refuses(working, state)``, ``show(error) -> bool``, ``show_sums(error)``."""

    def __init__(self, head: Head, goods: GoodsCard, summary: Summary, money: MoneyCard) -> None:
        self._head = head
        self._goods = goods
        self._summary = summary
        self._money = money

    def refuses(self, working: Working, state: OrderState) -> bool:
        """Show the first thing that is wrong, with the focus there; says whether anything is."""
        return (
            self._head_is_wrong()
            or self._goods_are_wrong()
            or self._money_is_wrong()
            or self._has_no_customer(working, state)
        )

    def show(self, error: Exception) -> bool:
        """Put the sentence of a refusal to its field; False when it belongs to none.

        Raises:
            Exception: the error itself, when it is a bug.
        """
        text = sentence(error)
        if text is None:
            raise error
        if not isinstance(error, DomainError):
            return False
        line = error.params.get("line")
        if isinstance(line, int):
            self._goods.lines.show_line_error(line, text)
        elif error.field == "person":
            self._head.refuse_person(text)
        elif error.field == "lines":
            self._goods.entry.show_error(text)
            self._goods.entry.focus()
        elif error.field in _SUMS:
            self._summary.show_error(text)
        elif error.field == "paid_on" and self._money.rows():
            self._money.rows()[0].refuse(text)
        else:
            return False
        return True

    def show_sums(self, error: DomainError) -> None:
        """Show why there are no sums, at the line it is about or below the sums."""
        if not self.show(error):
            self._summary.show_error(sentence(error) or "")

    def _head_is_wrong(self) -> bool:
        field = self._head.error_field()
        if field is not None:
            field.reveal()
        return field is not None

    def _goods_are_wrong(self) -> bool:
        row = self._goods.lines.error_row()
        if row is not None:
            row.focus_name()
            return True
        if self._goods.entry.text().strip():
            self._goods.entry.show_error(_("Add this product with Enter, or clear the field."))
            self._goods.entry.focus()
            return True
        return bool(self._goods.note.error())

    def _money_is_wrong(self) -> bool:
        problem = self._summary.error()
        if problem:
            self._summary.show_error(problem)
            return True
        row = self._money.error_row()
        if row is not None:
            row.amount.setFocus(Qt.FocusReason.TabFocusReason)
        return row is not None

    def _has_no_customer(self, working: Working, state: OrderState) -> bool:
        if state is OrderState.DRAFT or working.order.person_id is not None:
            return False
        return self.show(DomainError("order.no_customer", field="person"))
