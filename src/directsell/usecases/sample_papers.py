"""Invented papers that show in the settings how the real ones will look. Nothing is stored, no number is used up."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from directsell.domain.invoicing import PaperKind, format_number
from directsell.domain.money import currency_digits
from directsell.domain.papers import Copy, Paper, PaperFormat, PaperLine, Party, TaxSum, WindowNorm
from directsell.domain.settings import Business
from directsell.domain.taxes import STANDARD, TaxProfile
from directsell.domain.totals import LineTerms, OrderTerms, compute
from directsell.i18n import N_, Language
from directsell.usecases.papers import exemption_note, sender_from

_GOODS = (
    ("CV-402", N_("Chopper"), "1", "34.00"),
    ("CV-315", N_("Stoneware pan"), "1", "58.00"),
    ("CV-110", N_("Peeler"), "2", "12.50"),
)
_PIECES = N_("pcs")
_TWO_UP = (PaperFormat.A4_TWO_UP, PaperFormat.LETTER_TWO_UP)


def sample_paper(seller: Business, logo: bytes | None, profile: TaxProfile, kind: PaperKind, day: date) -> Paper:
    """Return an invented order slip or invoice of a business, as its settings would make it.

    Args:
        seller: the settings, stored or only typed.
        logo: the picture, or None.
        profile: the tax rules with their rates.
        kind: order slip or invoice.
        day: the date printed on it.
    """
    language = Language.load(seller.language)
    slip = kind is PaperKind.ORDER_SLIP
    factor = 1 if currency_digits(seller.currency) else 100
    classes = [rate.tax_class for rate in profile.rates]
    tax_class = next((known for known in (STANDARD, *classes) if known in classes), STANDARD)
    terms = [
        LineTerms(quantity=Decimal(count), unit_price=Decimal(price) * factor, tax_class=tax_class)
        for _c, _n, count, price in _GOODS
    ]
    order = OrderTerms(currency=seller.currency, profile=profile, shipping=seller.shipping)
    totals = compute(terms, order)
    label = " + ".join(language.percent(rate.ppm) for rate in profile.components(tax_class))
    lines = tuple(
        PaperLine(
            position=str(place),
            code=code,
            name=language.translate(name),
            quantity=term.quantity,
            unit=language.translate(_PIECES),
            unit_price=term.unit_price,
            tax_label=label,
            amount=sums.amount,
        )
        for place, ((code, name, _count, _price), term, sums) in enumerate(
            zip(_GOODS, terms, totals.lines, strict=True), start=1
        )
    )
    page = seller.slip_format if slip else seller.invoice_format
    return Paper(
        kind=kind,
        number=format_number(kind, "A", str(day.year), 17),
        paper_date=day,
        delivery_date=day,
        due_date=None if slip else day + timedelta(days=seller.due_days),
        currency=seller.currency,
        language=seller.language,
        sender=sender_from(seller, logo),
        customer=_customer(seller.country),
        lines=lines,
        goods=totals.amount,
        shipping=totals.shipping,
        taxes=tuple(TaxSum(label=tax.label, ppm=tax.ppm, base=tax.base, tax=tax.tax) for tax in totals.taxes),
        net=totals.net,
        total=totals.total,
        prices_include_tax=profile.prices_include_tax,
        balance_due=totals.total,
        closing="" if slip else seller.terms,
        exemption_note=exemption_note(totals.exemption_note, language),
        slip_texts=(seller.slip_terms,) if slip and seller.slip_terms else (),
        copies=(Copy.CUSTOMER, Copy.SELLER) if page in _TWO_UP else (Copy.CUSTOMER,),
        page_format=page,
        window=WindowNorm.NONE if slip else seller.window,
    )


def _customer(country: str) -> Party:
    if country in ("US", "CA"):
        return Party(name="Amy Castellanos", lines=("2208 Walnut Street, Apt 4B", "Springfield, IL 62703"))
    return Party(name="Anna Lindqvist", lines=("Goethestraße 7 b", "79104 Freiburg"))
