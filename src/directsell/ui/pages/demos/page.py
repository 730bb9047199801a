"""The Demos page: what stands in its parts and what happens between them. The parts are the other modules here."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from directsell.i18n import _
from directsell.store.changes import ChangeSet
from directsell.store.queries.demos import DemoCard, demo_card
from directsell.ui.navigation import Route
from directsell.ui.pages.demos.detail import DemoDetail, demo_title, step_words, steps_of
from directsell.ui.pages.demos.form import NEW_DRAFT, DemoSheet
from directsell.ui.pages.demos.listing import DemoListing
from directsell.ui.pages.demos.preparation import save_calendar
from directsell.ui.routes import is_new, new_view, parse_view
from directsell.ui.session import Command, Session
from directsell.ui.tasks import Job
from directsell.ui.widgets.invitation_sheet import InvitationSheet
from directsell.ui.widgets.list_page import ListPage
from directsell.ui.widgets.new_person import NewPersonSheet
from directsell.ui.widgets.states import Banner, EmptyState
from directsell.usecases.calendars import calendar_from
from directsell.usecases.demos import delete_demo

_TOUCHING = (
    *("demo", "demo_guest", "sales_order", "order_line", "payment", "person", "reach_point", "setting"),
    *("coaching_touch", "packing_item", "co_host", "demo_cost", "cash_count", "withdrawal", "host_programme"),
)


class DemosPage(ListPage):
    """``DemosPage(session)``: ``listing``, ``detail``, ``form``, ``newcomer`` are its parts."""

    KEY = "demos"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        text = _("Guests, orders and what is to be collected are shown here.")
        nothing = EmptyState("calendar-days", _("Choose a demo"), text, action_icon=None)
        listing, detail = DemoListing(session), DemoDetail(session)
        super().__init__(session, listing, detail, nothing, parent=parent)
        self.listing, self.detail = listing, detail
        self._demo: UUID | None = None
        self._job: Job | None = None
        self.form = DemoSheet(session, self)
        self.newcomer = NewPersonSheet(session, self)
        self.invitation = InvitationSheet(session, self)
        self._connect()
        self._offer_draft()

    def _connect(self) -> None:
        listing, detail = self.listing, self.detail
        listing.chosen.connect(self._chosen)
        listing.opened.connect(self._opened)
        listing.new_wanted.connect(self._new_on)
        listing.delete_wanted.connect(self._delete)
        detail.edit_wanted.connect(self._edit)
        detail.delete_wanted.connect(self._delete)
        detail.order_wanted.connect(self._new_order)
        detail.opened.connect(self._go)
        detail.guests.order_wanted.connect(self._new_order)
        detail.guests.create_wanted.connect(self._new_guest)
        detail.guests.edit_wanted.connect(self.invitation.ask)
        self.newcomer.existing_chosen.connect(self._invite)
        self.newcomer.saved.connect(self._guest_added)
        self.form.saved.connect(self._saved)

    # --- contract of pages

    def show_route(self, route: Route) -> None:
        """Select the demo of a route, or begin a new one (for its host)."""
        if route.id is not None:
            self._select(UUID(route.id))
        elif is_new(route.view):
            self.form.start(parse_view(route.view).get("person"))
        elif self._demo is None and not self.sides.is_narrow:
            self.listing.list.select_first()

    def data_changed(self, changes: ChangeSet) -> None:
        """Read again what a commit touched; selection, scroll and typed text stay."""
        if changes.touches(*_TOUCHING):
            self.listing.refresh()
            if self._demo is not None:
                self._read()

    def commands(self) -> list[Command]:
        """Return what can be done here."""
        commands = [
            Command(_("New demo"), self._new, "plus", "Ctrl+N"),
            Command(_("Filter demos"), self.focus_search, "search", "Ctrl+F"),
            Command(_("Calendar of demos"), self._focus_calendar, "calendar", "Ctrl+Shift+K"),
            Command(_("Save coming demos as a calendar file"), self._save_calendar, "calendar"),
        ]
        card = self.detail.card
        if card is not None and self._demo is not None:
            commands += [
                Command(_("Edit demo"), self._edit, "pencil", "Ctrl+E"),
                Command(_("Add a guest"), self._focus_guest, "user-plus", "Ctrl+G"),
                Command(_("New order at this demo"), self._order_here, "plus", "Ctrl+Shift+O"),
                Command(_("Delete demo"), self._delete, "trash-2"),
            ]
            steps = steps_of(card.demo.state)
            if steps:
                words = step_words(card.demo.state, steps[0])
                commands.append(Command(words, self.detail.step.click, "check", "Ctrl+Shift+S"))
        return commands

    def settle(self) -> None:
        """Store what is half-typed."""
        self.form.settle()

    # --- the demo shown

    def _chosen(self, key: object) -> None:
        if not isinstance(key, UUID):
            self._show_nothing()
            return
        self._show(key)
        self.note_route(key)

    def _opened(self, key: object) -> None:
        self._chosen(key)
        self.sides.show_detail(True)
        (self.detail.back if self.sides.is_narrow else self.detail.step).setFocus()

    def _select(self, demo_id: UUID) -> None:
        if demo_id == self._demo and self.listing.list.current_key() == demo_id:
            return
        self.choose_key(demo_id)
        self._show(demo_id)
        self.sides.show_detail(True)

    def _show(self, demo_id: UUID) -> None:
        if demo_id != self._demo:
            self._demo = demo_id
            self._read()

    def _read(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = self._session.read(self, demo_card, self._demo, done=self._show_card)

    def _show_card(self, card: DemoCard | None) -> None:
        self._job = None
        if card is None:
            self._show_nothing()
            return
        other = self.detail.card is None or self.detail.card.demo.id != card.demo.id
        self.detail.show_demo(card)
        self.show_record(True)
        self.listing.calendar.set_day(card.demo.day)
        if other:
            self.detail.to_top()

    def _show_nothing(self) -> None:
        self._demo = None
        self.detail.card = None
        self.show_record(False)

    # --- actions

    def _new(self) -> None:
        self.form.start()

    def _new_on(self, day: object) -> None:
        self.form.start(day=day if isinstance(day, date) else None)

    def _edit(self) -> None:
        if self.detail.card is not None:
            self.form.edit(self.detail.card.demo)

    def is_covered(self) -> bool:
        """Say whether a sheet lies over the page."""
        return any(not sheet.isHidden() for sheet in (self.form, self.newcomer, self.invitation, self.form.newcomer))

    def _focus_calendar(self) -> None:
        if self.is_covered():
            return
        self.sides.show_detail(False)
        self.listing.show_calendar()

    def _focus_guest(self) -> None:
        if self.is_covered():
            return
        self.detail.scroll_to(self.detail.guests.picker)
        self.detail.guests.picker.setFocus()

    def _save_calendar(self) -> None:
        """Save every demo from today on for telephones and other programs."""
        data = self._session.look(calendar_from, self._session.today(), self._session.now())
        save_calendar(self._session, self, data, _("Demos"))

    def _new_guest(self, name: str) -> None:
        card = self.detail.card
        if card is not None:
            self.newcomer.ask(name, demo_id=card.demo.id, met_at=demo_title(card))

    def _invite(self, person_id: object) -> None:
        if isinstance(person_id, UUID):
            self.detail.guests.invite(person_id)

    def _guest_added(self, _person_id: object) -> None:
        self.detail.guests.picker.set_person(None)
        self._focus_guest()

    def _order_here(self) -> None:
        self._new_order(None)

    def _new_order(self, person_id: object) -> None:
        person = person_id if isinstance(person_id, UUID) else None
        self._session.navigation.go("orders", None, new_view(person=person, demo=self._demo))

    def _go(self, page: str, key: object) -> None:
        self._session.navigation.go(page, str(key))

    def _delete(self) -> None:
        card = self.detail.card
        if card is not None and self._demo is not None and not self.is_covered():
            said = _("{demo} deleted").format(demo=demo_title(card))
            self._session.run(self, delete_demo, self._demo, done=self._deleted, said=said)

    def _deleted(self, _nothing: object) -> None:
        if self._demo is not None:
            self._session.navigation.forget(self.KEY, str(self._demo))

    def _saved(self, demo_id: object) -> None:
        if isinstance(demo_id, UUID):
            self.listing.refresh()
            if demo_id == self._demo:
                self._read()
            else:
                self._select(demo_id)
            self.listing.list.setFocus()

    # --- drafts

    def _offer_draft(self) -> None:
        if self._session.drafts.load(NEW_DRAFT) is None:
            return
        banner = Banner(_("You were about to book a demo."), "info", action=_("Continue"), on_action=self._resume)
        banner.closed.connect(self._forget_draft)
        self.listing.set_banner(banner)

    def _resume(self) -> None:
        self.listing.set_banner(None)
        self.form.resume()

    def _forget_draft(self) -> None:
        self._session.drafts.delete(NEW_DRAFT)
