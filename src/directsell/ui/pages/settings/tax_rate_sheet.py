"""The form for one tax rate: class, name on papers, percentage, from when until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from directsell.domain.catalog import TaxRateEntry
from directsell.domain.taxes import STANDARD
from directsell.i18n import N_, _
from directsell.store.queries.settings import tax_rates
from directsell.ui.session import Session
from directsell.ui.widgets.fields import ChoiceField, TextField
from directsell.ui.widgets.form_sheet import FormSheet
from directsell.ui.widgets.typed import date_field, percent_field
from directsell.usecases.catalog import save_tax_rate

CLASSES = {
    STANDARD: N_("Standard"),
    "reduced": N_("Reduced"),
    "food": N_("Food"),
    "clothing": N_("Clothing"),
    "exempt": N_("Exempt"),
}
_OTHER = ""
_ALWAYS = date(2000, 1, 1)


def class_name(key: str) -> str:
    """Return what a tax class is called; one of the user's own as it is."""
    return _(CLASSES[key]) if key in CLASSES else key


class TaxRateSheet(FormSheet):
    """``TaxRateSheet(session, host)``: ``start()`` for a new rate, ``edit(entry)``."""

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("Tax rate"), width=480)
        self._session = session
        self._entry: TaxRateEntry | None = None
        self.tax_class = ChoiceField()
        self.own_class = TextField(limit=40)
        self.label = TextField(limit=60)
        self.rate = percent_field(session, required=True)
        self.valid_from = date_field(session)
        self.valid_to = date_field(session)
        self.field("tax_class", _("Tax class"), self.tax_class, hint=_("Products name their class."))
        self._own = self.field("own_class", _("Name of the new class"), self.own_class)
        self.field("label", _("Name on papers"), self.label, hint=_("For example: VAT, Sales tax"), required=True)
        self.field("rate", _("Rate"), self.rate, required=True)
        self.pair(
            self.make_field("valid_from", _("From"), self.valid_from, hint=_("Empty: always")),
            self.make_field("valid_to", _("Until"), self.valid_to, hint=_("Empty: until further notice")),
        )
        self.tax_class.committed.connect(self._class_chosen)
        self.save_wanted.connect(self._save)

    def start(self) -> None:
        """Begin a new rate, unless a half-typed one is still here."""
        if self._entry is None and self.is_dirty:
            self.open_sheet(self.label)
            return
        self._entry = None
        self.set_title(_("New tax rate"))
        self._show(STANDARD, "", None, None, None)

    def edit(self, entry: TaxRateEntry) -> None:
        """Change a stored rate."""
        self._entry = entry
        self.set_title(_("Edit tax rate"))
        start = None if entry.valid_from <= _ALWAYS else entry.valid_from
        self._show(entry.tax_class, entry.label, entry.ppm, start, entry.valid_to)

    def _show(self, tax_class: str, label: str, ppm: int | None, start: date | None, end: date | None) -> None:
        stored = self._session.look(tax_rates)
        known = dict.fromkeys((*CLASSES, *(entry.tax_class for entry in stored)))
        self.tax_class.set_choices([*((key, class_name(key)) for key in known), (_OTHER, _("Another class …"))])
        self.tax_class.set_value(tax_class)
        self.own_class.set_value("")
        self.label.set_value(label)
        self.rate.set_value(ppm)
        self.valid_from.set_value(start)
        self.valid_to.set_value(end)
        self._class_chosen()
        self.set_clean()
        self.open_sheet(self.label)

    def _class_chosen(self) -> None:
        self._own.setVisible(self.tax_class.value() == _OTHER)

    def _save(self) -> None:
        own = self.own_class.value()
        missing = self.tax_class.value() == _OTHER and not own
        self._own.set_error(_("Enter the name of the class.") if missing else "")
        if self.first_error():
            return
        values: dict[str, Any] = {
            "tax_class": self.tax_class.value() or own,
            "label": self.label.value(),
            "ppm": self.rate.value() or 0,
            "valid_from": self.valid_from.value() or _ALWAYS,
            "valid_to": self.valid_to.value(),
        }
        if self._entry is None:
            position = len(self._session.look(tax_rates))
            entry = TaxRateEntry(id=self._session.new_id(), position=position, **values)
        else:
            entry = replace(self._entry, **values)
        self.busy(True)
        self._session.run(self, save_tax_rate, entry, done=self._saved, failed=self.refuse, said=_("Tax rate saved"))

    def _saved(self, _entry: object) -> None:
        self.set_clean()
        self.close_sheet()
