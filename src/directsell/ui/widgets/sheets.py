"""Places for forms above the page: the sheet at the side and the dialog. No fields of their own."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QLinearGradient, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from directsell.i18n import _
from directsell.ui.theme import T
from directsell.ui.widgets.buttons import IconButton
from directsell.ui.widgets.labels import ElidedLabel, Label, Role, Rule
from directsell.ui.widgets.layouts import PackedColumn
from directsell.ui.widgets.page import ScrollArea
from directsell.ui.widgets.states import ToastBar


class SideSheet(QWidget):
    """``SideSheet(host, title="", *, width=520)``: a panel at the end side over ``host``, which stays visible behind a veil.

    ``body`` (QVBoxLayout, scrolls), ``add(widget)``, ``add_action(button)`` (below, at the end),
    ``set_title``, ``set_subtitle``, ``open_sheet(focus=None)``, ``close_sheet()``, ``ask_close()``,
    ``guard``: a function that says whether closing by Escape, cross or veil is allowed (unsaved changes). Tab stays inside.

    Signal: ``closed()``.
    """

    closed = Signal()

    def __init__(self, host: QWidget, title: str = "", *, width: int = 520) -> None:
        super().__init__(host)
        self._host = host
        self._width = width
        self._before: QWidget | None = None
        self.guard: Callable[[], bool] | None = None
        self.setAccessibleName(title)
        self._panel = QWidget(self)
        self._panel.setObjectName("sheet")
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(14, 18, 14, 12)
        head.addSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(1)
        self._title = ElidedLabel(title, Role.HEADING)
        self._subtitle = ElidedLabel("", Role.SMALL)
        self._subtitle.hide()
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        head.addLayout(words, 1)
        close = IconButton("x", _("Close"))
        close.clicked.connect(self.ask_close)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        content = QWidget()
        self.body: QVBoxLayout = PackedColumn(content)
        self.body.setContentsMargins(24, 4, 24, 20)
        self.body.setSpacing(14)
        self._area = ScrollArea(content)
        content.setObjectName("sheetBody")
        column.addWidget(self._area, 1)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(0)
        foot.addWidget(Rule())
        self._actions = QHBoxLayout()
        self._actions.setContentsMargins(24, 12, 24, 14)
        self._actions.setSpacing(8)
        self._actions.addStretch(1)
        foot.addLayout(self._actions)
        self._foot.hide()
        column.addWidget(self._foot)
        host.installEventFilter(self)
        self.hide()

    def add(self, widget: QWidget) -> None:
        """Append to the body."""
        self.body.addWidget(widget)

    def add_action(self, button: QWidget) -> None:
        """Append a button below; the main one last."""
        self._actions.addWidget(button)
        self._foot.show()

    def set_title(self, text: str) -> None:
        """Change the title."""
        self._title.setText(text)
        self.setAccessibleName(text)

    def set_subtitle(self, text: str) -> None:
        """Change the line under the title."""
        self._subtitle.setText(text)
        self._subtitle.setVisible(bool(text))

    def scroll_to(self, widget: QWidget) -> None:
        """Make a widget of the body visible."""
        self._area.ensureWidgetVisible(widget, 0, 40)

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Show the sheet and put the focus into ``focus`` or its first field."""
        self._before = self._host.window().focusWidget()
        self._cover()
        self.show()
        self.raise_()
        self._clear_title()
        target = focus or next(iter(self._stops()[1:]), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_close(self) -> None:
        """Close unless the guard refuses."""
        if self.guard is None or self.guard():
            self.close_sheet()

    def close_sheet(self) -> None:
        """Close and give the focus back."""
        if self.isHidden():
            return
        self.hide()
        if self._before is not None and shiboken6.isValid(self._before) and _usable(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._host:
            self._cover()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.ask_close()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.ask_close()

    def focusNextPrevChild(self, next: bool) -> bool:
        stops = self._stops()
        now = self.focusWidget()
        if not stops:
            return True
        place = stops.index(now) if now in stops else -1
        place = (place + (1 if next else -1)) % len(stops)
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        stops[place].setFocus(reason)
        self.scroll_to(stops[place])
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), T("scrim"))
        panel = self._panel.geometry()
        painter.fillRect(panel, T("raised"))
        ltr = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        edge = panel.left() if ltr else panel.right()
        shade = QLinearGradient(QPointF(edge - 16 if ltr else edge + 16, 0), QPointF(edge, 0))
        dark = QColor(0, 0, 0, 38)
        shade.setColorAt(0, QColor(0, 0, 0, 0))
        shade.setColorAt(1, dark)
        painter.fillRect(QRectF(edge - 16 if ltr else edge + 1, 0, 16, self.height()), shade)

    def _stops(self) -> list[QWidget]:
        """Tab stops inside, from top to bottom.

        Never ask for ``nextInFocusChain``: PySide takes its answer for a child of the widget that was asked, and what
        lies below it breaks when that widget is deleted. And rows that were added later stand last in that chain.
        """
        return [widget for widget in self._panel.findChildren(QWidget) if _usable(widget)]

    def _clear_title(self) -> None:
        around: QWidget | None = self._host
        while around is not None:
            for bar in around.findChildren(ToastBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
                bar.make_way()
            around = around.parentWidget()

    def _cover(self) -> None:
        self.setGeometry(self._host.rect())
        width = min(self._width, self._host.width())
        ltr = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        left = self._host.width() - width if ltr else 0
        self._panel.setGeometry(QRect(left, 0, width, self._host.height()))


def _usable(widget: QWidget) -> bool:
    tab = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    return tab and widget.isEnabled() and widget.isVisible() and widget.focusProxy() is None


class Dialog(QDialog):
    """``Dialog(parent, title, *, text="", width=460)``: a modal window of the kit. ``body``, ``add(widget)``, ``add_action(button)``
    (main one last), ``guard`` as in SideSheet; ``accept``, ``reject``, ``exec``/``open`` of QDialog.
    """

    def __init__(self, parent: QWidget | None, title: str, *, text: str = "", width: int = 460) -> None:
        super().__init__(parent)
        self.guard: Callable[[], bool] | None = None
        self.setProperty("kit", "dialog")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setMinimumWidth(width)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 22, 24, 20)
        outer.setSpacing(14)
        outer.addWidget(Label(title, Role.HEADING, wrap=True))
        if text:
            outer.addWidget(Label(text, Role.MUTED, wrap=True))
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        outer.addLayout(self.body, 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        self._actions.addStretch(1)
        outer.addLayout(self._actions)

    def add(self, widget: QWidget) -> None:
        """Append to the body."""
        self.body.addWidget(widget)

    def add_action(self, button: QWidget) -> None:
        """Append a button below."""
        self._actions.addWidget(button)

    def reject(self) -> None:
        if self.guard is None or self.guard():
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.guard is not None and not self.guard():
            event.ignore()
            return
        super().closeEvent(event)
