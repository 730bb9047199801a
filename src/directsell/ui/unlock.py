"""The closed door: a password, or the code of the recovery sheet when the key is lost. It opens nothing itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from directsell.i18n import _, ngettext
from directsell.ui.theme import app_icon
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.fields.base import FormField
from directsell.ui.widgets.fields.text import TextField
from directsell.ui.widgets.labels import Label, Role


class Unlock(QWidget):
    """``Unlock(*, locked=True, waiting=0)``: asks for the password, or (``locked=False``: the key is lost) for the code.

    Signals: ``password_given(str)``, ``code_given(str)``, ``restore_wanted()``. ``refuse(sentence, waiting=0)`` shows why it
    did not open; ``busy(True)`` while it is tried.
    """

    password_given = Signal(str)
    code_given = Signal(str)
    restore_wanted = Signal()

    def __init__(self, *, locked: bool = True, waiting: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("DirectSell")
        self.setWindowIcon(app_icon())
        self.resize(900, 600)
        self._locked = locked
        self._waiting = waiting
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)
        self.steps = QStackedWidget()
        self.steps.addWidget(self._password_card())
        self.steps.addWidget(self._code_card())
        self.steps.setMaximumSize(480, 400)
        self.steps.setCurrentIndex(0 if locked else 1)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self.steps, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        if waiting:
            self._wait(waiting)

    def _password_card(self) -> Card:
        card = Card(padding=26)
        card.add(Label("DirectSell", Role.TITLE))
        self.password = TextField(limit=200)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.returnPressed.connect(self._try_password)
        self._password_field = FormField(_("Password"), self.password)
        card.add(self._password_field)
        self.open_button = Button(_("Open"), "lock", kind=Kind.PRIMARY)
        self.open_button.clicked.connect(self._try_password)
        lost = Button(_("Password forgotten?"), kind=Kind.QUIET)
        lost.clicked.connect(self._show_code)
        row = QHBoxLayout()
        row.addWidget(lost)
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
        self.code_button = Button(_("Open"), "key-round", kind=Kind.PRIMARY)
        self.code_button.clicked.connect(self._try_code)
        row = QHBoxLayout()
        if self._locked:
            back = Button(_("Back"), "arrow-left", kind=Kind.QUIET)
            back.clicked.connect(self._show_password)
            row.addWidget(back)
        restore = Button(_("Restore a backup…"), "archive", kind=Kind.QUIET)
        restore.clicked.connect(self.restore_wanted)
        row.addWidget(restore)
        row.addStretch(1)
        row.addWidget(self.code_button)
        card.body.addLayout(row)
        return card

    def _show_code(self) -> None:
        self.steps.setCurrentIndex(1)
        self.code.setFocus()

    def _show_password(self) -> None:
        self.steps.setCurrentIndex(0)
        self.password.setFocus()

    def _try_password(self) -> None:
        if self.password.value() and self.open_button.isEnabled():
            self.password_given.emit(self.password.value())

    def _try_code(self) -> None:
        if self.code.value().strip() and self.code_button.isEnabled():
            self.code_given.emit(self.code.value())

    def busy(self, on: bool) -> None:
        """Wait for the answer."""
        for button in (self.open_button, self.code_button):
            button.setEnabled(not on)

    def refuse(self, sentence: str, waiting: int = 0) -> None:
        """Say why it did not open."""
        self.busy(False)
        if self.steps.currentIndex() == 0:
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
