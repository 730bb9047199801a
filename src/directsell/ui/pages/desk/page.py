"""The party desk: guests at the start, the slip in hand in the middle, the party at the end. It follows route and data."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.domain.orders import Order, OrderKind
from directsell.i18n import _
from directsell.store.changes import ChangeSet
from directsell.store.queries.orders import OrderView
from directsell.ui.navigation import Route
from directsell.ui.pages.desk.closing import DeskClosing
from directsell.ui.pages.desk.errands import Errands
from directsell.ui.pages.desk.evening import Evening, title_of
from directsell.ui.pages.desk.frame import GUESTS, SLIP, DeskFrame
from directsell.ui.pages.desk.guests import GuestPane
from directsell.ui.pages.desk.keys import desk_commands
from directsell.ui.pages.desk.middle import DeskMiddle
from directsell.ui.pages.desk.newcomer import GuestSheet
from directsell.ui.pages.desk.party import PartyPane
from directsell.ui.pages.desk.people import Entry, PersonMenu
from directsell.ui.pages.desk.placed import PlacedPane, active_slips
from directsell.ui.pages.desk.reading import TABLES, PartyReader
from directsell.ui.pages.desk.redeeming import Redeeming
from directsell.ui.pages.desk.slip import SlipEditor
from directsell.ui.pages.desk.slip_state import Slip
from directsell.ui.pages.desk.slips import SlipBook
from directsell.ui.pages.desk.tabs import SlipTabs, Tab
from directsell.ui.routes import REDEEM, id_of
from directsell.ui.session import Command, Session
from directsell.usecases.parties import toggle_wish


class DeskPage(DeskMiddle):
    """``DeskPage(session)``: the route's id is the demo. ``editor``, ``guests``, ``tabs``, ``placed``, ``party`` are its parts."""

    KEY = "desk"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.demo_id: UUID | None = None
        self.evening: Evening | None = None
        self.slips = SlipBook(session)
        self.current: UUID | None = None
        self._reader = PartyReader(session, self)
        self.errands = Errands(session, self)
        self._undone = False
        self._arrived: UUID | None = None
        self.people = PersonMenu(session, self)
        self._sheet: GuestSheet | None = None
        self.guests = GuestPane(session)
        self.tabs = SlipTabs()
        self.editor = SlipEditor(session)
        self.placed = PlacedPane(session)
        self.party = PartyPane(session)
        self.redeeming = Redeeming(session, self, self)
        self.closing = DeskClosing(session, self, self)
        self.frame = DeskFrame(self.guests, self.tabs, self.editor, self.placed, self.party)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.frame)
        self._connect()

    def _connect(self) -> None:
        self.frame.left.connect(self.leave)
        self.frame.new_wanted.connect(self.new_guest)
        self.frame.close_wanted.connect(self.closing.ask)
        self.guests.chosen.connect(self.open_person)
        self.guests.new_wanted.connect(self.new_guest)
        self.guests.menu_wanted.connect(self._show_menu)
        self.tabs.chosen.connect(self.open_slip)
        self.tabs.close_wanted.connect(self.put_away)
        self._reader.arrived.connect(self._read)
        self.editor.changed.connect(self._typed)
        self.editor.placed.connect(self._placed)
        self.editor.wished.connect(self._wish)
        self.editor.menu_wanted.connect(self._menu_of_current)
        self.party.why_wanted.connect(self.explain)
        self.party.redeem_wanted.connect(self.redeem)
        self.party.plan_wanted.connect(self.edit_plan)
        self.party.book_wanted.connect(self.book)
        self.party.opened.connect(self.errands.open_demo)
        self.party.programme_chosen.connect(self.errands.choose_programme)
        self.party.sample_chosen.connect(self.errands.start_sample)
        self.placed.slip_wanted.connect(self.open_slip)
        self.placed.paper_wanted.connect(self.errands.paper)
        self.placed.pay_wanted.connect(self.errands.pay)
        self.placed.change_wanted.connect(self._change)
        self.placed.sign_wanted.connect(self.errands.sign)
        self.placed.wished.connect(self._wish)
        self.placed.order_wanted.connect(self._order_wish)
        self.placed.menu_wanted.connect(self._menu_of_current)

    # --- the page contract

    def show_route(self, route: Route) -> None:
        """Show the desk of a demo, with every slip that was being typed."""
        demo_id = id_of(route.id)
        if demo_id is None:
            self._session.navigation.replace("demos")
            return
        if demo_id != self.demo_id:
            self.settle()
            self.demo_id = demo_id
            self.evening = None
            self.current = None
            self._reader.open(demo_id)
            self.errands.demo_id = demo_id
            self.slips.open(demo_id)
            self.redeeming.open_demo(demo_id)
            self.frame.hold(None)
            self.frame.show_part(SLIP if self.slips.open_keys() else GUESTS)
            self._show_tabs()
            self.guests.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if route.view == REDEEM:
            self.redeeming.want()
        self.refresh()

    def data_changed(self, changes: ChangeSet) -> None:
        """Read the party anew, off the window's thread; what is typed stays."""
        if self.demo_id is not None and changes.touches(*TABLES):
            self._undone = self._undone or (changes.origin == "undo" and changes.touches("sales_order"))
            self.refresh()

    def commands(self) -> list[Command]:
        """Return what can be done here."""
        return [*desk_commands(self), *(self.redeeming.commands() if self.is_redeeming else ())]

    def settle(self) -> None:
        """Keep what is half-typed; the window closes or locks."""
        self.editor.settle()
        self.redeeming.settle()
        self.people.settle()
        if self._sheet is not None:
            self._sheet.settle()
        self.tabs.settle()
        self._reader.settle()

    # --- the party

    def typing_done(self) -> None:
        """What was typed is finished: the party is read without a pause."""
        self._reader.typing_done()

    def refresh(self) -> None:
        """Read the party again."""
        self._reader.refresh()

    def _read(self, evening: object) -> None:
        if isinstance(evening, Evening):
            self._show_evening(evening)

    def _show_evening(self, evening: Evening) -> None:
        self.evening = evening
        title, when = title_of(evening, self._session.language)
        self.setAccessibleName(_("Party desk: {title}").format(title=title))
        self.frame.show_title(title, when)
        self.editor.charges = evening.charges
        undone = self._undone
        self._undone = undone and self._reader.is_behind
        self._follow_done_again(evening)
        self._reopen_undone(evening, undone)
        self.redeeming.show_evening(evening, undone=undone)
        self.guests.show_evening(evening, self.half_typed())
        self.party.show_evening(evening)
        self.party.reward.show_waiting(bool(self.redeeming.book.typing()))
        self._show_tabs()
        self._show_person()
        if self._arrived is not None and evening.sitter(self._arrived) is not None:
            self.guests.select(self._arrived)
            self._arrived = None

    def _reopen_undone(self, evening: Evening, undone: bool) -> None:
        """An order that was placed here and taken back becomes a slip again, as it was typed."""
        person_id = self.slips.take_back({view.order.id for view in evening.party.orders}) if undone else None
        if person_id is not None:
            self.open_slip(person_id)

    def _show_person(self) -> None:
        """Show what became of the person in hand."""
        evening = self.evening
        sitter = evening.sitter(self.current) if evening is not None else None
        if evening is None or sitter is None:
            return
        wishes = evening.wishes.get(sitter.id, ())
        if self.is_typing:
            self.editor.top.show_sitter(sitter)
            self.editor.wishes.show_wishes(wishes)
            if self.editor.slip is not None and self.slips.changed_elsewhere(self.editor.slip, evening):
                self.editor.show_changed_elsewhere()
        elif self.is_placed:
            self.placed.show_sitter(sitter, wishes)

    # --- slips

    def open_person(self, person_id: object) -> None:
        """Show somebody's slip: the one being typed, else what is placed, else a new one."""
        if not isinstance(person_id, UUID) or self.evening is None:
            return
        sitter = self.evening.sitter(person_id)
        if person_id in self.redeeming.book.typing() - self.slips.typing():
            self.redeem(person_id)
        elif sitter is not None and sitter.orders and person_id not in self.slips.typing():
            self._show_placed(person_id)
        else:
            self.open_slip(person_id)

    def open_slip(self, person_id: object) -> None:
        """Take the slip of somebody in hand, a new one if there is none."""
        evening = self.evening
        if not isinstance(person_id, UUID) or evening is None or self.editor.busy:
            return
        sitter = evening.sitter(person_id)
        slip = self.slips.waiting_of(person_id) if sitter is None else self.slips.slip(sitter, evening)
        if slip is None:
            return
        if slip is not self.editor.slip or not self.is_typing:
            self.editor.load(slip, sitter, evening.wishes.get(person_id, ()))
        self._hold(person_id, self.editor)
        self.editor.focus()

    def _show_placed(self, person_id: UUID) -> None:
        sitter = self.evening.sitter(person_id) if self.evening is not None else None
        if sitter is None or self.evening is None:
            return
        self.editor.settle()
        self.placed.show_sitter(sitter, self.evening.wishes.get(person_id, ()))
        self._hold(person_id, self.placed)
        self.placed.another.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """Put the slip in hand away; what is typed on it stays kept."""
        if self.is_typing and self.current is not None:
            self.editor.settle()
            self._leave_slip(self.slips.put_away(self.current))

    def throw_away(self) -> None:
        """Forget what is typed on the slip in hand."""
        slip = self.editor.slip
        if self.is_typing and self.current is not None and slip is not None:
            self.editor.forget_draft()
            self._leave_slip(self.slips.drop(self.current))
            if self.slips.thrown_last:
                words = _("The slip of {name} is thrown away. Ctrl+Z brings it back.")
                self._session.say(words.format(name=slip.name))

    def _leave_slip(self, following: UUID | None) -> None:
        self.editor.slip = None
        self.current = None
        self.frame.hold(None)
        if following is not None:
            self.open_slip(following)
        else:
            self.frame.show_part(GUESTS)
            self.guests.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_tabs()

    def _typed(self) -> None:
        self.slips.thrown_last = False
        self._reader.key_typed()
        self._show_tabs()

    def _show_tabs(self) -> None:
        held = self.current if self.is_typing else None
        tabs = [
            Tab(slip.person_id, slip.name, self._amount(slip), slip.person_id == held)
            for slip in self.slips.open_slips()
        ]
        self.tabs.show_tabs(tabs)
        self.tabs.setVisible(bool(tabs))
        self.guests.show_typing(self.half_typed())

    def _amount(self, slip: Slip) -> str:
        """Return what a slip comes to; only the one in hand can have changed since it was last asked."""
        if slip.amount is None or slip is self.editor.slip:
            totals, _error = slip.working.safe_totals()
            slip.amount = "" if totals is None else self._session.language.money(totals.total, totals.currency)
        return slip.amount

    def _placed(self, slip: object, order: object, then: str) -> None:
        if not isinstance(slip, Slip) or not isinstance(order, Order):
            return
        self.slips.placed(slip, order)
        self._reader.typing_done()
        if self.current == slip.person_id:
            self.editor.slip = None
            self.frame.hold(self.placed)
            if self.evening is not None and (sitter := self.evening.sitter(slip.person_id)) is not None:
                self.placed.show_sitter(sitter, self.evening.wishes.get(sitter.id, ()))
            self.placed.another.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_tabs()
        self.errands.go_on(order.id, then)

    # --- what else the user does

    def leave(self) -> None:
        """Go back to the demo."""
        self.settle()
        self._session.navigation.go("demos", None if self.demo_id is None else str(self.demo_id))

    def new_guest(self) -> None:
        """Ask for name, phone and consent of somebody who just came."""
        if self.demo_id is None:
            return
        if self._sheet is None:
            self._sheet = GuestSheet(self._session, self)
            self._sheet.saved.connect(self._guest_made)
        self._sheet.ask(self.demo_id)

    def explain(self) -> None:
        """Say why the host gets what she gets."""
        if self.evening is not None:
            self.errands.explain(self.evening)

    def book(self) -> None:
        """Book the next demo, with the person in hand as its host."""
        if self.evening is not None:
            self.people.booking.ask(self.evening, self.current)

    def take_slip(self) -> None:
        """Take up the door-prize slip of the person in hand."""
        sitter = self.evening.sitter(self.current) if self.evening is not None else None
        if sitter is not None and self.evening is not None:
            self.people.fill(sitter, self.evening)
            self.people.take_slip()

    def _guest_made(self, person_id: object) -> None:
        if isinstance(person_id, UUID):
            self.guests.search.clear()
            self._arrived = person_id
            self.guests.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.refresh()

    def find_guest(self) -> None:
        """Type the name of a guest."""
        self.frame.show_part(GUESTS)
        self.guests.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.guests.search.selectAll()

    def another_slip(self) -> None:
        """Begin another slip for the person in hand."""
        if self.current is not None:
            self.open_slip(self.current)

    def _wish(self, product_id: object) -> None:
        if isinstance(product_id, UUID) and self.current is not None:
            self._reader.typing_done()
            self._session.run(self, toggle_wish, self.current, product_id, demo_id=self.demo_id)

    def _order_wish(self, product_id: object) -> None:
        if self.current is not None:
            self.open_slip(self.current)
            self.editor.add_product(product_id)

    def print_last(self) -> None:
        """Print the slip of the latest order of the person in hand."""
        self.errands.paper(self.placed.last())

    def _change(self, view: object) -> None:
        """Type on a placed order again; where it has a paper, or another slip is being typed, on the orders page."""
        if not isinstance(view, OrderView) or self.evening is None or self.current is None:
            return
        if active_slips(view) or self.current in self.slips.typing():
            self.errands.correct(view)
            return
        if view.order.kind is OrderKind.HOST:
            self.redeeming.again(view, self.evening)
            return
        self.slips.reopen(view, self.evening)
        self.open_slip(self.current)

    def _menu_of_current(self, place: QPoint) -> None:
        if self.current is not None:
            self._show_menu(self.current, place)

    def _show_menu(self, person_id: object, place: QPoint) -> None:
        sitter = self.evening.sitter(person_id) if self.evening is not None and isinstance(person_id, UUID) else None
        if sitter is None or self.evening is None:
            return
        own: list[Entry] = []
        if self.is_typing and sitter.id == self.current:
            own = [(_("Placed orders"), "receipt", self._see_placed)] if sitter.orders else []
            own += [(_("Put this slip away"), "x", self.put_away)]
            own += [(_("Throw this slip away"), "trash-2", self.throw_away)]
        self.people.popup(sitter, self.evening, place, own)

    def _see_placed(self) -> None:
        """Show what the person in hand has ordered already; the slip stays open."""
        if self.current is not None:
            self._show_placed(self.current)
