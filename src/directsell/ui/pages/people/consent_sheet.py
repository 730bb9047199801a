"""The sheet in which a consent is noted: channel, given or withdrawn, the words that were asked, where."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from directsell.domain.people import Channel
from directsell.i18n import _
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.choosers import Segmented
from directsell.ui.widgets.fields import ChoiceField, MultilineField, TextField
from directsell.ui.widgets.form_sheet import FormSheet
from directsell.ui.widgets.kept_words import KeptWords
from directsell.ui.widgets.new_person import consent_wording
from directsell.usecases.people import record_consent

_CHANNELS = (Channel.CALL, Channel.MESSAGE, Channel.EMAIL, Channel.POST, Channel.VISIT, Channel.SOCIAL)


class ConsentSheet(FormSheet):
    """``ConsentSheet(session, host)``: ``ask(person_id, name)`` opens it for a person."""

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("Consent"), save_text=_("Note consent"), width=460)
        self._session = session
        self._person: UUID | None = None
        self.channel = ChoiceField([(channel, term(channel)) for channel in _CHANNELS], Channel.EMAIL)
        self.field("channel", _("May be contacted by"), self.channel)
        self.given = Segmented([("yes", _("Consent given")), ("no", _("Withdrawn or refused"))], name=_("Answer"))
        self.field("given", _("Answer"), self.given)
        self.wording = MultilineField(lines=4)
        hint = _("The question as it was asked. It is kept with today's date and cannot be changed later.")
        self.field("wording", _("Wording"), self.wording, hint=hint)
        self.source = TextField(placeholder=_("At the demo, by phone, on the order slip …"))
        self.field("source", _("Where and how"), self.source)
        self._kept = KeptWords(session, self, "consent", self.editors)
        self.save_wanted.connect(self._note)

    def ask(self, person_id: UUID, name: str) -> None:
        """Open the sheet for a person."""
        if not self.make_way():
            return
        self._person = person_id
        self.set_subtitle(name)
        self.channel.set_value(Channel.EMAIL)
        self.given.set_value("yes")
        self.wording.set_value(consent_wording(self._session))
        self.source.set_value("")
        self.set_clean()
        self._kept.begin(person_id)
        self.open_sheet(self.channel)

    def _note(self) -> None:
        if self._person is None or self.first_error():
            return
        self.busy(True)
        self._session.run(
            self,
            record_consent,
            self._person,
            channel=self.channel.value(),
            given=self.given.value() == "yes",
            wording=self.wording.value(),
            source=self.source.value(),
            done=self._noted,
            failed=self.refuse,
            said=_("Consent noted"),
            draft=self._kept.key,
        )

    def _noted(self, _consent: object) -> None:
        self.set_clean()
        self.close_sheet()
