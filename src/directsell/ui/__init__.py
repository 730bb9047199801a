"""The window: the only home of Qt. What it shows are queries, what it does are use-cases."""

from directsell.ui.qt_boot import import_qt

import_qt()  # before any module of this layer meets Qt: see there
