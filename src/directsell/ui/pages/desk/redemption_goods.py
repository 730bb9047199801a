"""The goods of a host's order: the entry line, a row for each piece, the best use proposed for rows not chosen by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.errors import DomainError
from directsell.domain.host_programmes.evaluate import Reward
from directsell.domain.host_programmes.proposing import Wanted, propose
from directsell.domain.host_programmes.redeem import Pick, Use
from directsell.domain.host_programmes.rules import Rules
from directsell.domain.orders import Order, OrderLine
from directsell.domain.redemptions import picks_of
from directsell.domain.totals import OrderTotals
from directsell.i18n import _, ngettext
from directsell.store.queries.products import ProductRow
from directsell.ui.messages import sentence
from directsell.ui.pages.desk.redemption_parts import right_weight
from directsell.ui.pages.desk.redemption_row import RedemptionRow, Way, gift_way, on_way, way_of
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.order_form.goods import tax_classes
from directsell.ui.widgets.product_entry import ProductEntry


class RedemptionGoods(Card):
    """``RedemptionGoods(session, *, currency, day)``: ``load(order, lines, words)``, ``lines()``, ``propose(rules, reward)``.

    Signals: ``changed()``; ``typed()`` words in the entry line; ``finished()`` on Enter in the empty entry line; ``warned(str)`` a price needs a look.
    """

    changed = Signal()
    typed = Signal()
    finished = Signal()
    warned = Signal(str)

    def __init__(
        self,
        session: Session,
        *,
        currency: Callable[[], str],
        day: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._session = session
        self._order: Order | None = None
        self._rows: list[RedemptionRow] = []
        self._asked: object = None
        self._proposed: tuple[Pick, ...] = ()
        self.entry = ProductEntry(session, currency=currency, day=day)
        self.add(self.entry)
        self._place = QVBoxLayout()
        self._place.setSpacing(0)
        self.body.addLayout(self._place)
        self._empty = Label(
            _("Type what the host wants. The program proposes what is free and what is at half price."),
            Role.MUTED,
            wrap=True,
        )
        self.add(self._empty)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.best = Button(_("Make the most of it"), "star", kind=Kind.QUIET, compact=True)
        self.best.setToolTip(_("Use credit and rights so that the host saves most"))
        self.best.clicked.connect(self.forget_choices)
        foot.addWidget(self.best)
        self.body.addLayout(foot)
        self.entry.added.connect(self._add_product)
        self.entry.free_wanted.connect(self._add_free)
        self.entry.changed.connect(self.typed)
        self.entry.finished.connect(self.finished)

    # --- value

    def load(self, order: Order, lines: Sequence[OrderLine], words: Mapping[str, str]) -> None:
        """Show the goods of an order, with what stands half-typed and which uses were chosen by hand."""
        self._order = order
        for row in self._rows:
            self._drop(row)
        self._rows = []
        chosen = words.get("hand", "").split()
        for line in lines:
            row = self._append(line)
            row.by_hand = str(line.id) in chosen
        self.entry.clear()
        self.entry.set_text(words.get("entry", ""))
        self._show_state()

    def rows(self) -> tuple[RedemptionRow, ...]:
        """The rows in order."""
        return tuple(self._rows)

    def lines(self) -> list[OrderLine]:
        """The lines as far as they are right."""
        return [row.line() for row in self._rows]

    def by_hand(self) -> list[str]:
        """The ids of the lines whose use was chosen by hand."""
        return [str(row.line().id) for row in self._rows if row.by_hand]

    def add_product(self, product: ProductRow, quantity: Decimal) -> None:
        """Append a line for a product at the price that it has on the day of the order."""
        line = self._line(product.name, quantity)
        if line is None:
            return
        price = product.price if product.price is not None else product.ended_price
        made = OrderLine(
            id=line.id,
            order_id=line.order_id,
            position=0,
            product_id=product.id,
            code=product.code,
            name=product.name,
            quantity=quantity,
            unit=product.unit,
            unit_price=price if price is not None else Decimal(0),
            tax_class=product.tax_class,
        )
        row = self._append(made)
        self._told()
        if product.price is None:
            words = _("{name} has no price today. Check it.").format(name=product.name)
            self.warned.emit(words)
            row.focus_price()

    def add_gift(self, name: str) -> None:
        """Append a gift of the reward under its own name."""
        line = self._line(name, Decimal(1))
        if line is not None:
            row = self._append(on_way(line, (Use.GIFT, name)))
            row.by_hand = True
            self._told()
            self.entry.focus()

    def propose(self, rules: Rules, reward: Reward) -> None:
        """Give every row that was not chosen by hand the use that saves the host most, and say what can be chosen."""
        lines = self.lines()
        wanted = [
            Wanted(pick, line.name, row.by_hand)
            for row, line, pick in zip(self._rows, lines, picks_of(lines), strict=True)
        ]
        asked = (rules, reward, wanted)
        if asked != self._asked:
            self._asked, self._proposed = asked, propose(rules, reward, wanted)
        for row, line, pick in zip(self._rows, lines, self._proposed, strict=True):
            way = way_of(line) if row.by_hand else (pick.use, pick.gift)
            row.show_ways(_ways(rules, reward, line), way)
        self._show_state()

    def show_totals(self, totals: OrderTotals | None) -> None:
        """Show what each line comes to, and take old sentences away."""
        sums = () if totals is None else totals.lines
        for place, row in enumerate(self._rows):
            net = sums[place].net if totals is not None and place < len(sums) else None
            text = "" if net is None or totals is None else self._session.language.amount(net, totals.currency)
            row.show_sum(text)
            row.show_error("")

    def show_problem(self, error: DomainError, *, focus: bool = False) -> bool:
        """Show a refusal at its line or at the entry line; False when it belongs to neither."""
        line = error.params.get("line")
        if isinstance(line, int) and 1 <= line <= len(self._rows):
            row = self._rows[line - 1]
            row.show_error(sentence(error) or "")
            if focus:
                row.way.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if error.field == "lines":
            self.entry.show_error(sentence(error) or "")
            self.entry.focus()
            return True
        return False

    def refuses(self, lines: Sequence[OrderLine]) -> bool:
        """Show what is wrong with the lines by themselves, with the focus there; says whether anything is."""
        wrong = next((row for row in self._rows if row.check()), None)
        if wrong is not None:
            wrong.focus()
        elif self.entry.text().strip():
            self.entry.show_error(_("Add this product with Enter, or clear the field."))
            self.entry.focus()
        elif not lines:
            self.show_problem(DomainError("order.empty", field="lines"))
        else:
            return False
        return True

    def forget_choices(self) -> None:
        """Let the program propose every use again."""
        for row in self._rows:
            row.by_hand = False
        self.changed.emit()

    # --- inside

    def _line(self, name: str, quantity: Decimal) -> OrderLine | None:
        order = self._order
        if order is None:
            return None
        return OrderLine(
            id=self._session.new_id(),
            order_id=order.id,
            position=0,
            name=name,
            quantity=quantity,
            unit_price=Decimal(0),
            tax_class=tax_classes(order)[0][0],
        )

    def _append(self, line: OrderLine) -> RedemptionRow:
        currency = "USD" if self._order is None else self._order.currency
        row = RedemptionRow(self._session, line, currency)
        row.show_ways([(way_of(line), "")], way_of(line))
        row.changed.connect(self.changed)
        row.remove_wanted.connect(self._remove_sender)
        row.left.connect(self.entry.focus)
        self._place.addWidget(row)
        row.show()  # at once, so that it can take the focus
        self._rows.append(row)
        return row

    def _drop(self, row: RedemptionRow) -> None:
        self._place.removeWidget(row)
        row.hide()
        row.setParent(None)
        row.deleteLater()

    def _remove_sender(self) -> None:
        row = self.sender()
        if isinstance(row, RedemptionRow) and row in self._rows:
            self._rows.remove(row)
            self._drop(row)
            self._told()
            self.entry.focus()

    def _add_product(self, product: object, quantity: object) -> None:
        if isinstance(product, ProductRow) and isinstance(quantity, Decimal):
            self.add_product(product, quantity)

    def _add_free(self, words: str) -> None:
        line = self._line(words, Decimal(1))
        if line is not None:
            row = self._append(line)
            self._told()
            if words:
                row.focus_price()
            else:
                row.focus()

    def _told(self) -> None:
        self._show_state()
        self.changed.emit()

    def _show_state(self) -> None:
        self._empty.setVisible(not self._rows)
        self.best.setVisible(any(row.by_hand for row in self._rows))


def _ways(rules: Rules, reward: Reward, line: OrderLine) -> list[tuple[Way, str]]:
    """Return how a piece can be had, each with what it uses."""
    weight = max(right_weight(rules, line), 1)
    half = ngettext("Half price, {n} right", "Half price, {n} rights", weight).format(n=weight)
    ways: list[tuple[Way, str]] = [
        ((Use.CREDIT, ""), _("Free from credit")),
        ((Use.HALF_PRICE, ""), half),
        ((Use.FULL_PRICE, ""), _("At full price")),
    ]
    ways += [((Use.GIFT, gift.name), gift_way(gift.name)) for gift in reward.gifts]
    return ways
