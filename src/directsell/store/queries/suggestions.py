"""What may be offered with an order, from own orders: counts for association, habits, wishes. The rules are in the domain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from directsell.domain.follow_up_plans.history import Purchase
from directsell.domain.money import from_micros_decimal
from directsell.domain.suggestions import Habit, Pair, Suggestion, Why, choose, habits_of
from directsell.store.reader import Reader

_EPOCH = date(1970, 1, 1)
_LOOKED_AT = 2_000  # newest orders of a product: enough to tell, and quick where a product was sold 50,000 times
_BASKET = 8
_PARTNERS = 12
_PAST_ORDERS = 200


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggestion with the names that the screen shows."""

    product_id: UUID
    name: str
    why: Why
    about: str = ""
    last_on: date | None = None


def offers(
    reader: Reader, person_id: UUID | None, basket: Sequence[UUID], today: date, *, wishes: bool = True
) -> tuple[Offer, ...]:
    """Return what to offer with an order, at most three; only products that can be ordered.

    Args:
        reader: the data.
        person_id: who orders, if known.
        basket: products in the order.
        today: the day of the order.
        wishes: whether to look at the wish list.
    """
    held = list(dict.fromkeys(basket))
    found = choose(
        held,
        wishes=_wishes(reader, person_id) if wishes and person_id is not None else (),
        habits=() if person_id is None else _habits(reader, person_id),
        pairs=_pairs(reader, held[-_BASKET:]),
        today=today,
        most=20,
    )
    return tuple(_named(reader, found))[:3]


def _named(reader: Reader, found: Sequence[Suggestion]) -> Iterator[Offer]:
    for suggestion in found:
        name = reader.value(
            "SELECT name FROM product WHERE id = ? AND active AND deleted_at IS NULL", (suggestion.product_id,)
        )
        if name is not None:
            about = reader.value("SELECT name FROM product WHERE id = ?", (suggestion.about,), "")
            yield Offer(suggestion.product_id, name, suggestion.why, about, suggestion.last_on)


def _wishes(reader: Reader, person_id: UUID) -> list[UUID]:
    rows = reader.rows(
        "SELECT product_id FROM wish WHERE person_id = ? AND deleted_at IS NULL ORDER BY rid DESC LIMIT 10",
        (person_id,),
    )
    return [UUID(bytes=row[0]) for row in rows]


def _habits(reader: Reader, person_id: UUID) -> list[Habit]:
    rows = reader.rows(
        "SELECT l.product_id, l.day, l.quantity, p.lasts_days, l.name FROM (SELECT id FROM sales_order WHERE person_id = ? "
        "AND deleted_at IS NULL ORDER BY ordered_on DESC LIMIT ?) o CROSS JOIN order_line l ON l.order_id = o.id "
        "CROSS JOIN product p ON p.id = l.product_id WHERE +l.buyer <> 0 AND l.deleted_at IS NULL",
        (person_id, _PAST_ORDERS),
    )
    return habits_of(
        Purchase(
            product_id=UUID(bytes=product),
            on=_EPOCH + timedelta(days=day),
            quantity=from_micros_decimal(quantity),
            lasts_days=lasts or 0,
            name=name,
        )
        for product, day, quantity, lasts, name in rows
    )


def _pairs(reader: Reader, basket: Sequence[UUID]) -> Iterator[Pair]:
    if not basket:
        return
    orders = int(reader.value("SELECT sum(orders) FROM buyer", default=0))
    for key in basket:
        counted: tuple[int, ...] = (0,)
        partners: list[tuple[bytes, int]] = []
        for other, count in reader.rows(
            "WITH mine AS MATERIALIZED (SELECT DISTINCT order_id FROM (SELECT order_id FROM order_line "
            "WHERE product_id = ? AND buyer <> 0 AND deleted_at IS NULL ORDER BY rid DESC LIMIT ?)) "
            "SELECT NULL, count(*) FROM mine UNION ALL SELECT * FROM (SELECT l.product_id, count(DISTINCT l.order_id) AS n "
            "FROM mine CROSS JOIN order_line l ON l.order_id = mine.order_id WHERE +l.buyer <> 0 AND l.deleted_at IS NULL "
            "AND +l.product_id <> ? GROUP BY l.product_id ORDER BY n DESC LIMIT ?)",
            (key, _LOOKED_AT, key, _PARTNERS),
        ):
            if other is None:
                counted = (count,)
            else:
                partners.append((other, count))
        for other, both in partners:
            yield Pair(UUID(bytes=other), key, both, counted[0], _orders_with(reader, other), orders)


def _orders_with(reader: Reader, product: bytes) -> int:
    return int(
        reader.value(
            "SELECT count(*) FROM order_line WHERE product_id = ? AND buyer <> 0 AND deleted_at IS NULL", (product,), 0
        )
    )
