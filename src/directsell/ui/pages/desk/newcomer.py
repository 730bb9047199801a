"""The sheet for a new guest: name, phone, consent. Somebody who is known already is found while the name is typed."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from directsell.domain.demos import DemoGuest
from directsell.i18n import _
from directsell.ui.session import Session
from directsell.ui.widgets.fields import CheckBox, TextField
from directsell.ui.widgets.form_sheet import FormSheet
from directsell.ui.widgets.person_picker import PersonPicker
from directsell.usecases.parties import Newcomer, seat_guest, welcome_guest


class _Name(PersonPicker):
    """Somebody known, or words for somebody new: both are right here."""

    def error(self) -> str:
        return ""


class GuestSheet(FormSheet):
    """``GuestSheet(session, host)``: ``ask(demo_id)``. Signal: ``saved(object person_id)``."""

    saved = Signal(object)

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("New guest"), width=420)
        self._session = session
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
        self.name.create_requested.connect(self._new)
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
        self.set_clean()
        self.open_sheet(self.name)

    def _chosen(self, person_id: object) -> None:
        """Somebody known needs no number and no question."""
        new = person_id is None
        self._phone_field.setVisible(new)
        self.consent.setVisible(new)
        self.save_button.setText(_("Take up") if new else _("Take up {name}").format(name=self.name.text()))

    def _new(self, name: str) -> None:
        self.name.set_query(name)
        self.phone.setFocus(Qt.FocusReason.TabFocusReason)

    def _save_it(self) -> None:
        if self._demo is None:
            return
        outside = self.outside.value()
        known = self.name.person_id()
        self.busy(True)
        if known is not None:
            self._session.run(
                self, seat_guest, self._demo, known, outside=outside, done=self._saved, failed=self.refuse
            )
            return
        newcomer = Newcomer(
            name=self.name.text().strip(),
            phone=self.phone.value(),
            may_contact=self.consent.value(),
            outside=outside,
        )
        self._session.run(
            self,
            welcome_guest,
            self._demo,
            newcomer,
            done=self._saved,
            failed=self.refuse,
            said=_("{name} is here").format(name=newcomer.name),
        )

    def _saved(self, guest: DemoGuest) -> None:
        self.set_clean()
        self.close_sheet()
        self.saved.emit(guest.person_id)
