"""One demo on the screen: head with its next step, figures, guests, orders, note. It saves the state only."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from directsell.domain.demos import TRANSITIONS, Demo, DemoState
from directsell.domain.people import Address
from directsell.i18n import N_, _, ngettext
from directsell.store.queries.demos import DemoCard, DemoOrder
from directsell.store.queries.seller import seller
from directsell.store.queries.settlements import PartyAccount, party_account
from directsell.ui.pages.demos.chain import ChainCard
from directsell.ui.pages.demos.closing import ClosingCard
from directsell.ui.pages.demos.guests import GuestsCard
from directsell.ui.pages.demos.preparation import PreparationCard
from directsell.ui.pages.demos.settlement import SettlementCard
from directsell.ui.session import Session
from directsell.ui.terms import term, tone_of
from directsell.ui.widgets.actions_head import ActionsHead
from directsell.ui.widgets.buttons import Button, IconButton, Kind, Menu
from directsell.ui.widgets.cards import Card, Chip
from directsell.ui.widgets.day_leaf import DayLeaf
from directsell.ui.widgets.icon_line import IconLine
from directsell.ui.widgets.labels import ElidedLabel, Label, Role, Rule
from directsell.ui.widgets.layouts import FlowLayout, lay_out_now
from directsell.ui.widgets.page import Page
from directsell.ui.widgets.postal import address_text
from directsell.ui.widgets.tiles import KpiTile
from directsell.usecases.demos import change_demo_state

# What a step is called on its button, and the icon; the first allowed one of this order is the main button.
STEPS = {
    DemoState.CONFIRMED: (N_("Confirm"), "check"),
    DemoState.OPEN: (N_("Start the demo"), "party-popper"),
    DemoState.CLOSING: (N_("Start closing"), "list-checks"),
    DemoState.SUBMITTED: (N_("Order sent to the company"), "upload"),
    DemoState.DELIVERED: (N_("Goods delivered"), "truck"),
    DemoState.SETTLED: (N_("Settled"), "circle-check"),
    DemoState.PLANNED: (N_("Back to planned"), "calendar"),
    DemoState.POSTPONED: (N_("Postpone"), "calendar-clock"),
    DemoState.CANCELLED: (N_("Cancel the demo"), "x"),
}
_LATE = (DemoState.SUBMITTED, DemoState.DELIVERED, DemoState.SETTLED)


def steps_of(state: DemoState) -> list[DemoState]:
    """Return the allowed next steps, the most likely one first."""
    order = list(STEPS)
    after = list(DemoState).index(state)
    allowed = TRANSITIONS[state]
    forward = [step for step in order if step in allowed and list(DemoState).index(step) > after]
    return forward + [step for step in order if step in allowed and step not in forward]


def step_words(state: DemoState, step: DemoState) -> str:
    """Return what a step is called where it starts."""
    if step is DemoState.OPEN and (state in _LATE or state is DemoState.CLOSING):
        return _("Reopen")
    if step is DemoState.CONFIRMED and state is DemoState.OPEN:
        return _("Not started yet")
    return _(STEPS[step][0])


class DemoDetail(Page):
    """``DemoDetail(session)``: ``show_demo(card)``; ``card``, ``guests``.

    Signals: ``edit_wanted()``, ``delete_wanted()``, ``back_wanted()``, ``order_wanted(object person_id | None)``,
    ``opened(str page, object id)``.
    """

    edit_wanted = Signal()
    delete_wanted = Signal()
    back_wanted = Signal()
    order_wanted = Signal(object)
    opened = Signal(str, object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(margin=24, parent=parent)
        self._session = session
        self.card: DemoCard | None = None
        self.body.setContentsMargins(24, 18, 24, 24)
        self._build_head()
        self._build_tiles()
        self.guests = GuestsCard(session)
        self.guests.order_wanted.connect(self.order_wanted)
        self.guests.person_wanted.connect(self._open_person)
        self.guests.orders_wanted.connect(self._open_orders_of)
        self.add(self.guests)
        self.closing = ClosingCard(session)
        self.closing.opened.connect(self.opened)
        self.settlement = SettlementCard(session)
        self.add(self.closing)
        self.add(self.settlement)
        self.preparation = PreparationCard(session)
        self.add(self.preparation)
        self.chain = ChainCard(session)
        self.chain.opened.connect(self.opened)
        self.add(self.chain)
        self.orders = Card(_("Orders"))
        self.orders.body.setSpacing(0)
        self._order_rows: list[QWidget] = []
        self.add(self.orders)
        self.note = Card(_("Note"))
        self._note = Label("", Role.MUTED, wrap=True, selectable=True)
        self.note.add(self._note)
        self.add(self.note)

    def _build_head(self) -> None:
        self.back = IconButton("arrow-left", _("Back to the list"), on_click=self._back)
        self.back.hide()
        self._leaf = DayLeaf(self._session)
        self.title = ElidedLabel("", Role.TITLE)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, gap=6)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._chips.setSizePolicy(policy)
        self._state_menu = Menu(self)
        self.state_button = Button("", compact=True, menu=self._state_menu, tip=_("Change the state"))
        self._kind = Chip("", "accent")
        self._flow.addWidget(self.state_button)
        self._flow.addWidget(self._kind)
        self._host = Button("", "user", kind=Kind.QUIET, compact=True, on_click=self._open_host)
        self._flow.addWidget(self._host)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self._chips)
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._leaf, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        self.step = Button("", "check", on_click=self._next_step)
        self.desk = Button(_("Open the desk"), "party-popper", kind=Kind.PRIMARY, on_click=self._open_desk)
        self.order = Button(_("New order"), "plus", on_click=self._order)
        self.edit = IconButton("pencil", _("Edit"), on_click=self._edit)
        self._more_menu = Menu(self)
        self.more = IconButton("ellipsis", _("More"), on_click=self._open_more)
        self.head = ActionsHead(top, [self.desk, self.step, self.order, self.edit, self.more])
        self.add(self.head)
        lines = QWidget()
        column = QVBoxLayout(lines)
        column.setContentsMargins(2, 0, 0, 0)
        column.setSpacing(6)
        self._when = IconLine("clock", "", _("When"))
        self._where = IconLine("map-pin", "", _("Where"))
        column.addWidget(self._when)
        column.addWidget(self._where)
        self.add(lines)

    def _build_tiles(self) -> None:
        self._coming = KpiTile(_("Coming"))
        self._placed = KpiTile(_("Orders"))
        self._sales = KpiTile(_("Sales"))
        self._owed = KpiTile(_("To collect"))
        box = QWidget()
        flow = FlowLayout(box, gap=10, tile=142)
        for tile in (self._coming, self._placed, self._sales, self._owed):
            flow.addWidget(tile)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        box.setSizePolicy(policy)
        self.add(box)

    # --- content

    def show_demo(self, card: DemoCard) -> None:
        """Show a demo, or the same one after a change."""
        self.card = card
        demo = card.demo
        self.title.setText(demo_title(card))
        self.setAccessibleName(demo_title(card))
        self._leaf.set_day(demo.day)
        self._kind.set(term(demo.kind))
        self._show_steps(demo)
        self._when.set_text(when_text(self._session, demo))
        place = address_text(place_of(demo), self._session.language, self._session.look(seller).country).replace(
            "\n", ", "
        )
        self._where.set_text(place)
        self._where.setVisible(bool(place))
        self._host.setText(card.host)
        self._host.setAccessibleName(_("Host: {name}").format(name=card.host))
        self._host.setToolTip(_("Host: {name}").format(name=card.host))
        # Without a title the demo is called by its host already.
        self._host.setVisible(bool(card.host and demo.title))
        self._show_figures(card)
        self.guests.show_demo(card)
        self._show_orders(card)
        self.preparation.show_demo(demo.id)
        self.chain.show_demo(demo.id)
        self._read_account(card)
        self._note.setText(demo.note)
        self.note.setVisible(bool(demo.note))

    def set_narrow(self, narrow: bool) -> None:
        """Show the way back where the list is hidden."""
        self.back.setVisible(narrow)

    def to_top(self) -> None:
        """Scroll to the head."""
        self.scroll_to(self.head)

    def _show_steps(self, demo: Demo) -> None:
        self.state_button.setText(term(demo.state))
        self.state_button.setAccessibleName(_("State: {state}").format(state=term(demo.state)))
        self._kind.set(term(demo.kind), "accent" if demo.state is not DemoState.CANCELLED else tone_of(demo.state))
        steps = steps_of(demo.state)
        self._state_menu.clear()
        for step in steps:
            self._state_menu.add(step_words(demo.state, step), STEPS[step][1], _Step(self._session, demo.id, step))
        self.desk.setVisible(demo.state not in (DemoState.CANCELLED, DemoState.POSTPONED))
        begins = demo.state in (DemoState.PLANNED, DemoState.CONFIRMED)
        self.desk.setText(_("Start the demo") if begins else _("Open the desk"))
        self.desk.setAccessibleName(self.desk.caption())
        # Starting is the desk's own button.
        self.step.setVisible(bool(steps) and steps[0] is not DemoState.OPEN)
        if steps:
            self.step.setText(step_words(demo.state, steps[0]))
            self.step.setAccessibleName(step_words(demo.state, steps[0]))
            self.step.set_icon(STEPS[steps[0]][1])

    def _show_figures(self, card: DemoCard) -> None:
        language = self._session.language
        expected = card.demo.expected_guests
        note = ngettext("{n} invited", "{n} invited", len(card.guests)).format(n=language.number(len(card.guests)))
        if expected:
            note = _("{invited}, {expected} expected").format(invited=note, expected=language.number(expected))
        self._coming.set(value=language.number(card.coming), note=note)
        begun = sum(order.state == "draft" for order in card.orders)
        drafts = ngettext("{n} begun", "{n} begun", begun).format(n=begun) if begun else ""
        self._placed.set(value=language.number(card.placed), note=drafts)
        average = (card.sales + card.placed // 2) // card.placed if card.placed else 0
        per_order = _("{amount} an order").format(amount=language.money(average, card.currency)) if average else ""
        self._sales.set(value=language.money(card.sales, card.currency), note=per_order)
        self._owed.set(value=language.money(card.owed, card.currency), note="" if card.owed else _("all paid"))

    def _read_account(self, card: DemoCard) -> None:
        """Show what is left to do and what is left over, once a demo has begun or has orders."""
        shown = bool(card.orders) or card.demo.state in (DemoState.OPEN, DemoState.CLOSING, *_LATE)
        self.closing.setVisible(shown)
        self.settlement.setVisible(shown)
        if shown:
            self._session.read(self, party_account, card.demo.id, done=self._show_account)

    def _show_account(self, account: PartyAccount) -> None:
        if self.card is not None and self.card.demo.id == account.party.demo.id:
            self.closing.show_account(account)
            self.settlement.show_account(account)
            lay_out_now()

    def _show_orders(self, card: DemoCard) -> None:
        for row in self._order_rows:
            self.orders.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._order_rows = [OrderLine(self._session, order) for order in card.orders]
        for row in self._order_rows:
            if isinstance(row, OrderLine):
                row.opened.connect(self._open_order)
            self.orders.add(row)
        self.orders.setVisible(bool(card.orders))

    # --- what the user does

    def _next_step(self) -> None:
        if self.card is not None:
            demo = self.card.demo
            _Step(self._session, demo.id, steps_of(demo.state)[0])()

    def _open_desk(self) -> None:
        """Go to the party desk; a demo that has not begun begins with it."""
        if self.card is None:
            return
        demo = self.card.demo
        if demo.state in (DemoState.PLANNED, DemoState.CONFIRMED):
            _Step(self._session, demo.id, DemoState.OPEN)()
        self.opened.emit("desk", demo.id)

    def _back(self) -> None:
        self.back_wanted.emit()

    def _order(self) -> None:
        self.order_wanted.emit(None)

    def _edit(self) -> None:
        self.edit_wanted.emit()

    def _delete(self) -> None:
        self.delete_wanted.emit()

    def _open_more(self) -> None:
        self._more_menu.clear()
        self._more_menu.add(_("Edit"), "pencil", self._edit, shortcut="Ctrl+E")
        if self.card is not None and self.card.host:
            self._more_menu.add(_("Open the host"), "user", self._open_host)
        self._more_menu.addSeparator()
        self._more_menu.add(_("Delete"), "trash-2", self._delete, danger=True)
        self._more_menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _open_host(self) -> None:
        if self.card is not None and self.card.demo.host_id is not None:
            self.opened.emit("people", self.card.demo.host_id)

    def _open_person(self, person_id: object) -> None:
        self.opened.emit("people", person_id)

    def _open_order(self, order_id: object) -> None:
        self.opened.emit("orders", order_id)

    def _open_orders_of(self, person_id: object) -> None:
        card = self.card
        if card is None:
            return
        line = self.guests.line(person_id) if isinstance(person_id, UUID) else None
        order = next((order for order in card.orders if order.person_id == person_id), None)
        if line is not None and order is not None:
            self.opened.emit("orders", order.id)


class OrderLine(QWidget):
    """``OrderLine(session, order)``: who, state, amount, open. Signal: ``opened(object id)``."""

    opened = Signal(object)

    def __init__(self, session: Session, order: DemoOrder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order = order
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(10)
        name = order.name or _("Without customer")
        row.addWidget(ElidedLabel(name, Role.STRONG), 1)
        if order.owed > 0:
            money = session.language.money(order.owed, order.currency)
            row.addWidget(Chip(_("{amount} to collect").format(amount=money), "warn"))
        state = (_("Hold"), "bad") if order.on_hold else (term(order.state), tone_of(order.state))
        row.addWidget(Chip(*state))
        row.addWidget(Label(session.language.money(order.total, order.currency), Role.AMOUNT))
        go = IconButton("chevron-right", _("Open the order of {name}").format(name=name), on_click=self._open)
        row.addWidget(go)
        outer.addLayout(row)
        outer.addWidget(Rule())

    def _open(self) -> None:
        self.opened.emit(self._order.id)


class _Step:
    """Takes a demo one step further, for buttons and menus."""

    def __init__(self, session: Session, demo_id: UUID, step: DemoState) -> None:
        self._session = session
        self._demo_id = demo_id
        self._step = step

    def __call__(self, _checked: bool = False) -> None:
        said = _("Demo: {state}").format(state=term(self._step))
        self._session.run(self._session, change_demo_state, self._demo_id, self._step, said=said)


def demo_title(card: DemoCard) -> str:
    """Return what a demo is called: its title, else its host, else its kind."""
    return card.demo.title or card.host or term(card.demo.kind)


def when_text(session: Session, demo: Demo) -> str:
    """Return day and times of a demo, with how far it is."""
    language = session.language
    parts = [language.date(demo.day, "full")]
    if demo.starts is not None and demo.ends is not None:
        parts.append(_("{start} to {end}").format(start=language.time(demo.starts), end=language.time(demo.ends)))
    elif demo.starts is not None:
        parts.append(language.time(demo.starts))
    parts.append(language.relative_day(demo.day, session.today()))
    return " · ".join(parts)


def place_of(demo: Demo) -> Address:
    """Return the place of a demo as an address."""
    return Address(
        id=demo.id,
        person_id=demo.id,
        street=demo.street,
        extra=demo.extra,
        postcode=demo.postcode,
        city=demo.city,
        region=demo.region,
        country=demo.country,
    )
