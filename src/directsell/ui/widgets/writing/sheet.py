"""The sheet in which one person or many are written to: composing first, then one after another, or letters and labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from directsell.domain.mailings import LabelKind
from directsell.domain.message_ways import Way
from directsell.i18n import _, ngettext
from directsell.store.queries.messages import Recipient, recipients
from directsell.store.queries.settings import business
from directsell.ui.dialogs import Tone, dialogs
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.kept_words import KeptWords
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.paper_dialog import show_drawn
from directsell.ui.widgets.sheets import SideSheet
from directsell.ui.widgets.writing.compose import Compose
from directsell.ui.widgets.writing.sending import Sending, SendingSteps
from directsell.usecases.mailings import labels_pdf, letter_texts, letters_pdf
from directsell.usecases.messages import log_letters

_PRINTED = (Way.LETTER, Way.LABEL)


class WriteSheet(SideSheet):
    """``WriteSheet(session, host)``: ``write_person(id, name)``, ``write_people(ids, title=...)``, ``write_found(query, ...)``.

    ``compose`` and ``steps`` are its two faces. Nothing leaves the program but by a click, and what was sent is noted when the
    user says that it was. Signal: ``edited()`` after each change of the words.
    """

    edited = Signal()

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("Write"), width=620)
        self._session = session
        self._dirty = False
        self._title_words = ""
        self.guard = self._may_close
        self.compose = Compose(session)
        self.compose.touched.connect(self._touched)
        self.compose.changed.connect(self._show_action)
        self.steps = SendingSteps(session)
        self.steps.moved.connect(self._moved)
        self.steps.finished.connect(self._finished)
        self.done = Label("", Role.HEADING, wrap=True)
        self._printed = QWidget()
        line = QHBoxLayout(self._printed)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(Label(_("Printed and posted?"), Role.STRONG))
        self.yes = Button(_("Yes, note it"), "check", kind=Kind.PRIMARY, on_click=self._note_printed)
        self.no = Button(_("No"), on_click=self._not_printed)
        line.addWidget(self.yes)
        line.addWidget(self.no)
        line.addStretch(1)
        for widget in (self.compose, self.steps, self._printed, self.done):
            self.add(widget)
        self.cancel = Button(_("Close"), kind=Kind.QUIET, on_click=self.ask_close)
        self.go = Button(_("Continue"), "arrow-right", kind=Kind.PRIMARY, on_click=self._go)
        self.go.setToolTip(QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText))
        self.add_action(self.cancel)
        self.add_action(self.go)
        self._kept = KeptWords(session, self, "writing", self._editors)

    # --- opening

    def write_person(self, person_id: UUID, name: str) -> None:
        """Open the sheet for one person."""
        self.write_people([person_id], title=name)

    def write_people(
        self, people: Sequence[UUID], *, title: str, campaign_id: UUID | None = None, way: Way | None = None
    ) -> None:
        """Open the sheet for people."""
        if self._is_free():
            self._title_words = title
            self._session.read(
                self, recipients, list(people), done=lambda found: self._begin(found, title, campaign_id, way)
            )

    def write_found(
        self,
        query: Callable[..., list[UUID]],
        *args: Any,
        title: str,
        campaign_id: UUID | None = None,
        way: Way | None = None,
    ) -> None:
        """Open the sheet for those whom a query finds: ``query(reader, *args)`` gives their ids."""
        if self._is_free():
            self._session.read(
                self, _found, query, args, done=lambda found: self._begin(found, title, campaign_id, way)
            )

    def _is_free(self) -> bool:
        if not self.isHidden():
            self.ask_close()
        return self.isHidden()

    def _begin(self, people: list[Recipient], title: str, campaign_id: UUID | None, way: Way | None) -> None:
        if not people:
            self._session.say(_("There is nobody to write to."))
            return
        self._dirty = False
        self.set_title(_("Write"))
        self.set_subtitle(title)
        self._face(self.compose)
        self.compose.begin(people, campaign_id, way)
        self._kept.begin(people[0].id if len(people) == 1 else campaign_id or "people")
        self.open_sheet(self.compose.template if self.compose.template.isVisibleTo(self) else self.compose.text)

    # --- steps

    def _face(self, shown: QWidget) -> None:
        for widget in (self.compose, self.steps, self._printed, self.done):
            widget.setVisible(widget is shown)
        self.go.setVisible(shown is self.compose)

    def _show_action(self) -> None:
        way: Way = self.compose.way.value()
        words, icon = {
            Way.LETTER: (_("Show letters"), "printer"),
            Way.LABEL: (_("Show labels"), "printer"),
        }.get(way, (_("Continue"), "arrow-right"))
        self.go.setText(words)
        self.go.set_icon(icon)
        self.go.setEnabled(bool(self.compose.reachable))

    def _go(self) -> None:
        compose = self.compose
        if compose.error():
            compose.show_errors()
            self._session.say(compose.error())
            compose.text.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if compose.way.value() in _PRINTED:
            self._show_prints()
            return
        sending = Sending(
            way=compose.way.value(),
            people=tuple(compose.reachable),
            text_of=compose.texts,
            home=self._session.look(business).country,
            campaign_id=compose.campaign_id,
            template_of=compose.template_of,
        )
        self._face(self.steps)
        self.steps.begin(sending)

    def _moved(self, place: int, count: int) -> None:
        if count > 1:
            number = self._session.language.number
            self.set_title(_("{place} of {count}").format(place=number(place), count=number(count)))

    def _finished(self, sent: int, skipped: int) -> None:
        self._dirty = False
        if sent + skipped <= 1:
            self.close_sheet()
            return
        number = self._session.language.number
        self.set_title(_("Write"))
        words = ngettext("{n} person was written to.", "{n} people were written to.", sent).format(n=number(sent))
        if skipped:
            left = ngettext("{n} was skipped.", "{n} were skipped.", skipped).format(n=number(skipped))
            words = _("{first} {second}").format(first=words, second=left)
        self.done.setText(words)
        self._face(self.done)
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- letters and labels

    def _show_prints(self) -> None:
        compose, today = self.compose, self._session.today()
        ids = [one.id for one in compose.reachable]
        if compose.way.value() is Way.LETTER:
            title = _("Letters")
            args: tuple[Any, ...] = (letters_pdf, ids, compose.variants(), today, compose.letterhead.value())
        else:
            title = _("Address labels")
            kind = LabelKind(compose.sheet.value())
            args = (labels_pdf, ids, kind, int(compose.start.value() or 1), today, title)
        show_drawn(self._session, self.window(), title, *args, subtitle=self._people_words(len(ids)))
        self._face(self._printed)

    def _people_words(self, count: int) -> str:
        return ngettext("{n} person", "{n} people", count).format(n=self._session.language.number(count))

    def _note_printed(self) -> None:
        compose = self.compose
        ids = [one.id for one in compose.reachable]
        if compose.way.value() is Way.LABEL:
            self._note([(key, "") for key in ids])
            return
        self._session.read(
            self,
            letter_texts,
            ids,
            compose.variants(),
            self._session.today(),
            done=self._note,
        )

    def _note(self, texts: Sequence[tuple[UUID, str]]) -> None:
        count = len(texts)
        self._session.run(
            self,
            log_letters,
            list(texts),
            campaign_id=self.compose.campaign_id,
            template_id=self.compose.template.value() or None,
            done=self._posted,
            said=ngettext("{n} letter noted", "{n} letters noted", count).format(
                n=self._session.language.number(count)
            ),
        )

    def _posted(self, _count: int) -> None:
        self._dirty = False
        self.close_sheet()

    def _not_printed(self) -> None:
        self._face(self.compose)
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
            return
        super().keyPressEvent(event)

    def _go_on(self) -> None:
        """Press the button that leads on."""
        for button in (self.steps.yes, self.steps.open_button, self.yes, self.go):
            if button.isVisible() and button.isEnabled():
                button.click()
                return

    # --- closing

    @property
    def is_dirty(self) -> bool:
        """Words were typed that are not sent yet."""
        return self._dirty

    @property
    def is_busy(self) -> bool:
        """Nothing is saved here that could be under way."""
        return False

    def _editors(self) -> dict[str, QWidget]:
        compose = self.compose
        return {"way": compose.way, "subject": compose.subject, "text": compose.text}

    def touch(self) -> None:
        """Take up words that were typed the last time."""
        self.compose.take_up()

    def _touched(self) -> None:
        self._dirty = self.compose.is_edited
        self.edited.emit()

    def _may_close(self) -> bool:
        if self.steps.isVisibleTo(self) and self.steps.is_under_way and self.steps.sent:
            text = _("Not everybody was written to yet. What was sent is noted; for a campaign you can go on later.")
            answers = [_("Go on writing"), _("Stop here")]
            return dialogs().choose(self, _("Stop here?"), text, answers, tone=Tone.WARNING) == 1
        if not self._dirty:
            return True
        answers = [_("Keep editing"), _("Discard")]
        text = _("What was typed here is not saved yet.")
        return dialogs().choose(self, _("Discard the changes?"), text, answers, tone=Tone.WARNING) == 1


def _found(reader: Any, query: Callable[..., list[UUID]], args: Sequence[Any]) -> list[Recipient]:
    """Return those whom a query finds, with what is needed to write to them; in a worker."""
    return recipients(reader, query(reader, *args))
