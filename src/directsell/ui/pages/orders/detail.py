"""One order beside the list: goods, sums, payments, papers, what happened. What can be done: operations.py."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.errors import DomainError
from directsell.domain.invoicing import PaperKind
from directsell.domain.orders import OrderLine, OrderState
from directsell.domain.payments import Payment
from directsell.domain.people import display_name
from directsell.domain.pricing import profile_from
from directsell.domain.records import standing
from directsell.domain.totals import LineKind, LineTotals
from directsell.i18n import _
from directsell.store.queries.order_lists import order_story
from directsell.store.queries.orders import OrderView, order_view
from directsell.store.queries.papers import active_papers
from directsell.store.queries.people import person_name
from directsell.ui.pages.orders.cancelling import RightCard
from directsell.ui.pages.orders.operations import Operations
from directsell.ui.pages.orders.parts import AskCard, InfoRow, Steps
from directsell.ui.pages.orders.quote_words import offer_words, state_chip
from directsell.ui.pages.orders.signatures import SignatureCard
from directsell.ui.session import Session, label_text
from directsell.ui.terms import icon_of, term
from directsell.ui.widgets.buttons import Button, IconButton, Kind, Menu
from directsell.ui.widgets.cards import Card, Chip
from directsell.ui.widgets.labels import Label, Role, Rule
from directsell.ui.widgets.order_form.summary import SumLine, SumLines
from directsell.ui.widgets.order_form.words import handover_word, kind_word, method_icon
from directsell.ui.widgets.page import Page
from directsell.ui.widgets.states import Banner, EmptyState
from directsell.usecases.withdrawals import withdrawals_of

_STORY = 12


class OrderDetail(QWidget):
    """``OrderDetail(session)``: ``show_order(id | None)``, ``refresh()``, ``view`` (OrderView or None), ``operations``.

    Signals: ``back_clicked()``; ``card_closed()`` a question in place is gone; those of ``operations``.
    """

    back_clicked = Signal()
    card_closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.view: OrderView | None = None
        self._order_id: UUID | None = None
        self.operations = Operations(session, self)
        self.operations.asked.connect(self._show_card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._page = Page(_("Order"), margin=20)
        self._page.back_clicked.connect(self.back_clicked)
        self._page.hide()
        self._nothing = EmptyState(
            "shopping-bag", _("Choose an order"), _("Its goods, payments and papers are shown here.")
        )
        column.addWidget(self._page, 1)
        column.addWidget(self._nothing, 1)
        self._make_page()

    def _make_page(self) -> None:
        page = self._page
        page.body.setSpacing(14)
        self._menu = Menu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._chip = Chip()
        page.add_action(self._chip)
        page.add_action(IconButton("ellipsis", _("More"), menu=self._menu, kind=Kind.SECONDARY))
        self._warning = Banner("", "bad", closable=False)
        page.add(self._warning)
        self._steps = Steps()
        page.add(self._steps)
        self._ask_place = QVBoxLayout()
        page.add_layout(self._ask_place)
        self._card: AskCard | None = None
        self._lock = Card()
        self._about = Card()
        self._goods = Card(_("Goods"))
        self._money = Card(_("Payments"))
        self._papers = Card(_("Papers"))
        self.right = RightCard(self._session)
        self.right.asked.connect(self._show_card)
        self.signature = SignatureCard(self._session)
        self._story = Card(_("What happened"))
        cards = (
            self._lock,
            self._about,
            self._goods,
            self._money,
            self._papers,
            self.signature,
            self.right,
            self._story,
        )
        for card in cards:
            page.add(card)

    # --- content

    def show_order(self, order_id: UUID | None) -> None:
        """Show another order; a question in place is given up."""
        if order_id != self._order_id:
            self._close_card()
        self._order_id = order_id
        self.refresh()

    def refresh(self) -> None:
        """Read the order again."""
        self.view = None
        if self._order_id is not None:
            try:
                self.view = self._session.look(order_view, self._order_id)
            except DomainError:  # deleted meanwhile, or its creation was undone
                self._order_id = None
        self.operations.show(self.view)
        self._page.setVisible(self.view is not None)
        self._nothing.setVisible(self.view is None)
        if self.view is not None:
            self._fill(self.view)
        else:
            self._close_card()

    def show_back(self, on: bool) -> None:
        """Show the arrow back to the list."""
        self._page.show_back(on)

    def _fill(self, view: OrderView) -> None:
        order = view.order
        papers = self._session.look(active_papers, order.id)
        shown = papers or self._session.look(active_papers, order.id, PaperKind.QUOTE)
        number = shown[-1].number if shown else order.reference
        name = display_name(view.person) if view.person else self._session.look(person_name, order.person_id)
        self._page.set_title(name or _("Nobody yet"))
        language = self._session.language
        day = language.date(order.ordered_on) if number else language.date(order.ordered_on, "full")
        self._page.set_subtitle(_("{number} · {day}").format(number=number, day=day) if number else day)
        self._show_state(view)
        self._steps.show_steps(self.operations.steps())
        self._show_lock(papers[-1].number if papers and order.state is not OrderState.CANCELLED else "")
        self._fill_about(view)
        self._fill_goods(view)
        self._fill_money(view)
        self._fill_papers(view)
        self.signature.show_order(view)
        self.right.show_order(view)
        self._fill_story(view)

    def _show_state(self, view: OrderView) -> None:
        """Show the state, and above it what must not be overlooked: goods on hold, money that goes back."""
        language, currency = self._session.language, view.order.currency
        self._chip.set(*((_("Hold"), "bad") if view.on_hold else state_chip(view.order, self._session.today())))
        warning = ""
        if view.on_hold:
            owed = language.money(view.balance, currency)
            warning = _("Hold – do not hand over: a payment came back, and {amount} is open.").format(amount=owed)
        elif view.order.state is OrderState.CANCELLED and view.refund:
            back = language.money(view.refund, currency)
            days = [one.refund_by for one in self._session.look(withdrawals_of, view.order.id) if one.refund_by]
            warning = _("Give {amount} back.").format(amount=back)
            if days:
                day = language.date(max(days), "full")
                warning = _("Give {amount} back by {day}.").format(amount=back, day=day)
        self._warning.set_text(warning)
        self._warning.setVisible(bool(warning))

    def _show_lock(self, number: str) -> None:
        """Explain why the lines cannot be changed, with the way out."""
        _clear(self._lock)
        self._lock.setVisible(bool(number))
        if number:
            words = _("{number} was issued, so the lines are locked. A mistake? Cancel the paper and write a new one.")
            self._lock.add(Label(words.format(number=number), Role.MUTED, wrap=True))
            row = QWidget()
            layout = QHBoxLayout(row)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.addStretch(1)
            layout.addWidget(Button(_("Correct …"), "undo-2", on_click=self.operations.ask_correction, compact=True))
            self._lock.add(row)

    def _fill_about(self, view: OrderView) -> None:
        order, language = view.order, self._session.language
        _clear(self._about)
        if view.person is not None:
            arrow = self._arrow(_("Go to the customer"), self._go_person)
            self._about.add(InfoRow(display_name(view.person), icon_name="user", button=arrow))
        if view.demo is not None:
            host = self._session.look(person_name, view.demo.host_id)
            arrow = self._arrow(_("Go to the demo"), self._go_demo)
            day = language.date(view.demo.day, "full")
            self._about.add(InfoRow(view.demo.title or host or _("Demo"), day, icon_name="party-popper", button=arrow))
        when = ""
        if order.delivered_on is not None:
            when = _("handed over on {day}").format(day=language.date(order.delivered_on, "full"))
        elif order.deliver_on is not None:
            when = _("planned for {day}").format(day=language.date(order.deliver_on, "full"))
        self._about.add(InfoRow(handover_word(order.handover), when, icon_name="truck"))
        for words, more in offer_words(order, language):
            self._about.add(InfoRow(words, more, icon_name="file-text"))
        if order.note:
            self._about.add(Label(order.note, Role.MUTED, wrap=True, selectable=True))

    def _arrow(self, name: str, run: Callable[[], object]) -> IconButton:
        return IconButton("chevron-right", name, on_click=run)

    def _fill_goods(self, view: OrderView) -> None:
        _clear(self._goods)
        for line, sums in zip(view.lines, view.totals.lines, strict=True):
            self._goods.add(self._goods_row(line, sums, view.order.currency))
        if not view.lines:
            self._goods.add(Label(_("No goods yet."), Role.MUTED))
        self._goods.add(Rule())
        sums_of = SumLines(self._session)
        sums_of.show_totals(view.totals, inclusive=profile_from(view.order.tax_profile).prices_include_tax)
        self._goods.add(sums_of)
        total = self._session.language.money(view.totals.total, view.order.currency)
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.addWidget(Label(_("Total"), Role.SECTION))
        layout.addStretch(1)
        layout.addWidget(Label(total, Role.HEADING))
        self._goods.add(row)

    def _goods_row(self, line: OrderLine, sums: LineTotals, currency: str) -> InfoRow:
        language = self._session.language
        parts = [line.code]
        if line.kind != LineKind.SALE:
            parts.append(kind_word(line.kind))
        price = language.price_amount(line.unit_price, currency)
        parts.append(_("{quantity} × {price}").format(quantity=language.quantity(line.quantity), price=price))
        if line.discount_ppm:
            parts.append(_("{discount} off").format(discount=language.percent(line.discount_ppm)))
        elif line.discount:
            parts.append(_("{discount} off").format(discount=language.amount(line.discount, currency)))
        parts.append(line.note)
        amount = language.amount(sums.amount - sums.discount, currency)
        return InfoRow(line.name, " · ".join(part for part in parts if part), amount)

    def _fill_money(self, view: OrderView) -> None:
        language, currency = self._session.language, view.order.currency
        _clear(self._money)
        counting = {payment.id for payment in standing(view.payments)}
        for payment in view.payments:
            counts = payment.id in counting
            button = self._undo_payment_button(payment) if counts else None
            words = [language.date(payment.paid_on), payment.detail, payment.note]
            if payment.reverses_id is not None:
                words.append(_("cancels an entry"))
            elif not counts:
                words.append(_("cancelled"))
            self._money.add(
                InfoRow(
                    term(payment.method),
                    " · ".join(word for word in words if word),
                    language.money(payment.amount, currency),
                    icon_name=method_icon(payment.method),
                    button=button,
                    strong=counts,
                )
            )
        self._money.setVisible(view.order.state is not OrderState.QUOTED)  # nothing is paid on a quote
        if not view.payments:
            self._money.add(Label(_("Nothing was paid yet."), Role.MUTED))
        if view.order.state is OrderState.CANCELLED and view.refund:
            self._money.add(Rule())
            line = SumLine(_("To give back"), language.money(view.refund, currency), strong=True)
            line.amount.set_tone("bad")
            self._money.add(line)
        if view.order.state in (OrderState.PLACED, OrderState.DELIVERED):
            self._money.add(Rule())
            what = _("Open") if view.balance > 0 else _("Credit of the customer") if view.balance else _("All paid")
            amount = language.money(abs(view.balance), currency) if view.balance else ""
            line = SumLine(what, amount, strong=True)
            line.amount.set_tone("warn" if view.balance > 0 else "ok")
            self._money.add(line)

    def _undo_payment_button(self, payment: Payment) -> IconButton:
        button = IconButton("undo-2", _("Cancel this entry"))
        button.setProperty("payment", payment.id.hex)
        button.clicked.connect(self._undo_payment)
        return button

    def _fill_papers(self, view: OrderView) -> None:
        language = self._session.language
        _clear(self._papers)
        cancelled = {paper.cancels_id for paper in view.papers}
        for paper in view.papers:
            button = IconButton("eye", _("Show {number}").format(number=paper.number))
            button.setProperty("paper", paper.id.hex)
            button.clicked.connect(self._show_paper)
            title = _("{kind} {number}").format(kind=term(paper.kind), number=paper.number)
            words = language.date(paper.issued_on)
            if paper.id in cancelled:
                words = _("{day} · cancelled").format(day=words)
            strong = paper.id not in cancelled
            self._papers.add(InfoRow(title, words, icon_name=icon_of(paper.kind), button=button, strong=strong))
        if not view.papers:
            self._papers.add(Label(_("No paper was issued yet."), Role.MUTED))

    def _fill_story(self, view: OrderView) -> None:
        _clear(self._story)
        language = self._session.language
        for step in self._session.look(order_story, view.order.id, _STORY):
            words = label_text(step.label, step.params)
            if step.origin in ("undo", "revert"):
                words = _("Undone: {step}").format(step=words)
            elif step.origin == "redo":
                words = _("Done again: {step}").format(step=words)
            self._story.add(InfoRow(words, language.datetime(step.at), icon_name="clock", strong=False))

    # --- questions in place

    def _show_card(self, card: object) -> None:
        self._close_card()
        if isinstance(card, AskCard):
            self._card = card
            self._ask_place.addWidget(card)
            card.closed.connect(self._close_card)
            card.show()
            card.focus()
            self._page.scroll_to(card)

    def _close_card(self) -> None:
        card, self._card = self._card, None
        if card is not None:
            self._ask_place.removeWidget(card)
            card.hide()
            card.deleteLater()
            self.card_closed.emit()

    def card(self) -> AskCard | None:
        """The question that is open."""
        return self._card

    # --- what the user does

    def _fill_menu(self) -> None:
        self._menu.clear()
        for text, icon_name, run, danger in self.operations.more():
            self._menu.add(text, icon_name, run, danger=danger)

    def _go_person(self) -> None:
        if self.view is not None and self.view.order.person_id is not None:
            self._session.navigation.go("people", str(self.view.order.person_id))

    def _go_demo(self) -> None:
        if self.view is not None and self.view.order.demo_id is not None:
            self._session.navigation.go("demos", str(self.view.order.demo_id))

    def _undo_payment(self) -> None:
        button = self.sender()
        if isinstance(button, IconButton):
            self.operations.cancel_payment(UUID(hex=str(button.property("payment"))))

    def _show_paper(self) -> None:
        button = self.sender()
        if isinstance(button, IconButton):
            self.operations.show_paper(UUID(hex=str(button.property("paper"))))


def _clear(card: Card) -> None:
    """Empty a card below its title."""
    for place in reversed(range(1, card.body.count())):
        item = card.body.takeAt(place)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
