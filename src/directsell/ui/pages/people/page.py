"""The People page: what stands in its parts and what happens between them. The parts are the other modules here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from directsell.domain.people import Channel
from directsell.i18n import _
from directsell.store.changes import ChangeSet
from directsell.store.queries.aliases import kept_id
from directsell.store.queries.messages import people_listed
from directsell.store.queries.people import PeopleFilter
from directsell.store.queries.person_card import HAPPENINGS, PersonCard, person_card
from directsell.ui.navigation import Route
from directsell.ui.pages.people.consent_sheet import ConsentSheet
from directsell.ui.pages.people.contact_sheet import ContactSheet
from directsell.ui.pages.people.detail import PersonDetail
from directsell.ui.pages.people.follow_ups import FollowUpSheet
from directsell.ui.pages.people.form import NEW_DRAFT, PersonSheet
from directsell.ui.pages.people.listing import PeopleListing
from directsell.ui.pages.people.prospecting import PersonProspecting
from directsell.ui.pages.people.records import PersonRecords
from directsell.ui.routes import is_new, new_view
from directsell.ui.session import Command, Session
from directsell.ui.tasks import Job
from directsell.ui.widgets.list_page import ListPage
from directsell.ui.widgets.states import Banner, EmptyState
from directsell.usecases.people import delete_contact, delete_person

if TYPE_CHECKING:
    from directsell.ui.widgets.writing import WriteSheet

_IN_LIST = (
    "person",
    "person_role",
    "person_tag",
    "reach_point",
    "address",
    "contact_entry",
    "sales_order",
    "payment",
    "follow_up",
)
_IN_CARD = (
    *_IN_LIST,
    "consent",
    "demo",
    "demo_guest",
    "issued_paper",
    "order_line",
    "setting",
    "wish",
    "objection",
    "relation",
    "profile_question",
    "profile_answer",
    "person_merge",
    "product",
    "withdrawal",
)


class PeoplePage(ListPage):
    """``PeoplePage(session)``: ``listing``, ``detail``, ``form``, ``contact``, ``follow_up``, ``consent``, ``records`` are its parts."""

    KEY = "people"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        text = _("Their orders, demos, calls and notes are shown here.")
        nobody = EmptyState("users", _("Choose a person"), text, action_icon=None)
        listing, detail = PeopleListing(session), PersonDetail(session)
        super().__init__(session, listing, detail, nobody, parent=parent)
        self.listing, self.detail = listing, detail
        self._person: UUID | None = None
        self._past = HAPPENINGS
        self._job: Job | None = None
        self._writing: WriteSheet | None = None
        self.form = PersonSheet(session, self)
        self.contact = ContactSheet(session, self)
        self.follow_up = FollowUpSheet(session, self)
        self.consent = ConsentSheet(session, self)
        self.records = PersonRecords(session, self, detail)
        self.prospecting = PersonProspecting(session, self)
        detail.add_beside(self.prospecting.qualification, detail.about)
        detail.add_beside(self.prospecting.objections, self.prospecting.qualification)
        self._connect()
        self._offer_draft()

    def _connect(self) -> None:
        listing, detail = self.listing, self.detail
        listing.chosen.connect(self._chosen)
        listing.opened.connect(self._opened)
        listing.new_wanted.connect(self.form.start)
        listing.delete_wanted.connect(self._delete)
        listing.list.menu_wanted.connect(self._open_menu)
        detail.call_wanted.connect(self._log_call)
        detail.write_wanted.connect(self._write)
        listing.write_wanted.connect(self._write_to_these)
        detail.note_wanted.connect(self._add_note)
        detail.order_wanted.connect(self._new_order)
        detail.demo_wanted.connect(self._new_demo)
        detail.edit_wanted.connect(self._edit)
        detail.consent_wanted.connect(self._ask_consent)
        detail.delete_wanted.connect(self._delete)
        detail.timeline.opened.connect(self._go)
        detail.timeline.older_wanted.connect(self._older)
        detail.timeline.remove_wanted.connect(self._remove_entry)
        detail.next_steps.plan_wanted.connect(self._plan)
        detail.next_steps.edit_wanted.connect(self._edit_follow_up)
        detail.timeline.group_chosen.connect(self._grouped)
        listing.duplicates_wanted.connect(self.records.duplicates.look)
        self.records.person_wanted.connect(self._open_person)
        self.records.gone.connect(self._erased)
        self.form.compare_wanted.connect(self.records.merge.compare)
        self.form.saved.connect(self._saved)
        self.form.open_wanted.connect(self._open_double)

    # --- contract of pages

    def show_route(self, route: Route) -> None:
        """Select the person of a route, or begin a new one."""
        if route.id is not None:
            # The id of a record that was merged leads to the one that stayed.
            self._select(self._session.look(kept_id, UUID(route.id)))
        elif is_new(route.view):
            self.form.start()
        elif route.view in set(PeopleFilter):
            self.listing.show_only(PeopleFilter(route.view))
        elif self._person is None and not self.sides.is_narrow:
            self.listing.list.select_first()

    def data_changed(self, changes: ChangeSet) -> None:
        """Read again what a commit touched; selection, scroll and typed text stay."""
        if changes.touches(*_IN_LIST):
            self.listing.refresh()
            self.listing.changed(None)
        if self._person is not None and changes.touches(*_IN_CARD):
            self._read()
        self.records.data_changed(changes)

    def commands(self) -> list[Command]:
        """Return what can be done here."""
        commands = [
            Command(_("New person"), self._new, "user-plus", "Ctrl+N"),
            Command(_("Filter people"), self.focus_search, "search", "Ctrl+F"),
            Command(_("Write to the people of this list"), self._write_to_these, "mail"),
        ]
        if self.detail.card is not None and self._person is not None:
            commands += [
                Command(_("Edit person"), self._edit, "pencil", "Ctrl+E"),
                Command(_("Log a call"), self._log_call, "phone", "Ctrl+Shift+C"),
                Command(_("Write to this person"), self._write, "mail", "Ctrl+Shift+M"),
                Command(_("Add note"), self._add_note, "notebook-pen", "Ctrl+Shift+N"),
                Command(_("Plan follow-up"), self._plan, "clock", "Ctrl+Shift+F"),
                Command(_("Finish the next follow-up"), self._finish, "check", "Ctrl+Shift+D"),
                Command(_("New order for this person"), self._new_order, "plus", "Ctrl+Shift+O"),
                Command(_("New demo with this person"), self._new_demo, "calendar-days", "Ctrl+Shift+B"),
                Command(_("Note a consent"), self._ask_consent, "shield-check"),
                Command(_("Delete person"), self._delete, "trash-2"),
            ]
            commands += self.prospecting.commands()
        return commands + self.records.commands()

    @property
    def writing(self) -> WriteSheet:
        """The sheet in which people are written to, made when it is first needed."""
        if self._writing is None:
            from directsell.ui.widgets.writing import WriteSheet  # not needed before somebody writes

            self._writing = WriteSheet(self._session, self)
        return self._writing

    def _write(self) -> None:
        card = self.detail.card
        if card is not None and not self.is_covered():
            self.writing.write_person(card.person.id, card.name)

    def _write_to_these(self) -> None:
        if not self.is_covered():
            self.writing.write_found(people_listed, self.listing.source().query, title=_("People of the list"))

    def settle(self) -> None:
        """Store what is half-typed."""
        self.form.settle()
        self.contact.settle()
        self.prospecting.settle()

    # --- the person shown

    def _chosen(self, key: object) -> None:
        if isinstance(key, UUID):
            self._show(key)
            self.note_route(key)
        else:
            self._show_nobody()

    def _opened(self, key: object) -> None:
        self._chosen(key)
        self.sides.show_detail(True)
        if self.sides.is_narrow:
            self.detail.back.setFocus()
        else:
            self.detail.call.setFocus()

    def _open_menu(self, _key: object, place: QPoint) -> None:
        self.detail.more_menu.popup(place)

    def _select(self, person_id: UUID) -> None:
        if person_id == self._person and self.listing.list.current_key() == person_id:
            return
        self.choose_key(person_id)
        self._show(person_id)
        self.sides.show_detail(True)

    def _show(self, person_id: UUID) -> None:
        if person_id == self._person:
            return
        self._person = person_id
        self._past = HAPPENINGS
        self.detail.timeline.reset()
        self._read()

    def _read(self) -> None:
        if self._job is not None:
            self._job.cancel()
        wanted: dict[str, Any] = {"happenings": self._past, "only": self.detail.timeline.group()}
        self._job = self._session.read(self, person_card, self._person, done=self._show_card, **wanted)

    def _show_card(self, card: PersonCard | None) -> None:
        self._job = None
        if card is None:
            self._show_nobody()
            return
        other = self.detail.card is None or self.detail.card.person.id != card.person.id
        self.detail.show_person(card)
        self.prospecting.show_person(card)
        self.show_record(True)
        if other:
            self.detail.to_top()

    def _show_nobody(self) -> None:
        self._person = None
        self.detail.card = None
        self.show_record(False)

    def _grouped(self) -> None:
        self._past = HAPPENINGS
        self._read()

    def _older(self) -> None:
        self._past += 100
        self._read()

    # --- actions

    def _new(self) -> None:
        self.form.start()

    def is_covered(self) -> bool:
        """Say whether a sheet lies over the page."""
        own = (self.form, self.contact, self.follow_up, self.consent, self._writing)
        return (
            self.records.is_open()
            or self.prospecting.is_open()
            or any(sheet is not None and not sheet.isHidden() for sheet in own)
        )

    def _edit(self) -> None:
        if self._person is not None:
            self.form.edit(self._person)

    def _log_call(self) -> None:
        card = self.detail.card
        if card is not None:
            self.contact.log(card.person.id, card.name)

    def _add_note(self) -> None:
        card = self.detail.card
        if card is not None:
            self.contact.log(card.person.id, card.name, Channel.NOTE)

    def _plan(self) -> None:
        card = self.detail.card
        if card is not None:
            self.follow_up.plan(card.person.id, card.name)

    def _edit_follow_up(self, follow_up: object) -> None:
        card = self.detail.card
        if card is not None:
            self.follow_up.edit(follow_up, card.name)  # type: ignore[arg-type]  # the signal carries a FollowUp

    def _finish(self) -> None:
        row = self.detail.next_steps.first_row()
        if row is not None and not self.is_covered():
            row.done.setFocus()
            row.done.click()

    def _ask_consent(self) -> None:
        card = self.detail.card
        if card is not None:
            self.consent.ask(card.person.id, card.name)

    def _new_order(self) -> None:
        self._session.navigation.go("orders", None, new_view(person=self._person))

    def _new_demo(self) -> None:
        self._session.navigation.go("demos", None, new_view(person=self._person))

    def _go(self, page: str, key: object) -> None:
        self._session.navigation.go(page, str(key))

    def _remove_entry(self, entry_id: object) -> None:
        self._session.run(self, delete_contact, entry_id, said=_("Entry deleted"))

    def _delete(self) -> None:
        card = self.detail.card
        if card is None or self._person is None or self.is_covered():
            return
        said = _("{name} deleted").format(name=card.name)
        self._session.run(self, delete_person, self._person, done=self._deleted, said=said)

    def _deleted(self, _nothing: object) -> None:
        if self._person is not None:
            self._session.navigation.forget(self.KEY, str(self._person))

    def _saved(self, person_id: object) -> None:
        if isinstance(person_id, UUID):
            self._wanted_after_save(person_id)

    def _wanted_after_save(self, person_id: UUID) -> None:
        self.listing.refresh()
        if person_id == self._person:
            self._read()
        else:
            self._select(person_id)
        self.listing.list.setFocus()

    def _open_person(self, person_id: object) -> None:
        if isinstance(person_id, UUID):
            self._session.navigation.go(self.KEY, str(person_id))

    def _erased(self, person_id: object) -> None:
        self._session.navigation.forget(self.KEY, str(person_id))

    def _open_double(self, person_id: object) -> None:
        """The number belongs to somebody already: go there; what was typed stays as a draft."""
        if isinstance(person_id, UUID):
            self.form.ask_close()
            if self.form.isHidden():
                self._select(person_id)

    # --- drafts

    def _offer_draft(self) -> None:
        draft = self._session.drafts.load(NEW_DRAFT)
        if draft is None:
            return
        name = " ".join(str(draft.body.get(part, "")) for part in ("given", "family")).strip()
        text = _("You were about to add {name}.").format(name=name) if name else _("You were about to add a person.")
        banner = Banner(text, "info", action=_("Continue"), on_action=self._resume)
        banner.closed.connect(self._forget_draft)
        self.listing.set_banner(banner)

    def _resume(self) -> None:
        self.listing.set_banner(None)
        self.form.resume()

    def _forget_draft(self) -> None:
        self._session.drafts.delete(NEW_DRAFT)
