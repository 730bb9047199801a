"""The languages of the window, and making one of them that of everything on the screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from directsell.i18n import Language, activate

_qt_words: QTranslator | None = None


def language_choices() -> list[tuple[str, str]]:
    """Return the languages of the window as (tag, own name)."""
    return [("en_US", "English"), ("de_DE", "Deutsch")]


def use_language(tag: str) -> Language:
    """Make a language that of the window: words, direction, and the buttons of Qt's own dialogs."""
    global _qt_words
    language = activate(tag)
    app = QCoreApplication.instance()
    if isinstance(app, QApplication):
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if language.rtl else Qt.LayoutDirection.LeftToRight)
        QLocale.setDefault(QLocale(language.tag))
        if _qt_words is not None:
            app.removeTranslator(_qt_words)
        _qt_words = QTranslator(app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if _qt_words.load(f"qtbase_{language.tag[:2]}", folder):
            app.installTranslator(_qt_words)
    return language
