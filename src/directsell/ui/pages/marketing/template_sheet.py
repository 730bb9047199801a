"""The sheet in which a template is written, with a preview for a real person while it is written."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from directsell.domain.contact_choices import Channel
from directsell.domain.marketing import Template
from directsell.domain.message_texts import TEXT_CHANNELS
from directsell.i18n import Language, _, translated_languages
from directsell.ui.pages.marketing.template_preview import TemplatePreview
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.fields import ChoiceField, TextField
from directsell.ui.widgets.form_sheet import FormSheet
from directsell.ui.widgets.kept_words import KeptWords
from directsell.ui.widgets.writing.field_text import FieldText, field_error
from directsell.usecases.marketing import save_template


class TemplateSheet(FormSheet):
    """``TemplateSheet(session, host)``: ``start()``, ``edit(template)``. Signal: ``saved(object id)``."""

    saved = Signal(object)

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("Template"), width=620)
        self._session = session
        self._template: Template | None = None
        self.name = TextField(limit=100, placeholder=_("Thank you after an order"))
        self.field("name", _("Name"), self.name, required=True)
        self.channel = ChoiceField([(channel, term(channel)) for channel in TEXT_CHANNELS], Channel.MESSAGE)
        self.channel.changed.connect(self._channel_chosen)
        codes = dict.fromkeys(tag.partition("_")[0] for tag in translated_languages())
        self.language = ChoiceField(
            [("", _("Any language")), *((code, Language.load(code).name) for code in codes)], ""
        )
        self.pair(
            self.make_field("channel", _("For"), self.channel),
            self.make_field(
                "language",
                _("Language"),
                self.language,
                hint=_("Of templates with the same name everybody gets the one in their language."),
            ),
        )
        self.subject = TextField(limit=300)
        self.field("subject", _("Subject"), self.subject)
        self.subject.changed.connect(self._text_changed)  # after the field, which forgets its sentence at each change
        self.body_text = FieldText(session)
        self.body_text.changed.connect(self._text_changed)
        self.field("body", _("Text"), self.body_text, required=True)
        self.preview = TemplatePreview(session)
        self.add(self.preview)
        self._kept = KeptWords(session, self, "template", self.editors)
        self.save_wanted.connect(self._save_it)

    def start(self) -> None:
        """Open the sheet for a new template."""
        new = Template(id=self._session.new_id(), name="", body="", created_at=self._session.now())
        self._open(new, _("New template"), "new")

    def edit(self, template: Template) -> None:
        """Open the sheet for a stored template."""
        self._open(template, _("Change template"), template.id)

    def copy(self, template: Template) -> None:
        """Open the sheet for a new template with the same words, say in another language."""
        self._open(
            replace(template, id=self._session.new_id(), language="", created_at=self._session.now()),
            _("New template"),
            f"copy-{template.id}",
        )

    def _open(self, template: Template, title: str, subject: object) -> None:
        if not self.make_way():
            return
        self._template = template
        self.set_title(title)
        self.name.set_value(template.name)
        self.channel.set_value(template.channel)
        self.language.set_value(template.language.partition("_")[0])
        self.subject.set_value(template.subject)
        self.body_text.set_value(template.body)
        self.set_clean()
        self._kept.begin(subject)
        self._channel_chosen()
        self.preview.show_text(self.subject.value(), self.body_text.value())
        self.open_sheet(self.name)

    def _channel_chosen(self) -> None:
        self.fields["subject"].setVisible(self.channel.value() in (Channel.EMAIL, Channel.POST))

    def _text_changed(self) -> None:
        self.fields["subject"].set_error(field_error(self.subject.value()))
        self.preview.show_text(self.subject.value(), self.body_text.value())

    def _save_it(self) -> None:
        if self._template is None or self.first_error():
            return
        has_subject = self.channel.value() in (Channel.EMAIL, Channel.POST)
        template = replace(
            self._template,
            name=self.name.value(),
            channel=self.channel.value(),
            language=self.language.value() or "",
            subject=self.subject.value() if has_subject else "",
            body=self.body_text.value(),
        )
        self.busy(True)
        self._session.run(
            self,
            save_template,
            template,
            done=self._done,
            failed=self.refuse,
            said=_("Template saved"),
            draft=self._kept.key,
        )

    def _done(self, template: Template) -> None:
        self.set_clean()
        self.close_sheet()
        key: UUID = template.id
        self.saved.emit(key)
