"""The upper and the lower edge of the slip in hand: whose it is and how the goods travel; the total and its buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from directsell.domain.orders import Handover
from directsell.i18n import _
from directsell.ui.pages.desk.evening import Sitter
from directsell.ui.theme import font
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.cards import Avatar, Card, Chip
from directsell.ui.widgets.fields import ChoiceField
from directsell.ui.widgets.labels import ElidedLabel, Label, Role
from directsell.ui.widgets.order_form.words import handover_words

_NARROW = 560
_SIZES = (32, 26, 21, 17, 14)  # pixels of the large figures
_ARROW = 56  # what a drop-down has beside its words


class SlipTop(QWidget):
    """``SlipTop()``: ``show_person(name)``, ``show_sitter(sitter | None)``, ``handover``. Signal: ``menu_wanted(QPoint)``."""

    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._avatar = Avatar("", 36)
        self._name = ElidedLabel("", Role.HEADING)
        self._chip = Chip(parent=self)
        self._chip.hide()
        self.handover = ChoiceField(handover_words(), Handover.TO_HOST)
        self.handover.setAccessibleName(_("Delivery"))
        widest = max(self.handover.fontMetrics().horizontalAdvance(words) for _way, words in handover_words())
        self.handover.setMinimumWidth(min(230, widest + _ARROW))
        self.handover.setMaximumWidth(230)
        self._more = IconButton("ellipsis", _("More for this guest"), kind=Kind.SECONDARY, size=40)
        self._more.clicked.connect(self._open_menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._avatar)
        row.addWidget(self._name, 1)
        row.addWidget(self._chip)
        row.addWidget(self.handover)
        row.addWidget(self._more)

    def show_person(self, name: str) -> None:
        """Show whose slip it is."""
        self._avatar.set_name(name)
        self._name.setText(name)

    def show_sitter(self, sitter: Sitter | None) -> None:
        """Say what is missing about the person, and what she is called by now."""
        if sitter is not None:
            self.show_person(sitter.name)
        missing = sitter is not None and sitter.guest is not None and not sitter.phone
        self._chip.set(_("No phone number"), "warn")
        self._chip.setVisible(missing)

    def _open_menu(self) -> None:
        self.menu_wanted.emit(self._more.mapToGlobal(self._more.rect().bottomLeft()))


class SlipFoot(Card):
    """``SlipFoot(place, place_and_print, place_and_sign=None)``: ``show_total(text)``, ``total_text()``, ``set_busy(bool)``, ``focus_place()``."""

    def __init__(
        self,
        place: Callable[[], object],
        place_and_print: Callable[[], object],
        place_and_sign: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(padding=10, parent=parent)
        self._words = Label(_("To pay"), Role.SECTION)
        self._total = Label("")
        self._size = _SIZES[0]
        self._total.setFont(_figures(self._size))
        self._sign = Button(_("Place & sign"), "signature", on_click=place_and_sign)
        self._print = Button(_("Place & print"), "printer", on_click=place_and_print)
        self._place = Button(_("Place order"), "check", kind=Kind.PRIMARY, on_click=place)
        for button, keys in ((self._sign, "F4"), (self._print, "Ctrl+P"), (self._place, "Ctrl+S")):
            button.setToolTip(f"{button.caption()}  ({keys})")
        row = QHBoxLayout()
        row.setContentsMargins(6, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._words)
        row.addWidget(self._total, 1)
        row.addWidget(self._sign)
        row.addWidget(self._print)
        row.addWidget(self._place)
        self.body.addLayout(row)
        if place_and_sign is None:
            self._sign.hide()

    def show_total(self, text: str) -> None:
        """Show the figures to read back."""
        longer = len(text) != len(self._total.text())
        self._total.setText(text)
        if longer:
            self._fit()
        self._total.setAccessibleName(_("To pay {amount}").format(amount=text))

    def total_text(self) -> str:
        """Return the large figures."""
        return self._total.text()

    def set_busy(self, on: bool) -> None:
        """While an order is stored it cannot be stored again."""
        for button in (self._sign, self._print, self._place):
            button.setEnabled(not on)

    def focus_place(self) -> None:
        """Put the focus on the main button."""
        self._place.setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show words as far as they have room beside the total."""
        narrow = self.width() < _NARROW
        self._print.set_icon_only(narrow)
        self._words.setVisible(not narrow)
        self._sign.set_icon_only(False)
        parts = [self._total, self._print, self._place, *([] if narrow else [self._words])]
        parts += [] if self._sign.isHidden() else [self._sign]
        self._set_size(_SIZES[0])
        for make_room in (self._sign, self._print):
            if self._needed(parts) > self.width():
                make_room.set_icon_only(True)
        for size in _SIZES[1:]:
            if self._needed(parts) > self.width():
                self._set_size(size)  # smaller figures rather than some of them

    def _set_size(self, size: int) -> None:
        if size != self._size:
            self._size = size
            self._total.setFont(_figures(size))

    def _needed(self, parts: Sequence[QWidget]) -> int:
        return sum(part.sizeHint().width() + 10 for part in parts) + 26


def _figures(size: int) -> QFont:
    return font(size, 600, tabular=True)
