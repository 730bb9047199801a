"""What tables, fields and values are called in the history. A test keeps the lists complete; no widgets here."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from directsell.domain.errors import DomainError
from directsell.domain.money import currency_digits
from directsell.i18n import N_, Language, _
from directsell.store.queries.history import HistoryRow, Named, RowChange
from directsell.ui.session import label_text
from directsell.ui.terms import term

# Table -> (name of one record, icon)
TABLES: dict[str, tuple[str, str]] = {
    "device": (N_("Laptop"), "monitor"),
    "setting": (N_("Setting"), "settings"),
    "person": (N_("Person"), "user"),
    "person_role": (N_("Role"), "users"),
    "person_tag": (N_("Tag"), "tag"),
    "reach_point": (N_("Phone or e-mail"), "phone"),
    "address": (N_("Address"), "map-pin"),
    "consent": (N_("Consent"), "shield-check"),
    "brand": (N_("Brand"), "store"),
    "product": (N_("Product"), "package"),
    "price_list": (N_("Price list"), "list-checks"),
    "price": (N_("Price"), "banknote"),
    "tax_rate": (N_("Tax rate"), "percent"),
    "demo": (N_("Demo"), "party-popper"),
    "demo_guest": (N_("Guest"), "users"),
    "co_host": (N_("Co-host"), "users"),
    "coaching_touch": (N_("Coaching step"), "list-checks"),
    "packing_item": (N_("Thing to pack"), "package"),
    "wish": (N_("Wish"), "heart"),
    "cash_count": (N_("Cash count"), "wallet"),
    "demo_cost": (N_("Cost of a demo"), "banknote"),
    "host_programme": (N_("Host programme"), "gift"),
    "sales_order": (N_("Order"), "shopping-bag"),
    "order_line": (N_("Order line"), "shopping-bag"),
    "withdrawal": (N_("Withdrawal"), "undo-2"),
    "signature": (N_("Signature"), "pencil"),
    "payment": (N_("Payment"), "banknote"),
    "issued_paper": (N_("Document"), "file-text"),
    "contact_entry": (N_("Contact"), "message-circle"),
    "follow_up": (N_("Follow-up"), "clock"),
}
# What the filter offers: key -> (name, tables)
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "": (N_("Everything"), ()),
    "people": (N_("People"), ("person", "person_role", "person_tag", "reach_point", "address", "consent")),
    "contacts": (N_("Contacts and follow-ups"), ("contact_entry", "follow_up")),
    "demos": (
        N_("Demos"),
        ("demo", "demo_guest", "co_host", "coaching_touch", "packing_item", "wish", "cash_count", "demo_cost"),
    ),
    "orders": (N_("Orders"), ("sales_order", "order_line", "withdrawal", "signature")),
    "payments": (N_("Payments"), ("payment",)),
    "documents": (N_("Documents"), ("issued_paper",)),
    "products": (N_("Products"), ("product", "price", "price_list", "brand")),
    "settings": (N_("Settings"), ("setting", "tax_rate", "device", "host_programme")),
}
FIELDS: dict[str, str] = {
    "accepted": N_("In time"),
    "active": N_("Sold"),
    "amount": N_("Amount"),
    "at": N_("Time"),
    "attended": N_("Came"),
    "barcode": N_("Barcode"),
    "birthday": N_("Birthday"),
    "birthday_discount_ppm": N_("Birthday discount"),
    "booked_on": N_("Booked on"),
    "brand_id": N_("Brand"),
    "brings": N_("Brings along"),
    "budget": N_("Budget"),
    "cancel_by": N_("Right to cancel until"),
    "cancels_id": N_("Cancels"),
    "category": N_("Category"),
    "channel": N_("Channel"),
    "choice": N_("Decision"),
    "city": N_("City"),
    "closed_at": N_("Finished"),
    "code": N_("Code"),
    "commission_ppm": N_("Commission"),
    "company": N_("Company"),
    "consultant_number": N_("Consultant number"),
    "cooling_rule": N_("Rule"),
    "counts": N_("Pieces counted"),
    "country": N_("Country"),
    "currency": N_("Currency"),
    "customer_discount_ppm": N_("Customer's discount"),
    "customer_number": N_("Customer number"),
    "day": N_("Day"),
    "deliver_on": N_("Delivery planned"),
    "delivered_on": N_("Delivered"),
    "demo_id": N_("Demo"),
    "description": N_("Description"),
    "detail": N_("Detail"),
    "discount": N_("Discount (amount)"),
    "discount_ppm": N_("Discount"),
    "done_on": N_("Done on"),
    "due_on": N_("Due"),
    "ends": N_("Ends"),
    "expected_guests": N_("Expected guests"),
    "extra": N_("Address line 2"),
    "family": N_("Family name"),
    "given": N_("Given name"),
    "handover": N_("Handover"),
    "host_consent": N_("Host agreed"),
    "host_credit": N_("Host credit"),
    "host_id": N_("Host"),
    "hours": N_("Hours"),
    "incoming": N_("Incoming"),
    "issued_at": N_("Issued at"),
    "issued_on": N_("Issued"),
    "kind": N_("Kind"),
    "label": N_("Label"),
    "language": N_("Language"),
    "lead_source": N_("Lead source"),
    "liked": N_("Liked"),
    "merged_into": N_("Merged into"),
    "met_at": N_("Met at"),
    "method": N_("Method"),
    "miles": N_("Distance"),
    "name": N_("Name"),
    "need": N_("Need"),
    "note": N_("Note"),
    "number": N_("Number"),
    "objection": N_("Objection"),
    "order_id": N_("Order"),
    "ordered_on": N_("Ordered"),
    "origin": N_("Origin"),
    "outcome": N_("Outcome"),
    "outside": N_("Orders without coming"),
    "packed": N_("Packed"),
    "page": N_("Brochure page"),
    "paid_on": N_("Paid"),
    "parent_id": N_("Booked at"),
    "person_id": N_("Person"),
    "place": N_("Place of sale"),
    "position": N_("Position"),
    "postcode": N_("Postcode"),
    "ppm": N_("Rate"),
    "price_list_id": N_("Price list"),
    "product_id": N_("Product"),
    "programme_id": N_("Host programme"),
    "quantity": N_("Quantity"),
    "rank": N_("Rank"),
    "reason": N_("Reason"),
    "received_on": N_("Received on"),
    "reference": N_("Number elsewhere"),
    "referred_by": N_("Recommended by"),
    "refund_by": N_("Refund by"),
    "region": N_("Region"),
    "result": N_("Result"),
    "reply": N_("Reply"),
    "retired_at": N_("Retired"),
    "reverses_id": N_("Cancels"),
    "role": N_("Role"),
    "salutation": N_("Salutation"),
    "series": N_("Series"),
    "shipping": N_("Shipping"),
    "signer": N_("Signed by"),
    "source": N_("Source"),
    "stage": N_("Stage"),
    "starts": N_("Starts"),
    "state": N_("Status"),
    "street": N_("Street"),
    "tag": N_("Tag"),
    "tax_class": N_("Tax class"),
    "tax_id": N_("Tax number"),
    "text": N_("Words"),
    "title": N_("Title"),
    "total": N_("Total"),
    "unit": N_("Unit"),
    "unit_price": N_("Unit price"),
    "valid_from": N_("Valid from"),
    "valid_to": N_("Valid to"),
    "value": N_("Value"),
    "wholesale": N_("Wholesale price"),
    "visit": N_("Visit"),
    "wording": N_("Wording"),
    "would_host": N_("Would like to host"),
    "would_join": N_("Would like to join"),
    "zone": N_("Time zone"),
}
# Frozen or technical contents: that they changed is told by other fields.
INTERNAL = frozenset(
    {
        "tax_profile",
        "content",
        "sha256",
        "previous",
        "seal",
        "template",
        "period",
        "sequence",
        "created_at",
        "id",
        "rules",
        "strokes",
        "family_id",
    }
)
# Values of their own, beside those of ui.terms.
VALUES: dict[str, str] = {
    "person": N_("Person"),
    "company": N_("Company"),
    "sale": N_("Sale"),
    "host": N_("Host's own order"),
    "requested": N_("Asked for"),
    "unsolicited": N_("Not asked for"),
    "host_home": N_("At the host's home"),
    "buyer_home": N_("At the buyer's home"),
    "seller_home": N_("At the seller's home"),
    "workplace": N_("At work"),
    "online": N_("Online"),
    "fair": N_("Fair"),
    "shop": N_("In a shop"),
    "sample": N_("Samples"),
    "door_prize": N_("Door prize"),
    "fee": N_("Fee"),
    "mileage": N_("Mileage"),
    "other": N_("Other"),
    "return": N_("Return"),
    "take_now": N_("Handed over at once"),
    "to_customer": N_("Delivery to the customer"),
    "to_host": N_("Delivery to the host"),
    "entered": N_("Typed here"),
    "imported": N_("Imported"),
    "open": N_("Open"),
    "done": N_("Done"),
    "skipped": N_("Skipped"),
    "superseded": N_("Superseded"),
    "expired": N_("Expired"),
}
_MINOR = ("discount", "host_credit", "shipping", "total")
_ORIGINS = {
    "undo": (N_("Undone"), "warn"),
    "redo": (N_("Done again"), "info"),
    "revert": (N_("Put back"), "warn"),
    "import": (N_("Import"), "info"),
    "system": (N_("By the program"), "neutral"),
    "sync": (N_("From another laptop"), "info"),
}
_CHANGES = {
    "added": (N_("Added"), "ok"),
    "changed": (N_("Changed"), "info"),
    "removed": (N_("Removed"), "bad"),
    "restored": (N_("Restored"), "ok"),
}


def table_name(table: str) -> str:
    """Return what one record of a table is called."""
    return _(TABLES[table][0]) if table in TABLES else table


def table_icon(table: str) -> str:
    """Return the icon of a table."""
    return TABLES[table][1] if table in TABLES else "database"


def field_name(field: str) -> str:
    """Return what a field is called."""
    return _(FIELDS[field]) if field in FIELDS else field


def origin_chip(row: HistoryRow) -> tuple[str, str]:
    """Return words and tone of where a transaction came from; empty words for the user's own work."""
    words, tone = _ORIGINS.get(row.origin, ("", "neutral"))
    return _(words) if words else "", tone


