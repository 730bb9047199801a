"""What the person in hand is interested in, as small hearts that become lines of the slip. Noting is the page's affair."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from directsell.i18n import _
from directsell.store.queries.parties import WishRow
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.layouts import FlowLayout


class _Heart(QWidget):
    """One product with a cross. Signals: ``order_wanted(object id)``, ``removed(object id)``."""

    order_wanted = Signal(object)
    removed = Signal(object)

    def __init__(self, wish: WishRow) -> None:
        super().__init__()
        self._product: UUID = wish.product_id
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        add = Button(wish.name, "heart", kind=Kind.QUIET, compact=True)
        add.setToolTip(_("Interested in {name}: put it on the slip").format(name=wish.name))
        add.clicked.connect(self._add)
        cross = IconButton("x", _("No longer interested in {name}").format(name=wish.name))
        cross.clicked.connect(self._remove)
        row.addWidget(add)
        row.addWidget(cross)

    def _add(self) -> None:
        self.order_wanted.emit(self._product)

    def _remove(self) -> None:
        self.removed.emit(self._product)


class WishBar(QWidget):
    """``WishBar()``: ``show_wishes(rows)``; hidden while there are none.

    Signals: ``order_wanted(object product_id)``; ``removed(object product_id)``.
    """

    order_wanted = Signal(object)
    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=4)
        self._shown: Sequence[WishRow] = ()
        self.hide()

    def show_wishes(self, wishes: Sequence[WishRow]) -> None:
        """Show these."""
        if tuple(wishes) == tuple(self._shown):
            return
        self._shown = tuple(wishes)
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for wish in wishes:
            heart = _Heart(wish)
            heart.order_wanted.connect(self.order_wanted)
            heart.removed.connect(self.removed)
            self._flow.addWidget(heart)
        self.setVisible(bool(wishes))
        self.updateGeometry()
