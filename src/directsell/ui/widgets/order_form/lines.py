"""The lines of an order in the form: the rows, their headings, adding, moving, merging. No sums of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.orders import OrderLine
from directsell.domain.totals import OrderTotals
from directsell.i18n import _
from directsell.ui.session import Session
from directsell.ui.widgets.labels import Label, Role, Rule
from directsell.ui.widgets.order_form.line_row import (
    GAP,
    NARROW,
    OFF_WIDTH,
    PRICE_WIDTH,
    STEPPER_WIDTH,
    SUM_WIDTH,
    LineRow,
)
from directsell.ui.widgets.page import ScrollArea
from directsell.ui.widgets.states import Banner

_SPARE = 3  # rows that wait to be filled: making one takes longer than a key may
_MOST_SPARE = 12
_SPARE_MS = 40
_NOBODY = UUID(int=0)
_NOTHING = OrderLine(
    id=_NOBODY, order_id=_NOBODY, position=0, code="-", name="", quantity=Decimal(1), unit_price=Decimal(0)
)


class _Headings(QWidget):
    """The words above the columns; they vanish where a row takes two lines."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        end = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        center = Qt.AlignmentFlag.AlignCenter
        row.addWidget(Label(_("Product"), Role.SMALL), 1)
        for words, width, side in (
            (_("Quantity"), STEPPER_WIDTH, center),
            (_("Price"), PRICE_WIDTH, end),
            (_("Discount"), OFF_WIDTH, end),
            (_("Sum"), SUM_WIDTH, end),
            ("", 36, end),
        ):
            label = Label(words, Role.SMALL)
            label.setFixedWidth(width)
            label.setAlignment(side)
            row.addWidget(label)


