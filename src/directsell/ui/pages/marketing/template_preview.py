"""A text as a real person would get it; the person can be changed. Nothing is stored."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from directsell.i18n import _
from directsell.store.queries.people import suggest_people
from directsell.ui.session import Session
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.person_picker import PersonPicker
from directsell.ui.widgets.writing.sending import lacking_words
from directsell.usecases.messages import written_for


class TemplatePreview(Card):
    """``TemplatePreview(session)``: ``show_text(subject, body)``; ``picker`` chooses for whom."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("As somebody gets it"), parent=parent)
        self._session = session
        self._texts = ("", "")
        self.picker = PersonPicker(session, _("For whom"), create=False)
        self.picker.chosen.connect(self._chosen)
        self.add(self.picker)
        self.words = Label("", Role.BODY, wrap=True)
        self.add(self.words)
        self.missing = Label("", Role.SMALL, wrap=True)
        self.missing.set_tone("warn")
        self.add(self.missing)

    def show_text(self, subject: str, body: str) -> None:
        """Show a text filled in for the chosen person; without one for the newest in the book."""
        self._texts = (subject, body)
        if self.picker.person_id() is None:
            newest = self._session.look(suggest_people, "", 1)
            if newest:
                self.picker.set_person(newest[0].id)
        self._show()

    def _chosen(self, _person: object) -> None:
        self._show()

    def _show(self) -> None:
        person = self.picker.person_id()
        if not isinstance(person, UUID):
            self.words.setText(_("Choose a person to see the text."))
            self.missing.hide()
            return
        head, text = self._session.look(written_for, person, *self._texts, self._session.today())
        self.words.setText("\n\n".join(part for part in (head.text, text.text) if part))
        missing = tuple(dict.fromkeys((*head.missing, *text.missing)))
        self.missing.setText(lacking_words(missing) if missing else "")
        self.missing.setVisible(bool(missing))
