"""The table of products: search, filters by state, brand and category, order by name or code. No detail, no form."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from directsell.i18n import N_, _, ngettext
from directsell.store.queries.lists import ListQuery
from directsell.store.queries.products import ProductFilter, ProductRow, ProductSort, brands, categories, product_list
from directsell.store.queries.settings import business
from directsell.ui.models.sources import QuerySource
from directsell.ui.models.spine import Column, SpineModel
from directsell.ui.session import Session
from directsell.ui.tasks import Job
from directsell.ui.widgets.big_list import TableList
from directsell.ui.widgets.buttons import Button, Kind, Menu
from directsell.ui.widgets.fields import SearchField
from directsell.ui.widgets.filter_chips import FilterChips
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.page import Page
from directsell.ui.widgets.states import EmptyState

_FILTERS = (
    (ProductFilter.ACTIVE, N_("Active"), N_("What can be ordered")),
    (ProductFilter.ENDING, N_("Price ends soon"), N_("The price ends within 30 days and none follows")),
    (ProductFilter.NO_PRICE, N_("No price"), N_("Active, but without a price today")),
    (ProductFilter.INACTIVE, N_("Inactive"), ""),
    (ProductFilter.ALL, N_("All"), ""),
)
_WORDS_MS = 60


class _Ready(QuerySource[ProductRow]):
    """A list query whose row numbers were read in a worker already."""

    def __init__(self, session: Session, query: ListQuery[ProductRow], ids: array[int]) -> None:
        super().__init__(session.app, query)
        self._ids = ids

    def first_page(self) -> Sequence[tuple[int, ProductRow]]:
        return ()

    def ids(self) -> array[int]:
        return self._ids


class ProductListing(Page):
    """``ProductListing(session)``: ``list`` (TableList), ``search``, ``refresh()``, ``show_all()``.

    Signals: ``chosen(object id | None)``, ``opened(object id)``, ``new_wanted()``, ``delete_wanted()``.
    """

    chosen = Signal(object)
    opened = Signal(object)
    new_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Products"), scroll=False, margin=20, parent=parent)
        self._session = session
        self._currency = session.look(business).currency
        self._brand: UUID | None = None
        self._category = ""
        self._sort = ProductSort.NAME
        self._descending = False
        self._job: Job | None = None
        self.body.setSpacing(10)
        self._count = Label("", Role.SMALL)
        self.add_action(self._count)
        new = Button(_("New product"), "plus", kind=Kind.PRIMARY, on_click=self._want_new)
        new.setToolTip(f"{new.caption()}  (Ctrl+N)")
        self.add_action(new)
        self.search = SearchField(_("Code, name, barcode, category …"), delay_ms=_WORDS_MS)
        self.search.searched.connect(self._searched)
        self.search.submitted.connect(self._submitted)
        self.add(self.search)
        self._make_filters()
        self._model: SpineModel[ProductRow] = SpineModel(self._columns(), key=_key, tasks=session.tasks, parent=self)
        self._model.failed.connect(session.complain)
        self._model.loaded.connect(self._loaded)
        self.list = TableList(self._model, _("Products"), surface="bg")
        self.list.set_sorted(ProductSort.NAME, False)
        self.list.sort_wanted.connect(self._sorted)
        self.list.current_changed.connect(self.chosen)
        self.list.opened.connect(self.opened)
        self.list.typed.connect(self._type_ahead)
        self.list.delete_pressed.connect(self.delete_wanted)
        self.search.moved.connect(self.list.move_current)
        self.add(self.list, 1)
        self.refresh()

    def _make_filters(self) -> None:
        self._chips = FilterChips(
            [(key, _(text), _(tip) if tip else "") for key, text, tip in _FILTERS], name=_("Filter")
        )
        self._chips.chosen.connect(self._filtered)
        self._brand_menu = Menu(self)
        self._brand_menu.aboutToShow.connect(self._fill_brands)
        self._brand_button = Button(_("Brand"), "store", kind=Kind.QUIET, compact=True, menu=self._brand_menu)
        self._category_menu = Menu(self)
        self._category_menu.aboutToShow.connect(self._fill_categories)
        self._category_button = Button(_("Category"), "tag", kind=Kind.QUIET, compact=True, menu=self._category_menu)
        self._chips.add_extra(self._brand_button)
        self._chips.add_extra(self._category_button)
        self.add(self._chips)

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

    # --- content

    def refresh(self) -> None:
        """Read the list again; what is selected stays selected."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        query = self._query()
        if not self._narrowed() and self._sort is ProductSort.NAME:
            self.list.show_source(QuerySource(self._session.app, query))
            return
        # Filters and orders without an index of their own are read in a worker; the old rows stay until then.
        self._job = self._session.read(self, query.ids, done=self._arrived)

    def changed_products(self, ids: frozenset[UUID] | None) -> None:
        """Read rows of these products again (None: all)."""
        self._model.forget(None if ids is None else tuple(ids))

    def show_all(self) -> None:
        """Take off every filter, so that a product is certainly in the list."""
        self._brand, self._category = None, ""
        self._show_menus()
        self._chips.set_value(ProductFilter.ALL)
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.refresh()

    def _query(self) -> ListQuery[ProductRow]:
        return product_list(
            self._currency,
            self._session.today(),
            which=ProductFilter(self._chips.value()),
            sort=self._sort,
            descending=self._descending,
            brand_id=self._brand,
            category=self._category,
            text=self.search.value(),
        )

    def _arrived(self, ids: array[int]) -> None:
        self._job = None
        self.list.show_source(_Ready(self._session, self._query(), ids))

    def _narrowed(self) -> bool:
        quick = (ProductFilter.ACTIVE, ProductFilter.ALL)
        return bool(self.search.value() or self._brand or self._category) or self._chips.value() not in quick

    def _loaded(self, count: int) -> None:
        number = self._session.language.number(count)
        self._count.setText(number if self._model.complete else "")
        self._count.setToolTip(ngettext("{n} product", "{n} products", count).format(n=number))
        if count == 0:
            self.list.set_empty(self._nothing())

    def _nothing(self) -> EmptyState:
        words = self.search.value()
        if words:
            text = _("No product has “{words}” in its code, name, barcode or category.").format(words=words[:60])
            state = EmptyState("search", _("Nothing found"), text, _("Show all"), action_icon=None)
            state.action_clicked.connect(self.show_all)
        elif self._narrowed() or (self._chips.value() == ProductFilter.ACTIVE and self._has_any()):
            state = EmptyState(
                "filter", _("Nothing here"), _("No product fits this filter."), _("Show all"), action_icon=None
            )
            state.action_clicked.connect(self.show_all)
        else:
            state = EmptyState(
                "package",
                _("No product yet"),
                _(
                    "Add what you sell with code and price, or bring in a price list from a table. Orders find it by code."
                ),
                _("New product"),
            )
            state.action_clicked.connect(self._want_new)
        return state

    def _has_any(self) -> bool:
        everything = product_list(self._currency, self._session.today(), which=ProductFilter.ALL)
        return bool(self._session.look(everything.first_page))

    # --- what the user does

    def _want_new(self) -> None:
        self.new_wanted.emit()

    def _searched(self, _text: str) -> None:
        self.refresh()

    def _submitted(self, _text: str) -> None:
        if self.list.current_key() is None:
            self.list.select_first()
        self.list.open_current()

    def _type_ahead(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(self.search.text() + text)

    def _filtered(self, _key: str) -> None:
        self.refresh()

    def _sorted(self, key: str, descending: bool) -> None:
        self._sort, self._descending = ProductSort(key), descending
        self.list.set_sorted(key, descending)
        self.refresh()

    def _fill_brands(self) -> None:
        self._brand_menu.clear()
        self._brand_menu.add(_("Any brand"), None if self._brand else "check", _Do(self._choose_brand, None))
        for brand in self._session.look(brands):
            mark = "check" if brand.id == self._brand else None
            self._brand_menu.add(brand.name, mark, _Do(self._choose_brand, brand.id))

    def _fill_categories(self) -> None:
        self._category_menu.clear()
        mark = None if self._category else "check"
        self._category_menu.add(_("Any category"), mark, _Do(self._choose_category, ""))
        for category in self._session.look(categories):
            mark = "check" if category == self._category else None
            self._category_menu.add(category, mark, _Do(self._choose_category, category))

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


class _Do:
    """A call with its argument, for menus."""

    def __init__(self, function: Callable[[Any], object], argument: object) -> None:
        self._function = function
        self._argument = argument

    def __call__(self, *_checked: object) -> None:
        self._function(self._argument)


def _key(row: ProductRow) -> Hashable:
    return row.id
