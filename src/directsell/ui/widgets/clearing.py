"""Emptying a layout whose rows are made anew at every change. Rows that move elsewhere: layouts.empty."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget


def clear(layout: QLayout, keep: QWidget | None = None) -> None:
    """Remove every widget of a layout for good, but one that is to be used again."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None and widget is not keep:
            widget.hide()
            widget.deleteLater()