def change_chip(change: RowChange) -> tuple[str, str]:
    """Return words and tone of what happened to a record."""
    words, tone = _CHANGES[change.kind]
    return _(words), tone


def step_text(row: HistoryRow) -> str:
    """Return what a transaction did, in words."""
    params = dict(row.params)
    inner = params.pop("label", None)
    if isinstance(inner, str):
        return _("Put back: {step}").format(step=label_text(inner, params))
    return label_text(row.label, params) or _("Change")


def value_text(language: Language, change: RowChange, field: str, value: object) -> str:
    """Return a value as people read it: dates and amounts in the window's language, ids as names."""
    if value is None or value == "":
        return "–"
    special = _special(language, change, field, value)
    return _plain(language, value) if special is None else special


def _special(language: Language, change: RowChange, field: str, value: Any) -> str | None:
    """What the field says about its value, beyond its type."""
    if field.endswith("ppm") and isinstance(value, int):
        return language.percent(value)
    money = field in _MINOR or (field == "amount" and change.table == "payment")
    if money and isinstance(value, int) and change.currency:
        return _money(language, value, change.currency)
    if field in ("unit_price", "wholesale", "amount") and isinstance(value, Decimal):
        return language.price_amount(value, change.currency or "USD")
    if field == "birthday" and isinstance(value, str):
        return _birthday(language, value)
    if change.table == "setting" and field == "value" and isinstance(value, str):
        return _setting(language, value)
    return None


def _plain(language: Language, value: object) -> str:
    if isinstance(value, Named):
        return value.name or table_name(value.table)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, StrEnum):
        return _choice(value)
    if isinstance(value, datetime):
        return language.datetime(value)
    if isinstance(value, date):
        return language.date(value)
    if isinstance(value, time):
        return language.time(value)
    if isinstance(value, Decimal | int):
        return language.number(value)
    return str(value)


def _choice(value: StrEnum) -> str:
    try:
        return term(value)
    except KeyError:
        return _(VALUES[value]) if value in VALUES else str(value)


def _money(language: Language, minor: int, currency: str) -> str:
    try:
        currency_digits(currency)
    except DomainError:
        return language.number(minor)
    return language.money(minor, currency)


def _birthday(language: Language, text: str) -> str:
    try:
        if text.startswith("--"):
            return f"{language.date(date.fromisoformat(f'2000{text[1:]}')).replace('2000', '').strip(' ,./')}"
        return language.date(date.fromisoformat(text))
    except ValueError:
        return text


def _setting(language: Language, text: str) -> str:
    try:
        value = json.loads(text)
    except ValueError:
        return text
    if isinstance(value, bool | int):
        return _plain(language, value)
    return value or "–" if isinstance(value, str) else text
