"""What the seller earns at this party so far, the next step, and where a step inverts (rule D15). It shows only."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.i18n import _
from directsell.store.queries.earnings import PartyEarnings
from directsell.ui.pages.desk.evening import Evening
from directsell.ui.pages.desk.reward import NudgeRow
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import IconButton
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.labels import Label, Role
from directsell.usecases.earning_words import gain_words, warnings_of

_NUDGES = 2


class EarningsCard(Card):
    """``EarningsCard(session)``: ``show_evening(evening)``. Signal: ``plan_wanted()``."""

    plan_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("You earn"), padding=16, parent=parent)
        self._session = session
        self._shown: object = None
        edit = IconButton("sliders-horizontal", _("How you earn"))
        edit.clicked.connect(self.plan_wanted)
        self.add_header(edit)
        self.total = Label("", Role.BIG)
        self.add(self.total)
        self.detail = Label("", Role.SMALL, wrap=True)
        self.add(self.detail)
        self._place = QVBoxLayout()
        self._place.setSpacing(4)
        self.body.addLayout(self._place)
        self.rows: list[NudgeRow] = []
        self.warnings: list[Label] = []

    def show_evening(self, evening: Evening) -> None:
        """Show what is earned now."""
        found = evening.earnings
        if found is None or found == self._shown:
            return
        self._shown = found
        language = self._session.language
        self.total.setText(language.money(found.total, found.plan.currency))
        self.detail.setText(self._detail(found))
        for row in (*self.rows, *self.warnings):
            self._place.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows, self.warnings = [], []
        for nudge in found.nudges[:_NUDGES]:
            step = _("{amount} more").format(amount=language.money(nudge.missing, found.plan.currency))
            row = NudgeRow(step, gain_words(found, nudge.commission, language))
            self.rows.append(row)
            self._place.addWidget(row)
            for words in warnings_of(found, nudge.step, language):
                label = Label(words, Role.SMALL, wrap=True)
                label.set_tone("warn")
                self.warnings.append(label)
                self._place.addWidget(label)

    def _detail(self, found: PartyEarnings) -> str:
        """Return from what it is earned: one rate, or several."""
        language, currency = self._session.language, found.plan.currency
        rates = {row.ppm for row in found.earned.rows}
        sales = language.money(found.earned.sales, currency)
        if len(rates) == 1:
            words = _("{rate} of {sales} at full price").format(rate=language.percent(rates.pop()), sales=sales)
        else:
            words = _("of {sales} at full price").format(sales=sales)
        if not found.host_goods:
            return words
        host = _("{amount} from the host's goods").format(amount=language.money(found.host_goods, currency))
        return _("{first}; {second}").format(first=words, second=host)
