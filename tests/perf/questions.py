"""What the pages ask at their first visit, on the big book: Today, its months, the badges, the list of people."""

from __future__ import annotations

from collections.abc import Callable

from directsell.app import App
from directsell.store.queries.people import people_list
from directsell.store.queries.today import badges, month_sales, today_lists
from tests.perf.big_book import BIG, SMALL, cached
from tests.perf.desk import open_app
from tests.perf.figures import Figure, median, spend, tell

BUDGET = 100


def measure(*, quick: bool) -> None:
    """Tell how long each question takes, first on a fresh connection, then again."""
    path = cached(SMALL if quick else BIG)
    for name in ("today", "months", "badges", "people"):
        first, again = [], []
        for _ in range(3 if quick else 5):
            with open_app(path) as app:
                ask = _questions(app)[name]
                first.append(spend(ask).wall)
                again += [spend(ask).wall for _ in range(5)]
        how = f"wall clock, median of {len(first)} fresh connections; asked again {median(again):.1f} ms"
        tell(Figure(f"question, {name}", median(first), "ms", BUDGET, how))


def _questions(app: App) -> dict[str, Callable[[], object]]:
    today = app.store.clock.today()
    people = people_list(currency="USD", today=today)
    return {
        "today": lambda: app.read(today_lists, today),
        "months": lambda: app.read(month_sales, today, "USD"),
        "badges": lambda: app.read(badges, today),
        "people": lambda: app.read(people.first_page),
    }
