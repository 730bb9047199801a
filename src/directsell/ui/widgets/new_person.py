"""The sheet for somebody met just now: name, phone or e-mail, consent. The whole form is on the People page."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from directsell.domain.people import Person, ReachKind
from directsell.i18n import _
from directsell.store.queries.people import owners_of
from directsell.store.queries.settings import business
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.fields import CheckBox, TextField
from directsell.ui.widgets.form_sheet import FormSheet
from directsell.ui.widgets.kept_words import KeptWords
from directsell.ui.widgets.labels import Label, Role
from directsell.usecases.newcomers import meet_person


class NewPersonSheet(FormSheet):
    """``NewPersonSheet(session, host)``: ``ask(name, demo_id=None, met_at="")`` opens it.

    With ``demo_id`` the new person goes on the guest list of that demo in the same step. Signals: ``saved(object id)``;
    ``existing_chosen(object id)`` when the number belongs to somebody who is there already and was taken instead.
    """

    saved = Signal(object)
    existing_chosen = Signal(object)

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("New person"), width=420)
        self._session = session
        self._demo: UUID | None = None
        self._met_at = ""
        self._double: UUID | None = None
        self.name = TextField(limit=200)
        self.field("given", _("Name"), self.name, required=True)
        self.phone = TextField(limit=60)
        self.phone.changed.connect(self._look_for_double)
        self.field("phone", _("Mobile"), self.phone)
        self.email = TextField(limit=200, placeholder="name@example.com")
        self.email.changed.connect(self._look_for_double)
        self.field("email", _("E-mail"), self.email)
        self._hint = QWidget()
        row = QHBoxLayout(self._hint)
        row.setContentsMargins(0, 0, 0, 0)
        self._hint_words = Label("", Role.SMALL, wrap=True)
        self._hint_words.set_tone("warn")
        row.addWidget(self._hint_words, 1)
        self.take_button = Button(_("Take that person"), kind=Kind.SECONDARY, compact=True, on_click=self._take)
        row.addWidget(self.take_button)
        self.add(self._hint)
        self.consent = CheckBox(_("May be contacted"))
        self.watch(self.consent)
        self.add(self.consent)
        self._wording = Label("", Role.SMALL, wrap=True)
        self.add(self._wording)
        self._kept = KeptWords(session, self, "somebody", lambda: {**self.editors(), "consent": self.consent})
        self.save_wanted.connect(self._save_it)

    def ask(self, name: str = "", *, demo_id: UUID | None = None, met_at: str = "") -> None:
        """Open the sheet with the words typed so far; digits are taken for a number, an "@" for an e-mail address."""
        if not self.make_way():
            return
        self._demo, self._met_at = demo_id, met_at
        number = sum(character.isdecimal() for character in name) >= 5
        mail = "@" in name
        self.name.set_value("" if number or mail else name)
        self.phone.set_value(name if number and not mail else "")
        self.email.set_value(name if mail else "")
        self.consent.set_value(False)
        self._wording.setText(consent_wording(self._session))
        self.set_clean()
        self._kept.begin(demo_id or "new", offer=not name)
        self._look_for_double()
        self.open_sheet(self.phone if self.name.value() else self.name)

    def _look_for_double(self) -> None:
        look = self._session.look
        owners = look(owners_of, ReachKind.MOBILE, self.phone.value()) or look(
            owners_of, ReachKind.EMAIL, self.email.value()
        )
        self._double = owners[0].person_id if owners else None
        self._hint.setVisible(bool(owners))
        if owners:
            self._hint_words.setText(_("{name} has this already.").format(name=owners[0].name))

    def _take(self) -> None:
        double = self._double
        self.set_clean()
        self.close_sheet()
        self.existing_chosen.emit(double)

    def _save_it(self) -> None:
        if self.first_error():
            return
        self.busy(True)
        self._session.run(
            self,
            meet_person,
            self._session.new_id(),
            name=self.name.value(),
            phone=self.phone.value(),
            email=self.email.value(),
            consent=self._wording.text() if self.consent.value() else "",
            met_at=self._met_at,
            demo_id=self._demo,
            done=self._saved,
            failed=self.refuse,
            said=_("{name} added").format(name=self.name.value()),
            draft=self._kept.key,
        )

    def _saved(self, person: Person) -> None:
        self.set_clean()
        self.close_sheet()
        self.saved.emit(person.id)


def consent_wording(session: Session) -> str:
    """Return the question that is proposed, with the name of the business."""
    name = session.look(business).name
    if name:
        return _("May {business} contact you about products, offers and demos?").format(business=name)
    return _("May I contact you about products, offers and demos?")
