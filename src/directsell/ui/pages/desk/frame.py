"""The frame of the desk: its head and three columns, of which a small window shows two or one. No data."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from directsell.i18n import _
from directsell.ui.widgets.buttons import Button, IconButton
from directsell.ui.widgets.choosers import Segmented
from directsell.ui.widgets.labels import ElidedLabel, Role
from directsell.ui.widgets.layouts import lay_out_now
from directsell.ui.widgets.states import EmptyState

GUESTS, SLIP, PARTY = "guests", "slip", "party"
_WIDE, _MIDDLE = 1080, 720
_SIDE, _PARTY_SIDE, _ANY = 244, 304, 16_777_215


class DeskFrame(QWidget):
    """``DeskFrame(guests, tabs, editor, placed, party)``: ``show_title(title, when)``, ``show_part(part)``, ``hold(widget)``.

    Signals: ``left()``, ``new_wanted()``, ``close_wanted()``.
    """

    left = Signal()
    new_wanted = Signal()
    close_wanted = Signal()

    def __init__(
        self,
        guests: QWidget,
        tabs: QWidget,
        editor: QWidget,
        placed: QWidget,
        party: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._guests, self._party = guests, party
        self._stack = QStackedWidget()
        self._nobody = EmptyState(
            "receipt",
            _("Choose a guest"),
            _("Tap a name and type: code, words or page, Enter, quantity, Enter. Ctrl+S places the order."),
        )
        for widget in (self._nobody, editor, placed):
            self._stack.addWidget(widget)
        self._middle = QWidget()
        middle = QVBoxLayout(self._middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(8)
        middle.addWidget(tabs)
        middle.addWidget(self._stack, 1)
        panes = QHBoxLayout()
        panes.setSpacing(16)
        panes.addWidget(guests)
        panes.addWidget(self._middle, 1)
        panes.addWidget(party)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 14)
        outer.setSpacing(10)
        outer.addLayout(self._make_head())
        outer.addLayout(panes, 1)

    def _make_head(self) -> QHBoxLayout:
        self._back = IconButton("arrow-left", _("Leave the desk"), size=40)
        self._back.clicked.connect(self.left)
        self._title = ElidedLabel("", Role.HEADING)
        self._when = ElidedLabel("", Role.SMALL)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._when)
        parts = [(GUESTS, _("Guests")), (SLIP, _("Slip")), (PARTY, _("Party"))]
        self._chooser = Segmented(parts, SLIP, name=_("Part of the desk"))
        self._chooser.chosen.connect(self._arrange)
        self._new = Button(_("New guest"), "user-plus")
        self._new.setToolTip(_("New guest (Ctrl+G)"))
        self._new.clicked.connect(self.new_wanted)
        self._close = Button(_("Close the party"), "list-checks")
        self._close.setToolTip(_("Close the party (Ctrl+Shift+S)"))
        self._close.clicked.connect(self.close_wanted)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._back)
        head.addLayout(words, 1)
        head.addWidget(self._chooser)
        head.addWidget(self._new)
        head.addWidget(self._close)
        return head

    def show_title(self, title: str, when: str) -> None:
        """Say whose party it is, and when."""
        self._title.setText(title)
        self._when.setText(when)

    def show_part(self, part: str) -> None:
        """Show a part where not all have room."""
        self._chooser.set_value(part)
        self._arrange()

    def part(self) -> str:
        """Return the part that a small window shows."""
        return self._chooser.value()

    def hold(self, widget: QWidget | None) -> None:
        """Show the slip, the placed orders, a redemption, or nobody."""
        if widget is not None and self._stack.indexOf(widget) < 0:
            self._stack.addWidget(widget)
        self._stack.setCurrentWidget(self._nobody if widget is None else widget)
        lay_out_now()

    def held(self) -> QWidget | None:
        """Return what the middle shows."""
        return self._stack.currentWidget()

    def _arrange(self, _part: str = "") -> None:
        """Three columns, two, or one of them, as the window has room."""
        part, wide, middle = self.part(), self.width() >= _WIDE, self.width() >= _MIDDLE
        self._chooser.setVisible(not wide)
        self._new.set_icon_only(not wide)
        self._close.set_icon_only(not wide)
        self._guests.setVisible(wide or middle or part == GUESTS)
        self._middle.setVisible(wide or part == SLIP or (middle and part == GUESTS))
        self._party.setVisible(wide or part == PARTY)
        self._guests.setMinimumWidth(_SIDE if middle else 0)
        self._guests.setMaximumWidth(_SIDE if middle else _ANY)
        self._party.setMinimumWidth(_PARTY_SIDE if wide else 0)
        self._party.setMaximumWidth(_PARTY_SIDE if wide else _ANY)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 260)  # columns that have no room are left out

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
