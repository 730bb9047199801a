"""The line in which goods are typed or scanned: product, quantity, Enter. It knows the catalogue, not the order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.catalog import product_key
from directsell.domain.quick_entry import Reading, readings
from directsell.i18n import _
from directsell.store.queries.products import Match, ProductRow, match_products
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import IconButton, Kind
from directsell.ui.widgets.fields import Completion, CompletionField, ParsedField
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.typed import parse_quantity, understand

_SCANNER_MS = 40  # a scanner types a character every few milliseconds; nobody else does
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Pick:
    """A product that was picked, the quantity typed with it, and whether it goes straight into the order."""

    product: ProductRow
    quantity: Decimal | None = None
    at_once: bool = False


class _Search:
    """Finds products for a typed line; the last answer is kept, because Enter asks again for the same words."""

    def __init__(self, session: Session, currency: Callable[[], str], day: Callable[[], date]) -> None:
        self._session = session
        self._currency = currency
        self._day = day

    def best(self, text: str) -> list[Pick]:
        """Return what fits, the best first.

        A number before a word is a quantity when the rest meets a product exactly, or when nothing fits it as a part of
        the name.
        """
        found: list[tuple[Reading, Match]] = []
        for reading in readings(text):
            match = self._session.look(match_products, reading.words, self._currency(), self._day())
            if match.rows and (match.exact or reading.sure):
                return _picks(reading, match)
            found.append((reading, match))
        for reading, match in reversed(found):
            if match.rows:
                return _picks(reading, match)
        return []


def _picks(reading: Reading, match: Match) -> list[Pick]:
    return [Pick(row, reading.quantity, at_once=reading.quantity is not None) for row in match.rows]


class _Words(CompletionField):
    """The field itself; it also notices how fast it was typed.

    Signals: ``free_wanted()`` on Ctrl+Enter; ``empty_enter()`` on Enter without words.
    """

    free_wanted = Signal()
    empty_enter = Signal()

    def __init__(self, search: _Search, session: Session, currency: Callable[[], str]) -> None:
        self._finder = search
        self._language = session.language
        self._currency = currency
        self._first_key = 0
        self._last_key = 0
        super().__init__(
            self._propose,
            exact=self._exact_hit,
            placeholder=_("Add a product: code, name, page, or scan"),
            icon="scan-barcode",
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.close_list()
            self.free_wanted.emit()
            return
        if enter and not self.text().strip():
            self.empty_enter.emit()
            return
        if enter and isinstance(self.value(), Pick):
            self.picked.emit(self.value())
            return
        if not enter and event.text():
            if not self.text():
                self._first_key = event.timestamp()
            self._last_key = event.timestamp()
        super().keyPressEvent(event)

    def best(self) -> Pick | None:
        """Return what fits the typed words best."""
        words = self.text().strip()
        return next(iter(self._finder.best(words)), None) if words else None

    def _scanned(self) -> bool:
        """Whether these characters came faster than fingers are."""
        count = len(self.text().strip())
        return count >= 6 and self._last_key - self._first_key <= count * _SCANNER_MS

    def _propose(self, text: str) -> list[Completion]:
        return [self._row(pick) for pick in self._finder.best(text)]

    def _exact_hit(self, text: str) -> Completion | None:
        """Return a scanned product: a whole barcode that nobody would type as a code."""
        pick = next(iter(self._finder.best(text)), None)
        if pick is None or pick.product.barcode != text.strip() or pick.quantity is not None:
            return None
        if product_key(pick.product.code) == product_key(text) and not self._scanned():
            return None
        return self._row(Pick(pick.product, _ONE, at_once=True))

    def _row(self, pick: Pick) -> Completion:
        product = pick.product
        parts = [product.code, product.brand, product.category]
        if product.page:
            parts.append(_("p. {page}").format(page=product.page))
        if product.ended_on is not None:
            parts.append(_("price ended {day}").format(day=self._language.date(product.ended_on, "short")))
        price = product.price if product.price is not None else product.ended_price
        amount = "" if price is None else self._language.price(price, self._currency())
        if pick.quantity is not None:
            amount = f"{self._language.quantity(pick.quantity)} × {amount}"
        return Completion(pick, product.name, " · ".join(part for part in parts if part), amount, icon="package")


class ProductEntry(QWidget):
    """``ProductEntry(session, *, currency, day, parent=None)``: typed or scanned goods, one after the other.

    Enter picks the best proposal and goes to the quantity; Enter there adds and comes back. ``2 CV-110``, ``CV-110 x2`` and
    ``2*CV-110`` add at once, and so does a scanned barcode. ``currency()`` and ``day()`` say whose prices are shown.
    ``text()``, ``half_typed()`` and ``set_text(text)`` (for half-typed forms), ``add_product(row)`` as if picked, ``focus()``, ``error()``.

    With ``wishes`` a heart (Ctrl+H) notes interest in the product instead of adding it.

    Signals: ``added(object ProductRow, object Decimal quantity)``; ``wished(object ProductRow)``; ``free_wanted(str words)`` a line without product;
    ``changed()`` when words or a quantity were typed; ``finished()`` on Enter in the empty field.
    """

    added = Signal(object, object)
    wished = Signal(object)
    free_wanted = Signal(str)
    changed = Signal()
    finished = Signal()

    def __init__(
        self,
        session: Session,
        *,
        currency: Callable[[], str],
        day: Callable[[], date],
        wishes: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._pick: Pick | None = None
        language = session.language
        self.words = _Words(_Search(session, currency, day), session, currency)
        self.words.setAccessibleName(_("Add a product"))
        self.quantity: ParsedField[Decimal] = ParsedField(
            understand(lambda text: parse_quantity(language, text)), language.quantity, required=True
        )
        self.quantity.setAccessibleName(_("Quantity"))
        self.quantity.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.quantity.setFixedWidth(76)
        self.quantity.set_value(_ONE)
        self._free = IconButton("pencil", _("Line without product (Ctrl+Enter)"), kind=Kind.SECONDARY, size=40)
        self._add = IconButton("plus", _("Add to the order"), kind=Kind.PRIMARY, size=40)
        self._below = Label("", Role.ERROR, wrap=True)
        self._below.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.quantity)
        row.addWidget(self._add)
        if wishes:
            row.addWidget(
                IconButton("heart", _("Interested (Ctrl+H)"), on_click=self.wish, kind=Kind.SECONDARY, size=40)
            )
        row.addWidget(self._free)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addLayout(row)
        column.addWidget(self._below)
        self.setFocusProxy(self.words)
        self.words.picked.connect(self._picked)
        self.words.not_found.connect(self._unknown)
        self.words.changed.connect(self._typed)
        self.words.free_wanted.connect(self._want_free)
        self.words.empty_enter.connect(self.finished)
        self.quantity.changed.connect(self.changed)
        self.quantity.returnPressed.connect(self._commit)
        self.quantity.error_changed.connect(self._show_error)
        self._add.clicked.connect(self._add_clicked)
        self._free.clicked.connect(self._want_free)

    def text(self) -> str:
        """What is typed and not added yet."""
        return self.words.text()

    def half_typed(self) -> str:
        """What is typed and not added yet, as one line that can be typed again: ``3*CV-110`` for a chosen product."""
        number = self.quantity.value()
        if self._pick is None or number is None or number == _ONE:
            return self.text()
        return f"{number:f}*{self._pick.product.code or self.text()}"

    def set_text(self, text: str) -> None:
        """Put words back as they were typed, without opening the proposals."""
        self._pick = None
        self.words.set_value(None, text)
        self.words.end(False)  # typing goes on behind them

    def focus(self) -> None:
        """Go on typing."""
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def error(self) -> str:
        """The sentence under the field."""
        return self._below.text() if not self._below.isHidden() else ""

    def show_error(self, sentence: str) -> None:
        """Show a sentence of the form under the field."""
        self._show_error(sentence)

    def clear(self) -> None:
        """Forget what is typed."""
        self._pick = None
        self.words.set_value(None, "")
        self.quantity.set_value(_ONE)
        self._show_error("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.quantity.hasFocus():
            self.focus()
            self.words.selectAll()
            return
        super().keyPressEvent(event)

    # --- inside

    def _typed(self) -> None:
        if self.words.value() is None:
            self._pick = None
        self._show_error("")
        self.changed.emit()

    def _picked(self, value: object) -> None:
        if not isinstance(value, Pick):
            return
        self._pick = value
        self._show_error("")
        if value.at_once:
            self._emit(value.quantity or _ONE)
            return
        self.quantity.set_value(_ONE)
        self.quantity.setFocus(Qt.FocusReason.OtherFocusReason)
        self.quantity.selectAll()

    def _unknown(self, text: str) -> None:
        sentence = _("“{text}” is not in the catalogue. Check it, or add a line without product with Ctrl+Enter.")
        self._show_error(sentence.format(text=text[:60]))
        self.words.selectAll()

    def _commit(self) -> None:
        number = self.quantity.value()
        if self.quantity.check() or number is None:
            return
        if self._pick is None:
            self.focus()
            return
        self._emit(number)

    def _emit(self, quantity: Decimal) -> None:
        pick = self._pick
        if pick is None:
            return
        self.clear()
        self.focus()
        self.added.emit(pick.product, quantity)

    def wish(self) -> None:
        """Note interest in the product that is picked, or that is proposed first."""
        pick = self._pick or self._first_proposal()
        if pick is not None:
            self.clear()
            self.focus()
            self.wished.emit(pick.product)
        elif self.text().strip():
            self._unknown(self.text().strip())
        else:
            self.focus()

    def _first_proposal(self) -> Pick | None:
        return self.words.best()  # the open proposals close when a button takes the focus

    def _add_clicked(self) -> None:
        if self._pick is not None:
            self._commit()
            return
        pick = self._first_proposal()
        if pick is not None:
            self._pick = pick
            self._emit(self._pick.quantity or self.quantity.value() or _ONE)
        elif self.text().strip():
            self._unknown(self.text().strip())
        else:
            self.focus()

    def _want_free(self) -> None:
        words = self.text().strip()
        self.clear()
        self.free_wanted.emit(words)

    def _show_error(self, sentence: str) -> None:
        self._below.setText(sentence)
        self._below.setVisible(bool(sentence))
