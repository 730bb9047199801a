"""Defaults of a country for the first start: currency, paper, tax. Suggestions, editable; nothing legal is decided.

Sources: currencies ISO 4217; sheet and window by national habit (DIN 5008, US #10 envelope); VAT rates as of
November 2026. The user is told to check them with an adviser where they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from directsell.domain.papers import PaperFormat, WindowNorm
from directsell.domain.taxes import GoodsBase, TaxProfile, TaxRate


@dataclass(frozen=True, slots=True)
class Country:
    """What a country suggests. ``rates`` are (tax class, label, ppm); ``tax_label`` names the seller's tax number."""

    code: str
    currency: str
    language: str
    zone: str
    invoice_format: PaperFormat
    slip_format: PaperFormat
    window: WindowNorm
    prices_include_tax: bool
    rates: tuple[tuple[str, str, int], ...]
    tax_label: str = ""

    def profile(self, *, small_business: bool = False) -> TaxProfile:
        """Return the tax rules that the country suggests, without rates of its own.

        In the United States what a host gets for nothing is usually taxed on its full price (rules D6, D9).
        """
        return TaxProfile(
            host_goods_base=GoodsBase.FULL_PRICE if self.code == "US" else GoodsBase.PRICE_PAID,
            prices_include_tax=self.prices_include_tax,
            small_business=small_business,
            exemption_note=f"exempt.{self.code}" if small_business else "",
            exempt_classes=() if any(rate[0] == "exempt" for rate in self.rates) else ("exempt",),
            rates=tuple(TaxRate(label, ppm, tax_class) for tax_class, label, ppm in self.rates),
        )


def _a4(
    code: str,
    currency: str,
    language: str,
    zone: str,
    rates: tuple[tuple[str, str, int], ...],
    *,
    window: WindowNorm = WindowNorm.DIN_B,
    tax_label: str = "",
    inclusive: bool = True,
) -> Country:
    return Country(code, currency, language, zone, PaperFormat.A4, PaperFormat.A5, window, inclusive, rates, tax_label)


def _vat(label: str, standard: int, reduced: int = 0) -> tuple[tuple[str, str, int], ...]:
    """Rates in tenths of a percent."""
    rates = (("standard", label, standard * 1000),)
    return (*rates, ("reduced", label, reduced * 1000)) if reduced else rates


COUNTRIES: dict[str, Country] = {
    country.code: country
    for country in (
        Country(
            "US",
            "USD",
            "en_US",
            "America/New_York",
            PaperFormat.LETTER,
            PaperFormat.HALF_LETTER,
            WindowNorm.US_10,
            False,
            (("standard", "Sales tax", 0),),
            "Sales tax permit",
        ),
        Country(
            "CA",
            "CAD",
            "en_CA",
            "America/Toronto",
            PaperFormat.LETTER,
            PaperFormat.HALF_LETTER,
            WindowNorm.US_10,
            False,
            (("standard", "GST", 50_000),),
            "GST/HST no.",
        ),
        Country(
            "MX",
            "MXN",
            "es_MX",
            "America/Mexico_City",
            PaperFormat.LETTER,
            PaperFormat.HALF_LETTER,
            WindowNorm.NONE,
            True,
            _vat("IVA", 160),
            "RFC",
        ),
        _a4("DE", "EUR", "de_DE", "Europe/Berlin", _vat("USt", 190, 70), tax_label="USt-IdNr."),
        _a4("AT", "EUR", "de_AT", "Europe/Vienna", _vat("USt", 200, 100), tax_label="UID"),
        _a4("CH", "CHF", "de_CH", "Europe/Zurich", _vat("MWST", 81, 26), window=WindowNorm.RIGHT, tax_label="UID"),
        _a4("GB", "GBP", "en_GB", "Europe/London", _vat("VAT", 200, 50), tax_label="VAT no."),
        _a4("IE", "EUR", "en_IE", "Europe/Dublin", _vat("VAT", 230, 135), tax_label="VAT no."),
        _a4("FR", "EUR", "fr_FR", "Europe/Paris", _vat("TVA", 200, 55), window=WindowNorm.RIGHT, tax_label="TVA"),
        _a4("ES", "EUR", "es_ES", "Europe/Madrid", _vat("IVA", 210, 100), tax_label="NIF"),
        _a4("IT", "EUR", "it_IT", "Europe/Rome", _vat("IVA", 220, 100), window=WindowNorm.RIGHT, tax_label="P. IVA"),
        _a4("PL", "PLN", "pl_PL", "Europe/Warsaw", _vat("VAT", 230, 80), tax_label="NIP"),
        _a4("NL", "EUR", "nl_NL", "Europe/Amsterdam", _vat("BTW", 210, 90), tax_label="Btw-id"),
        _a4("AU", "AUD", "en_AU", "Australia/Sydney", _vat("GST", 100), window=WindowNorm.NONE, tax_label="ABN"),
        _a4("JP", "JPY", "ja_JP", "Asia/Tokyo", _vat("消費税", 100, 80), window=WindowNorm.NONE),
        _a4("BR", "BRL", "pt_BR", "America/Sao_Paulo", (), window=WindowNorm.NONE, tax_label="CPF/CNPJ"),
        _a4("AE", "AED", "ar", "Asia/Dubai", _vat("VAT", 50), window=WindowNorm.NONE, tax_label="TRN"),
        _a4("IL", "ILS", "he_IL", "Asia/Jerusalem", _vat("VAT", 180), window=WindowNorm.NONE),
    )
}


def country(code: str) -> Country:
    """Return the defaults of a country; an unknown one gets those of an A4 country without tax."""
    return COUNTRIES.get(code) or _a4(code, "EUR", "en_GB", "", (), window=WindowNorm.NONE)
