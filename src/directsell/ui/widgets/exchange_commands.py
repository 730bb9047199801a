"""Import and export by name, from every page: what the search box offers. The windows are imported when they are asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from directsell.i18n import _
from directsell.ui.session import Command, Session


class Opening:
    """Opens the import of one kind, or the export; a callable that can be kept in a list of commands."""

    def __init__(self, session: Session, host: QWidget, kind: str) -> None:
        self._session = session
        self._host = host
        self._kind = kind

    def __call__(self) -> None:
        if self._kind == "export":
            from directsell.ui.widgets.export_dialog import open_export

            open_export(self._session, self._host)
            return
        from directsell.ui.widgets.import_dialog import open_import

        open_import(self._session, self._host, self._kind)


def exchange_commands(session: Session, host: QWidget) -> list[Command]:
    """Return the commands that open the windows over ``host``."""
    files = _("file, CSV, Excel")
    return [
        Command(_("Import people"), Opening(session, host, "people"), "upload", words=files),
        Command(_("Import products"), Opening(session, host, "products"), "upload", words=files),
        Command(_("Import sales"), Opening(session, host, "sales"), "upload", words=files),
        Command(_("Export data"), Opening(session, host, "export"), "download", words=files),
    ]
