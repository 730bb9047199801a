"""The person as a prospect: qualification, objections, contacts in two keys. The cards stand in the detail; it saves nothing else."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from directsell.domain.objections import Objection
from directsell.i18n import _
from directsell.store.queries.objections import objections_of
from directsell.store.queries.person_card import PersonCard
from directsell.store.queries.pipeline import Attempts, attempts_of
from directsell.store.reader import Reader
from directsell.ui.routes import quote_view
from directsell.ui.session import Command, Session
from directsell.ui.widgets.ask_strip import AskStrip
from directsell.ui.widgets.attempt_words import attempt_words
from directsell.ui.widgets.objection_sheet import ObjectionSheet
from directsell.ui.widgets.objections_card import ObjectionsCard
from directsell.ui.widgets.person_asking import Asking, Subject
from directsell.ui.widgets.qualification_card import QualificationCard


def _heard_and_tried(reader: Reader, person_id: UUID) -> tuple[list[Objection], Attempts]:
    return objections_of(reader, person_id), attempts_of(reader, person_id)


class PersonProspecting(QObject):
    """``PersonProspecting(session, page)``: ``qualification`` and ``objections`` are cards, ``form`` the sheet of an objection.

    ``show_person(card)``, ``commands()``, ``is_open()``, ``settle()``.
    """

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session = session
        self._shown: PersonCard | None = None
        self.qualification = QualificationCard(session)
        self.objections = ObjectionsCard()
        self.form = ObjectionSheet(session, page)
        self.strip = AskStrip(page)
        self.asking = Asking(session, self.strip)
        self.objections.add_wanted.connect(self.note_objection)
        self.objections.edit_wanted.connect(self._edit)

    def show_person(self, card: PersonCard) -> None:
        """Show somebody else, or the same person after a change."""
        if self._shown is not None and self._shown.person.id != card.person.id:
            self.strip.close_strip()
            self.qualification.settle()
        self._shown = card
        self.qualification.show_person(card.person)
        self._session.read(self, _heard_and_tried, card.person.id, done=self._show)

    def _show(self, found: tuple[list[Objection], Attempts]) -> None:
        objections, attempts = found
        self.qualification.show_attempts(attempt_words(attempts, self._session.language))
        self.objections.show_objections(objections)

    def commands(self) -> list[Command]:
        """Return what can be done with a prospect."""
        if self._shown is None:
            return []
        words = _("call, e-mail, message, visit, social media")
        return [
            Command(_("Log a contact in two keys"), self.log, "phone", "Ctrl+Shift+L", words=words),
            Command(_("Note an objection"), self.note_objection, "message-circle"),
            Command(_("New quote for this person"), self.quote, "file-text", "Ctrl+Shift+Q"),
        ]

    def is_open(self) -> bool:
        """Say whether the sheet lies over the page."""
        return not self.form.isHidden()

    def settle(self) -> None:
        """Store words that were typed and not left yet."""
        self.qualification.settle()

    def log(self) -> None:
        """Ask how the person was contacted, then what came of it."""
        if self._shown is not None and not self.is_open():
            person = self._shown.person
            self.asking.log(Subject(person.id, self._shown.name, person.stage))

    def quote(self) -> None:
        """Start a quote."""
        if self._shown is not None and not self.is_open():
            self._session.navigation.go("orders", None, quote_view(person=self._shown.person.id))

    def note_objection(self) -> None:
        """Ask for an objection."""
        if self._shown is not None:
            self.form.add_for(self._shown.person.id, self._shown.name)

    def _edit(self, objection: object) -> None:
        if isinstance(objection, Objection) and self._shown is not None:
            self.form.edit(objection, self._shown.name)
