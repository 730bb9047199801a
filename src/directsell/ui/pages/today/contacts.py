"""The card of due contacts: one line each, the chosen one open with phone, last words and outcomes of one key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from directsell.domain.contact_choices import Outcome
from directsell.i18n import _, ngettext
from directsell.store.queries.today import DueContact
from directsell.ui.pages.today.rows import Line, Skeleton, paint_line
from directsell.ui.session import Session
from directsell.ui.terms import icon_of, term
from directsell.ui.theme import T
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.painting import by_keyboard, fill_round, focus_ring

if TYPE_CHECKING:
    from directsell.ui.widgets.fields.text import TextField

_HEAD = 56


class ContactLine(QWidget):
    """``ContactLine(session, contact, today)``: one due contact; ``set_open(True)`` unfolds it.

    Keys while it has the focus: 1 reached, 2 no answer, 3 call back, 4 put off to tomorrow, 5 skip, Enter opens the
    person. Signals: ``chosen(object id)`` when it was clicked or got the focus; ``step(int)`` for Up and Down.
    """

    chosen = Signal(object)
    step = Signal(int)

    def __init__(self, session: Session, contact: DueContact, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.contact = contact
        self._today = today
        self._hover = False
        self._ring = False
        self._line = _line_of(contact, today)
        self.setAccessibleName(self._line.words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(58, _HEAD, 8, 0)
        column.setSpacing(0)
        self._body = QWidget()
        self._body.hide()
        column.addWidget(self._body)
        self.note: TextField | None = None
        self._kept = ""

    @property
    def is_open(self) -> bool:
        """Whether phone and outcomes show."""
        return not self._body.isHidden()

    def set_open(self, on: bool) -> None:
        """Unfold or fold; what was typed as a note stays."""
        if on and self.note is None:
            self._fill()
        self._body.setVisible(on)
        self._line = _line_of(self.contact, self._today, unfolded=on)
        self.updateGeometry()
        self.update()

    def typed(self) -> str:
        """The note typed so far."""
        return self.note.value() if self.note is not None else self._kept

    def keep(self, text: str) -> None:
        """Take over a note that was typed before the data were read again."""
        self._kept = text
        if self.note is not None:
            self.note.set_value(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, _HEAD)

    def _fill(self) -> None:
        from directsell.ui.widgets.fields.text import TextField

        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(8)
        contact = self.contact
        if contact.text:
            column.addWidget(Label(contact.text, Role.BODY, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Label(contact.phone or _("No phone number"), Role.STRONG, selectable=bool(contact.phone)))
        row.addStretch(1)
        row.addWidget(Button(_("Open person"), "user", kind=Kind.QUIET, compact=True, on_click=self.open_person))
        column.addLayout(row)
        if contact.last_words:
            words = _("Last time: {words}").format(words=contact.last_words)
            column.addWidget(Label(words, Role.SMALL, wrap=True))
        self.note = TextField(self._kept, placeholder=_("What was said (Enter: reached)"))
        self.note.setAccessibleName(_("What was said"))
        self.note.returnPressed.connect(self.reached)
        column.addWidget(self.note)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=6)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        buttons.setSizePolicy(policy)
        for key, (text, act) in enumerate(self._outcomes(), start=1):
            kind = Kind.PRIMARY if key == 1 else Kind.SECONDARY
            tip = _("{text} (key {key})").format(text=text, key=key)
            flow.addWidget(Button(text, kind=kind, compact=True, on_click=act, tip=tip))
        column.addWidget(buttons)

    def _outcomes(self) -> list[tuple[str, Callable[[], object]]]:
        return [
            (term(Outcome.REACHED), self.reached),
            (term(Outcome.NO_ANSWER), self.no_answer),
            (term(Outcome.CALL_BACK), self.call_back),
            (_("Tomorrow"), self.put_off),
            (_("Skip"), self.skip),
        ]

    # --- outcomes

    def reached(self) -> None:
        """Close it as reached."""
        self._finish(Outcome.REACHED)

    def no_answer(self) -> None:
        """Note the attempt and try again the next day."""
        self._finish(Outcome.NO_ANSWER)

    def call_back(self) -> None:
        """Note that a call back was agreed, tomorrow."""
        self._finish(Outcome.CALL_BACK)

    def put_off(self) -> None:
        """Move it to tomorrow without a contact."""
        from directsell.usecases.followups import snooze_follow_up

        due = max(self._today, self.contact.due_on) + timedelta(days=1)
        said = _("Tomorrow: {name}").format(name=self.contact.name)
        self._session.run(self, snooze_follow_up, self.contact.id, due_on=due, said=said)

    def skip(self) -> None:
        """Close it without a contact."""
        from directsell.usecases.followups import skip_follow_up

        said = _("Skipped: {name}").format(name=self.contact.name)
        self._session.run(self, skip_follow_up, self.contact.id, said=said)

    def open_person(self) -> None:
        """Go to the person."""
        self._session.navigation.go("people", str(self.contact.person_id))

    def _finish(self, outcome: Outcome) -> None:
        # The verbs bring every record of the domain with them; the page must be on the screen before.
        from directsell.usecases.contacts import default_next, finish_and_plan

        said = _("{outcome}: {name}").format(outcome=term(outcome), name=self.contact.name)
        self._session.run(
            self,
            finish_and_plan,
            self.contact.id,
            outcome=outcome,
            text=self.typed(),
            next_on=default_next(outcome, self._today),
            said=said,
        )

    # --- Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.key() - Qt.Key.Key_1
        outcomes = self._outcomes()
        if 0 <= place < len(outcomes) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            outcomes[place][1]()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_person()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self.contact.id)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = by_keyboard(event)
        super().focusInEvent(event)
        self.chosen.emit(self.contact.id)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        if self.is_open:
            fill_round(painter, whole, 10, T("bg"), T("hair"))
        elif self._hover:
            fill_round(painter, whole, 10, T("hover"))
        paint_line(painter, QRectF(0, 0, whole.width(), _HEAD), self._line, self.layoutDirection())
        if self._ring:
            focus_ring(painter, whole, 10)


def _line_of(contact: DueContact, today: date, *, unfolded: bool = False) -> Line:
    late = (today - contact.due_on).days
    chip = ngettext("{days} day late", "{days} days late", late).format(days=late) if late > 0 else term(contact.reason)
    detail = contact.text or (term(contact.reason) if late > 0 else "") or contact.last_words or contact.phone
    if unfolded:  # the words stand below, whole
        detail = _("{reason} · {channel}").format(reason=term(contact.reason), channel=term(contact.channel))
    return Line(
        title=contact.name,
        detail=detail,
        chip=chip,
        tone="bad" if late > 0 else "info",
        avatar=contact.name or "?",
        icon=icon_of(contact.channel),
    )


class ContactsCard(Card):
    """``ContactsCard(session)``: ``show_contacts(contacts, due, today)``. The first line is open; Up and Down move."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("To do today"), parent=parent)
        self._session = session
        self._count = Label("", Role.SMALL)
        self.add_header(self._count)
        self._place = QVBoxLayout()
        self._place.setSpacing(4)
        self.body.addLayout(self._place)
        self._waiting: QWidget | None = Skeleton(4)
        self._place.addWidget(self._waiting)
        self.lines: list[ContactLine] = []

    def show_contacts(self, contacts: tuple[DueContact, ...], due: int, today: date) -> None:
        """Show who is due; the open line stays open, what was typed stays typed, the focus stays in the card."""
        notes = {line.contact.id: line.typed() for line in self.lines if line.typed()}
        opened = next((line.contact.id for line in self.lines if line.is_open), None)
        place = next((n for n, line in enumerate(self.lines) if line.contact.id == opened), 0)
        focused = any(line.hasFocus() or line.isAncestorOf(_focus(self)) for line in self.lines)
        self._clear()
        for contact in contacts:
            line = ContactLine(self._session, contact, today)
            line.keep(notes.get(contact.id, ""))
            line.chosen.connect(self.open_line)
            line.step.connect(self._step)
            self.lines.append(line)
            self._place.addWidget(line)
        rest = due - len(contacts)
        if rest > 0:
            words = ngettext("{count} more", "{count} more", rest).format(count=rest)
            self._place.addWidget(Button(words, kind=Kind.QUIET, compact=True, on_click=self._all))
        if not contacts:
            self._place.addWidget(_AllDone())
        self._count.setText(ngettext("{count} open", "{count} open", due).format(count=due) if due else "")
        ids = [line.contact.id for line in self.lines]
        if ids:
            keep = opened if opened in ids else ids[min(place, len(ids) - 1)]
            self.open_line(keep)
            if focused:
                self.lines[ids.index(keep)].setFocus(Qt.FocusReason.TabFocusReason)

    def open_line(self, contact_id: UUID) -> None:
        """Unfold one line and fold the others."""
        for line in self.lines:
            if line.is_open is not (line.contact.id == contact_id):
                line.set_open(line.contact.id == contact_id)

    def _step(self, step: int) -> None:
        now = next((n for n, line in enumerate(self.lines) if line.is_open), 0)
        place = max(0, min(len(self.lines) - 1, now + step))
        self.lines[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _all(self) -> None:
        self._session.navigation.go("people", None, "follow_up_due")

    def _clear(self) -> None:
        self.lines = []
        self._waiting = None
        while self._place.count():
            item = self._place.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()


class _AllDone(Label):
    """What stands there when nothing is due."""

    def __init__(self) -> None:
        super().__init__(
            _("Nobody is waiting for a call. A follow-up with its day appears here by itself."), Role.MUTED, wrap=True
        )


def _focus(widget: QWidget) -> QWidget:
    focused: QWidget | None = widget.window().focusWidget()
    return widget.window() if focused is None else focused
