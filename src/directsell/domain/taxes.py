"""Tax rates, the tax rules of a seller, and tax on one base. The order of a whole calculation is in totals.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from directsell.domain.errors import DomainError
from directsell.domain.money import PPM, Rounding, round_ratio

STANDARD: Final = "standard"
_MAX_RATE: Final = 10 * PPM


class TaxLevel(StrEnum):
    """Where tax is rounded (rule D3): once per document and rate, or on every line. Tax reports name it."""

    DOCUMENT = "document"
    LINE = "line"


class GoodsBase(StrEnum):
    """The taxable value of goods given or cheapened for hosting (rule D6)."""

    PRICE_PAID = "price_paid"
    FULL_PRICE = "full_price"


@dataclass(frozen=True, slots=True)
class TaxRate:
    """One tax component of a tax class: its printed label, its rate in ppm (7.75 % = 77_500).

    Several rates of one class are added up on the same base, each printed on its own line (GST + PST, CGST + SGST);
    none is charged on another. A rate of 0 is a zero rate: its base is reported, while exempt goods have no rate.

    Raises:
        DomainError: ``tax.rate_range`` for a rate below 0 or above 1000 %.
    """

    label: str
    ppm: int
    tax_class: str = STANDARD
    key: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.ppm <= _MAX_RATE:
            raise DomainError("tax.rate_range", field="ppm", label=self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxProfile:
    """How a seller is taxed; a value that is frozen with each order.

    Args:
        prices_include_tax: whether price tags contain the tax (rule D4) or it is added (rule D5).
        level: where tax is rounded (rule D3).
        rounding: how ties are rounded, of tax as of prices and discounts (rule D1).
        shipping_taxed: whether shipping is taxed, at the rates of ``shipping_tax_class``.
        small_business: no tax is shown or charged; ``exemption_note`` is printed instead.
        exemption_note: key of the sentence that says why there is no tax.
        host_goods_base: taxable value of goods paid with host credit (rules D6, D9).
        half_price_base: taxable value of half-price goods; rule D9 taxes what is paid for them.
        rates: all components of all classes that apply on the day.
        exempt_classes: tax classes that are free of tax here (food, clothing; rule D5).
    """

    prices_include_tax: bool = False
    level: TaxLevel = TaxLevel.DOCUMENT
    rounding: Rounding = Rounding.HALF_UP
    shipping_taxed: bool = True
    shipping_tax_class: str = STANDARD
    small_business: bool = False
    exemption_note: str = ""
    host_goods_base: GoodsBase = GoodsBase.PRICE_PAID
    half_price_base: GoodsBase = GoodsBase.PRICE_PAID
    rates: tuple[TaxRate, ...] = ()
    exempt_classes: tuple[str, ...] = ()

    def components(self, tax_class: str) -> tuple[TaxRate, ...]:
        """Return the tax components of goods of a class, in the order of ``rates``; empty when they are untaxed.

        Raises:
            DomainError: ``tax.unknown_class`` when the class is neither taxed nor exempt here. A profile without any
                rate taxes nothing.
        """
        if self.small_business or not self.rates or tax_class in self.exempt_classes:
            return ()
        found = tuple(rate for rate in self.rates if rate.tax_class == tax_class)
        if not found:
            raise DomainError("tax.unknown_class", field="tax_class", tax_class=tax_class)
        return found

    def shipping_components(self) -> tuple[TaxRate, ...]:
        """Return the tax components of shipping; empty when it is untaxed.

        Raises:
            DomainError: as for ``components``.
        """
        return self.components(self.shipping_tax_class) if self.shipping_taxed else ()


def component_taxes(base: int, ppms: Sequence[int], profile: TaxProfile) -> tuple[int, ...]:
    """Return the tax of each component on one base, each rounded by itself, so that equal rates give equal taxes.

    Args:
        base: taxable amount in minor units; gross when the profile's prices include tax, otherwise net.
        ppms: the rates of the components that apply together.
        profile: tells which of the two, and how ties are rounded.
    """
    whole = PPM + sum(ppms) if profile.prices_include_tax else PPM
    return tuple([round_ratio(base * ppm, whole, profile.rounding) for ppm in ppms])
