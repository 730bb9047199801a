"""The Products page: list, detail and the sheet; it follows the route and the data. No fields of its own."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.domain.catalog import Product
from directsell.i18n import _
from directsell.store.changes import ChangeSet
from directsell.ui.navigation import Route
from directsell.ui.pages.products.detail import ProductDetail
from directsell.ui.pages.products.listing import ProductListing
from directsell.ui.pages.products.sheet import ProductSheet
from directsell.ui.routes import is_new, new_view
from directsell.ui.session import Command, Session
from directsell.ui.widgets.sides import TableDetail
from directsell.usecases.catalog import delete_product

_SHOWN = ("product", "price", "brand", "price_list", "tax_rate")


class ProductsPage(QWidget):
    """``ProductsPage(session)``. Views of a route: ``new``, ``edit``."""

    KEY = "products"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("page")
        self.listing = ProductListing(session)
        self.detail = ProductDetail(session)
        self._both = TableDetail(self.listing, self.detail)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._both)
        self._sheet: ProductSheet | None = None
        self.listing.chosen.connect(self._chosen)
        self.listing.opened.connect(self._opened)
        self.listing.tapped.connect(self._both.tap)
        self.listing.new_wanted.connect(self.new_product)
        self.listing.delete_wanted.connect(self.delete)
        self._both.narrow_changed.connect(self.detail.show_back)
        self.detail.back_clicked.connect(self._to_list)
        self.detail.edit_wanted.connect(self.edit)
        self.detail.copy_wanted.connect(self.copy)
        self.detail.delete_wanted.connect(self.delete)
        self.detail.order_wanted.connect(self._order)

    @property
    def sheet(self) -> ProductSheet:
        """The form, made when it is first needed: the list must not wait for it."""
        if self._sheet is None:
            self._sheet = ProductSheet(self._session, self)
            self._sheet.saved.connect(self._saved)
        return self._sheet

    # --- the page contract

    def show_route(self, route: Route) -> None:
        """Show the list, a product, or the sheet."""
        product_id = _uuid(route.id)
        if product_id is not None:
            self.detail.show_product(product_id)
            self._select(product_id)
            self._both.show_detail(True)
        else:
            self._both.show_detail(False)
        if self._sheet is not None and self._sheet.isVisible() and self._sheet.is_dirty:
            return
        if is_new(route.view):
            self.new_product()
        elif route.view == "edit":
            self.edit()

    def data_changed(self, changes: ChangeSet) -> None:
        """Refresh what a commit touched; what is typed in the sheet stays."""
        if changes.touches(*_SHOWN):
            self.listing.refresh()
            self.listing.changed(None if changes.touches("price", "brand") else changes.tables.get("product"))
            self.detail.refresh()
        elif changes.touches("sales_order", "order_line") and self.isVisible():
            self.detail.refresh()

    def commands(self) -> list[Command]:
        """Return what can be done here."""
        result = [
            Command(_("New product"), self.new_product, "plus", "Ctrl+N", words=_("catalogue, price")),
            Command(_("Search products"), self._search, "search", "Ctrl+F"),
        ]
        if self.detail.view is not None:
            result += [
                Command(_("Change product"), self.edit, "pencil", "Ctrl+E"),
                Command(_("Copy product"), self.copy, "copy"),
                Command(_("Order it"), self._order, "shopping-bag"),
                Command(_("Delete product"), self.delete, "trash-2"),
            ]
        return result

    def settle(self) -> None:
        """Nothing waits here: the sheet asks before it closes."""

    # --- what the user does

    def new_product(self) -> None:
        """Open the sheet for a new product."""
        blank = Product(id=self._session.new_id(), code="", name="", created_at=self._session.now())
        self.sheet.edit(blank, None, stored=False)

    def edit(self) -> None:
        """Open the sheet for the product that shows."""
        view = self.detail.view
        if view is not None:
            period = self.detail.current_price()
            self.sheet.edit(view.product, None if period is None else period.price.amount, stored=True)

    def copy(self) -> None:
        """Open the sheet for a new product like the one that shows; its code is still to be typed."""
        view = self.detail.view
        if view is not None:
            period = self.detail.current_price()
            new = replace(view.product, id=self._session.new_id(), code="", barcode="", created_at=self._session.now())
            self.sheet.edit(new, None, stored=False)
            self.sheet.price.set_value(None if period is None else period.price.amount)

    def delete(self) -> None:
        """Remove the product that shows; orders keep it, and the step can be undone."""
        view = self.detail.view
        if view is not None:
            said = _("{name} deleted").format(name=view.product.name)
            self._session.run(self, delete_product, view.product.id, said=said)

    def _order(self) -> None:
        if self.detail.view is not None:
            self._session.navigation.go("orders", None, new_view(product=self.detail.view.product.id))

    # --- inside

    def _saved(self, product: object) -> None:
        if isinstance(product, Product):
            self._session.navigation.replace(self.KEY, str(product.id))
            self.detail.show_product(product.id)
            self._select(product.id)

    def _select(self, product_id: UUID) -> None:
        listing = self.listing
        if listing.list.select_key(product_id):
            return
        listing.refresh()
        if not listing.list.select_key(product_id) and self.detail.view is not None:
            listing.show_all()
            listing.list.select_key(product_id)

    def _chosen(self, key: object) -> None:
        if isinstance(key, UUID):
            self.detail.show_product(key)
            with self._both.held():  # keys walk through the list of a narrow window
                self._session.navigation.replace(self.KEY, str(key))

    def _opened(self, _key: object) -> None:
        if self._both.is_narrow:
            self._both.show_detail(True)
        else:
            self.edit()

    def _to_list(self) -> None:
        self._both.show_detail(False)
        self.listing.list.setFocus()

    def _search(self) -> None:
        self.listing.search.setFocus()
        self.listing.search.selectAll()


def _uuid(text: str | None) -> UUID | None:
    try:
        return None if text is None else UUID(text)
    except ValueError:
        return None
