"""Questions to the user: messages, confirmations, a line of text, files. Plain text only; tests inject answers.

Pages call the module's ``dialogs()``; bootstrap or a test replaces it with ``use(...)``.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from directsell.i18n import _
from directsell.ui.theme import font, icon


class Tone(enum.Enum):
    """How serious a message is; the value is (icon, colour token)."""

    INFO = ("info", "info")
    WARNING = ("triangle-alert", "warn")
    ERROR = ("circle-alert", "bad")
    QUESTION = ("circle-help", "accent_text")


class Dialogs(Protocol):
    """What pages may ask. File filters are Qt's: ``"Spreadsheets (*.csv *.xlsx)"``."""

    def message(
        self, parent: QWidget | None, title: str, text: str, *, details: str = "", tone: Tone = Tone.INFO
    ) -> None:
        """Say something that must be read."""
        ...

    def confirm(
        self, parent: QWidget | None, title: str, text: str, *, yes: str, no: str = "", danger: bool = False
    ) -> bool:
        """Ask for a yes; the safe answer is the default when it is dangerous."""
        ...

    def choose(
        self, parent: QWidget | None, title: str, text: str, answers: Sequence[str], *, tone: Tone = Tone.QUESTION
    ) -> int | None:
        """One of several answers by number (the first is the default); None when closed."""
        ...

    def ask_text(
        self, parent: QWidget | None, title: str, label: str, *, value: str = "", yes: str = "", secret: bool = False
    ) -> str | None:
        """A line of text; None when closed."""
        ...

    def open_file(self, parent: QWidget | None, title: str, filters: str, *, folder: Path | None = None) -> Path | None:
        """An existing file."""
        ...

    def save_file(self, parent: QWidget | None, title: str, filters: str, *, suggested: Path) -> Path | None:
        """A file to write; overwriting was confirmed."""
        ...

    def open_folder(self, parent: QWidget | None, title: str, *, folder: Path | None = None) -> Path | None:
        """A folder."""
        ...


class QtDialogs:
    """The real ones."""

    def message(
        self, parent: QWidget | None, title: str, text: str, *, details: str = "", tone: Tone = Tone.INFO
    ) -> None:
        """See Dialogs."""
        box = MessageBox(parent, title, text, [_("OK")], details=details, tone=tone)
        box.exec()
        box.deleteLater()

    def confirm(
        self, parent: QWidget | None, title: str, text: str, *, yes: str, no: str = "", danger: bool = False
    ) -> bool:
        """See Dialogs."""
        tone = Tone.WARNING if danger else Tone.QUESTION
        box = MessageBox(parent, title, text, [yes, no or _("Cancel")], tone=tone, danger=danger)
        box.exec()
        box.deleteLater()
        return box.answer == 0

    def choose(
        self, parent: QWidget | None, title: str, text: str, answers: Sequence[str], *, tone: Tone = Tone.QUESTION
    ) -> int | None:
        """See Dialogs."""
        box = MessageBox(parent, title, text, answers, tone=tone)
        box.exec()
        box.deleteLater()
        return box.answer

    def ask_text(
        self, parent: QWidget | None, title: str, label: str, *, value: str = "", yes: str = "", secret: bool = False
    ) -> str | None:
        """See Dialogs."""
        box = MessageBox(parent, title, "", [yes or _("OK"), _("Cancel")])
        edit = box.add_line(label, value, secret=secret)
        box.exec()
        box.deleteLater()
        return edit.text() if box.answer == 0 else None

    def open_file(self, parent: QWidget | None, title: str, filters: str, *, folder: Path | None = None) -> Path | None:
        """See Dialogs."""
        name, _filter = QFileDialog.getOpenFileName(parent, title, str(folder or Path.home()), filters)
        return Path(name) if name else None

    def save_file(self, parent: QWidget | None, title: str, filters: str, *, suggested: Path) -> Path | None:
        """See Dialogs."""
        name, _filter = QFileDialog.getSaveFileName(parent, title, str(suggested), filters)
        return Path(name) if name else None

    def open_folder(self, parent: QWidget | None, title: str, *, folder: Path | None = None) -> Path | None:
        """See Dialogs."""
        name = QFileDialog.getExistingDirectory(parent, title, str(folder or Path.home()))
        return Path(name) if name else None


