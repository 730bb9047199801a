"""What the fields of an import are called, and why a line was refused, in words; shared by window and command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from directsell.exchange.errors import Finding
from directsell.exchange.headers import Target
from directsell.i18n import N_, _, ngettext

TARGETS: dict[Target, str] = {"sales": N_("Past sales"), "people": N_("People"), "products": N_("Products")}
_COMMON = {
    "date": N_("Date"),
    "code": N_("Product code"),
    "barcode": N_("Barcode"),
    "description": N_("Description"),
    "currency": N_("Currency"),
    "country": N_("Country"),
    "note": N_("Note"),
    "tax_rate": N_("Tax rate"),
}
LABELS: dict[Target, dict[str, str]] = {
    "sales": _COMMON
    | {
        "number": N_("Order number"),
        "quantity": N_("Quantity"),
        "unit_price": N_("Unit price"),
        "line_total": N_("Total of the line"),
        "discount": N_("Discount in percent"),
        "customer_id": N_("Customer number"),
        "customer_name": N_("Customer"),
        "customer_email": N_("Customer's e-mail"),
        "customer_phone": N_("Customer's phone"),
    },
    "people": _COMMON
    | {
        "full_name": N_("Whole name"),
        "prefix": N_("Salutation"),
        "first_name": N_("Given name"),
        "middle_name": N_("Middle name"),
        "last_name": N_("Family name"),
        "suffix": N_("Name suffix"),
        "nickname": N_("Nickname"),
        "company": N_("Company"),
        "department": N_("Department"),
        "job_title": N_("Job title"),
        "phone": N_("Phone"),
        "phone_mobile": N_("Mobile"),
        "phone_home": N_("Phone at home"),
        "phone_work": N_("Phone at work"),
        "phone_fax": N_("Fax"),
        "email": N_("E-mail"),
        "email_home": N_("E-mail at home"),
        "email_work": N_("E-mail at work"),
        "website": N_("Website"),
        "street": N_("Street"),
        "street2": N_("Address, second line"),
        "postcode": N_("Postcode"),
        "city": N_("City"),
        "region": N_("State or region"),
        "work_street": N_("Street at work"),
        "work_postcode": N_("Postcode at work"),
        "work_city": N_("City at work"),
        "work_region": N_("State or region at work"),
        "work_country": N_("Country at work"),
        "birthday": N_("Birthday"),
        "anniversary": N_("Anniversary"),
        "tags": N_("Tags"),
        "lead_source": N_("Lead source"),
        "language": N_("Language"),
        "external_id": N_("Number elsewhere"),
    },
    "products": _COMMON
    | {
        "name": N_("Name"),
        "brand": N_("Brand"),
        "category": N_("Category"),
        "unit": N_("Unit"),
        "price": N_("Price"),
        "wholesale_price": N_("Wholesale price"),
        "tax_class": N_("Tax class"),
        "weight": N_("Weight"),
        "stock": N_("Stock"),
        "minimum_stock": N_("Minimum stock"),
        "active": N_("Active"),
    },
}
_QUOTED = 60  # characters of a value in a sentence


def field_label(target: Target, name: str) -> str:
    """Return what a field is called; the name itself when it is none of the target's."""
    label = LABELS[target].get(name)
    return _(label) if label else name


def reason(finding: Finding, target: Target, sentence_of: Callable[[str, Mapping[str, object]], str]) -> str:
    """Return why a line was refused or is doubted: the column and the value where they are known, and the sentence.

    Args:
        finding: what was found.
        target: what was imported.
        sentence_of: gives the sentence of a code with its parameters.
    """
    sentence = sentence_of(finding.code, finding.params)
    column, text = str(finding.params.get("column", "")), str(finding.params.get("text", ""))
    short = text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
    if text and text in sentence:
        text = ""
    if column and text:
        words = _("{column} “{text}”: {reason}")
    elif column:
        words = _("{column}: {reason}")
    else:
        return sentence
    return words.format(column=field_label(target, column), text=short, reason=sentence)


def erased_words(count: int) -> str:
    """Return the sentence, with a place for the count, about people whom an import left out."""
    return ngettext(
        "{count} entry was left out: the data of this person was erased at their own wish.",
        "{count} entries were left out: the data of these people was erased at their own wish.",
        count,
    )
