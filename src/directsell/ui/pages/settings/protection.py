"""Protection: how the key of the data is kept, the lock, the recovery sheet. No cryptography here."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from directsell.i18n import _, ngettext
from directsell.store.keys import KeyMode
from directsell.ui.book_jobs import key_mode, lacks_recovery_sheet
from directsell.ui.pages.settings.parts import Section, SettingRow, buttons
from directsell.ui.pages.settings.password_sheet import PasswordSheet, Task
from directsell.ui.pages.settings.recovery import RecoveryMaker
from directsell.ui.session import Command, Session
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.cards import Chip
from directsell.ui.widgets.fields import ChoiceField
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.states import Banner

MINUTES = (0, 2, 5, 10, 15, 30, 60)


class ProtectionSection(Section):
    """``ProtectionSection(session, host)``: ``set_button``, ``change_button``, ``remove_button``, ``lock``, ``sheet_button``."""

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(session, host, _("Protection"), _("Who can read your customers' data."))
        self.sheet = PasswordSheet(session, host)
        self.sheet.kept.connect(self.load)
        self.maker = RecoveryMaker(session, self)
        self.maker.made.connect(self.load)
        self._key_card()
        self._lock_card()
        self._recovery_card()
        self.load()

    def _key_card(self) -> None:
        card = self.card(_("The key of your data"))
        line = QHBoxLayout()
        self._state = Chip("")
        line.addWidget(self._state)
        line.addStretch(1)
        card.body.addLayout(line)
        self._words = Label("", Role.BODY, wrap=True)
        card.add(self._words)
        self.set_button = Button(_("Set a password …"), "lock", kind=Kind.PRIMARY)
        self.change_button = Button(_("Change the password …"), "lock")
        self.remove_button = Button(_("Remove the password …"))
        self.set_button.clicked.connect(self._set)
        self.change_button.clicked.connect(self._change)
        self.remove_button.clicked.connect(self._remove)
        card.body.addLayout(buttons(self.set_button, self.change_button, self.remove_button))

    def _lock_card(self) -> None:
        card = self.card(_("Lock"))
        self.lock = ChoiceField([(minutes, _minutes(minutes)) for minutes in MINUTES])
        self._lock_row = SettingRow(_("Lock when nobody is there"), "", self.lock)
        card.add(self._lock_row)
        self.lock.committed.connect(self._lock_chosen)

    def _recovery_card(self) -> None:
        self._recovery = self.card(
            _("Recovery sheet"),
            _(
                "A sheet of paper with fourteen groups of letters. It opens your data and your backups when the "
                "password is forgotten, or when this computer is broken or stolen."
            ),
        )
        self._reminder = Banner(
            _("It was not made yet. Without it a lost key means lost data."), "warn", closable=False
        )
        self._recovery.add(self._reminder)
        self.sheet_button = Button(_("Make the recovery sheet …"), "key-round")
        self.sheet_button.clicked.connect(self.maker.start)
        self._recovery.body.addLayout(buttons(self.sheet_button))

    # --- data

    @property
    def mode(self) -> KeyMode:
        """How the key is kept."""
        context = self.session.context
        return (key_mode(context) if context is not None else None) or KeyMode.PLAIN

    def load(self) -> None:
        """Show how it is now."""
        mode = self.mode
        state, tone, words = _explain(mode)
        self._state.set(state, tone)
        self._words.setText(words)
        self.set_button.setVisible(mode in (KeyMode.KEYRING, KeyMode.FILE))
        self.change_button.setVisible(mode is KeyMode.PASSWORD)
        self.remove_button.setVisible(mode is KeyMode.PASSWORD)
        locks = mode is KeyMode.PASSWORD
        self.lock.setEnabled(locks)
        self._lock_row.set_text(
            _("The password is asked again; Ctrl+L locks at once.")
            if locks
            else _("This needs a password: without one there is nothing to ask for.")
        )
        self._recovery.setVisible(mode is not KeyMode.PLAIN)
        context = self.session.context
        if context is not None:
            minutes = int(context.device.get("lock_minutes"))
            self.lock.set_value(min(MINUTES, key=lambda known: abs(known - minutes)))
            self._reminder.setVisible(lacks_recovery_sheet(context))

    # --- reactions

    def _set(self) -> None:
        self.sheet.start(Task.SET)

    def _change(self) -> None:
        self.sheet.start(Task.CHANGE)

    def _remove(self) -> None:
        self.sheet.start(Task.REMOVE)

    def _lock_chosen(self) -> None:
        context = self.session.context
        if context is not None:
            context.device.set(lock_minutes=self.lock.value())
            self.session.device_changed.emit()

    def commands(self) -> list[Command]:
        """The recovery sheet, from anywhere in the section."""
        if self.mode is KeyMode.PLAIN:
            return []
        return [Command(_("Make the recovery sheet"), self.maker.start, "key-round")]


def _explain(mode: KeyMode) -> tuple[str, str, str]:
    """Return chip, tone and honest words."""
    if mode is KeyMode.PASSWORD:
        return (
            _("Encrypted, with a password"),
            "ok",
            _("Whoever steals this laptop or a backup can read nothing without the password or the recovery sheet."),
        )
    if mode is KeyMode.KEYRING:
        return (
            _("Encrypted, key in the keyring"),
            "ok",
            _(
                "The key lies in the keyring of your login on this computer. Stolen backups are unreadable, and so "
                "is a stolen laptop as long as nobody knows your login. At an open laptop everybody can read."
            ),
        )
    if mode is KeyMode.FILE:
        return (
            _("Encrypted, without a password"),
            "warn",
            _(
                "The key lies in a file beside your settings. Stolen backups are unreadable, but whoever has this "
                "laptop can read your data. A password closes that gap."
            ),
        )
    return (
        _("Not encrypted"),
        "bad",
        _("Whoever has this laptop or a backup can read your data. Only a new business can be encrypted."),
    )


def _minutes(minutes: int) -> str:
    if not minutes:
        return _("Never")
    return ngettext("After {n} minute", "After {n} minutes", minutes).format(n=minutes)
