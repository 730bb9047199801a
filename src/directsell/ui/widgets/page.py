"""The base of every page: header with title, subtitle and actions, a place for a banner, a scrolling body."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from directsell.i18n import _
from directsell.ui.widgets.buttons import Button, IconButton, fit_words
from directsell.ui.widgets.labels import ElidedLabel, Role
from directsell.ui.widgets.layouts import PackedColumn, lay_out_now

_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


class ScrollArea(QScrollArea):
    """A frameless vertical scroll area whose content is as wide as the view."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._give_viewport()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content.setObjectName("pageBody")
        self._content = content
        self._sides = (-1, -1)  # the margins as the bar left them
        self._edge = 0
        self.setWidget(content)
        self.verticalScrollBar().rangeChanged.connect(self._bar_changed)

    def show_focus(self) -> None:
        """Scroll to what has the keys, if it is in here: also to a row that has its place only now."""
        lay_out_now()
        widget = QApplication.focusWidget()
        if widget is not None and self.isAncestorOf(widget):
            self.ensureWidgetVisible(widget, 0, 60)

    def _give_viewport(self) -> None:
        """Use a viewport that Python made, otherwise like Qt's own.

        Asked for one that Qt made, PySide looks through every widget class there is, and builds each of them: 12 ms.
        """
        viewport = QWidget()
        viewport.setObjectName("qt_scrollarea_viewport")
        viewport.setBackgroundRole(QPalette.ColorRole.NoRole)
        viewport.setAutoFillBackground(True)
        self.setViewport(viewport)

    def _bar_changed(self, _low: int, high: int) -> None:
        """Let the bar use the page's margin, so that cards stay aligned with the header."""
        layout = self._content.layout()
        if layout is None:
            return
        margins = layout.contentsMargins()
        if (margins.left(), margins.right()) != self._sides:
            self._edge = margins.left()
        edge = self._edge
        beside = edge - (self.verticalScrollBar().sizeHint().width() if high > 0 else 0)
        if beside <= 0:
            return
        # Qt mirrors what a layout holds, not its margins.
        leftwards = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left, right = (beside, edge) if leftwards else (edge, beside)
        self._sides = (left, right)
        if (left, right) != (margins.left(), margins.right()):
            layout.setContentsMargins(left, margins.top(), right, margins.bottom())

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 120)


class PageHeader(QWidget):
    """Title, subtitle and actions; the actions go below the title where the line is too narrow."""

    back_clicked = Signal()

    def __init__(self, title: str, subtitle: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        self.back = IconButton("arrow-left", _("Back"))
        self.back.clicked.connect(self.back_clicked)
        self.back.hide()
        words = QVBoxLayout()
        words.setSpacing(1)
        self.title = ElidedLabel(title, Role.TITLE)
        self.subtitle = ElidedLabel(subtitle, Role.MUTED, parent=self)
        self.subtitle.setVisible(bool(subtitle))
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self.back)
        first.addLayout(words, 1)
        self._grid.addLayout(first, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self._actions = QWidget()
        self.action_row = QHBoxLayout(self._actions)
        self.action_row.setContentsMargins(0, 0, 0, 0)
        self.action_row.setSpacing(8)
        self._below = False
        self._grid.addWidget(self._actions, 0, 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, super().minimumSizeHint().height())

    def _buttons(self) -> list[Button]:
        return self._actions.findChildren(Button, options=_DIRECT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        title = min(self.title.sizeHint().width(), 320)
        wanted = sum(_width(button) + 8 for button in self._buttons())
        other = [
            widget for widget in self._actions.findChildren(QWidget, options=_DIRECT) if not isinstance(widget, Button)
        ]
        beside = sum(widget.sizeHint().width() + 8 for widget in other)
        wanted += beside
        below = self.width() < wanted + title + 24 and self.action_row.count() > 0
        fit_words(self._buttons(), self.width() - beside)
        if below is self._below:
            return
        self._below = below
        self._grid.removeWidget(self._actions)
        start = Qt.AlignmentFlag.AlignLeading
        if below:
            self._grid.addWidget(self._actions, 1, 0, 1, 2, start)
        else:
            self._grid.addWidget(self._actions, 0, 1)


def _width(button: Button) -> int:
    """Return what a button needs with its words, if it has any."""
    return button.full_width() if button.caption() else button.sizeHint().width()


class Page(QWidget):
    """``Page(title="", subtitle="", *, scroll=True, margin=28, parent=None)``.

    ``body`` is the QVBoxLayout to fill. ``add(widget, stretch=0)``, ``add_layout(layout)``, ``add_action(button)`` (right of
    the title), ``set_title``, ``set_subtitle``, ``show_back(True)``, ``set_banner(widget | None)``, ``scroll_to(widget)``.
    With ``scroll=False`` the body gets the rest of the height (list pages scroll themselves); a scrolling body keeps its
    content at the top, unless a widget in it expands vertically (table, chart): that one uses a tall window.

    Signals: ``back_clicked()``.
    """

    back_clicked = Signal()

    def __init__(
        self,
        title: str = "",
        subtitle: str = "",
        *,
        scroll: bool = True,
        margin: int = 28,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(margin, 22, margin, 14)
        head.setSpacing(10)
        self.header = PageHeader(title, subtitle, self)  # a parent from the start: never a window of its own
        self.header.back_clicked.connect(self.back_clicked)
        self.header.setVisible(bool(title))
        self._banner_place = QVBoxLayout()
        self._banner: QWidget | None = None
        head.addWidget(self.header)
        head.addLayout(self._banner_place)
        outer.addLayout(head)
        if not title:
            head.setContentsMargins(margin, 0, margin, 0)
        self._area: ScrollArea | None = None
        if scroll:
            content = QWidget()
            self.body: QVBoxLayout = PackedColumn(content)
            self.body.setContentsMargins(margin, 2, margin, margin)
            self._area = ScrollArea(content)
            outer.addWidget(self._area, 1)
        else:
            self.body = QVBoxLayout()
            self.body.setContentsMargins(margin, 2, margin, 20)
            outer.addLayout(self.body, 1)
        self.body.setSpacing(16)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Append to the body."""
        self.body.addWidget(widget, stretch)

    def add_layout(self, layout: QLayout, stretch: int = 0) -> None:
        """Append a layout to the body."""
        self.body.addLayout(layout, stretch)

    def add_action(self, widget: QWidget) -> None:
        """Append to the header's actions."""
        self.header.action_row.addWidget(widget)

    def set_title(self, text: str) -> None:
        """Change the title (also the page's accessible name)."""
        self.header.title.setText(text)
        self.header.setVisible(bool(text))
        self.setAccessibleName(text)

    def set_subtitle(self, text: str) -> None:
        """Change the line under the title; empty hides it."""
        self.header.subtitle.setText(text)
        self.header.subtitle.setVisible(bool(text))

    def show_back(self, on: bool = True) -> None:
        """Show the arrow that emits ``back_clicked``."""
        self.header.back.setVisible(on)

    def set_banner(self, banner: QWidget | None) -> None:
        """Put a banner under the header, replacing (and deleting) the one before."""
        if self._banner is not None:
            self._banner_place.removeWidget(self._banner)
            self._banner.deleteLater()
        self._banner = banner
        if banner is not None:
            self._banner_place.addWidget(banner)

    def scroll_to(self, widget: QWidget) -> None:
        """Make a widget of the body visible."""
        if self._area is not None:
            self._area.ensureWidgetVisible(widget, 0, 60)