class ScriptedDialogs:
    """``ScriptedDialogs(*answers)`` for tests: hands out the answers in order and notes each question in ``asked``.

    ``asked`` holds (kind, title, text). A question without an answer left raises AssertionError; messages need none.
    """

    def __init__(self, *answers: object) -> None:
        self._answers = list(answers)
        self.asked: list[tuple[str, str, str]] = []

    def answer(self, *answers: object) -> None:
        """Prepare further answers."""
        self._answers.extend(answers)

    def message(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        *,
        details: str = "",
        tone: Tone = Tone.INFO,
    ) -> None:
        """Only noted."""
        self.asked.append(("message", title, text))

    def confirm(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        *,
        yes: str,
        no: str = "",
        danger: bool = False,
    ) -> bool:
        """Next answer, a bool."""
        return bool(self._next("confirm", title, text))

    def choose(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        answers: Sequence[str],
        *,
        tone: Tone = Tone.QUESTION,
    ) -> int | None:
        """Next answer, a number or None."""
        answer = self._next("choose", title, text)
        return answer if isinstance(answer, int) else None

    def ask_text(
        self,
        parent: QWidget | None,
        title: str,
        label: str,
        *,
        value: str = "",
        yes: str = "",
        secret: bool = False,
    ) -> str | None:
        """Next answer, text or None."""
        answer = self._next("ask_text", title, label)
        return answer if isinstance(answer, str) else None

    def open_file(
        self,
        parent: QWidget | None,
        title: str,
        filters: str,
        *,
        folder: Path | None = None,
    ) -> Path | None:
        """Next answer, a Path or None."""
        return _path(self._next("open_file", title, filters))

    def save_file(
        self,
        parent: QWidget | None,
        title: str,
        filters: str,
        *,
        suggested: Path,
    ) -> Path | None:
        """Next answer, a Path or None."""
        return _path(self._next("save_file", title, filters))

    def open_folder(
        self,
        parent: QWidget | None,
        title: str,
        *,
        folder: Path | None = None,
    ) -> Path | None:
        """Next answer, a Path or None."""
        return _path(self._next("open_folder", title, ""))

    def _next(self, kind: str, title: str, text: str) -> object:
        self.asked.append((kind, title, text))
        if not self._answers:
            raise AssertionError(f"no answer prepared for {kind}: {title} {text}")
        return self._answers.pop(0)


class MessageBox(QDialog):
    """One question with its answers as buttons; the first is the main one. ``answer`` is a number or None."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        answers: Sequence[str],
        *,
        details: str = "",
        tone: Tone = Tone.QUESTION,
        danger: bool = False,
    ) -> None:
        super().__init__(parent)
        self.answer: int | None = None
        self.setProperty("kit", "dialog")
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        heading = _plain(title, 600, 17)
        self._column.addWidget(heading)
        if text:
            words = _plain(text, 400, 14)
            words.setProperty("tone", "text2")
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._column.addWidget(words)
        if details:
            self._column.addSpacing(6)
            self._column.addWidget(_details(details))
        name, token = tone.value
        picture = QLabel()
        picture.setPixmap(icon(name, token).pixmap(28, 28))
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(self._column, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 22, 24, 20)
        outer.setSpacing(20)
        outer.addLayout(top)
        outer.addLayout(self._buttons(answers, danger=danger))

    def add_line(self, label: str, value: str, *, secret: bool = False) -> QLineEdit:
        """Add a labelled line edit and give it the focus."""
        caption = _plain(label, 500, 14)
        edit = QLineEdit(value)
        edit.setAccessibleName(label)
        caption.setBuddy(edit)
        if secret:
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._column.addWidget(caption)
        self._column.addWidget(edit)
        edit.selectAll()
        edit.setFocus()
        return edit

    def _buttons(self, answers: Sequence[str], *, danger: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for number in reversed(range(len(answers))):
            button = QPushButton(answers[number].replace("&", "&&"))
            main = number == 0
            button.setFont(font(14, 600))
            button.setProperty("kind", ("danger" if danger else "primary") if main else "secondary")
            # What destroys is never one Enter away.
            default = number == (len(answers) - 1 if danger else 0)
            button.setAutoDefault(default)
            button.setDefault(default)
            button.setProperty("number", number)
            button.clicked.connect(self._answered)
            row.addWidget(button)
            if default:
                button.setFocus()
        return row

    def _answered(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.answer = int(button.property("number"))
            self.accept()


def _plain(text: str, weight: int, pixels: int) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(font(pixels, weight))
    label.setWordWrap(True)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    label.setText(text)
    return label


def _details(text: str) -> QPlainTextEdit:
    edit = QPlainTextEdit()
    edit.setPlainText(text)
    edit.setReadOnly(True)
    edit.setAccessibleName(_("Details"))
    edit.setFont(font(12))
    edit.setTabChangesFocus(True)
    edit.setFixedHeight(140)
    return edit


def _path(answer: object) -> Path | None:
    return answer if isinstance(answer, Path) else None


_current: Dialogs = QtDialogs()


def dialogs() -> Dialogs:
    """The dialogs in use."""
    return _current


def use(replacement: Dialogs) -> Dialogs:
    """Replace the dialogs of the process; returns the ones before (to put them back)."""
    global _current
    before, _current = _current, replacement
    return before
