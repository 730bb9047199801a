"""Whom a segment finds, on the big book, and what is offered with an order."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from directsell.app import App
from directsell.domain.segments import Goods, Group, Rule, RuleKind
from directsell.store.queries.segments import LIVING, condition, find_people, ground
from directsell.store.queries.suggestions import offers
from directsell.store.reader import Reader
from tests.perf.big_book import BIG, SMALL, cached
from tests.perf.desk import open_app
from tests.perf.figures import Figure, median, spend, tell

BUDGET = 100
_CATEGORY = "Kitchen 3"
_FILTERS = {
    "category, not since 90 days, birthday": Group(
        rules=(
            Rule(kind=RuleKind.LAPSED, goods=Goods.CATEGORY, subject=_CATEGORY, days=90),
            Rule(kind=RuleKind.BIRTHDAY, subject="3"),
        )
    ),
    "no order for 90 days": Group(rules=(Rule(kind=RuleKind.LAPSED, days=90),)),
    "bought for 500 or more": Group(rules=(Rule(kind=RuleKind.SPENT, low=50_000),)),
    "bought for 500 or more in a year": Group(rules=(Rule(kind=RuleKind.SPENT, low=50_000, days=365),)),
    "town, without a tag": Group(
        rules=(Rule(kind=RuleKind.PLACE, subject="Graz"), Rule(kind=RuleKind.TAG, subject="regular", negated=True))
    ),
}


def measure(*, quick: bool) -> None:
    """Tell how long counts take, with the names of the first ones too, and the offers of an order."""
    rounds = 3 if quick else 7
    with open_app(cached(SMALL if quick else BIG)) as app:
        today = app.store.clock.today()
        for name, group in _FILTERS.items():
            counts = [spend(partial(app.read, _count, group, today)).wall for _ in range(rounds)]
            named = [spend(partial(app.read, find_people, group, today)).wall for _ in range(rounds)]
            how = f"wall clock, median of {rounds}; with the first names {median(named):.1f} ms"
            tell(Figure(f"segment, {name}", median(counts), "ms", BUDGET, how))
        person, basket = _order(app)
        times = [spend(partial(app.read, offers, person, basket, today)).wall for _ in range(rounds)]
        tell(Figure("offers for an order", median(times), "ms", BUDGET, f"wall clock, median of {rounds}, in a worker"))


def _count(reader: Reader, group: Group, today: date) -> int:
    sql, params = condition(group, ground(reader, today))
    return int(reader.value(f"SELECT count(*) FROM person t WHERE {LIVING} AND {sql}", params, 0))


def _order(app: App) -> tuple[UUID, list[UUID]]:
    """Return the customer and the goods of the newest order."""
    with app.store.read() as reader:
        key, person = reader.rows("SELECT id, person_id FROM sales_order ORDER BY rid DESC LIMIT 1")[0]
        lines = reader.rows("SELECT product_id FROM order_line WHERE order_id = ?", (key,))
    return UUID(bytes=person), [UUID(bytes=line[0]) for line in lines]
