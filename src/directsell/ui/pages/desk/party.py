"""The party at a glance: totals, the host's reward, the next steps, bookings. What it offers is carried out by the page."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.demos import Demo
from directsell.domain.host_programmes.samples import ready_samples
from directsell.i18n import _, ngettext
from directsell.ui.pages.desk.earnings import EarningsCard
from directsell.ui.pages.desk.evening import Evening
from directsell.ui.pages.desk.reward import CoachCard, RewardCard
from directsell.ui.pages.desk.words import window_words
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.buttons import Button, IconButton
from directsell.ui.widgets.cards import Card, Chip
from directsell.ui.widgets.labels import ElidedLabel, Label, Role, Rule
from directsell.ui.widgets.layouts import PackedColumn
from directsell.ui.widgets.order_form.summary import SumLine
from directsell.ui.widgets.page import ScrollArea


class TotalsCard(Card):
    """``TotalsCard(session)``: ``show_evening(evening)``: orders, qualifying sales, money by way of payment, what is open."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Party"), padding=16, parent=parent)
        self._session = session
        self._shown: object = None
        self.total = Label("", Role.BIG)
        self.add(self.total)
        self._place = QVBoxLayout()
        self._place.setSpacing(5)
        self.body.addLayout(self._place)

    def show_evening(self, evening: Evening) -> None:
        """Show the sums."""
        sums, currency = evening.sums, evening.currency
        shown = (sums, currency, evening.reward.sales if evening.reward is not None else None)
        if shown == self._shown:
            return
        self._shown = shown
        money = self._session.language.money
        self.total.setText(money(sums.total, currency))
        _clear(self._place)
        words = ngettext("{n} order", "{n} orders", sums.orders).format(n=self._session.language.number(sums.orders))
        self._place.addWidget(Label(words, Role.MUTED))
        if evening.reward is not None:
            self._place.addWidget(SumLine(_("Qualifying sales"), money(evening.reward.sales, currency), strong=True))
        if sums.methods:
            self._place.addSpacing(3)
            self._place.addWidget(Rule())
            self._place.addSpacing(3)
        for method, amount in sorted(sums.methods.items()):
            self._place.addWidget(SumLine(term(method), money(amount, currency)))
        owed = SumLine(_("Open"), money(sums.owed, currency), strong=bool(sums.owed))
        if sums.owed:
            owed.amount.set_tone("warn")
        self._place.addWidget(owed)


class ProgrammeCard(Card):
    """``ProgrammeCard(session)``: which programme rewards the host; ``show_evening(evening)``.

    Signals: ``chosen(object family_id | None)``; ``sample_chosen(object Sample)``.
    """

    chosen = Signal(object)
    sample_chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Host programme"), padding=16, parent=parent)
        self._session = session
        self.add(Label(_("By which rules is the host rewarded?"), Role.MUTED, wrap=True))
        self._place = QVBoxLayout()
        self._place.setSpacing(6)
        self.body.addLayout(self._place)
        self.buttons: list[Button] = []
        self._shown: object = None

    def show_evening(self, evening: Evening) -> None:
        """Offer the seller's programmes, or the samples where there are none."""
        shown = (evening.offers, evening.party.programme, evening.country)
        if shown == self._shown:
            return
        self._shown = shown
        _clear(self._place)
        self.buttons = []
        for programme in evening.offers:
            self._offer(programme.name, _Emit(self.chosen, programme.family_id))
        if not evening.offers:
            samples = ready_samples(evening.country, evening.currency)
            if samples:
                self._place.addWidget(Label(_("Start from a sample:"), Role.SMALL))
            for sample in samples:
                self._offer(sample.name, _Emit(self.sample_chosen, sample))
            self._offer(_("Write my own"), self._write, "pencil")
        if evening.party.programme is not None:
            self._offer(_("No reward"), _Emit(self.chosen, None))

    def _write(self) -> None:
        self._session.navigation.go("programmes")

    def _offer(self, words: str, run: Callable[[], object], icon: str = "star") -> None:
        button = Button(words, icon, compact=True)
        button.clicked.connect(run)  # the object, not its method: Qt would keep that weakly
        self.buttons.append(button)
        self._place.addWidget(button)


