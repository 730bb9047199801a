"""The buttons of the order form and their words: for an order, a draft, a quote. What they do is the form's part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

from directsell.domain.orders import Order, OrderState
from directsell.i18n import _
from directsell.ui.session import Command
from directsell.ui.widgets.buttons import Button, IconButton, Kind, Menu
from directsell.ui.widgets.cards import Chip


class Deeds(Protocol):
    """What the form can do."""

    def save(self) -> None:
        """Store the order."""

    def save_draft(self) -> None:
        """Store it as a draft."""

    def save_and_print(self) -> None:
        """Store it and print its paper."""

    def make_quote(self) -> None:
        """Make it a quote."""

    def make_order(self) -> None:
        """Make it an order."""

    def put_aside(self) -> None:
        """Keep it half-typed and start another one."""

    def discard(self) -> None:
        """Throw it away."""


class FormActions:
    """``FormActions(deeds, parent, add)``: ``show_order(order)``, ``set_busy(on)``, ``say(text, tone)``; ``save`` is the main button."""

    def __init__(self, deeds: Deeds, parent: QWidget, add: Callable[[QWidget], object]) -> None:
        self._deeds = deeds
        self.chip = Chip()
        self.chip.hide()
        self.menu = Menu(parent)
        more = IconButton("ellipsis", _("More"), menu=self.menu, kind=Kind.SECONDARY, size=40)
        self.draft = Button(_("Save draft"), "save", kind=Kind.QUIET, on_click=deeds.save_draft)
        self.print = Button(_("Save & print slip"), "printer", on_click=deeds.save_and_print)
        self.save = Button(_("Save order"), "check", kind=Kind.PRIMARY, on_click=deeds.save)
        for widget in (self.chip, more, self.draft, self.print, self.save):
            add(widget)

    def show_order(self, order: Order) -> None:
        """Say what saving makes of it."""
        quote = order.state is OrderState.QUOTED
        self.chip.hide()
        self.draft.setVisible(order.state is OrderState.DRAFT)
        self.print.setText(_("Save & print quote") if quote else _("Save & print slip"))
        self.save.setText(_("Save quote") if quote else _("Save order"))
        for button, keys in ((self.print, "Ctrl+P"), (self.save, "Ctrl+S")):
            button.setToolTip(f"{button.caption()}  ({keys})")
        self.menu.clear()
        if quote:
            self.menu.add(_("Make it an order"), "shopping-bag", self._deeds.make_order)
        elif order.state is OrderState.DRAFT:
            self.menu.add(_("Make it a quote"), "file-text", self._deeds.make_quote, shortcut="Ctrl+Shift+Q")
        self.menu.add(_("Put aside and start a new one"), "plus", self._deeds.put_aside)
        self.menu.add(_("Throw this entry away"), "trash-2", self._deeds.discard, danger=True)

    def commands(self, order: Order) -> list[Command]:
        """Return what the buttons and the menu do, with their keys."""
        deeds = self._deeds
        if order.state is OrderState.QUOTED:
            change = Command(_("Make it an order"), deeds.make_order, "shopping-bag", "Ctrl+Shift+Q")
        else:
            change = Command(_("Make it a quote"), deeds.make_quote, "file-text", "Ctrl+Shift+Q")
        return [
            Command(self.save.caption(), deeds.save, "check", "Ctrl+S"),
            Command(self.print.caption(), deeds.save_and_print, "printer", "Ctrl+P"),
            Command(_("Save draft"), deeds.save_draft, "save", "Ctrl+Shift+S"),
            change,
        ]

    def set_busy(self, on: bool) -> None:
        """While the order is stored it cannot be stored again."""
        for button in (self.draft, self.print, self.save):
            button.setEnabled(not on)

    def say(self, text: str, tone: str, *, shown: bool = True) -> None:
        """Show a word beside the buttons."""
        self.chip.set(text, tone)
        self.chip.setVisible(shown)


def title_of(order: Order, *, stored: bool) -> str:
    """Return what stands above the form."""
    if order.state is OrderState.QUOTED:
        return _("Change quote") if stored else _("New quote")
    return _("Change order") if stored else _("New order")
