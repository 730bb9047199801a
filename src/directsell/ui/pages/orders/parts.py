"""Small pieces of the order's detail: a line of goods, a row with an icon, the card that asks for something."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from directsell.i18n import _
from directsell.ui.theme import icon
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.fields import FormField
from directsell.ui.widgets.labels import ElidedLabel, Label, Role
from directsell.ui.widgets.layouts import FlowLayout

_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class InfoRow(QWidget):
    """``InfoRow(title, detail="", amount="", *, icon="", button=None, strong=True)``: two lines, something at the end."""

    def __init__(
        self,
        title: str,
        detail: str = "",
        amount: str = "",
        *,
        icon_name: str = "",
        button: QWidget | None = None,
        strong: bool = True,
        tone: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(10)
        if icon_name:
            picture = QLabel()
            picture.setPixmap(icon(icon_name, "accent_text").pixmap(18, 18))
            picture.setFixedWidth(20)
            row.addWidget(picture, 0, _MIDDLE)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(ElidedLabel(title, Role.STRONG if strong else Role.BODY))
        if detail:
            words.addWidget(ElidedLabel(detail, Role.SMALL))
        row.addLayout(words, 1)
        if amount:
            figures = Label(amount, Role.AMOUNT)
            if tone:
                figures.set_tone(tone)
            row.addWidget(figures, 0, _MIDDLE)
        if button is not None:
            row.addWidget(button, 0, _MIDDLE)


class AskCard(Card):
    """``AskCard(title, text, yes, *, danger=False)``: asks for a few things in place; ``add_field(FormField)``.

    Enter in a line edit accepts, Escape closes. ``show_error(field, sentence)``: to the field, else above the buttons.
    Signals: ``accepted()``, ``closed()``.
    """

    accepted = Signal()
    closed = Signal()

    def __init__(
        self,
        title: str,
        text: str,
        yes: str,
        *,
        icon_name: str = "check",
        danger: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent=parent)
        self._fields: dict[str, FormField] = {}
        cross = IconButton("x", _("Close"))
        cross.clicked.connect(self.closed)
        self.add_header(cross)
        if text:
            self.add(Label(text, Role.MUTED, wrap=True))
        self._place = QVBoxLayout()
        self._place.setSpacing(10)
        self.body.addLayout(self._place)
        self._problem = Label("", Role.ERROR, wrap=True)
        self._problem.hide()
        self.add(self._problem)
        self.yes = Button(yes, icon_name, kind=Kind.DANGER if danger else Kind.PRIMARY)
        self.yes.clicked.connect(self._accept)
        self.no = Button(_("Cancel"), kind=Kind.QUIET)
        self.no.clicked.connect(self.closed)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.no)
        buttons.addWidget(self.yes)
        self.body.addLayout(buttons)

    def add_field(self, name: str, field: FormField) -> None:
        """Append a field; ``name`` is what errors call it."""
        self._fields[name] = field
        self._place.addWidget(field)
        pressed = getattr(field.editor, "returnPressed", None)
        if pressed is not None:
            pressed.connect(self._accept)

    def add_row(self, *fields: tuple[str, FormField]) -> None:
        """Append fields beside each other."""
        row = QHBoxLayout()
        row.setSpacing(10)
        self._place.addLayout(row)
        for name, field in fields:
            self.add_field(name, field)
            self._place.removeWidget(field)
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)

    def show_error(self, field: str, sentence: str) -> None:
        """Put a sentence where it belongs."""
        known = self._fields.get(field)
        self._problem.setVisible(known is None)
        if known is not None:
            known.set_error(sentence)
            known.reveal()
        else:
            self._problem.setText(sentence)

    def focus(self) -> None:
        """Put the focus into the first field, else on the button."""
        first = next(iter(self._fields.values()), None)
        if first is not None:
            first.reveal()
        else:
            self.yes.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _accept(self) -> None:
        if self.yes.isEnabled():
            self._problem.hide()
            self.accepted.emit()


class Steps(QWidget):
    """``Steps()``: what can be done next, as buttons that wrap; ``show_steps([(text, icon, run), ...])``, the first is main."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=8)

    def show_steps(self, steps: list[tuple[str, str, Callable[[], object]]]) -> None:
        """Replace the buttons."""
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        for place, (text, icon_name, run) in enumerate(steps):
            kind = Kind.PRIMARY if place == 0 else Kind.SECONDARY
            self._flow.addWidget(Button(text, icon_name, kind=kind, on_click=run, compact=True))
        self.setVisible(bool(steps))
        self.updateGeometry()
