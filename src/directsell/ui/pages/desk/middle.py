"""What the middle of the desk shows: the slip in hand, placed orders, a redemption; and going from one to the next."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from directsell.domain.orders import Order
from directsell.ui.pages.desk.errands import Errands
from directsell.ui.pages.desk.evening import Evening
from directsell.ui.pages.desk.frame import SLIP, DeskFrame
from directsell.ui.pages.desk.guests import GuestPane
from directsell.ui.pages.desk.party import PartyPane
from directsell.ui.pages.desk.placed import PlacedPane
from directsell.ui.pages.desk.redeeming import Redeeming
from directsell.ui.pages.desk.slip import SlipEditor
from directsell.ui.pages.desk.slips import SlipBook


class DeskMiddle(QWidget):
    """The middle of the desk; the page makes its parts and fills in what is left open here."""

    evening: Evening | None
    current: UUID | None
    slips: SlipBook
    frame: DeskFrame
    guests: GuestPane
    editor: SlipEditor
    placed: PlacedPane
    party: PartyPane
    redeeming: Redeeming
    errands: Errands
    _arrived: UUID | None

    def open_slip(self, person_id: object) -> None:
        """Take the slip of somebody in hand."""
        raise NotImplementedError

    def typing_done(self) -> None:
        """What was typed is finished."""
        raise NotImplementedError

    def _show_tabs(self) -> None:
        raise NotImplementedError

    def _show_person(self) -> None:
        raise NotImplementedError

    def _leave_slip(self, following: UUID | None) -> None:
        raise NotImplementedError

    # --- what is in hand

    @property
    def is_typing(self) -> bool:
        """A slip is in hand."""
        return self.frame.held() is self.editor and self.editor.slip is not None

    @property
    def is_placed(self) -> bool:
        """Orders that are placed are shown."""
        return self.frame.held() is self.placed

    @property
    def is_redeeming(self) -> bool:
        """A redemption is in hand."""
        return self.redeeming.is_pane(self.frame.held())

    def half_typed(self) -> frozenset[UUID]:
        """Return for whom something is typed: a slip, or a redemption."""
        return self.slips.typing() | self.redeeming.book.typing()

    def undo_step(self) -> bool:
        """Take back the last step on the slip in hand; says whether there was one."""
        if self.slips.thrown_last and self._bring_back():
            return True
        if self.is_redeeming:
            return self.redeeming.pane.undo_step()
        return (self.is_typing and self.editor.undo_step()) or self._bring_back() or self.redeeming.bring_back()

    def _bring_back(self) -> bool:
        """Take the slip that was thrown away in hand again; says whether there was one."""
        person_id = self.slips.bring_back()
        if person_id is not None:
            self.open_slip(person_id)
        return person_id is not None

    def _hold(self, person_id: UUID, widget: QWidget) -> None:
        self.current = person_id
        self._show_middle(widget, person_id)

    def _show_middle(self, widget: QWidget, person_id: UUID) -> None:
        self.frame.hold(widget)
        self.frame.show_part(SLIP)
        self.guests.select(person_id)
        self._show_tabs()

    def _follow_done_again(self, evening: Evening) -> None:
        """An order that was undone and done again is no slip any more; what was typed meanwhile changes that order."""
        self.slips.follow_book(evening)
        if self.editor.slip is not None:
            self.editor.money.show_paid(self.editor.slip.working.paid)
        for slip in self.slips.waiting():
            known = evening.sitter(slip.person_id)
            held = slip is self.editor.slip
            if (held and self.editor.busy) or not self.slips.done_again(slip, evening) or not held:
                continue
            if slip.working.stored:
                self.editor.load(slip, known, evening.wishes.get(slip.person_id, ()))
                self.editor.show_changed_elsewhere()
                continue
            self.editor.forget_draft()
            self.editor.slip = None
            if known is not None and self.frame.held() is self.editor:
                self.placed.show_sitter(known, evening.wishes.get(known.id, ()))
                self.frame.hold(self.placed)

    def next_slip(self) -> None:
        """Take the next open slip in hand."""
        self._turn(1)

    def previous_slip(self) -> None:
        """Take the open slip before in hand."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        keys = self.slips.open_keys()
        if keys:
            place = keys.index(self.current) if self.current in keys else -1 if step > 0 else 0
            self.open_slip(keys[(place + step) % len(keys)])

    def edit_plan(self) -> None:
        """Write down how the seller earns."""
        if self.evening is not None:
            self.errands.edit_plan(self.evening)

    def redeem(self, person_id: UUID | None = None) -> None:
        """Take the order in hand with which a host redeems: this one, or who is half-typed, or the first."""
        if self.evening is not None:
            self.redeeming.open(self.evening, person_id)

    def hold_redemption(self, pane: QWidget, person_id: UUID) -> None:
        """Show a redemption in the middle."""
        self.editor.settle()
        self.current = None
        self._show_middle(pane, person_id)

    def leave_redemption(self) -> None:
        """Show nothing in the middle any more."""
        self.party.reward.show_waiting(bool(self.redeeming.book.typing()))
        self._leave_slip(None)

    def redeemed(self, person_id: UUID, order: Order, then: str) -> None:
        """Show the order with which somebody redeemed."""
        self.typing_done()
        self._arrived = person_id
        self.current = person_id
        self.frame.hold(self.placed)
        self._show_person()
        self.errands.go_on(order.id, then)
