"""One message after another: who is next, the text as this person gets it, opening the other program, "Was it sent?"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.message_texts import TextField as Known
from directsell.domain.message_ways import CHANNELS, Link, Way, mail_link, sms_link, whatsapp_link
from directsell.i18n import N_, _
from directsell.store.queries.messages import Recipient
from directsell.ui import opening
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.cards import Avatar
from directsell.ui.widgets.fields import FormField, MultilineField, TextField
from directsell.ui.widgets.labels import ElidedLabel, Label, Role
from directsell.ui.widgets.layouts import PackedColumn
from directsell.ui.widgets.marketing_words import FIELDS
from directsell.usecases.messages import log_message, number_of, written_for

_OPEN: dict[Way, tuple[str, str]] = {
    Way.MAIL: (N_("Open mail program"), "mail"),
    Way.WHATSAPP: (N_("Open WhatsApp"), "message-circle"),
    Way.SMS: (N_("Open text message"), "message-circle"),
    Way.CLIPBOARD: (N_("Copy the text"), "copy"),
}


@dataclass(frozen=True, slots=True)
class Sending:
    """What is sent to whom: ``text_of(recipient)`` gives subject and body with their fields still in them."""

    way: Way
    people: tuple[Recipient, ...]
    text_of: Callable[[Recipient], tuple[str, str]]
    home: str
    campaign_id: UUID | None = None
    template_of: Callable[[Recipient], UUID | None] = lambda _recipient: None


class SendingSteps(QWidget):
    """``SendingSteps(session)``: ``begin(sending)``; ``open_button``, ``yes``, ``no``, ``skip``; ``sent`` and ``left`` count.

    Signals: ``finished(int sent, int skipped)``, ``moved(int place, int of)``.
    """

    finished = Signal(int, int)
    moved = Signal(int, int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._sending: Sending | None = None
        self._place = 0
        self._busy = False
        self.sent = 0
        self.skipped = 0
        column: QVBoxLayout = PackedColumn(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self.avatar = Avatar("", 42)
        self.name = ElidedLabel("", Role.HEADING)
        self.address = ElidedLabel("", Role.MUTED)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self.name)
        words.addWidget(self.address)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.avatar)
        top.addLayout(words, 1)
        column.addLayout(top)
        self.subject = TextField(limit=300)
        self.subject_field = FormField(_("Subject"), self.subject)
        column.addWidget(self.subject_field)
        self.text = MultilineField(lines=9, limit=20_000)
        column.addWidget(FormField(_("Text for this person"), self.text))
        self.hint = Label("", Role.SMALL, wrap=True)
        self.hint.set_tone("warn")
        column.addWidget(self.hint)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self.open_button = Button("", kind=Kind.PRIMARY, on_click=self.open_now)
        self.skip = Button(_("Skip"), kind=Kind.QUIET, on_click=self._skip)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.skip)
        buttons.addStretch(1)
        column.addLayout(buttons)
        self._question = QWidget()
        line = QHBoxLayout(self._question)
        line.setContentsMargins(0, 4, 0, 0)
        line.setSpacing(8)
        line.addWidget(Label(_("Was it sent?"), Role.STRONG))
        self.yes = Button(_("Yes, sent"), "check", kind=Kind.PRIMARY, on_click=self._note)
        self.no = Button(_("No"), on_click=self._not_sent)
        line.addWidget(self.yes)
        line.addWidget(self.no)
        line.addStretch(1)
        column.addWidget(self._question)

    # --- steps

    def begin(self, sending: Sending) -> None:
        """Show the first person."""
        self._sending = sending
        self._place, self.sent, self.skipped = 0, 0, 0
        words, icon = _OPEN[sending.way]
        self.open_button.setText(_(words))
        self.open_button.set_icon(icon)
        self.subject_field.setVisible(sending.way is Way.MAIL)
        self._show()

    @property
    def person(self) -> Recipient | None:
        """Who is next; None at the end."""
        if self._sending is None or self._place >= len(self._sending.people):
            return None
        return self._sending.people[self._place]

    @property
    def is_under_way(self) -> bool:
        """Somebody is still to be written to."""
        return self.person is not None

    def _show(self) -> None:
        sending, person = self._sending, self.person
        self._ask(False)
        if sending is None or person is None:
            self.finished.emit(self.sent, self.skipped)
            return
        self.moved.emit(self._place + 1, len(sending.people))
        self.avatar.set_name(person.name)
        self.name.setText(person.name)
        number = number_of(person, sending.home)
        address = {Way.MAIL: person.email, Way.WHATSAPP: f"+{number}", Way.SMS: f"+{number}"}
        self.address.setText(address.get(sending.way, ""))
        subject, body = sending.text_of(person)
        head, text = self._session.look(written_for, person.id, subject, body, self._session.today())
        self.subject.set_value(head.text)
        self.text.set_value(text.text)
        missing = tuple(dict.fromkeys((*head.missing, *text.missing)))
        self.hint.setText(lacking_words(missing) if missing else "")
        self.hint.setVisible(bool(missing))
        self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_now(self) -> None:
        """Open the other program with what is written for this person; the user sends it there."""
        sending, person = self._sending, self.person
        if sending is None or person is None:
            return
        text = self.text.value()
        link = self._link(sending, person, text)
        if link is None or not link.whole:
            opening.copy_text(text)
            self.hint.setText(
                _("The text is on the clipboard: paste it where you write to {name}.").format(name=person.name)
                if link is None
                else _("The text is too long to be handed over. It is on the clipboard: paste it there.")
            )
            self.hint.setVisible(True)
        if link is not None and not opening.open_link(self.window(), link.url):
            return
        self._ask(True)

    def _link(self, sending: Sending, person: Recipient, text: str) -> Link | None:
        if sending.way is Way.MAIL:
            return mail_link(person.email, self.subject.value(), text)
        if sending.way is Way.WHATSAPP:
            return whatsapp_link(number_of(person, sending.home), text)
        if sending.way is Way.SMS:
            return sms_link(number_of(person, sending.home), text)
        return None

    def _ask(self, on: bool) -> None:
        self._question.setVisible(on)
        self.open_button.set_kind(Kind.SECONDARY if on else Kind.PRIMARY)
        if on:
            self.yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _note(self) -> None:
        sending, person = self._sending, self.person
        if sending is None or person is None or self._busy:
            return
        self._busy = True
        subject = self.subject.value() if sending.way is Way.MAIL else ""
        self._session.run(
            self,
            log_message,
            person.id,
            channel=CHANNELS[sending.way],
            text="\n".join(part for part in (subject, self.text.value()) if part),
            campaign_id=sending.campaign_id,
            template_id=sending.template_of(person),
            done=self._noted,
            failed=self._failed,
            said=_("Noted: written to {name}").format(name=person.name),
        )

    def _noted(self, _entry: object) -> None:
        self._busy = False
        self.sent += 1
        self._next()

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self._session.complain(error)

    def _not_sent(self) -> None:
        self._ask(False)
        self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _skip(self) -> None:
        if not self._busy:
            self.skipped += 1
            self._next()

    def _next(self) -> None:
        self._place += 1
        self._show()


def lacking_words(missing: Sequence[Known]) -> str:
    """Return that nothing is known for fields of a text."""
    names = ", ".join(_(FIELDS[field]) for field in missing)
    return _("Nothing is known for: {fields}. Complete the text before you send it.").format(fields=names)
