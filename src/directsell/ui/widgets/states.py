"""What is shown around content: an empty place, a banner, a toast with undo, running work with cancel. No page knowledge."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from directsell.i18n import _
from directsell.ui.theme import T, font, metrics, paint_icon
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.painting import fill_round, focus_ring

_NARROW, _BESIDE = 900, 60  # pixels: a narrow window, and what a toast at its top leaves free before itself
_TONES = {"info": "info", "ok": "circle-check", "warn": "triangle-alert", "bad": "circle-alert"}


class _Badge(QWidget):
    """A round soft badge with an icon."""

    def __init__(self, icon: str, size: int = 64) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        fill_round(painter, rect, rect.width() / 2, T("soft"))
        edge = rect.width() * 0.29
        paint_icon(painter, self._icon, rect.adjusted(edge, edge, -edge, -edge), T("on_soft"))


class EmptyState(QWidget):
    """``EmptyState(icon, title, text, action="", on_action=None, *, action_icon="plus")``: teaches what belongs here.

    Signal: ``action_clicked()``. ``set_text(title, text)``, ``show_words(bool)``.
    """

    action_clicked = Signal()

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        action: str = "",
        on_action: Callable[[], object] | None = None,
        *,
        action_icon: str | None = "plus",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        center = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(_Badge(icon), 0, center)
        column.addSpacing(8)
        self._title = Label(title, Role.HEADING, wrap=True)
        self._title.setAlignment(center)
        column.addWidget(self._title)
        self._text = Label(text, Role.MUTED, wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._text.setMaximumWidth(420)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._text, 100)
        row.addStretch(1)
        column.addLayout(row)
        self._text.setVisible(bool(text))  # only now: without a parent it would show as a window
        if action:
            button = Button(action, action_icon, kind=Kind.PRIMARY)
            button.clicked.connect(self.action_clicked)
            if on_action is not None:
                self.action_clicked.connect(on_action)
            column.addSpacing(10)
            column.addWidget(button, 0, center)
        column.addStretch(3)

    def set_text(self, title: str, text: str) -> None:
        """Change the words (for "nothing found")."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def show_words(self, on: bool) -> None:
        """Leave the place blank where a list beside it says already that there is nothing."""
        for part in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            part.setVisible(on and (part is not self._text or bool(self._text.text())))


