"""All slips of an evening that are being typed: new ones, those found among the drafts, those put away. No widgets."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from directsell.domain.demos import DemoKind
from directsell.domain.orders import Handover, Order
from directsell.store.errors import StoreError
from directsell.store.queries.orders import OrderView, blank_order, order_view
from directsell.store.queries.people import person_name
from directsell.ui.pages.desk.evening import Evening, Sitter
from directsell.ui.pages.desk.slip_state import Slip
from directsell.ui.session import Session
from directsell.ui.widgets.order_form.keeping import keep_draft
from directsell.ui.widgets.order_form.working import Working, from_body, to_body
from directsell.usecases.cooling_off import place_of


class SlipBook:
    """``SlipBook(session)``: ``open(demo_id)`` brings back what was kept; ``slip(sitter, evening)`` is somebody's slip."""

    PREFIX = "desk"  # of the keys of its drafts

    def __init__(self, session: Session) -> None:
        self._session = session
        self._demo_id: UUID | None = None
        self._slips: dict[UUID, Slip] = {}
        self._open: list[UUID] = []
        self._placed: dict[UUID, Slip] = {}
        self._thrown: Slip | None = None
        self.thrown_last = False  # nothing was typed since

    def open(self, demo_id: UUID) -> None:
        """Forget another evening, and bring back every slip of this one that was half-typed."""
        self._demo_id = demo_id
        self._slips = {}
        self._placed = {}
        self._thrown, self.thrown_last = None, False
        prefix = f"{self.PREFIX}:{demo_id}:"
        try:
            drafts = [draft for draft in reversed(self._session.drafts.list()) if draft.key.startswith(prefix)]
        except StoreError as error:
            self._session.complain(error)
            drafts = []
        for draft in drafts:
            working = from_body(draft.body)
            if working is not None and working.order.person_id is not None:
                person_id = working.order.person_id
                name = self._session.look(person_name, person_id)
                at = self._session.language.time(draft.saved_at.astimezone())
                self._slips[person_id] = Slip(draft.key, person_id, name, working, dirty=True, restored=at)
        self._open = list(self._slips)

    def open_keys(self) -> list[UUID]:
        """Return whose slips lie on the desk."""
        return list(self._open)

    def open_slips(self) -> list[Slip]:
        """Return the slips that lie on the desk, in the order in which they were taken."""
        return [self._slips[key] for key in self._open]

    def typing(self) -> frozenset[UUID]:
        """Return on whose slips something is typed, also on those put away."""
        return frozenset(key for key, slip in self._slips.items() if not slip.is_blank())

    def slip(self, sitter: Sitter, evening: Evening) -> Slip:
        """Return somebody's slip: the one being typed, a stored draft, or a new one."""
        slip = self._slips.get(sitter.id)
        if slip is None:
            slip = self._slips[sitter.id] = self._new(sitter, evening)
        if sitter.id not in self._open:
            self._open.append(sitter.id)
        return slip

    def put_away(self, person_id: UUID) -> UUID | None:
        """Take a slip off the desk; returns whose slip comes next."""
        slip = self._slips.get(person_id)
        if slip is not None and slip.is_blank():
            del self._slips[person_id]
        return self._close(person_id)

    def drop(self, person_id: UUID) -> UUID | None:
        """Forget a slip, which can be brought back until something else is placed; returns whose slip comes next."""
        slip = self._slips.pop(person_id, None)
        if slip is not None and not slip.is_blank():
            self._thrown, self.thrown_last = slip, True
        return self._close(person_id)

    def bring_back(self) -> UUID | None:
        """Bring the slip back that was thrown away last, as it was; returns whose it is."""
        slip, self._thrown, self.thrown_last = self._thrown, None, False
        other = None if slip is None else self._slips.get(slip.person_id)
        if slip is None or (other is not None and not other.is_blank()):
            return None
        slip.dirty = True
        self._slips[slip.person_id] = slip
        keep_draft(self._session, slip.key, to_body(slip.working))
        return slip.person_id

    def placed(self, slip: Slip, order: Order) -> None:
        """A slip became an order; it is remembered in case that is taken back. One of another evening is no affair of this."""
        if order.demo_id != self._demo_id:
            return
        self._slips.pop(slip.person_id, None)
        self._close(slip.person_id)
        self._thrown, self.thrown_last = None, False
        if not slip.working.stored:
            self._placed[order.id] = slip

    def take_back(self, known: Collection[UUID]) -> UUID | None:
        """Make slips of the orders that were placed here and are gone from the book; returns whose was placed last.

        Where something else is typed for the same person by now, the order waits until it is done again.
        """
        person_id: UUID | None = None
        for order_id, slip in list(self._placed.items()):
            other = self._slips.get(slip.person_id)
            if order_id in known or (other is not None and not other.is_blank()):
                continue
            del self._placed[order_id]
            slip.dirty = True
            body = to_body(slip.working)
            slip.undone = body
            self._slips[slip.person_id] = slip
            keep_draft(self._session, slip.key, body)
            person_id = slip.person_id
        return person_id

    def done_again(self, slip: Slip, evening: Evening) -> bool:
        """Tell whether a slip is an order of the book again; what was typed on it since becomes a change of that order.

        A slip as it was when its order was undone is gone then. Its money was taken with the order, and is not taken twice.
        """
        working = slip.working
        view = next((view for view in evening.party.orders if view.order.id == working.order.id), None)
        if working.stored or view is None:
            return False
        if slip.undone == to_body(working):
            self._slips.pop(slip.person_id, None)
            self._close(slip.person_id)
            self._placed[working.order.id] = slip
            keep_draft(self._session, slip.key, None)
            return True
        working.stored, working.paid = True, view.paid
        working.money.clear()
        working.order = replace(working.order, state=view.order.state)
        slip.stored = (view.order, view.lines)
        slip.past.clear()
        return True

    def waiting_of(self, person_id: UUID) -> Slip | None:
        """Return the slip that is being typed for somebody who is not at the party any more, or None."""
        slip = self._slips.get(person_id)
        if slip is not None and person_id not in self._open:
            self._open.append(person_id)
        return slip

    def waiting(self) -> list[Slip]:
        """Return every slip on which something is typed, also those put away."""
        return list(self._slips.values())

    def reopen(self, view: OrderView, evening: Evening) -> None:
        """Make a slip of a placed order, to change it."""
        person_id = view.order.person_id
        sitter = evening.sitter(person_id)
        if person_id is not None and sitter is not None:
            self._slips[person_id] = self._stored(sitter, view)

    def follow_book(self, evening: Evening) -> None:
        """Let every slip, also one put away, know what its person is called and what was paid for its order by now."""
        paid = {view.order.id: view.paid for view in evening.party.orders}
        for slip in self._slips.values():
            sitter, working = evening.sitter(slip.person_id), slip.working
            slip.name = slip.name if sitter is None else sitter.name
            if working.stored:
                working.paid = paid.get(working.order.id, working.paid)

    def changed_elsewhere(self, slip: Slip, evening: Evening) -> bool:
        """Say whether the stored order of a slip is another one than when it was opened, but for what was paid."""
        working = slip.working
        view = next((view for view in evening.party.orders if view.order.id == working.order.id), None)
        if not working.stored or view is None:
            return False
        before, slip.stored = slip.stored, (view.order, view.lines)
        return before is not None and before != slip.stored

    def _close(self, person_id: UUID) -> UUID | None:
        if person_id not in self._open:
            return None
        place = self._open.index(person_id)
        self._open.remove(person_id)
        return self._open[min(place, len(self._open) - 1)] if self._open else None

    def _key(self, person_id: UUID) -> str:
        return f"{self.PREFIX}:{self._demo_id}:{person_id}"

    def _stored(self, sitter: Sitter, view: OrderView) -> Slip:
        working = Working(view.order, list(view.lines), stored=True, paid=view.paid)
        return Slip(self._key(sitter.id), sitter.id, sitter.name, working, stored=(view.order, view.lines))

    def _new(self, sitter: Sitter, evening: Evening) -> Slip:
        session, demo = self._session, evening.party.demo
        if sitter.draft is not None:
            return self._stored(sitter, session.look(order_view, sitter.draft))
        order = session.look(
            blank_order,
            session.new_id(),
            now=session.now(),
            today=session.today(),
            person_id=sitter.id,
            demo_id=demo.id,
        )
        outside = sitter.guest is not None and sitter.guest.outside
        together = demo.kind is DemoKind.HOME_PARTY and demo.host_id is not None and not outside
        handover = Handover.TO_HOST if together else Handover.TO_CUSTOMER
        order = replace(
            order,
            handover=handover,
            shipping=evening.charges.get(handover, order.shipping),
            place=place_of(order, demo),
        )
        return Slip(self._key(sitter.id), sitter.id, sitter.name, Working(order))
