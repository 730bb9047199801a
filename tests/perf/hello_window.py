"""The floor of a start: a bare PySide6 window with seven widgets; prints the instant of its first paint, then ends.

A centred label as in Qt's own first example, and nothing else that costs: no icon, no font, no style sheet, no file.
"""

from __future__ import annotations

import json
import os
import sys
import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)


class Hello(QWidget):
    """The window."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        choice, rows = QComboBox(), QListWidget()
        choice.addItems(["one", "two"])
        rows.addItems([f"row {number}" for number in range(20)])
        for widget in (
            QLabel("Hello", alignment=Qt.AlignmentFlag.AlignCenter),
            QLineEdit("text"),
            choice,
            QCheckBox("check"),
            rows,
        ):
            column.addWidget(widget)
        column.addWidget(QPushButton("Save"))
        column.addWidget(QPushButton("Close"))
        self.resize(1320, 800)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell the instant as soon as this paint is on the screen."""
        super().paintEvent(event)
        QTimer.singleShot(0, self, self._tell)

    def _tell(self) -> None:
        print(json.dumps({"content": time.monotonic(), "cpu_ms": time.thread_time() * 1e3}), flush=True)
        os._exit(0)


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    hello = Hello()
    hello.show()
    application.exec()
