"""The left side of the Documents page: search, filters, the list of issued papers. No detail, no printing."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from directsell.domain.invoicing import PaperKind
from directsell.i18n import N_, _, ngettext
from directsell.store.queries.documents import PaperRow, PaperState, paper_list, paper_months
from directsell.store.queries.lists import ListQuery
from directsell.ui.models.sources import QuerySource
from directsell.ui.models.spine import SpineModel
from directsell.ui.session import Session
from directsell.ui.tasks import Job
from directsell.ui.terms import icon_of, term
from directsell.ui.widgets.big_list import RowList
from directsell.ui.widgets.fields import ChoiceField, SearchField
from directsell.ui.widgets.filter_chips import FilterChips
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.list_rows import RowLook
from directsell.ui.widgets.page import Page
from directsell.ui.widgets.paper_dialog import paper_chip
from directsell.ui.widgets.states import EmptyState

_KINDS = (
    ("", N_("All")),
    (PaperKind.INVOICE, N_("Invoices")),
    (PaperKind.ORDER_SLIP, N_("Order slips")),
    (PaperKind.CREDIT_NOTE, N_("Credit notes")),
    (PaperKind.SLIP_VOID, N_("Voids")),
)
_STATES = (
    (PaperState.ALL, N_("Any state")),
    (PaperState.VALID, N_("Valid")),
    (PaperState.CANCELLED, N_("Cancelled")),
    (PaperState.CANCELLING, N_("Cancelling others")),
)


class _Ready(QuerySource[PaperRow]):
    """A list query whose row numbers were read in a worker already."""

    def __init__(self, session: Session, query: ListQuery[PaperRow], ids: array[int]) -> None:
        super().__init__(session.app, query)
        self._ids = ids

    def first_page(self) -> Sequence[tuple[int, PaperRow]]:
        return ()

    def ids(self) -> array[int]:
        return self._ids


class PapersListing(Page):
    """``PapersListing(session)``: ``list`` (RowList), ``search``, ``kinds``, ``months``, ``states``, ``refresh()``, ``show_all()``.

    ``query()`` is what is listed. Signals: ``chosen(object id | None)``, ``opened(object id)``.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Documents"), scroll=False, margin=16, parent=parent)
        self._session = session
        self._job: Job | None = None
        self.body.setSpacing(8)
        self._count = Label("", Role.SMALL)
        self.add_action(self._count)
        self.search = SearchField(_("Number or customer"))
        self.search.searched.connect(self._narrowed_by)
        self.search.submitted.connect(self._submitted)
        self.add(self.search)
        self.kinds = FilterChips([(key, _(text), "") for key, text in _KINDS], name=_("Kind"))
        self.kinds.chosen.connect(self._narrowed_by)
        self.add(self.kinds)
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
        self.list = self._make_list()
        self.add(self.list, 1)
        self.refresh()

    def _make_list(self) -> RowList:
        look: RowLook[PaperRow] = RowLook(
            title=_number, subtitle=self._subtitle, icon=_icon, amount=self._amount, detail=self._day, chips=_chips
        )
        self._model: SpineModel[PaperRow] = SpineModel(
            (), key=_key, tasks=self._session.tasks, describe=look.words, parent=self
        )
        self._model.failed.connect(self._session.complain)
        self._model.loaded.connect(self._loaded)
        made = RowList(self._model, look, _("Documents"))
        made.current_changed.connect(self.chosen)
        made.opened.connect(self.opened)
        made.typed.connect(self._type_ahead)
        self.search.moved.connect(made.move_current)
        return made

    # --- content

    def refresh(self) -> None:
        """Read the list again; what is selected stays selected."""
        if self._job is not None:
            self._job.cancel()
        self._session.read(self, paper_months, done=self._show_months)
        if not self._narrowed():
            self._job = None
            self.list.show_source(QuerySource(self._session.app, self.query()))
            return
        self._job = self._session.read(self, self.query().ids, done=self._arrived)

    def query(self) -> ListQuery[PaperRow]:
        """What is listed now."""
        kind = self.kinds.value()
        return paper_list(
            kind=PaperKind(kind) if kind else None,
            month=self.months.value() or "",
            state=self.states.value() or PaperState.ALL,
            text=self.search.value(),
        )

    def show_all(self) -> None:
        """Take off every filter, so that a paper is certainly in the list."""
        if self._narrowed():
            self.kinds.set_value("")
            self.months.set_value("")
            self.states.set_value(PaperState.ALL)
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
            self.refresh()

    def _narrowed(self) -> bool:
        chosen = (self.kinds.value(), self.months.value(), self.search.value())
        return any(chosen) or self.states.value() != PaperState.ALL

    def _narrowed_by(self, _value: str) -> None:
        self.refresh()

    def _arrived(self, ids: array[int]) -> None:
        self._job = None
        self.list.show_source(_Ready(self._session, self.query(), ids))

    def _show_months(self, months: list[str]) -> None:
        language = self._session.language
        named = [(month, language.month(date.fromisoformat(f"{month}-01"))) for month in months]
        self.months.set_choices([("", _("Any month")), *named])

    def _loaded(self, count: int) -> None:
        number = self._session.language.number(count)
        self._count.setText(number if self._model.complete else "")
        self._count.setToolTip(ngettext("{n} document", "{n} documents", count).format(n=number))
        if count == 0:
            self.list.set_empty(self._nothing())

    def _nothing(self) -> EmptyState:
        if self._narrowed():
            state = EmptyState(
                "search", _("Nothing found"), _("No document fits."), _("Show all documents"), action_icon=None
            )
            state.action_clicked.connect(self.show_all)
            return state
        state = EmptyState(
            "file-text",
            _("No documents yet"),
            _("Open an order and issue its slip or invoice: it gets a number and is kept here for good."),
            _("To the orders"),
            action_icon="shopping-bag",
        )
        state.action_clicked.connect(self._to_orders)
        return state

    def _to_orders(self) -> None:
        self._session.navigation.go("orders")

    def _submitted(self, _text: str) -> None:
        self.list.select_first()
        self.list.open_current()

    def _type_ahead(self, letters: str) -> None:
        self.search.setFocus()
        self.search.setText(self.search.text() + letters)

    # --- how a row looks

    def _subtitle(self, row: PaperRow) -> str:
        return row.name or term(row.kind)

    def _amount(self, row: PaperRow) -> str:
        return self._session.language.money(row.total, row.currency)

    def _day(self, row: PaperRow) -> str:
        return self._session.language.date(row.issued_on)


def _key(row: PaperRow) -> Hashable:
    return row.id


def _number(row: PaperRow) -> str:
    return row.number


def _icon(row: PaperRow) -> str:
    return icon_of(row.kind)


def _chips(row: PaperRow) -> Sequence[tuple[str, str]]:
    if row.cancelled_by:
        return ((_("Cancelled"), "bad"),)
    return ((paper_chip(row)[0], "warn"),) if row.cancels else ()
