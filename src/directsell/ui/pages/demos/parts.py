"""Small pieces of the demo's cards: rows of widgets, columns of fields, slots that know what they are about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from directsell.ui.widgets.layouts import FlowLayout


class Doing:
    """Calls a method with what it is about; for signals of rows."""

    def __init__(self, run: Callable[..., object], *about: Any) -> None:
        self._run = run
        self._about = about

    def __call__(self, *_signal: object) -> None:
        self._run(*self._about)


def line(*widgets: QWidget, stretch: tuple[int, ...] = ()) -> QWidget:
    """Return widgets beside each other."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for place, widget in enumerate(widgets):
        row.addWidget(widget, stretch[place] if stretch else 0)
    return box


def columns(*fields: QWidget, tile: int = 150) -> QWidget:
    """Return fields in equal columns that wrap."""
    box = QWidget()
    flow = FlowLayout(box, gap=10, tile=tile)
    for field in fields:
        flow.addWidget(field)
        flow.setAlignment(field, Qt.AlignmentFlag.AlignTop)
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    box.setSizePolicy(policy)
    return box
