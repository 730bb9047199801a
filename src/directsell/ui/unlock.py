"""The closed door: a password, or the code of the recovery sheet when the key is lost. It opens nothing itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.i18n import _, ngettext
from directsell.ui.theme import app_icon
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.fields.base import FormField
from directsell.ui.widgets.fields.text import TextField
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.page import ScrollArea
from directsell.ui.widgets.password_fields import NewPassword, PasswordField


class Unlock(QWidget):
    """``Unlock(*, locked=True, waiting=0)``: asks for the password, or (``locked=False``: the key is lost) for the code.

    Whoever forgot the password chooses a new one with the code, so that the data never loses its protection unnoticed.

    Signals: ``password_given(str)``; ``code_given(str code, str new_password)``, the password empty when there was none;
    ``restore_wanted()``. ``refuse(sentence, waiting=0)`` shows why it did not open; ``busy(True)`` while it is tried.
    """

    password_given = Signal(str)
    code_given = Signal(str, str)
    restore_wanted = Signal()

    def __init__(self, *, locked: bool = True, waiting: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("DirectSell")
        self.setWindowIcon(app_icon())
        self.resize(900, 600)
        self.setMinimumSize(540, 340)
        self._locked = locked
        self._waiting = waiting
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)
        self._cards = (self._password_card(), self._code_card())
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 24, 24, 24)
        column.addStretch(1)
        for card in self._cards:
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(card, 100)
            row.addStretch(1)
            card.setMaximumWidth(480)
            column.addLayout(row)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ScrollArea(inner))
        self._show_card(0 if locked else 1)
        if waiting:
            self._wait(waiting)

    def _password_card(self) -> Card:
        card = Card(padding=26)
        card.add(Label("DirectSell", Role.TITLE))
        card.add(Label(_("The data is locked. Type your password to open it."), Role.MUTED, wrap=True))
        self.password = PasswordField()
        self.password.returnPressed.connect(self._try_password)
        self._password_field = FormField(_("Password"), self.password)
        card.add(self._password_field)
        self.open_button = Button(_("Unlock"), "lock", kind=Kind.PRIMARY)
        self.open_button.clicked.connect(self._try_password)
        self.lost_button = Button(_("Password forgotten?"), kind=Kind.QUIET)
        self.lost_button.clicked.connect(self._show_code)
        row = QHBoxLayout()
        row.addWidget(self.lost_button)
        row.addStretch(1)
        row.addWidget(self.open_button)
        card.body.addLayout(row)
        return card

    def _code_card(self) -> Card:
        card = Card(padding=26)
        card.add(Label(_("Open with the recovery sheet"), Role.HEADING))
        card.add(
            Label(
                _("Type the letters and digits of your recovery sheet. Capitals and spaces do not matter."),
                Role.MUTED,
                wrap=True,
            )
        )
        self.code = TextField(limit=200)
        self.code.returnPressed.connect(self._try_code)
        self._code_field = FormField(_("Recovery code"), self.code)
        card.add(self._code_field)
        self.new_password = NewPassword(_("New password"))
        self.new_password.submitted.connect(self._try_code)
        self.new_password.setVisible(self._locked)
        card.add(self.new_password)
        self.code_button = Button(_("Open the data"), "key-round", kind=Kind.PRIMARY)
        self.code_button.clicked.connect(self._try_code)
        row = QHBoxLayout()
        if self._locked:
            back = Button(_("Back"), "arrow-left", kind=Kind.QUIET)
            back.clicked.connect(self._show_password)
            row.addWidget(back)
        self.restore_button = Button(_("Restore a backup…"), "archive", kind=Kind.QUIET)
        self.restore_button.clicked.connect(self.restore_wanted)
        row.addWidget(self.restore_button)
        row.addStretch(1)
        row.addWidget(self.code_button)
        card.body.addLayout(row)
        return card

    def _show_code(self) -> None:
        self._show_card(1)
        self.code.setFocus()

    def _show_password(self) -> None:
        self._show_card(0)
        self.password.setFocus()

    def _show_card(self, number: int) -> None:
        for place, card in enumerate(self._cards):
            card.setVisible(place == number)

    def _try_password(self) -> None:
        if self.password.value() and self.open_button.isEnabled():
            self.password_given.emit(self.password.value())

    def _try_code(self) -> None:
        if not self.code.value() or not self.code_button.isEnabled():
            return
        if self._locked and not self.new_password.check():
            return
        self.code_given.emit(self.code.value(), self.new_password.value() if self._locked else "")

    def busy(self, on: bool) -> None:
        """Wait for the answer."""
        for button in (self.open_button, self.code_button, self.lost_button, self.restore_button):
            button.setEnabled(not on)

    def refuse(self, sentence: str, waiting: int = 0) -> None:
        """Say why it did not open."""
        self.busy(False)
        if not self._cards[0].isHidden():
            self.password.selectAll()
            self._password_field.set_error(sentence)
            self._password_field.reveal()
        else:
            self._code_field.set_error(sentence)
            self._code_field.reveal()
        if waiting:
            self._wait(waiting)

    def _wait(self, seconds: int) -> None:
        self._waiting = seconds
        self.open_button.setEnabled(False)
        self._timer.start()
        self._tick()

    def _tick(self) -> None:
        if self._waiting <= 0:
            self._timer.stop()
            self.open_button.setEnabled(True)
            self._password_field.set_error("")
            return
        self._password_field.set_error(
            ngettext(
                "Too many wrong passwords. Wait {n} second.",
                "Too many wrong passwords. Wait {n} seconds.",
                self._waiting,
            ).format(n=self._waiting)
        )
        self._waiting -= 1
