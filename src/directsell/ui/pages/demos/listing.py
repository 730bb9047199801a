"""The left side of the Demos page: search, filters, calendar of the month, the list. No detail, no forms."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from directsell.i18n import N_, _, ngettext
from directsell.store.queries.demos import DemoFilter, DemoRow, demo_list
from directsell.store.queries.settings import business
from directsell.ui.models.sources import QuerySource
from directsell.ui.pages.demos.calendar import DemoCalendar
from directsell.ui.session import Session
from directsell.ui.terms import icon_of, term
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.list_pane import ListPane
from directsell.ui.widgets.list_rows import RowLook
from directsell.ui.widgets.states import EmptyState

_FILTERS = (
    (DemoFilter.UPCOMING, N_("Upcoming"), ""),
    (DemoFilter.PAST, N_("Past"), ""),
    (DemoFilter.CANCELLED, N_("Called off"), N_("Called off or postponed")),
    (DemoFilter.ALL, N_("All"), ""),
)
_TALL = 620


class DemoListing(ListPane[DemoRow]):
    """``DemoListing(session)``: a ListPane with ``chips`` and ``calendar``.

    Signal: ``new_wanted(object date | None)``.
    """

    new_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Demos"), parent=parent)
        self._currency = session.look(business).currency
        self._day: date | None = None
        self._wants_calendar: bool | None = None
        self._calendar_button = IconButton("calendar", _("Show the calendar"), checkable=True)
        self._calendar_button.clicked.connect(self._calendar_clicked)
        self.add_action(self._calendar_button)
        self.add_action(IconButton("plus", _("New demo"), on_click=self._new))
        self.add_search(_("Host, title, place …"))
        self.chips = self.add_chips(_FILTERS, _("Filter"))
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
        self.add_rows(look, _("Demos"))
        self.list.show_source(session.look(self.source().complete))

    # --- what is listed

    def source(self) -> QuerySource[DemoRow]:
        """Demos that fit."""
        query = demo_list(
            which=DemoFilter(self.chips.value()),
            text=self.search.value(),
            day=self._day,
            currency=self._currency,
            today=self._session.today(),
        )
        return QuerySource(self._session.app, query)

    def is_narrowed(self) -> bool:
        """A demo may be missing."""
        return self._day is not None or bool(self.search.value()) or self.chips.value() != DemoFilter.ALL

    def clear_filters(self) -> None:
        """Every chip, every day."""
        self._show_day(None)
        self.chips.set_value(DemoFilter.ALL)

    def refresh(self) -> None:
        """Read list and calendar again; what is selected stays selected."""
        self.calendar.refresh()
        super().refresh()

    def counted(self, count: int) -> str:
        """Demos."""
        return ngettext("{n} demo", "{n} demos", count)

    def nothing(self) -> EmptyState:
        """A free day, nothing found, nothing booked, or nothing fits."""
        if self._day is not None:
            title = _("{day} is free").format(day=self._session.language.date(self._day))
            return EmptyState("calendar-days", title, "", _("Book a demo"), self._new)
        if self.search.value():
            text = _("No demo has “{words}” in host, title, place or note.").format(words=self.search.value()[:60])
            return EmptyState("search", _("No demo found"), text, _("Book a demo"), self._new)
        if self.chips.value() == DemoFilter.UPCOMING:
            text = _("Book the next one: host, day and place are enough. Guests and their orders follow.")
            return EmptyState("calendar-days", _("Nothing booked"), text, _("Book a demo"), self._new)
        return EmptyState("filter", _("No demo here"), _("No demo fits this filter."), _("Book a demo"), self._new)

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
            self._show_day(day)
            self.refresh()

    def _filtered(self, _key: str) -> None:
        self._every_day()

    def _every_day(self) -> None:
        self._show_day(None)
        self.refresh()

    def _show_day(self, day: date | None) -> None:
        self._day = day
        if day is not None:
            self._day_button.setText(self._session.language.date(day, "full"))
        self._day_button.setVisible(day is not None)

    def _new(self) -> None:
        self.new_wanted.emit(self._day)


def _title(row: DemoRow) -> str:
    if row.title and row.host:
        return _("{title}, {host}").format(title=row.title, host=row.host)
    return row.title or row.host or term(row.kind)


def _icon(row: DemoRow) -> str:
    return icon_of(row.kind)
