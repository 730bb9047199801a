"""The card "What happened": contacts, orders, payments, demos, papers of one person, the newest first. Opens, changes nothing."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from directsell.domain.demos import DemoKind, DemoState, Reply
from directsell.domain.followups import Reason
from directsell.domain.invoicing import PaperKind
from directsell.domain.objections import ObjectionKind, ObjectionResult
from directsell.domain.orders import OrderState
from directsell.domain.payments import PaymentMethod
from directsell.domain.people import Channel, Outcome
from directsell.i18n import N_, Language, _
from directsell.store.queries.happenings import Happening, HappeningGroup, HappeningKind
from directsell.store.queries.person_card import PersonCard
from directsell.ui.pages.people.card_rows import empty
from directsell.ui.session import Session
from directsell.ui.terms import icon_of, term
from directsell.ui.theme import T, font, metrics, paint_icon
from directsell.ui.widgets.alive import Ringed
from directsell.ui.widgets.buttons import Button, IconButton, Kind, Menu
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.painting import aligned, draw_text, fill_round, focus_ring, leading

_ORDERS = {
    OrderState.DRAFT: N_("Order begun"),
    OrderState.QUOTED: N_("Quote"),
    OrderState.PLACED: N_("Order"),
    OrderState.DELIVERED: N_("Order, delivered"),
    OrderState.CANCELLED: N_("Order, cancelled"),
}
_PAPERS = {
    PaperKind.INVOICE: N_("Invoice"),
    PaperKind.ORDER_SLIP: N_("Order slip"),
    PaperKind.CREDIT_NOTE: N_("Credit note"),
    PaperKind.SLIP_VOID: N_("Slip cancelled"),
    PaperKind.QUOTE: N_("Quote"),
}
_CLOSED = {
    "skipped": N_("Follow-up skipped"),
    "superseded": N_("Follow-up replaced by a newer one"),
    "expired": N_("Follow-up ran out"),
}


_GROUPS = {
    HappeningGroup.ALL: N_("Everything"),
    HappeningGroup.CONTACTS: N_("Contacts"),
    HappeningGroup.NOTES: N_("Notes"),
    HappeningGroup.ORDERS: N_("Orders"),
    HappeningGroup.MONEY: N_("Payments"),
    HappeningGroup.DEMOS: N_("Demos"),
    HappeningGroup.PAPERS: N_("Papers"),
    HappeningGroup.OTHER: N_("Other things"),
}


class TimelineCard(Card):
    """``TimelineCard(session)``: ``show_person(card)``; ``groups`` chooses what is shown (``group()``, ``reset()``).

    Signals: ``group_chosen()``, ``opened(str page, object id)``, ``older_wanted()``, ``note_wanted()``, ``remove_wanted(object entry id)``.
    """

    group_chosen = Signal()
    opened = Signal(str, object)
    older_wanted = Signal()
    note_wanted = Signal()
    remove_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("What happened"), parent=parent)
        self._session = session
        self.body.setSpacing(2)
        self.groups = Menu()
        self._chosen = Button("", "filter", kind=Kind.QUIET, compact=True, menu=self.groups)
        for group, name in _GROUPS.items():
            self.groups.addAction(_(name).replace("&", "&&")).setData(str(group))
        self.groups.triggered.connect(self._picked)
        self.add_header(self._chosen)
        self.add_header(IconButton("notebook-pen", _("Add note"), on_click=self._note))
        self._group = HappeningGroup.ALL
        self.reset()

    def group(self) -> HappeningGroup:
        """Return which kinds are shown."""
        return self._group

    def reset(self) -> None:
        """Show everything, without telling anyone."""
        self._show_group(HappeningGroup.ALL)

    def _show_group(self, group: HappeningGroup) -> None:
        self._group = group
        self._chosen.setText(_(_GROUPS[group]))
        self._chosen.setAccessibleName(_("Shown: {kinds}").format(kinds=_(_GROUPS[group])))

    def _picked(self, action: QAction) -> None:
        self._show_group(HappeningGroup(action.data()))
        self.group_chosen.emit()

    def show_person(self, card: PersonCard) -> None:
        """Show another person, or the same one after a change."""
        empty(self)
        if not card.happenings:
            words = _("Nothing yet. Log the first call, book a demo or write an order: it all shows up here.")
            if self._group is not HappeningGroup.ALL:
                words = _("Nothing of this kind.")
            self.add(Label(words, Role.MUTED, wrap=True))
        for happening in card.happenings:
            row = TimelineRow(happening, self._session.language)
            row.activated.connect(self._open)
            row.remove_wanted.connect(self.remove_wanted)
            self.add(row)
        if card.more:
            self.add(Button(_("Show older"), kind=Kind.QUIET, compact=True, on_click=self._older))

    def _open(self, happening: object) -> None:
        if isinstance(happening, Happening) and happening.about is not None:
            self.opened.emit(_PAGES[happening.kind], happening.about)

    def _older(self) -> None:
        self.older_wanted.emit()

    def _note(self) -> None:
        self.note_wanted.emit()


_PAGES = {
    HappeningKind.CONTACT: "orders",
    HappeningKind.ORDER: "orders",
    HappeningKind.PAYMENT: "orders",
    HappeningKind.PAPER: "orders",
    HappeningKind.WITHDRAWAL: "orders",
    HappeningKind.DEMO: "demos",
    HappeningKind.GUEST: "demos",
}


class TimelineRow(Ringed, QAbstractButton):
    """``TimelineRow(happening, language)``: icon, two lines, amount and day. Enter or click opens what it is about.

    Delete (or the menu) asks to remove an entry of the contact log. Signals: ``activated(object)``, ``remove_wanted(object)``.
    """

    activated = Signal(object)
    remove_wanted = Signal(object)

    def __init__(self, happening: Happening, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._happening = happening
        self._icon, self._title, self._detail = words_of(happening)
        self._amount = ""
        if happening.amount is not None:
            self._amount = language.money(happening.amount, happening.currency)
        self._day = language.date(happening.day)
        removable = happening.kind is HappeningKind.CONTACT
        self._opens = happening.about is not None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._opens or removable else Qt.FocusPolicy.NoFocus)
        if self._opens:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        spoken = (self._day, self._title, self._detail, self._amount)
        self.setAccessibleName(", ".join(part for part in spoken if part))
        if happening.text:
            self.setToolTip(_plain_tip(happening.text))
        self.clicked.connect(self._activate)

    def sizeHint(self) -> QSize:
        return QSize(240, 52 if self._detail else 40)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._activate()
        elif event.key() == Qt.Key.Key_Delete and self._happening.kind is HappeningKind.CONTACT:
            self.remove_wanted.emit(self._happening.id)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._happening.kind is not HappeningKind.CONTACT:
            return
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.add(_("Delete entry"), "trash-2", self._remove, danger=True)
        menu.popup(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        direction = self.layoutDirection()
        if self._opens and self.underMouse():
            fill_round(painter, rect.adjusted(-6, 1, 6, -1), 8, T("hover"))
        spot = QRectF(1, rect.center().y() - 9, 18, 18)
        tone = "text3" if self._happening.outcome in ("no_answer", "skipped", "reversal") else "accent_text"
        paint_icon(painter, self._icon, leading(direction, rect, spot), T(tone))
        end = rect.width() - 2
        day_width = metrics(12, tabular=True).horizontalAdvance(self._day) + 4
        amount_width = metrics(14, 600, tabular=True).horizontalAdvance(self._amount) + 4 if self._amount else 0
        top = 7.0 if self._detail else (rect.height() - 20) / 2
        right = aligned(direction, end=True)
        start = aligned(direction)
        first = leading(direction, rect, QRectF(end - day_width, top + 1, day_width, 18))
        draw_text(painter, first, self._day, font(12, tabular=True), T("text2"), right)
        if self._amount:
            where = QRectF(end - amount_width, top + 19, amount_width, 20)
            if not self._detail:
                where = QRectF(end - day_width - amount_width - 8, top, amount_width, 20)
            face = font(14, 600, tabular=True)
            draw_text(painter, leading(direction, rect, where), self._amount, face, T("text"), right)
        room = end - 34 - day_width - 8
        if self._amount and not self._detail:
            room -= amount_width + 8
        title = leading(direction, rect, QRectF(32, top, room, 20))
        draw_text(painter, title, self._title, font(14, 500), T("text"), start)
        if self._detail:
            room = end - 34 - (amount_width + 8 if self._amount else 0)
            below = leading(direction, rect, QRectF(32, top + 20, room, 18))
            draw_text(painter, below, self._detail, font(13), T("text2"), start)
        painter.fillRect(QRectF(0, rect.height() - 1, rect.width(), 1), T("hair"))
        if self._ring:
            focus_ring(painter, rect.adjusted(0, 1, 0, -1), 8)

    def _activate(self) -> None:
        if self._opens:
            self.activated.emit(self._happening)

    def _remove(self) -> None:
        self.remove_wanted.emit(self._happening.id)


def _plain_tip(text: str) -> str:
    """Tool tips take markup when it looks like some; a zero-width space in front keeps the text plain."""
    return f"\u200b{text}" if text.lstrip().startswith("<") else text


def words_of(happening: Happening) -> tuple[str, str, str]:
    """Return icon, title and second line of something that happened."""
    return _WORDS[happening.kind](happening)


def _contact(h: Happening) -> tuple[str, str, str]:
    channel = Channel(h.what)
    name = term(channel)
    if h.incoming:
        name = _("{channel}, incoming").format(channel=name)
    outcome = term(Outcome(h.outcome)) if h.outcome else ""
    if h.text:
        return icon_of(channel), h.text, " · ".join(part for part in (name, outcome) if part)
    return icon_of(channel), name, outcome


def _order(h: Happening) -> tuple[str, str, str]:
    return "shopping-bag", _(_ORDERS[OrderState(h.what)]), h.text


def _payment(h: Happening) -> tuple[str, str, str]:
    method = term(PaymentMethod(h.what))
    if h.outcome:
        return "undo-2", _("Payment taken back"), method
    if h.amount is not None and h.amount < 0:
        return "undo-2", _("Money given back"), method
    return "banknote", _("Paid"), " · ".join(part for part in (method, h.text) if part)


def _demo(h: Happening) -> tuple[str, str, str]:
    kind = DemoKind(h.what)
    return icon_of(kind), _("Host: {demo}").format(demo=h.text or term(kind)), term(DemoState(h.outcome))


def _guest(h: Happening) -> tuple[str, str, str]:
    reply = _("was there") if h.outcome else term(Reply(h.what))
    return "party-popper", _("Guest: {demo}").format(demo=h.text) if h.text else _("Guest at a demo"), reply


def _follow_up(h: Happening) -> tuple[str, str, str]:
    return "clock", _(_CLOSED[h.outcome]), h.text or term(Reason(h.what))


def _paper(h: Happening) -> tuple[str, str, str]:
    return "receipt", _(_PAPERS[PaperKind(h.what)]), h.text


def _consent(h: Happening) -> tuple[str, str, str]:
    words = _("Consent given: {channel}") if h.outcome == "given" else _("Consent withdrawn: {channel}")
    return "shield-check", words.format(channel=term(Channel(h.what))), h.text


def _withdrawal(h: Happening) -> tuple[str, str, str]:
    title = _("Order withdrawn") if h.outcome else _("Withdrawal refused")
    return "undo-2", title, h.text


def _objection(h: Happening) -> tuple[str, str, str]:
    detail = " · ".join((term(ObjectionKind(h.what)), term(ObjectionResult(h.outcome))))
    return "message-circle", h.text or _("Objection"), detail


_WORDS = {
    HappeningKind.CONTACT: _contact,
    HappeningKind.ORDER: _order,
    HappeningKind.PAYMENT: _payment,
    HappeningKind.DEMO: _demo,
    HappeningKind.GUEST: _guest,
    HappeningKind.FOLLOW_UP: _follow_up,
    HappeningKind.PAPER: _paper,
    HappeningKind.CONSENT: _consent,
    HappeningKind.WITHDRAWAL: _withdrawal,
    HappeningKind.OBJECTION: _objection,
}
