"""What can be done with somebody at the party besides ordering: arrival, co-host, person. It runs the use-cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from directsell.domain.demos import Reply, guest_of
from directsell.i18n import _
from directsell.ui.pages.desk.booking import BookingSheet
from directsell.ui.pages.desk.evening import Evening, Sitter
from directsell.ui.pages.desk.prize import PrizeSheet
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Menu
from directsell.ui.widgets.invitation_sheet import InvitationSheet
from directsell.usecases.parties import seat_guest, set_co_hosts

Entry = tuple[str, str, Callable[[], object]]


class PersonMenu(QObject):
    """``PersonMenu(session, widget)``: ``popup(sitter, evening, place, more)`` offers what fits this person."""

    def __init__(self, session: Session, widget: QWidget) -> None:
        super().__init__(widget)
        self._session = session
        self._widget = widget
        self._menu = Menu(widget)
        self._prize: PrizeSheet | None = None
        self._booking: BookingSheet | None = None
        self.invitation: InvitationSheet | None = None
        self._sitter: Sitter | None = None
        self._evening: Evening | None = None

    def popup(self, sitter: Sitter, evening: Evening, place: QPoint, more: Sequence[Entry]) -> None:
        """Open the menu; ``more`` stands at its end."""
        self.fill(sitter, evening, more)
        self._menu.popup(place)

    def fill(self, sitter: Sitter, evening: Evening, more: Sequence[Entry] = ()) -> Menu:
        """Offer what fits this person."""
        self._sitter, self._evening = sitter, evening
        menu = self._menu
        menu.clear()
        guest = sitter.guest
        if guest is not None and guest.attended:
            menu.add(_("Did not come"), "x", self.did_not_come)
        elif not sitter.hosts:
            menu.add(_("Is here"), "check", self.is_here)
        if not sitter.hosts and (guest is None or not guest.outside):
            menu.add(_("Orders without coming"), "truck", self.orders_outside)
        if not sitter.hosts:
            words = _("No co-host any more") if sitter.co_hosts else _("Co-host: shares the reward")
            menu.add(words, "users", self.toggle_co_host)
        if not sitter.hosts:
            menu.add(_("Invitation …"), "pencil", self.edit_invitation)
        menu.addSeparator()
        menu.add(_("Door-prize slip …"), "gift", self.take_slip, shortcut="Ctrl+D")
        menu.add(_("Book the next demo …"), "calendar-days", self.book, shortcut="Ctrl+B")
        menu.add(_("Open the person"), "user", self.open_person)
        if more:
            menu.addSeparator()
            for text, icon, run in more:
                menu.add(text, icon, run)
        return menu

    def settle(self) -> None:
        """Keep what is half-typed on a slip."""
        if self._prize is not None:
            self._prize.settle()

    def edit_invitation(self) -> None:
        """Change how somebody was invited, what was answered, and who comes along."""
        sitter, evening = self._sitter, self._evening
        if sitter is None or evening is None:
            return
        if self.invitation is None:
            self.invitation = InvitationSheet(self._session, self._widget)
        here = replace(guest_of(evening.party.demo.id, sitter.id, Reply.ACCEPTED), attended=True)
        self.invitation.ask(sitter.guest if sitter.guest is not None else here, sitter.name)

    def take_slip(self) -> None:
        """Take up the slip of the door prize."""
        if self._sitter is not None and self._evening is not None:
            if self._prize is None:
                self._prize = PrizeSheet(self._session, self._widget)
            self._prize.ask(self._sitter, self._evening)

    def book(self) -> None:
        """Book the next demo with this person as its host."""
        if self._sitter is not None and self._evening is not None:
            self.booking.ask(self._evening, self._sitter.id)

    @property
    def booking(self) -> BookingSheet:
        """The sheet for the next demo, made when it is first needed."""
        if self._booking is None:
            self._booking = BookingSheet(self._session, self._widget)
        return self._booking

    def is_here(self) -> None:
        """Note that somebody came."""
        self._seat(here=True)

    def did_not_come(self) -> None:
        """Note that somebody did not come after all."""
        self._seat(here=False)

    def orders_outside(self) -> None:
        """Note that somebody orders without coming."""
        self._seat(here=False, outside=True)

    def toggle_co_host(self) -> None:
        """Let somebody share the reward, or no more."""
        sitter, evening = self._sitter, self._evening
        if sitter is None or evening is None:
            return
        others: list[UUID] = [person.id for person in evening.party.co_hosts if person.id != sitter.id]
        people = others if sitter.co_hosts else [*others, sitter.id]
        self._session.run(self, set_co_hosts, evening.party.demo.id, people, said=_("Co-hosts changed"))

    def open_person(self) -> None:
        """Go to the person."""
        if self._sitter is not None:
            self._session.navigation.go("people", str(self._sitter.id))

    def _seat(self, *, here: bool, outside: bool = False) -> None:
        sitter, evening = self._sitter, self._evening
        if sitter is not None and evening is not None:
            self._session.run(self, seat_guest, evening.party.demo.id, sitter.id, here=here, outside=outside)
