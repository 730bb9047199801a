"""The right side of the History page: what one step wrote, field by field, before and after."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from directsell.i18n import _, ngettext
from directsell.store.queries.history import Entry, FieldChange, Named, RowChange
from directsell.ui.pages.history.names import INTERNAL
from directsell.ui.pages.history.words import (
    change_chip,
    field_name,
    origin_chip,
    step_text,
    table_icon,
    table_name,
    value_text,
)
from directsell.ui.session import Session
from directsell.ui.theme import T, paint_icon
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.cards import Card, Chip
from directsell.ui.widgets.labels import ElidedLabel, Label, Role
from directsell.ui.widgets.page import Page

SHOWN = 40  # records with their fields; the rest is counted
_LONGEST = 600


class _Icon(QWidget):
    """A small icon in the accent's colour."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(20, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), self._name, QRectF(self.rect()), T("accent_text"))


class ChangeCard(Card):
    """``ChangeCard(session, change)``: one record with the fields that were written."""

    def __init__(self, session: Session, change: RowChange, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._session = session
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(_Icon(table_icon(change.table)))
        title = table_name(change.table)
        if change.name:
            title = _("{kind}: {name}").format(kind=title, name=change.name)
        head.addWidget(ElidedLabel(title, Role.SECTION), 1)
        head.addWidget(Chip(*change_chip(change)))
        self.body.addLayout(head)
        fields = [field for field in change.fields if field.name not in INTERNAL]
        if change.table == "setting":
            fields = [field for field in fields if field.name != "name"]
        if fields:
            self.body.addLayout(self._grid(change, fields))

    def _grid(self, change: RowChange, fields: list[FieldChange]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for line, field in enumerate(fields):
            name = Label(field_name(field.name), Role.SMALL)
            name.setMinimumWidth(120)
            grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._values(change, field), line, 1)
        return grid

    def _values(self, change: RowChange, field: FieldChange) -> QWidget:
        language = self._session.language
        after = value_text(language, change, field.name, field.after)[:_LONGEST]
        now = Label(after, Role.STRONG, wrap=True, selectable=True)
        if change.kind != "changed":
            now.setAccessibleName(_("{field}: {value}").format(field=field_name(field.name), value=after))
            return now
        before = value_text(language, change, field.name, field.before)[:_LONGEST]
        old = Label(before, Role.MUTED, wrap=True, selectable=True)
        words = _("{field}: {before}, then {after}")
        now.setAccessibleName(words.format(field=field_name(field.name), before=before, after=after))
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        struck = old.font()
        struck.setStrikeOut(before != "–")
        old.setFont(struck)
        column.addWidget(old)
        column.addWidget(now)
        return box


class HistoryDetail(Page):
    """``HistoryDetail(session)``: ``show_entry(Entry)``, ``entry``. Signals: ``back_wanted()``, ``put_back_wanted()``,
    ``person_wanted(object id)`` to list everything about a person.
    """

    back_wanted = Signal()
    put_back_wanted = Signal()
    person_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(margin=24, parent=parent)
        self._session = session
        self.entry: Entry | None = None
        self._person: UUID | None = None
        self._build_head()
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        self.add_layout(self._cards)

    def _build_head(self) -> None:
        self.back = IconButton("arrow-left", _("Back to the list"))
        self.back.clicked.connect(self.back_wanted)
        self.back.hide()
        self._title = Label("", Role.HEADING, wrap=True)
        self._subtitle = Label("", Role.MUTED, wrap=True)
        self._chip = Chip()
        self.put_back_button = Button(_("Put back"), "undo-2", kind=Kind.PRIMARY)
        self.put_back_button.clicked.connect(self.put_back_wanted)
        self.person_button = Button("", "user", kind=Kind.SECONDARY, on_click=self._wants_person)
        self._why = Label("", Role.SMALL, wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        top.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        actions = QHBoxLayout()
        actions.setSpacing(8)
        actions.addWidget(self.put_back_button)
        actions.addWidget(self.person_button)
        actions.addStretch(1)
        self.body.setContentsMargins(24, 16, 24, 24)
        self.add_layout(top)
        self.add_layout(actions)
        self.add(self._why)

    def set_narrow(self, narrow: bool) -> None:
        """Show the way back where the list is hidden."""
        self.back.setVisible(narrow)

    def show_entry(self, entry: Entry) -> None:
        """Show a step with what it wrote."""
        self.entry = entry
        language = self._session.language
        self._title.setText(step_text(entry.row))
        where = entry.row.device_name or entry.row.device
        when = _("{day}, {time}").format(
            day=language.date(entry.row.at.astimezone().date(), "full"), time=language.time(entry.row.at.astimezone())
        )
        self._subtitle.setText(_("{when} · {device}").format(when=when, device=where))
        text, tone = origin_chip(entry.row)
        self._chip.set(text, tone)
        self._chip.setVisible(bool(text))
        self._show_ways(entry)
        while self._cards.count():
            item = self._cards.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for change in entry.changes[:SHOWN]:
            self._cards.addWidget(ChangeCard(self._session, change))
        rest = entry.total - min(SHOWN, len(entry.changes))
        if rest > 0:
            words = ngettext("and {count} more record", "and {count} more records", rest)
            self._cards.addWidget(Label(words.format(count=language.number(rest)), Role.MUTED))

    def _show_ways(self, entry: Entry) -> None:
        """What can be done, and why something cannot."""
        why = ""
        if entry.row.barrier:
            why = _("A number was issued here. It cannot be put back; a cancelling paper corrects it.")
        elif entry.taken_back_by is not None:
            when = self._session.language.datetime(entry.taken_back_by.at)
            why = _("This was taken back on {when}.").format(when=when)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self.put_back_button.setEnabled(not entry.row.barrier)
        person = next(_people(entry), None)
        self._person = None if person is None else person.id
        self.person_button.setVisible(person is not None)
        if person is not None:
            self.person_button.setText(_("Everything about {name}").format(name=person.name[:40]))

    def _wants_person(self) -> None:
        if self._person is not None:
            self.person_wanted.emit(self._person)


def _people(entry: Entry) -> Iterator[Named]:
    for change in entry.changes:
        if change.table == "person":
            yield Named("person", change.id, change.name)
        for field in change.fields:
            if isinstance(field.after, Named) and field.after.table == "person" and field.after.name:
                yield field.after
