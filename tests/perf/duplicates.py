"""Who is in the book twice, while somebody is typed and all at once; one person's page; what an erasure would take away."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from uuid import UUID

from directsell.store.erasures import what_goes
from directsell.store.queries.duplicates import doubles_of, facts_of, possible_duplicates
from directsell.store.queries.person_card import person_card
from directsell.store.reader import Reader
from tests.perf.big_book import BIG, SMALL, cached
from tests.perf.desk import open_app
from tests.perf.figures import Figure, median, spend, tell

_ALL, _TYPING, _PAGE, _ERASING = 1_000, 10, 50, 1_000  # milliseconds


def measure(*, quick: bool) -> None:
    """Tell how long the pairs, the hint of the form, the page and the question before an erasure take."""
    rounds = 3 if quick else 7
    with open_app(cached(SMALL if quick else BIG)) as app:
        person = app.read(_someone)
        typed = replace(app.read(facts_of, [person.bytes])[person.bytes], id=UUID(int=7))
        how = f"wall clock, median of {rounds}"
        for name, query, budget in (
            ("duplicates, all pairs", possible_duplicates, _ALL),
            ("duplicates, while typing", partial(doubles_of, typed=typed), _TYPING),
            ("person page", partial(person_card, person_id=person), _PAGE),
            ("what an erasure takes", partial(what_goes, person_id=person), _ERASING),
        ):
            times = [spend(partial(app.read, query)).wall for _ in range(rounds)]
            tell(Figure(name, median(times), "ms", budget, how))


def _someone(reader: Reader) -> UUID:
    """Return the customer of the newest order."""
    return UUID(
        bytes=reader.value("SELECT person_id FROM sales_order WHERE person_id NOT NULL ORDER BY rid DESC LIMIT 1")
    )
