"""Words on the screen: one label class with roles. Always plain text; never markup."""

from __future__ import annotations

import enum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from directsell.ui.theme import T, font, set_property
from directsell.ui.widgets.painting import aligned, draw_text, to_rect


class Role(enum.Enum):
    """What a piece of text is: (pixels, weight, tone, tabular figures)."""

    TITLE = (23, 600, "text", False)
    HEADING = (18, 600, "text", False)
    SECTION = (15, 600, "text", False)
    STRONG = (14, 600, "text", False)
    BODY = (14, 400, "text", False)
    MUTED = (14, 400, "text2", False)
    FIELD = (14, 500, "text2", False)
    SMALL = (13, 400, "text2", False)
    TINY = (12, 400, "text3", False)
    BIG = (26, 600, "text", False)
    AMOUNT = (14, 600, "text", True)
    NUMBER = (14, 400, "text", True)
    ERROR = (13, 500, "bad", False)


class Label(QLabel):
    """``Label(text="", role=Role.BODY, *, wrap=False, selectable=False, parent=None)``; ``set_tone("bad")``."""

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BODY,
        *,
        wrap: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._role = role
        pixels, weight, tone, tabular = role.value
        self.setFont(font(pixels, weight, tabular=tabular))
        self.setProperty("tone", tone)
        self.setText(text)
        # Never taller than the words: spare height belongs to the end of a card, not between its lines.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if wrap:
            self.setWordWrap(True)
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            self.setCursor(Qt.CursorShape.IBeamCursor)

    @property
    def role(self) -> Role:
        """The role given at construction."""
        return self._role

    def set_tone(self, tone: str) -> None:
        """Colour: text, text2, text3, accent, ok, warn or bad."""
        set_property(self, "tone", tone)


class ElidedLabel(Label):
    """One line that ends in an ellipsis where it does not fit; the whole text is its tool tip then."""

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        end = bool(self.alignment() & Qt.AlignmentFlag.AlignRight)
        tone = str(self.property("tone"))
        tone = "accent_text" if tone == "accent" else tone
        rect = to_rect(self.contentsRect())
        fits = self.fontMetrics().horizontalAdvance(self.text()) <= rect.width()
        self.setToolTip("" if fits else self.text())
        draw_text(painter, rect, self.text(), self.font(), T(tone), aligned(self.layoutDirection(), end=end))


class Rule(QFrame):
    """A horizontal hairline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), T("hair"))


def title(text: str = "") -> Label:
    """Page title."""
    return Label(text, Role.TITLE)


def heading(text: str = "") -> Label:
    """Heading inside a page or sheet."""
    return Label(text, Role.HEADING)


def section(text: str = "") -> Label:
    """Heading of a card."""
    return Label(text, Role.SECTION)


def muted(text: str = "", *, wrap: bool = False) -> Label:
    """Secondary words."""
    return Label(text, Role.MUTED, wrap=wrap)
