"""The card of due contacts: one line for each person, the chosen one open, and what the daily limit moved on."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.i18n import _, ngettext
from directsell.store.errors import StoreError
from directsell.store.queries.due import DueWeek
from directsell.ui.pages.today.contact_line import ContactLine
from directsell.ui.pages.today.rows import Skeleton
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.labels import Label, Role

_DRAFT = "today:notes"
_PAUSE_MS = 700


class ContactsCard(Card):
    """``ContactsCard(session)``: ``show_contacts(week)``. The first line is open; Up and Down move.

    Notes that are half-typed outlive the window: ``settle()`` keeps them as a draft, the first contacts shown take them up.

    Signals: ``week_wanted()`` when what was moved to the coming days is asked for; ``write_wanted(object id, str name)``.
    """

    week_wanted = Signal()
    write_wanted = Signal(object, str)

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
        self._kept: dict[UUID, str] | None = None  # the notes of the last time, until they were shown
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.settle)

    def settle(self) -> None:
        """Store the notes that are half-typed."""
        self._pause.stop()
        if self._kept is None:
            return  # nothing was shown yet
        notes = {str(key): text for key, text in self._notes().items()}
        with suppress(StoreError):  # the next pause tries again; the lines still have everything
            if notes:
                self._session.drafts.save(_DRAFT, notes)
            elif self._session.drafts.load(_DRAFT) is not None:
                self._session.drafts.delete(_DRAFT)

    def _notes(self) -> dict[UUID, str]:
        return {line.contact.person_id: line.typed() for line in self.lines if line.typed()}

    def _taken_up(self) -> dict[UUID, str]:
        """Return the notes that stand in the lines, before the first ones those of the last time."""
        if self._kept is None:
            draft = self._session.drafts.load(_DRAFT)
            self._kept = {} if draft is None else {UUID(key): str(text) for key, text in draft.body.items()}
            return self._kept
        return self._notes()

    def show_contacts(self, week: DueWeek) -> None:
        """Show who is due; the open line stays open, what was typed stays typed, the focus stays in the card."""
        notes = self._taken_up()
        opened = next((line.contact.person_id for line in self.lines if line.is_open), None)
        place = next((n for n, line in enumerate(self.lines) if line.contact.person_id == opened), 0)
        focused = any(line.hasFocus() or line.isAncestorOf(_focus(self)) for line in self.lines)
        self._clear()
        today = week.today
        for contact in today.contacts:
            line = ContactLine(self._session, contact, today.day)
            line.keep(notes.get(contact.person_id, ""))
            line.chosen.connect(self.open_line)
            line.step.connect(self._step)
            line.write_wanted.connect(self.write_wanted)
            line.noted.connect(self._pause.start)
            self.lines.append(line)
            self._place.addWidget(line)
        self._add_rest(week)
        self._count.setText(self._counted(week))
        ids = [line.contact.person_id for line in self.lines]
        if ids:
            keep = opened if opened in ids else ids[min(place, len(ids) - 1)]
            self.open_line(keep)
            if focused:
                line = self.lines[ids.index(keep)]
                line.show()  # a layout shows it later; what is hidden does not keep the focus
                line.setFocus(Qt.FocusReason.TabFocusReason)

    def _add_rest(self, week: DueWeek) -> None:
        """Below the lines: how many more there are today, and how many the daily limit moved on."""
        rest = week.today.count - len(week.today.contacts)
        if rest > 0:
            words = ngettext("{count} more", "{count} more", rest).format(count=rest)
            self._place.addWidget(Button(words, kind=Kind.QUIET, compact=True, on_click=self._all))
        if week.moved:
            words = ngettext("{count} moved to the coming days", "{count} moved to the coming days", week.moved)
            words = words.format(count=self._session.language.number(week.moved))
            button = Button(words, "calendar-days", kind=Kind.QUIET, compact=True, on_click=self.week_wanted.emit)
            button.setToolTip(_("A day has as many contacts as you set as your limit."))
            self._place.addWidget(button)
        if not week.today.contacts:
            self._place.addWidget(_AllDone(week.made))

    def _counted(self, week: DueWeek) -> str:
        number = self._session.language.number
        parts = []
        if week.today.count:
            open_ = ngettext("{count} open", "{count} open", week.today.count)
            parts.append(open_.format(count=number(week.today.count)))
        if week.made:
            parts.append(ngettext("{count} made", "{count} made", week.made).format(count=number(week.made)))
        return " · ".join(parts)

    def open_line(self, person_id: UUID) -> None:
        """Unfold one line and fold the others."""
        for line in self.lines:
            if line.is_open is not (line.contact.person_id == person_id):
                line.set_open(line.contact.person_id == person_id)

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
    """What stands there when nothing is due, or not any more."""

    def __init__(self, made: int) -> None:
        words = _("Nobody is waiting for a call. A follow-up with its day appears here by itself.")
        if made:
            words = _("All done for today.")
        super().__init__(words, Role.MUTED, wrap=True)


def _focus(widget: QWidget) -> QWidget:
    focused: QWidget | None = widget.window().focusWidget()
    return widget.window() if focused is None else focused
