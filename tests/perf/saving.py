"""Save an order of five lines durably, against the same rows written by the standard library's sqlite3 in one transaction.

The floor is strict: its values and its JSON are ready before the clock runs, it has no keys to check and no encryption. The
rows are those which our own save wrote: order, lines, their journal, and the words in the search index.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from directsell.app import App
from directsell.domain.clock import SystemClock
from directsell.domain.ids import IdSource
from directsell.domain.orders import Order, OrderLine, OrderState
from directsell.store.connection import Connection, connect
from directsell.store.database import Store
from directsell.usecases.orders import OrderForm, save_order
from tests.perf.big_book import KEY, PROFILE, SMALL, cached
from tests.perf.figures import Figure, Spent, median, share, spend, tell

BUDGET = 3.0
_TABLES = ("sales_order", "order_line", "journal_tx", "journal")
_FTS = (
    "CREATE VIRTUAL TABLE order_fts USING fts5(reference, numbers, words, content='', "
    "tokenize=\"unicode61 remove_diacritics 2\", prefix='1 2 3')"
)


def measure(*, quick: bool) -> None:
    """Tell the time of a save and of its floor."""
    rounds = 30 if quick else 300
    with tempfile.TemporaryDirectory(prefix="directsell-bench-") as name:
        folder = Path(name)
        path = folder / "book.db"
        shutil.copyfile(cached(SMALL), path)
        clock = SystemClock()
        store = Store(path, KEY, clock=clock, ids=IdSource(clock))
        try:
            store.warm_up()
            _tell(*_compare(App(store), Floor(folder / "floor.db", path), rounds), rounds)
        finally:
            store.close()


def _tell(ours: list[Spent], floor: list[Spent], rounds: int) -> None:
    how = f"median of {rounds} in turns; WAL, synchronous FULL; ours encrypted, journalled, undoable, searchable"
    for clock, place, budget in (("wall", 0, BUDGET), ("cpu", 1, None)):
        tell(
            Figure(
                f"save, {clock}",
                median([spent[place] for spent in ours]),
                "ms",
                budget,
                f"{clock} clock, {how}",
                median([spent[place] for spent in floor]),
            )
        )
    worst, its = share([spent.wall for spent in ours], 95), share([spent.wall for spent in floor], 95)
    tell(Figure("save, p95", worst, "ms", None, "wall clock", its))


def _compare(app: App, floor: Floor, rounds: int) -> tuple[list[Spent], list[Spent]]:
    people, products = app.read(_people), app.read(_products)
    ours, theirs = [], []
    for number in range(rounds + 10):
        form = order_form(app.store.ids.new, people[number % len(people)], products[number : number + 5])
        saved = spend(_Saving(app, form).run)
        write = floor.prepared(app, form.order.id)
        written = spend(write)
        if number >= 10:  # the first ones load and compile
            ours.append(saved)
            theirs.append(written)
    floor.close()
    return ours, theirs


class _Saving:
    def __init__(self, app: App, form: OrderForm) -> None:
        self._app = app
        self._form = form

    def run(self) -> object:
        return self._app.run(save_order, self._form)


def order_form(new_id: Callable[[], UUID], person: UUID, products: list[tuple[UUID, str, str]]) -> OrderForm:
    """Return an order of known goods as it stands in the form."""
    key = new_id()
    order = Order(
        id=key,
        person_id=person,
        state=OrderState.PLACED,
        ordered_on=date(2026, 11, 20),
        currency="USD",
        tax_profile=PROFILE,
        shipping=495,
        created_at=SystemClock().now(),
    )
    lines = tuple(
        OrderLine(
            id=new_id(),
            order_id=key,
            position=place,
            product_id=product,
            code=code,
            name=name,
            quantity=Decimal(place),
            unit_price=Decimal("12.50"),
        )
        for place, (product, code, name) in enumerate(products, start=1)
    )
    return OrderForm(order=order, lines=lines)


def _people(reader: Any) -> list[UUID]:
    """Customers who ordered before: their roles and stage stay as they are."""
    rows = reader.rows(
        "SELECT p.id FROM person p JOIN person_role r ON r.person_id = p.id AND r.role = 'customer' "
        "WHERE p.stage = 'won' LIMIT 500"
    )
    return [UUID(bytes=key) for (key,) in rows]


def _products(reader: Any) -> list[tuple[UUID, str, str]]:
    rows = reader.rows("SELECT id, code, name FROM product ORDER BY rid LIMIT 400")
    return [(UUID(bytes=key), code, name) for key, code, name in rows]


class Floor:
    """The same tables and indexes in a plain file of the standard library's sqlite3, with the same rows to begin with."""

    def __init__(self, path: Path, like: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, cached_statements=256)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -8000"):
            self._connection.execute(f"PRAGMA {pragma}")
        source = connect(like, KEY)
        try:
            self._copy(source)
        finally:
            source.close()
        self._inserts = {table: self._insert(table) for table in _TABLES}
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _copy(self, source: Connection) -> None:
        marks = ", ".join("?" * len(_TABLES))
        ddl = source.execute(
            f"SELECT sql FROM sqlite_master WHERE tbl_name IN ({marks}) AND type IN ('table', 'index') "
            "AND sql IS NOT NULL ORDER BY type DESC",
            _TABLES,
        ).fetchall()
        self._connection.execute("BEGIN")
        for (sql,) in (*ddl, (_FTS,)):
            self._connection.execute(sql)
        for table in _TABLES:
            rows = source.execute(f"SELECT * FROM {table}").fetchall()
            self._connection.executemany(self._insert(table), rows)
        self._connection.execute("COMMIT")

    def _insert(self, table: str) -> str:
        columns = len(self._connection.execute(f"PRAGMA table_info({table})").fetchall())
        return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"

    def prepared(self, app: App, order_id: UUID) -> Callable[[], None]:
        """Return how the rows of a saved order are written here; their values are read now."""
        with app.store.read() as reader:
            orders = reader.rows("SELECT * FROM sales_order WHERE id = ?", (order_id,))
            lines = reader.rows("SELECT * FROM order_line WHERE order_id = ?", (order_id,))
            tx = reader.value("SELECT tx FROM journal WHERE pk = ?", (order_id,))
            heads = reader.rows("SELECT * FROM journal_tx WHERE tx = ?", (tx,))
            journal = reader.rows("SELECT * FROM journal WHERE tx = ?", (tx,))
        rid = orders[0][0]
        counts = [len(rows) for rows in (orders, lines, heads, journal)]
        assert counts[:3] == [1, 5, 1], counts
        batches = list(zip(self._inserts.values(), (orders, lines, heads, journal), strict=True))
        execute, executemany = self._connection.execute, self._connection.executemany

        def write() -> None:
            execute("BEGIN IMMEDIATE")
            for sql, rows in batches:
                executemany(sql, rows)
            execute("INSERT INTO order_fts(rowid, reference, numbers, words) VALUES (?, '', '', '')", (rid,))
            execute("COMMIT")

        return write

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
