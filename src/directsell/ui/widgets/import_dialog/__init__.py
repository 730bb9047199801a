"""Bringing in sales, people and products in the window: file, columns, check, import, one undo."""

from directsell.ui.widgets.import_dialog.dialog import ImportDialog, open_import

__all__ = ["ImportDialog", "open_import"]
