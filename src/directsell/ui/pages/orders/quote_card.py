"""How long an offer holds and on which terms: the part of the order form that makes an order a quote. No saving."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from directsell.domain.errors import DomainError
from directsell.domain.orders import Order
from directsell.domain.quotes import VALID_FOR
from directsell.i18n import _, ngettext
from directsell.ui.messages import sentence
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.fields import FormField, MultilineField
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.typed import date_field

_WEEKS = (1, 2, 4)


class QuoteCard(Card):
    """``QuoteCard(session)``: ``load(order)``, ``apply(order) -> Order``, ``is_wrong()``, ``show_refusal(error)``.

    Signals: ``changed()``; ``order_wanted()`` it shall be an order after all.
    """

    changed = Signal()
    order_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Quote"), parent=parent)
        self._session = session
        self.add_header(Button(_("Make it an order"), kind=Kind.QUIET, compact=True, on_click=self._want_order))
        self.valid_until = date_field(session, required=True)
        self.valid_field = FormField(_("Valid until"), self.valid_until)
        self.add(self.valid_field)
        quick = QWidget()
        quick.setAccessibleName(_("Valid for"))
        flow = FlowLayout(quick, gap=6)
        for weeks in _WEEKS:
            text = ngettext("{n} week", "{n} weeks", weeks).format(n=session.language.number(weeks))
            flow.addWidget(Button(text, kind=Kind.SECONDARY, compact=True, on_click=_Span(self, weeks)))
        self.add(quick)
        self.terms = MultilineField(lines=3, placeholder=_("Two instalments, delivery free of charge …"))
        self.add(FormField(_("Terms"), self.terms))
        self.add(
            Label(_("A quote is no sale yet: no payment, no delivery, until it is accepted."), Role.SMALL, wrap=True)
        )
        self.valid_until.changed.connect(self.changed)
        self.terms.changed.connect(self.changed)

    def load(self, order: Order) -> None:
        """Show the end and the terms of a quote; a new one gets two weeks."""
        self.valid_until.set_value(order.valid_until or self._session.today() + VALID_FOR)
        self.terms.set_value(order.terms)
        self.valid_field.set_error("")

    def apply(self, order: Order) -> Order:
        """Return the order with what stands here."""
        return replace(
            order, valid_until=self.valid_until.value() or order.valid_until, terms=self.terms.value().strip()
        )

    def is_wrong(self) -> bool:
        """Judge the end, with the focus there when it is wrong."""
        day = None if self.valid_until.check() else self.valid_until.value()
        if day is None:
            self.valid_field.reveal()
        return day is None

    def show_refusal(self, error: Exception) -> bool:
        """Show what a use-case refused below the end; False when it is about something else."""
        if not isinstance(error, DomainError) or error.field != "valid_until":
            return False
        self.valid_field.set_error(sentence(error) or "")
        self.valid_field.reveal()
        return True

    def choose_weeks(self, weeks: int) -> None:
        """Let it hold for some weeks from today."""
        self.valid_until.set_value(self._session.today() + timedelta(weeks=weeks))
        self.valid_field.set_error("")
        self.changed.emit()

    def _want_order(self) -> None:
        self.order_wanted.emit()


class _Span:
    """Chooses a number of weeks."""

    def __init__(self, card: QuoteCard, weeks: int) -> None:
        self._card = card
        self._weeks = weeks

    def __call__(self) -> None:
        self._card.choose_weeks(self._weeks)
