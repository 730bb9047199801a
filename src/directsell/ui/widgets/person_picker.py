"""The field in which a person is chosen: type a part of a name or number, pick, or ask for a new one. It saves nothing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from directsell.i18n import _
from directsell.store.queries.people import person_name, suggest_people
from directsell.ui.session import Session
from directsell.ui.theme import T, paint_icon
from directsell.ui.widgets.cards import paint_avatar
from directsell.ui.widgets.fields.completion import Completion, CompletionField
from directsell.ui.widgets.painting import leading


@dataclass(frozen=True, slots=True)
class _New:
    """The row that asks for a new person of a name."""

    name: str


class PersonPicker(CompletionField):
    """``PersonPicker(session, label, *, create=True, parent=None)``: put it into ``FormField(label, picker)``.

    ``person_id()`` (None while nobody is chosen), ``set_person(id | None)`` (tells nobody), ``set_query(text)`` (words as if
    typed), ``value()`` is ``person_id()``; ``error()`` says when something is typed that is nobody. Down opens the proposals
    (without text: the newest people), Enter or Tab picks, Escape closes; typed text is never thrown away.

    Signals: ``chosen(object id | None)`` by the user only (None when the name is altered); ``create_requested(str)`` the
    typed words (see widgets.new_person for a sheet that answers); ``changed()``, ``committed()``, ``error_changed(str)``.
    """

    chosen = Signal(object)
    create_requested = Signal(str)

    def __init__(self, session: Session, label: str, *, create: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(self._find, placeholder=_("Type a name or number …"), parent=parent)
        self._session = session
        self._create = create
        self._wrong = ""
        self.setAccessibleName(label)
        self.set_lead(28)

    # --- value

    def person_id(self) -> UUID | None:
        """Return who is chosen."""
        value = self._value
        return value if isinstance(value, UUID) else None

    def value(self) -> UUID | None:
        """Return who is chosen; the name every editor has for it."""
        return self.person_id()

    def set_person(self, person_id: UUID | None) -> None:
        """Show a person, or nobody, without telling anyone."""
        self.set_value(person_id, self._session.look(person_name, person_id))
        self._report()

    def set_query(self, text: str) -> None:
        """Put words into the field as if they were typed, without opening the proposals."""
        self.set_value(None, text)

    def error(self) -> str:
        """Return the sentence about words that are nobody; "" when empty or chosen."""
        if self.person_id() is None and self.text().strip():
            return _("Choose a person from the list, or create a new one.")
        return ""

    # --- Qt's side

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._report()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        spot = leading(self.layoutDirection(), QRectF(self.rect()), QRectF(9, (self.height() - 24) / 2, 24, 24))
        if self.person_id() is not None:
            paint_avatar(painter, spot, self.text())
        else:
            paint_icon(painter, "search", spot.adjusted(4, 4, -4, -4), T("text3"))

    # --- inside

    def _find(self, text: str) -> list[Completion]:
        if self.person_id() is not None:
            text = ""
        rows = [
            Completion(hit.id, hit.name, " · ".join(part for part in (hit.reach, hit.city) if part), avatar=hit.name)
            for hit in self._session.look(suggest_people, text)
        ]
        if text and self._create:
            rows.append(Completion(_New(text), _("Create “{name}”").format(name=text), icon="user-plus"))
        return rows

    def _enter(self) -> None:
        # The newest people are proposed without any text; they can be picked like the others.
        if not (self.proposals() and self._pick_current()):
            super()._enter()

    def _typed(self, text: str) -> None:
        before = self.person_id()
        super()._typed(text)
        if before is not None:
            self.chosen.emit(None)
        if self._wrong:
            self._report()

    def _pick(self, row: object) -> None:
        if isinstance(row, Completion) and isinstance(row.value, _New):
            self.close_list()
            self.create_requested.emit(row.value.name)
            return
        super()._pick(row)
        self._report()
        self.chosen.emit(self.person_id())

    def _report(self) -> None:
        sentence = self.error()
        if sentence != self._wrong:
            self._wrong = sentence
            self.error_changed.emit(sentence)