class BookingRow(QWidget):
    """``BookingRow(session, demo, name, days, window)``: a booked party with its place in the window. ``opened(object id)``."""

    opened = Signal(object)

    def __init__(
        self, session: Session, demo: Demo, name: str, days: int, window: int | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._demo = demo
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(name, Role.STRONG))
        words.addWidget(ElidedLabel(session.language.date(demo.day), Role.SMALL))
        row.addLayout(words, 1)
        text, tone = window_words(days, window)
        self.chip = Chip(text, tone)
        row.addWidget(self.chip)
        row.addWidget(IconButton("external-link", _("Open the demo of {name}").format(name=name), on_click=self._open))

    def _open(self) -> None:
        self.opened.emit(self._demo.id)


class BookingsCard(Card):
    """``BookingsCard(session)``: ``show_evening(evening)``. Signals: ``opened(object demo_id)``, ``book_wanted()``."""

    opened = Signal(object)
    book_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Bookings"), padding=16, parent=parent)
        self._session = session
        self.rows: list[BookingRow] = []
        self._shown: object = None
        book = IconButton("calendar-days", _("Book the next demo (Ctrl+B)"))
        book.clicked.connect(self.book_wanted)
        self.add_header(book)
        self._empty = Label(_("Who would like to host the next one? Ctrl+B books it."), Role.MUTED, wrap=True)
        self.add(self._empty)

    def show_evening(self, evening: Evening) -> None:
        """Show the parties that were booked at this one."""
        shown = (evening.party.demo, evening.party.bookings, evening.host_names, evening.party.programme)
        if shown == self._shown:
            return
        self._shown = shown
        for row in self.rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        window = evening.party.rules.bookings.window_days if evening.party.rules is not None else None
        for child in evening.party.bookings:
            days = (child.day - evening.party.demo.day).days
            row = BookingRow(self._session, child, evening.host_names.get(child.id, child.title), days, window)
            row.opened.connect(self.opened)
            self.rows.append(row)
            self.add(row)
        self._empty.setVisible(not self.rows)


class PartyPane(QWidget):
    """``PartyPane(session)``: ``show_evening(evening)``.

    Signals: ``why_wanted()``; ``book_wanted()``; ``opened(object demo_id)``; ``programme_chosen(object family_id | None)``;
    ``sample_chosen(object Sample)``; ``redeem_wanted()``; ``plan_wanted()``.
    """

    plan_wanted = Signal()
    why_wanted = Signal()
    redeem_wanted = Signal()
    book_wanted = Signal()
    opened = Signal(object)
    programme_chosen = Signal(object)
    sample_chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choosing = False
        self._evening: Evening | None = None
        content = QWidget()
        column = PackedColumn(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.totals = TotalsCard(session)
        self.programme = ProgrammeCard(session)
        self.reward = RewardCard(session)
        self.coach = CoachCard(session)
        self.earnings = EarningsCard(session)
        self.bookings = BookingsCard(session)
        for card in (self.totals, self.programme, self.reward, self.coach, self.bookings, self.earnings):
            column.addWidget(card)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ScrollArea(content))
        self.reward.why_wanted.connect(self.why_wanted)
        self.reward.redeem_wanted.connect(self.redeem_wanted)
        self.earnings.plan_wanted.connect(self.plan_wanted)
        self.reward.programme_wanted.connect(self._choose)
        self.programme.chosen.connect(self._chosen)
        self.programme.sample_chosen.connect(self.sample_chosen)
        self.bookings.book_wanted.connect(self.book_wanted)
        self.bookings.opened.connect(self.opened)

    def show_evening(self, evening: Evening) -> None:
        """Show how the party stands."""
        self._evening = evening
        rewarded = evening.reward is not None
        self.totals.show_evening(evening)
        self.programme.show_evening(evening)
        self.programme.setVisible(not rewarded or self._choosing)
        self.reward.setVisible(rewarded)
        self.reward.show_evening(evening)
        self.coach.show_evening(evening)
        self.bookings.show_evening(evening)
        self.earnings.setVisible(evening.earnings is not None)
        self.earnings.show_evening(evening)

    def _choose(self) -> None:
        self._choosing = not self._choosing
        self.programme.setVisible(self._choosing)

    def _chosen(self, family_id: object) -> None:
        self._choosing = False
        self.programme_chosen.emit(family_id if isinstance(family_id, UUID) else None)


class _Emit:
    """Tells what was chosen, for buttons."""

    def __init__(self, signal: object, value: object) -> None:
        self._signal = signal
        self._value = value

    def __call__(self, *_checked: object) -> None:
        self._signal.emit(self._value)  # type: ignore[attr-defined]  # a bound signal


def _clear(place: QVBoxLayout) -> None:
    while (item := place.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
