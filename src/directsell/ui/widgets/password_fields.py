"""Fields for passwords: one that can be shown, and a new one that is typed twice. Nothing is stored or compared with a key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from directsell.i18n import _
from directsell.ui.widgets.buttons import IconButton
from directsell.ui.widgets.fields.base import FormField
from directsell.ui.widgets.fields.text import TextField

LEAST_PASSWORD = 8


class PasswordField(TextField):
    """``PasswordField()``: hidden letters, with an eye that shows them. Editor as TextField."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(limit=200, parent=parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = IconButton("eye", _("Show the password"), size=34, checkable=True)
        self._eye.toggled.connect(self._show_letters)
        self.add_tail(self._eye)

    def clear_secret(self) -> None:
        """Forget what was typed, also for undo, and hide the letters again."""
        self.clear()
        self._eye.setChecked(False)

    def _show_letters(self, on: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        self._eye.set_icon("eye-off" if on else "eye")
        name = _("Hide the password") if on else _("Show the password")
        self._eye.setAccessibleName(name)
        self._eye.setToolTip(name)


class NewPassword(QWidget):
    """``NewPassword(label="")``: a password and its repetition below each other.

    ``value()``; ``check()`` says whether it is long enough and typed alike, and shows what is wrong; ``clear()``.
    Signals: ``changed()``, ``submitted()`` (Enter in the second field).
    """

    changed = Signal()
    submitted = Signal()

    def __init__(self, label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.password = PasswordField()
        self.repeated = PasswordField()
        hint = _("At least {count} characters; several words are best.").format(count=LEAST_PASSWORD)
        self.password_field = FormField(label or _("Password"), self.password, hint=hint)
        self.repeated_field = FormField(_("Password again"), self.repeated)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.password_field)
        column.addWidget(self.repeated_field)
        self.setFocusProxy(self.password)
        for field in (self.password, self.repeated):
            field.changed.connect(self.changed)
        self.repeated.returnPressed.connect(self.submitted)

    def value(self) -> str:
        """What was typed first."""
        return self.password.value()

    def check(self) -> bool:
        """Judge both fields; the first wrong one says why and takes the focus."""
        short = len(self.value()) < LEAST_PASSWORD
        self.password_field.set_error(
            _("Use at least {count} characters.").format(count=LEAST_PASSWORD) if short else ""
        )
        differs = not short and self.value() != self.repeated.value()
        self.repeated_field.set_error(_("The two passwords differ.") if differs else "")
        if short or differs:
            (self.password_field if short else self.repeated_field).reveal()
        return not (short or differs)

    def clear(self) -> None:
        """Forget both."""
        self.password.clear_secret()
        self.repeated.clear_secret()
