"""Setting, changing and removing the password; the old one is asked, and the key is never without a keeper meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from directsell.i18n import _
from directsell.store.errors import NoKey, NoKeyring, Wait, WrongPassword
from directsell.store.keys import KeyMode, Keys
from directsell.ui.messages import sentence
from directsell.ui.session import Session
from directsell.ui.tasks import Job, Lane
from directsell.ui.widgets.fields import FormField
from directsell.ui.widgets.form_sheet import FormSheet
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.password_fields import NewPassword, PasswordField


class Task(Enum):
    """What the sheet is opened for."""

    SET = "set"
    CHANGE = "change"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class _Keeping:
    """Keeps the key in the new way; argon2id takes half a second, so it runs in a worker."""

    keys: Keys
    key: bytes
    task: Task
    old: str
    new: str

    def __call__(self, job: Job) -> None:
        if self.task is Task.SET:
            self.keys.keep(self.key, KeyMode.PASSWORD, self.new)
        elif self.task is Task.CHANGE:
            self.keys.change_password(self.old, self.new)
        else:
            try:
                self.keys.remove_password(self.old, KeyMode.KEYRING)
            except NoKeyring:
                self.keys.remove_password(self.old, KeyMode.FILE)


class PasswordSheet(FormSheet):
    """``PasswordSheet(session, host)``: ``start(Task)``; ``old``, ``new`` are its fields. Signal: ``kept()``."""

    kept = Signal()

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("Password"), width=460)
        self._session = session
        self._task = Task.SET
        self._words = Label("", Role.MUTED, wrap=True)
        self.add(self._words)
        self.old = PasswordField()
        self._old_field = FormField(_("Present password"), self.old)
        self.add(self._old_field)
        self.new = NewPassword(_("New password"))
        self.add(self.new)
        self.watch(self.old)
        self.watch(self.new)
        self.save_wanted.connect(self._save)
        self.old.returnPressed.connect(self._old_entered)
        self.new.submitted.connect(self._save)
        self.closed.connect(self._forget)

    def start(self, task: Task) -> None:
        """Open the sheet for one of its tasks."""
        self._task = task
        titles = {
            Task.SET: _("Set a password"),
            Task.CHANGE: _("Change the password"),
            Task.REMOVE: _("Remove the password"),
        }
        words = {
            Task.SET: _(
                "You type it at every start. Nobody can tell it to you when you forget it: make the recovery sheet too."
            ),
            Task.CHANGE: _("The recovery sheet stays valid."),
            Task.REMOVE: _("Whoever opens this laptop can then read your data. Backups stay encrypted."),
        }
        self.set_title(titles[task])
        self._words.setText(words[task])
        self._old_field.setVisible(task is not Task.SET)
        self.new.setVisible(task is not Task.REMOVE)
        self._forget()
        self.open_sheet(self.new.password if task is Task.SET else self.old)

    def _old_entered(self) -> None:
        if self._task is Task.REMOVE:
            self._save()
        else:
            self.new.password_field.reveal()

    def _save(self) -> None:
        book, context = self._session.book, self._session.context
        if book is None or context is None or book.key is None or not self.save_button.isEnabled():
            return
        if self._task is not Task.SET and not self.old.value():
            self._old_field.set_error(_("Enter the present password."))
            self._old_field.reveal()
            return
        if self._task is not Task.REMOVE and not self.new.check():
            return
        self.busy(True)
        keeping = _Keeping(context.keys, book.key, self._task, self.old.value(), self.new.value())
        self._session.tasks.start(keeping, lane=Lane.WRITE, done=self._kept, failed=self._failed, owner=self)

    def _kept(self, _nothing: None) -> None:
        said = {
            Task.SET: _("The password holds from the next start on"),
            Task.CHANGE: _("The password was changed"),
            Task.REMOVE: _("The password was removed"),
        }
        self._forget()
        self.close_sheet()
        self._session.say(said[self._task])
        self._session.device_changed.emit()
        self.kept.emit()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, WrongPassword | Wait) or (isinstance(error, NoKey) and self._task is not Task.SET):
            self.busy(False)
            self._old_field.set_error(sentence(error) or "")
            self._old_field.reveal()
        else:
            self.refuse(error)

    def _forget(self) -> None:
        self.old.clear_secret()
        self.new.clear()
        self._old_field.set_error("")
        self.set_clean()
