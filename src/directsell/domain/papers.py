"""The content of a paper, already computed: everything an order slip or an invoice shows. No drawing, no sums."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from directsell.domain.frozen_json import from_json_text, to_json_text
from directsell.domain.invoicing import PaperKind
from directsell.domain.totals import TaxSum

__all__ = [
    "Copy",
    "Paper",
    "PaperFormat",
    "PaperKind",
    "PaperLine",
    "Party",
    "PaymentRow",
    "Sender",
    "SignedBy",
    "TaxSum",
    "WindowNorm",
]


class PaperFormat(StrEnum):
    """The sheet. The two-up formats hold two slips side by side on a turned sheet, with a line to cut along.

    A roll is 80 mm wide and as long as the slip needs; only order slips are printed on it.
    """

    A4 = "a4"
    A5 = "a5"
    LETTER = "letter"
    HALF_LETTER = "half_letter"
    A4_TWO_UP = "a4_two_up"
    LETTER_TWO_UP = "letter_two_up"
    ROLL_80 = "roll_80"


class WindowNorm(StrEnum):
    """Where the window of the envelope is. DIN forms come with fold marks; ``RIGHT`` is used in CH and FR."""

    NONE = "none"
    DIN_A = "din_a"
    DIN_B = "din_b"
    US_10 = "us_10"
    RIGHT = "right"


class Copy(StrEnum):
    """For whom a copy of an order slip is."""

    CUSTOMER = "customer"
    SELLER = "seller"
    HOST = "host"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """The customer as the paper names them: a name, then the lines of the postal address."""

    name: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The seller as the paper names them.

    Args:
        name: exactly as registered.
        tagline: what the seller is ("Independent consultant of ...").
        address: lines of the postal address, without the name.
        tax_ids: pairs of label and value, printed in this order ("VAT ID", "DE123456788").
        bank_lines: further lines about the account, printed as they are (bank name, routing number).
        iban: also makes the payment code, when the currency is EUR.
        account_holder: payee of the payment code; empty means ``name``.
        logo: bytes of a PNG or JPEG, or nothing.
        accent: colour of rules and of the total box, ``#RRGGBB``; anything else means the default colour.
    """

    name: str = ""
    tagline: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    web: str = ""
    tax_ids: tuple[tuple[str, str], ...] = ()
    bank_lines: tuple[str, ...] = ()
    iban: str = ""
    bic: str = ""
    account_holder: str = ""
    logo: bytes | None = None
    accent: str = "#0F766E"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """One line of the table.

    Args:
        position: number printed before the line, as text ("1").
        unit: printed behind the quantity as it is, already in the language of the paper; may be empty.
        unit_price: price of one unit in major units, with as many decimals as it has.
        discount_ppm: discount of this line as a rate, or 0; ``discount`` the same as an amount (minor units).
        tax_label: the rate or the tax class as printed ("19 %"); empty where the column says nothing.
        amount: what the line costs after its discount, minor units.
        kind: a ``totals.LineKind`` value ("sale", "gift", ...); every kind but a sale is named below the text.
        note: small line below the name.
    """

    position: str = ""
    code: str = ""
    name: str
    quantity: Decimal = Decimal(1)
    unit: str = ""
    unit_price: Decimal = Decimal(0)
    discount_ppm: int = 0
    discount: int = 0
    tax_label: str = ""
    amount: int = 0
    kind: str = "sale"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """Money received: positive ``amount`` in minor units. ``method`` is a ``PaymentMethod`` value or free text."""

    paid_on: date | None = None
    method: str = ""
    amount: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedBy:
    """A signature to print: its strokes as they are stored (``orders.Signature``), and the day; "" prints an empty line."""

    strokes: str = ""
    signed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Everything that an order slip, invoice or credit note shows. All amounts are minor units of ``currency``.

    Args:
        number: the issued number, or None for a draft (then "DRAFT" is printed across the page).
        paper_date: date of issue.
        delivery_date: date of supply, if known.
        valid_until: last day of a quote.
        language: language of the document, e.g. ``de_DE``: the customer's, not the window's.
        reference: number of the paper that this one takes back; ``reference_date`` its date.
        order_reference: number of the order or its slip.
        demo_date: day of the demo; ``demo_host`` the name of its host.
        goods: sum of the lines; ``discount`` (positive) and ``host_credit`` (positive) are taken off it.
        net: sum of the tax bases; ``rounding`` the difference from rounding a cash total.
        prices_include_tax: then the taxes are named as included, and not added.
        paid: what was received so far; ``balance_due`` what is open (negative: credit of the customer).
        intro, closing, exemption_note: plain sentences before the table, behind the totals, below the taxes.
        statement: the sentence that the law wants beside the buyer's signature, printed bold and not below 10 points.
        slip_texts: further plain paragraphs of an order slip (right of withdrawal, terms) or a quote (how long it holds).
        delivery_text: how and when the goods come, one plain sentence.
        customer_signed, seller_signed: the signatures on the lines of an order slip, where they were drawn.
        copies: one slip is drawn for each, that of the host without the customer's address; invoices ignore it.
    """

    kind: PaperKind
    number: str | None = None
    paper_date: date
    delivery_date: date | None = None
    due_date: date | None = None
    valid_until: date | None = None
    currency: str
    language: str
    sender: Sender = Sender()
    customer: Party = Party()
    customer_number: str = ""
    order_reference: str = ""
    reference: str = ""
    reference_date: date | None = None
    demo_date: date | None = None
    demo_host: str = ""
    lines: tuple[PaperLine, ...] = ()
    goods: int = 0
    discount: int = 0
    host_credit: int = 0
    shipping: int = 0
    taxes: tuple[TaxSum, ...] = ()
    net: int = 0
    rounding: int = 0
    total: int = 0
    prices_include_tax: bool = False
    payments: tuple[PaymentRow, ...] = ()
    paid: int = 0
    balance_due: int = 0
    intro: str = ""
    closing: str = ""
    exemption_note: str = ""
    statement: str = ""
    slip_texts: tuple[str, ...] = ()
    place_of_sale: str = ""
    delivery_text: str = ""
    customer_signed: SignedBy = SignedBy()
    seller_signed: SignedBy = SignedBy()
    copies: tuple[Copy, ...] = (Copy.CUSTOMER, Copy.SELLER)
    page_format: PaperFormat = PaperFormat.A4
    window: WindowNorm = WindowNorm.NONE

    def to_json(self) -> str:
        """Return the content as canonical JSON: the same paper always gives the same text."""
        return to_json_text(self)

    @classmethod
    def from_json(cls, text: str) -> Paper:
        """Read back what ``to_json`` wrote; fields that a newer program added are ignored.

        Raises:
            DomainError: ``paper.unreadable`` when the text is not such content.
        """
        return from_json_text(cls, text, code="paper.unreadable")
