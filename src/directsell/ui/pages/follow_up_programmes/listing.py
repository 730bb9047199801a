"""The list at the side: a programme with its switch, and the menu of starting points. It decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from directsell.domain.follow_up_programmes import FollowUpProgramme
from directsell.i18n import _
from directsell.ui.widgets.buttons import Menu
from directsell.ui.widgets.fields import Switch
from directsell.ui.widgets.nav_bar import NavItem
from directsell.usecases.ready_programmes import READY, Ready


class ProgrammeRow(QWidget):
    """``ProgrammeRow(programme)``: ``item``, ``switch``, ``mark(on)``. Signals: ``chosen(object id)``, ``switched(object id, bool)``."""

    chosen = Signal(object)
    switched = Signal(object, bool)

    def __init__(self, programme: FollowUpProgramme) -> None:
        super().__init__()
        self._id: UUID = programme.id
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.item = NavItem(str(programme.id), programme.name, "list-checks")
        self.item.clicked.connect(self._clicked)
        self.switch = Switch("", programme.active)
        self.switch.setAccessibleName(_("“{name}” is switched on").format(name=programme.name))
        self.switch.setToolTip(_("Switched on") if programme.active else _("Switched off"))
        self.switch.changed.connect(self._switched)
        row.addWidget(self.item, 1)
        row.addWidget(self.switch)

    def mark(self, on: bool) -> None:
        """Show whether it is the one in the form."""
        self.item.setChecked(on)

    def _clicked(self) -> None:
        self.chosen.emit(self._id)

    def _switched(self) -> None:
        self.switched.emit(self._id, self.switch.value())


def ready_menu(parent: QWidget, take: Callable[[Ready], object], begin: Callable[[], object]) -> Menu:
    """Return the menu of starting points, and of an empty programme."""
    menu = Menu(parent)
    for ready in READY:
        menu.add(_(ready.name), "list-checks", Taking(take, ready))
    menu.addSeparator()
    menu.add(_("Empty programme"), "plus", begin)
    return menu


class Taking:
    """Takes up a starting point; for menus and commands."""

    def __init__(self, take: Callable[[Ready], object], ready: Ready) -> None:
        self._take = take
        self._ready = ready

    def __call__(self, _checked: bool = False) -> None:
        self._take(self._ready)
