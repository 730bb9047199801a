"""Objections over all prospects: how often each kind was heard, what overcame it, which are open. It stores nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from directsell.domain.objections import Answer, ObjectionKind, ObjectionResult
from directsell.i18n import _, ngettext
from directsell.store.queries.objections import KindCount, ObjectionRow, best_answers, objection_counts, objection_rows
from directsell.store.reader import Reader
from directsell.ui.session import Session
from directsell.ui.terms import term, tone_of
from directsell.ui.theme import T, font
from directsell.ui.widgets.alive import Alive
from directsell.ui.widgets.buttons import Call, IconButton
from directsell.ui.widgets.cards import Card, Chip
from directsell.ui.widgets.clearing import clear
from directsell.ui.widgets.labels import ElidedLabel, Label, Role, Rule
from directsell.ui.widgets.page import ScrollArea
from directsell.ui.widgets.painting import aligned, draw_text, fill_round, focus_ring, leading
from directsell.ui.widgets.states import EmptyState

_SHARES = ((ObjectionResult.OVERCOME, "ok"), (ObjectionResult.OPEN, "warn"), (ObjectionResult.STAYED, "bad"))
_MOST = 60
_NARROW = 720

Found = tuple[list[KindCount], ObjectionKind | None, Sequence[Answer], list[ObjectionRow]]


def _read(reader: Reader, kind: ObjectionKind | None) -> Found:
    counts = objection_counts(reader)
    if kind not in {one.kind for one in counts}:
        kind = counts[0].kind if counts else None
    return counts, kind, best_answers(reader, kind), objection_rows(reader, kind, most=_MOST)


class KindBar(Alive, QAbstractButton):
    """``KindBar(count, most, words)``: a kind with a bar of its results; a button that is on or off."""

    def __init__(self, count: KindCount, most: int, words: str) -> None:
        super().__init__()
        self.count = count
        self._most = max(1, most)
        self._told = words
        self.setCheckable(True)
        self.setText(term(count.kind).replace("&", "&&"))
        self.setAccessibleName(f"{term(count.kind)}: {words}")
        self.setFixedHeight(62)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(260, 62)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        direction, rect = self.layoutDirection(), QRectF(self.rect()).adjusted(0, 1, 0, -1)
        if self.isChecked() or self._hover:
            fill_round(painter, rect, 10, T("selection" if self.isChecked() else "hover"))
        inner = rect.adjusted(12, 6, -12, -8)

        def spot(x: float, y: float, width: float, height: float) -> QRectF:
            return leading(direction, rect, QRectF(inner.x() + x, inner.y() + y, width, height))

        words = spot(0, 0, inner.width() - 60, 20)
        draw_text(painter, words, term(self.count.kind), font(14, 600), T("text"), aligned(direction))
        end = aligned(direction, end=True)
        number = str(self.count.total)
        draw_text(painter, spot(inner.width() - 56, 0, 56, 20), number, font(14, 600, tabular=True), T("text"), end)
        bar = inner.width() * self.count.total / self._most
        fill_round(painter, spot(0, 24, inner.width(), 6), 3, T("track"))
        x = 0.0
        for result, tone in _SHARES:
            share = bar * getattr(self.count, result.value) / max(1, self.count.total)
            if share > 0:
                fill_round(painter, spot(x, 24, max(3.0, share), 6), 3, T(tone))
                x += share
        small = T("text2")
        draw_text(painter, spot(0, 32, inner.width(), 16), self._told, font(12), small, aligned(direction))
        if self._ring:
            focus_ring(painter, rect, 10)


class ObjectionsView(QWidget):
    """``ObjectionsView(session)``: ``refresh()``. Signals: ``edit_wanted(object id)``; ``person_wanted(object id)``."""

    edit_wanted = Signal(object)
    person_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._kind: ObjectionKind | None = None
        self.bars: list[KindBar] = []
        self.kinds = Card(_("What is said"))
        self._kind_rows = QVBoxLayout()
        self._kind_rows.setSpacing(2)
        self.kinds.body.addLayout(self._kind_rows)
        self.answers = Card(_("Answers that worked"))
        self._answer_rows = QVBoxLayout()
        self._answer_rows.setSpacing(10)
        self.answers.body.addLayout(self._answer_rows)
        self.heard = Card(_("Who said it"))
        self._heard_rows = QVBoxLayout()
        self._heard_rows.setSpacing(8)
        self.heard.body.addLayout(self._heard_rows)
        content = QWidget()
        self._columns = QHBoxLayout(content)
        self._columns.setContentsMargins(20, 4, 20, 20)
        self._columns.setSpacing(16)
        self._left = QVBoxLayout()
        self._left.addWidget(self.kinds)
        self._left.addStretch(1)
        self._columns.addLayout(self._left, 2)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(self.answers)
        right.addWidget(self.heard)
        right.addStretch(1)
        self._columns.addLayout(right, 3)
        text = _("Note what keeps people from buying, and your answer. After some weeks you see which answer works.")
        self._nothing = EmptyState("message-circle", _("No objection noted yet"), text)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(ScrollArea(content))
        self._stack.addWidget(self._nothing)

    def refresh(self) -> None:
        """Read everything again; the chosen kind stays."""
        self._session.read(self, _read, self._kind, done=self._show)

    # --- Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        down, across = QHBoxLayout.Direction.TopToBottom, QHBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if event.size().width() < _NARROW else across)

    # --- inside

    def _show(self, found: Found) -> None:
        counts, self._kind, answers, rows = found
        self._stack.setCurrentIndex(0 if counts else 1)
        focused = any(bar.hasFocus() for bar in self.bars)
        clear(self._kind_rows)
        most = max((one.total for one in counts), default=1)
        self.bars = [KindBar(one, most, self._told(one)) for one in counts]
        for bar in self.bars:
            bar.setChecked(bar.count.kind is self._kind)
            bar.clicked.connect(Call(self._choose, bar.count.kind))
            self._kind_rows.addWidget(bar)
            if focused and bar.isChecked():
                bar.setFocus()
        self._show_answers(answers)
        self._show_rows(rows)

    def _told(self, one: KindCount) -> str:
        number = self._session.language.number
        people = ngettext("{n} person", "{n} people", one.people).format(n=number(one.people))
        words = _("{people} · overcome {overcome} · open {open} · stayed {stayed}")
        return words.format(
            people=people, overcome=number(one.overcome), open=number(one.open), stayed=number(one.stayed)
        )

    def _show_answers(self, answers: Sequence[Answer]) -> None:
        clear(self._answer_rows)
        worked = [answer for answer in answers if answer.overcame]
        for answer in worked:
            box = QWidget()
            pair = QVBoxLayout(box)
            pair.setContentsMargins(0, 0, 0, 0)
            pair.setSpacing(2)
            pair.addWidget(Label(answer.text, Role.BODY, wrap=True, selectable=True))
            words = ngettext("overcame {n} time of {given}", "overcame {n} times of {given}", answer.overcame)
            told = Label(words.format(n=answer.overcame, given=answer.given), Role.SMALL)
            told.set_tone("ok")
            pair.addWidget(told)
            self._answer_rows.addWidget(box)
        if not worked:
            words = _("No answer has overcome this yet. Note what came of your answers, and the best ones stand here.")
            self._answer_rows.addWidget(Label(words, Role.MUTED, wrap=True))

    def _show_rows(self, rows: list[ObjectionRow]) -> None:
        clear(self._heard_rows)
        first = [row for row in rows if row.result is ObjectionResult.OPEN]
        for row in [*first, *(row for row in rows if row.result is not ObjectionResult.OPEN)]:
            if self._heard_rows.count():
                self._heard_rows.addWidget(Rule())
            self._heard_rows.addWidget(self._row(row))

    def _row(self, row: ObjectionRow) -> QWidget:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(ElidedLabel(row.name, Role.STRONG))
        day = self._session.language.date(row.at.astimezone().date(), "short")
        said = _("{day} · {text}").format(day=day, text=row.text or term(row.kind))
        words.addWidget(ElidedLabel(said, Role.SMALL))
        if row.answer:
            words.addWidget(ElidedLabel(_("Answer: {text}").format(text=row.answer), Role.SMALL))
        line.addLayout(words, 1)
        line.addWidget(Chip(term(row.result), tone_of(row.result)))
        edit = IconButton("pencil", _("Answer or change the objection of {name}").format(name=row.name), size=32)
        edit.clicked.connect(Call(self.edit_wanted.emit, row.id))
        person = IconButton("chevron-right", _("Go to {name}").format(name=row.name), size=32)
        person.clicked.connect(Call(self.person_wanted.emit, row.person_id))
        line.addWidget(edit)
        line.addWidget(person)
        return box

    def _choose(self, kind: ObjectionKind) -> None:
        self._kind = kind
        self.refresh()
