"""Buttons: painted from tokens, with icon, menu, keyboard-only focus ring. What they do is the caller's."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from directsell.ui.theme import T, font, metrics, paint_icon
from directsell.ui.theme import icon as make_icon
from directsell.ui.widgets.alive import Alive
from directsell.ui.widgets.painting import FIELD_RADIUS, aligned, draw_text, facing, fill_round, focus_ring, leading

_ICON = 18.0
_GAP = 8.0


class Kind(enum.Enum):
    """How much a button speaks up."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    DANGER = "danger"


class Button(Alive, QPushButton):
    """``Button(text, icon=None, *, kind=Kind.SECONDARY, on_click=None, shortcut=None, tip="", menu=None, compact=False,
    checkable=False, parent=None)``. Signals of QPushButton (``clicked``, ``toggled``).

    The text is literal: an ampersand is an ampersand. ``caption()`` gives it back. ``on_click`` is a method without
    arguments of an object that lives (Qt keeps bound methods weakly), or a plain function.
    """

    def __init__(
        self,
        text: str = "",
        icon: str | None = None,
        *,
        kind: Kind = Kind.SECONDARY,
        on_click: Callable[[], object] | None = None,
        shortcut: str | QKeySequence.StandardKey | None = None,
        tip: str = "",
        menu: QMenu | None = None,
        compact: bool = False,
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._caption = ""
        self._icon = icon
        self._kind = kind
        self._height = 36 if compact else 40
        self._pad = 12.0 if compact else 16.0
        self._icon_only = False
        self._tip = tip
        self.setAutoDefault(False)
        self.setCheckable(checkable)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFont(font(14, 600 if kind is not Kind.QUIET else 500))
        self.setText(text)
        if menu is not None:
            if menu.parent() is None:
                menu.setParent(self, menu.windowFlags())  # so that it ends with the button
            self.setMenu(menu)
        if shortcut is not None:
            self.setShortcut(QKeySequence(shortcut))
            keys = self.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            tip = f"{tip or text}  ({keys})"
        if tip:
            self.setToolTip(tip)
        if on_click is not None:
            self.clicked.connect(on_click)

    def setText(self, text: str) -> None:
        """Set the literal caption."""
        self._caption = text
        super().setText(text.replace("&", "&&"))
        if not self.accessibleName():
            self.setAccessibleName(text)
        self.updateGeometry()

    def caption(self) -> str:
        """The words on the button."""
        return self._caption

    def set_icon(self, name: str | None) -> None:
        """Change the icon."""
        self._icon = name
        self.updateGeometry()
        self.update()

    def set_icon_only(self, on: bool) -> None:
        """Leave out the words where a line is too narrow (buttons without an icon keep them)."""
        on = on and self._icon is not None
        if on is self._icon_only:
            return
        self._icon_only = on
        if not self._tip:
            self.setToolTip(self._caption if on else "")
        self.updateGeometry()
        self.update()

    def full_width(self) -> int:
        """Width with all words."""
        return int(2 * self._pad + self._width_of(self._caption) + 0.99)

    def width_without_words(self) -> int:
        """Width with the icon alone; with all words where there is no icon."""
        return max(int(2 * self._pad + _ICON), self._height) if self._icon is not None else self.full_width()

    @property
    def is_primary(self) -> bool:
        """The main action of its place."""
        return self._kind is Kind.PRIMARY

    def set_kind(self, kind: Kind) -> None:
        """Change the emphasis."""
        self._kind = kind
        self.update()

    def sizeHint(self) -> QSize:
        width = 2 * self._pad + self._width_of(self._words())
        return QSize(max(int(width + 0.99), self._height), self._height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that has the focus, as Space does; on some systems Qt does not. A key held down is one."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not plain:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            if self.menu() is not None:
                self.showMenu()
            else:
                self.click()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if not self.isEnabled():
            painter.setOpacity(0.5)
        fill, line, words = self._colors()
        fill_round(painter, rect, FIELD_RADIUS, fill, line)
        self._paint_content(painter, rect, words)
        if self._ring and self._kind in (Kind.PRIMARY, Kind.DANGER):
            # The usual ring would vanish on its own colour.
            focus_ring(painter, rect.adjusted(3, 3, -3, -3), FIELD_RADIUS - 2, "on_accent")
        elif self._ring:
            focus_ring(painter, rect, FIELD_RADIUS)

    def _words(self) -> str:
        return "" if self._icon_only else self._caption

    def _width_of(self, words: str) -> float:
        width = metrics(14, 600).horizontalAdvance(words) + 1 if words else 0.0
        if self._icon:
            width += _ICON + (_GAP if words else 0)
        if self.menu() is not None and words:
            width += 16 + 4
        return float(width)

    def _paint_content(self, painter: QPainter, rect: QRectF, words: QColor) -> None:
        direction = self.layoutDirection()
        caption = self._words()
        x = max(self._pad / 2, (rect.width() - self._width_of(self._words())) / 2)
        right = rect.width() - x
        if self._icon:
            spot = leading(direction, rect, QRectF(x, (rect.height() - _ICON) / 2, _ICON, _ICON))
            tint = words if self._kind in (Kind.PRIMARY, Kind.DANGER) or not caption else T("text2")
            paint_icon(painter, facing(direction, self._icon), spot, self._icon_color(tint))
            x += _ICON + _GAP
        if self.menu() is not None and caption:
            spot = leading(direction, rect, QRectF(right - 16, (rect.height() - 16) / 2, 16, 16))
            paint_icon(painter, "chevron-down", spot, words)
            right -= 20
        if caption:
            place = leading(direction, rect, QRectF(x, 0, right - x + 1, rect.height()))
            draw_text(painter, place, caption, self.font(), words, aligned(direction))

    def _icon_color(self, tint: QColor) -> QColor:
        return T("accent_text") if self.isChecked() else tint

    def _colors(self) -> tuple[QColor | None, QColor | None, QColor]:
        down, over = self.isDown(), self._hover and self.isEnabled()
        if self._kind is Kind.PRIMARY:
            return T("accent_press" if down else "accent_hover" if over else "accent"), None, T("on_accent")
        if self._kind is Kind.DANGER:
            return T("danger_hover" if down or over else "danger"), None, T("on_danger")
        if self.isChecked():
            return T("soft"), None, T("on_soft")
        if self._kind is Kind.QUIET:
            # A veil works on page, card and sheet alike.
            veil = QColor(T("text"))
            veil.setAlphaF(0.10 if down else 0.055)
            return (veil if down or over else None), None, T("text2")
        return T("hover" if down or over else "surface"), T("border"), T("text")


def fit_words(buttons: Sequence[Button], room: int, *, gap: int = 8) -> None:
    """Leave out words where buttons in one line have no room for all; the main action keeps its own the longest."""
    named = [button for button in buttons if button.caption()]
    others = [button for button in named if not button.is_primary]
    bare = sum(button.sizeHint().width() for button in buttons if not button.caption()) + gap * len(buttons)
    short: list[Button] = []
    for short in ([], others, named):
        widths = (button.width_without_words() if button in short else button.full_width() for button in named)
        if bare + sum(widths) <= room:
            break
    for button in named:
        button.set_icon_only(button in short)


class IconButton(Button):
    """``IconButton(icon, name, *, on_click=None, menu=None, shortcut=None, kind=Kind.QUIET, size=36, checkable=False)``.

    ``name`` is what a screen reader says and the tool tip.
    """

    def __init__(
        self,
        icon: str,
        name: str,
        *,
        on_click: Callable[[], object] | None = None,
        menu: QMenu | None = None,
        shortcut: str | QKeySequence.StandardKey | None = None,
        kind: Kind = Kind.QUIET,
        size: int = 36,
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "",
            icon,
            kind=kind,
            on_click=on_click,
            menu=menu,
            shortcut=shortcut,
            tip=name,
            checkable=checkable,
            parent=parent,
        )
        self._height = size
        self.setAccessibleName(name)
        self.setFixedSize(size, size)

    def sizeHint(self) -> QSize:
        return QSize(self._height, self._height)


def PrimaryButton(text: str, icon: str | None = None, *, on_click: Callable[[], object] | None = None,
                  shortcut: str | QKeySequence.StandardKey | None = None) -> Button:  # fmt: skip
    """The one main action of a page, sheet or dialog."""
    return Button(text, icon, kind=Kind.PRIMARY, on_click=on_click, shortcut=shortcut)


class Call:
    """``Call(function, *arguments)``: a call with its arguments, for menus and buttons; what the signal sends is dropped."""

    def __init__(self, function: Callable[..., object], *arguments: object) -> None:
        self._function = function
        self._arguments = arguments

    def __call__(self, *_sent: object) -> None:
        self._function(*self._arguments)


class Menu(QMenu):
    """``Menu(parent=None)``; ``add(text, icon=None, on_choose=None, *, danger=False, shortcut=None)``, ``add_choice(...)``."""

    def add_choice(self, text: str, chosen: bool, on_choose: Callable[..., object], value: object) -> None:
        """Add one of several values; the one that holds has a mark."""
        self.add(text, "check" if chosen else None, Call(on_choose, value))

    def add(
        self,
        text: str,
        icon: str | None = None,
        on_choose: Callable[[], object] | None = None,
        *,
        danger: bool = False,
        shortcut: str | None = None,
        enabled: bool = True,
    ) -> None:
        """Add one entry; the text is literal."""
        action = self.addAction(text.replace("&", "&&"))
        if icon is not None:
            action.setIcon(make_icon(icon, "bad" if danger else "text2"))
        if shortcut is not None:
            action.setShortcut(QKeySequence(shortcut))
        action.setEnabled(enabled)
        if on_choose is not None:
            action.triggered.connect(on_choose)
