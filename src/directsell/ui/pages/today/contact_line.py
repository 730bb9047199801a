"""One person to contact today: a line that unfolds with reasons, phone, last words and outcomes of one key."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from directsell.domain.contact_choices import Outcome
from directsell.i18n import _, ngettext
from directsell.store.queries.due import DueContact, DueFollowUp
from directsell.ui.pages.today.rows import Line, paint_line
from directsell.ui.routes import new_view
from directsell.ui.session import Session
from directsell.ui.terms import icon_of, term
from directsell.ui.theme import T
from directsell.ui.widgets.buttons import Button, Call, Kind, Menu
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.painting import by_keyboard, fill_round, focus_ring

if TYPE_CHECKING:
    from directsell.ui.widgets.fields.text import TextField

_HEAD = 56
_REASONS = 5
_ENDLESS = re.compile(r"\S{24}")


class ContactLine(QWidget):
    """``ContactLine(session, contact, today)``: one person to contact; ``set_open(True)`` unfolds it.

    Keys while it has the focus: 1 reached, 2 no answer, 3 left a message, 4 call back, 5 tomorrow, 6 skip; B booked a
    demo, O ordered, N not interested; W writes a message, Enter opens the person. Signals: ``chosen(object id)`` when it
    was clicked or got the focus; ``step(int)`` for Up and Down; ``write_wanted(object id, str name)``; ``noted()`` at each key
    of the note.
    """

    chosen = Signal(object)
    step = Signal(int)
    write_wanted = Signal(object, str)
    noted = Signal()

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
        self.more_reasons: Button | None = None
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
        self._add_reasons(column)
        column.addLayout(self._reach_row())
        for words in self._background():
            column.addWidget(Label(words, Role.SMALL, wrap=True))
        self.note = TextField(self._kept, placeholder=_("What was said (Enter: reached)"))
        self.note.setAccessibleName(_("What was said"))
        self.note.returnPressed.connect(self.reached)
        self.note.changed.connect(self.noted)
        column.addWidget(self.note)
        column.addWidget(self._buttons())

    def _add_reasons(self, column: QVBoxLayout) -> None:
        """Say every reason; of many the first ones, so that phone and outcomes stay in sight, and the others on demand."""
        reasons = self.contact.reasons
        shown = reasons if len(reasons) <= _REASONS + 1 else reasons[:_REASONS]
        for reason in shown:
            _add_reason(column, reason, alone=len(reasons) == 1)
        rest = reasons[len(shown) :]
        if not rest:
            return
        others = QWidget()
        inner = QVBoxLayout(others)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        for reason in rest:
            _add_reason(inner, reason, alone=False)
        others.hide()
        words = ngettext("{count} more reason", "{count} more reasons", len(rest)).format(count=len(rest))
        self.more_reasons = Button(words, "chevron-down", kind=Kind.QUIET, compact=True, on_click=others.show)
        self.more_reasons.clicked.connect(self.more_reasons.hide)
        column.addWidget(self.more_reasons, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(others)

    def _reach_row(self) -> QHBoxLayout:
        contact = self.contact
        row = QHBoxLayout()
        row.setSpacing(8)
        where = QVBoxLayout()
        where.setSpacing(2)
        where.addWidget(Label(contact.phone or _("No phone number"), Role.STRONG, selectable=bool(contact.phone)))
        if contact.email:
            where.addWidget(Label(contact.email, Role.SMALL, wrap=True, selectable=True))
        row.addLayout(where, 1)
        row.addWidget(Button(_("Write"), "mail", kind=Kind.QUIET, compact=True, on_click=self.write))
        row.addWidget(Button(_("Open person"), "user", kind=Kind.QUIET, compact=True, on_click=self.open_person))
        return row

    def _background(self) -> list[str]:
        """What to know before dialling: last words, last order, what is owed."""
        contact, language = self.contact, self._session.language
        lines = []
        if contact.last_words and contact.last_at is not None:
            day = language.relative_day(contact.last_at.astimezone().date(), self._today)
            lines.append(_("Last time ({day}): {words}").format(day=day, words=contact.last_words))
        if contact.last_order is not None:
            total = language.money(contact.last_total, contact.currency)
            day = language.date(contact.last_order)
            bought = _("Last order: {day}, {total}").format(day=day, total=total)
            if contact.owed > 0:
                owed = language.money(contact.owed, contact.currency)
                bought = _("{order} · owes you {amount}").format(order=bought, amount=owed)
            lines.append(bought)
        return lines

    def _buttons(self) -> QWidget:
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=6)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        buttons.setSizePolicy(policy)
        for key, (text, act) in enumerate(self._outcomes(), start=1):
            kind = Kind.PRIMARY if key == 1 else Kind.SECONDARY
            tip = _("{text} (key {key})").format(text=text, key=key)
            flow.addWidget(Button(text, kind=kind, compact=True, on_click=act, tip=tip))
        more = Menu(buttons)
        for letter, (text, icon, act) in self._results().items():
            more.add(_("{text} (key {key})").format(text=text, key=letter), icon, act)
        more.addSeparator()
        for days in (3, 7, 14, 30):
            day = self._today + timedelta(days=days)
            words = _("Put off to {day}").format(day=self._session.language.date(day, "full"))
            more.add(words, "calendar-clock", Call(self.put_off, days))
        flow.addWidget(Button(_("More"), kind=Kind.SECONDARY, compact=True, menu=more))
        return buttons

    def _outcomes(self) -> list[tuple[str, Callable[[], object]]]:
        return [
            (term(Outcome.REACHED), self.reached),
            (term(Outcome.NO_ANSWER), self.no_answer),
            (term(Outcome.LEFT_MESSAGE), self.left_message),
            (term(Outcome.CALL_BACK), self.call_back),
            (_("Tomorrow"), self.put_off),
            (_("Skip"), self.skip),
        ]

    def _results(self) -> dict[str, tuple[str, str, Callable[[], object]]]:
        return {
            "B": (term(Outcome.BOOKED_DEMO), "party-popper", self.booked_demo),
            "O": (term(Outcome.ORDERED), "shopping-bag", self.ordered),
            "N": (term(Outcome.NOT_INTERESTED), "x", self.not_interested),
            "W": (_("Write"), "mail", self.write),
        }

    # --- outcomes

    def reached(self) -> None:
        """Close it as reached."""
        self._finish(Outcome.REACHED)

    def no_answer(self) -> None:
        """Note the attempt and try again the next day."""
        self._finish(Outcome.NO_ANSWER)

    def left_message(self) -> None:
        """Note that a message was left and ask again in some days."""
        self._finish(Outcome.LEFT_MESSAGE)

    def call_back(self) -> None:
        """Note that a call back was agreed, tomorrow."""
        self._finish(Outcome.CALL_BACK)

    def booked_demo(self) -> None:
        """Close it and write the demo down."""
        self._finish(Outcome.BOOKED_DEMO)
        self._session.navigation.go("demos", None, new_view(person=self.contact.person_id))

    def ordered(self) -> None:
        """Close it and write the order down."""
        self._finish(Outcome.ORDERED)
        self._session.navigation.go("orders", None, new_view(person=self.contact.person_id))

    def not_interested(self) -> None:
        """Close it; a prospect is lost, a customer stays one."""
        self._finish(Outcome.NOT_INTERESTED)

    def put_off(self, days: int = 1) -> None:
        """Move it some days on, without a contact."""
        from directsell.usecases.contacts import put_off_contact

        due = self._today + timedelta(days=days)
        when = self._session.language.relative_day(due, self._today)
        said = _("{name}: {day}").format(name=self.contact.name, day=when)
        self._session.run(self, put_off_contact, self.contact.ids, due_on=due, said=said)

    def skip(self) -> None:
        """Close it without a contact."""
        from directsell.usecases.contacts import skip_contact

        said = _("Skipped: {name}").format(name=self.contact.name)
        self._session.run(self, skip_contact, self.contact.ids, said=said)

    def write(self) -> None:
        """Write a message; whether it settles the matter is said afterwards."""
        self.write_wanted.emit(self.contact.person_id, self.contact.name)

    def open_person(self) -> None:
        """Go to the person."""
        self._session.navigation.go("people", str(self.contact.person_id))

    def _finish(self, outcome: Outcome) -> None:
        # The verbs bring every record of the domain with them; the page must be on the screen before.
        from directsell.usecases.contacts import default_next, make_contact

        said = _("{outcome}: {name}").format(outcome=term(outcome), name=self.contact.name)
        self._session.run(
            self,
            make_contact,
            self.contact.ids,
            channel=self.contact.channel,
            outcome=outcome,
            text=self.typed(),
            next_on=default_next(outcome, self._today),
            said=said,
        )

    # --- Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.key() - Qt.Key.Key_1
        outcomes = self._outcomes()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and 0 <= place < len(outcomes):
            outcomes[place][1]()
        elif plain and event.text().upper() in self._results():
            self._results()[event.text().upper()][2]()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_person()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self.contact.person_id)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = by_keyboard(event)
        super().focusInEvent(event)
        self.chosen.emit(self.contact.person_id)
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


def _add_reason(column: QVBoxLayout, reason: DueFollowUp, *, alone: bool) -> None:
    """Say one reason: what it is, in one small line, and the words for it; alone it stands in the line's head already."""
    what = [*([] if alone else [term(reason.reason)]), *(part for part in (reason.programme, reason.product) if part)]
    if what:
        column.addWidget(Label(" · ".join(what), Role.SMALL, wrap=True))
    if reason.text:
        column.addWidget(Label(_breakable(reason.text), Role.BODY, wrap=True))


def _breakable(text: str) -> str:
    """Return a text whose endless words (links) may be broken; a label breaks between words only."""
    return _ENDLESS.sub("\\g<0>\u200b", text)


def _line_of(contact: DueContact, today: date, *, unfolded: bool = False) -> Line:
    late = (today - contact.due_on).days
    first, rest = contact.reasons[0], len(contact.reasons) - 1
    chip = ngettext("{days} day late", "{days} days late", late).format(days=late) if late > 0 else term(first.reason)
    detail = first.text or (term(first.reason) if late > 0 else "") or contact.last_words or contact.phone
    if unfolded:  # the words stand below, whole
        detail = _("{reason} · {channel}").format(reason=term(first.reason), channel=term(first.channel))
    if rest:
        more = ngettext("{count} more reason", "{count} more reasons", rest).format(count=rest)
        detail = _("{detail} · {more}").format(detail=detail, more=more)
    return Line(
        title=contact.name or contact.phone or contact.email or "?",
        detail=detail,
        chip=chip,
        tone="bad" if late > 0 else "info",
        avatar=contact.name or "?",
        icon=icon_of(first.channel),
    )
