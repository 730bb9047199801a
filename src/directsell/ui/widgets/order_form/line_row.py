"""One line of an order in the form: quantity, price, discount, and a menu for the rest. The list of lines: lines.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.orders import OrderLine
from directsell.domain.totals import LineKind, LineTotals
from directsell.i18n import _
from directsell.ui.dialogs import dialogs
from directsell.ui.session import Session
from directsell.ui.theme import T
from directsell.ui.widgets.buttons import IconButton, Menu
from directsell.ui.widgets.cards import Chip
from directsell.ui.widgets.fields import Stepper, TextField
from directsell.ui.widgets.labels import ElidedLabel, Label, Role
from directsell.ui.widgets.order_form.words import TYPED_KINDS, kind_word
from directsell.ui.widgets.typed import Discount, discount_field, parse_quantity, price_field, understand

PRICE_WIDTH = 92
OFF_WIDTH = 84
SUM_WIDTH = 96
STEPPER_WIDTH = 132
GAP = 8
NARROW = 600
_PRICE_PADDING, _WIDEST_PRICE = 30, 150
_SHORT = 7  # figures and signs that have room in any case


class LineRow(QWidget):
    """``LineRow(session, line, currency, tax_classes, parent=None)``: edits one line in place.

    ``show_line(line, tax_classes)`` shows another one, which is quicker than another row. ``line()`` is the line as far as it is right, ``error()`` the first sentence about it, ``show_sums(LineTotals)``,
    ``show_error(sentence)``, ``focus_quantity()``.

    Signals: ``changed()``; ``remove_wanted()``; ``move_wanted(int)`` -1 up, 1 down; ``left()`` Enter in a field.
    """

    changed = Signal()
    remove_wanted = Signal()
    move_wanted = Signal(int)
    left = Signal()

    def __init__(
        self,
        session: Session,
        line: OrderLine,
        currency: str,
        tax_classes: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._line = line
        self._currency = currency
        self._tax_classes = tax_classes
        self._outside = ""
        self._narrow: bool | None = None
        language = session.language
        self.quantity = Stepper(
            understand(lambda text: parse_quantity(language, text)),
            language.quantity,
            name="",
        )
        self.price = price_field(session, currency, required=True, unit=False)
        self.price.setFixedWidth(PRICE_WIDTH)
        self.off = discount_field(session, currency)
        self.off.setFixedWidth(OFF_WIDTH)
        self.sum = Label("", Role.AMOUNT)
        self.sum.setFixedWidth(SUM_WIDTH)
        self.sum.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self._menu = Menu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.more = IconButton("ellipsis-vertical", "", menu=self._menu)
        self._words = self._make_words()
        self._problem = Label("", Role.ERROR, wrap=True)
        self._problem.hide()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 8, 0, 9)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(6)
        self._arrange(narrow=False)
        self.show_line(line, tax_classes)
        for editor in (self.quantity.edit, self.price, self.off):
            editor.installEventFilter(self)
            editor.returnPressed.connect(self.left)
        self.price.committed.connect(self._fit_price)  # it is written with all its signs now
        for source in (self.quantity, self.price, self.off):
            source.changed.connect(self._edited)
            source.error_changed.connect(self._show_problem)

    # --- value

    @property
    def key(self) -> UUID:
        """The id of the line; quicker than to ask for the whole line."""
        return self._line.id

    @property
    def currency(self) -> str:
        """The currency in which the row is typed."""
        return self._currency

    def show_line(self, line: OrderLine, tax_classes: Sequence[tuple[str, str]]) -> None:
        """Show another line instead, without telling anyone."""
        self._line = line
        self._tax_classes = tax_classes
        self._outside = ""
        self.quantity.set_value(line.quantity)
        self.price.set_value(line.unit_price)
        self.off.set_value(Discount(line.discount_ppm, line.discount) or None)
        self._show_name()
        self._show_detail()
        self._name_fields()
        self._show_problem()
        self._fit_price()

    def line(self) -> OrderLine:
        """The line; fields that are wrong keep their last right value."""
        quantity, price, off = self.quantity.value(), self.price.value(), self.off.value()
        line = self._line
        if quantity is not None:
            line = replace(line, quantity=quantity)
        if price is not None:
            line = replace(line, unit_price=price)
        if off is not None or self.off.is_empty():
            off = off or Discount()
            line = replace(line, discount_ppm=off.ppm, discount=off.amount)
        if self._name is not None and self._name.value():
            line = replace(line, name=self._name.value())
        return line

    def error(self) -> str:
        """What is wrong with the line; "" when nothing is."""
        if self._name is not None and not self._name.value():
            return _("Say in a word or two what this line is.")
        own = self.quantity.error() or self.price.error() or self.off.error()
        return own or (self._name.error() if self._name is not None else "") or self._outside

    def check(self) -> str:
        """Judge all fields, show and return the sentence."""
        self.quantity.edit.check()
        self.price.check()
        self.off.check()
        self._show_problem()
        return self.error()

    def show_error(self, sentence: str) -> None:
        """Show a sentence of the order's calculation, or take it away."""
        self._outside = sentence
        self._show_problem()

    def show_sums(self, sums: LineTotals | None) -> None:
        """Show what the line comes to."""
        text = "" if sums is None else self._session.language.amount(sums.amount - sums.discount, self._currency)
        self.sum.setText(text)
        if len(text) > _SHORT or self.sum.minimumWidth() != SUM_WIDTH:
            self.sum.setFixedWidth(max(SUM_WIDTH, self.sum.fontMetrics().horizontalAdvance(text) + 4))

    def add_quantity(self, quantity: Decimal) -> None:
        """Raise the quantity."""
        self.quantity.set_value(self.line().quantity + quantity)
        self._edited()

    def focus_quantity(self) -> None:
        """Put the focus into the quantity."""
        self.quantity.select_all()

    def focus_name(self) -> None:
        """Put the focus into the name of a free line, else into the quantity."""
        if self._name is not None:
            self._name.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_quantity()

    def focus_price(self) -> None:
        """Put the focus into the price."""
        self.price.setFocus(Qt.FocusReason.TabFocusReason)

    # --- Qt's side

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if held and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.move_wanted.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
            if held and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self.remove_wanted.emit()
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(narrow=self.width() < NARROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, T("hair"))

    # --- inside

    def _make_words(self) -> QWidget:
        """Name over code, kind and note; a free line has its name in a field."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._name_place = column
        self._name: TextField | None = None
        self._fixed_name = ElidedLabel("", Role.STRONG)
        column.addWidget(self._fixed_name)
        below = QHBoxLayout()
        below.setSpacing(6)
        self._chip = Chip(kind_word(LineKind.SALE), "accent")
        self._detail = ElidedLabel("", Role.SMALL)
        below.addWidget(self._chip)
        below.addWidget(self._detail, 1)
        column.addLayout(below)
        return box

    def _show_name(self) -> None:
        line = self._line
        free = line.product_id is None and not line.code
        self._fixed_name.setText(line.name)
        self._fixed_name.setVisible(not free)
        if free and self._name is None:
            self._name = TextField(line.name, limit=200, placeholder=_("What is it?"))
            self._name.setAccessibleName(_("Text of the line"))
            self._name.changed.connect(self._edited)
            self._name.returnPressed.connect(self.focus_price)
            self._name_place.insertWidget(0, self._name)
        elif free and self._name is not None:
            self._name.set_value(line.name)
        elif self._name is not None:
            self._name.hide()
            self._name.deleteLater()
            self._name = None

    def _show_detail(self) -> None:
        line = self._line
        self._chip.set(kind_word(line.kind))
        self._chip.setVisible(line.kind != LineKind.SALE)
        parts = [line.code]
        if len(self._tax_classes) > 1 and line.tax_class != self._tax_classes[0][0]:
            parts.append(dict(self._tax_classes).get(line.tax_class, line.tax_class))
        parts.append(line.note)
        self._detail.setText(" · ".join(part for part in parts if part))
        self._detail.setVisible(bool(self._detail.text()) or line.kind != LineKind.SALE)

    def _name_fields(self) -> None:
        name = self._line.name
        words = _("Quantity of {name}").format(name=name)
        self.quantity.setAccessibleName(words)
        self.quantity.edit.setAccessibleName(words)
        self.price.setAccessibleName(_("Price of {name}").format(name=name))
        self.off.setAccessibleName(_("Discount on {name}").format(name=name))
        self.off.setToolTip(_("A percentage like 10 % or an amount"))
        self.more.setAccessibleName(_("More about {name}").format(name=name))
        self.more.setToolTip(_("Kind, note, move, remove"))

    def _arrange(self, *, narrow: bool) -> None:
        if narrow is self._narrow:
            return
        self._narrow = narrow
        grid = self._grid
        end = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        for widget in (self._words, self.quantity, self.price, self.off, self.sum, self.more, self._problem):
            grid.removeWidget(widget)
        if narrow:
            grid.addWidget(self._words, 0, 0, 1, 4)
            grid.addWidget(self.more, 0, 4)
            for column, widget in enumerate((self.quantity, self.price, self.off)):
                grid.addWidget(widget, 1, column)
            grid.addWidget(self.sum, 1, 3, 1, 2, end)
            grid.setColumnStretch(0, 0)
            grid.setColumnStretch(3, 1)
            grid.addWidget(self._problem, 2, 0, 1, 5)
            return
        grid.setColumnStretch(3, 0)
        grid.setColumnStretch(0, 1)
        for column, widget in enumerate((self._words, self.quantity, self.price, self.off, self.sum, self.more)):
            grid.addWidget(widget, 0, column)
        grid.addWidget(self._problem, 1, 0, 1, 6)

    def _fit_price(self) -> None:
        """Let a price with many figures take room from the name: where millions are small money, none may be hidden."""
        text = self.price.text()
        if len(text) <= _SHORT and self.price.minimumWidth() == PRICE_WIDTH:
            return  # the usual case, at each key
        needed = self.price.fontMetrics().horizontalAdvance(text) + _PRICE_PADDING
        self.price.setFixedWidth(max(PRICE_WIDTH, min(needed, _WIDEST_PRICE)))

    def _edited(self) -> None:
        self._outside = ""
        self._fit_price()
        self._show_problem()
        self.changed.emit()

    def _show_problem(self, _sentence: str = "") -> None:
        sentence = self._outside or self.quantity.error() or self.price.error() or self.off.error()
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _fill_menu(self) -> None:
        menu = self._menu
        menu.clear()
        for kind in TYPED_KINDS:
            chosen = self._line.kind == kind
            menu.add(kind_word(kind), "check" if chosen else None, _SetKind(self, kind))
        if len(self._tax_classes) > 1:
            menu.addSeparator()
            for tax_class, words in self._tax_classes:
                chosen = self._line.tax_class == tax_class
                menu.add(words, "check" if chosen else None, _SetTaxClass(self, tax_class))
        menu.addSeparator()
        menu.add(_("Note …"), "notebook-pen", self.ask_note)
        menu.add(_("Move up"), "arrow-up", _Emit(self, -1), shortcut="Ctrl+Up")
        menu.add(_("Move down"), "arrow-down", _Emit(self, 1), shortcut="Ctrl+Down")
        menu.addSeparator()
        menu.add(_("Remove"), "trash-2", self._want_removal, danger=True, shortcut="Ctrl+Delete")

    def _want_removal(self) -> None:
        self.remove_wanted.emit()

    def ask_note(self) -> None:
        """Ask for the note of the line."""
        title = _("Note on {name}").format(name=self._line.name)
        note = dialogs().ask_text(self, title, _("Note"), value=self._line.note, yes=_("Keep"))
        if note is not None:
            self.set_value(note=note.strip()[:500])

    def set_value(self, *, kind: str | None = None, tax_class: str | None = None, note: str | None = None) -> None:
        """Change what has no field of its own."""
        line = self._line
        self._line = replace(
            line,
            kind=line.kind if kind is None else kind,
            tax_class=line.tax_class if tax_class is None else tax_class,
            note=line.note if note is None else note,
        )
        self._show_detail()
        self._edited()


class _SetKind:
    def __init__(self, row: LineRow, kind: str) -> None:
        self._row = row
        self._kind = kind

    def __call__(self, *_checked: object) -> None:
        self._row.set_value(kind=str(self._kind))


class _SetTaxClass:
    def __init__(self, row: LineRow, tax_class: str) -> None:
        self._row = row
        self._tax_class = tax_class

    def __call__(self, *_checked: object) -> None:
        self._row.set_value(tax_class=self._tax_class)


class _Emit:
    def __init__(self, row: LineRow, step: int) -> None:
        self._row = row
        self._step = step

    def __call__(self, *_checked: object) -> None:
        self._row.move_wanted.emit(self._step)
