"""The lines of a postal address as one editor. Whose address it is, is the form's affair."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from directsell.i18n import Language, _
from directsell.ui.widgets.fields import ChoiceField, TextField


class AddressEdit(QWidget):
    """``AddressEdit(language, *, label=False)``: street, extra, postcode, city, region, country (and a label).

    ``values() -> dict[str, str]`` by the names of the domain's fields, ``set_values(mapping)``, ``is_filled()``. Signals:
    ``changed()``, ``committed()``, ``error_changed(str)``.
    """

    changed = Signal()
    committed = Signal()
    error_changed = Signal(str)

    def __init__(self, language: Language, *, label: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self.street = TextField(placeholder=_("Street and number"))
        self.extra = TextField(placeholder=_("Apartment, floor"))
        self.postcode = TextField(limit=20, placeholder=_("Postcode"))
        self.city = TextField(placeholder=_("City"))
        self.region = TextField(limit=80, placeholder=_("State or region"))
        self.country = ChoiceField(_countries(language), placeholder=_("Country"))
        self.country.setAccessibleName(_("Country"))
        self.label = TextField(limit=60, placeholder=_("Label"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        last = 2 if label else 4
        places: list[tuple[QWidget, int, int, int]] = [
            (self.street, 0, 0, 4),
            (self.extra, 0, 4, 2),
            (self.postcode, 1, 0, 2),
            (self.city, 1, 2, 4),
            (self.region, 2, 0, 2),
            (self.country, 2, 2, last),
        ]
        if label:
            places.append((self.label, 2, 4, 2))
        else:
            self.label.setParent(self)
            self.label.hide()
        for editor, line, column, span in places:
            grid.addWidget(editor, line, column, 1, span, Qt.AlignmentFlag.AlignVCenter)
        for column in range(6):
            grid.setColumnStretch(column, 1)
        self._texts = {
            "street": self.street,
            "extra": self.extra,
            "postcode": self.postcode,
            "city": self.city,
            "region": self.region,
        }
        for text in (*self._texts.values(), self.label):
            text.setAccessibleName(text.placeholderText())
            text.changed.connect(self.changed)
            text.error_changed.connect(self.error_changed)
        self.country.changed.connect(self.changed)
        self.setFocusProxy(self.street)

    def error(self) -> str:
        """First sentence of the lines."""
        return next((text.error() for text in (*self._texts.values(), self.label) if text.error()), "")

    def is_filled(self) -> bool:
        """Say whether there is more than a country."""
        return any(text.value() for text in self._texts.values())

    def values(self) -> dict[str, str]:
        """Return the lines by the names of the domain's fields, without the label."""
        return {**{name: text.value() for name, text in self._texts.items()}, "country": self.country.value() or ""}

    def set_values(self, values: Mapping[str, str]) -> None:
        """Show lines; those that are not given become empty."""
        for name, text in self._texts.items():
            text.set_value(values.get(name, ""))
        country = values.get("country", "")
        self.country.set_choices(_countries(self._language, country))
        self.country.set_value(country)


def _countries(language: Language, also: str = "") -> list[tuple[str, str]]:
    """The countries (code, name) by name, with a stored code that is none; regions of the world are left out."""
    known = {code: name for code, name in language.formats.countries.items() if len(code) == 2 and code.isalpha()}
    if also and also not in known:
        known[also] = also
    return sorted(known.items(), key=lambda pair: pair[1])
