"""The table of products: search, filters by state, brand and category, order by name or code. No detail, no form."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from directsell.i18n import N_, _, ngettext
from directsell.store.queries.products import ProductFilter, ProductRow, ProductSort, brands, categories, product_list
from directsell.store.queries.settings import business
from directsell.ui.models.sources import QuerySource
from directsell.ui.models.spine import Column
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, Kind, Menu
from directsell.ui.widgets.list_pane import ListPane
from directsell.ui.widgets.states import EmptyState

_FILTERS = (
    (ProductFilter.ACTIVE, N_("Active"), N_("What can be ordered")),
    (ProductFilter.ENDING, N_("Price ends soon"), N_("The price ends within 30 days and none follows")),
    (ProductFilter.NO_PRICE, N_("No price"), N_("Active, but without a price today")),
    (ProductFilter.INACTIVE, N_("Inactive"), ""),
    (ProductFilter.ALL, N_("All"), ""),
)
_WORDS_MS = 60


class ProductListing(ListPane[ProductRow]):
    """``ProductListing(session)``: a ListPane. Signal: ``new_wanted()``."""

    new_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Products"), margin=20, spacing=10, parent=parent)
        self._currency = session.look(business).currency
        self._brand: UUID | None = None
        self._category = ""
        self._sort = ProductSort.NAME
        self._descending = False
        new = Button(_("New product"), "plus", kind=Kind.PRIMARY, on_click=self._want_new)
        new.setToolTip(f"{new.caption()}  (Ctrl+N)")
        self.add_action(new)
        self.add_search(_("Code, name, barcode, category …"), delay_ms=_WORDS_MS)
        self._make_filters()
        self._table = self.add_table(self._columns(), _("Products"))
        self._table.set_sorted(ProductSort.NAME, False)
        self._table.sort_wanted.connect(self._sorted)
        self.refresh()

    def _make_filters(self) -> None:
        self._chips = self.add_chips(_FILTERS, _("Filter"))
        self._brand_menu = Menu(self)
        self._brand_menu.aboutToShow.connect(self._fill_brands)
        self._brand_button = Button(_("Brand"), "store", kind=Kind.QUIET, compact=True, menu=self._brand_menu)
        self._category_menu = Menu(self)
        self._category_menu.aboutToShow.connect(self._fill_categories)
        self._category_button = Button(_("Category"), "tag", kind=Kind.QUIET, compact=True, menu=self._category_menu)
        self._chips.add_extra(self._brand_button)
        self._chips.add_extra(self._category_button)

    def _columns(self) -> tuple[Column[ProductRow], ...]:
        language, currency = self._session.language, self._currency

        def price(row: ProductRow) -> str:
            return "–" if row.price is None else language.price(row.price, currency)

        def state(row: ProductRow) -> str:
            if not row.active:
                return _("Inactive")
            if row.price is None:
                return _("No price")
            return _("until {day}").format(day=language.date(row.ends_on, "short")) if row.ends_on else ""

        return (
            Column(_("Code"), lambda r: r.code, width=104, role="muted", sort=ProductSort.CODE),
            Column(_("Name"), lambda r: r.name, role="strong", sort=ProductSort.NAME),
            Column(_("Brand"), lambda r: r.brand, width=120, role="muted", optional=True),
            Column(_("Category"), lambda r: r.category, width=128, role="muted", optional=True),
            Column(
                _("Status"),
                state,
                width=118,
                role="chip",
                tone=lambda r: "neutral" if not r.active else "warn",
                optional=True,
            ),
            Column(_("Price"), price, width=100, end=True, role="strong"),
        )

    # --- what is listed

    def source(self) -> QuerySource[ProductRow]:
        """Products that fit."""
        query = product_list(
            self._currency,
            self._session.today(),
            which=ProductFilter(self._chips.value()),
            sort=self._sort,
            descending=self._descending,
            brand_id=self._brand,
            category=self._category,
            text=self.search.value(),
        )
        return QuerySource(self._session.app, query)

    def is_quick(self) -> bool:
        """All or the active ones, by name."""
        whole = self._chips.value() in (ProductFilter.ACTIVE, ProductFilter.ALL) and not self._is_searching()
        return whole and self._sort is ProductSort.NAME

    def is_narrowed(self) -> bool:
        """A product may be missing: inactive ones are, when all the others are listed."""
        return self._is_searching() or self._chips.value() != ProductFilter.ALL

    def _is_searching(self) -> bool:
        return bool(self.search.value() or self._brand or self._category)

    def clear_filters(self) -> None:
        """Every chip, brand and category."""
        self._brand, self._category = None, ""
        self._show_menus()
        self._chips.set_value(ProductFilter.ALL)

    def counted(self, count: int) -> str:
        """Products."""
        return ngettext("{n} product", "{n} products", count)

    def nothing(self) -> EmptyState:
        """Nothing found, nothing fits, or no product yet."""
        words = self.search.value()
        if words:
            text = _("No product has “{words}” in its code, name, barcode or category.").format(words=words[:60])
            return EmptyState("search", _("Nothing found"), text, _("Show all"), self.show_all, action_icon=None)
        if self.is_narrowed() and self._has_any():
            text = _("No product fits this filter.")
            return EmptyState("filter", _("Nothing here"), text, _("Show all"), self.show_all, action_icon=None)
        text = _(
            "Add what you sell with code and price, or bring in a price list from a table. Orders find it by code."
        )
        return EmptyState("package", _("No product yet"), text, _("New product"), self._want_new)

    def _has_any(self) -> bool:
        everything = product_list(self._currency, self._session.today(), which=ProductFilter.ALL)
        return bool(self._session.look(everything.first_page))

    # --- what the user does

    def _want_new(self) -> None:
        self.new_wanted.emit()

    def _sorted(self, key: str, descending: bool) -> None:
        self._sort, self._descending = ProductSort(key), descending
        self._table.set_sorted(key, descending)
        self.refresh()

    def _fill_brands(self) -> None:
        self._brand_menu.clear()
        self._brand_menu.add_choice(_("Any brand"), not self._brand, self._choose_brand, None)
        for brand in self._session.look(brands):
            self._brand_menu.add_choice(brand.name, brand.id == self._brand, self._choose_brand, brand.id)

    def _fill_categories(self) -> None:
        self._category_menu.clear()
        self._category_menu.add_choice(_("Any category"), not self._category, self._choose_category, "")
        for category in self._session.look(categories):
            self._category_menu.add_choice(category, category == self._category, self._choose_category, category)

    def _choose_brand(self, brand_id: UUID | None) -> None:
        self._brand = brand_id
        self._show_menus()
        self.refresh()

    def _choose_category(self, category: str) -> None:
        self._category = category
        self._show_menus()
        self.refresh()

    def _show_menus(self) -> None:
        name = next((brand.name for brand in self._session.look(brands) if brand.id == self._brand), "")
        self._brand_button.setText(name or _("Brand"))
        self._brand_button.set_kind(Kind.SECONDARY if name else Kind.QUIET)
        self._category_button.setText(self._category or _("Category"))
        self._category_button.set_kind(Kind.SECONDARY if self._category else Kind.QUIET)
