"""The page a seller opens in the morning: who is due, where to go, what is owed, how the month goes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from directsell.i18n import _, ngettext
from directsell.store.changes import ChangeSet
from directsell.store.queries.seller import seller
from directsell.store.queries.today import MonthSales, TodayLists, month_sales, today_lists
from directsell.store.reader import Reader
from directsell.ui.navigation import Route
from directsell.ui.pages.today.cards import (
    BirthdaysCard,
    DebtsCard,
    DeliveriesCard,
    DemosCard,
    RefundsCard,
    SalesCard,
)
from directsell.ui.pages.today.contacts import ContactsCard
from directsell.ui.pages.today.errands import Errands
from directsell.ui.pages.today.journey import JourneyCard
from directsell.ui.pages.today.week import SHOWN, WeekView
from directsell.ui.routes import NEW
from directsell.ui.session import Command, Session
from directsell.ui.tasks import Job
from directsell.ui.theme import metrics
from directsell.ui.widgets.buttons import Button, IconButton, PrimaryButton
from directsell.ui.widgets.cards import chip_width
from directsell.ui.widgets.choosers import Segmented
from directsell.ui.widgets.layouts import empty
from directsell.ui.widgets.page import Page
from directsell.ui.widgets.tiles import KpiTile

if TYPE_CHECKING:
    from directsell.ui.widgets.writing import WriteSheet

DAY, WEEK = "day", "week"
_MINUTE_MS = 60_000
_WIDE = 820  # two columns from here on
_TABLES = (
    "person",
    "reach_point",
    "contact_entry",
    "follow_up",
    "demo",
    "demo_guest",
    "sales_order",
    "order_line",
    "payment",
    "withdrawal",
    "address",
    "setting",
)
_SALES = ("sales_order", "order_line", "setting")


class TodayPage(Page):
    """``TodayPage(session, parent=None)``: see the module. Reading happens in a worker; what stands there stays until then."""

    KEY = "today"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_greeting(session, ""), session.language.date(session.today(), "full"), parent=parent)
        self.session = session
        self._day: date | None = None
        self._reading: list[Job] = []
        self._sales_wanted = False
        self.lists: TodayLists | None = None
        self.view = Segmented([(DAY, _("Today")), (WEEK, _("Week"))], DAY, name=_("What is shown"))
        self.view.chosen.connect(self._show_view)
        self.add_action(self.view)
        self.errands = Errands(session, self)
        self.more = IconButton("ellipsis", _("More"), menu=self.errands.menu())
        self.add_action(self.more)
        self.add_action(Button(_("New person"), "user-plus", on_click=self.new_person))
        self.add_action(PrimaryButton(_("New order"), "plus", on_click=self.new_order))
        self.journey = JourneyCard(session)
        self.journey.hide()
        self.add(self.journey)
        self._tiles = QWidget()
        self._add_tiles()
        self.add(self._tiles)
        self.contacts = ContactsCard(session)
        self.contacts.week_wanted.connect(self.show_week)
        self.contacts.write_wanted.connect(self.write)
        self.writing: WriteSheet | None = None
        self.week: WeekView | None = None
        self.demos = DemosCard(session)
        self.deliveries = DeliveriesCard(session)
        self.refunds = RefundsCard(session)
        self.debts = DebtsCard(session)
        self.birthdays = BirthdaysCard(session)
        self.sales = SalesCard(session)
        self._midnight = QTimer(self)  # a window that stays in front over midnight
        self._midnight.setInterval(_MINUTE_MS)
        self._midnight.timeout.connect(self.check_day)
        self._columns = QWidget()
        self._grid = QGridLayout(self._columns)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._left, self._right = _column(self._grid, 0), _column(self._grid, 1)
        self._wide: bool | None = None
        self._arrange(wide=True)
        self.add(self._columns)

    def _add_tiles(self) -> None:
        self._tile_grid = QGridLayout(self._tiles)
        self._tile_grid.setContentsMargins(0, 0, 0, 0)
        self._tile_grid.setSpacing(14)
        self._tile_titles: dict[KpiTile, str] = {}
        self._marks: dict[KpiTile, tuple[str, str]] = {}
        self.tile_sales = self._tile(_("Sales this month"))
        self.tile_orders = self._tile(_("Orders open"))
        self.tile_owed = self._tile(_("Owed to you"))
        self.tile_due = self._tile(_("Follow-ups due"))
        for tile, go in (
            (self.tile_sales, self._to_orders),
            (self.tile_orders, self._to_open),
            (self.tile_owed, self._to_unpaid),
            (self.tile_due, self._to_due),
        ):
            tile.make_clickable()
            tile.clicked.connect(go)

    def _tile(self, title: str) -> KpiTile:
        tile = KpiTile(title)
        self._tile_titles[tile] = title
        return tile

    # --- what the window calls

    def show_route(self, route: Route) -> None:
        """Read when the page is shown for the first time or on another day."""
        if self._day != self.session.today():
            self.refresh()

    def data_changed(self, changes: ChangeSet) -> None:
        """Read again what a commit touched."""
        if changes.touches(*_TABLES):
            self.refresh(sales=changes.touches(*_SALES))

    def commands(self) -> list[Command]:
        """New things, from anywhere on the page."""
        return [
            Command(_("New order"), self.new_order, "plus", "Ctrl+N"),
            Command(_("New person"), self.new_person, "user-plus", "Ctrl+Shift+N"),
            Command(_("New demo"), self.new_demo, "party-popper", "Ctrl+Shift+D"),
            Command(_("Show today or the week"), self.turn_view, "calendar-days", "Ctrl+Shift+W"),
            *self.errands.commands(),
        ]

    def settle(self) -> None:
        """Keep the notes that are half-typed."""
        self.contacts.settle()
        for job in self._reading:
            job.cancel()

    def new_order(self) -> None:
        """Start an order."""
        self.session.navigation.go("orders", None, NEW)

    def new_person(self) -> None:
        """Start a person."""
        self.session.navigation.go("people", None, NEW)

    def new_demo(self) -> None:
        """Start a demo."""
        self.session.navigation.go("demos", None, NEW)

    def write(self, person_id: UUID, name: str) -> None:
        """Write to somebody; what was sent is noted there."""
        from directsell.ui.widgets.writing import WriteSheet  # templates and consents load with the first message

        if self.writing is None:
            self.writing = WriteSheet(self.session, self)
        self.writing.write_person(person_id, name)

    # --- today or week

    def show_week(self) -> None:
        """Show the coming seven days."""
        self.view.set_value(WEEK)
        self._show_view(WEEK)

    def turn_view(self) -> None:
        """Change between today and the week."""
        self.view.set_value(DAY if self.view.value() == WEEK else WEEK)
        self._show_view(self.view.value())

    def _show_view(self, view: str) -> None:
        if view == WEEK and self.week is None:
            self.week = WeekView(self.session)
            self.add(self.week)
        held: QWidget | None = self.window().focusWidget()
        if held is not None and any(
            part is not None and part.isAncestorOf(held) for part in (self._columns, self.week)
        ):
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)  # or Qt would hand the keys to whatever follows
        self._show_parts()
        self.refresh(sales=False)

    def _show_parts(self) -> None:
        """Let be seen what belongs to the view; before the first step of all there is only the way to it."""
        started = self.lists is not None and self.lists.steps.done > 0
        weekly = self.view.value() == WEEK
        self.view.setVisible(started)
        self._tiles.setVisible(started and not weekly)
        self._columns.setVisible(started and not weekly)
        if self.week is not None:
            self.week.setVisible(started and weekly)

    # --- reading

    def refresh(self, *, sales: bool = True) -> None:
        """Read the lists, and the sales of the months when they may have changed."""
        for job in self._reading:
            job.cancel()
        today = self.session.today()
        self._sales_wanted = sales or self._sales_wanted or self._day != today
        self._day = today
        query = _week_lists if self.view.value() == WEEK else today_lists
        self._reading = [self.session.read(self, query, today, done=self._show)]

    def _show(self, lists: TodayLists) -> None:
        self.lists = lists
        today = self._day or self.session.today()
        language = self.session.language
        self.set_title(_greeting(self.session, lists.seller))
        self.set_subtitle(_subtitle(self.session, lists, today))
        self.journey.show_steps(lists.steps)
        self._show_parts()
        self._show_figures(lists)
        if self.week is not None and self.view.value() == WEEK:
            self.week.show_week(lists, today)
            return
        self.contacts.show_contacts(lists.week)
        self.demos.show_demos(lists.demos, lists.bare_demos, today)
        self.deliveries.show_deliveries(lists.deliveries, lists.deliveries_due, today)
        self.refunds.show_refunds(lists.refunds, today)
        self.debts.show_debts(lists.debts, lists.debts_count, language.money(lists.owed, lists.currency), today)
        self.birthdays.show_birthdays(lists.birthdays, today)
        if self._sales_wanted:  # after what is due: the months take longer than all the rest
            self._sales_wanted = False
            self._reading.append(self.session.read(self, _months, today, done=self._show_sales))

    def _show_figures(self, lists: TodayLists) -> None:
        language = self.session.language
        self.tile_orders.set(value=language.number(lists.orders_open))
        self.tile_owed.set(value=language.money(lists.owed, lists.currency))
        self.tile_due.set(value=language.number(lists.week.today.count))
        orders = ngettext("{count} order", "{count} orders", lists.debts_count)
        self._mark(self.tile_orders, _("{count} to deliver"), lists.deliveries_due, "warn")
        self._mark(self.tile_owed, orders, lists.debts_count, "bad")
        self._mark(self.tile_due, _("{count} late"), lists.week.late, "bad")

    def _mark(self, tile: KpiTile, words: str, count: int, tone: str) -> None:
        """Say something beside a figure, or nothing for 0."""
        text = words.format(count=self.session.language.number(count)) if count else ""
        self._marks[tile] = text, tone
        self._show_marks()

    def _show_marks(self) -> None:
        """As a chip where the title leaves room for it, else as a line below the figure."""
        for tile, (text, tone) in self._marks.items():
            title = metrics(14).horizontalAdvance(self._tile_titles[tile])
            if title + chip_width(text) + 44 <= tile.width():
                tile.set(chip=text, tone=tone, note="")
            else:
                tile.set(chip="", note=text)

    def _show_sales(self, answer: tuple[str, list[MonthSales]]) -> None:
        currency, months = answer
        language = self.session.language
        now = months[-1]
        share = (now.total - now.year_before) * 100 // now.year_before if now.year_before > 0 else None
        chip = ""
        if share is not None:
            sign = "▲" if share >= 0 else "▼"
            chip = f"{sign} {language.percent(abs(share) * 10_000)}"
        values = [float(month.total) for month in months]
        self.tile_sales.set(value=language.money(now.total, currency), values=values)
        self._marks[self.tile_sales] = chip, "ok" if share is None or share >= 0 else "neutral"
        self._show_marks()
        self.tile_sales.setToolTip(_("Compared with the same month of the year before") if chip else "")
        self.sales.show_months(months, currency)
        self.sales.setVisible(any(month.total or month.year_before for month in months))

    # --- layout

    def _arrange(self, *, wide: bool) -> None:
        """Two columns, or one where the window is narrow; the cards stay the same."""
        if wide is self._wide:
            return
        self._wide = wide
        columns = 4 if wide else 2
        for place, tile in enumerate(self._tile_titles):
            self._tile_grid.addWidget(tile, place // columns, place % columns)
        for column in range(4):
            self._tile_grid.setColumnStretch(column, 1 if column < columns else 0)
        left = [self.contacts, self.sales] if wide else [self.contacts]
        right: list[QWidget] = [self.demos, self.deliveries, self.refunds, self.debts, self.birthdays]
        if not wide:
            right.append(self.sales)
        for layout, cards in ((self._left, left), (self._right, right)):
            empty(layout)
            for card in cards:
                layout.addWidget(card)
            layout.addStretch(1)
        self._grid.setColumnStretch(0, 5 if wide else 1)
        self._grid.setColumnStretch(1, 4 if wide else 0)
        self._grid.removeItem(self._right)
        self._grid.addLayout(self._right, 0 if wide else 1, 1 if wide else 0)
        self._grid.setVerticalSpacing(16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(wide=event.size().width() >= _WIDE)
        self._show_marks()

    def check_day(self) -> None:
        """Read again when another day has begun."""
        if self._day is not None and self._day != self.session.today():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._midnight.start()
        self.check_day()

    def hideEvent(self, event: QHideEvent) -> None:
        self._midnight.stop()
        super().hideEvent(event)

    def event(self, event: QEvent) -> bool:
        # A laptop that was closed over night wakes up on another day.
        if event.type() == QEvent.Type.WindowActivate:
            self.check_day()
        return super().event(event)

    def _to_orders(self) -> None:
        self.session.navigation.go("orders", None, "month")

    def _to_open(self) -> None:
        self.session.navigation.go("orders", None, "to_deliver")

    def _to_unpaid(self) -> None:
        self.session.navigation.go("orders", None, "unpaid")

    def _to_due(self) -> None:
        self.session.navigation.go("people", None, "follow_up_due")


def _column(grid: QGridLayout, place: int) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(16)
    grid.addLayout(column, 0, place)
    return column


def _week_lists(reader: Reader, today: date) -> TodayLists:
    return today_lists(reader, today, limit=40, contacts=SHOWN, demos=40, later=SHOWN)


def _months(reader: Reader, today: date) -> tuple[str, list[MonthSales]]:
    currency = seller(reader).currency
    return currency, month_sales(reader, today, currency)


def _greeting(session: Session, name: str) -> str:
    hour = session.now().astimezone().hour
    if name:
        words = (
            _("Good morning, {name}") if hour < 12 else _("Hello, {name}") if hour < 18 else _("Good evening, {name}")
        )
        return words.format(name=name)
    return _("Good morning") if hour < 12 else _("Hello") if hour < 18 else _("Good evening")


def _subtitle(session: Session, lists: TodayLists, today: date) -> str:
    day = session.language.date(today, "full")
    demos = sum(demo.day == today for demo in lists.demos)
    count = lists.week.today.count + lists.deliveries_due + demos
    if not count:
        return day if not lists.steps.done else _("{day} · nothing is due today").format(day=day)
    words = ngettext("{day} · {count} thing needs you today", "{day} · {count} things need you today", count)
    return words.format(day=day, count=session.language.number(count))
