"""The host's own order in hand: free goods, half price, gifts, what she pays. It places it; the rules judge each line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from directsell.domain.errors import DomainError
from directsell.domain.host_programmes.evaluate import Reward
from directsell.domain.host_programmes.rules import Rules
from directsell.domain.orders import OrderKind, OrderState
from directsell.domain.pricing import profile_from
from directsell.i18n import _
from directsell.store.queries.parties import WishRow
from directsell.store.queries.products import ProductRow
from directsell.store.queries.rewards import Portion
from directsell.ui.messages import sentence
from directsell.ui.pages.desk.in_hand import OrderInHand, Placed
from directsell.ui.pages.desk.redemption_goods import RedemptionGoods
from directsell.ui.pages.desk.redemption_parts import (
    RedemptionHead,
    RedemptionSums,
    RewardStrip,
    unused_words,
    used_of,
)
from directsell.ui.pages.desk.slip_parts import SlipFoot
from directsell.ui.pages.desk.slip_state import Slip
from directsell.ui.pages.desk.wishes import WishBar
from directsell.ui.session import Session
from directsell.ui.widgets.layouts import PackedColumn
from directsell.ui.widgets.order_form.keeping import DraftKeeper
from directsell.ui.widgets.order_form.money import MoneyCard
from directsell.ui.widgets.order_form.working import Working, to_body
from directsell.ui.widgets.page import ScrollArea
from directsell.ui.widgets.states import Banner
from directsell.usecases.host_orders import judged, with_kept
from directsell.usecases.orders import OrderForm
from directsell.usecases.redeeming import redeem_reward


class RedemptionPane(OrderInHand):
    """``RedemptionPane(session)``: ``load(slip, portions, rules, wishes)``; ``slip`` is the order in hand.

    Signals: ``placed(object Slip, object Order, str then)``; ``person_wanted(object person_id)`` another host;
    ``closed()``; ``unwished(object product_id)``.
    """

    person_wanted = Signal(object)
    closed = Signal()
    unwished = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._portion: Portion | None = None
        self._rules: Rules | None = None
        self._closed_words = ""
        self._problem: DomainError | None = None
        self.head = RedemptionHead()
        self.strip = RewardStrip(session)
        self.wishes = WishBar()
        self.goods = RedemptionGoods(session, currency=self._currency, day=self._day)
        self.entry = self.goods.entry
        self.sums = RedemptionSums(session)
        self.money = MoneyCard(session)
        self.foot = SlipFoot(self.place, self.place_and_print, self.place_and_sign)
        self._lay_out()
        self._keeper = DraftKeeper(session, self._body, self)
        self._connect()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        content = QWidget()
        column = PackedColumn(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.head)
        self.refusal = Banner("", "bad", closable=False)
        self.restored = Banner("", "info")
        self.unused = Banner("", "warn", closable=False)
        for banner in (self.restored, self.refusal):
            banner.hide()
            column.addWidget(banner)
        column.addWidget(self.strip)
        column.addWidget(self.wishes)
        column.addWidget(self.goods)
        self.unused.hide()
        column.addWidget(self.unused)
        self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._below.setSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        self._below.addWidget(self.sums, 1, top)
        self._below.addWidget(self.money, 1, top)
        column.addLayout(self._below)
        self._area = ScrollArea(content)
        outer.addWidget(self._area, 1)
        outer.addWidget(self.foot)

    def _connect(self) -> None:
        self.head.person_wanted.connect(self._host_chosen)
        self.head.closed.connect(self.closed)
        self.goods.changed.connect(self._changed)
        self.goods.typed.connect(self._typed)
        self.goods.finished.connect(self._go_to_money)
        self.goods.warned.connect(self._warn)
        self.strip.gift_wanted.connect(self.goods.add_gift)
        self.wishes.order_wanted.connect(self.add_product)
        self.wishes.removed.connect(self.unwished)
        self.sums.changed.connect(self._changed)
        self.money.changed.connect(self._changed)
        self.money.done.connect(self.foot.focus_place)

    # --- content

    def load(
        self, slip: Slip, portions: Sequence[Portion], rules: Rules, wishes: Sequence[WishRow], closed: str = ""
    ) -> None:
        """Show an order to type on; ``closed`` says why no new one can be placed any more."""
        self.settle()
        self._loading = True
        self.slip = slip
        self.setAccessibleName(_("Redemption of {name}").format(name=slip.name))
        self._fill(slip.working)
        self.restored.setVisible(bool(slip.restored))
        self.restored.set_text(_("Draft of {time} restored. Nothing typed was lost.").format(time=slip.restored))
        slip.restored = ""
        self._loading = False
        self.show_portions(portions, rules, wishes, closed)
        slip.start()
        self._set_busy(False)
        self._area.verticalScrollBar().setValue(0)

    def show_portions(
        self, portions: Sequence[Portion], rules: Rules, wishes: Sequence[WishRow], closed: str = ""
    ) -> None:
        """Take up what the reward is by now; what is typed stays."""
        slip = self.slip
        if slip is None:
            return
        self._rules, self._closed_words = rules, closed
        self._portion = next((part for part in portions if part.person_id == slip.person_id), None)
        self.head.show_hosts(portions, slip.person_id, slip.name)
        self.wishes.show_wishes(wishes)
        self._calculate()

    def focus(self) -> None:
        """Go on typing goods."""
        self.entry.focus()

    def settle(self) -> None:
        """Keep what is typed now and stop the clocks."""
        self._keeper.settle()

    # --- inside

    def _add_goods(self, product: ProductRow) -> None:
        self.goods.add_product(product, Decimal(1))

    def _store(self, then: str) -> None:
        slip, working = self.slip, self._collect()
        if slip is None or working is None or self.busy or self._refuses(working):
            return
        self._keeper.settle()
        self._set_busy(True)
        order = working.order
        state = OrderState.PLACED if order.state is OrderState.DRAFT else order.state
        self._session.run(
            self,
            redeem_reward,
            OrderForm(order=replace(order, state=state), lines=tuple(working.lines)),
            working.payments(),
            done=Placed(self, slip, then),
            failed=self._refused,
            said=_("Reward of {name} redeemed").format(name=slip.name),
            only_new=not working.stored,
            draft=slip.key,  # with the same commit, or the money could be taken a second time
        )

    def _refuses(self, working: Working) -> bool:
        """Show the first thing that is wrong, with the focus there; says whether anything is."""
        if self._closed_words and not working.stored:
            self._area.verticalScrollBar().setValue(0)
            return True
        if self.goods.refuses(working.lines):
            return True
        if self._problem is not None:
            self.goods.show_problem(self._problem, focus=True)
            return True
        if self.sums.error():
            self.sums.freight.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        row = self.money.error_row()
        if row is not None:
            row.amount.setFocus(Qt.FocusReason.TabFocusReason)
        return row is not None

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, DomainError) or not self.goods.show_problem(error, focus=True):
            self._session.complain(error)

    def _left(self) -> Reward:
        """Return what this order can spend."""
        slip, portion, rules = self.slip, self._portion, self._rules
        if slip is None or portion is None or rules is None:
            return Reward(currency=self._currency())
        left = portion.left(rules, besides=slip.working.order.id)
        return with_kept(rules, left, *slip.stored) if slip.stored is not None else left

    def _collect(self) -> Working | None:
        """Take what stands in the fields into the order."""
        if self.slip is None:
            return None
        working = self.slip.working
        working.order = replace(
            working.order, kind=OrderKind.HOST, host_credit=self._left().credit, shipping=max(self.sums.shipping(), 0)
        )
        working.lines = self.goods.lines()
        working.words = {"entry": self.entry.half_typed(), "hand": " ".join(self.goods.by_hand())}
        return working

    def _fill(self, working: Working) -> None:
        """Put an order into the fields."""
        self.goods.load(working.order, working.lines, working.words)
        self.sums.load(working.order.currency, working.order.shipping)
        self.money.load(working.money, working.order.currency, working.paid, working.spread_money)

    def _typed(self) -> None:
        """Words in the entry line change no figure; they are kept."""
        if not self._loading and self.slip is not None:
            self.slip.dirty = True
            self._keeper.touch()

    def _changed(self) -> None:
        slip = self.slip
        if self._loading or slip is None:
            return
        slip.dirty = True
        self._calculate()
        slip.remember()
        self._keeper.touch()

    def _calculate(self) -> None:
        """Propose uses, judge the lines, and show every figure as it is now."""
        rules, left = self._rules, self._left()
        if self.slip is None or rules is None:
            return
        self.goods.propose(rules, left)
        working = self._collect()
        assert working is not None
        totals, error = working.safe_totals()
        self._problem, words = error, ""
        if error is None:
            try:
                words = unused_words(judged(rules, working.order, working.lines, left), self._session.language)
            except DomainError as refused:
                self._problem = refused
        self.goods.show_totals(totals)
        of_line = self._problem is not None and self.goods.show_problem(self._problem)
        whole = self._closed_words if not working.stored else ""
        if self._problem is not None and not of_line:
            whole = sentence(self._problem) or ""
        self.refusal.set_text(whole)
        self.refusal.setVisible(bool(whole))
        self.unused.set_text(words)
        self.unused.setVisible(bool(words and working.lines))
        self.strip.show_reward(rules, left, used_of(rules, working.lines, totals), chosen=bool(working.lines))
        if totals is not None:
            inside = profile_from(working.order.tax_profile).prices_include_tax
            self.sums.show_sums(working.lines, totals, inclusive=inside)
            self.money.show_total(totals.total, working.order)
            self.foot.show_total(self._session.language.money(totals.total, totals.currency))
        else:
            self.foot.show_total("–")

    def _host_chosen(self, key: str) -> None:
        self.settle()
        self.person_wanted.emit(UUID(key))

    def _warn(self, words: str) -> None:
        self.restored.set_text(words)
        self.restored.show()

    def _go_to_money(self) -> None:
        if self.goods.rows():
            self.money.focus_methods()

    def _body(self) -> tuple[str, dict[str, Any]] | None:
        """Return what to keep; an order on which nothing was typed is none."""
        working, slip = self._collect(), self.slip
        if working is None or slip is None or not slip.dirty or slip.is_blank():
            return None
        return slip.key, to_body(working)

    # --- Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn_below()
