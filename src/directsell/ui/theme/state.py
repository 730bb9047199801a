"""The scheme in use: palette, style sheet, the system's wish and the user's choice. Widgets ask ``T("token")`` here."""

from __future__ import annotations

import enum
from dataclasses import asdict
from string import Template

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from directsell.ui.theme import assets, fonts
from directsell.ui.theme.tokens import AVATARS_DARK, AVATARS_LIGHT, DARK, LIGHT, Tokens


class Scheme(enum.Enum):
    """What is on the screen."""

    LIGHT = "light"
    DARK = "dark"


class SchemeChoice(enum.Enum):
    """What the user wants; the value is what device settings store."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """The one theme of the process; get it with ``theme()``.

    Signals:
        changed: the scheme on the screen changed; painted widgets are repainted already.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._choice = SchemeChoice.SYSTEM
        self._scheme = Scheme.LIGHT
        self._colors: dict[str, QColor] = {}
        self._load_colors()
        self._installed = False

    @property
    def scheme(self) -> Scheme:
        """The scheme on the screen."""
        return self._scheme

    @property
    def choice(self) -> SchemeChoice:
        """The user's choice."""
        return self._choice

    @property
    def tokens(self) -> Tokens:
        """The table in use."""
        return DARK if self._scheme is Scheme.DARK else LIGHT

    def install(self, app: QApplication, choice: SchemeChoice = SchemeChoice.SYSTEM) -> None:
        """Load fonts, set palette and style sheet, and follow the system from now on. Call once, before any widget."""
        fonts.load()
        app.setFont(fonts.font(14))
        self._installed = True
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._choice = choice
        self._tell_qt(choice)
        self._scheme = self._wanted()
        self._dress(app)

    def set_choice(self, choice: SchemeChoice) -> None:
        """Follow the system, or stay light or dark."""
        if choice is self._choice:
            return
        self._choice = choice
        self._tell_qt(choice)
        self._refresh()

    def color(self, token: str) -> QColor:
        """The colour behind a token name. Raises KeyError for an unknown name."""
        return self._colors[token]

    def avatar(self, text: str) -> tuple[QColor, QColor]:
        """Background and text colour for a name; the same name keeps the same hue in both schemes."""
        table = AVATARS_DARK if self._scheme is Scheme.DARK else AVATARS_LIGHT
        back, front = table[sum(text.casefold().encode()) % len(table)]
        return QColor(back), QColor(front)

    @Slot(Qt.ColorScheme)
    def _system_changed(self, _scheme: Qt.ColorScheme) -> None:
        self._refresh()

    def _wanted(self) -> Scheme:
        if self._choice is not SchemeChoice.SYSTEM:
            return Scheme(self._choice.value)
        hints = QGuiApplication.styleHints()
        return Scheme.DARK if hints.colorScheme() is Qt.ColorScheme.Dark else Scheme.LIGHT

    def _tell_qt(self, choice: SchemeChoice) -> None:
        # Native frames and dialogs follow Qt's own idea of the scheme.
        hints = QGuiApplication.styleHints()
        if choice is SchemeChoice.SYSTEM:
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(Qt.ColorScheme.Dark if choice is SchemeChoice.DARK else Qt.ColorScheme.Light)

    def _refresh(self) -> None:
        app = QApplication.instance()
        scheme = self._wanted()
        if scheme is self._scheme or not isinstance(app, QApplication) or not self._installed:
            return
        self._scheme = scheme
        self._dress(app)
        for widget in app.allWidgets():
            widget.update()
        self.changed.emit()

    def _load_colors(self) -> None:
        self._colors = {name: QColor(value) for name, value in asdict(self.tokens).items()}

    def _dress(self, app: QApplication) -> None:
        self._load_colors()
        app.setPalette(_palette(self._colors))
        app.setStyleSheet(_style_sheet(self.tokens))


_theme: Theme | None = None


def theme() -> Theme:
    """The theme of this process (light until ``install`` was called)."""
    global _theme
    if _theme is None:
        _theme = Theme()
    return _theme


def T(token: str) -> QColor:
    """The colour of a token now; ask at paint time, never keep it."""
    return theme().color(token)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property the style sheet looks at and polish the widget again when it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def _style_sheet(tokens: Tokens) -> str:
    return Template(assets.style_template()).substitute(asdict(tokens))


def _palette(colors: dict[str, QColor]) -> QPalette:
    role = QPalette.ColorRole
    table = {
        role.Window: "bg",
        role.WindowText: "text",
        role.Base: "field",
        role.AlternateBase: "hover",
        role.Text: "text",
        role.PlaceholderText: "text3",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "on_accent",
        role.ToolTipBase: "tip",
        role.ToolTipText: "on_tip",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Link: "accent_text",
        role.LinkVisited: "accent_text",
        role.Accent: "accent",
        role.Mid: "border",
        role.Midlight: "hair",
        role.Light: "surface",
        role.Dark: "text3",
        role.Shadow: "border",
    }
    palette = QPalette()
    for which, token in table.items():
        palette.setColor(which, colors[token])
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, colors["text3"])
    return palette
