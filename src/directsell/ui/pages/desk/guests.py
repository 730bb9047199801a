"""Everybody at the party, with a dot that tells how far each is with ordering. Choosing somebody is the page's affair."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from directsell.domain.people import fold
from directsell.i18n import _, ngettext
from directsell.ui.models.spine import Index, ListSource, SpineModel
from directsell.ui.pages.desk.evening import Evening, Seat, Sitter
from directsell.ui.session import Session
from directsell.ui.theme import T, font
from directsell.ui.widgets.buttons import IconButton, Kind
from directsell.ui.widgets.cards import paint_avatar
from directsell.ui.widgets.fields import SearchField
from directsell.ui.widgets.guest_words import guest_statistics
from directsell.ui.widgets.labels import ElidedLabel, Label, Role
from directsell.ui.widgets.list_view import BigList
from directsell.ui.widgets.painting import aligned, draw_text, fill_round, leading
from directsell.ui.widgets.states import EmptyState

_ROW = 52
_DOTS = {Seat.NOTHING: "scroll_hover", Seat.TYPING: "info", Seat.OPEN: "warn", Seat.PAID: "ok"}


class GuestPane(QWidget):
    """``GuestPane(session)``: ``show_evening(evening, typing)``, ``select(person_id)``, ``search``, ``list``.

    Signals: ``chosen(object person_id)`` by click or Enter; ``new_wanted()``; ``menu_wanted(object person_id, QPoint)``.
    """

    chosen = Signal(object)
    new_wanted = Signal()
    menu_wanted = Signal(object, QPoint)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._sitters: tuple[Sitter, ...] = ()
        self._currency = "USD"
        self.typing: frozenset[UUID] = frozenset()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.search = SearchField(_("Find a guest"))
        self.search.setAccessibleName(_("Find a guest"))
        self.search.searched.connect(self._filter)
        self.search.submitted.connect(self._take_first)
        self.search.moved.connect(self._move)
        new = IconButton("user-plus", _("New guest (Ctrl+G)"), kind=Kind.SECONDARY, size=40)
        new.clicked.connect(self.new_wanted)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        row.addWidget(new)
        column.addLayout(row)
        model: SpineModel[Sitter] = SpineModel((), _key, describe=self.words)
        self.list = BigList(model, _("Guests"), row_height=_ROW, surface="bg", lines=False)
        self.list.horizontalHeader().setVisible(False)
        self.list.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.list.setItemDelegate(_SitterDelegate(self, model))
        self.list.clicked.connect(self._clicked)
        self.list.opened.connect(self.chosen)
        self.list.typed.connect(self._typed)
        self.list.menu_wanted.connect(self.menu_wanted)
        empty = EmptyState(
            "users", _("No guests yet"), _("Take up everybody who is here with name and phone."), _("New guest")
        )
        empty.action_clicked.connect(self.new_wanted)
        self.list.set_empty(empty)
        self._empty = empty
        column.addWidget(self.list, 1)
        self._count = ElidedLabel("", Role.TINY)
        column.addWidget(self._count)
        self.statistics = Label("", Role.TINY, wrap=True)
        self.statistics.hide()
        column.addWidget(self.statistics)

    def show_evening(self, evening: Evening, typing: frozenset[UUID]) -> None:
        """Show who is there; ``typing`` are those with an open slip."""
        if evening.sitters == self._sitters:
            self.show_typing(typing)
            return
        self._sitters = evening.sitters
        self._currency = evening.currency
        self.typing = typing
        self._filter()
        waiting = sum(self.seat(sitter) is Seat.NOTHING and not sitter.hosts for sitter in self._sitters)
        people = sum(not sitter.hosts for sitter in self._sitters)
        words = ngettext("{n} guest", "{n} guests", people).format(n=people)
        if waiting:
            words = _("{guests}, {n} without an order").format(guests=words, n=waiting)
        self._count.setText(words)
        guests = [sitter.guest for sitter in self._sitters if sitter.guest is not None]
        statistics = guest_statistics(guests, self._session.language)
        self.statistics.setText(statistics)
        self.statistics.setVisible(bool(statistics))

    def show_typing(self, typing: frozenset[UUID]) -> None:
        """Show other open slips."""
        if typing != self.typing:
            changed = typing ^ self.typing
            self.typing = typing
            self.list.model_.forget(changed)

    def select(self, person_id: UUID | None) -> None:
        """Mark somebody."""
        if person_id is not None:
            self.list.select_key(person_id)

    def seat(self, sitter: Sitter) -> Seat:
        """Return how far somebody is, with the slips that are open now."""
        return Seat.TYPING if sitter.id in self.typing else sitter.seat

    def second_line(self, sitter: Sitter) -> str:
        """Return what stands under the name."""
        language = self._session.language
        if sitter.id in self.typing or (not sitter.orders and sitter.draft is not None):
            return _("Slip open")
        if any(view.on_hold for view in sitter.orders):
            return _("Hold: {amount} to pay").format(amount=language.money(sitter.owed, self._currency))
        if sitter.orders and sitter.owed > 0:
            return _("{amount} to pay").format(amount=language.money(sitter.owed, self._currency))
        if sitter.orders:
            return _("{amount} paid").format(amount=language.money(sitter.total, self._currency))
        if sitter.hosts:
            return _("Host")
        if sitter.co_hosts:
            return _("Co-host")
        if sitter.guest is not None and sitter.guest.outside:
            return _("Orders without coming")
        if sitter.guest is not None and sitter.guest.attended:
            return _("Here, no order yet")
        return _("Not here yet")

    def words(self, sitter: Sitter) -> str:
        """Return a row for screen readers."""
        return f"{sitter.name}, {self.second_line(sitter)}"

    # --- inside

    def _filter(self, _words: str = "") -> None:
        wanted = fold(self.search.text())
        rows = [one for one in self._sitters if not wanted or wanted in fold(f"{one.name} {one.phone}")]
        self.list.show_source(ListSource(rows, _key))
        if self._sitters and not rows:
            self._empty.set_text(_("Nobody of this name"), _("Take up somebody new with Ctrl+G."))

    def _take_first(self, _words: str) -> None:
        if not self.list.currentIndex().isValid():
            self.list.select_first()
        key = self.list.current_key()
        if key is None:
            return
        self.search.empty()  # everybody shows again, for the next one
        self._filter()
        self.list.select_key(key)
        self.list.open_current()

    def _move(self, step: int) -> None:
        self.list.move_current(step)

    def _typed(self, text: str) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.setText(text)
        self._filter()

    def _clicked(self, index: Index) -> None:
        key = self.list.model_.key_at(index.row())
        if key is not None:
            self.chosen.emit(key)


def _key(sitter: Sitter) -> UUID:
    return sitter.id


class _SitterDelegate(QStyledItemDelegate):
    """Draws a guest: initials with a dot, the name, and how far the order is."""

    def __init__(self, pane: GuestPane, model: SpineModel[Sitter]) -> None:
        super().__init__(pane)
        self._pane = pane
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        sitter = self._model.row(index.row())
        if sitter is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        direction = option.direction
        middle = rect.center().y()
        badge = leading(direction, rect, QRectF(rect.x() + 8, middle - 17, 34, 34))
        paint_avatar(painter, badge, sitter.name)
        seat = self._pane.seat(sitter)
        side = 12.0
        x = badge.right() - 9 if direction is Qt.LayoutDirection.LeftToRight else badge.left() - 3
        dot = QRectF(QPointF(x, badge.bottom() - 10), QPointF(x + side, badge.bottom() - 10 + side))
        fill_round(painter, dot.adjusted(-2, -2, 2, 2), 8, T("bg"))
        fill_round(painter, dot, 6, T(_DOTS[seat]))
        words = QRectF(rect.x() + 54, middle - 19, rect.width() - 62, 19)
        below = QRectF(rect.x() + 54, middle + 1, rect.width() - 62, 17)
        draw_text(painter, leading(direction, rect, words), sitter.name, font(14, 600), T("text"), aligned(direction))
        tone = "warn" if seat is Seat.OPEN else "text2"
        second = self._pane.second_line(sitter)
        draw_text(painter, leading(direction, rect, below), second, font(12), T(tone), aligned(direction))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, _ROW)
