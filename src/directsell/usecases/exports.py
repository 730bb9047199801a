"""Tables of the book as files for other programs: CSV, XLSX, JSON, vCard. It only reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from directsell.domain.money import from_micros_decimal, from_minor, ppm_to_percent
from directsell.domain.people import ReachKind
from directsell.domain.taxes import TaxProfile
from directsell.domain.totals import LineKind, LineTerms, OrderTerms, compute
from directsell.exchange.errors import ExchangeError
from directsell.exchange.files import atomic_file
from directsell.exchange.formats import Cancelled, Progress
from directsell.exchange.people import Address, ContactKind, Email, PartialDate, PersonDraft, Phone
from directsell.exchange.vcards import write_vcards
from directsell.exchange.writers import Value, write_csv, write_json, write_xlsx
from directsell.i18n import _
from directsell.store.queries import exports
from directsell.store.queries.settings import business
from directsell.store.reader import Reader
from directsell.usecases.export_columns import SUBJECTS, FileFormat, Subject, columns_of

_CHECKED_EVERY = 500
_NO_TAX = TaxProfile()


@dataclass(frozen=True, slots=True)
class _Told:
    """Passes rows on; tells how many there were and stops when asked to."""

    progress: Progress | None
    cancelled: Cancelled | None
    total: int

    def __call__(self, rows: Iterable[Sequence[Value]]) -> Iterator[Sequence[Value]]:
        for done, row in enumerate(rows):
            if done % _CHECKED_EVERY == 0:
                if self.cancelled is not None and self.cancelled():
                    raise ExchangeError("exchange.cancelled")
                if self.progress is not None:
                    self.progress(done, self.total)
            yield row


def export_rows(reader: Reader, subject: Subject, day: date) -> Iterator[tuple[Value, ...]]:
    """Yield the rows of a table in the order of its columns.

    Args:
        reader: one moment of the book.
        subject: the table.
        day: prices that hold on it.
    """
    return _ROWS[subject](reader, day)


def export_file(
    reader: Reader,
    subject: Subject,
    form: FileFormat,
    path: Path,
    *,
    day: date,
    decimal_comma: bool = False,
    overwrite: bool = True,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> int:
    """Write a table as a file and return how many rows it has. No text in it can act as a formula.

    Args:
        reader: one moment of the book.
        subject: the table; vCard is for people only.
        form: the format.
        path: the file; it appears only when it is complete.
        day: prices that hold on it.
        decimal_comma: CSV with comma and semicolon, as spreadsheets of many countries want it.
        overwrite: False refuses an existing file.
        progress: called with (rows done, rows in all).
        cancelled: asked now and then.

    Raises:
        ExchangeError: ``file.*``, ``exchange.cancelled``; the file is then as it was.
    """
    if form == "vcard":
        with atomic_file(path, overwrite=overwrite) as file:
            count = 0
            for count, card in enumerate(write_vcards(map(draft_of, exports.people(reader))), start=1):  # noqa: B007
                file.write(card)
        return count
    columns = columns_of(subject)
    told = _Told(progress, cancelled, row_count(reader, subject))
    rows = told(export_rows(reader, subject, day))
    if form == "csv":
        mark: Literal[".", ","] = "," if decimal_comma else "."
        delimiter = ";" if decimal_comma else ","
        return write_csv(path, columns, rows, delimiter=delimiter, decimal_mark=mark, overwrite=overwrite)
    if form == "xlsx":
        return write_xlsx(path, columns, rows, sheet=_(SUBJECTS[subject]), overwrite=overwrite)
    return write_json(path, columns, rows, overwrite=overwrite)


def row_count(reader: Reader, subject: Subject) -> int:
    """Return how many rows a table has."""
    return exports.count(reader, subject)


def draft_of(person: exports.ExportedPerson) -> PersonDraft:
    """Return a person as vCards and address books know them."""
    phones = [point for point in person.reach if point.kind in (ReachKind.PHONE, ReachKind.MOBILE)]
    emails = [point for point in person.reach if point.kind == ReachKind.EMAIL]
    return PersonDraft(
        full_name=person.name,
        prefix=person.salutation,
        first_name=person.given,
        last_name=person.family,
        company=person.company,
        phones=tuple(
            Phone(point.value, "mobile" if point.kind == ReachKind.MOBILE else _kind(point.label), _own(point.label))
            for point in phones
        ),
        emails=tuple(Email(point.value, _kind(point.label), _own(point.label)) for point in emails),
        addresses=tuple(
            Address(
                street="\n".join(part for part in (place.extra, place.street) if part),
                postcode=place.postcode,
                city=place.city,
                region=place.region,
                country=place.country,
                kind=_kind(place.label, "home"),
            )
            for place in person.addresses
        ),
        websites=tuple(point.value for point in person.reach if point.kind in (ReachKind.WEB, ReachKind.SOCIAL)),
        birthday=_birthday(person.birthday),
        tags=person.tags,
        lead_source=person.lead_source,
        language=person.language,
        note=person.note,
        external_id=str(person.id),
    )


_KINDS: tuple[ContactKind, ...] = ("home", "work", "fax", "main")


def _kind(label: str, otherwise: ContactKind = "other") -> ContactKind:
    return next((kind for kind in _KINDS if kind == label.casefold()), otherwise)


def _own(label: str) -> str:
    return "" if label.casefold() in _KINDS else label


def _birthday(text: str) -> PartialDate | None:
    if len(text) < 7:
        return None
    year = None if text.startswith("--") else int(text[:4])
    return PartialDate(int(text[-5:-3]), int(text[-2:]), year)


def _people(reader: Reader, _day: date) -> Iterator[tuple[Value, ...]]:
    for person in exports.people(reader):
        place = next(iter(person.addresses), exports.Place("", "", "", "", "", "", ""))
        yield (
            person.salutation,
            person.given,
            person.family,
            person.company,
            _reach(person, ReachKind.MOBILE),
            _reach(person, ReachKind.PHONE),
            _reach(person, ReachKind.EMAIL),
            _reach(person, ReachKind.WEB, ReachKind.SOCIAL),
            place.street,
            place.extra,
            place.postcode,
            place.city,
            place.region,
            place.country,
            person.birthday,
            person.stage,
            "; ".join(person.roles),
            "; ".join(person.tags),
            person.lead_source,
            person.met_at,
            person.need,
            person.budget,
            person.objection,
            person.language,
            person.customer_number,
            person.tax_id,
            ppm_to_percent(person.discount_ppm),
            person.note,
            person.created_at.isoformat(timespec="seconds"),
            str(person.id),
        )


def _reach(person: exports.ExportedPerson, *kinds: ReachKind) -> str:
    return "; ".join(point.value for point in person.reach if point.kind in kinds)


def _products(reader: Reader, day: date) -> Iterator[tuple[Value, ...]]:
    currency = business(reader).currency
    for product in exports.products(reader, currency, day):
        yield (
            product.code,
            product.name,
            product.brand,
            product.category,
            product.description,
            product.barcode,
            product.page,
            product.unit,
            None if product.price is None else from_micros_decimal(product.price),
            None if product.wholesale is None else from_micros_decimal(product.wholesale),
            currency,
            product.tax_class,
            product.active,
            str(product.id),
        )


def _orders(reader: Reader, _day: date) -> Iterator[tuple[Value, ...]]:
    for order in exports.orders(reader):
        yield (
            order.number,
            order.ordered_on,
            order.state,
            order.kind,
            order.customer,
            order.customer_number,
            order.demo,
            from_minor(order.total, order.currency),
            from_minor(order.paid, order.currency),
            from_minor(order.owed, order.currency),
            order.currency,
            from_minor(order.shipping, order.currency),
            ppm_to_percent(order.discount_ppm),
            from_minor(order.discount, order.currency),
            ppm_to_percent(order.customer_discount_ppm),
            from_minor(order.host_credit, order.currency),
            order.handover,
            order.deliver_on,
            order.delivered_on,
            order.origin,
            order.reference,
            order.note,
            str(order.id),
        )


def _lines(reader: Reader, _day: date) -> Iterator[tuple[Value, ...]]:
    for line in exports.lines(reader):
        quantity, price = from_micros_decimal(line.quantity), from_micros_decimal(line.unit_price)
        yield (
            line.number,
            line.ordered_on,
            line.state,
            line.customer,
            line.position,
            line.code,
            line.name,
            line.kind,
            quantity,
            line.unit,
            price,
            ppm_to_percent(line.discount_ppm),
            from_minor(line.discount, line.currency),
            _amount(line, quantity, price),
            line.currency,
            line.tax_class,
            line.note,
            str(line.order_id),
        )


def _amount(line: exports.ExportedLine, quantity: Decimal, price: Decimal) -> Decimal:
    """Return what a line costs after its own discount, before those on the whole order."""
    terms = LineTerms(
        quantity=quantity,
        unit_price=price,
        kind=LineKind(line.kind),
        discount_ppm=line.discount_ppm,
        discount=line.discount,
        taxes=(),
    )
    totals = compute((terms,), OrderTerms(currency=line.currency, profile=_NO_TAX))
    return from_minor(totals.amount - totals.line_discount, line.currency)


def _payments(reader: Reader, _day: date) -> Iterator[tuple[Value, ...]]:
    for payment in exports.payments(reader):
        yield (
            payment.paid_on,
            payment.number,
            payment.customer,
            payment.method,
            from_minor(payment.amount, payment.currency),
            payment.currency,
            payment.detail,
            payment.note,
            "" if payment.reverses is None else str(payment.reverses),
            str(payment.order_id),
            str(payment.id),
        )


def _papers(reader: Reader, _day: date) -> Iterator[tuple[Value, ...]]:
    for paper in exports.papers(reader):
        yield (
            paper.number,
            paper.kind,
            paper.issued_on,
            paper.customer,
            from_minor(paper.total, paper.currency),
            paper.currency,
            paper.cancels,
            paper.cancelled_by,
            paper.sha256,
            "" if paper.order_id is None else str(paper.order_id),
            str(paper.id),
        )


_ROWS: dict[Subject, Callable[[Reader, date], Iterator[tuple[Value, ...]]]] = {
    "people": _people,
    "products": _products,
    "orders": _orders,
    "lines": _lines,
    "payments": _payments,
    "papers": _papers,
}
