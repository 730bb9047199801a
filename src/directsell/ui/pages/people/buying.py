"""The card "Buys": how often somebody orders, the favourites, and the wish list. Opens products, asks for changes of wishes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from directsell.domain.habits import Rhythm
from directsell.i18n import _, ngettext
from directsell.store.queries.person_card import PersonCard
from directsell.ui.pages.people.card_rows import LinkRow, empty, with_button
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import IconButton
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.labels import Label, Role, Rule, section


class BuyingCard(Card):
    """``BuyingCard(session)``: ``show_person(card)``. Signals: ``wish_wanted()``, ``unwish_wanted(object wish id)``,
    ``product_opened(object id)``.
    """

    wish_wanted = Signal()
    unwish_wanted = Signal(object)
    product_opened = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Buys"), parent=parent)
        self._session = session
        self.body.setSpacing(4)

    def show_person(self, card: PersonCard) -> None:
        """Show another person."""
        empty(self)
        language = self._session.language
        for words in self._rhythm(card.habits.rhythm):
            self.add(Label(words, Role.MUTED, wrap=True))
        for good in card.habits.favourites:
            detail = _("{quantity} ×, last {day}").format(
                quantity=language.number(good.quantity), day=language.date(good.last_on, "short")
            )
            self.add(LinkRow(good.name, detail, icon="package", on_open=Emit(self.product_opened, good.product_id)))
        self.add(Rule())
        self.add(self._wish_head())
        if not card.wishes:
            self.add(Label(_("No wishes yet. Note what was admired and not bought."), Role.SMALL, wrap=True))
        for wish in card.wishes:
            row = LinkRow(wish.name, wish.note, icon="heart", on_open=Emit(self.product_opened, wish.product_id))
            name = _("Take {product} from the wishes").format(product=wish.name)
            self.add(with_button(row, "x", name, Emit(self.unwish_wanted, wish.id)))

    def _rhythm(self, rhythm: Rhythm) -> list[str]:
        language, today = self._session.language, self._session.today()
        if rhythm.last is None:
            return [_("Nothing bought yet.")]
        if rhythm.days is None or rhythm.next_on is None:
            day = language.relative_day(rhythm.last, today)
            return [_("Ordered once: {day}. The rhythm shows after the next order.").format(day=day)]
        words = ngettext("Orders about every {n} day.", "Orders about every {n} days.", rhythm.days)
        last = _("Last {last}, next expected {next}.").format(
            last=language.date(rhythm.last, "short"), next=language.date(rhythm.next_on, "short")
        )
        lines = [f"{words.format(n=language.number(rhythm.days))}", last]
        late = (today - rhythm.next_on).days
        if late > 0:
            overdue = ngettext("That was {n} day ago.", "That was {n} days ago.", late)
            lines.append(overdue.format(n=language.number(late)))
        return lines

    def _wish_head(self) -> QWidget:
        top = QWidget()
        row = QHBoxLayout(top)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(section(_("Wishes")))
        row.addStretch(1)
        row.addWidget(IconButton("plus", _("Add a wish"), on_click=self._wish))
        return top

    def _wish(self) -> None:
        self.wish_wanted.emit()


class Emit:
    """Emits a signal with a value; a callable that can be kept by a row."""

    def __init__(self, signal: object, value: object) -> None:
        self._signal = signal
        self._value = value

    def __call__(self, _checked: bool = False) -> None:
        self._signal.emit(self._value)  # type: ignore[attr-defined]  # a bound signal