class LineList(QWidget):
    """``LineList(session, parent=None)``: ``load(lines, currency, tax_classes)``, ``lines()``, ``add(line, focus=False)``.

    ``show_totals(totals | None)``, ``show_line_error(number, sentence)``, ``error_row()`` the first wrong row.

    Signals: ``changed()``; ``entry_wanted()`` when Enter leaves a row (back to the entry line).
    """

    changed = Signal()
    entry_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._currency = ""
        self._tax_classes: Sequence[tuple[str, str]] = ()
        self._rows: list[LineRow] = []
        self._spare: list[LineRow] = []
        self._inner_scroll = True
        self._twins: tuple[LineRow, LineRow] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._twin_bar = Banner("", "info", action=_("Merge the two"), on_action=self._merge_twins)
        self._twin_bar.hide()
        column.addWidget(self._twin_bar)
        self._headings = _Headings()
        self._rule = Rule()
        column.addWidget(self._headings)
        column.addWidget(self._rule)
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._empty = Label(
            _("Type a code or a part of the name above and press Enter, then the quantity and Enter again."),
            Role.MUTED,
            wrap=True,
        )
        self._empty.setContentsMargins(0, 14, 0, 14)
        self._column.addWidget(self._empty)
        self._column.addStretch(1)
        self._area = ScrollArea(self._content)
        self._content.setObjectName("cardBody")
        self._area.setProperty("kit", "card")
        self._content.installEventFilter(self)
        column.addWidget(self._area, 1)
        self._to_end = QTimer(self)
        self._to_end.setSingleShot(True)
        self._to_end.setInterval(0)
        self._to_end.timeout.connect(self._scroll_to_end)
        self._make_ready = QTimer(self)
        self._make_ready.setSingleShot(True)
        self._make_ready.setInterval(_SPARE_MS)
        self._make_ready.timeout.connect(self._make_spare)

    # --- value

    def load(self, lines: Iterable[OrderLine], currency: str, tax_classes: Sequence[tuple[str, str]]) -> None:
        """Show these lines instead, in the rows that are there as far as they go."""
        shown = list(lines)
        if currency != self._currency:
            for row in (*self._rows, *self._spare):
                self._discard(row)
            self._rows, self._spare = [], []
        self._currency = currency
        self._tax_classes = tax_classes
        self._forget_twins()
        while len(self._rows) > len(shown):
            self._drop(self._rows.pop())
        for row, line in zip(self._rows, shown, strict=False):
            row.show_line(line, tax_classes)
        for line in shown[len(self._rows) :]:
            self._append(line)
        self._refresh()
        self._make_ready.start()

    def lines(self) -> list[OrderLine]:
        """The lines as far as they are right."""
        return [row.line() for row in self._rows]

    def rows(self) -> tuple[LineRow, ...]:
        """The rows in order."""
        return tuple(self._rows)

    def add(self, line: OrderLine, *, focus: bool = False) -> None:
        """Append a line; one for the same product as another is offered to be merged."""
        twin = next((row for row in self._rows if _same(row.line(), line)), None)
        row = self._append(line)
        self._forget_twins()
        if twin is not None:
            self._twins = (twin, row)
            self._twin_bar.set_text(_("“{name}” is in the order twice.").format(name=line.name))
            self._twin_bar.show()
        self._refresh()
        if focus:
            row.focus_name()
        self._to_end.start()
        self.changed.emit()

    def show_totals(self, totals: OrderTotals | None) -> None:
        """Show what each line comes to."""
        for place, row in enumerate(self._rows):
            row.show_sums(totals.lines[place] if totals is not None and place < len(totals.lines) else None)
            row.show_error("")

    def show_line_error(self, number: int, sentence: str) -> None:
        """Show what is wrong with a line, counted from 1."""
        if 1 <= number <= len(self._rows):
            self._rows[number - 1].show_error(sentence)

    def error_row(self) -> LineRow | None:
        """Judge every row; the first that is wrong."""
        wrong = [row for row in self._rows if row.check()]
        return wrong[0] if wrong else None

    def set_inner_scroll(self, on: bool) -> None:
        """Whether many lines scroll inside the card, or make the page longer."""
        self._inner_scroll = on
        self._refresh()

    def settle(self) -> None:
        """Stop what still waits."""
        self._to_end.stop()
        self._make_ready.stop()

    # --- Qt's side

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self._content:
            self._fit()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._headings.setVisible(self.width() >= NARROW and bool(self._rows))

    # --- inside

    def _append(self, line: OrderLine) -> LineRow:
        if self._spare:
            row = self._spare.pop(0)
            row.show_line(line, self._tax_classes)
        else:
            row = self._make(line)
        row.show()  # at once, so that it can take the focus
        self._rows.append(row)
        self._make_ready.start()
        return row

    def _make(self, line: OrderLine) -> LineRow:
        """Make a row behind all others, hidden."""
        row = LineRow(self._session, line, self._currency, self._tax_classes, self._content)
        row.hide()
        row.changed.connect(self.changed)
        row.remove_wanted.connect(self._remove_sender)
        row.move_wanted.connect(self._move_sender)
        row.left.connect(self.entry_wanted)
        self._column.insertWidget(len(self._rows) + len(self._spare) + 1, row)
        return row

    def _make_spare(self) -> None:
        """In a pause: keep some rows ready, so that the Enter that adds a line need not make one."""
        if not self._currency or len(self._spare) >= _SPARE:
            return
        row = self._make(_NOTHING)
        row.ensurePolished()
        self._spare.append(row)
        self._make_ready.start()

    def _drop(self, row: LineRow) -> None:
        """Put a row behind the others, to be filled again; ``row`` is not among the rows any more."""
        row.hide()
        if len(self._spare) >= _MOST_SPARE:
            self._discard(row)
            return
        self._column.removeWidget(row)
        self._column.insertWidget(len(self._rows) + len(self._spare) + 1, row)
        self._spare.append(row)

    def _discard(self, row: LineRow) -> None:
        self._column.removeWidget(row)
        row.hide()
        row.setParent(None)
        row.deleteLater()

    def _remove_sender(self) -> None:
        row = self.sender()
        if isinstance(row, LineRow) and row in self._rows:
            self._rows.remove(row)
            self._drop(row)
            self._forget_twins()
            self._refresh()
            self.changed.emit()
            self.entry_wanted.emit()

    def _move_sender(self, step: int) -> None:
        row = self.sender()
        if not isinstance(row, LineRow):
            return
        place = self._rows.index(row)
        target = max(0, min(len(self._rows) - 1, place + step))
        if target != place:
            self._rows.insert(target, self._rows.pop(place))
            self._column.removeWidget(row)
            self._column.insertWidget(target + 1, row)
            row.focus_quantity()
            self.changed.emit()

    def _merge_twins(self) -> None:
        twins = self._twins
        self._forget_twins()
        if twins is None or any(row not in self._rows for row in twins):
            return
        first, second = twins
        quantity = second.line().quantity
        self._rows.remove(second)
        self._drop(second)
        self._refresh()
        first.add_quantity(quantity)
        self.entry_wanted.emit()

    def _forget_twins(self) -> None:
        self._twins = None
        self._twin_bar.hide()

    def _refresh(self) -> None:
        some = bool(self._rows)
        self._empty.setVisible(not some)
        self._headings.setVisible(some and (self.width() >= NARROW or not self.isVisible()))
        self._rule.setVisible(some)
        self._fit()

    def _fit(self) -> None:
        """Room for a few lines that scroll, or for all of them."""
        self._area.setMinimumHeight(196 if self._inner_scroll else self._content.sizeHint().height() + 2)

    def _scroll_to_end(self) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.maximum())


def _same(one: OrderLine, other: OrderLine) -> bool:
    """Whether two lines could be one: same goods, kind, price, and no discount of their own."""
    parts = ("product_id", "kind", "unit_price", "discount_ppm", "discount", "tax_class")
    return one.product_id is not None and all(getattr(one, part) == getattr(other, part) for part in parts)
