"""The slip in hand: whose it is, goods, sums, money, and the total to read back. It places orders, nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from directsell.domain.orders import Handover, OrderState
from directsell.i18n import _
from directsell.store.queries.parties import WishRow
from directsell.store.queries.products import ProductRow
from directsell.ui.pages.desk.evening import Sitter
from directsell.ui.pages.desk.in_hand import OrderInHand, Placed
from directsell.ui.pages.desk.slip_parts import SlipFoot, SlipTop
from directsell.ui.pages.desk.slip_state import Slip
from directsell.ui.pages.desk.wishes import WishBar
from directsell.ui.session import Session
from directsell.ui.widgets.fields import FormField
from directsell.ui.widgets.layouts import PackedColumn, lay_out_now
from directsell.ui.widgets.order_form.goods import GoodsCard
from directsell.ui.widgets.order_form.judging import Judge
from directsell.ui.widgets.order_form.keeping import DraftKeeper
from directsell.ui.widgets.order_form.money import MoneyCard
from directsell.ui.widgets.order_form.summary import Summary
from directsell.ui.widgets.order_form.unread import show_unread, unread
from directsell.ui.widgets.order_form.working import Working, to_body
from directsell.ui.widgets.page import ScrollArea
from directsell.ui.widgets.states import Banner
from directsell.usecases.orders import OrderForm, enter_order


class _SlipHead:
    """The customer is known at the desk: there is nothing to refuse in the head of a slip."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def error_field(self) -> FormField | None:
        """Nothing can be wrong."""
        return None

    def refuse_person(self, sentence: str) -> None:
        """Say it at the bottom: the person was deleted meanwhile."""
        self._session.complained.emit(sentence)


