"""The ui layer; see docs/architecture.md for what may live here."""

from directsell.ui.qt_boot import import_qt

import_qt()  # before any module of this layer meets Qt: see there
