"""What can be done at the desk by name and by key. It only lists; the page does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from directsell.domain.payments import PaymentMethod
from directsell.i18n import _
from directsell.ui.pages.desk.closing import DeskClosing
from directsell.ui.pages.desk.errands import Errands
from directsell.ui.pages.desk.evening import Evening
from directsell.ui.pages.desk.placed import PlacedPane
from directsell.ui.pages.desk.slip import SlipEditor
from directsell.ui.session import Command


class Doer(Protocol):
    """What the desk can do; the page is one."""

    editor: SlipEditor
    placed: PlacedPane
    errands: Errands
    evening: Evening | None
    current: UUID | None
    closing: DeskClosing

    @property
    def is_typing(self) -> bool:
        """A slip is in hand."""

    @property
    def is_placed(self) -> bool:
        """Orders that are placed are shown."""

    def new_guest(self) -> None:
        """Take up somebody new."""

    def find_guest(self) -> None:
        """Type the name of a guest."""

    def next_slip(self) -> None:
        """Take the next open slip in hand."""

    def previous_slip(self) -> None:
        """Take the open slip before in hand."""

    def put_away(self) -> None:
        """Put the slip in hand away."""

    def throw_away(self) -> None:
        """Forget the slip in hand."""

    def book(self) -> None:
        """Book the next demo."""

    def take_slip(self) -> None:
        """Take up a door-prize slip."""

    def explain(self) -> None:
        """Say why the host gets what she gets."""

    def edit_plan(self) -> None:
        """Write down how the seller earns."""

    def redeem(self) -> None:
        """Take the order in hand with which the host redeems."""

    def print_last(self) -> None:
        """Print the slip of the latest order."""

    def another_slip(self) -> None:
        """Begin another slip."""

    def leave(self) -> None:
        """Go back to the demo."""


def desk_commands(page: Doer) -> list[Command]:
    """Return what can be done on the desk as it stands."""
    result = [
        Command(_("New guest"), page.new_guest, "user-plus", "Ctrl+G", words=_("arrival")),
        Command(_("Find a guest"), page.find_guest, "search", "Ctrl+F"),
        Command(_("Next slip"), page.next_slip, "receipt", "Ctrl+Tab"),
        Command(_("Slip before"), page.previous_slip, "receipt", "Ctrl+Shift+Tab"),
        Command(_("Book the next demo"), page.book, "calendar-days", "Ctrl+B"),
        Command(_("Close the party"), page.closing.ask, "list-checks", "Ctrl+Shift+S"),
        Command(_("How you earn"), page.edit_plan, "hand-coins"),
        Command(_("Leave the desk"), page.leave, "log-out"),
    ]
    if page.evening is not None and page.evening.reward is not None:
        result.append(
            Command(_("Why this reward?"), page.explain, "circle-help", "Ctrl+Shift+Y")
        )  # Ctrl+Y is a field's own
    if page.evening is not None and any(part.is_something for part in page.evening.portions):
        result.append(Command(_("Redeem the reward"), page.redeem, "gift", "Ctrl+R"))
    if page.current is not None:
        result.append(Command(_("Door-prize slip"), page.take_slip, "gift", "Ctrl+D"))
    if page.is_typing:
        editor = page.editor
        result += [
            Command(_("Place order"), editor.place, "check", "Ctrl+S"),
            Command(_("Place & print"), editor.place_and_print, "printer", "Ctrl+P"),
            Command(_("Place & sign"), editor.place_and_sign, "signature", "F4"),
            Command(_("Put this slip away"), page.put_away, "x", "Ctrl+W"),
            Command(_("Throw this slip away"), page.throw_away, "trash-2"),
            Command(_("Type goods"), editor.entry.focus, "scan-barcode", "F2"),
            Command(_("Interested in this product"), editor.entry.wish, "heart", "Ctrl+H"),
            Command(_("Paid in cash"), _Take(editor, PaymentMethod.CASH), "banknote", "F6"),
            Command(_("Paid by card"), _Take(editor, PaymentMethod.CARD), "credit-card", "F7"),
            Command(_("Paid by check"), _Take(editor, PaymentMethod.CHECK), "receipt", "F8"),
            Command(_("Paid by transfer"), _Take(editor, PaymentMethod.TRANSFER), "wallet", "F9"),
        ]
    elif page.is_placed:
        result += [
            Command(_("Print slip"), page.print_last, "printer", "Ctrl+P"),
            Command(_("Sign"), _Sign(page), "signature", "F4"),
            Command(_("Another slip"), page.another_slip, "plus", "Ctrl+N"),
        ]
    return result


@dataclass(frozen=True, slots=True)
class _Sign:
    """Has the latest order of the person in hand signed."""

    page: Doer

    def __call__(self) -> None:
        self.page.errands.sign(self.page.placed.last())


@dataclass(frozen=True, slots=True)
class _Take:
    """Takes money in one way; two of the same are equal, so that the window need not renew its keys at each key."""

    editor: SlipEditor
    method: PaymentMethod

    def __call__(self) -> None:
        self.editor.take(self.method)
