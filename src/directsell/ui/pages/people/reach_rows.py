"""Rows of the person form: one phone number or e-mail with its label, one address. Each knows the record it came from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.people import Address, ReachKind, ReachPoint
from directsell.i18n import _
from directsell.store.queries.people import owners_of
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.address_edit import AddressEdit
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.fields import ChoiceField, TextField
from directsell.ui.widgets.labels import Label, Role

_LINES = ("street", "extra", "postcode", "city", "region", "country")


class ReachRow(QWidget):
    """``ReachRow(session, point=None, *, kind=MOBILE, owner=None)``: kind, number or address, label; warns of doubles.

    ``owner`` is the person whose form it is. ``record(person_id, position) -> ReachPoint``, ``value()``.
    Signals: ``changed()``; ``open_wanted(object person_id)`` for the person who has the number already.
    """

    changed = Signal()
    committed = Signal()
    error_changed = Signal(str)
    open_wanted = Signal(object)

    def __init__(
        self,
        session: Session,
        point: ReachPoint | None = None,
        *,
        kind: ReachKind = ReachKind.MOBILE,
        owner: UUID | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._point = point
        self._owner = owner
        self._double: UUID | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(6)
        self.kind = ChoiceField([(k, term(k)) for k in ReachKind], point.kind if point else kind)
        self.kind.setAccessibleName(_("Kind of contact"))
        self.kind.setFixedWidth(122)
        self.edit = TextField(point.value if point else "", limit=200)
        self.label = TextField(point.label if point else "", limit=60, placeholder=_("Label"))
        self.label.setAccessibleName(_("Label, such as home or work"))
        self.label.setFixedWidth(92)
        for widget, stretch in ((self.kind, 0), (self.edit, 1), (self.label, 0)):
            row.addWidget(widget, stretch)
        column.addLayout(row)
        self._hint = QWidget()
        line = QHBoxLayout(self._hint)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        self.hint = Label("", Role.SMALL, wrap=True)
        self.hint.set_tone("warn")
        line.addWidget(self.hint, 1)
        self.open_button = Button(_("Open"), kind=Kind.QUIET, compact=True, on_click=self._open)
        line.addWidget(self.open_button)
        self._hint.hide()
        column.addWidget(self._hint)
        self.setFocusProxy(self.edit)
        self.kind.changed.connect(self._edited)
        self.edit.changed.connect(self._edited)
        self.label.changed.connect(self.changed)
        self.edit.error_changed.connect(self.error_changed)
        self._name()

    def value(self) -> str:
        """What is typed, without surrounding blanks."""
        return self.edit.value()

    def error(self) -> str:
        """Sentence when too long."""
        return self.edit.error()

    def record(self, person_id: UUID, position: int) -> ReachPoint:
        """Return what is typed as a record of a person."""
        known = self._point
        if known is None:
            known = ReachPoint(id=self._session.new_id(), person_id=person_id, kind=self.kind.value(), value="")
            self._point = known
        return replace(
            known,
            person_id=person_id,
            kind=self.kind.value(),
            label=self.label.value(),
            value=self.value(),
            position=position,
        )

    def _edited(self) -> None:
        self._name()
        owners = self._session.look(owners_of, self.kind.value(), self.value(), except_person=self._owner)
        self._double = owners[0].person_id if owners else None
        if owners:
            phone = self.kind.value() in (ReachKind.PHONE, ReachKind.MOBILE)
            words = _("Same number as {name}.") if phone else _("Same address as {name}.")
            self.hint.setText(words.format(name=owners[0].name))
        self._hint.setVisible(bool(owners))
        self.updateGeometry()
        self.changed.emit()

    def _name(self) -> None:
        self.edit.setAccessibleName(term(self.kind.value()))
        mail = self.kind.value() is ReachKind.EMAIL
        self.edit.setPlaceholderText("name@example.com" if mail else "")

    def _open(self) -> None:
        if self._double is not None:
            self.open_wanted.emit(self._double)


class AddressRow(AddressEdit):
    """``AddressRow(session, address=None, *, country="")``: an address of a person, with a label.

    ``record(person_id, position) -> Address``.
    """

    def __init__(
        self, session: Session, address: Address | None = None, *, country: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(session.language, label=True, parent=parent)
        self._session = session
        self._address = address
        if address is None:
            self.set_values({"country": country})
        else:
            self.set_values({name: getattr(address, name) for name in _LINES})
            self.label.set_value(address.label)

    def record(self, person_id: UUID, position: int) -> Address:
        """Return what is typed as a record of a person."""
        if self._address is None:
            self._address = Address(id=self._session.new_id(), person_id=person_id)
        values: dict[str, Any] = {**self.values(), "label": self.label.value(), "position": position}
        return replace(self._address, person_id=person_id, **values)
