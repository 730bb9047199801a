"""Lines of past sales into documents, in bounded memory, nothing dropped. No table format, no database."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Context, Decimal
from typing import Literal, NamedTuple

from directsell.exchange.cells import CodeCell, DateCell, NumberCell, TextCell, remembered
from directsell.exchange.errors import ExchangeError, Finding
from directsell.exchange.formats import BadRow, Cancelled, Progress, Row
from directsell.exchange.mapping import Mapping
from directsell.exchange.tables import Table

LineKind = Literal["goods", "shipping", "fee", "discount", "voucher", "other"]
DocumentKind = Literal["sale", "cancellation", "adjustment", "stock"]

_EXACT = Context(prec=80)  # the default of 28 digits would round the product of two long numbers
_ONE = Decimal(1)
_MANY_DIGITS = re.compile(r"(?:\D*\d){4}")
_LINE_WORDS: dict[LineKind, str] = {
    "voucher": r"(?:gift )?(?:voucher|certificate)|gutschein|bon cadeau|cheque.regalo|buono regalo|bon podarunkowy",
    "shipping": r"post\b|postage|dot\b|carriage|shipping|freight|delivery|porto|versand|lieferung|frais de port|livraison|"
    r"env[ií]o|portes|spedizione|trasporto|wysy[lł]ka|dostawa",
    "discount": r"discount|rabatt|nachlass|remise|descuento|sconto|rabat",
    "fee": r"\w*fee\b|fees\b|\w*charges?\b|commission|geb[uü]hr|frais|comisi[oó]n|commissione|op[lł]ata|prowizja",
    "other": r"manual\b|samples?\b|adjust|bad debt|korrektur|muster\b",
}
_LINE_KINDS = tuple((kind, re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE)) for kind, words in _LINE_WORDS.items())
_MARKED_NUMBER = re.compile(r"([A-Za-z]+)[-/ ]?(\d+)")
_CANCELLING_LETTERS = frozenset({"C", "CN", "CR"})
_FLOAT_ID = re.compile(r"\d+\.0")


class SaleLine(NamedTuple):
    """One line of a document.

    Attributes:
        line_number: line of the file.
        code, barcode, description: the product as the file names it; each may be "".
        quantity: may be negative or zero.
        unit_price: may be negative or zero; exact, up to six decimals.
        discount, tax_rate: percent, None when the file does not say.
        amount: the file's own total of the line, else quantity x unit price less discount, exact and not rounded.
        kind: goods, or what the code and description say it is.
    """

    line_number: int
    code: str
    barcode: str
    description: str
    quantity: Decimal
    unit_price: Decimal
    discount: Decimal | None
    tax_rate: Decimal | None
    amount: Decimal
    kind: LineKind


@dataclass(frozen=True, slots=True)
class SaleDocument:
    """All lines with one document number, wherever they stood in the file.

    Attributes:
        number: as written; "" when the file has no numbers (then each line is a document).
        kind: "cancellation" for numbers like C536379, "adjustment" for other letters before a number where numbers
            are plain, "stock" when no line has an amount and nobody bought, else "sale".
        moment: earliest time of its lines; wall time, or with the zone that the file gives.
        customer_id, customer_name, customer_email, customer_phone, country, currency, note: first value that is there.
        lines: in the order of the file.
        rejected_lines: lines of the file that belong to it and could not be read: the document is not complete.
    """

    number: str
    kind: DocumentKind
    moment: datetime
    customer_id: str
    customer_name: str
    customer_email: str
    customer_phone: str
    country: str
    currency: str
    note: str
    lines: tuple[SaleLine, ...]
    rejected_lines: tuple[int, ...] = ()

    @property
    def total(self) -> Decimal:
        """Sum of the lines, exact."""
        total = Decimal(0)
        for line in self.lines:
            total = _EXACT.add(total, line.amount)
        return total


@dataclass(frozen=True, slots=True)
class SalesResult:
    """Everything that was in the file: `rows` = lines of `documents` + `rejects`.

    Attributes:
        documents: in the order of their first line.
        rejects: rows that could not be read, with line, reason and values.
        findings: doubts about rows that were read.
        rows: rows that held something.
        repeated_lines: lines equal to an earlier one of the same document (kept: people do buy twice).
    """

    documents: tuple[SaleDocument, ...]
    rejects: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    rows: int
    repeated_lines: int


@dataclass(slots=True)
class _Draft:
    number: str
    moment: datetime
    facts: tuple[str, ...]
    lines: list[SaleLine] = field(default_factory=list)
    rejected: list[int] = field(default_factory=list)


_FACTS = ("customer_id", "customer_name", "customer_email", "customer_phone", "country", "currency", "note")


def read_sales(
    table: Table, mapping: Mapping, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> SalesResult:
    """Read a whole file of sales lines.

    Args:
        table: the opened table.
        mapping: columns of the target "sales".
        progress: called with (bytes read, bytes in all).
        cancelled: asked now and then.

    Raises:
        ExchangeError: ``mapping.missing_field``, ``exchange.cancelled``, or what makes the file unreadable.
    """
    if missing := mapping.missing():
        raise ExchangeError("mapping.missing_field", fields=missing)
    return collect_sales(
        table.rows(progress=progress, cancelled=cancelled), mapping, serial_1904=table.format.dates_from_1904
    )


def collect_sales(rows: Iterable[Row | BadRow], mapping: Mapping, *, serial_1904: bool = False) -> SalesResult:
    """Group rows into documents; the part of `read_sales` that does not care where rows come from."""
    drafts: dict[str, _Draft] = {}
    orphans: dict[str, list[int]] = {}
    rejects: list[Finding] = []
    findings: list[Finding] = []
    number_of = CodeCell(mapping, "number")
    head_of, line_of = _head_reader(mapping, serial_1904), _line_reader(mapping)
    numbered = number_of.used
    count = 0
    for row in rows:
        count += 1
        if isinstance(row, BadRow):
            rejects.append(Finding(row.line_number, row.code, row.params, row.values))
            continue
        try:
            number, moment, facts = head_of(row)
            line = line_of(row)
        except ExchangeError as error:
            rejects.append(Finding(row.line_number, error.code, dict(error.params), row.values))
            if number := _number_at_least(number_of, row):
                orphans.setdefault(number, []).append(row.line_number)
            continue
        key = number if numbered else f"#{row.line_number}"
        draft = drafts.get(key)
        if draft is None:
            drafts[key] = draft = _Draft(number, moment, facts)
        elif moment != draft.moment or facts != draft.facts:
            _join(draft, moment, facts, row, findings)
        draft.lines.append(line)
    for number, lines in orphans.items():
        if number in drafts:
            drafts[number].rejected.extend(lines)
    plain = _numbers_are_plain(drafts)
    return SalesResult(
        documents=tuple(_document(draft, plain) for draft in drafts.values()),
        rejects=tuple(rejects),
        findings=tuple(findings),
        rows=count,
        repeated_lines=sum(map(_repeated, drafts.values())),
    )


def line_kind(code: str, description: str) -> LineKind:
    """Tell goods from postage, fees, discounts and vouchers by code and description.

    A code with four digits or more is goods whatever its description says ("POST OFFICE TIN"), unless the code itself
    is a voucher's.
    """
    if _MANY_DIGITS.match(code):
        return "voucher" if re.match(r"(?i)gift|gutschein|voucher", code) else "goods"
    for kind, words in _LINE_KINDS:
        if words.search(code) or words.search(description):
            return kind
    return "goods"


def _head_reader(mapping: Mapping, serial_1904: bool) -> Callable[[Row], tuple[str, datetime, tuple[str, ...]]]:
    """Return a function that gives what the lines of a document share: number, moment, and facts as in `_FACTS`."""
    number_of = CodeCell(mapping, "number")
    moment_of = DateCell(mapping, "date", serial_1904=serial_1904)
    cells = [CodeCell(mapping, name) if name.endswith("_id") else TextCell(mapping, name) for name in _FACTS]

    def read(row: Row) -> tuple[str, datetime, tuple[str, ...]]:
        number = number_of(row)
        if number_of.used and not number:
            raise ExchangeError("sales.no_document")
        moment = moment_of(row)
        if moment is None:
            raise ExchangeError("sales.no_date")
        return number, moment, tuple(cell(row) for cell in cells)

    return remembered(read, mapping, ("number", "date", *_FACTS))


def _number_at_least(number_of: CodeCell, row: Row) -> str:
    """Return the document of a rejected line, "" when even that cannot be read."""
    try:
        return number_of(row)
    except ExchangeError:
        return ""


def _product_reader(mapping: Mapping) -> Callable[[Row], tuple[str, str, str, LineKind]]:
    """Return a function that gives code, barcode, description and kind of a row."""
    code_of, barcode_of = CodeCell(mapping, "code"), CodeCell(mapping, "barcode")
    description_of = TextCell(mapping, "description")

    def read(row: Row) -> tuple[str, str, str, LineKind]:
        code, description = code_of(row), description_of(row)
        return code, barcode_of(row), description, line_kind(code, description)

    return remembered(read, mapping, ("code", "barcode", "description"))


def _line_reader(mapping: Mapping) -> Callable[[Row], SaleLine]:
    product_of = _product_reader(mapping)
    quantity_of, price_of = NumberCell(mapping, "quantity"), NumberCell(mapping, "unit_price")
    total_of = NumberCell(mapping, "line_total")
    discount_of, rate_of = NumberCell(mapping, "discount", percent=True), NumberCell(mapping, "tax_rate", percent=True)
    rare = total_of.used or discount_of.used or rate_of.used  # three calls that most files save
    total = discount = rate = None
    multiply = _EXACT.multiply

    def read(row: Row) -> SaleLine:
        nonlocal total, discount, rate
        code, barcode, description, kind = product_of(row)
        quantity, price = quantity_of(row), price_of(row)
        if quantity is None:
            if quantity_of.used:
                raise ExchangeError("text.missing", column="quantity")
            quantity = _ONE
        if rare:
            total, discount, rate = total_of(row), discount_of(row), rate_of(row)
        if price is None:
            if total is None:
                raise ExchangeError("sales.no_price")
            price = _unit_price(total, quantity)
        amount = total
        if amount is None:
            amount = multiply(quantity, price)
            if discount:
                amount = multiply(amount, _ONE - discount.scaleb(-2))
        return SaleLine(row.line_number, code, barcode, description, quantity, price, discount, rate, amount, kind)

    return read


def _unit_price(total: Decimal, quantity: Decimal) -> Decimal:
    """Return the price of one piece where the file gives the sum only; `amount` keeps the exact sum."""
    if not quantity:
        return Decimal(0)
    return (total / quantity).quantize(Decimal("0.000001")).normalize() + Decimal(0)


def _join(draft: _Draft, moment: datetime, facts: tuple[str, ...], row: Row, findings: list[Finding]) -> None:
    """Add what a further line says about its document; contradictions are reported, the first value stays."""
    if moment.replace(tzinfo=None) < draft.moment.replace(tzinfo=None):
        draft.moment = moment
    for name, old, new in zip(_FACTS, draft.facts, facts, strict=True):
        if old and new and new != old and name in ("customer_id", "customer_name", "currency"):
            code = "sales.currency_differs" if name == "currency" else "sales.customer_differs"
            params: dict[str, object] = {"number": draft.number, "first": old, "other": new}
            findings.append(Finding(row.line_number, code, params, row.values))
    draft.facts = tuple(old or new for old, new in zip(draft.facts, facts, strict=True))


def _numbers_are_plain(drafts: dict[str, _Draft]) -> bool:
    """Tell whether most numbers are digits only, so that letters in front of one mean something."""
    plain = sum(1 for draft in drafts.values() if draft.number.isdigit())
    return plain * 2 > len(drafts)


def _document(draft: _Draft, plain: bool) -> SaleDocument:
    customer, name, email, phone, country, currency, note = draft.facts
    return SaleDocument(
        number=draft.number,
        kind=_kind(draft, plain),
        moment=draft.moment,
        # 17850.0 was written by a statistics program that knows no whole numbers
        customer_id=customer[:-2] if _FLOAT_ID.fullmatch(customer) else customer,
        customer_name=name,
        customer_email=email,
        customer_phone=phone,
        country=country,
        currency=currency,
        note=note,
        lines=tuple(draft.lines),
        rejected_lines=tuple(draft.rejected),
    )


def _kind(draft: _Draft, plain: bool) -> DocumentKind:
    marked = _MARKED_NUMBER.fullmatch(draft.number)
    if plain and marked:
        return "cancellation" if marked[1].upper() in _CANCELLING_LETTERS else "adjustment"
    if not any(draft.facts[:4]) and not any(line.amount for line in draft.lines):
        return "stock"
    if not plain and all(line.quantity < 0 for line in draft.lines) and any(line.amount < 0 for line in draft.lines):
        return "cancellation"
    return "sale"


def _repeated(draft: _Draft) -> int:
    # Texts remember their hash, exact numbers do not: most documents are settled without looking at a number.
    if len({line[1:4] for line in draft.lines}) == len(draft.lines):
        return 0
    return sum(times - 1 for times in Counter(line[1:] for line in draft.lines).values())
