"""One line of a host's order: how many, at which price tag, and how she gets it. Which use is best is proposed elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from directsell.domain.host_programmes.redeem import Use
from directsell.domain.orders import OrderLine
from directsell.domain.redemptions import KINDS, USES
from directsell.domain.totals import LineKind
from directsell.i18n import _
from directsell.ui.session import Session
from directsell.ui.theme import T
from directsell.ui.widgets.buttons import IconButton
from directsell.ui.widgets.fields import ChoiceField, Stepper, TextField
from directsell.ui.widgets.labels import ElidedLabel, Label, Role
from directsell.ui.widgets.typed import parse_quantity, price_field, understand

_STEPPER, _PRICE, _USE, _SUM = 132, 80, 196, 80
_WIDE, _MIDDLE = 660, 520  # one line, two, or three

Way = tuple[Use, str]  # how a piece is had; the name of the gift, else ""


def way_of(line: OrderLine) -> Way:
    """Return how a line is had."""
    use = USES.get(LineKind(line.kind), Use.FULL_PRICE)
    return use, line.note if use is Use.GIFT else ""


def on_way(line: OrderLine, way: Way) -> OrderLine:
    """Return a line that is had in another way."""
    use, gift = way
    note = gift if use is Use.GIFT else "" if line.kind == LineKind.GIFT else line.note
    return replace(line, kind=KINDS[use].value, note=note)


class RedemptionRow(QWidget):
    """``RedemptionRow(session, line, currency)``: ``line()``, ``by_hand``, ``show_ways(choices, way)``, ``show_sum(text)``.

    Signals: ``changed()``; ``remove_wanted()``; ``left()`` Enter in a field.
    """

    changed = Signal()
    remove_wanted = Signal()
    left = Signal()

    def __init__(self, session: Session, line: OrderLine, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = line
        self._shape: int | None = None
        self.by_hand = False
        language = session.language
        self.quantity = Stepper(
            understand(lambda text: parse_quantity(language, text)),
            language.quantity,
            name=_("Quantity of {name}").format(name=line.name),
            value=line.quantity,
        )
        self.price = price_field(session, currency, required=True, unit=False)
        self.price.set_value(line.unit_price)
        self.price.setFixedWidth(_PRICE)
        self.price.setAccessibleName(_("Price of {name}").format(name=line.name))
        self.way = ChoiceField()
        self.way.setFixedWidth(_USE)
        self.way.setAccessibleName(_("How {name} is had").format(name=line.name))
        self.sum = Label("", Role.AMOUNT)
        self.sum.setFixedWidth(_SUM)
        self.sum.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self._cross = IconButton("x", _("Remove {name}").format(name=line.name))
        self._cross.clicked.connect(self.remove_wanted)
        self._words = self._make_words()
        self._problem = Label("", Role.ERROR, wrap=True)
        self._problem.hide()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 8, 0, 9)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._arrange(1)
        for source in (self.quantity, self.price):
            source.changed.connect(self._edited)
        for editor in (self.quantity.edit, self.price):
            editor.returnPressed.connect(self.left)
        self.way.changed.connect(self._way_chosen)

    def _make_words(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._name: TextField | None = None
        if self._line.product_id is None and not self._line.code:
            self._name = TextField(self._line.name, limit=200, placeholder=_("What is it?"))
            self._name.setAccessibleName(_("Text of the line"))
            self._name.changed.connect(self._edited)
            self._name.returnPressed.connect(self.left)
            column.addWidget(self._name)
        else:
            column.addWidget(ElidedLabel(self._line.name, Role.STRONG))
            column.addWidget(ElidedLabel(self._line.code, Role.SMALL))
        return box

    # --- value

    def line(self) -> OrderLine:
        """The line; fields that are wrong keep their last right value."""
        quantity, price, way = self.quantity.value(), self.price.value(), self.way.value()
        line = self._line
        if quantity is not None:
            line = replace(line, quantity=quantity)
        if price is not None:
            line = replace(line, unit_price=price)
        if self._name is not None and self._name.value():
            line = replace(line, name=self._name.value())
        return line if way is None else on_way(line, way)

    def show_ways(self, choices: Sequence[tuple[Way, str]], way: Way) -> None:
        """Offer these ways; one that was chosen and is not there any more stays to be seen."""
        known = [key for key, _words in choices]
        shown = list(choices) if way in known else [*choices, (way, gift_way(way[1]))]
        if [self.way.itemText(n) for n in range(self.way.count())] != [words for _key, words in shown]:
            self.way.set_choices(shown)
        self.way.set_value(way)
        self._line = on_way(self._line, way)

    def show_sum(self, text: str) -> None:
        """Show what the host pays for it."""
        if self.sum.text() != text:
            self.sum.setText(text)

    def show_error(self, sentence: str) -> None:
        """Show a sentence about the line, or take it away."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def problem(self) -> str:
        """The sentence that is shown."""
        return self._problem.text() if not self._problem.isHidden() else ""

    def check(self) -> str:
        """Judge the fields; show and return the first sentence."""
        own = self.quantity.edit.check() or self.price.check()
        if not own and self._name is not None and not self._name.value():
            own = _("Say in a word or two what this line is.")
        if own:
            self.show_error(own)
        return own

    def focus(self) -> None:
        """Put the focus where the line begins."""
        target = self._name if self._name is not None else self.quantity.edit
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_price(self) -> None:
        """Ask for the price."""
        self.price.setFocus(Qt.FocusReason.OtherFocusReason)
        self.price.selectAll()

    def choose(self, way: Way) -> None:
        """Choose as a click does."""
        self.way.set_value(way)
        self._way_chosen()

    # --- inside

    def _edited(self) -> None:
        self.changed.emit()

    def _way_chosen(self) -> None:
        self.by_hand = True
        self.changed.emit()

    def _arrange(self, lines: int) -> None:
        """Lay the parts out in one, two or three lines."""
        if lines == self._shape:
            return
        self._shape = lines
        grid = self._grid
        parts = (self._words, self.quantity, self.price, self.way, self.sum, self._cross)
        for widget in (*parts, self._problem):
            grid.removeWidget(widget)
        grid.setColumnStretch(0, 1 if lines == 1 else 0)
        grid.setColumnStretch(3, 0 if lines == 1 else 1)
        if lines == 1:
            for column, widget in enumerate(parts):
                grid.addWidget(widget, 0, column)
            grid.addWidget(self._problem, 1, 0, 1, 6)
            return
        grid.addWidget(self._words, 0, 0, 1, 4)
        grid.addWidget(self._cross, 0, 4)
        grid.addWidget(self.quantity, 1, 0)
        grid.addWidget(self.price, 1, 1)
        grid.addWidget(self.sum, 1, 3, 1, 2, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        if lines == 2:
            grid.addWidget(self.way, 1, 2)
        else:
            grid.addWidget(self.way, 2, 0, 1, 2)
        grid.addWidget(self._problem, lines, 0, 1, 5)

    # --- Qt's side

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, T("hair"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.width()
        self._arrange(1 if width >= _WIDE else 2 if width >= _MIDDLE else 3)


def gift_way(gift: str) -> str:
    """Return what having a line as a gift is called."""
    return _("Gift: {name}").format(name=gift) if gift else _("Gift")
