"""The left side of the Demos page: search, filters, calendar of the month, the list. No detail, no forms."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from directsell.i18n import N_, _, ngettext
from directsell.store.queries.demos import DemoFilter, DemoRow, demo_list
from directsell.store.queries.lists import ListQuery
from directsell.store.queries.settings import business
from directsell.ui.models.sources import QuerySource
from directsell.ui.models.spine import SpineModel
from directsell.ui.pages.demos.calendar import DemoCalendar
from directsell.ui.session import Session
from directsell.ui.tasks import Job
from directsell.ui.terms import icon_of, term
from directsell.ui.widgets.big_list import RowList
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.fields import SearchField
from directsell.ui.widgets.filter_chips import FilterChips
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.list_rows import RowLook
from directsell.ui.widgets.page import Page
from directsell.ui.widgets.states import EmptyState

_FILTERS = (
    (DemoFilter.UPCOMING, N_("Upcoming"), ""),
    (DemoFilter.PAST, N_("Past"), ""),
    (DemoFilter.CANCELLED, N_("Called off"), N_("Called off or postponed")),
    (DemoFilter.ALL, N_("All"), ""),
)
_TALL = 620


class _Ready(QuerySource[DemoRow]):
    """A list query whose row numbers were read in a worker already."""

    def __init__(self, session: Session, query: ListQuery[DemoRow], ids: array[int]) -> None:
        super().__init__(session.app, query)
        self._ids = ids

    def first_page(self) -> Sequence[tuple[int, DemoRow]]:
        return ()

    def ids(self) -> array[int]:
        return self._ids


class DemoListing(Page):
    """``DemoListing(session)``: ``list``, ``search``, ``calendar``, ``refresh()``, ``show_all()``.

    Signals: ``chosen(object id | None)``, ``opened(object id)``, ``new_wanted(object date | None)``, ``delete_wanted()``,
    ``loaded()``.
    """

    chosen = Signal(object)
    opened = Signal(object)
    new_wanted = Signal(object)
    delete_wanted = Signal()
    loaded = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Demos"), scroll=False, margin=16, parent=parent)
        self._session = session
        self._currency = session.look(business).currency
        self._day: date | None = None
        self._job: Job | None = None
        self._wants_calendar: bool | None = None
        self.body.setSpacing(8)
        self._count = Label("", Role.SMALL)
        self.add_action(self._count)
        self._calendar_button = IconButton("calendar", _("Show the calendar"), checkable=True)
        self._calendar_button.clicked.connect(self._calendar_clicked)
        self.add_action(self._calendar_button)
        self.add_action(IconButton("plus", _("New demo"), on_click=self._new))
        self.search = SearchField(_("Host, title, place …"))
        self.search.searched.connect(self._searched)
        self.search.submitted.connect(self._submitted)
        self.add(self.search)
        self.chips = FilterChips(
            [(key, _(text), _(tip) if tip else "") for key, text, tip in _FILTERS], name=_("Filter")
        )
        self.chips.chosen.connect(self._filtered)
        self.add(self.chips)
        self.calendar = DemoCalendar(session)
        self.calendar.day_chosen.connect(self._day_chosen)
        self.add(self.calendar)
        self._day_button = Button("", "x", kind=Kind.QUIET, compact=True, on_click=self._every_day)
        self._day_button.setToolTip(_("Show all days again"))
        self._day_button.hide()
        self.add(self._day_button)
        look: RowLook[DemoRow] = RowLook(
            title=_title, subtitle=self._subtitle, icon=_icon, amount=self._sales, detail=self._detail
        )
        self._model: SpineModel[DemoRow] = SpineModel(
            (), key=_key, tasks=session.tasks, describe=look.words, parent=self
        )
        self._model.failed.connect(session.complain)
        self.list = RowList(self._model, look, _("Demos"))
        self.list.current_changed.connect(self.chosen)
        self.list.opened.connect(self.opened)
        self.list.typed.connect(self._type_ahead)
        self.list.delete_pressed.connect(self.delete_wanted)
        self.search.moved.connect(self.list.move_current)
        self._model.loaded.connect(self._loaded)
        self.add(self.list, 1)
        self.list.show_source(_Ready(session, self._query(), session.look(self._query().ids)))

    # --- content

    def refresh(self) -> None:
        """Read list and calendar again; what is selected stays selected."""
        self.calendar.refresh()
        if self._job is not None:
            self._job.cancel()
        query = self._query()
        self._job = self._session.read(self, query.ids, done=self._arrived)

    def show_all(self) -> None:
        """Take off every filter, so that any demo is in the list."""
        self._day = None
        self._show_day()
        self.chips.set_value(DemoFilter.ALL)
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.list.show_source(_Ready(self._session, self._query(), self._session.look(self._query().ids)))

    def _query(self) -> ListQuery[DemoRow]:
        return demo_list(
            which=DemoFilter(self.chips.value()),
            text=self.search.value(),
            day=self._day,
            currency=self._currency,
            today=self._session.today(),
        )

    def _arrived(self, ids: array[int]) -> None:
        self._job = None
        self.list.show_source(_Ready(self._session, self._query(), ids))

    def _loaded(self, count: int) -> None:
        number = self._session.language.number(count)
        self._count.setText(number)
        self._count.setToolTip(ngettext("{n} demo", "{n} demos", count).format(n=number))
        if count == 0:
            self.list.set_empty(self._nothing())
        self.loaded.emit()

    def _nothing(self) -> EmptyState:
        language = self._session.language
        if self._day is not None:
            title = _("{day} is free").format(day=language.date(self._day))
            state = EmptyState("calendar-days", title, "", _("Book a demo"))
        elif self.search.value():
            words = self.search.value()[:60]
            state = EmptyState(
                "search",
                _("No demo found"),
                _("No demo has “{words}” in host, title, place or note.").format(words=words),
                _("Book a demo"),
            )
        elif self.chips.value() == DemoFilter.UPCOMING:
            text = _("Book the next one: host, day and place are enough. Guests and their orders follow.")
            state = EmptyState("calendar-days", _("Nothing booked"), text, _("Book a demo"))
        else:
            state = EmptyState("filter", _("No demo here"), _("No demo fits this filter."), _("Book a demo"))
        state.action_clicked.connect(self._new)
        return state

    # --- how a row looks

    def _subtitle(self, row: DemoRow) -> str:
        language = self._session.language
        when = language.date(row.day, "short")
        day = f"{language.weekday(row.day, short=True)} {when}"
        time = language.time(row.starts) if row.starts is not None else ""
        return " · ".join(part for part in (day, time, row.city) if part)

    def _sales(self, row: DemoRow) -> str:
        return self._session.language.money(row.sales, self._currency) if row.orders else ""

    def _detail(self, row: DemoRow) -> str:
        if row.state in ("cancelled", "postponed"):
            return term(row.state)
        if row.orders:
            return ngettext("{n} order", "{n} orders", row.orders).format(n=row.orders)
        if row.coming:
            return _("{n} coming").format(n=row.coming)
        return ngettext("{n} guest", "{n} guests", row.guests).format(n=row.guests) if row.guests else ""

    # --- what the user does

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_calendar()

    def show_calendar(self) -> None:
        """Show the month and put the focus into it."""
        self._wants_calendar = True
        self._show_calendar()
        self.calendar.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _calendar_clicked(self) -> None:
        self._wants_calendar = self._calendar_button.isChecked()
        self._show_calendar()

    def _show_calendar(self) -> None:
        wanted = self.height() >= _TALL if self._wants_calendar is None else self._wants_calendar
        self._calendar_button.setChecked(wanted)
        self.calendar.setVisible(wanted)

    def _day_chosen(self, day: object) -> None:
        if isinstance(day, date):
            self._day = day
            self._show_day()
            self.refresh()

    def _every_day(self) -> None:
        self._day = None
        self._show_day()
        self.refresh()

    def _show_day(self) -> None:
        if self._day is not None:
            self._day_button.setText(self._session.language.date(self._day, "full"))
        self._day_button.setVisible(self._day is not None)

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
        self._day = None
        self._show_day()
        self.refresh()

    def _new(self) -> None:
        self.new_wanted.emit(self._day)


def _title(row: DemoRow) -> str:
    if row.title and row.host:
        return _("{title}, {host}").format(title=row.title, host=row.host)
    return row.title or row.host or term(row.kind)


def _icon(row: DemoRow) -> str:
    return icon_of(row.kind)


def _key(row: DemoRow) -> Hashable:
    return row.id
