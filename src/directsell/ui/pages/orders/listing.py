"""The table of orders: search, filters, order by date, and what is half-typed. No detail, no form."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from directsell.domain.orders import OrderState
from directsell.i18n import N_, _, ngettext
from directsell.store.queries.order_lists import OrderFilter, OrderRow, is_quick, order_list
from directsell.ui.models.sources import QuerySource
from directsell.ui.models.spine import Column
from directsell.ui.session import Session
from directsell.ui.terms import term, tone_of
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.list_pane import ListPane
from directsell.ui.widgets.states import Banner, EmptyState

_FILTERS = (
    (OrderFilter.ALL, N_("All"), ""),
    (OrderFilter.OPEN, N_("Open"), N_("To deliver or to be paid")),
    (OrderFilter.DRAFTS, N_("Drafts"), N_("Not placed yet")),
    (OrderFilter.QUOTES, N_("Quotes"), N_("Offered, not accepted yet")),
    (OrderFilter.TO_DELIVER, N_("To deliver"), ""),
    (OrderFilter.UNPAID, N_("Unpaid"), ""),
    (OrderFilter.REFUND, N_("To pay back"), N_("Money that customers who cancelled get back")),
    (OrderFilter.MONTH, N_("This month"), ""),
)
_WORDS_MS = 120


class OrderListing(ListPane[OrderRow]):
    """``OrderListing(session)``: a ListPane with ``set_filter(key)``, ``show_half_typed(words)``.

    Signals: ``new_wanted()``; ``continue_wanted()`` the half-typed order of the banner.
    """

    new_wanted = Signal()
    continue_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Orders"), margin=20, spacing=10, parent=parent)
        self._descending = True
        new = Button(_("New order"), "plus", kind=Kind.PRIMARY, on_click=self._want_new)
        new.setToolTip(f"{new.caption()}  (Ctrl+N)")
        self.add_action(new)
        self.add_search(_("Number, customer, host, note …"), delay_ms=_WORDS_MS)
        self._chips = self.add_chips(_FILTERS, _("Filter"))
        self._table = self.add_table(self._columns(), _("Orders"))
        self._table.set_sorted("date", True)
        self._table.sort_wanted.connect(self._sorted)
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
            Column(_("Status"), self._status, width=140, role="chip", tone=_tone),
            Column(_("Total"), lambda r: money(r.total, r), width=96, end=True, role="strong"),
            Column(
                _("Open"),
                lambda r: money(r.open, r) if r.open else "",
                width=96,
                end=True,
                tone=lambda r: "warn" if r.open > 0 else "bad" if r.refund else "ok",
            ),
        )

    def _status(self, row: OrderRow) -> str:
        """The state; goods that stay here and money that goes back say so instead."""
        if row.on_hold:
            return _("Hold")
        if row.refund and row.refund_by is not None:
            return _("Back by {day}").format(day=self._session.language.date(row.refund_by, "short"))
        if row.state is OrderState.CANCELLED and row.valid_until is not None and not row.refund:
            return _("Quote declined")
        if row.state is OrderState.QUOTED and row.valid_until is not None and row.valid_until < self._session.today():
            return _("Quote ended")
        return _("To pay back") if row.refund else term(row.state)

    # --- what is listed

    def source(self) -> QuerySource[OrderRow]:
        """Orders that fit."""
        query = order_list(
            which=OrderFilter(self._chips.value()),
            text=self.search.value(),
            descending=self._descending,
            today=self._session.today(),
        )
        return QuerySource(self._session.app, query)

    def is_quick(self) -> bool:
        """Filters with an index of their own."""
        return is_quick(OrderFilter(self._chips.value()), self.search.value())

    def is_narrowed(self) -> bool:
        """An order may be missing."""
        return bool(self.search.value()) or self._chips.value() != OrderFilter.ALL

    def clear_filters(self) -> None:
        """Every chip."""
        self._chips.set_value(OrderFilter.ALL)

    def counted(self, count: int) -> str:
        """Orders."""
        return ngettext("{n} order", "{n} orders", count)

    def nothing(self) -> EmptyState:
        """Nothing found, nothing fits, or no order yet."""
        words = self.search.value()
        if words:
            text = _("No order has “{words}” in its number, note or names.").format(words=words[:60])
            return EmptyState("search", _("Nothing found"), text, _("Show all"), self.show_all, action_icon=None)
        if self.is_narrowed():
            text = _("No order fits this filter.")
            return EmptyState("filter", _("Nothing here"), text, _("Show all"), self.show_all, action_icon=None)
        text = _("Type what somebody takes by code, name or barcode; sums, tax and change come by themselves.")
        return EmptyState("shopping-bag", _("No order yet"), text, _("New order"), self._want_new)

    def set_filter(self, which: OrderFilter) -> None:
        """Show the orders of a filter."""
        self._chips.set_value(which)
        self.refresh()

    def show_half_typed(self, words: str) -> None:
        """Offer a half-typed order to go on with; "" takes the offer away."""
        if not words:
            self.set_banner(None)
            return
        banner = Banner(words, "info", action=_("Continue"))
        banner.action_clicked.connect(self.continue_wanted)
        self.set_banner(banner)

    # --- what the user does

    def _want_new(self) -> None:
        self.new_wanted.emit()

    def _sorted(self, key: str, _descending: bool) -> None:
        # There is one order, by date; a click turns it round.
        self._descending = not self._descending
        self._table.set_sorted(key, self._descending)
        self.refresh()


def _tone(row: OrderRow) -> str:
    return "bad" if row.on_hold or row.refund else tone_of(row.state)
