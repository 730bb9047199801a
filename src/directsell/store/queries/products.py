"""Products: the list, one with its prices and sales, suggestions for quick typing, brands and categories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from directsell.domain.catalog import Brand, Price, PriceList, Product, product_key
from directsell.domain.money import from_micros_decimal
from directsell.domain.quick_entry import page_of
from directsell.store.queries.lists import ListQuery
from directsell.store.queries.people import match_words
from directsell.store.reader import Reader, Row

ENDS_SOON_DAYS = 30


class ProductFilter(StrEnum):
    """Which products are listed."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    ENDING = "ending"
    NO_PRICE = "no_price"
    ALL = "all"


class ProductSort(StrEnum):
    """In which order products are listed."""

    NAME = "name"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product as lists and suggestions show it; ``price`` in major units is None when none holds on the day.

    ``ended_price`` and ``ended_on`` tell the last price before the day where none holds any more.
    """

    id: UUID
    code: str
    name: str
    brand: str
    category: str
    page: str
    barcode: str
    unit: str
    tax_class: str
    active: bool
    price: Decimal | None
    ends_on: date | None
    ended_price: Decimal | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class PricePeriod:
    """One price of the history of a product."""

    price: Price
    list_name: str
    currency: str


@dataclass(frozen=True, slots=True)
class ProductView:
    """A product with everything its page shows.

    ``sold`` is the quantity of placed and delivered orders, ``orders`` how many of them, ``last_sold`` their latest day.
    """

    product: Product
    brand: Brand | None
    prices: tuple[PricePeriod, ...]
    sold: Decimal
    orders: int
    last_sold: date | None


@dataclass(frozen=True, slots=True)
class Match:
    """What was found for typed words: the products, the best first, and whether the first was met exactly."""

    rows: tuple[ProductRow, ...]
    exact: bool


def product_list(
    currency: str,
    day: date,
    *,
    which: ProductFilter = ProductFilter.ACTIVE,
    sort: ProductSort = ProductSort.NAME,
    descending: bool = False,
    brand_id: UUID | None = None,
    category: str = "",
    text: str = "",
) -> ListQuery[ProductRow]:
    """Return the list of products as a query.

    Args:
        currency: of the prices shown.
        day: on which prices hold.
        which: the filter.
        sort: the order.
        descending: turned round.
        brand_id: only this brand, if given.
        category: only this category, if given.
        text: words searched in name, code, barcode, category and description; a code finds itself however written.
    """
    where, params = ["t.deleted_at IS NULL"], list[object]()
    price = _price_of("p.id", currency, day)
    if which is ProductFilter.ACTIVE:
        where.append("t.active")
    elif which is ProductFilter.INACTIVE:
        where.append("NOT t.active")
    elif which is ProductFilter.ENDING:
        where.append(
            "t.id IN (SELECT product_id FROM price WHERE deleted_at IS NULL AND valid_from <= ? AND valid_to "
            "BETWEEN ? AND ?) AND NOT EXISTS (SELECT 1 FROM price n WHERE n.product_id = t.id AND n.deleted_at IS NULL "
            "AND n.valid_from <= ? AND (n.valid_to IS NULL OR n.valid_to > ?))"
        )
        until = (day + timedelta(days=ENDS_SOON_DAYS)).isoformat()
        params += [day.isoformat(), day.isoformat(), until, until, until]
    elif which is ProductFilter.NO_PRICE:
        where.append(f"t.active AND {price} IS NULL")
    if brand_id is not None:
        where.append("t.brand_id = ?")
        params.append(brand_id)
    if category:
        where.append("t.category = ?")
        params.append(category)
    if text.strip():
        where.append(
            "(t.rid IN (SELECT rowid FROM product_fts WHERE product_fts MATCH ?) "
            "OR t.rid IN (SELECT rid FROM product WHERE code_key >= ? AND code_key < ? AND deleted_at IS NULL))"
        )
        key = product_key(text) or "\uffff"
        params += [match_words(text), key, _after(key)]
    order = "t.sort_key" if sort is ProductSort.NAME else "t.code"
    return ListQuery(
        table="product",
        select=_columns(currency, day),
        build=_row,
        where=" AND ".join(where),
        params=tuple(params),
        order=order,
        descending=descending,
    )


def _columns(currency: str, day: date) -> str:
    held, ended = _period(currency, day), _ended(currency, day)
    return (
        "t.id, t.code, t.name, (SELECT name FROM brand WHERE id = t.brand_id), t.category, t.page, t.barcode, t.unit, "
        f"t.tax_class, t.active, {_price_of('p.amount', currency, day)}, (SELECT valid_to FROM price WHERE id = {held}), "
        f"(SELECT amount FROM price WHERE id = {ended}), (SELECT valid_to FROM price WHERE id = {ended})"
    )


def _prices(currency: str) -> str:
    # Lists read their pages without parameters, so both values stand in the text; neither can hold a quote.
    if not currency.isalnum():
        raise ValueError("a currency has three letters")
    return (
        "FROM price p JOIN price_list l ON l.id = p.price_list_id WHERE p.product_id = t.id AND p.deleted_at IS NULL "
        f"AND l.deleted_at IS NULL AND l.currency = '{currency}'"
    )


def _price_of(column: str, currency: str, day: date) -> str:
    return (
        f"(SELECT {column} {_prices(currency)} AND p.valid_from <= '{day.isoformat()}' "
        f"AND (p.valid_to IS NULL OR p.valid_to >= '{day.isoformat()}') "
        "ORDER BY l.rank, l.rid, p.valid_from DESC, p.id DESC LIMIT 1)"
    )


def _period(currency: str, day: date) -> str:
    return _price_of("p.id", currency, day)


def _ended(currency: str, day: date) -> str:
    return f"(SELECT p.id {_prices(currency)} AND p.valid_to < '{day.isoformat()}' ORDER BY p.valid_to DESC LIMIT 1)"


def _row(row: Row) -> ProductRow:
    key, code, name, brand, category, page, barcode, unit, tax_class, active, price, ends, old_price, old_end = row
    return ProductRow(
        id=UUID(bytes=key),
        code=code,
        name=name,
        brand=brand or "",
        category=category,
        page=page,
        barcode=barcode,
        unit=unit,
        tax_class=tax_class,
        active=bool(active),
        price=None if price is None else from_micros_decimal(price),
        ends_on=None if ends is None else date.fromisoformat(ends),
        ended_price=None if price is not None or old_price is None else from_micros_decimal(old_price),
        ended_on=None if price is not None or old_end is None else date.fromisoformat(old_end),
    )


def _after(key: str) -> str:
    """Return the first text that does not begin with a key."""
    return key + "\U0010ffff"


def match_products(reader: Reader, words: str, currency: str, day: date, limit: int = 8) -> Match:
    """Return active products for typed words: code, barcode, then beginnings of codes, pages and names.

    An exact hit is a whole code or a whole barcode; it stands first.
    """
    key = product_key(words)
    alive = "t.deleted_at IS NULL AND t.active"
    found: list[int] = []

    def take(sql: str, *params: object) -> None:
        if len(found) < limit:
            found.extend(row[0] for row in reader.rows(sql, params) if row[0] not in found)

    typed = words.strip()
    if key:
        take(f"SELECT rid FROM product t WHERE code_key = ? AND {alive} ORDER BY rid LIMIT ?", key, limit)
    if typed:
        take(f"SELECT rid FROM product t WHERE barcode = ? AND {alive} ORDER BY rid LIMIT ?", typed, limit)
    exact = bool(found)
    if key:
        take(
            f"SELECT rid FROM product t WHERE code_key >= ? AND code_key < ? AND {alive} ORDER BY code_key LIMIT ?",
            key,
            _after(key),
            limit,
        )
    if page := page_of(typed):
        take(f"SELECT rid FROM product t WHERE page = ? AND {alive} ORDER BY sort_key LIMIT ?", page, limit)
    if key:
        # Ranking the hits of one or two letters costs more than it helps.
        order = "rank" if len(key) > 2 else "rowid"
        take(
            "SELECT t.rid FROM (SELECT rowid FROM product_fts WHERE product_fts MATCH ? "
            f"ORDER BY {order} LIMIT 100) f JOIN product t ON t.rid = f.rowid WHERE {alive}",
            match_words(words),
        )
    rows = product_list(currency, day, which=ProductFilter.ALL).rows(reader, found[:limit])
    return Match(tuple(rows[rid] for rid in found[:limit] if rid in rows), exact)


def product_row(reader: Reader, product_id: UUID, currency: str, day: date) -> ProductRow | None:
    """Return one product as suggestions show it, or None."""
    query = product_list(currency, day, which=ProductFilter.ALL)
    rid = query.find(reader, product_id)
    return None if rid is None else query.rows(reader, (rid,)).get(rid)


def product_view(reader: Reader, product_id: UUID) -> ProductView:
    """Return a product with brand, price history (newest first) and what was sold of it.

    Raises:
        DomainError: ``record.missing``.
    """
    product = reader.get(Product, product_id)
    lists = {entry.id: entry for entry in reader.find(PriceList)}
    prices = [
        PricePeriod(price, lists[price.price_list_id].name, lists[price.price_list_id].currency)
        for price in reader.find(Price, "valid_from", product_id=product_id)
        if price.price_list_id in lists
    ]
    sold, orders, last = reader.row(
        "SELECT coalesce(sum(l.quantity), 0), count(DISTINCT o.id), max(o.ordered_on) FROM order_line l "
        "JOIN sales_order o ON o.id = l.order_id WHERE l.product_id = ? AND l.deleted_at IS NULL "
        "AND o.deleted_at IS NULL AND o.state IN ('placed', 'delivered')",
        (product_id,),
    ) or (0, 0, None)
    return ProductView(
        product=product,
        brand=reader.find_one(Brand, product.brand_id),
        prices=tuple(reversed(prices)),
        sold=from_micros_decimal(sold),
        orders=orders,
        last_sold=None if last is None else date.fromisoformat(last),
    )


def brands(reader: Reader) -> list[Brand]:
    """Return all brands by name."""
    return sorted(reader.find(Brand), key=lambda brand: brand.name.casefold())


def categories(reader: Reader) -> list[str]:
    """Return the categories in use by name."""
    rows = reader.rows("SELECT DISTINCT category FROM product WHERE deleted_at IS NULL AND category <> '' ORDER BY 1")
    return [row[0] for row in rows]


def code_taken(reader: Reader, code: str, brand_id: UUID | None, except_id: UUID) -> str:
    """Return the name of another active product of the brand with the same code however written, or ""."""
    name: str = reader.value(
        "SELECT name FROM product WHERE code_key = ? AND brand_id IS ? AND id <> ? AND deleted_at IS NULL AND active",
        (product_key(code), brand_id, except_id),
        "",
    )
    return name
