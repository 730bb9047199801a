"""Import and export: the doors to other programs' files. The dialogs themselves are widgets of their own."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from directsell.i18n import _
from directsell.ui.pages.settings.parts import Section, SettingRow
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button


class ExchangeSection(Section):
    """``ExchangeSection(session, host)``: ``people``, ``products``, ``sales``, ``export`` are its buttons."""

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(
            session, host, _("Import and export"), _("Bring your lists along, and take everything out again.")
        )
        bring = self.card(
            _("Import"),
            _("You see a preview first; nothing is changed before you agree, and one undo takes all of it back."),
        )
        self.people = Button(_("Import people …"), "upload")
        self.products = Button(_("Import products …"), "upload")
        self.sales = Button(_("Import sales …"), "upload")
        for title, text, button, action in (
            (_("People"), _("CSV or Excel lists, and contacts of phones and mail programs (vCard)."), self.people,
             self.import_people),
            (_("Products"), _("Price lists as CSV or Excel, with codes, prices and barcodes."), self.products,
             self.import_products),
            (_("Past sales"), _("Orders of another program as CSV or Excel, one line for each product."), self.sales,
             self.import_sales),
        ):  # fmt: skip
            bring.add(SettingRow(title, text, button))
            button.clicked.connect(action)
        take = self.card(_("Export"), _("Your data is yours: CSV, Excel or JSON, readable without DirectSell."))
        self.export = Button(_("Export …"), "download")
        take.add(SettingRow(_("Everything or a part"), _("People, products, orders, papers."), self.export))
        self.export.clicked.connect(self.export_data)

    def import_people(self) -> None:
        """Open the import of people."""
        self._import("people")

    def import_products(self) -> None:
        """Open the import of products."""
        self._import("products")

    def import_sales(self) -> None:
        """Open the import of sales."""
        self._import("sales")

    def _import(self, kind: str) -> None:
        from directsell.ui.widgets.import_dialog import open_import

        open_import(self.session, self.host, kind)

    def export_data(self) -> None:
        """Open the export."""
        from directsell.ui.widgets.export_dialog import open_export

        open_export(self.session, self.host)
