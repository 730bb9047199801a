"""The way to a redemption at the desk: whose reward, which half-typed order comes back, what follows when it is placed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from directsell.domain.demos import Demo
from directsell.domain.errors import DomainError
from directsell.domain.host_programmes.rules import Rules
from directsell.domain.orders import Handover, Order, OrderKind
from directsell.domain.payments import PaymentMethod
from directsell.i18n import _
from directsell.store.queries.orders import OrderView, blank_order
from directsell.store.queries.rewards import Portion
from directsell.ui.messages import sentence
from directsell.ui.pages.desk.evening import Evening
from directsell.ui.pages.desk.redemption import RedemptionPane
from directsell.ui.pages.desk.slip_state import Slip
from directsell.ui.pages.desk.slips import SlipBook
from directsell.ui.session import Command, Session
from directsell.ui.widgets.order_form.working import Working
from directsell.usecases.cooling_off import place_of
from directsell.usecases.host_orders import check_day
from directsell.usecases.parties import toggle_wish


class RedemptionBook(SlipBook):
    """The half-typed redemptions of an evening, one for each host, with drafts of their own."""

    PREFIX = "redeem"

    def order_of(self, portion: Portion, evening: Evening) -> Slip:
        """Return the order being typed for a host, or a new one."""
        slip = self._slips.get(portion.person_id)
        if slip is None:
            slip = self._slips[portion.person_id] = self._blank(portion, evening)
        return slip

    def again(self, view: OrderView, portion: Portion) -> None:
        """Type on a placed redemption again."""
        working = Working(view.order, list(view.lines), stored=True, paid=view.paid)
        working.words["hand"] = " ".join(str(line.id) for line in view.lines)
        key = self._key(portion.person_id)
        stored = (view.order, view.lines)
        self._slips[portion.person_id] = Slip(key, portion.person_id, portion.name, working, stored=stored)

    def _blank(self, portion: Portion, evening: Evening) -> Slip:
        session, demo, rules = self._session, evening.party.demo, evening.party.rules
        order = session.look(
            blank_order,
            session.new_id(),
            now=session.now(),
            today=session.today(),
            person_id=portion.person_id,
            demo_id=demo.id,
        )
        order = replace(
            order,
            kind=OrderKind.HOST,
            customer_discount_ppm=0,
            shipping=rules.shipping if rules is not None and not portion.orders else 0,
            handover=Handover.TO_CUSTOMER if portion.past else Handover.TO_HOST,
        )
        order = replace(order, place=place_of(order, demo))
        return Slip(self._key(portion.person_id), portion.person_id, portion.name, Working(order))


class Floor(Protocol):
    """What a redemption needs of the desk; the page is one."""

    evening: Evening | None

    def hold_redemption(self, pane: QWidget, person_id: UUID) -> None:
        """Show the pane in the middle."""

    def leave_redemption(self) -> None:
        """Show nothing in the middle."""

    def redeemed(self, person_id: UUID, order: Order, then: str) -> None:
        """Show what was placed."""


class Redeeming(QObject):
    """``Redeeming(session, page, floor)``: ``open(evening, person_id=None)``; ``pane`` is what the middle shows."""

    def __init__(self, session: Session, page: QWidget, floor: Floor) -> None:
        super().__init__(page)
        self._session = session
        self._floor = floor
        self._wanted = False
        self.book = RedemptionBook(session)
        self._page = page
        self._pane: RedemptionPane | None = None

    @property
    def pane(self) -> RedemptionPane:
        """What the middle shows; it is made when it is first needed."""
        if self._pane is None:
            pane = RedemptionPane(self._session, self._page)
            pane.hide()
            pane.placed.connect(self._placed)
            pane.person_wanted.connect(self._open_for)
            pane.closed.connect(self.put_away)
            pane.unwished.connect(self._unwish)
            self._pane = pane
        return self._pane

    def is_pane(self, widget: QWidget | None) -> bool:
        """Tell whether a widget is the redemption."""
        return widget is not None and widget is self._pane

    def open_demo(self, demo_id: UUID) -> None:
        """Bring back what was half-typed at a demo."""
        if self._pane is not None:
            self._pane.slip = None
        self.book.open(demo_id)

    def want(self) -> None:
        """Open as soon as the party is read: that is why the user came."""
        self._wanted = True

    def open(self, evening: Evening, person_id: UUID | None = None) -> None:
        """Take the order of a host in hand: of this one, of the one who is typed for, else of the first one."""
        typing = self.book.typing()
        parts = evening.portions
        named = [part for part in parts if part.person_id == person_id]
        waiting = [part for part in parts if part.person_id in typing]
        portion = next(iter([*named, *waiting, *parts]), None)
        rules = evening.party.rules
        if portion is None or rules is None or self.pane.busy:
            return
        slip = self.book.order_of(portion, evening)
        wishes = evening.wishes.get(portion.person_id, ())
        if slip is not self.pane.slip:
            self.pane.load(slip, parts, rules, wishes, self._closed(evening, slip.working.order))
        self._floor.hold_redemption(self.pane, portion.person_id)
        self.pane.focus()

    def again(self, view: OrderView, evening: Evening) -> None:
        """Type on a placed redemption again."""
        portion = next((part for part in evening.portions if part.person_id == view.order.person_id), None)
        if portion is None:
            self._session.complain(DomainError("redeem.no_reward"))
            return
        self.book.again(view, portion)
        self.open(evening, portion.person_id)

    def show_evening(self, evening: Evening, *, undone: bool) -> None:
        """Take up how the reward stands by now; an undone redemption is there again as it was typed."""
        self._follow_done_again(evening)
        person_id = self.book.take_back({view.order.id for view in evening.party.orders}) if undone else None
        if person_id is not None or (self._wanted and evening.portions):
            self._wanted = False
            self.open(evening, person_id)
        elif self._pane is not None and self._pane.slip is not None and evening.party.rules is not None:
            slip = self._pane.slip
            wishes = evening.wishes.get(slip.person_id, ())
            closed = self._closed(evening, slip.working.order)
            self._pane.show_portions(evening.portions, evening.party.rules, wishes, closed)

    def _follow_done_again(self, evening: Evening) -> None:
        """A redemption that was undone and done again is in the book; what was typed meanwhile changes it."""
        self.book.follow_book(evening)
        if self._pane is not None and self._pane.slip is not None:
            self._pane.money.show_paid(self._pane.slip.working.paid)
        for slip in self.book.waiting():
            held = self._pane is not None and slip is self._pane.slip
            if (held and self.pane.busy) or not self.book.done_again(slip, evening) or not held:
                continue
            if not slip.working.stored:
                self.pane.forget_draft()
            self.pane.slip = None
            if slip.working.stored:
                self.open(evening, slip.person_id)
            else:
                self._floor.leave_redemption()

    def put_away(self) -> None:
        """Put the order in hand away; what is typed on it stays kept."""
        slip = self.pane.slip
        self.pane.settle()
        if slip is not None:
            self.book.put_away(slip.person_id)
        self.pane.slip = None
        self._floor.leave_redemption()

    def throw_away(self) -> None:
        """Forget what is typed on the order in hand."""
        slip = self.pane.slip
        if slip is not None:
            self.pane.forget_draft()
            self.book.drop(slip.person_id)
            if self.book.thrown_last:
                words = _("The order of {name} is thrown away. Ctrl+Z brings it back.")
                self._session.say(words.format(name=slip.name))
        self.pane.slip = None
        self._floor.leave_redemption()

    def bring_back(self) -> bool:
        """Take the order that was thrown away in hand again; says whether there was one."""
        person_id = self.book.bring_back()
        if person_id is not None and self._floor.evening is not None:
            self.open(self._floor.evening, person_id)
        return person_id is not None

    def commands(self) -> Sequence[Command]:
        """Return what can be done while a redemption is in hand."""
        pane = self.pane
        return [
            Command(_("Place order"), pane.place, "check", "Ctrl+S"),
            Command(_("Place & print"), pane.place_and_print, "printer", "Ctrl+P"),
            Command(_("Place & sign"), pane.place_and_sign, "signature", "F4"),
            Command(_("Put this order away"), self.put_away, "x", "Ctrl+W"),
            Command(_("Throw this order away"), self.throw_away, "trash-2"),
            Command(_("Make the most of it"), pane.goods.forget_choices, "star", "Ctrl+M"),
            Command(_("Type goods"), pane.entry.focus, "scan-barcode", "F2"),
            Command(_("Paid in cash"), _Take(pane, PaymentMethod.CASH), "banknote", "F6"),
            Command(_("Paid by card"), _Take(pane, PaymentMethod.CARD), "credit-card", "F7"),
            Command(_("Paid by check"), _Take(pane, PaymentMethod.CHECK), "receipt", "F8"),
            Command(_("Paid by transfer"), _Take(pane, PaymentMethod.TRANSFER), "wallet", "F9"),
        ]

    def settle(self) -> None:
        """Keep what is half-typed."""
        if self._pane is not None:
            self._pane.settle()

    def _open_for(self, person_id: object) -> None:
        if isinstance(person_id, UUID) and self._floor.evening is not None:
            self.open(self._floor.evening, person_id)

    def _placed(self, slip: object, order: object, then: str) -> None:
        if isinstance(slip, Slip) and isinstance(order, Order):
            self.book.placed(slip, order)
            self.pane.slip = None
            self._floor.redeemed(slip.person_id, order, then)

    def _unwish(self, product_id: object) -> None:
        slip = self.pane.slip
        if isinstance(product_id, UUID) and slip is not None:
            demo_id = slip.working.order.demo_id
            self._session.run(self, toggle_wish, slip.person_id, product_id, demo_id=demo_id)

    def _closed(self, evening: Evening, order: Order) -> str:
        """Return why a new redemption comes too late, or ""."""
        rules, demo = evening.party.rules, evening.party.demo
        return "" if rules is None else _too_late(rules, demo, order)


def _too_late(rules: Rules, demo: Demo, order: Order) -> str:
    try:
        check_day(rules, demo, order)
    except DomainError as error:
        return sentence(error) or ""
    return ""


@dataclass(frozen=True, slots=True)
class _Take:
    """Takes money in one way; two of the same are equal."""

    pane: RedemptionPane
    method: PaymentMethod

    def __call__(self) -> None:
        self.pane.take(self.method)