class SlipEditor(OrderInHand):
    """``SlipEditor(session)``: ``load(slip, sitter)`` shows a slip to type on; ``slip`` is the one in hand.

    Signals: ``changed()`` after each key; ``placed(object Slip, object Order, str then)``; ``wished(object product_id)``;
    ``menu_wanted(QPoint)``.
    """

    changed = Signal()
    wished = Signal(object)
    menu_wanted = Signal(QPoint)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.charges: Mapping[Handover, int] = {}
        self.goods = GoodsCard(session, currency=self._currency, day=self._day, wishes=True, compact=True)
        self.entry, self.lines = self.goods.entry, self.goods.lines
        self.summary = Summary(session, total=False)
        self.money = MoneyCard(session)
        self.wishes = WishBar()
        self.top = SlipTop()
        self.handover = self.top.handover
        self.foot = SlipFoot(self.place, self.place_and_print, self.place_and_sign)
        self._judge = Judge(_SlipHead(session), self.goods, self.summary, self.money)
        self._lay_out()
        self._keeper = DraftKeeper(session, self._body, self)
        self._to_focus = QTimer(self)
        self._to_focus.setSingleShot(True)
        self._to_focus.setInterval(0)  # after the new row has its place
        self._to_focus.timeout.connect(self._area.show_focus)
        self._connect()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        content = QWidget()
        column = PackedColumn(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.top)
        self._banner_place = QVBoxLayout()
        self._banner: Banner | None = None
        column.addLayout(self._banner_place)
        column.addWidget(self.wishes)
        column.addWidget(self.goods)
        self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._below.setSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        self._below.addWidget(self.summary, 1, top)
        self._below.addWidget(self.money, 1, top)
        column.addLayout(self._below)
        self._area = ScrollArea(content)
        outer.addWidget(self._area, 1)
        outer.addWidget(self.foot)

    def _connect(self) -> None:
        self.goods.changed.connect(self._changed)
        self.goods.finished.connect(self._go_to_money)
        self.goods.warned.connect(self._warn)
        self.entry.wished.connect(self._wish)
        self.wishes.order_wanted.connect(self.add_product)
        self.wishes.removed.connect(self.wished)
        self.summary.changed.connect(self._changed)
        self.summary.no_customer_discount.connect(self._drop_customer_discount)
        self.money.changed.connect(self._changed)
        self.money.done.connect(self._go_to_place)
        self.handover.changed.connect(self._handover_chosen)
        self.top.menu_wanted.connect(self.menu_wanted)

    # --- content

    def load(self, slip: Slip, sitter: Sitter | None, wishes: Sequence[WishRow]) -> None:
        """Show a slip to type on."""
        self.settle()
        self._loading = True
        self.slip = slip
        working = slip.working
        self.top.show_person(slip.name)
        self.setAccessibleName(_("Slip of {name}").format(name=slip.name))
        self.top.show_sitter(sitter)
        self.wishes.show_wishes(wishes)
        self._fill(working)
        self._show_banner(None)
        if slip.restored:
            words = _("Draft of {time} restored. Nothing typed was lost.").format(time=slip.restored)
            self._show_banner(Banner(words, "info"))
            slip.restored = ""
        self._loading = False
        self._calculate()
        slip.start()
        self._set_busy(False)
        self._area.verticalScrollBar().setValue(0)

    def show_changed_elsewhere(self) -> None:
        """Say that the stored order is another one by now."""
        words = _("This order was changed elsewhere. Saving replaces that change with what stands here.")
        self._show_banner(Banner(words, "warn"))

    def focus(self) -> None:
        """Go on typing goods."""
        self.entry.focus()

    def settle(self) -> None:
        """Keep what is typed now and stop the clocks."""
        self._keeper.settle()
        self._to_focus.stop()
        self.goods.settle()

    # --- inside

    def _add_goods(self, product: ProductRow) -> None:
        self.goods.add_product(product, Decimal(1))

    def _stepped_back(self) -> None:
        self.changed.emit()

    def _store(self, then: str) -> None:
        slip = self.slip
        working = self._collect()
        if slip is None or working is None or self.busy:
            return
        state = working.order.state
        state = OrderState.PLACED if state is OrderState.DRAFT else state
        if self._judge.refuses(working, state):
            self._to_focus.start()
            return
        self._keeper.settle()
        self._set_busy(True)
        self._session.run(
            self,
            enter_order,
            OrderForm(order=replace(working.order, state=state), lines=tuple(working.lines)),
            working.payments(),
            done=Placed(self, slip, then),
            failed=self._refused,
            said=_("Order of {name} placed").format(name=slip.name),
            only_new=not working.stored,
            draft=slip.key,  # with the same commit, or the money could be taken a second time
        )

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        if not self._judge.show(error):
            self._session.complain(error)

    def _collect(self) -> Working | None:
        """Take what stands in the fields into the order."""
        if self.slip is None:
            return None
        working = self.slip.working
        off = self.summary.discount()
        working.order = replace(
            working.order,
            discount_ppm=off.ppm,
            discount=off.amount,
            shipping=self.summary.shipping(),
            handover=self.handover.value() or working.order.handover,
            note=self.goods.note.value(),
        )
        working.lines = self.lines.lines()
        working.words = {"entry": self.entry.half_typed(), **unread(self.lines, self.summary, self.money)}
        return working

    def _fill(self, working: Working) -> None:
        """Put an order into the fields."""
        self.handover.set_value(working.order.handover)
        self.goods.load(working.order, working.lines, working.words.get("entry", ""))
        self.summary.load(working)
        self.money.load(working.money, working.order.currency, working.paid, working.spread_money)
        show_unread(self.lines, self.summary, self.money, working.words)

    def _changed(self) -> None:
        slip = self.slip
        if self._loading or slip is None:
            return
        slip.dirty = True
        self._calculate()
        slip.remember()
        self._keeper.touch()
        self.changed.emit()
        lay_out_now()

    def _calculate(self) -> None:
        working = self._collect()
        if working is None:
            return
        totals, error = working.safe_totals()
        self.goods.suggest_for(working.order, working.lines)
        self.lines.show_totals(totals)
        self.summary.show_totals(totals)
        self.foot.show_total(self.summary.total_text())
        if totals is not None:
            self.money.show_total(totals.total, working.order)
        elif error is not None:
            self._judge.show_sums(error)

    def _handover_chosen(self) -> None:
        """Charge what this way costs, unless something else was typed."""
        slip = self.slip
        if slip is None or self._loading:
            return
        before = self.charges.get(slip.working.order.handover, 0)
        if self.summary.shipping() == before:
            self.summary.freight.set_value(self.charges.get(self.handover.value(), 0) or None)
        self._changed()

    def _drop_customer_discount(self) -> None:
        if self.slip is not None:
            self.slip.working.order = replace(self.slip.working.order, customer_discount_ppm=0)
            self.summary.show_customer_discount(0)
            self._changed()

    def _wish(self, product: object) -> None:
        if isinstance(product, ProductRow):
            self.wished.emit(product.id)

    def _warn(self, words: str) -> None:
        self._show_banner(Banner(words, "warn"))

    def _show_banner(self, banner: Banner | None) -> None:
        if self._banner is not None:
            self._banner_place.removeWidget(self._banner)
            self._banner.hide()
            self._banner.deleteLater()
        self._banner = banner
        if banner is not None:
            self._banner_place.addWidget(banner)

    def _go_to_money(self) -> None:
        if self.lines.rows():
            self.money.focus_methods()
            self._area.show_focus()

    def _go_to_place(self) -> None:
        self.foot.focus_place()

    def _body(self) -> tuple[str, dict[str, Any] | None] | None:
        """Return what to keep of a slip on which something was typed; nothing where all of it is erased again."""
        working = self._collect()
        slip = self.slip
        if working is None or slip is None or not slip.dirty:
            return None
        return slip.key, None if slip.is_blank() else to_body(working)

    # --- Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn_below()
        self.lines.set_inner_scroll(False)
