"""Which tables can be exported, in which formats, and their columns: names for programs, titles for people. No rows."""

from __future__ import annotations

from typing import Literal

from directsell.exchange.writers import Column, ColumnKind
from directsell.i18n import N_, _

Subject = Literal["people", "products", "orders", "lines", "payments", "papers"]
FileFormat = Literal["csv", "xlsx", "json", "vcard"]
SUBJECTS: dict[Subject, str] = {
    "people": N_("People"),
    "products": N_("Products"),
    "orders": N_("Orders"),
    "lines": N_("Order lines"),
    "payments": N_("Payments"),
    "papers": N_("Documents"),
}
SUFFIXES: dict[FileFormat, str] = {"csv": ".csv", "xlsx": ".xlsx", "json": ".json", "vcard": ".vcf"}

_Columns = tuple[tuple[str, ColumnKind, str], ...]
_COLUMNS: dict[Subject, _Columns] = {
    "people": (
        ("salutation", "text", N_("Salutation")),
        ("given", "text", N_("Given name")),
        ("family", "text", N_("Family name")),
        ("company", "text", N_("Company")),
        ("mobile", "text", N_("Mobile")),
        ("phone", "text", N_("Phone")),
        ("email", "text", N_("E-mail")),
        ("website", "text", N_("Website")),
        ("street", "text", N_("Street")),
        ("address_extra", "text", N_("Address, second line")),
        ("postcode", "text", N_("Postcode")),
        ("city", "text", N_("City")),
        ("region", "text", N_("State or region")),
        ("country", "text", N_("Country")),
        ("birthday", "text", N_("Birthday")),
        ("stage", "text", N_("Stage")),
        ("roles", "text", N_("Roles")),
        ("tags", "text", N_("Tags")),
        ("lead_source", "text", N_("Lead source")),
        ("met_at", "text", N_("Met at")),
        ("need", "text", N_("Need")),
        ("budget", "text", N_("Budget")),
        ("objection", "text", N_("Objection")),
        ("language", "text", N_("Language")),
        ("customer_number", "text", N_("Customer number")),
        ("tax_id", "text", N_("Tax number")),
        ("discount_percent", "number", N_("Discount in percent")),
        ("note", "text", N_("Note")),
        ("created_at", "text", N_("Created")),
        ("id", "text", N_("ID")),
    ),
    "products": (
        ("code", "text", N_("Code")),
        ("name", "text", N_("Name")),
        ("brand", "text", N_("Brand")),
        ("category", "text", N_("Category")),
        ("description", "text", N_("Description")),
        ("barcode", "text", N_("Barcode")),
        ("page", "text", N_("Brochure page")),
        ("unit", "text", N_("Unit")),
        ("price", "number", N_("Price")),
        ("wholesale_price", "number", N_("Wholesale price")),
        ("currency", "text", N_("Currency")),
        ("tax_class", "text", N_("Tax class")),
        ("active", "flag", N_("Active")),
        ("id", "text", N_("ID")),
    ),
    "orders": (
        ("number", "text", N_("Number")),
        ("date", "date", N_("Date")),
        ("state", "text", N_("State")),
        ("kind", "text", N_("Kind")),
        ("customer", "text", N_("Customer")),
        ("customer_number", "text", N_("Customer number")),
        ("demo", "text", N_("Demo")),
        ("total", "number", N_("Total")),
        ("paid", "number", N_("Paid")),
        ("owed", "number", N_("Still owed")),
        ("currency", "text", N_("Currency")),
        ("shipping", "number", N_("Shipping")),
        ("discount_percent", "number", N_("Discount in percent")),
        ("discount", "number", N_("Discount")),
        ("customer_discount_percent", "number", N_("Customer's discount in percent")),
        ("host_credit", "number", N_("Host credit")),
        ("handover", "text", N_("Handover")),
        ("deliver_on", "date", N_("Delivery planned for")),
        ("delivered_on", "date", N_("Delivered on")),
        ("origin", "text", N_("Origin")),
        ("reference", "text", N_("Number elsewhere")),
        ("note", "text", N_("Note")),
        ("id", "text", N_("ID")),
    ),
    "lines": (
        ("number", "text", N_("Number")),
        ("date", "date", N_("Date")),
        ("state", "text", N_("State")),
        ("customer", "text", N_("Customer")),
        ("position", "number", N_("Line")),
        ("code", "text", N_("Code")),
        ("name", "text", N_("Name")),
        ("kind", "text", N_("Kind")),
        ("quantity", "number", N_("Quantity")),
        ("unit", "text", N_("Unit")),
        ("unit_price", "number", N_("Unit price")),
        ("discount_percent", "number", N_("Discount in percent")),
        ("discount", "number", N_("Discount")),
        ("amount", "number", N_("Amount")),
        ("currency", "text", N_("Currency")),
        ("tax_class", "text", N_("Tax class")),
        ("note", "text", N_("Note")),
        ("order_id", "text", N_("ID of the order")),
    ),
    "payments": (
        ("date", "date", N_("Date")),
        ("number", "text", N_("Number")),
        ("customer", "text", N_("Customer")),
        ("method", "text", N_("Method")),
        ("amount", "number", N_("Amount")),
        ("currency", "text", N_("Currency")),
        ("detail", "text", N_("Detail")),
        ("note", "text", N_("Note")),
        ("cancels", "text", N_("Cancels entry")),
        ("order_id", "text", N_("ID of the order")),
        ("id", "text", N_("ID")),
    ),
    "papers": (
        ("number", "text", N_("Number")),
        ("kind", "text", N_("Kind")),
        ("date", "date", N_("Date")),
        ("customer", "text", N_("Customer")),
        ("total", "number", N_("Total")),
        ("currency", "text", N_("Currency")),
        ("cancels", "text", N_("Cancels")),
        ("cancelled_by", "text", N_("Cancelled by")),
        ("sha256", "text", N_("Checksum of the file")),
        ("order_id", "text", N_("ID of the order")),
        ("id", "text", N_("ID")),
    ),
}


def columns_of(subject: Subject) -> tuple[Column, ...]:
    """Return the columns of a table: names for programs, titles in the language of the program."""
    return tuple(Column(name, kind, _(title)) for name, kind, title in _COLUMNS[subject])
