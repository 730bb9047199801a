"""Nine months of a real gift shop through the import, against a bare executemany of the rows that it wrote.

The floor is strict: the rows are ready in memory, it keeps no journal, no search index and no totals; same tables, same indexes,
one transaction, WAL with synchronous FULL, the standard library's sqlite3. The file lies beside the repository or nowhere.
Both are measured without automatic garbage collection, as window and command line import.
"""

from __future__ import annotations

import gc
import json
import lzma
import shutil
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import Any

from directsell.app import App
from directsell.domain.clock import SystemClock
from directsell.domain.ids import IdSource
from directsell.exchange.sales import SalesResult, read_sales
from directsell.exchange.suggestions import suggest
from directsell.exchange.tables import open_table
from directsell.store.connection import connect
from directsell.store.database import Store
from directsell.store.upgrade import create_store
from directsell.usecases.imports import SalesImport, import_sales
from tests.perf.big_book import KEY
from tests.perf.figures import Figure, Missing, median, progress, spend, tell

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
FILE = "gift-shop-sales-2010-12-to-2011-08.csv.xz"
BUDGET = 6.0
_TABLES = (
    "person", "person_role", "reach_point", "address", "product", "price_list", "price", "sales_order", "order_line"
)  # fmt: skip


def measure(*, quick: bool) -> None:
    """Tell how long the import takes."""
    source = DATA / FILE
    if not source.is_file():
        tell(Missing("import", f"data missing: {FILE} is not in ../shared/data"))
        return
    with tempfile.TemporaryDirectory(prefix="directsell-bench-") as name:
        folder = Path(name)
        csv = folder / "sales.csv"
        with lzma.open(source) as packed, csv.open("wb") as plain:
            shutil.copyfileobj(packed, plain)
        began = time.perf_counter()
        table = open_table(csv)
        result = read_sales(table, suggest("sales", table).mapping)
        reading = (time.perf_counter() - began) * 1e3
        progress(f"read {result.rows:,} lines in {reading / 1e3:.1f} s")
        gc.disable()
        try:
            _compare(folder, result, reading, rounds=1 if quick else 3)
        finally:
            gc.enable()


def _compare(folder: Path, result: SalesResult, reading: float, rounds: int) -> None:
    ours, floor, journalled = [], [], []
    for number in range(rounds):
        path = folder / f"book-{number}.db"
        spent, done = _import(path, result)
        rows = _rows(path, (*_TABLES, "journal"))
        floor.append(_bare(folder / f"floor-{number}.db", path, {t: rows[t] for t in _TABLES}))
        journalled.append(_bare(folder / f"journal-{number}.db", path, rows))
        ours.append(spent)
        if number == 0:
            _check(done, sum(len(rows[table]) for table in _TABLES))
        for file in folder.glob("*.db*"):
            file.unlink()
    how = f"wall clock, median of {rounds} in turns, encrypted, journal, search index and totals included"
    mine, bare = median(ours), median(floor)
    tell(Figure("import, writing", mine / 1e3, "s", BUDGET, how, bare / 1e3))
    how = "the same against a floor that writes our journal's rows as well"
    tell(Figure("import, writing with journal", mine / 1e3, "s", None, how, median(journalled) / 1e3))
    how = "the same with reading and judging the file"
    tell(Figure("import, file to book", (mine + reading) / 1e3, "s", None, how, bare / 1e3))


def _import(path: Path, result: SalesResult) -> tuple[float, SalesImport]:
    clock = SystemClock()
    create_store(path, KEY, clock=clock, ids=IdSource(clock), device_name="bench").close()
    store = Store(path, KEY, clock=clock, ids=IdSource(clock))
    done: list[SalesImport] = []
    try:
        store.warm_up()
        app = App(store)
        spent = spend(lambda: done.append(app.run(import_sales, result, currency="GBP", file=FILE))).wall
    finally:
        store.close()
    return spent, done[0]


def _check(done: SalesImport, rows: int) -> None:
    """Say whether the totals that must come out did."""
    wanted = json.loads(next(DATA.glob("*.totals.json")).read_text(encoding="utf-8"))
    found = (done.documents, done.lines, done.people)
    expected = (wanted["documents"], wanted["lines"], wanted["customers"])
    progress(f"{rows:,} rows; documents, lines, customers {found}" + ("" if found == expected else f", not {expected}"))


def _rows(path: Path, tables: tuple[str, ...]) -> dict[str, list[tuple[Any, ...]]]:
    connection = connect(path, KEY)
    try:
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
    finally:
        connection.close()


def _bare(path: Path, like: Path, rows: dict[str, list[tuple[Any, ...]]]) -> float:
    """Write the rows with the standard library and return the milliseconds."""
    source = connect(like, KEY)
    try:
        marks = ", ".join("?" * len(rows))
        ddl = source.execute(
            f"SELECT sql FROM sqlite_master WHERE tbl_name IN ({marks}) AND type IN ('table', 'index') "
            "AND sql IS NOT NULL ORDER BY type DESC",
            tuple(rows),
        ).fetchall()
    finally:
        source.close()
    plain = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -8000"):
        plain.execute(f"PRAGMA {pragma}")
    for (sql,) in ddl:
        plain.execute(sql)

    def write() -> None:
        plain.execute("BEGIN IMMEDIATE")
        for table, its in rows.items():
            if its:
                plain.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(its[0]))})", its)
        plain.execute("COMMIT")

    try:
        return spend(write).wall
    finally:
        plain.close()
