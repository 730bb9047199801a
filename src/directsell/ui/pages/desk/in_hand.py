"""What every order in hand at the desk can do: be typed step by step and back, placed, thrown away. No goods, no rules."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from directsell.domain.orders import Order
from directsell.domain.payments import PaymentMethod
from directsell.store.queries.products import ProductRow, product_row
from directsell.ui.pages.desk.slip_parts import SlipFoot
from directsell.ui.pages.desk.slip_state import PRINT, SIGN, Slip
from directsell.ui.session import Session
from directsell.ui.widgets.hold import Hold
from directsell.ui.widgets.order_form.keeping import DraftKeeper
from directsell.ui.widgets.order_form.money import MoneyCard
from directsell.ui.widgets.order_form.working import Working
from directsell.ui.widgets.page import ScrollArea

_NARROW = 600


class OrderInHand(QWidget):
    """The base of a pane with one order; who inherits makes the parts named here and fills in the methods left open.

    Signal: ``placed(object Slip, object Order, str then)``.
    """

    placed = Signal(object, object, str)

    money: MoneyCard
    foot: SlipFoot
    _area: ScrollArea
    _below: QBoxLayout
    _keeper: DraftKeeper

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.slip: Slip | None = None
        self.busy = False
        self._loading = False
        self._hold = Hold(self)
        self._narrow: bool | None = None

    def focus(self) -> None:
        """Go on typing goods."""
        raise NotImplementedError

    def _add_goods(self, product: ProductRow) -> None:
        """Append one piece of a product."""
        raise NotImplementedError

    def _store(self, then: str) -> None:
        """Store the order as placed; ``then`` says what comes after."""
        raise NotImplementedError

    def _fill(self, working: Working) -> None:
        """Put an order into the fields."""
        raise NotImplementedError

    def _calculate(self) -> None:
        """Sum up and judge what stands in the fields."""
        raise NotImplementedError

    # --- what the user does

    def place(self) -> None:
        """Store the order as placed."""
        self._store("")

    def place_and_print(self) -> None:
        """Store the order and issue its slip."""
        self._store(PRINT)

    def place_and_sign(self) -> None:
        """Store the order and have it signed."""
        self._store(SIGN)

    def take(self, method: PaymentMethod) -> None:
        """Take what is open in this way."""
        if self.slip is not None:
            self.money.add_method(method)
            self._area.show_focus()

    def add_product(self, product_id: object) -> None:
        """Append a product that the person is interested in."""
        if isinstance(product_id, UUID):
            row = self._session.look(product_row, product_id, self._currency(), self._day())
            if row is not None:
                self._add_goods(row)

    def undo_step(self) -> bool:
        """Take the last line, use or payment that came or went back; says whether there was one."""
        slip = self.slip
        if slip is None or self.busy or not slip.step_back():
            return False
        self._loading = True
        self._fill(slip.working)
        self._loading = False
        self._calculate()
        slip.start()
        self._keeper.touch()
        self._stepped_back()
        self.focus()
        return True

    def forget_draft(self) -> None:
        """Drop what was kept of the order in hand: it is thrown away."""
        if self.slip is not None:
            self._keeper.forget(self.slip.key)

    def total_text(self) -> str:
        """The large figures."""
        return self.foot.total_text()

    # --- inside

    def _stepped_back(self) -> None:
        """Tell whoever follows each key; nobody, unless a pane has such a signal."""

    def _done(self, slip: Slip, order: Order, then: str) -> None:
        self._set_busy(False)
        self._keeper.stop()
        self.placed.emit(slip, order, then)

    def _currency(self) -> str:
        return "USD" if self.slip is None else self.slip.working.order.currency

    def _day(self) -> date:
        return self._session.today() if self.slip is None else self.slip.working.order.ordered_on

    def _set_busy(self, on: bool) -> None:
        self.busy = on
        self.foot.set_busy(on)
        self._hold.set(on)

    def _turn_below(self) -> None:
        """Sums and money beside each other, or below each other where there is no room."""
        narrow = self.width() < _NARROW
        if narrow is not self._narrow:
            self._narrow = narrow
            down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
            self._below.setDirection(down if narrow else across)


class Placed:
    """Hands the result of placing back, with the order in hand and with what was asked for."""

    def __init__(self, pane: OrderInHand, slip: Slip, then: str) -> None:
        self._pane = pane
        self._slip = slip
        self._then = then

    def __call__(self, order: Order) -> None:
        self._pane._done(self._slip, order, self._then)
