"""The goods of an order in the form: the entry line, the lines, the note. It turns products into lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from directsell.domain.orders import Order, OrderLine
from directsell.domain.pricing import profile_from
from directsell.domain.taxes import STANDARD
from directsell.i18n import _
from directsell.store.queries.products import ProductRow, product_row
from directsell.ui.session import Session
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.fields import FormField, TextField
from directsell.ui.widgets.order_form.lines import LineList
from directsell.ui.widgets.order_form.suggestions import SuggestionLine
from directsell.ui.widgets.product_entry import ProductEntry


class GoodsCard(Card):
    """``GoodsCard(session, *, currency, day, wishes=False, compact=False)``: ``load(order, lines, words)``, ``entry``, ``lines``, ``note``.

    Signals: ``changed()``; ``finished()`` on Enter in the empty entry line; ``warned(str)`` a price needs a look.
    """

    changed = Signal()
    finished = Signal()
    warned = Signal(str)

    def __init__(
        self,
        session: Session,
        *,
        currency: Callable[[], str],
        day: Callable[[], date],
        wishes: bool = False,
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._session = session
        self._order: Order | None = None
        self.entry = ProductEntry(session, currency=currency, day=day, wishes=wishes)
        self.lines = LineList(session)
        self.note = TextField(limit=1000, placeholder=_("Note for this order"))
        self.add(self.entry)
        self.add(self.lines, 1)
        self.suggestions = SuggestionLine(session, wishes=not wishes)  # a desk shows the wishes by itself
        self.suggestions.keys_in(self)
        self.suggestions.wanted.connect(self._add_suggested)
        self.add(self.suggestions)
        if compact:
            self.note.setAccessibleName(_("Note"))
            self.add(self.note)
        else:
            self.add(FormField(_("Note"), self.note))
        self.entry.added.connect(self._add_product)
        self.entry.free_wanted.connect(self._add_free)
        self.entry.changed.connect(self.changed)
        self.entry.finished.connect(self.finished)
        self.lines.changed.connect(self.changed)
        self.lines.entry_wanted.connect(self.entry.focus)
        self.note.changed.connect(self.changed)

    def load(self, order: Order, lines: list[OrderLine], words: str) -> None:
        """Show the goods of an order; ``words`` stand half-typed in the entry line."""
        self._order = order
        self.lines.load(lines, order.currency, tax_classes(order))
        self.note.set_value(order.note)
        self.entry.clear()
        self.entry.set_text(words)
        self.suggestions.forget()

    def settle(self) -> None:
        """Stop the clocks."""
        self.lines.settle()
        self.suggestions.settle()

    def add_product(self, product: ProductRow, quantity: Decimal) -> None:
        """Append a line for a product at the price that it has on the day of the order."""
        price = product.price if product.price is not None else product.ended_price
        line = self._line(product.name, quantity)
        if line is None:
            return
        self.lines.add(
            OrderLine(
                id=line.id,
                order_id=line.order_id,
                position=0,
                product_id=product.id,
                code=product.code,
                name=product.name,
                quantity=quantity,
                unit=product.unit,
                unit_price=price if price is not None else Decimal(0),
                tax_class=product.tax_class,
            )
        )
        if product.price is None:
            self._warn_about_price(product)

    def suggest_for(self, order: Order, lines: Sequence[OrderLine]) -> None:
        """Offer what may go with an order; quick enough for each key."""
        self.suggestions.consider(order.person_id, (line.product_id for line in lines), order.ordered_on)

    def _line(self, name: str, quantity: Decimal) -> OrderLine | None:
        order = self._order
        if order is None:
            return None
        return OrderLine(
            id=self._session.new_id(),
            order_id=order.id,
            position=0,
            name=name,
            quantity=quantity,
            unit_price=Decimal(0),
            tax_class=tax_classes(order)[0][0],
        )

    def _add_product(self, product: object, quantity: object) -> None:
        if isinstance(product, ProductRow) and isinstance(quantity, Decimal):
            self.add_product(product, quantity)

    def _add_suggested(self, product_id: object) -> None:
        order = self._order
        if order is not None and isinstance(product_id, UUID):
            row = self._session.look(product_row, product_id, order.currency, order.ordered_on)
            if row is not None:
                self.add_product(row, Decimal(1))
                if row.price is not None:
                    self.entry.focus()

    def _add_free(self, words: str) -> None:
        line = self._line(words, Decimal(1))
        if line is not None:
            self.lines.add(line, focus=True)
            if words:
                self.lines.rows()[-1].focus_price()

    def _warn_about_price(self, product: ProductRow) -> None:
        """Say that the price is an old one, or that there is none, with the focus in it."""
        if product.ended_on is not None:
            day = self._session.language.date(product.ended_on)
            words = _("The price of {name} ended on {day}. Check it.").format(name=product.name, day=day)
        else:
            words = _("{name} has no price yet. Enter it.").format(name=product.name)
        self.warned.emit(words)
        self.lines.rows()[-1].focus_price()


def tax_classes(order: Order) -> list[tuple[str, str]]:
    """Return the tax classes that lines of an order can have, with their words; the first one is the usual."""
    profile = profile_from(order.tax_profile)
    labels: dict[str, list[str]] = {}
    for rate in profile.rates:
        labels.setdefault(rate.tax_class, []).append(rate.label)
    classes = [(key, _tax_words(" + ".join(words), key)) for key, words in labels.items()]
    classes += [(key, _("Untaxed ({name})").format(name=key)) for key in profile.exempt_classes if key not in labels]
    return classes or [("standard", _("Untaxed"))]


def _tax_words(label: str, name: str) -> str:
    """Return a tax class as people know it; the usual one needs no name of its own."""
    return label if name == STANDARD else _("{label} ({name})").format(label=label, name=name)
