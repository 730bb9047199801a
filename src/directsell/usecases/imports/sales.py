"""Past sales into orders, customers and products. Their money was settled elsewhere; nothing is numbered or owed."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from directsell.domain.catalog import Price, Product, product_key
from directsell.domain.erasing import keys_of
from directsell.domain.ids import named_id
from directsell.domain.money import currency_digits, round_decimal
from directsell.domain.orders import Order, OrderKind, OrderLine, OrderState, Origin
from directsell.domain.people import (
    Address,
    Person,
    PersonKind,
    PersonRole,
    ReachKind,
    ReachPoint,
    Role,
    Stage,
    fold,
    reach_key,
    role_of,
)
from directsell.domain.pricing import profile_text
from directsell.domain.taxes import TaxProfile
from directsell.exchange.sales import SaleDocument, SaleLine, SalesResult
from directsell.i18n import N_, _
from directsell.store.erasing import erased_people
from directsell.store.queries.aliases import former_names
from directsell.store.work import Work
from directsell.usecases.catalog import default_price_list
from directsell.usecases.imports.agreed import Sums, agreed_line, country_code, ranked
from directsell.usecases.imports.steps import Batch, Cancelled, Progress, check
from directsell.usecases.verbs import usecase

_FIRST_DAY = date(2000, 1, 1)
_KINDS = (Person, ReachPoint, Address, PersonRole, Product, Price, Order, OrderLine)


@dataclass(frozen=True, slots=True)
class SalesImport:
    """What an import of sales did.

    Attributes:
        documents, lines: orders and lines that were written.
        known: numbers of documents that were here already; they were left as they are.
        people, products: how many were new.
        sums: of what was written, for each currency, that of most documents first; at least one.
        erased: documents that came without their customer, whose data was erased at their own wish.
    """

    documents: int
    lines: int
    known: tuple[str, ...]
    people: int
    products: int
    sums: tuple[Sums, ...]
    erased: int = 0


@usecase(N_("Import sales from {file}"), origin="import")
def import_sales(
    work: Work,
    result: SalesResult,
    *,
    currency: str,
    file: str = "",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> SalesImport:
    """Write the documents of a file as delivered orders; a document that is here already is left out.

    It is known by its number; one without a number by all that it says (see ``_unnumbered``).

    Args:
        work: the transaction; all of it is undone in one step.
        result: what ``exchange.sales.read_sales`` read.
        currency: of documents that name none.
        file: name of the file, for the history.
        progress: called with (documents done, documents in all).
        cancelled: asked after every batch.

    Raises:
        ExchangeError: ``exchange.cancelled``.
        DomainError: ``money.unknown_currency``, ``number.too_large``.
    """
    currency_digits(currency)
    work.describe(file=file)
    work.given_up = cancelled  # adding up and indexing come after the last batch
    known = {
        row[0] for row in work.rows("SELECT reference FROM sales_order WHERE reference <> '' AND deleted_at IS NULL")
    }
    ids = _unnumbered(work, result.documents)
    new, old = list[tuple[UUID | None, SaleDocument]](), list[SaleDocument]()
    for place, document in enumerate(result.documents):
        here = ids[place] is None if place in ids else document.number in known
        if here:
            old.append(document)
        else:
            new.append((ids.get(place), document))
    batch = Batch(work, *_KINDS)
    people = _People(work, batch)
    goods = _Goods(work, batch, currency, [document for _id, document in new])
    sums: dict[str, Sums] = {}
    profile = profile_text(TaxProfile(prices_include_tax=True))  # taxes of other programs are not ours to calculate
    for number, (key, document) in enumerate(new, start=1):
        code = document.currency or currency
        if code not in sums:
            sums[code] = Sums(code)
        sums[code].add(document, _write(work, batch, key, document, people.of(document), goods, code, profile))
        if batch.full:
            batch.flush()
            check(number, len(new), progress, cancelled)
    batch.flush()
    check(len(new), len(new), progress, cancelled)
    return SalesImport(
        documents=len(new),
        lines=sum(item.lines for item in sums.values()),
        known=tuple(document.number or document.moment.date().isoformat() for document in old),
        people=people.made,
        products=goods.made,
        sums=ranked(sums) or (Sums(currency),),
        erased=people.erased,
    )


def _unnumbered(work: Work, documents: Sequence[SaleDocument]) -> dict[int, UUID | None]:
    """Return the id of the order of each document without a number, by its place in the file; None = it is here already.

    The id follows from the content, so that the same file never doubles, not even on another laptop. Documents that are
    equal in every word are told apart by how many came before. An order that was taken back may come again, as a new one.
    """
    wanted: dict[UUID, int] = {}
    seen = Counter[UUID]()
    for place, document in enumerate(documents):
        if not document.number:
            content = _content_id(document)
            wanted[named_id("imported sale", content, str(seen[content]))] = place
            seen[content] += 1
    found: dict[int, UUID | None] = {place: key for key, place in wanted.items()}
    sql = "SELECT id, deleted_at IS NULL FROM sales_order WHERE id IN (SELECT unhex(value) FROM json_each(?))"
    for key, alive in work.rows(sql, (json.dumps([key.hex for key in wanted]),)):
        found[wanted[UUID(bytes=key)]] = None if alive else work.new_id()
    return found


def _content_id(document: SaleDocument) -> UUID:
    """Return what follows from every word and number of a document."""
    parts = [document.kind, document.moment.isoformat(), document.customer_id, document.customer_name]
    parts += [document.customer_email, document.customer_phone, document.country, document.currency, document.note]
    for line in document.lines:
        parts += [line.code, line.barcode, line.description]
        parts += ["" if n is None else f"{n.normalize():f}" for n in (line.quantity, line.unit_price, line.discount)]
    return named_id("content of a sale", *parts)


def _write(
    work: Work,
    batch: Batch,
    key: UUID | None,
    document: SaleDocument,
    person_id: UUID | None,
    goods: _Goods,
    currency: str,
    profile: str,
) -> int:
    """Write one document; returns the sum of its lines as they are stored, in minor units."""
    day = document.moment.date()
    order = Order(
        id=key or work.new_id(),
        person_id=person_id,
        kind=OrderKind.RETURN if document.kind == "cancellation" else OrderKind.SALE,
        state=OrderState.DELIVERED,
        ordered_on=day,
        delivered_on=day,
        currency=currency,
        tax_profile=profile,
        note=document.note,
        origin=Origin.IMPORTED,
        reference=document.number,
        created_at=work.now,
    )
    batch.add(order)
    digits = currency_digits(currency)
    stored = 0
    ids = work.new_ids(len(document.lines))
    for position, (line_id, line) in enumerate(zip(ids, document.lines, strict=True), start=1):
        terms = agreed_line(line, digits)
        batch.add(_line(line_id, order.id, position, line, terms, goods))
        stored += terms[3]
    return stored


def _line(
    line_id: UUID,
    order_id: UUID,
    position: int,
    line: SaleLine,
    terms: tuple[Decimal, Decimal, int, int],
    goods: _Goods,
) -> OrderLine:
    quantity, price, discount_ppm, _amount = terms
    return OrderLine(
        id=line_id,
        order_id=order_id,
        position=position,
        product_id=goods.of(line),
        code=line.code,
        name=line.description or line.code or _("Item"),
        quantity=quantity,
        unit_price=price,
        discount_ppm=discount_ppm,
    )


class _People:
    """Finds the customer of a document by number, e-mail, phone or name; makes those that are not here."""

    def __init__(self, work: Work, batch: Batch) -> None:
        self._work = work
        self._batch = batch
        self.made = self.erased = 0
        self._gone = erased_people(work)
        self._by_key: dict[tuple[str, str], UUID] = {}
        for kind, sql in (
            ("id", "SELECT reference, id FROM person WHERE reference <> '' AND deleted_at IS NULL"),
            ("reach", "SELECT reach_key, person_id FROM reach_point WHERE reach_key <> '' AND deleted_at IS NULL"),
        ):
            for key, person_id in work.rows(sql):
                self._by_key.setdefault((kind, key), UUID(bytes=person_id))
        for kept, reference, _name in former_names(work):
            if reference:
                self._by_key.setdefault(("id", reference), kept)

    def of(self, document: SaleDocument) -> UUID | None:
        keys = list(_keys_of(document))
        if not keys:
            return None
        for key in keys:
            if key in self._by_key:
                return self._by_key[key]
        if self._gone and self._gone.on(_erasure_keys(document, keys)) is not None:
            self.erased += 1
            return None
        person_id = self._make(document)
        for key in keys:
            self._by_key[key] = person_id
        return person_id

    def _make(self, document: SaleDocument) -> UUID:
        work = self._work
        given, family = _names(document.customer_name)
        person = Person(
            id=work.new_id(),
            kind=PersonKind.PERSON,
            given=given,
            family=family or _("Customer {number}").format(number=document.customer_id),
            stage=Stage.WON,
            reference=document.customer_id,
            customer_number=document.customer_id,
            created_at=work.now,
        )
        self._batch.add(person)
        self._batch.add(role_of(person.id, Role.CUSTOMER))
        for kind, value in ((ReachKind.EMAIL, document.customer_email), (ReachKind.PHONE, document.customer_phone)):
            if value:
                self._batch.add(ReachPoint(id=work.new_id(), person_id=person.id, kind=kind, value=value))
        if document.country:
            country = country_code(document.country)
            self._batch.add(Address(id=work.new_id(), person_id=person.id, country=country))
        self.made += 1
        return person.id


def _names(name: str) -> tuple[str, str]:
    """Return given and family name of "Anna Schmidt" or "Schmidt, Anna"."""
    family, comma, given = (part.strip() for part in name.partition(","))
    if comma and given and family:
        return given, family
    given, _space, family = name.rpartition(" ")
    return given, family


def _keys_of(document: SaleDocument) -> Iterable[tuple[str, str]]:
    if document.customer_id:
        yield "id", document.customer_id
    for kind, value in ((ReachKind.EMAIL, document.customer_email), (ReachKind.PHONE, document.customer_phone)):
        key = reach_key(ReachPoint(id=_NO_ID, person_id=_NO_ID, kind=kind, value=value)) if value else ""
        if key:
            yield "reach", key
    if document.customer_name and not document.customer_id:
        yield "name", fold(document.customer_name)


def _erasure_keys(document: SaleDocument, keys: Iterable[tuple[str, str]]) -> frozenset[str]:
    return keys_of(reach=[key for kind, key in keys if kind == "reach"], reference=document.customer_id)


class _Goods:
    """Finds the product of a line by its code; makes those that are not here, with their commonest name."""

    def __init__(self, work: Work, batch: Batch, currency: str, documents: Iterable[SaleDocument]) -> None:
        self._work = work
        self._batch = batch
        self._currency = currency
        self.made = 0
        rows = work.rows("SELECT code_key, id FROM product WHERE deleted_at IS NULL")
        self._by_key = {key: UUID(bytes=product_id) for key, product_id in rows}
        self._lists: dict[str, UUID] = {}
        self._make_missing(documents)

    def of(self, line: SaleLine) -> UUID | None:
        return self._by_key.get(product_key(line.code)) if line.kind == "goods" and line.code else None

    def _make_missing(self, documents: Iterable[SaleDocument]) -> None:
        names: dict[str, Counter[str]] = defaultdict(Counter)
        codes: dict[str, tuple[str, str]] = {}
        prices: dict[str, tuple[Decimal, str]] = {}
        for document in documents:
            for line in document.lines:
                key = product_key(line.code)
                if line.kind != "goods" or not key or key in self._by_key:
                    continue
                codes.setdefault(key, (line.code, line.barcode))
                if line.description:
                    names[key][line.description] += 1
                if line.unit_price > 0:
                    prices[key] = line.unit_price, document.currency or self._currency
        for key, (code, barcode) in codes.items():
            name = names[key].most_common(1)[0][0] if names[key] else code
            self._make(key, code, barcode, name, prices.get(key))

    def _make(self, key: str, code: str, barcode: str, name: str, price: tuple[Decimal, str] | None) -> None:
        work = self._work
        product = Product(id=work.new_id(), code=code, name=name, barcode=barcode, created_at=work.now)
        self._batch.add(product)
        if price is not None:
            amount, currency = price
            self._batch.add(
                Price(
                    id=work.new_id(),
                    product_id=product.id,
                    price_list_id=self._list(currency),
                    amount=round_decimal(amount, max(currency_digits(currency), 2)),
                    valid_from=_FIRST_DAY,
                )
            )
        self._by_key[key] = product.id
        self.made += 1

    def _list(self, currency: str) -> UUID:
        if currency not in self._lists:
            self._lists[currency] = default_price_list(self._work, currency).id
        return self._lists[currency]


_NO_ID = UUID(int=0)
