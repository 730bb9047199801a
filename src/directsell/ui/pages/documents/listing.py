"""The left side of the Documents page: search, filters, the list of issued papers. No detail, no printing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from directsell.domain.invoicing import PaperKind
from directsell.i18n import N_, _, ngettext
from directsell.store.queries.documents import PaperRow, PaperState, paper_list, paper_months
from directsell.store.queries.lists import ListQuery
from directsell.ui.models.sources import QuerySource
from directsell.ui.session import Session
from directsell.ui.terms import icon_of, term
from directsell.ui.widgets.fields import ChoiceField
from directsell.ui.widgets.list_pane import ListPane
from directsell.ui.widgets.list_rows import RowLook
from directsell.ui.widgets.paper_dialog import paper_chip
from directsell.ui.widgets.states import EmptyState

_KINDS = (
    ("", N_("All"), ""),
    (PaperKind.INVOICE, N_("Invoices"), ""),
    (PaperKind.ORDER_SLIP, N_("Order slips"), ""),
    (PaperKind.QUOTE, N_("Quotes"), ""),
    (PaperKind.CREDIT_NOTE, N_("Credit notes"), ""),
    (PaperKind.SLIP_VOID, N_("Voids"), ""),
)
_STATES = (
    (PaperState.ALL, N_("Any state")),
    (PaperState.VALID, N_("Valid")),
    (PaperState.CANCELLED, N_("Cancelled")),
    (PaperState.CANCELLING, N_("Cancelling others")),
)


class PapersListing(ListPane[PaperRow]):
    """``PapersListing(session)``: a ListPane with ``kinds``, ``months``, ``states``; ``query()`` is what is listed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Documents"), parent=parent)
        self.add_search(_("Number or customer"))
        self.kinds = self.add_chips(_KINDS, _("Kind"))
        self.months = ChoiceField([("", _("Any month"))], "")
        self.months.setAccessibleName(_("Month"))
        self.months.changed.connect(self.refresh)
        self.states = ChoiceField([(key, _(text)) for key, text in _STATES], PaperState.ALL)
        self.states.setAccessibleName(_("Status"))
        self.states.changed.connect(self.refresh)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.months)
        row.addWidget(self.states)
        self.add_layout(row)
        look: RowLook[PaperRow] = RowLook(
            title=_number, subtitle=self._subtitle, icon=_icon, amount=self._amount, detail=self._day, chips=_chips
        )
        self.add_rows(look, _("Documents"))
        self.refresh()

    # --- what is listed

    def query(self) -> ListQuery[PaperRow]:
        """What is listed now."""
        kind = self.kinds.value()
        return paper_list(
            kind=PaperKind(kind) if kind else None,
            month=self.months.value() or "",
            state=self.states.value() or PaperState.ALL,
            text=self.search.value(),
        )

    def source(self) -> QuerySource[PaperRow]:
        """Papers that fit."""
        return QuerySource(self._session.app, self.query())

    def is_narrowed(self) -> bool:
        """A paper may be missing."""
        chosen = (self.kinds.value(), self.months.value(), self.search.value())
        return any(chosen) or self.states.value() != PaperState.ALL

    def clear_filters(self) -> None:
        """Every kind, month and state."""
        self.kinds.set_value("")
        self.months.set_value("")
        self.states.set_value(PaperState.ALL)

    def refresh(self) -> None:
        """Read list and months again; what is selected stays selected."""
        self._session.read(self, paper_months, done=self._show_months)
        super().refresh()

    def counted(self, count: int) -> str:
        """Documents."""
        return ngettext("{n} document", "{n} documents", count)

    def nothing(self) -> EmptyState:
        """Nothing fits, or nothing was issued yet."""
        if self.is_narrowed():
            words = _("Show all documents")
            return EmptyState(
                "search", _("Nothing found"), _("No document fits."), words, self.show_all, action_icon=None
            )
        return EmptyState(
            "file-text",
            _("No documents yet"),
            _("Open an order and issue its slip or invoice: it gets a number and is kept here for good."),
            _("To the orders"),
            self._to_orders,
            action_icon="shopping-bag",
        )

    def _show_months(self, months: list[str]) -> None:
        language = self._session.language
        named = [(month, language.month(date.fromisoformat(f"{month}-01"))) for month in months]
        self.months.set_choices([("", _("Any month")), *named])

    def _to_orders(self) -> None:
        self._session.navigation.go("orders")

    # --- how a row looks

    def _subtitle(self, row: PaperRow) -> str:
        return row.name or term(row.kind)

    def _amount(self, row: PaperRow) -> str:
        return self._session.language.money(row.total, row.currency)

    def _day(self, row: PaperRow) -> str:
        return self._session.language.date(row.issued_on)


def _number(row: PaperRow) -> str:
    return row.number


def _icon(row: PaperRow) -> str:
    return icon_of(row.kind)


def _chips(row: PaperRow) -> Sequence[tuple[str, str]]:
    if row.cancelled_by:
        return ((_("Cancelled"), "bad"),)
    return ((paper_chip(row)[0], "warn"),) if row.cancels else ()
