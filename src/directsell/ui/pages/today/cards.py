"""The smaller cards: demos of the week, deliveries, money owed, birthdays, sales of the months. Reading is the page's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from directsell.i18n import _, ngettext
from directsell.store.queries.money_back import Refund
from directsell.store.queries.today import Birthday, Debt, DueDelivery, MonthSales, NextDemo
from directsell.ui.pages.today.rows import Line, LineButton, Skeleton
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.charts import BarChart, Legend, Series
from directsell.ui.widgets.labels import Label, Role

_MOST = 5


class _Going:
    """Goes to a record; a callable that holds no widget."""

    def __init__(self, session: Session, page: str, record: UUID | None, view: str | None = None) -> None:
        self._session = session
        self._to = page, None if record is None else str(record), view

    def __call__(self, *_checked: object) -> None:
        self._session.navigation.go(*self._to)


class LinesCard(Card):
    """A card of lines: ``show_lines(lines)``; it hides while there are none, unless it has words for that."""

    def __init__(self, session: Session, title: str, *, empty: str = "", waiting: int = 2) -> None:
        super().__init__(title)
        self._session = session
        self._empty = empty
        self._note = Label("", Role.SMALL)
        self.add_header(self._note)
        self._place = QVBoxLayout()
        self._place.setSpacing(2)
        self.body.addLayout(self._place)
        self._place.addWidget(Skeleton(waiting))
        self.lines: list[LineButton] = []

    def show_lines(
        self, lines: Sequence[tuple[Line, _Going]], *, note: str = "", more: tuple[str, _Going] | None = None
    ) -> None:
        """Show lines with where they lead; ``note`` stands at the end of the title, ``more`` below the lines."""
        while self._place.count():
            item = self._place.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.lines = [LineButton(line, go) for line, go in lines]
        for button in self.lines:
            self._place.addWidget(button)
        if more is not None:
            words, go = more
            rest = Button(words, kind=Kind.QUIET, compact=True)
            rest.clicked.connect(go)  # the object, not its method: Qt would keep that weakly
            self._place.addWidget(rest)
        if not lines and self._empty:
            self._place.addWidget(Label(self._empty, Role.MUTED, wrap=True))
        self._note.setText(note)
        self.setVisible(bool(lines or self._empty))


class DemosCard(LinesCard):
    """Demos of the coming week with who accepted."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, _("Demos this week"), empty=_("No demo in the next seven days. Whom could you ask?"))

    def show_demos(self, demos: Sequence[NextDemo], bare: Sequence[NextDemo], today: date) -> None:
        """Show them, and below them those of the weeks after that have no guest list yet (``bare``)."""
        now = next((demo for demo in demos if demo.day == today), None)
        desk = None
        if now is not None:
            words = _("Open the desk: {title}").format(title=now.title or now.host or _("Demo"))
            desk = words, _Going(self._session, "desk", now.id)
        lines = [(self._line(demo, today), _Going(self._session, "demos", demo.id)) for demo in [*demos, *bare]]
        self.show_lines(lines, more=desk)

    def _line(self, demo: NextDemo, today: date) -> Line:
        language = self._session.language
        when = [language.relative_day(demo.day, today)]
        if demo.starts is not None:
            when.append(language.time(demo.starts))
        replies = _("{accepted} of {invited} come").format(accepted=len(demo.coming), invited=demo.invited)
        return Line(
            title=demo.title or demo.host or _("Demo"),
            detail=" · ".join([", ".join(when), *([demo.place] if demo.place else [])]),
            chip=replies if demo.invited else _("no guest list"),
            tone="ok" if demo.coming else "warn",
            day=str(demo.day.day),
            month=language.formats.months_alone_short[demo.day.month - 1],
        )


