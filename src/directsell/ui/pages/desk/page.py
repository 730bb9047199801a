"""The party desk: guests at the start, the slip in hand in the middle, the party at the end. It follows route and data."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from directsell.domain.invoicing import PaperKind
from directsell.domain.orders import Order
from directsell.domain.payments import PaymentMethod
from directsell.i18n import _
from directsell.store.changes import ChangeSet
from directsell.store.queries.orders import OrderView
from directsell.ui.navigation import Route
from directsell.ui.pages.desk.evening import Evening, read_evening
from directsell.ui.pages.desk.guests import GuestPane
from directsell.ui.pages.desk.newcomer import GuestSheet
from directsell.ui.pages.desk.people import PersonMenu
from directsell.ui.pages.desk.placed import PlacedPane, active_slips
from directsell.ui.pages.desk.slip import SlipEditor
from directsell.ui.pages.desk.slip_state import Slip
from directsell.ui.pages.desk.slips import SlipBook
from directsell.ui.pages.desk.tabs import SlipTabs, Tab
from directsell.ui.session import Command, Session
from directsell.ui.widgets.buttons import Button, IconButton
from directsell.ui.widgets.choosers import Segmented
from directsell.ui.widgets.labels import ElidedLabel, Role
from directsell.ui.widgets.order_form.issuing import Issuer
from directsell.ui.widgets.paper_dialog import show_paper
from directsell.ui.widgets.states import EmptyState
from directsell.usecases.parties import toggle_wish

_SHOWN = (
    "sales_order",
    "order_line",
    "payment",
    "issued_paper",
    "person",
    "reach_point",
    "demo",
    "demo_guest",
    "co_host",
    "wish",
    "host_programme",
)
_WIDE, _MIDDLE = 1080, 720
_GUESTS, _SLIP, _PARTY = "guests", "slip", "party"


class DeskPage(QWidget):
    """``DeskPage(session)``: the route's id is the demo. ``editor``, ``guests``, ``tabs``, ``placed``, ``party`` are its parts."""

    KEY = "desk"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.demo_id: UUID | None = None
        self.evening: Evening | None = None
        self.book = SlipBook(session)
        self.current: UUID | None = None
        self._again = False
        self._reading = False
        self._undone = False
        self._arrived: UUID | None = None
        self.people = PersonMenu(session, self)
        self._sheet: GuestSheet | None = None
        self.guests = GuestPane(session)
        self.tabs = SlipTabs()
        self.editor = SlipEditor(session)
        self.placed = PlacedPane(session)
        self._issuer = Issuer(session, self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        back = "arrow-right" if QApplication.isRightToLeft() else "arrow-left"
        self._back = IconButton(back, _("Leave the desk"), on_click=self.leave, size=40)
        self._title = ElidedLabel("", Role.HEADING)
        self._when = ElidedLabel("", Role.SMALL)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._when)
        self._chooser = Segmented(
            [(_GUESTS, _("Guests")), (_SLIP, _("Slip")), (_PARTY, _("Party"))], _SLIP, name=_("Part of the desk")
        )
        self._chooser.chosen.connect(self._arrange)
        self._new = Button(_("New guest"), "user-plus", on_click=self.new_guest)
        self._new.setToolTip(_("New guest (Ctrl+G)"))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._back)
        head.addLayout(words, 1)
        head.addWidget(self._chooser)
        head.addWidget(self._new)
        self._middle = QWidget()
        middle = QVBoxLayout(self._middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(8)
        middle.addWidget(self.tabs)
        self._stack = QStackedWidget()
        self._nobody = EmptyState(
            "receipt",
            _("Choose a guest"),
            _("Tap a name and type: code, words or page, Enter, quantity, Enter. Ctrl+S places the order."),
        )
        for widget in (self._nobody, self.editor, self.placed):
            self._stack.addWidget(widget)
        middle.addWidget(self._stack, 1)
        self._panes = QHBoxLayout()
        self._panes.setSpacing(16)
        self._panes.addWidget(self.guests)
        self._panes.addWidget(self._middle, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 14)
        outer.setSpacing(10)
        outer.addLayout(head)
        outer.addLayout(self._panes, 1)

    def _connect(self) -> None:
        self.guests.chosen.connect(self.open_person)
        self.guests.new_wanted.connect(self.new_guest)
        self.guests.menu_wanted.connect(self._show_menu)
        self.tabs.chosen.connect(self.open_slip)
        self.tabs.close_wanted.connect(self.put_away)
        self._issuer.issued.connect(self.show_paper)
        self.editor.changed.connect(self._typed)
        self.editor.placed.connect(self._placed)
        self.editor.wished.connect(self._wish)
        self.editor.menu_wanted.connect(self._menu_of_current)
        self.placed.slip_wanted.connect(self.open_slip)
        self.placed.paper_wanted.connect(self._paper)
        self.placed.pay_wanted.connect(self._pay)
        self.placed.change_wanted.connect(self._change)
        self.placed.wished.connect(self._wish)
        self.placed.order_wanted.connect(self._order_wish)
        self.placed.menu_wanted.connect(self._menu_of_current)

    # --- the page contract

    def show_route(self, route: Route) -> None:
        """Show the desk of a demo, with every slip that was being typed."""
        demo_id = _uuid(route.id)
        if demo_id is None:
            self._session.navigation.replace("demos")
            return
        if demo_id != self.demo_id:
            self.settle()
            self.demo_id = demo_id
            self.evening = None
            self.current = None
            self.book.open(demo_id)
            self._stack.setCurrentWidget(self._nobody)
            self._show_tabs()
        self.refresh()

    def data_changed(self, changes: ChangeSet) -> None:
        """Read the party anew, off the window's thread; what is typed stays."""
        if self.demo_id is not None and changes.touches(*_SHOWN):
            self._undone = self._undone or (changes.origin == "undo" and changes.touches("sales_order"))
            self.refresh()

    def commands(self) -> list[Command]:
        """Return what can be done here."""
        result = [
            Command(_("New guest"), self.new_guest, "user-plus", "Ctrl+G", words=_("arrival")),
            Command(_("Find a guest"), self._find, "search", "Ctrl+F"),
            Command(_("Next slip"), self.next_slip, "receipt", "Ctrl+Tab"),
            Command(_("Slip before"), self.previous_slip, "receipt", "Ctrl+Shift+Tab"),
            Command(_("Leave the desk"), self.leave, "log-out"),
        ]
        if self.is_typing:
            editor = self.editor
            result += [
                Command(_("Place order"), editor.place, "check", "Ctrl+S"),
                Command(_("Place & print"), editor.place_and_print, "printer", "Ctrl+P"),
                Command(_("Put this slip away"), self.put_away, "x", "Ctrl+W"),
                Command(_("Throw this slip away"), self.throw_away, "trash-2"),
                Command(_("Type goods"), editor.entry.focus, "scan-barcode", "F2"),
                Command(_("Interested in this product"), editor.entry.wish, "heart", "Ctrl+H"),
                Command(_("Paid in cash"), _Take(editor, PaymentMethod.CASH), "banknote", "F6"),
                Command(_("Paid by card"), _Take(editor, PaymentMethod.CARD), "credit-card", "F7"),
                Command(_("Paid by check"), _Take(editor, PaymentMethod.CHECK), "receipt", "F8"),
                Command(_("Paid by transfer"), _Take(editor, PaymentMethod.TRANSFER), "wallet", "F9"),
            ]
        elif self._stack.currentWidget() is self.placed:
            result += [
                Command(_("Print slip"), self._print_last, "printer", "Ctrl+P"),
                Command(_("Another slip"), self._another, "plus", "Ctrl+N"),
            ]
        return result

    def settle(self) -> None:
        """Keep what is half-typed; the window closes or locks."""
        self.editor.settle()
        self.tabs.settle()

    def undo_step(self) -> bool:
        """Take back the last step on the slip in hand; says whether there was one."""
        return self.is_typing and self.editor.undo_step()

    # --- the party

    @property
    def is_typing(self) -> bool:
        """A slip is in hand."""
        return self._stack.currentWidget() is self.editor and self.editor.slip is not None

    def refresh(self) -> None:
        """Read the party in a worker; one reading at a time."""
        if self._reading:
            self._again = True
            return
        self._reading = True
        self._session.read(self, read_evening, self.demo_id, done=self._read, failed=self._not_read)

    def _read(self, evening: Evening) -> None:
        self._reading = False
        if self._again or evening.party.demo.id != self.demo_id:
            self._again = False
            self.refresh()
            return
        self._show_evening(evening)

    def _not_read(self, error: Exception) -> None:
        self._reading = self._again = False
        self._session.complain(error)

    def _show_evening(self, evening: Evening) -> None:
        self.evening = evening
        demo, language = evening.party.demo, self._session.language
        host = next((sitter.name for sitter in evening.sitters if sitter.hosts), "")
        title = demo.title or host or _("Demo")
        self._title.setText(title)
        self.setAccessibleName(_("Party desk: {title}").format(title=title))
        when = [language.date(demo.day, "full"), *([language.time(demo.starts)] if demo.starts else [])]
        self._when.setText(" · ".join([*when, *([host] if host and host not in title else [])]))
        self.editor.charges = evening.charges
        self._reopen_undone(evening)
        self.guests.show_evening(evening, self.book.typing())
        self._show_tabs()
        self._show_person()
        if self._arrived is not None and evening.sitter(self._arrived) is not None:
            self.guests.select(self._arrived)
            self._arrived = None

    def _reopen_undone(self, evening: Evening) -> None:
        """An order that was placed here and taken back becomes a slip again, as it was typed."""
        undone, self._undone = self._undone, False
        person_id = self.book.take_back({view.order.id for view in evening.party.orders}) if undone else None
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
        elif self._stack.currentWidget() is self.placed:
            self.placed.show_sitter(sitter, wishes)

    # --- slips

    def open_person(self, person_id: object) -> None:
        """Show somebody's slip: the one being typed, else what is placed, else a new one."""
        if not isinstance(person_id, UUID) or self.evening is None:
            return
        sitter = self.evening.sitter(person_id)
        if sitter is not None and sitter.orders and person_id not in self.book.typing():
            self._show_placed(person_id)
        else:
            self.open_slip(person_id)

    def open_slip(self, person_id: object) -> None:
        """Take the slip of somebody in hand, a new one if there is none."""
        evening = self.evening
        if not isinstance(person_id, UUID) or evening is None or self.editor.busy:
            return
        sitter = evening.sitter(person_id)
        if sitter is None:
            return
        slip = self.book.slip(sitter, evening)
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

    def _hold(self, person_id: UUID, widget: QWidget) -> None:
        self.current = person_id
        self._stack.setCurrentWidget(widget)
        self._chooser.set_value(_SLIP)
        self._arrange()
        self.guests.select(person_id)
        self._show_tabs()

    def next_slip(self) -> None:
        """Take the next open slip in hand."""
        self._turn(1)

    def previous_slip(self) -> None:
        """Take the open slip before in hand."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        keys = self.book.open_keys()
        if keys:
            place = keys.index(self.current) if self.current in keys else -1 if step > 0 else 0
            self.open_slip(keys[(place + step) % len(keys)])

    def put_away(self) -> None:
        """Put the slip in hand away; what is typed on it stays kept."""
        if self.is_typing and self.current is not None:
            self.editor.settle()
            self._leave_slip(self.book.put_away(self.current))

    def throw_away(self) -> None:
        """Forget what is typed on the slip in hand."""
        if self.is_typing and self.current is not None:
            self.editor.forget_draft()
            self._leave_slip(self.book.drop(self.current))

    def _leave_slip(self, following: UUID | None) -> None:
        self.editor.slip = None
        self.current = None
        self._stack.setCurrentWidget(self._nobody)
        if following is not None:
            self.open_slip(following)
        else:
            self.guests.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_tabs()

    def _typed(self) -> None:
        self._show_tabs()

    def _show_tabs(self) -> None:
        tabs = []
        for slip in self.book.open_slips():
            totals, _error = slip.working.safe_totals()
            amount = "" if totals is None else self._session.language.money(totals.total, totals.currency)
            held = slip.person_id == self.current and self.is_typing
            tabs.append(Tab(slip.person_id, slip.name, amount, held, bool(amount)))
        self.tabs.show_tabs(tabs)
        self.tabs.setVisible(bool(tabs))
        self.guests.show_typing(self.book.typing())

    def _placed(self, slip: object, order: object, print_slip: bool) -> None:
        if not isinstance(slip, Slip) or not isinstance(order, Order):
            return
        self.book.placed(slip, order)
        if self.current == slip.person_id:
            self.editor.slip = None
            self._stack.setCurrentWidget(self.placed)
            if self.evening is not None and (sitter := self.evening.sitter(slip.person_id)) is not None:
                self.placed.show_sitter(sitter, self.evening.wishes.get(sitter.id, ()))
            self.placed.another.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_tabs()
        if print_slip:
            self._issue(order.id)

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

    def _guest_made(self, person_id: object) -> None:
        if isinstance(person_id, UUID):
            self.guests.search.clear()
            self._arrived = person_id
            self.guests.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.refresh()

    def _find(self) -> None:
        self._chooser.set_value(_GUESTS)
        self._arrange()
        self.guests.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.guests.search.selectAll()

    def _another(self) -> None:
        if self.current is not None:
            self.open_slip(self.current)

    def _wish(self, product_id: object) -> None:
        if isinstance(product_id, UUID) and self.current is not None:
            self._session.run(self, toggle_wish, self.current, product_id, demo_id=self.demo_id)

    def _order_wish(self, product_id: object) -> None:
        if self.current is not None:
            self.open_slip(self.current)
            self.editor.add_product(product_id)

    def _paper(self, view: object) -> None:
        if not isinstance(view, OrderView):
            return
        slips = active_slips(view)
        if slips:
            self.show_paper(slips[0].id)
        else:
            self._issue(view.order.id)

    def _print_last(self) -> None:
        self._paper(self.placed.last())

    def _issue(self, order_id: UUID) -> None:
        self._issuer.issue(order_id, PaperKind.ORDER_SLIP)

    def show_paper(self, paper_id: UUID) -> None:
        """Show an issued paper."""
        show_paper(self._session, self, paper_id)

    def _pay(self, view: object) -> None:
        if isinstance(view, OrderView):
            self._session.navigation.go("orders", str(view.order.id), "pay")

    def _change(self, view: object) -> None:
        """Type on a placed order again; one with a paper is corrected on the orders page."""
        if not isinstance(view, OrderView) or self.evening is None or self.current is None:
            return
        if active_slips(view):
            self._session.navigation.go("orders", str(view.order.id), "edit")
            return
        self.book.reopen(view, self.evening)
        self.open_slip(self.current)

    def _menu_of_current(self, place: QPoint) -> None:
        if self.current is not None:
            self._show_menu(self.current, place)

    def _show_menu(self, person_id: object, place: QPoint) -> None:
        sitter = self.evening.sitter(person_id) if self.evening is not None and isinstance(person_id, UUID) else None
        if sitter is None or self.evening is None:
            return
        typing = self.is_typing and sitter.id == self.current
        own = [(_("Put this slip away"), "x", self.put_away), (_("Throw this slip away"), "trash-2", self.throw_away)]
        self.people.popup(sitter, self.evening, place, own if typing else [])

    # --- layout

    def _arrange(self, _part: str = "") -> None:
        """Three columns, two, or one of them, as the window has room."""
        width = self.width()
        part = self._chooser.value()
        wide, middle = width >= _WIDE, width >= _MIDDLE
        self._chooser.setVisible(not wide)
        self._new.set_icon_only(not wide)
        self.guests.setVisible(wide or middle or part == _GUESTS)
        self._middle.setVisible(wide or part == _SLIP or (middle and part == _GUESTS))
        self.guests.setFixedWidth(248) if middle else self.guests.setMaximumWidth(16_777_215)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


class _Take:
    """Takes money in one way."""

    def __init__(self, editor: SlipEditor, method: PaymentMethod) -> None:
        self._editor = editor
        self._method = method

    def __call__(self) -> None:
        self._editor.take(self._method)


def _uuid(text: str | None) -> UUID | None:
    try:
        return None if text is None else UUID(text)
    except ValueError:
        return None
