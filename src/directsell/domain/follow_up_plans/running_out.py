"""When a person runs out of a product: the last quantity and how long one piece lasts (rule D19). Plans nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from directsell.domain.follow_up_plans.history import Purchase

_LONGEST = 3650


@dataclass(frozen=True, slots=True)
class RunOut:
    """The last purchase of a product, and the day on which it will be used up.

    ``own`` says that the person's own buying interval was used, not the product's default.
    """

    product_id: UUID
    last_on: date
    ends_on: date
    own: bool
    name: str
    text: str


def run_outs(purchases: Iterable[Purchase]) -> list[RunOut]:
    """Return when each product will be used up, by product.

    One purchase: its quantity x the days one piece lasts. From the second on: the last quantity x the days one piece
    lasted this person, which is the time from the first to the last purchase over the pieces bought before the last.
    """
    by_product: dict[UUID, list[Purchase]] = defaultdict(list)
    for purchase in purchases:
        by_product[purchase.product_id].append(purchase)
    found = (_run_out(by_product[key]) for key in sorted(by_product))
    return [one for one in found if one is not None]


def _run_out(purchases: list[Purchase]) -> RunOut | None:
    known = max(purchases, key=lambda p: (p.on, p.lasts_days, p.name, p.text))
    first, last = min(p.on for p in purchases), known.on
    newest = sum((p.quantity for p in purchases if p.on == last), Decimal())
    before = sum((p.quantity for p in purchases if p.on < last), Decimal())
    own = first < last and before > 0
    each = Decimal((last - first).days) / before if own else Decimal(known.lasts_days)
    days = (newest * each).quantize(Decimal(1), ROUND_HALF_UP) if 0 < newest < 1_000_000 else Decimal()
    if not 0 < days <= _LONGEST:
        return None
    return RunOut(known.product_id, last, last + timedelta(days=int(days)), own, known.name, known.text)
