"""The chain of parties as a tree: which demo was booked at which, what each sold. Keys and mouse lead to a demo."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from directsell.domain.demos import DemoState
from directsell.i18n import _, ngettext
from directsell.store.queries.chains import Chain, Node, chain_of
from directsell.ui.pages.demos.chain_layout import children_of, rows_of
from directsell.ui.session import Session
from directsell.ui.terms import term, tone_of
from directsell.ui.theme import T, font
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.page import ScrollArea
from directsell.ui.widgets.painting import aligned, by_keyboard, draw_text, fill_round, focus_ring

_WIDTH, _HEIGHT = 204, 66
_ACROSS, _DOWN = 36, 10
_EDGE = 14
_TALLEST = 400
_OFF = (DemoState.CANCELLED, DemoState.POSTPONED)


class ChainCard(Card):
    """``ChainCard(session)``: ``show_demo(demo_id)``; hides while a demo stands alone. Signal: ``opened(str page, object id)``."""

    opened = Signal(str, object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Party chain"), parent=parent)
        self._session = session
        self._demo: UUID | None = None
        self._sum = Label("", Role.SMALL)
        self.add_header(self._sum)
        self.tree = ChainTree(session)
        self.tree.chosen.connect(self._open)
        self.tree.reached.connect(self._show)
        self._area = ScrollArea(self.tree)
        self._area.setWidgetResizable(False)
        self.add(self._area)
        self._more = Label("", Role.SMALL, wrap=True)
        self.add(self._more)
        self.hide()

    def show_demo(self, demo_id: UUID) -> None:
        """Read and draw the chain of a demo."""
        if demo_id != self._demo:
            self.hide()
        self._demo = demo_id
        self._session.read(self, chain_of, demo_id, done=_Arrived(self, demo_id))

    def show_chain(self, demo_id: UUID, chain: Chain) -> None:
        """Draw a chain with a demo marked in it."""
        if demo_id != self._demo:
            return
        language = self._session.language
        self.setVisible(len(chain.nodes) > 1)
        demos = ngettext("{n} demo", "{n} demos", len(chain.nodes)).format(n=language.number(len(chain.nodes)))
        money = language.money(chain.sales, chain.currency)
        self._sum.setText(_("{demos}, {amount}").format(demos=demos, amount=money))
        words = ngettext("{n} more demo is not drawn.", "{n} more demos are not drawn.", chain.more)
        self._more.setText(words.format(n=language.number(chain.more)))
        self._more.setVisible(bool(chain.more))
        self.tree.show_chain(chain, demo_id)
        bar = self._area.horizontalScrollBar().sizeHint().height()
        self._area.setFixedHeight(min(self.tree.height() + bar, _TALLEST))

    def _show(self, place: QRect) -> None:
        """Scroll to a demo that the keys have reached."""
        self._area.ensureVisible(
            place.center().x(), place.center().y(), place.width() // 2 + 20, place.height() // 2 + 12
        )

    def _open(self, demo_id: object) -> None:
        if demo_id != self._demo:
            self.opened.emit("demos", demo_id)


class ChainTree(QWidget):
    """``ChainTree(session)``: ``show_chain(chain, demo_id)``; ``current`` is the demo that the keys are on.

    The arrows go to the party at which it was booked, to its bookings, and up and down among demos of the same
    generation; Home goes to the beginning, Enter opens. Signals: ``chosen(object demo_id)``; ``reached(QRect)``.
    """

    chosen = Signal(object)
    reached = Signal(QRect)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._chain = Chain((), "USD")
        self._nodes: dict[UUID, Node] = {}
        self._rows: dict[UUID, float] = {}
        self._children: dict[UUID | None, list[UUID]] = {}
        self._here: UUID | None = None
        self.current: UUID | None = None
        self._hover: UUID | None = None
        self._ring = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Party chain"))

    def show_chain(self, chain: Chain, demo_id: UUID) -> None:
        """Draw a chain; the demo that shows is marked."""
        self._chain = chain
        self._nodes = {node.demo_id: node for node in chain.nodes}
        self._rows = rows_of(chain.nodes)
        self._children = dict(children_of(chain.nodes))
        keep = self._here == demo_id and self.current in self._nodes
        self._here = demo_id
        self.resize(self.sizeHint())
        if keep:
            self._say()
        else:
            self._go(demo_id)
        self.update()

    def sizeHint(self) -> QSize:
        deepest = max((node.depth for node in self._chain.nodes), default=0)
        lowest = max(self._rows.values(), default=0.0)
        width = 2 * _EDGE + (deepest + 1) * _WIDTH + deepest * _ACROSS
        return QSize(width, round(2 * _EDGE + (lowest + 1) * _HEIGHT + lowest * _DOWN))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def place(self, demo_id: UUID) -> QRectF:
        """Return where a demo is drawn."""
        node, row = self._nodes[demo_id], self._rows[demo_id]
        x = _EDGE + node.depth * (_WIDTH + _ACROSS)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            x = self.width() - x - _WIDTH
        return QRectF(x, _EDGE + row * (_HEIGHT + _DOWN), _WIDTH, _HEIGHT)

    def lines(self, node: Node) -> tuple[str, str, str]:
        """Return what a demo's box says: whose, when or what became of it, what it sold and brought."""
        language = self._session.language
        when = language.date(node.day)
        if node.state in _OFF:
            when = _("{day} · {state}").format(day=when, state=term(node.state))
        sold = language.money(node.sales, self._chain.currency)
        booked = ngettext("{n} booking", "{n} bookings", node.bookings).format(n=language.number(node.bookings))
        return node.name or _("Demo"), when, _("{sales} · {bookings}").format(sales=sold, bookings=booked)

    def words(self, node: Node) -> str:
        """Return a demo in one sentence, for tool tips and screen readers."""
        name, when, sold = self.lines(node)
        orders = ngettext("{n} order", "{n} orders", node.orders).format(n=self._session.language.number(node.orders))
        parts = [name, when, *([] if node.state in _OFF else [term(node.state)]), orders, sold]
        if node.parent_id is not None and node.parent_id in self._nodes:
            parts.append(_("booked at {name}'s").format(name=self._nodes[node.parent_id].name or _("Demo")))
        return ", ".join(parts)

    # --- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            key = {Qt.Key.Key_Left: Qt.Key.Key_Right, Qt.Key.Key_Right: Qt.Key.Key_Left}.get(key, key)
        node = self._nodes.get(self.current) if self.current is not None else None
        steps = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home)
        if node is None or key not in (*steps, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            super().keyPressEvent(event)
            return
        self._ring = True
        if key in steps:
            self._go(self._next(node, key))
        else:
            self.chosen.emit(node.demo_id)

    def _next(self, node: Node, key: Qt.Key) -> UUID:
        """Return the demo to which a key leads; where there is none, the same."""
        if key == Qt.Key.Key_Home:
            return self._chain.nodes[0].demo_id
        if key == Qt.Key.Key_Left:
            return node.parent_id or node.demo_id
        if key == Qt.Key.Key_Right:
            below = self._children.get(node.demo_id, [])
            return below[(len(below) - 1) // 2] if below else node.demo_id
        same = sorted((n for n in self._chain.nodes if n.depth == node.depth), key=lambda n: self._rows[n.demo_id])
        place = same.index(node) + (1 if key == Qt.Key.Key_Down else -1)
        return same[min(max(place, 0), len(same) - 1)].demo_id

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = self._at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if self._hover else Qt.CursorShape.ArrowCursor)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = None
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        key = self._at(event.position())
        if key is not None:
            self._go(key)
            self.chosen.emit(key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = by_keyboard(event)
        super().focusInEvent(event)
        if self._ring and self.current in self._nodes:
            self.reached.emit(self.place(self.current).toRect())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            key = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.words(self._nodes[key]) if key is not None else "", self)
            return True
        return super().event(event)

    def _go(self, key: UUID) -> None:
        if key in self._nodes:
            self.current = key
            self._say()
            self.reached.emit(self.place(key).toRect())
            self.update()

    def _say(self) -> None:
        node = self._nodes.get(self.current) if self.current is not None else None
        self.setAccessibleDescription(self.words(node) if node is not None else "")

    def _at(self, spot: QPointF) -> UUID | None:
        return next((key for key in self._nodes if self.place(key).contains(spot)), None)

    # --- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        seen = QRectF(event.rect())
        for node in self._chain.nodes:
            if node.parent_id is not None and node.parent_id in self._nodes:
                self._draw_bough(painter, self.place(node.parent_id), self.place(node.demo_id), seen)
        for node in self._chain.nodes:
            box = self.place(node.demo_id)
            if box.adjusted(-4, -4, 4, 4).intersects(seen):
                self._draw_box(painter, node, box)

    def _draw_bough(self, painter: QPainter, parent: QRectF, child: QRectF, seen: QRectF) -> None:
        if not parent.united(child).intersects(seen):
            return
        ltr = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        start = QPointF(parent.right() if ltr else parent.left(), parent.center().y())
        end = QPointF(child.left() if ltr else child.right(), child.center().y())
        bend = (start.x() + end.x()) / 2
        path = QPainterPath(start)
        path.cubicTo(QPointF(bend, start.y()), QPointF(bend, end.y()), end)
        painter.setPen(QPen(T("field_border"), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _draw_box(self, painter: QPainter, node: Node, box: QRectF) -> None:
        here = node.demo_id == self._here
        off = node.state in _OFF
        fill = "soft" if here else "hover" if node.demo_id == self._hover else "raised"
        fill_round(painter, box, 10, T(fill), T("accent" if here else "border"))
        direction = self.layoutDirection()
        ltr = direction is Qt.LayoutDirection.LeftToRight
        dot = QRectF(box.right() - 18 if ltr else box.left() + 10, box.top() + 14, 8, 8)
        fill_round(painter, dot, 4, T(tone_of(node.state)))
        name, when, sold = self.lines(node)
        quiet = "on_soft" if here else "text3" if off else "text2"
        strong = "on_soft" if here else "text3" if off else "text"
        inner = box.adjusted(12, 0, -12, 0)
        head = inner.adjusted(0, 0, -16, 0) if ltr else inner.adjusted(16, 0, 0, 0)
        side = aligned(direction)
        for text, rect, size, weight, tone in (
            (name, QRectF(head.x(), box.y() + 8, head.width(), 20), 14, 600, strong),
            (when, QRectF(inner.x(), box.y() + 27, inner.width(), 16), 12, 400, quiet),
            (sold, QRectF(inner.x(), box.y() + 44, inner.width(), 16), 12, 500, strong if node.sales else quiet),
        ):
            draw_text(painter, rect, text, font(size, weight, tabular=True), T(tone), side)
        if node.demo_id == self.current and self._ring and self.hasFocus():
            focus_ring(painter, box.adjusted(-3, -3, 3, 3), 12)


class _Arrived:
    """Hands a chain to the card with the demo for which it was read."""

    def __init__(self, card: ChainCard, demo_id: UUID) -> None:
        self._card = card
        self._demo_id = demo_id

    def __call__(self, chain: Chain) -> None:
        self._card.show_chain(self._demo_id, chain)
