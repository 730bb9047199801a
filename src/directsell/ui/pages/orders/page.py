"""The Orders page: list and detail, or the form; it follows the route and the data. No fields of its own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from directsell.domain.errors import DomainError
from directsell.domain.invoicing import PaperKind
from directsell.domain.orders import Order, OrderLine, OrderState
from directsell.domain.payments import PaymentMethod
from directsell.i18n import _
from directsell.store.changes import ChangeSet
from directsell.store.queries.order_lists import OrderFilter
from directsell.store.queries.orders import OrderView, blank_order, copy_of, order_view
from directsell.store.queries.papers import active_papers
from directsell.store.queries.people import person_name
from directsell.store.queries.products import product_row
from directsell.ui.navigation import Route
from directsell.ui.pages.orders.detail import OrderDetail
from directsell.ui.pages.orders.form import OrderEditor
from directsell.ui.pages.orders.listing import OrderListing
from directsell.ui.routes import is_new, is_quote, new_view, parse_view, quote_view
from directsell.ui.session import Command, Session
from directsell.ui.widgets.new_person import NewPersonSheet
from directsell.ui.widgets.order_form.keeping import Kept, kept_orders
from directsell.ui.widgets.order_form.working import Working
from directsell.ui.widgets.sides import TableDetail

_SHOWN = ("sales_order", "order_line", "payment", "issued_paper", "signature", "withdrawal", "person", "demo")
_EDIT, _COPY = "edit", "copy"


class OrdersPage(QWidget):
    """``OrdersPage(session)``. Views of a route: ``new ...`` (see ui.routes), ``edit``, ``copy``, ``deliver``, ``pay``, or a
    filter of the list (``unpaid``, ``to_deliver`` ...).
    """

    KEY = "orders"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("page")
        self._stack = QStackedLayout(self)
        self.listing = OrderListing(session)
        self.detail = OrderDetail(session)
        self._editor: OrderEditor | None = None
        self._both = TableDetail(self.listing, self.detail)
        self._stack.addWidget(self._both)
        self._newcomer: NewPersonSheet | None = None
        self._offered: Kept | None = None
        self._loaded: tuple[Order, tuple[OrderLine, ...]] | None = None
        self._connect()
        self._offer_half_typed()

    def _connect(self) -> None:
        self.listing.chosen.connect(self._chosen)
        self.listing.opened.connect(self._opened)
        self.listing.tapped.connect(self._both.tap)
        self.listing.new_wanted.connect(self.new_order)
        self.listing.delete_wanted.connect(self._delete)
        self.listing.continue_wanted.connect(self._continue)
        self._both.narrow_changed.connect(self.detail.show_back)
        self.detail.back_clicked.connect(self._to_list)
        self.detail.card_closed.connect(self._card_closed)
        operations = self.detail.operations
        operations.edit_wanted.connect(self._edit)
        operations.copy_wanted.connect(self._copy)

    @property
    def editor(self) -> OrderEditor:
        """The form, made when it is first needed: the list must not wait for it."""
        if self._editor is None:
            editor = self._editor = OrderEditor(self._session)
            self._stack.addWidget(editor)
            editor.saved.connect(self._saved)
            editor.closed.connect(self._leave_form)
            editor.discarded.connect(self._leave_form)
            editor.draft_gone.connect(self._offer_half_typed)
            editor.start_anew.connect(self._start_anew)
            editor.create_person.connect(self._create_person)
        return self._editor

    @property
    def newcomer(self) -> NewPersonSheet:
        """The sheet for somebody met just now."""
        if self._newcomer is None:
            self._newcomer = NewPersonSheet(self._session, self)
            self._newcomer.saved.connect(self._person_made)
            self._newcomer.existing_chosen.connect(self._person_made)
        return self._newcomer

    @property
    def is_typing(self) -> bool:
        """The form is on the screen."""
        return self._editor is not None and self._stack.currentWidget() is self._editor

    # --- the page contract

    def show_route(self, route: Route) -> None:
        """Show the list, an order, or the form."""
        order_id = _uuid(route.id)
        if is_new(route.view):
            self._show_new(parse_view(route.view), quote=is_quote(route.view))
        elif route.view == _EDIT and order_id is not None:
            self._show_edit(order_id)
        elif route.view == _COPY and order_id is not None:
            self._show_copy(order_id)
        else:
            self._show_list(order_id, route.view or "")

    def data_changed(self, changes: ChangeSet) -> None:
        """Refresh what a commit touched; what is typed stays."""
        if not changes.touches(*_SHOWN):
            return
        if "sales_order" in changes.tables:
            self.listing.refresh()
        others = changes.touches("order_line", "payment", "issued_paper", "person", "demo")
        self.listing.changed(None if others else changes.tables.get("sales_order"))
        if self.is_typing and changes.touches("sales_order", "order_line", "payment"):
            self._form_changed()
        self.detail.refresh()

    def commands(self) -> list[Command]:
        """Return what can be done here."""
        if self.is_typing:
            editor = self.editor
            return [
                *editor.commands(),
                Command(_("Type goods"), editor.entry.focus, "scan-barcode", "F2"),
                Command(_("Paid in cash"), _Take(editor, PaymentMethod.CASH), "banknote", "F6"),
                Command(_("Paid by card"), _Take(editor, PaymentMethod.CARD), "credit-card", "F7"),
                Command(_("Paid by check"), _Take(editor, PaymentMethod.CHECK), "receipt", "F8"),
                Command(_("New order"), self.new_order, "plus", "Ctrl+N"),
            ]
        result = [
            Command(_("New order"), self.new_order, "plus", "Ctrl+N", words=_("sell, slip")),
            Command(_("New quote"), self.new_quote, "file-text", "Ctrl+Shift+Q", words=_("offer, price, terms")),
            Command(_("Search orders"), self._search, "search", "Ctrl+F"),
        ]
        if self.detail.view is not None:
            if self.detail.signature.can_sign():
                result.append(Command(_("Sign"), self.detail.signature.sign, "signature", "F4"))
            operations = self.detail.operations
            keys = {"pencil": "Ctrl+E", "package-check": "Ctrl+D", "banknote": "Ctrl+B", "printer": "Ctrl+P"}
            result += [Command(text, run, icon, keys.pop(icon, "")) for text, icon, run in operations.steps()]
            result += [Command(text, run, icon) for text, icon, run, _danger in operations.more()]
        return result

    def settle(self) -> None:
        """Keep what is half-typed; the window closes or locks."""
        if self._editor is not None:
            self._editor.settle()

    # --- places

    def new_order(self) -> None:
        """Start a new order; one that is half-typed is offered first."""
        if self.is_typing:
            self.editor.settle()
            self._open(self._blank({}))
            return
        self._session.navigation.go(self.KEY, None, new_view())

    def new_quote(self) -> None:
        """Start a new quote."""
        self._session.navigation.go(self.KEY, None, quote_view())

    def _show_list(self, order_id: UUID | None, view: str) -> None:
        self.settle()
        self._stack.setCurrentWidget(self._both)
        self._offer_half_typed()
        if view in set(OrderFilter):
            self.listing.set_filter(OrderFilter(view))
        if order_id is None:
            self._both.show_detail(False)
            return
        self.detail.show_order(order_id)
        self._select(order_id)
        self._both.show_detail(True)
        steps = {"deliver": self.detail.operations.ask_delivery, "pay": self.detail.operations.ask_payment}
        if view in steps:
            steps[view]()

    def _select(self, order_id: UUID) -> None:
        """Choose an order in the list; a new one is read first, and one that a filter hides takes the filter off."""
        listing = self.listing
        if listing.list.select_key(order_id):
            return
        listing.refresh()
        if not listing.list.select_key(order_id):
            listing.show_all()
            listing.list.select_key(order_id)

    def _show_new(self, about: dict[str, UUID], *, quote: bool = False) -> None:
        kept = self._kept_for(about, quote=quote)
        if kept is not None:
            at = self._session.language.time(kept.saved_at.astimezone())
            self._open(kept.working, restored=at)
            return
        working = self._blank(about)
        if quote:
            working.order = replace(working.order, state=OrderState.QUOTED)
        self._open(working)
        product_id = about.get("product")
        if product_id is not None and self.editor.working is not None:
            order = self.editor.working.order
            row = self._session.look(product_row, product_id, order.currency, order.ordered_on)
            if row is not None:
                self.editor.goods.add_product(row, Decimal(1))

    def _blank(self, about: dict[str, UUID]) -> Working:
        session = self._session
        order = session.look(
            blank_order,
            session.new_id(),
            now=session.now(),
            today=session.today(),
            person_id=about.get("person"),
            demo_id=about.get("demo"),
        )
        return Working(order)

    def _show_edit(self, order_id: UUID) -> None:
        try:
            view = self._session.look(order_view, order_id)
        except DomainError as error:  # deleted meanwhile
            self._session.complain(error)
            self._show_list(None, "")
            return
        if self._session.look(active_papers, order_id):
            self._show_list(order_id, "")
            self.detail.operations.ask_correction()
            return
        kept = next((kept for kept in kept_orders(self._session) if kept.working.order.id == order_id), None)
        if kept is None:
            self._open_stored(view)
            return
        kept.working.paid = view.paid
        self._loaded = (view.order, view.lines)
        self._open(kept.working, restored=self._session.language.time(kept.saved_at.astimezone()))

    def _show_copy(self, order_id: UUID) -> None:
        session = self._session
        order, lines = session.look(copy_of, order_id, session.new_id, now=session.now(), today=session.today())
        self._open(Working(order, list(lines)))
        self.editor.mark_typed()

    def _open(self, working: Working, *, restored: str = "") -> None:
        self._stack.setCurrentWidget(self.editor)
        self.editor.load(working, restored=restored)
        self.editor.focus_first()

    def _kept_for(self, about: dict[str, UUID], *, quote: bool) -> Kept | None:
        """Return the half-typed new order that fits what the new one is about."""
        for kept in kept_orders(self._session):
            order = kept.working.order
            known = {"draft": order.id, "person": order.person_id, "demo": order.demo_id}
            fits = "draft" in about or not quote or order.state is OrderState.QUOTED
            if not kept.working.stored and fits and all(known.get(name) == value for name, value in about.items()):
                return kept
        return None

    # --- what happens

    def _chosen(self, key: object) -> None:
        # An order that leaves the filter (delivered, paid) stays beside the list: it is still being worked on.
        if isinstance(key, UUID) and self._stack.currentWidget() is self._both:
            self.detail.show_order(key)
            with self._both.held():  # keys walk through the list of a narrow window
                self._session.navigation.replace(self.KEY, str(key))

    def _opened(self, key: object) -> None:
        if not isinstance(key, UUID):
            return
        if self._both.is_narrow:
            self._both.show_detail(True)
        elif self.detail.view is not None:
            self.detail.operations.edit()

    def _to_list(self) -> None:
        self._both.show_detail(False)
        self.listing.list.setFocus()

    def _card_closed(self) -> None:
        """Go on in the list after a question was answered: Qt would put the keys just anywhere."""
        held = QApplication.focusWidget()
        if not self._both.is_narrow and self.isVisible() and not (held is not None and self.listing.isAncestorOf(held)):
            self.listing.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _search(self) -> None:
        self.listing.search.setFocus()
        self.listing.search.selectAll()

    def _delete(self) -> None:
        for _text, _icon, run, danger in self.detail.operations.more():
            if danger:
                run()

    def _edit(self, order_id: object) -> None:
        self._session.navigation.go(self.KEY, str(order_id), _EDIT)

    def _copy(self, order_id: object) -> None:
        self._session.navigation.go(self.KEY, str(order_id), _COPY)

    def _saved(self, order: object, print_slip: bool) -> None:
        if not isinstance(order, Order):
            return
        self._session.navigation.replace(self.KEY, str(order.id))
        if print_slip:
            kind = PaperKind.QUOTE if order.state is OrderState.QUOTED else PaperKind.ORDER_SLIP
            self.detail.operations.issue(order.id, kind)

    def _leave_form(self) -> None:
        working = self.editor.working
        stored = working is not None and working.stored
        self._session.navigation.replace(self.KEY, str(working.order.id) if working is not None and stored else None)

    def _start_anew(self) -> None:
        self._open(self._blank({}))

    def _continue(self) -> None:
        if self._offered is not None:
            working = self._offered.working
            if working.stored:
                self._session.navigation.go(self.KEY, str(working.order.id), _EDIT)
            else:
                self._session.navigation.go(self.KEY, None, new_view(draft=working.order.id))

    def _offer_half_typed(self) -> None:
        kept = next(iter(kept_orders(self._session)), None)
        self._offered = kept
        if kept is None:
            self.listing.show_half_typed("")
            return
        name = self._session.look(person_name, kept.working.order.person_id) or kept.working.words.get("person", "")
        time = self._session.language.time(kept.saved_at.astimezone())
        if name:
            words = _("A half-typed order of {name} was kept at {time}.").format(name=name, time=time)
        else:
            words = _("A half-typed order was kept at {time}.").format(time=time)
        self.listing.show_half_typed(words)

    def _form_changed(self) -> None:
        """A stored order that is open in the form changed elsewhere: reload it, or say so when it was altered here."""
        working = self.editor.working
        if working is None or not working.stored or self.editor.busy:
            return
        try:
            view = self._session.look(order_view, working.order.id)
        except DomainError:  # its creation was undone: saving brings it back
            self.editor.show_changed_elsewhere()
            return
        working.paid = view.paid
        self.editor.money.show_paid(view.paid)
        if (view.order, view.lines) == self._loaded:
            return
        self._loaded = (view.order, view.lines)
        if self.editor.dirty:
            self.editor.show_changed_elsewhere()
        else:
            self._open_stored(view)

    def _open_stored(self, view: OrderView) -> None:
        self._loaded = (view.order, view.lines)
        self._open(Working(view.order, list(view.lines), stored=True, paid=view.paid))

    def _create_person(self, name: str) -> None:
        """Ask for name, phone and consent of somebody met just now."""
        working = self.editor.working
        demo_id = None if working is None else working.order.demo_id
        self.newcomer.ask(name, demo_id=demo_id)

    def _person_made(self, person_id: object) -> None:
        if isinstance(person_id, UUID):
            self.editor.set_person(person_id)


class _Take:
    """Takes money in one way."""

    def __init__(self, editor: OrderEditor, method: PaymentMethod) -> None:
        self._editor = editor
        self._method = method

    def __call__(self) -> None:
        self._editor.take(self._method)


def _uuid(text: str | None) -> UUID | None:
    try:
        return None if text is None else UUID(text)
    except ValueError:
        return None
