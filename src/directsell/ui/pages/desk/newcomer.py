"""The sheet for a new guest: name, phone, consent. Somebody who is known already is found while the name is typed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from directsell.domain.demos import DemoGuest
from directsell.domain.records import Record
from directsell.i18n import _
from directsell.ui.session import Session
from directsell.ui.widgets.draft_sheet import DraftSheet
from directsell.ui.widgets.fields import CheckBox, TextField
from directsell.ui.widgets.person_picker import PersonPicker
from directsell.usecases.parties import Newcomer, seat_guest, welcome_guest


class _Name(PersonPicker):
    """Somebody known, or words for somebody new: both are right here."""

    def error(self) -> str:
        return ""


class GuestSheet(DraftSheet):
    """``GuestSheet(session, host)``: ``ask(demo_id)``. Signal: ``saved(object person_id)``."""

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(session, host, _("New guest"), draft="guest:", width=420)
        self._demo: UUID | None = None
        self.name = _Name(session, _("Name"))
        self.field("given", _("Name"), self.name, required=True)
        self.phone = TextField(limit=60)
        self._phone_field = self.field("phone", _("Mobile"), self.phone)
        self.consent = CheckBox(_("May be contacted"))
        self.watch(self.consent)
        self.add(self.consent)
        self.outside = CheckBox(_("Orders without coming"))
        self.watch(self.outside)
        self.add(self.outside)
        self.name.chosen.connect(self._chosen)
        self.name.create_requested.connect(self._somebody_new)
        self.phone.returnPressed.connect(self._save)
        self.save_wanted.connect(self._save_it)

    def ask(self, demo_id: UUID) -> None:
        """Open the sheet for a demo."""
        if not self.make_way():
            return
        self._demo = demo_id
        self.name.set_person(None)
        self.name.set_query("")
        self.phone.set_value("")
        self.consent.set_value(False)
        self.outside.set_value(False)
        self._chosen(None)
        self.begin(None)
        self.set_clean()
        self._restore()
        self.open_sheet(self.name)

    def state(self) -> dict[str, Any]:
        """Return who it is and what was answered."""
        known = self.name.person_id()
        return {
            "name": self.name.text(),
            "person": "" if known is None else str(known),
            "phone": self.phone.value(),
            "consent": self.consent.value(),
            "outside": self.outside.value(),
        }

    def _restore(self) -> None:
        """Show what was half-typed the last time."""
        kept = self.kept()
        if kept is None:
            return
        if kept.get("person"):
            self.name.set_person(UUID(str(kept["person"])))
            self._chosen(self.name.person_id())
        else:
            self.name.set_query(str(kept.get("name", "")))
        self.phone.set_value(str(kept.get("phone", "")))
        self.consent.set_value(bool(kept.get("consent")))
        self.outside.set_value(bool(kept.get("outside")))
        self.touch()

    def _chosen(self, person_id: object) -> None:
        """Somebody known needs no number and no question."""
        new = person_id is None
        self._phone_field.setVisible(new)
        self.consent.setVisible(new)
        self.save_button.setText(_("Take up") if new else _("Take up {name}").format(name=self.name.text()))

    def _somebody_new(self, name: str) -> None:
        self.name.set_query(name)
        self.phone.setFocus(Qt.FocusReason.TabFocusReason)

    def _save_it(self) -> None:
        if self._demo is None:
            return
        outside = self.outside.value()
        known = self.name.person_id()
        if known is not None:
            self.store(seat_guest, self._demo, known, outside=outside, said="")
            return
        newcomer = Newcomer(
            name=self.name.text().strip(),
            phone=self.phone.value(),
            may_contact=self.consent.value(),
            outside=outside,
        )
        said = _("{name} is here").format(name=newcomer.name)
        self.store(welcome_guest, self._demo, newcomer, said=said)

    def _saved(self, record: Record) -> None:
        self.set_clean()
        self.close_sheet()
        if isinstance(record, DemoGuest):
            self.saved.emit(record.person_id)
