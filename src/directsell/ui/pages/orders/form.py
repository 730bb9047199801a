"""The order form: typed from top to bottom with the keyboard, sums at every key, a draft at every pause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from directsell.domain.orders import Order, OrderState
from directsell.domain.payments import PaymentMethod
from directsell.domain.pricing import profile_text
from directsell.i18n import N_, _
from directsell.store.queries.orders import discount_of
from directsell.store.queries.settings import tax_profile
from directsell.ui.pages.orders.actions import FormActions, title_of
from directsell.ui.pages.orders.columns import FormColumns
from directsell.ui.pages.orders.head import OrderHead
from directsell.ui.pages.orders.quote_card import QuoteCard
from directsell.ui.session import Command, Session
from directsell.ui.widgets.hold import Hold
from directsell.ui.widgets.order_form.goods import GoodsCard
from directsell.ui.widgets.order_form.judging import Judge
from directsell.ui.widgets.order_form.keeping import DraftKeeper, draft_key
from directsell.ui.widgets.order_form.money import MoneyCard
from directsell.ui.widgets.order_form.summary import Summary
from directsell.ui.widgets.order_form.unread import show_unread, unread
from directsell.ui.widgets.order_form.working import Working, to_body
from directsell.ui.widgets.page import Page
from directsell.ui.widgets.states import Banner
from directsell.usecases.orders import OrderForm as Form
from directsell.usecases.orders import enter_order

_NARROW = 900
_SAID = {OrderState.DRAFT: N_("Draft saved"), OrderState.QUOTED: N_("Quote saved")}


class OrderEditor(Page):
    """``OrderEditor(session)``: ``load(working, restored="")`` shows an order; the page saves through the use-cases.

    ``working`` is what is typed, ``dirty`` whether anything was altered.

    Signals: ``saved(object Order, bool print)``; ``closed()`` when the user leaves; ``create_person(str name)``;
    ``start_anew()`` put this half-typed order aside and start another one; ``discarded()`` it was thrown away;
    ``draft_gone()`` its draft was removed.
    """

    saved = Signal(object, bool)
    closed = Signal()
    create_person = Signal(str)
    start_anew = Signal()
    discarded = Signal()
    draft_gone = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("New order"), _("Everything works from the keyboard"), parent=parent)
        self._session = session
        self.working: Working | None = None
        self.dirty = False
        self._loading = False
        self._busy = False
        self._prints = False
        self._hold = Hold(self)
        self._narrow: bool | None = None
        self.show_back()
        self.back_clicked.connect(self.closed)
        self._actions = FormActions(self, self, self.add_action)
        self.head = OrderHead(session)
        self.goods = GoodsCard(session, currency=self._currency, day=self._day)
        self.entry, self.lines = self.goods.entry, self.goods.lines
        self.summary = Summary(session)
        self.money = MoneyCard(session)
        self.quote = QuoteCard(session)
        self._judge = Judge(self.head, self.goods, self.summary, self.money)
        self._columns = FormColumns([self.head, self.goods], [self.summary, self.money, self.quote])
        self.add(self._columns, 1)
        self._to_focus = QTimer(self)
        self._to_focus.setSingleShot(True)
        self._to_focus.setInterval(0)  # after the new row has its place
        self._to_focus.timeout.connect(self._show_focus)
        self._keeper = DraftKeeper(session, self._body, self)
        self._keeper.kept.connect(self._kept)
        self._keeper.refused.connect(self._not_kept)
        self._keeper.forgotten.connect(self.draft_gone)
        self._connect()

    def _connect(self) -> None:
        self.head.changed.connect(self._changed)
        self.head.person_chosen.connect(self._person_chosen)
        self.head.create_requested.connect(self.create_person)
        self.head.day_changed.connect(self._day_changed)
        self.goods.changed.connect(self._changed)
        self.goods.finished.connect(self._go_to_money)
        self.goods.warned.connect(self._warn)
        self.summary.changed.connect(self._changed)
        self.summary.no_customer_discount.connect(self._drop_customer_discount)
        self.money.changed.connect(self._changed)
        self.money.done.connect(self._go_to_save)
        self.quote.changed.connect(self._changed)
        self.quote.order_wanted.connect(self.make_order)

    # --- content

    def load(self, working: Working, *, restored: str = "") -> None:
        """Show an order to type on; ``restored`` is the time at which its draft was kept."""
        self.settle()
        self._loading = True
        self.working = working
        order = working.order
        self.set_subtitle(_("Everything works from the keyboard"))
        self.head.load(order, working.words.get("person", ""))
        self.goods.load(order, working.lines, working.words.get("entry", ""))
        self.summary.load(working)
        self.money.load(working.money, order.currency, working.paid, working.spread_money)
        show_unread(self.lines, self.summary, self.money, working.words)
        self._show_kind()
        self.set_banner(self._restored_banner(restored) if restored else None)
        self._loading = False
        self.dirty = bool(restored)
        self._busy = False
        self._calculate()
        self._set_busy(False)

    def focus_first(self) -> None:
        """Put the focus where typing starts: the customer, or the goods when the customer is known."""
        if self.working is not None and self.working.order.person_id is None:
            self.head.person_field.reveal()
        else:
            self.entry.focus()

    @property
    def busy(self) -> bool:
        """The order is being stored."""
        return self._busy

    def mark_typed(self) -> None:
        """What stands here is worth keeping, although nobody typed it (a copy)."""
        self._changed()

    def set_person(self, person_id: UUID) -> None:
        """Choose a person who was just made, and go on with the goods."""
        self.head.set_person(person_id)
        self.entry.focus()

    def settle(self) -> None:
        """Keep what is typed now and stop the clock."""
        self._keeper.settle()
        self._to_focus.stop()
        self.goods.settle()

    def show_changed_elsewhere(self) -> None:
        """Say that the stored order is another one by now."""
        self.set_banner(
            Banner(_("This order was changed elsewhere. Saving replaces that change with what stands here."), "warn")
        )

    # --- what the user does

    def save_draft(self) -> None:
        """Store the order as a draft."""
        self._store(OrderState.DRAFT, print_slip=False)

    def save(self) -> None:
        """Store the order as placed (or with the state it has)."""
        self._store(self._placed_state(), print_slip=False)

    def save_and_print(self) -> None:
        """Store the order and issue its slip."""
        self._store(self._placed_state(), print_slip=True)

    def take(self, method: PaymentMethod) -> None:
        """Take what is open in this way."""
        self.money.add_method(method)
        self._to_focus.start()

    def _show_focus(self) -> None:
        widget = self.focusWidget()
        if widget is not None:
            self.scroll_to(widget)

    def make_quote(self) -> None:
        """Let it be a quote: an end and terms in the place of money."""
        self._change_kind(OrderState.QUOTED)
        self.quote.valid_field.reveal()

    def make_order(self) -> None:
        """Let it be an order after all."""
        self._change_kind(OrderState.DRAFT)

    def _change_kind(self, state: OrderState) -> None:
        working = self._collect()
        if working is not None and working.order.state in (OrderState.DRAFT, OrderState.QUOTED):
            working.order = replace(working.order, state=state)
            self._show_kind()
            self._changed()

    def commands(self) -> list[Command]:
        """Return what saves and changes the kind, with their keys."""
        return [] if self.working is None else self._actions.commands(self.working.order)

    @property
    def is_quote(self) -> bool:
        """What stands here is offered, not sold."""
        return self.working is not None and self.working.order.state is OrderState.QUOTED

    def _show_kind(self) -> None:
        """Show the fields and words of an order or of a quote."""
        if self.working is None:
            return
        quote = self.is_quote
        self.set_title(title_of(self.working.order, stored=self.working.stored))
        self._actions.show_order(self.working.order)
        self.money.setVisible(not quote)
        self.quote.setVisible(quote)
        self.quote.load(self.working.order)

    def _placed_state(self) -> OrderState:
        state = OrderState.DRAFT if self.working is None else self.working.order.state
        return OrderState.PLACED if state is OrderState.DRAFT else state

    def _store(self, state: OrderState, *, print_slip: bool) -> None:
        working = self._collect()
        if working is None or self._busy or self._judge.refuses(working, state):
            return
        if state is OrderState.QUOTED and self.quote.is_wrong():
            return
        self._keeper.settle()
        self._prints = print_slip
        self._set_busy(True)
        form = Form(order=replace(working.order, state=state), lines=tuple(working.lines))
        self._session.run(
            self,
            enter_order,
            form,
            () if state is OrderState.QUOTED else working.payments(),
            done=self._saved,
            failed=self._refused,
            said=_(_SAID.get(state, N_("Order saved"))),
            draft=draft_key(working.order.id),  # with the same commit, or the money could be taken a second time
        )

    def _saved(self, order: Order) -> None:
        self._set_busy(False)
        self.dirty = False
        self._forget_draft()
        self.saved.emit(order, self._prints)

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        if not self.quote.show_refusal(error) and not self._judge.show(error):
            self._session.complain(error)

    # --- the order

    def _currency(self) -> str:
        return "USD" if self.working is None else self.working.order.currency

    def _day(self) -> date:
        return self._session.today() if self.working is None else self.working.order.ordered_on

    def _collect(self) -> Working | None:
        """Take what stands in the fields into the order."""
        working = self.working
        if working is None:
            return None
        off = self.summary.discount()
        working.order = replace(
            self.head.apply(working.order),
            discount_ppm=off.ppm,
            discount=off.amount,
            shipping=self.summary.shipping(),
            note=self.goods.note.value(),
        )
        if self.is_quote:
            working.order = self.quote.apply(working.order)
        working.lines = self.lines.lines()
        half_typed = {"entry": self.entry.half_typed(), "person": self.head.words()}
        working.words = half_typed | unread(self.lines, self.summary, self.money)
        return working

    def _changed(self) -> None:
        if not self._loading and self.working is not None:
            self.dirty = True
            self._calculate()
            self._keeper.touch()

    def _calculate(self) -> None:
        working = self._collect()
        if working is None:
            return
        totals, error = working.safe_totals()
        self.goods.suggest_for(working.order, working.lines)
        self.lines.show_totals(totals)
        self.summary.show_totals(totals)
        if totals is not None:
            self.money.show_total(totals.total, working.order)
        elif error is not None:
            self._judge.show_sums(error)

    def _warn(self, words: str) -> None:
        self.set_banner(Banner(words, "warn"))

    def _person_chosen(self, person_id: object) -> None:
        if self.working is None or self._loading:
            return
        key = person_id if isinstance(person_id, UUID) else None
        ppm = self._session.look(discount_of, key, self._day())
        self.working.order = replace(self.working.order, customer_discount_ppm=ppm)
        self.summary.show_customer_discount(ppm)
        if key is not None and self.head.person.hasFocus():
            self.entry.focus()

    def _drop_customer_discount(self) -> None:
        if self.working is not None:
            self.working.order = replace(self.working.order, customer_discount_ppm=0)
            self.summary.show_customer_discount(0)
            self._changed()

    def _day_changed(self) -> None:
        """Use the tax rates of the day of the order."""
        day = self.head.day.value()
        if self.working is None or day is None or self._loading:
            return
        profile = profile_text(self._session.look(tax_profile, day))
        self.working.order = replace(self.working.order, tax_profile=profile, ordered_on=day)
        self._calculate()

    def _go_to_money(self) -> None:
        if self.lines.rows() and self.is_quote:
            self.quote.valid_field.reveal()
        elif self.lines.rows():
            self.money.focus_methods()

    def _go_to_save(self) -> None:
        self._actions.save.setFocus(Qt.FocusReason.TabFocusReason)

    # --- drafts

    def _body(self) -> tuple[str, dict[str, Any]] | None:
        """Return what to keep; an order in which nothing was typed is none."""
        working = self._collect()
        if working is None or not self.dirty or working.is_blank():
            return None
        return draft_key(working.order.id), to_body(working)

    def _kept(self) -> None:
        if self.dirty:
            self._actions.say(_("Draft kept"), "ok", shown=not self._narrow)

    def _not_kept(self) -> None:
        self._actions.say(_("Draft not kept yet"), "warn")

    def _forget_draft(self) -> None:
        if self.working is not None:
            self._keeper.forget(draft_key(self.working.order.id))

    def discard(self) -> None:
        """Throw away what is typed."""
        self.dirty = False
        self._forget_draft()
        self.discarded.emit()

    def put_aside(self) -> None:
        """Keep what is typed and ask for another order."""
        self.settle()
        self.start_anew.emit()

    def _restored_banner(self, at: str) -> Banner:
        words = _("Draft of {time} restored. Nothing typed was lost.").format(time=at)
        banner = Banner(words, "info", action=_("Start a new one instead"))
        banner.action_clicked.connect(self.put_aside)
        return banner

    def _set_busy(self, on: bool) -> None:
        self._busy = on
        self._actions.set_busy(on)
        self._hold.set(on)

    # --- Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        if narrow is self._narrow:
            return
        self._narrow = narrow
        self._columns.set_narrow(narrow)
        self.lines.set_inner_scroll(not narrow)
