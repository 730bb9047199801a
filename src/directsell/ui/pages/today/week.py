"""The coming seven days at a glance: whom to contact, demos, deliveries, birthdays, one card for each day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from directsell.i18n import _, ngettext
from directsell.store.queries.due import DueContact, DueDay
from directsell.store.queries.today import Birthday, DueDelivery, NextDemo, TodayLists
from directsell.ui.pages.today.rows import Line, LineButton, Skeleton
from directsell.ui.session import Session
from directsell.ui.terms import icon_of, term
from directsell.ui.widgets.buttons import Call
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.day_leaf import DayLeaf
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.layouts import FlowLayout

SHOWN = 6  # people of one day; the rest is counted
_TILE = 250


class DayCard(Card):
    """``DayCard(session, day)``: one day; ``show_lines(lines, rest)``."""

    def __init__(self, session: Session, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.day = day
        row = QHBoxLayout()
        row.setSpacing(16)
        leaf = DayLeaf(session)
        leaf.set_day(day)
        column = QVBoxLayout()
        column.addWidget(leaf)
        column.addStretch(1)
        row.addLayout(column)
        self._place = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._place.setSizePolicy(policy)
        self._flow = FlowLayout(self._place, gap=4, tile=_TILE, grid=True)
        row.addWidget(self._place, 1)
        self.body.addLayout(row)
        self.lines: list[LineButton] = []

    def show_lines(self, lines: Sequence[LineButton], rest: int) -> None:
        """Show what the day holds; ``rest`` further contacts are counted."""
        self.lines = list(lines)
        for line in lines:
            self._flow.addWidget(line)
        if rest:
            words = ngettext("and {count} more contact", "and {count} more contacts", rest).format(count=rest)
            more = Label(words, Role.MUTED)
            more.setContentsMargins(8, 4, 8, 4)  # as far in as the lines
            self._flow.addWidget(more)
        if not lines:
            self._flow.addWidget(Label(_("Nothing planned"), Role.MUTED))


class WeekView(QWidget):
    """``WeekView(session)``: ``show_week(lists, today)``. A line leads to its person, demo or order."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(Skeleton(5))
        self.days: list[DayCard] = []

    def show_week(self, lists: TodayLists, today: date) -> None:
        """Show the days; what stood there goes."""
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.days = [self._day(day, lists, today) for day in lists.week.days]
        for card in self.days:
            self._column.addWidget(card)

    def _day(self, day: DueDay, lists: TodayLists, today: date) -> DayCard:
        card = DayCard(self._session, day.day)
        contacts = day.contacts[:SHOWN]
        deliveries = lists.deliveries if day.day == today else lists.later_deliveries
        card.show_lines(
            [
                *(self._demo(demo) for demo in lists.demos if demo.day == day.day),
                *(self._contact(contact, today) for contact in contacts),
                *(self._delivery(one) for one in deliveries if max(one.deliver_on, today) == day.day),
                *(self._birthday(one) for one in lists.birthdays if one.day == day.day),
            ],
            day.count - len(contacts),
        )
        return card

    def _line(self, line: Line, page: str, record: UUID) -> LineButton:
        return LineButton(line, Call(self._session.navigation.go, page, str(record)))

    def _contact(self, contact: DueContact, today: date) -> LineButton:
        first = contact.reasons[0]
        late = contact.due_on < today
        line = Line(
            title=contact.name,
            detail=first.text or term(first.reason),
            chip=_("late") if late else "",
            tone="bad" if late else "info",
            icon=icon_of(contact.channel),
        )
        return self._line(line, "people", contact.person_id)

    def _demo(self, demo: NextDemo) -> LineButton:
        when = self._session.language.time(demo.starts) if demo.starts is not None else ""
        missing = not demo.invited
        line = Line(
            title=demo.title or demo.host or _("Demo"),
            detail=" · ".join(part for part in (when, demo.place) if part),
            chip=_("no guest list") if missing else "",
            tone="warn",
            icon="party-popper",
        )
        return self._line(line, "demos", demo.id)

    def _delivery(self, one: DueDelivery) -> LineButton:
        line = Line(
            title=one.name or _("Without a customer"),
            detail=_("Delivery: {place}").format(place=one.place) if one.place else _("Delivery"),
            amount=self._session.language.money(one.total, one.currency),
            chip=_("Hold") if one.on_hold else "",
            tone="bad",
            icon="truck",
        )
        return self._line(line, "orders", one.order_id)

    def _birthday(self, one: Birthday) -> LineButton:
        detail = _("turns {age}").format(age=one.turns) if one.turns is not None else _("Birthday")
        return self._line(Line(title=one.name, detail=detail, icon="cake"), "people", one.person_id)
