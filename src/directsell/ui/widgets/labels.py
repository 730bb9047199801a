"""Words on the screen: one label class with roles. Always plain text; never markup."""

from __future__ import annotations

import enum

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QStyle, QWidget

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
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        # Never taller than the words: spare height belongs to the end of a card, not between its lines.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if wrap:
            self.setWordWrap(True)
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
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

    def sizeHint(self) -> QSize:
        if not self.wordWrap():
            return super().sizeHint()
        # Qt guesses a narrow block for wrapped words and then reserves its height; the words decide here.
        width = min(self.fontMetrics().horizontalAdvance(self.text()) + 2, 460)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        if not self.wordWrap():
            return super().minimumSizeHint()
        return QSize(60, self.fontMetrics().height() if self.text() else 0)

    def setAlignment(self, alignment: Qt.AlignmentFlag) -> None:
        self._logical = alignment
        # By itself Qt lets the words decide the side: an English name would stand left in an Arabic window.
        visual = QStyle.visualAlignment(self.layoutDirection(), alignment)
        super().setAlignment(visual | Qt.AlignmentFlag.AlignAbsolute)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.setAlignment(self._logical)

    def set_tone(self, tone: str) -> None:
        """Colour: text, text2, text3, accent, ok, warn or bad."""
        set_property(self, "tone", tone)


class ElidedLabel(Label):
    """One line that ends in an ellipsis where it does not fit; the whole text is its tool tip then."""

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        end = bool(self._logical & Qt.AlignmentFlag.AlignRight)
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