class Banner(QWidget):
    """``Banner(text, tone="info", *, action="", on_action=None, closable=True)``; tones info, ok, warn, bad.

    Signals: ``action_clicked()``, ``closed()``.
    """

    action_clicked = Signal()
    closed = Signal()

    def __init__(
        self,
        text: str,
        tone: str = "info",
        *,
        action: str = "",
        on_action: Callable[[], object] | None = None,
        closable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(8)
        row.addSpacing(32)
        self._label = Label(text, Role.BODY, wrap=True)
        row.addWidget(self._label, 1)
        if action:
            button = Button(action, kind=Kind.SECONDARY, compact=True)
            button.clicked.connect(self.action_clicked)
            if on_action is not None:
                self.action_clicked.connect(on_action)
            row.addWidget(button)
        if closable:
            close = IconButton("x", _("Close"))
            close.clicked.connect(self._close)
            row.addWidget(close)
        self.setAccessibleName(text)
        self.setMinimumHeight(48)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Change the sentence."""
        self._label.setText(text)
        self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        fill_round(painter, rect, 10, T(f"{self._tone}_soft"))
        ltr = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        x = 14.0 if ltr else rect.width() - 14 - 20
        paint_icon(painter, _TONES[self._tone], QRectF(x, rect.center().y() - 10, 20, 20), T(self._tone))

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


class _ToastButton(Button):
    """A button on the dark tip."""

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        size.setWidth(int(metrics(14, 600).horizontalAdvance(self.caption())) + 26)
        return size

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        color = T("on_tip")
        veil = QColor(color)
        veil.setAlphaF(0.28 if self.underMouse() else 0.16)
        fill_round(painter, rect, 8, veil)
        painter.setFont(font(14, 600))
        painter.setPen(color)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter.value), self.caption())
        if self.hasFocus():
            focus_ring(painter, rect, 8)


class ToastBar(QWidget):
    """``ToastBar(host)``: a short message over the bottom of ``host``, e.g. "Order saved" with "Undo"; ``set_on_top(True)``: at its top.

    ``say(text, action="", on_action=None, *, seconds=6)`` replaces the one before; it stays while the pointer is on it.
    Signal: ``action_clicked()``.
    """

    action_clicked = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._on_top = False
        self._on_action: Callable[[], object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 7, 8, 7)
        row.setSpacing(10)
        row.addSpacing(8)
        self._label = Label("", Role.BODY)
        self._label.setProperty("tone", "tip")
        row.addWidget(self._label)
        self._button = _ToastButton("", compact=True)
        self._button.clicked.connect(self._act)
        row.addWidget(self._button)
        self._end = QSpacerItem(0, 0)  # words alone keep the same distance at both ends
        row.addItem(self._end)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        host.installEventFilter(self)
        self.hide()

    def say(
        self,
        text: str,
        action: str = "",
        on_action: Callable[[], object] | None = None,
        *,
        seconds: float = 6.0,
    ) -> None:
        """Show a message for a while."""
        self._on_action = on_action
        self._label.setText(text if len(text) <= 120 else text[:119] + "…")
        self._button.setText(action)
        self._button.setAccessibleName(action)
        self._button.setVisible(bool(action))
        self._end.changeSize(0 if action else 8, 0)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(int(seconds * 1000))

    def set_on_top(self, on: bool) -> None:
        """Show it at the top, where what lies at the bottom must not be covered."""
        self._on_top = on
        self._place()

    def make_way(self) -> None:
        """Hide where it would lie over the title of a sheet that opens."""
        if self._on_top and self._host.width() < _NARROW:
            self._timer.stop()
            self.hide()

    def text(self) -> str:
        """What it says; empty when hidden."""
        return "" if self.isHidden() else self._label.text()

    def dismiss(self) -> None:
        """Hide it, unless the pointer is on it."""
        if self.underMouse() and self.isVisible():
            self._timer.start(1500)
            return
        self._timer.stop()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill_round(painter, QRectF(self.rect()), 12, T("tip"))

    def _act(self) -> None:
        self._timer.stop()
        self.hide()
        if self._on_action is not None:
            self._on_action()
        self.action_clicked.emit()

    def _place(self) -> None:
        host = self._host
        size = self.sizeHint()
        width = min(size.width(), host.width() - 32)
        top = 8 if self._on_top else host.height() - size.height() - 24
        left = (host.width() - width) // 2
        if self._on_top:  # beside or over the title: sheets and the buttons of the page are at the end
            left = min(left, _BESIDE if host.width() < _NARROW else 6 * _BESIDE)
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                left = host.width() - width - left
        self.setGeometry(left, top, width, size.height())


class ProgressPanel(QWidget):
    """``ProgressPanel(text, *, cancellable=True)``: running work. ``set_progress(done, total)`` (total 0: unknown), ``set_text``,
    ``restart(text)`` for the next piece of work.

    Signal: ``cancelled()``.
    """

    cancelled = Signal()

    def __init__(self, text: str, *, cancellable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._text = Label(text, Role.STRONG, wrap=True)
        column.addWidget(self._text)
        row = QHBoxLayout()
        row.setSpacing(14)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(text)
        self._bar.setRange(0, 0)
        row.addWidget(self._bar, 1)
        self._count = Label("", Role.SMALL)
        row.addWidget(self._count)
        self._cancel = Button(_("Cancel"), compact=True)
        self._cancel.clicked.connect(self._give_up)
        self._cancel.setVisible(cancellable)
        row.addWidget(self._cancel)
        column.addLayout(row)

    def set_text(self, text: str) -> None:
        """Say what is going on."""
        self._text.setText(text)
        self._bar.setAccessibleName(text)

    def restart(self, text: str) -> None:
        """Begin anew, with nothing done yet."""
        self.set_text(text)
        self.set_progress(0, 0)
        self._cancel.setEnabled(True)

    def set_progress(self, done: int, total: int) -> None:
        """Fill the bar."""
        self._bar.setRange(0, max(0, total))
        self._bar.setValue(done)
        self._count.setText(_("{done} of {total}").format(done=done, total=total) if total else "")

    def _give_up(self) -> None:
        self._cancel.setEnabled(False)
        self.set_text(_("Stopping …"))
        self.cancelled.emit()
