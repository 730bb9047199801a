"""The fields that say who sells and how tax is calculated; used at the first start and in the settings. No storage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from directsell.domain.countries import COUNTRIES, country
from directsell.domain.errors import DomainError
from directsell.domain.money import CURRENCIES, percent_to_ppm, ppm_to_percent
from directsell.domain.settings import Business
from directsell.domain.taxes import TaxProfile, TaxRate
from directsell.exchange.files import open_for_reading
from directsell.i18n import Language, _, pgettext
from directsell.ui.dialogs import dialogs
from directsell.ui.messages import sentence
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.fields.base import FormField, InputError
from directsell.ui.widgets.fields.choice import ChoiceField, Switch
from directsell.ui.widgets.fields.parsed import PercentField
from directsell.ui.widgets.fields.text import TextField
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.layouts import FlowLayout

LogoCleaner = Callable[[bytes], bytes]
_LARGEST_LOGO = 20_000_000  # bytes
_MOST_WIDTH = 780  # two columns; longer lines are tiring to read


@dataclass(frozen=True, slots=True)
class BusinessEntry:
    """What the form holds: the business, the tax rules (with one standard rate), and new logo bytes.

    ``logo`` is None when the picture was not touched, b"" when it was removed.
    """

    business: Business
    profile: TaxProfile
    logo: bytes | None


class BusinessForm(QWidget):
    """``BusinessForm(language, *, clean_logo, with_tax=True, parent=None)``.

    ``set_entry(business, profile, logo_bytes=None)``, ``entry() -> BusinessEntry``, ``show_error(DomainError)``.
    Choosing a country suggests currency, sheets, tax. Signal: ``changed()``.
    """

    changed = Signal()

    def __init__(
        self, language: Language, *, clean_logo: LogoCleaner, with_tax: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._language = language
        self._clean_logo = clean_logo
        self._business = Business()
        self._profile = TaxProfile()
        self._logo: bytes | None = None
        self._fields: dict[str, FormField] = {}
        self.setMaximumWidth(_MOST_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addLayout(self._who())
        column.addLayout(self._where())
        if with_tax:
            column.addLayout(self._money())
        column.addLayout(self._picture())

    # --- building

    def _field(self, key: str, label: str, editor: QWidget, *, hint: str = "", required: bool = False) -> FormField:
        field = FormField(label, editor, hint=hint, required=required)
        self._fields[key] = field
        editor.changed.connect(self.changed)  # type: ignore[attr-defined]  # every editor of the kit has it
        return field

    def _who(self) -> FlowLayout:
        self.name = TextField(limit=120)
        self.tagline = TextField(limit=120)
        self.country = ChoiceField(self._countries(), "US")
        self.country.committed.connect(self._country_chosen)
        self.currency = ChoiceField([(code, self._currency_text(code)) for code in CURRENCIES], "USD")
        return _flow(
            self._field("name", _("Your name or firm"), self.name, required=True),
            self._field("tagline", _("Below the name"), self.tagline, hint=_("For example: Independent consultant")),
            self._field("country", _("Country"), self.country),
            self._field("currency", _("Currency"), self.currency),
        )

    def _where(self) -> FlowLayout:
        self.street = TextField(limit=120)
        self.postcode = TextField(limit=20)
        self.city = TextField(limit=80)
        self.region = TextField(limit=40)
        self.phone = TextField(limit=40)
        self.email = TextField(limit=120)
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._field("postcode", _("Postcode"), self.postcode), 2)
        row.addWidget(self._field("city", _("City"), self.city), 3)
        row.addWidget(self._field("region", pgettext("address", "State"), self.region), 2)
        return _flow(
            self._field("street", _("Street and number"), self.street),
            place,
            self._field("phone", _("Phone"), self.phone),
            self._field("email", _("E-mail"), self.email),
        )

    def _money(self) -> QVBoxLayout:
        self.tax_number = TextField(limit=60)
        self.rate = PercentField(self._parse_rate, self._format_rate)
        self.inclusive = Switch(_("Prices include tax"))
        self.small = Switch(_("Small business: no tax is charged"))
        column = QVBoxLayout()
        column.setSpacing(4)
        rate_hint = _("More rates can be added in the settings.")
        column.addLayout(
            _flow(
                self._field("rate", _("Tax rate"), self.rate, hint=rate_hint),
                self._field("tax_number", _("Tax number"), self.tax_number),
            )
        )
        column.addSpacing(4)
        for switch in (self.inclusive, self.small):
            switch.changed.connect(self.changed)
            column.addWidget(switch)
        self.small.changed.connect(self._small_toggled)
        return column

    def _picture(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self._preview = QLabel()
        self._preview.setTextFormat(Qt.TextFormat.PlainText)
        self._preview.setFixedSize(QSize(96, 56))
        self._preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._preview.setAccessibleName(_("Logo"))
        self._preview.hide()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(_("Logo"), Role.STRONG))
        words.addWidget(Label(_("A PNG or JPEG picture for the head of your papers."), Role.SMALL, wrap=True))
        self._logo_error = Label("", Role.SMALL, wrap=True)
        self._logo_error.set_tone("bad")
        self._logo_error.hide()
        words.addWidget(self._logo_error)
        row.addWidget(self._preview)
        row.addLayout(words, 1)
        self._remove = Button(_("Remove"), kind=Kind.QUIET)
        self._remove.clicked.connect(self._remove_logo)
        self._remove.hide()
        choose = Button(_("Choose picture…"), "image")
        choose.clicked.connect(self._choose_logo)
        row.addWidget(self._remove)
        row.addWidget(choose)
        return row

    def _countries(self) -> list[tuple[str, str]]:
        names = [(code, self._language.country_name(code)) for code in COUNTRIES]
        return sorted(names, key=lambda item: item[1].casefold())

    def _currency_text(self, code: str) -> str:
        return f"{code} · {self._language.currency_name(code)}"

    # --- values

    def set_entry(self, business: Business, profile: TaxProfile, logo: bytes | None = None) -> None:
        """Show stored values."""
        self._business, self._profile = business, profile
        for key in ("name", "tagline", "street", "postcode", "city", "region", "phone", "email"):
            getattr(self, key).set_value(getattr(business, key))
        if all(code != business.country for code in COUNTRIES):
            self.country.set_choices([*self._countries(), (business.country, business.country)])
        self.country.set_value(business.country)
        self.currency.set_value(business.currency)
        if hasattr(self, "rate"):
            self.tax_number.set_value(business.tax_number)
            self._show_tax(profile)
        self._logo = None
        self._show_logo(logo)

    def _show_tax(self, profile: TaxProfile) -> None:
        self.rate.set_value(next((rate.ppm for rate in profile.rates if rate.tax_class == "standard"), 0))
        self.inclusive.set_value(profile.prices_include_tax)
        self.small.set_value(profile.small_business)
        self._small_toggled()

    @property
    def logo(self) -> bytes | None:
        """The new picture, b"" when it was removed, None when it was not touched."""
        return self._logo

    def typed(self) -> dict[str, str]:
        """Return what the fields hold, right or wrong, by the names of ``Business``."""
        texts = ("name", "tagline", "street", "postcode", "city", "region", "phone", "email")
        return {
            **{key: getattr(self, key).value() for key in texts},
            "country": self.country.value() or "US",
            "currency": self.currency.value() or "USD",
        }

    def set_hint(self, key: str, text: str) -> None:
        """Show a quiet sentence below a field."""
        self._fields[key].set_hint(text)

    def entry(self) -> BusinessEntry:
        """Return what was typed.

        Raises:
            DomainError: a field is wrong (``business.name``, ``tax.rate_range``); ``field`` names it.
        """
        typed: dict[str, Any] = {**self.typed()}
        business = replace(self._business, **typed)
        if not business.name:
            raise DomainError("business.name", field="name")
        profile = self._profile
        if hasattr(self, "rate"):
            business = replace(business, tax_number=self.tax_number.value().strip())
            profile = self._entered_profile(business)
        return BusinessEntry(business, profile, self._logo)

    def _entered_profile(self, business: Business) -> TaxProfile:
        if self.rate.check():
            raise DomainError("tax.rate_range", field="rate")
        small = self.small.value()
        rates = [rate for rate in self._profile.rates if rate.tax_class != "standard"]
        label = next((r.label for r in self._profile.rates if r.tax_class == "standard"), _("Tax"))
        rates.insert(0, TaxRate(label, self.rate.value() or 0))
        return replace(
            self._profile,
            prices_include_tax=self.inclusive.value(),
            small_business=small,
            exemption_note=f"exempt.{business.country}" if small else "",
            rates=tuple(rates),
        )

    def show_error(self, error: DomainError) -> bool:
        """Put the sentence of an error below its field and go there; says whether the field is here."""
        field = self._fields.get(error.field)
        if field is None:
            return False
        if not field.error():  # what the editor says by itself is more precise
            field.set_error(sentence(error) or "")
        field.reveal()
        return True

    def reveal(self, key: str) -> None:
        """Put the focus into a field."""
        self._fields[key].reveal()

    # --- reactions

    def _country_chosen(self) -> None:
        if not hasattr(self, "rate"):
            return  # a business that is set up keeps its currency, sheets and taxes until they are changed themselves
        home = country(self.country.value() or "US")
        self.currency.set_value(home.currency)
        self._business = replace(
            self._business,
            language=home.language,
            zone=home.zone,
            tax_label=home.tax_label,
            invoice_format=home.invoice_format,
            slip_format=home.slip_format,
            window=home.window,
        )
        self._profile = home.profile(small_business=self.small.value())
        self._show_tax(self._profile)

    def _small_toggled(self) -> None:
        on = self.small.value()
        self.rate.setEnabled(not on)
        self.inclusive.setEnabled(not on)

    def _parse_rate(self, text: str) -> int:
        try:
            ppm = percent_to_ppm(self._language.parse_decimal(text.replace("%", "").strip() or "0"))
            if not 0 <= ppm <= 1_000_000:
                raise DomainError("tax.rate_range")
        except DomainError as error:
            raise InputError(sentence(error)) from error
        return ppm

    def _format_rate(self, ppm: int) -> str:
        return self._language.number(Decimal(ppm_to_percent(ppm)))

    def _choose_logo(self) -> None:
        path = dialogs().open_file(self, _("Choose a logo"), _("Pictures (*.png *.jpg *.jpeg)"))
        if path is not None:
            self.take_logo(Path(path))

    def take_logo(self, path: Path) -> None:
        """Read, check and show a picture; what cannot be used is refused with a sentence."""
        try:
            with open_for_reading(path) as file:  # pipes and devices are refused, they would never end
                content = file.read(_LARGEST_LOGO + 1)
            if len(content) > _LARGEST_LOGO:
                raise DomainError("logo.too_large")
            cleaned = self._clean_logo(content)
        except (OSError, DomainError) as error:
            words = sentence(error) or _("This file cannot be read.")
            self._logo_error.setText(words)
            self._logo_error.show()
            return
        self._logo_error.hide()
        self.set_new_logo(cleaned)

    def set_new_logo(self, content: bytes) -> None:
        """Take a picture that was cleaned already; empty removes the one there is."""
        self._logo = content
        self._show_logo(content)
        self.changed.emit()

    def _remove_logo(self) -> None:
        self.set_new_logo(b"")

    def _show_logo(self, content: bytes | None) -> None:
        image = QImage.fromData(content) if content else QImage()
        shown = not image.isNull()
        self._preview.setVisible(shown)
        self._remove.setVisible(shown)
        if shown:
            ratio = self.devicePixelRatioF()
            size = QSize(round(96 * ratio), round(56 * ratio))
            picture = QPixmap.fromImage(
                image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            )
            picture.setDevicePixelRatio(ratio)
            self._preview.setPixmap(picture)


def _flow(*fields: QWidget) -> FlowLayout:
    """Lay fields out in two columns, or in one where the window is narrow."""
    layout = FlowLayout(gap=14, tile=250)
    for field in fields:
        layout.addWidget(field)
        layout.setAlignment(field, Qt.AlignmentFlag.AlignTop)
    return layout
