"""A strip above the lower edge that asks one small thing, answered by one key; it covers nothing else. No storing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from directsell.i18n import _
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.clearing import clear
from directsell.ui.widgets.fields import TextField
from directsell.ui.widgets.key_chips import KeyChips
from directsell.ui.widgets.labels import ElidedLabel, Role
from directsell.ui.widgets.painting import shadow_card
from directsell.ui.widgets.states import ToastBar

Answer = Callable[[str], object]
_MARGIN = 18
_WIDEST = 980


class AskStrip(QWidget):
    """``AskStrip(host)``: ``ask(title, choices, answer, keys=...)`` with chips; ``ask_words(title, placeholder, yes, answer)``.

    One question at a time; another one takes its place. Escape or the cross gives up. Signal: ``closed()``.
    """

    closed = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._answer: Answer | None = None
        self._before: QWidget | None = None
        self.chips: KeyChips | None = None
        self.words: TextField | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 14)
        column.setSpacing(8)
        head = QHBoxLayout()
        self.title = ElidedLabel("", Role.STRONG)
        head.addWidget(self.title, 1)
        cross = IconButton("x", _("Close"), size=30)
        cross.clicked.connect(self.close_strip)
        head.addWidget(cross)
        column.addLayout(head)
        self._place = QVBoxLayout()
        column.addLayout(self._place)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        host.installEventFilter(self)
        self.hide()

    def ask(self, title: str, choices: Sequence[tuple[str, str]], answer: Answer, *, keys: str = "123456789") -> None:
        """Ask for one of some choices; a key or a click answers."""
        self._begin(title, answer)
        self.chips = KeyChips(choices, title, keys=keys)
        self.chips.chosen.connect(self._give)
        self._place.addWidget(self.chips)
        self._open(self.chips)

    def ask_words(self, title: str, placeholder: str, yes: str, answer: Answer) -> None:
        """Ask for a line of words, which may stay empty; Enter answers."""
        self._begin(title, answer)
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(8)
        self.words = TextField(limit=200, placeholder=placeholder)
        self.words.setAccessibleName(title)
        self.words.returnPressed.connect(self._give_words)
        row.addWidget(self.words, 1)
        row.addWidget(Button(yes, "check", kind=Kind.PRIMARY, compact=True, on_click=self._give_words))
        self._place.addWidget(box)
        self._open(self.words)

    def close_strip(self) -> None:
        """Give the question up; the keys go back to what had them before it was asked."""
        if self.isHidden():
            return
        held: QWidget | None = self.window().focusWidget()
        if held is not None and self.isAncestorOf(held) and self._before is not None and isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None
        self._clear()
        self.hide()
        self.closed.emit()

    # --- Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_strip()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._host and not self.isHidden():
            self._stand()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shadow_card(painter, QRectF(self.rect()), token="raised")

    # --- inside

    def _begin(self, title: str, answer: Answer) -> None:
        self._clear()
        self._answer = answer
        self.title.setText(title)
        self.setAccessibleName(title)

    def _clear(self) -> None:
        self._answer = None
        self.chips = self.words = None
        clear(self._place)

    def _open(self, focus: QWidget) -> None:
        if self.isHidden():
            self._before = self.window().focusWidget()
            self._clear_message()
        self.show()
        self._stand()
        self.raise_()
        focus.setFocus(Qt.FocusReason.TabFocusReason)

    def _clear_message(self) -> None:
        """Hide the message of the step before: it stands where the answers are."""
        around: QWidget | None = self._host
        while around is not None:
            for bar in around.findChildren(ToastBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
                bar.dismiss()
            around = around.parentWidget()

    def _stand(self) -> None:
        width = min(_WIDEST, self._host.width() - 2 * _MARGIN)
        layout = self.layout()
        height = self.sizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            height = layout.totalHeightForWidth(width)
        self.setGeometry((self._host.width() - width) // 2, self._host.height() - height - _MARGIN, width, height)

    def _give(self, value: str) -> None:
        answer = self._answer
        if answer is not None:
            answer(value)

    def _give_words(self) -> None:
        if self.words is not None and not self.words.error():
            self._give(self.words.value())