class DeliveriesCard(LinesCard):
    """Orders whose goods should be with the customer."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, _("To deliver"))

    def show_deliveries(self, deliveries: Sequence[DueDelivery], due: int, today: date) -> None:
        """Show them, the longest waiting first."""
        lines = [(self._line(one, today), _Going(self._session, "orders", one.order_id)) for one in deliveries]
        rest = due - len(deliveries)
        more = None
        if rest > 0:
            words = ngettext("{count} more", "{count} more", rest).format(count=rest)
            more = words, _Going(self._session, "orders", None, "to_deliver")
        self.show_lines(lines, more=more)

    def _line(self, one: DueDelivery, today: date) -> Line:
        late = (today - one.deliver_on).days
        chip = _("today") if late <= 0 else ngettext("{days} day late", "{days} days late", late).format(days=late)
        return Line(
            title=one.name or _("Without a customer"),
            detail=one.place,
            amount=self._session.language.money(one.total, one.currency),
            chip=_("Hold") if one.on_hold else chip,
            tone="bad" if late > 0 or one.on_hold else "info",
            avatar=one.name or "?",
        )


class RefundsCard(LinesCard):
    """Money that customers who cancelled get back, with the last day."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, _("To pay back"), waiting=0)
        self.hide()

    def show_refunds(self, refunds: Sequence[Refund], today: date) -> None:
        """Show the most urgent; the rest is on the orders page."""
        lines = [
            (self._line(one, today), _Going(self._session, "orders", one.order_id, "pay")) for one in refunds[:_MOST]
        ]
        rest = len(refunds) - len(lines)
        more = None
        if rest > 0:
            words = ngettext("{count} more", "{count} more", rest).format(count=rest)
            more = words, _Going(self._session, "orders", None, "refund")
        self.show_lines(lines, more=more)

    def _line(self, one: Refund, today: date) -> Line:
        language = self._session.language
        left = None if one.by is None else (one.by - today).days
        return Line(
            title=one.name or _("Without a customer"),
            detail=_("cancelled; no last day is known") if one.by is None else language.date(one.by, "full"),
            amount=language.money(one.amount, one.currency),
            chip="" if one.by is None else language.relative_day(one.by, today),
            tone="neutral" if left is None else "bad" if left < 0 else "warn",
            icon="hand-coins",
        )


class DebtsCard(LinesCard):
    """Orders that are not paid, the oldest first."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, _("Owed to you"))

    def show_debts(self, debts: Sequence[Debt], count: int, sum_text: str, today: date) -> None:
        """Show them; ``sum_text`` is the sum of all."""
        lines = [(self._line(debt, today), _Going(self._session, "orders", debt.order_id)) for debt in debts]
        rest = count - len(debts)
        more = None
        if rest > 0:
            words = ngettext("{count} more", "{count} more", rest).format(count=rest)
            more = words, _Going(self._session, "orders", None, "unpaid")
        self.show_lines(lines, note=sum_text if debts else "", more=more)

    def _line(self, debt: Debt, today: date) -> Line:
        language = self._session.language
        days = max(0, (today - debt.ordered_on).days)
        return Line(
            title=debt.name or _("Without a customer"),
            detail=_("Order of {day}").format(day=language.date(debt.ordered_on)),
            amount=language.money(debt.owed, debt.currency),
            chip=ngettext("{days} day", "{days} days", days).format(days=language.number(days)),
            tone="bad" if days > 30 else "warn" if days > 14 else "neutral",
            avatar=debt.name or "?",
        )


class BirthdaysCard(LinesCard):
    """Birthdays of the coming week."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, _("Birthdays"), waiting=1)

    def show_birthdays(self, birthdays: Sequence[Birthday], today: date) -> None:
        """Show them, the next first."""
        self.show_lines([(self._line(one, today), _Going(self._session, "people", one.person_id)) for one in birthdays])

    def _line(self, one: Birthday, today: date) -> Line:
        near = self._session.language.relative_day(one.day, today)
        return Line(
            title=one.name,
            detail=_("turns {age}").format(age=one.turns) if one.turns is not None else "",
            chip=near,
            tone="accent" if one.day == today else "neutral",
            icon="cake",
        )


class SalesCard(Card):
    """Sales of the last twelve months beside those of the year before."""

    def __init__(self, session: Session) -> None:
        super().__init__(_("Sales"))
        self._session = session
        self._currency = "USD"
        self.add_header(Legend([(_("This year"), "accent"), (_("Year before"), "bar_quiet")]))
        self.chart = BarChart([], [], format=self._money, axis=self._scale, name=_("Sales by month"))
        self.chart.setMinimumHeight(220)
        self.add(self.chart, 1)

    def show_months(self, months: Sequence[MonthSales], currency: str) -> None:
        """Draw them."""
        self._currency = currency
        names = self._session.language.formats.months_alone_short
        self.chart.set_data(
            [names[month.first.month - 1] for month in months],
            [
                Series(_("Year before"), [float(month.year_before) for month in months], "bar_quiet"),
                Series(_("This year"), [float(month.total) for month in months], "accent"),
            ],
        )

    def _money(self, minor: float) -> str:
        return self._session.language.money(round(minor), self._currency)

    def _scale(self, minor: float) -> str:
        # Whole units: the currency stands at the tip of each bar.
        text = self._session.language.amount(round(minor), self._currency)
        digits = len(self._session.language.amount(0, self._currency)) - 1
        return text[:-digits] if digits else text
