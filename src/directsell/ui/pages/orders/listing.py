"""The table of orders: search, filters, order by date, and what is half-typed. No detail, no form."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from directsell.i18n import N_, _, ngettext
from directsell.store.queries.lists import ListQuery
from directsell.store.queries.order_lists import OrderFilter, OrderRow, is_quick, order_list
from directsell.ui.models.sources import QuerySource
from directsell.ui.models.spine import Column, SpineModel
from directsell.ui.session import Session
from directsell.ui.tasks import Job
from directsell.ui.terms import term, tone_of
from directsell.ui.widgets.big_list import TableList
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.fields import SearchField
from directsell.ui.widgets.filter_chips import FilterChips
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.page import Page
from directsell.ui.widgets.states import Banner, EmptyState

_FILTERS = (
    (OrderFilter.ALL, N_("All"), ""),
    (OrderFilter.OPEN, N_("Open"), N_("To deliver or to be paid")),
    (OrderFilter.DRAFTS, N_("Drafts"), N_("Not placed yet")),
    (OrderFilter.TO_DELIVER, N_("To deliver"), ""),
    (OrderFilter.UNPAID, N_("Unpaid"), ""),
    (OrderFilter.MONTH, N_("This month"), ""),
)
_WORDS_MS = 120


class _Ready(QuerySource[OrderRow]):
    """A list query whose row numbers were read in a worker already."""

    def __init__(self, session: Session, query: ListQuery[OrderRow], ids: array[int]) -> None:
        super().__init__(session.app, query)
        self._ids = ids

    def first_page(self) -> Sequence[tuple[int, OrderRow]]:
        return ()

    def ids(self) -> array[int]:
        return self._ids


class OrderListing(Page):
    """``OrderListing(session)``: ``list`` (TableList), ``search``, ``refresh()``, ``set_filter(key)``, ``show_all()``.

    Signals: ``chosen(object id | None)``, ``opened(object id)``, ``new_wanted()``, ``delete_wanted()``,
    ``continue_wanted()`` the half-typed order of the banner.
    """

    chosen = Signal(object)
    opened = Signal(object)
    new_wanted = Signal()
    delete_wanted = Signal()
    continue_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Orders"), scroll=False, margin=20, parent=parent)
        self._session = session
        self._job: Job | None = None
        self._descending = True
        self.body.setSpacing(10)
        self._count = Label("", Role.SMALL)
        self.add_action(self._count)
        self._new = Button(_("New order"), "plus", kind=Kind.PRIMARY, on_click=self._want_new)
        self._new.setToolTip(f"{self._new.caption()}  (Ctrl+N)")
        self.add_action(self._new)
        self.search = SearchField(_("Number, customer, host, note …"), delay_ms=_WORDS_MS)
        self.search.searched.connect(self._searched)
        self.search.submitted.connect(self._submitted)
        self.add(self.search)
        self._chips = FilterChips(
            [(key, _(text), _(tip) if tip else "") for key, text, tip in _FILTERS], name=_("Filter")
        )
        self._chips.chosen.connect(self._filtered)
        self.add(self._chips)
        self._model: SpineModel[OrderRow] = SpineModel(self._columns(), key=_key, tasks=session.tasks, parent=self)
        self._model.failed.connect(session.complain)
        self._model.loaded.connect(self._loaded)
        self.list = TableList(self._model, _("Orders"), surface="bg")
        self.list.set_sorted("date", True)
        self.list.sort_wanted.connect(self._sorted)
        self.list.current_changed.connect(self.chosen)
        self.list.opened.connect(self.opened)
        self.list.typed.connect(self._type_ahead)
        self.list.delete_pressed.connect(self.delete_wanted)
        self.search.moved.connect(self.list.move_current)
        self.add(self.list, 1)
        self.refresh()

    def _columns(self) -> tuple[Column[OrderRow], ...]:
        language = self._session.language

        def money(minor: int, row: OrderRow) -> str:
            return language.money(minor, row.currency)

        return (
            Column(_("Number"), lambda r: r.number or "–", width=126, role="muted", optional=True),
            Column(_("Date"), lambda r: language.date(r.ordered_on, "short"), width=88, sort="date"),
            Column(_("Customer"), lambda r: r.customer or _("Nobody yet"), role="strong"),
            Column(_("Demo"), lambda r: r.demo, role="muted", width=150, optional=True),
            Column(_("Status"), lambda r: term(r.state), width=116, role="chip", tone=lambda r: tone_of(r.state)),
            Column(_("Total"), lambda r: money(r.total, r), width=96, end=True, role="strong"),
            Column(
                _("Open"),
                lambda r: money(r.open, r) if r.open else "",
                width=96,
                end=True,
                tone=lambda r: "warn" if r.open > 0 else "ok",
            ),
        )

    # --- content

    def refresh(self) -> None:
        """Read the list again; what is selected stays selected."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        query = self._query()
        if is_quick(OrderFilter(self._chips.value()), self.search.value()):
            self.list.show_source(QuerySource(self._session.app, query))
            return
        # Filters without an index of their own are read in a worker; the old rows stay until then.
        self._job = self._session.read(self, query.ids, done=self._arrived)

    def changed_orders(self, ids: frozenset[UUID] | None) -> None:
        """Read rows of these orders again (None: all)."""
        self._model.forget(None if ids is None else tuple(ids))

    def is_listed(self, order_id: UUID) -> bool:
        """Say whether an order is among the rows."""
        return self._model.position(order_id) >= 0

    def set_filter(self, which: OrderFilter) -> None:
        """Show the orders of a filter."""
        self._chips.set_value(which)
        self.refresh()

    def show_all(self) -> None:
        """Take off every filter, so that an order is certainly in the list."""
        if self._narrowed():
            self._chips.set_value(OrderFilter.ALL)
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
            self.refresh()

    def show_half_typed(self, words: str) -> None:
        """Offer a half-typed order to go on with; "" takes the offer away."""
        if not words:
            self.set_banner(None)
            return
        banner = Banner(words, "info", action=_("Continue"))
        banner.action_clicked.connect(self.continue_wanted)
        self.set_banner(banner)

    def _query(self) -> ListQuery[OrderRow]:
        return order_list(
            which=OrderFilter(self._chips.value()),
            text=self.search.value(),
            descending=self._descending,
            today=self._session.today(),
        )

    def _arrived(self, ids: array[int]) -> None:
        self._job = None
        self.list.show_source(_Ready(self._session, self._query(), ids))

    def _narrowed(self) -> bool:
        return bool(self.search.value()) or self._chips.value() != OrderFilter.ALL

    def _loaded(self, count: int) -> None:
        number = self._session.language.number(count)
        self._count.setText(number if self._model.complete else "")
        self._count.setToolTip(ngettext("{n} order", "{n} orders", count).format(n=number))
        if count == 0:
            self.list.set_empty(self._nothing())

    def _nothing(self) -> EmptyState:
        words = self.search.value()
        if words:
            text = _("No order has “{words}” in its number, note or names.").format(words=words[:60])
            state = EmptyState("search", _("Nothing found"), text, _("Show all"), action_icon=None)
            state.action_clicked.connect(self.show_all)
        elif self._narrowed():
            state = EmptyState(
                "filter", _("Nothing here"), _("No order fits this filter."), _("Show all"), action_icon=None
            )
            state.action_clicked.connect(self.show_all)
        else:
            state = EmptyState(
                "shopping-bag",
                _("No order yet"),
                _("Type what somebody takes by code, name or barcode; sums, tax and change come by themselves."),
                _("New order"),
            )
            state.action_clicked.connect(self._want_new)
        return state

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

    def _sorted(self, key: str, _descending: bool) -> None:
        # There is one order, by date; a click turns it round.
        self._descending = not self._descending
        self.list.set_sorted(key, self._descending)
        self.refresh()


def _key(row: OrderRow) -> Hashable:
    return row.id
