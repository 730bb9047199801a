"""One product beside the list: price today, price history, what was sold, description. The form is in sheet.py."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.catalog import Price
from directsell.domain.errors import DomainError
from directsell.i18n import _, ngettext, pgettext
from directsell.store.queries.products import PricePeriod, ProductView, product_view
from directsell.store.queries.settings import business, tax_profile
from directsell.ui.pages.products.sheet import UNITS
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, IconButton, Kind, Menu
from directsell.ui.widgets.cards import Card, Chip
from directsell.ui.widgets.labels import ElidedLabel, Label, Role
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.page import Page
from directsell.ui.widgets.states import EmptyState


class ProductDetail(QWidget):
    """``ProductDetail(session)``: ``show_product(id | None)``, ``refresh()``, ``view`` (ProductView or None).

    Signals: ``back_clicked()``, ``edit_wanted()``, ``copy_wanted()``, ``delete_wanted()``, ``order_wanted()``.
    """

    back_clicked = Signal()
    edit_wanted = Signal()
    copy_wanted = Signal()
    delete_wanted = Signal()
    order_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._currency = session.look(business).currency
        self.view: ProductView | None = None
        self._product_id: UUID | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._page = Page(_("Product"), margin=20, parent=self)
        self._page.back_clicked.connect(self.back_clicked)
        self._page.hide()
        self._nothing = EmptyState(
            "package", _("Choose a product"), _("Its prices and what was sold of it are shown here.")
        )
        column.addWidget(self._page, 1)
        column.addWidget(self._nothing, 1)
        self._make_page()

    def _make_page(self) -> None:
        page = self._page
        page.body.setSpacing(14)
        self._chip = Chip()
        page.add_action(self._chip)
        menu = Menu(self)
        menu.add(_("Copy product"), "copy", self._want_copy)
        menu.add(_("Delete product"), "trash-2", self._want_delete, danger=True)
        page.add_action(IconButton("ellipsis", _("More"), menu=menu, kind=Kind.SECONDARY))
        steps = QWidget()
        flow = FlowLayout(steps, gap=8)
        flow.addWidget(
            Button(_("Order it"), "shopping-bag", kind=Kind.PRIMARY, compact=True, on_click=self._want_order)
        )
        flow.addWidget(Button(_("Change"), "pencil", compact=True, on_click=self._want_edit))
        page.add(steps)
        self._today = Card()
        self._facts = Card(pgettext("card", "About"))
        self._prices = Card(_("Prices"))
        for card in (self._today, self._facts, self._prices):
            page.add(card)

    # --- content

    def show_product(self, product_id: UUID | None) -> None:
        """Show another product."""
        self._product_id = product_id
        self.refresh()

    def refresh(self) -> None:
        """Read the product again."""
        self.view = None
        if self._product_id is not None:
            try:
                self.view = self._session.look(product_view, self._product_id)
            except DomainError:  # deleted meanwhile, or its creation was undone
                self._product_id = None
        self._page.setVisible(self.view is not None)
        self._nothing.setVisible(self.view is None)
        if self.view is not None:
            self._fill(self.view)

    def show_back(self, on: bool) -> None:
        """Show the arrow back to the list."""
        self._page.show_back(on)

    def current_price(self) -> PricePeriod | None:
        """Return the period of the currency of the business that holds today."""
        view = self.view
        if view is None:
            return None
        today = self._session.today()
        held = [p for p in view.prices if p.currency == self._currency and _holds(p.price, today)]
        return max(held, key=lambda p: (p.price.valid_from, p.price.id), default=None)

    def _fill(self, view: ProductView) -> None:
        product = view.product
        self._page.set_title(product.name)
        brand = view.brand.name if view.brand else ""
        self._page.set_subtitle(" · ".join(part for part in (product.code, brand, product.category) if part))
        self._chip.set(_("Active") if product.active else _("Inactive"), "ok" if product.active else "neutral")
        self._fill_today(view)
        self._fill_facts(view)
        self._fill_prices(view)

    def _fill_today(self, view: ProductView) -> None:
        language = self._session.language
        _clear(self._today)
        period = self.current_price()
        words = _("No price today") if period is None else language.price(period.price.amount, self._currency)
        self._today.add(Label(words, Role.BIG))
        if view.product.wholesale is not None and period is not None:
            margin = period.price.amount - view.product.wholesale
            words = _("{amount} above your cost") if margin >= 0 else _("{amount} below your cost")
            self._today.add(Label(words.format(amount=language.price(abs(margin), self._currency)), Role.SMALL))
        sold = ngettext(
            "Sold {quantity} in {n} order, the last on {day}.",
            "Sold {quantity} in {n} orders, the last on {day}.",
            view.orders,
        )
        if view.last_sold is None:
            self._today.add(Label(_("Not sold yet."), Role.MUTED))
            return
        day = language.date(view.last_sold)
        text = sold.format(quantity=language.quantity(view.sold), n=language.number(view.orders), day=day)
        self._today.add(Label(text, Role.MUTED, wrap=True))

    def _fill_facts(self, view: ProductView) -> None:
        product, language = view.product, self._session.language
        _clear(self._facts)
        profile = self._session.look(tax_profile, self._session.today())
        rates = [rate for rate in profile.rates if rate.tax_class == product.tax_class]
        tax = " + ".join(f"{rate.label} {language.percent(rate.ppm)}" for rate in rates) or _("Untaxed")
        unit = UNITS.get(product.unit)
        cost = "" if product.wholesale is None else language.price(product.wholesale, self._currency)
        days = product.lasts_days or 0
        lasts = ngettext("{count} day", "{count} days", days).format(count=language.number(days)) if days else ""
        for words, value in (
            (_("Barcode"), product.barcode),
            (_("Brochure page"), product.page),
            (_("Unit"), _(unit) if unit else product.unit),
            (_("Tax"), tax),
            (_("Your cost"), cost),
            (_("One piece lasts"), lasts),
        ):
            if value:
                self._facts.add(_fact(words, value))
        if product.follow_up_text:
            words = _("When following up: {text}").format(text=product.follow_up_text)
            self._facts.add(Label(words, Role.MUTED, wrap=True, selectable=True))
        if product.description:
            self._facts.add(Label(product.description, Role.MUTED, wrap=True, selectable=True))

    def _fill_prices(self, view: ProductView) -> None:
        language, today = self._session.language, self._session.today()
        _clear(self._prices)
        for period in view.prices:
            price = period.price
            since = _("always") if price.valid_from.year <= 2000 else language.date(price.valid_from)
            until = _("until further notice") if price.valid_to is None else language.date(price.valid_to)
            words = _("{start} – {end}").format(start=since, end=until)
            self._prices.add(_fact(words, language.price(price.amount, period.currency), strong=_holds(price, today)))
        if not view.prices:
            self._prices.add(Label(_("No price was entered yet."), Role.MUTED))

    def _want_order(self) -> None:
        self.order_wanted.emit()

    def _want_edit(self) -> None:
        self.edit_wanted.emit()

    def _want_copy(self) -> None:
        self.copy_wanted.emit()

    def _want_delete(self) -> None:
        self.delete_wanted.emit()


def _holds(price: Price, day: date) -> bool:
    return price.valid_from <= day and (price.valid_to is None or day <= price.valid_to)


def _fact(words: str, value: str, *, strong: bool = False) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 1, 0, 1)
    row.setSpacing(12)
    row.addWidget(ElidedLabel(words, Role.STRONG if strong else Role.MUTED), 1)
    row.addWidget(Label(value, Role.AMOUNT if strong else Role.NUMBER))
    return line


def _clear(card: Card) -> None:
    """Empty a card below its title."""
    for place in reversed(range(1, card.body.count())):
        item = card.body.takeAt(place)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
