"""Fixtures of the window: the application with its look, dialogs that answer by themselves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from directsell.ui import dialogs as dialogs_module
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.theme import SchemeChoice, theme

_installed = False


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[QApplication]:
    """The application with fonts, palette and style sheet, light and left to right."""
    global _installed
    if not _installed:
        qapp.setStyle("Fusion")
        theme().install(qapp, SchemeChoice.LIGHT)
        _installed = True
    yield qapp
    theme().set_choice(SchemeChoice.LIGHT)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def scripted() -> Iterator[ScriptedDialogs]:
    """Dialogs that need no person; append answers with ``scripted.answer(...)``."""
    replacement = ScriptedDialogs()
    before = dialogs_module.use(replacement)
    yield replacement
    dialogs_module.use(before)
