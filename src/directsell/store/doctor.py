"""The book check: is every promise of the store kept by this file; and mending what merely follows from other data.

Findings are codes, never sentences. Nothing here changes a record: totals, sort keys, index and triggers follow
from the tables and from the program, so they can be made anew; everything else is shown and left alone.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlcipher3 import dbapi2 as driver

from directsell.domain.clock import to_micros
from directsell.domain.invoicing import IssuedPaper, format_number, seal_of
from directsell.domain.orders import Order, OrderLine
from directsell.store import buyers, capture, search
from directsell.store.connection import Connection
from directsell.store.database import Store
from directsell.store.entities import ENTITIES
from directsell.store.errors import translate
from directsell.store.mapper import mapping
from directsell.store.reader import Reader

_WRONGLY_OWED = """
SELECT o.id FROM sales_order o LEFT JOIN (SELECT order_id, sum(amount) AS paid FROM payment GROUP BY order_id) p
ON p.order_id = o.id WHERE o.owed <> CASE
WHEN o.deleted_at IS NULL AND o.origin = 'entered' AND o.state IN ('placed', 'delivered')
THEN o.total - coalesce(p.paid, 0) ELSE 0 END
"""
_NAMED = 20  # so many ids are named in a finding
_CLOCK_SLACK = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold.

    Attributes:
        code: what it is, e.g. ``papers.gap``; see ``CODES``.
        table: where, if it concerns one table.
        ids: the first rows it concerns.
        count: how many there are.
        detail: numbers or names for a technician (no personal data).
        mendable: ``mend`` makes it right without touching a record.
    """

    code: str
    table: str = ""
    ids: tuple[UUID, ...] = ()
    count: int = 1
    detail: str = ""
    mendable: bool = False


CODES = (
    "file.pages", "file.checksums", "rows.orphans", "schema.foreign", "triggers.missing", "triggers.changed",
    "derived.stale", "totals.stale", "totals.unknown", "payments.reversal", "papers.gap", "papers.double",
    "papers.counter", "papers.number", "papers.seal", "papers.file", "files.hash", "index.stale", "clock.future",
    "identity.missing",
)  # fmt: skip

Progress = Callable[[int, int], None]


def check_file(connection: Connection, *, encrypted: bool, quick: bool = False) -> list[Finding]:
    """Check pages, checksums and foreign keys of a database; reads all of it (15 s per GB, when quick 10 s).

    Args:
        connection: an open database.
        encrypted: whether its pages have checksums.
        quick: do not compare the indexes with their tables.
    """
    found = []
    try:
        if encrypted:
            broken = connection.execute("PRAGMA cipher_integrity_check").fetchall()
            if broken:
                found.append(Finding("file.checksums", count=len(broken), detail=str(broken[0][0])))
        check = "quick_check" if quick else "integrity_check"
        lines = [row[0] for row in connection.execute(f"PRAGMA {check}(100)")]
        if lines != ["ok"]:
            found.append(Finding("file.pages", count=len(lines), detail=str(lines[0])))
        orphans = [row[0] for row in connection.execute("PRAGMA foreign_key_check")]
        found += [Finding("rows.orphans", table, count=orphans.count(table)) for table in sorted(set(orphans))]
    except driver.Error as error:
        found.append(Finding("file.pages", detail=str(error)))
    return found


def check_book(
    connection: Connection, *, now: datetime, thorough: bool = True, progress: Progress | None = None
) -> list[Finding]:
    """Check the promises of the trade: papers, payments, totals, index, triggers, clocks.

    Args:
        connection: an open database, inside or outside a transaction.
        now: the present instant.
        thorough: also recompute every total, hash every file and compare the index (seconds per 100,000 rows).
        progress: told (done, total) checks.

    Raises:
        StoreError: the file cannot be read through.
    """
    reader = Reader(connection)
    checks: list[Callable[[Reader], Iterator[Finding]]] = [
        _triggers, _identity, _papers, _seals, _reversals, lambda r: _clocks(r, now),
    ]  # fmt: skip
    if thorough:
        checks += [_totals, _derived, _files, _index]
    found: list[Finding] = []
    try:
        for done, check in enumerate(checks):
            if progress is not None:
                progress(done, len(checks))
            found += check(reader)
    except driver.Error as error:
        raise translate(error) or error from error
    return found


def examine(
    store: Store,
    *,
    thorough: bool = True,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Finding]:
    """Check an open database completely, as it is at one moment; others go on working in it.

    Args:
        store: the database.
        thorough: as ``check_book``.
        progress: as ``check_book``.
        cancelled: asked now and then.

    Raises:
        StoreError: the file cannot be read through.
        Cancelled: it was cancelled.
    """
    store.fold_log()  # the checksums are those of the file; pages torn by a power cut lie whole in the log until then
    with store.read(cancelled) as reader:
        found = check_file(reader.connection, encrypted=store.key is not None)
        return found + check_book(reader.connection, now=store.clock.now(), thorough=thorough, progress=progress)


def mend(store: Store) -> list[Finding]:
    """Make triggers, derived columns, totals and the index anew, in one transaction; return what remains wrong.

    Raises:
        StoreError: nothing was changed.
    """
    from directsell.store import upgrade

    with store.exclusive() as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            upgrade.drop_triggers(connection)
            upgrade.install_triggers(connection)
            _refresh_derived(Reader(connection))
            _refresh_totals(connection)
            for kind in search.INDEXED:
                connection.execute(f"DELETE FROM {kind.kind}_fts")
            search.rebuild(connection)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    return examine(store)


def expected_triggers() -> dict[str, str]:
    """Return name -> text of every trigger that a database of this version has."""
    return {sql.split()[2]: sql for sql in (*capture.triggers(), *search.triggers())}


def _triggers(reader: Reader) -> Iterator[Finding]:
    wanted = expected_triggers()
    rows = reader.rows("SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')")
    present = {name: sql for kind, name, sql in rows if kind == "trigger"}
    missing = sorted(wanted.keys() - present.keys())
    changed = sorted(name for name in wanted.keys() & present.keys() if wanted[name] != present[name])
    foreign = sorted(present.keys() - wanted.keys()) + [name for kind, name, _ in rows if kind == "view"]
    for code, names in (
        ("triggers.missing", missing),
        ("triggers.changed", changed),
        ("schema.foreign", foreign),
    ):
        if names:
            mendable = code != "schema.foreign" or all(name in present for name in foreign)
            yield Finding(code, count=len(names), detail=", ".join(names[:_NAMED]), mendable=mendable)


def _identity(reader: Reader) -> Iterator[Finding]:
    state = reader.row("SELECT dev, series, capture, tx FROM sync_state")
    known = state and reader.value("SELECT 1 FROM device WHERE code = ? AND deleted_at IS NULL", (state[0],))
    if state is None or not known or state[2] != 1:
        yield Finding("identity.missing", "sync_state", detail="none" if state is None else f"capture {state[2]}")


def _papers(reader: Reader) -> Iterator[Finding]:
    numbers: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    wrong: list[UUID] = []
    for key, kind, series, period, sequence, number in reader.stream(
        "SELECT id, kind, series, period, sequence, number FROM issued_paper"
    ):
        numbers[kind, series, period].append(sequence)
        paper_kind = mapping(IssuedPaper).by_name["kind"].decode
        if paper_kind is None or format_number(paper_kind(kind), series, period, sequence) != number:
            wrong.append(UUID(bytes=key))
    if wrong:
        yield _named("papers.number", "issued_paper", wrong)
    counters = {tuple(row[:3]): row[3] for row in reader.rows("SELECT kind, series, period, last FROM counter")}
    own = reader.value("SELECT series FROM sync_state")
    for place, used in sorted(numbers.items()):
        label = "-".join(place)
        doubled = sorted({n for n in used if used.count(n) > 1}) if len(set(used)) < len(used) else []
        gaps = sorted(set(range(1, max(used) + 1)) - set(used))
        if doubled:
            yield Finding("papers.double", "issued_paper", count=len(doubled), detail=f"{label}: {doubled[:_NAMED]}")
        if gaps:
            yield Finding("papers.gap", "issued_paper", count=len(gaps), detail=f"{label}: {gaps[:_NAMED]}")
    for place in sorted(counters.keys() | {p for p in numbers if p[1] == own}):
        last, highest = counters.get(place, 0), max(numbers.get(place, [0]))
        if last != highest:
            yield Finding("papers.counter", "counter", detail=f"{'-'.join(place)}: {last}, papers {highest}")


def _seals(reader: Reader) -> Iterator[Finding]:
    decode = mapping(IssuedPaper).by_name["issued_at"].decode or (lambda value: value)
    chains: dict[str, dict[str, tuple[UUID, str]]] = defaultdict(dict)
    broken: list[UUID] = []
    for key, series, number, sha256, at, previous, seal in reader.stream(
        "SELECT id, series, number, sha256, issued_at, previous, seal FROM issued_paper ORDER BY rid"
    ):
        paper = UUID(bytes=key)
        if seal_of(previous, number, sha256, decode(at)) != seal or previous in chains[series]:
            broken.append(paper)
        else:
            chains[series][previous] = paper, seal
    for links in chains.values():
        link = ""
        while link in links:
            link = links.pop(link)[1]
        broken += [paper for paper, _ in links.values()]  # whatever does not hang on the beginning of the chain
    if broken:
        yield _named("papers.seal", "issued_paper", broken)


def _reversals(reader: Reader) -> Iterator[Finding]:
    for entity in ENTITIES:
        names = mapping(entity.record).by_name
        if "reverses_id" not in names:
            continue
        amount = " OR r.amount + o.amount <> 0 OR r.currency <> o.currency" if "amount" in names else ""
        scope = " OR r.order_id <> o.order_id" if "order_id" in names else ""
        rows = reader.rows(
            f"SELECT r.id FROM {entity.table} r LEFT JOIN {entity.table} o ON o.id = r.reverses_id "
            f"WHERE r.reverses_id IS NOT NULL AND (o.id IS NULL{amount}{scope}) "
            f"UNION SELECT min(id) FROM {entity.table} WHERE reverses_id IS NOT NULL "
            "GROUP BY reverses_id HAVING count(*) > 1"
        )
        if rows:
            yield _named("payments.reversal", entity.table, [UUID(bytes=row[0]) for row in rows])


def _clocks(reader: Reader, now: datetime) -> Iterator[Finding]:
    latest = to_micros(now + _CLOCK_SLACK)
    for table, column in (("journal_tx", "at"), ("sync_clock", "hlc")):
        count = reader.value(f"SELECT count(*) FROM {table} WHERE {column} > ?", (latest,), 0)
        if count:
            yield Finding("clock.future", table, count=count)


def _totals(reader: Reader) -> Iterator[Finding]:
    from directsell.domain.errors import DomainError
    from directsell.domain.pricing import order_totals

    stale: list[UUID] = []
    unknown: list[UUID] = []
    orders, lines = mapping(Order), mapping(OrderLine)
    line_rows = reader.stream(
        f"SELECT {lines.columns} FROM order_line WHERE deleted_at IS NULL ORDER BY order_id, position, rid"
    )
    waiting = next(line_rows, None)
    place = lines.names.index("order_id")
    for *row, total in reader.stream(f"SELECT {orders.columns}, total FROM sales_order ORDER BY id"):
        order = orders.decode(row)
        mine = []
        while waiting is not None and waiting[place] <= order.id.bytes:
            if waiting[place] == order.id.bytes:
                mine.append(lines.decode(waiting))
            waiting = next(line_rows, None)
        try:
            if order_totals(order, mine).total != total:
                stale.append(order.id)
        except (DomainError, ValueError):
            unknown.append(order.id)
    owed = (UUID(bytes=row[0]) for row in reader.rows(_WRONGLY_OWED))
    sold = (UUID(bytes=key) for key in buyers.stale_orders(reader.connection))
    stale = list(dict.fromkeys((*stale, *owed, *sold)))
    if stale:
        yield _named("totals.stale", "sales_order", stale, mendable=True)
    if unknown:
        yield _named("totals.unknown", "sales_order", unknown)


def _refresh_totals(connection: Connection) -> None:
    from directsell.domain.errors import DomainError
    from directsell.store import derive

    for (key,) in connection.execute("SELECT id FROM sales_order").fetchall():
        with suppress(DomainError, ValueError):  # an order that cannot be summed keeps its total and stays a finding
            derive.refresh_totals(connection, [key])
    buyers.rebuild(connection)


def _stale_derived(reader: Reader) -> Iterator[tuple[str, tuple[str, ...], bytes, tuple[Any, ...]]]:
    """Yield (table, columns, key, right values) of every row whose derived columns are not what they should be."""
    for entity in ENTITIES:
        if not entity.derived:
            continue
        m, names = mapping(entity.record), tuple(entity.derived)
        more = ", ".join(f'"{name}"' for name in names)
        for row in reader.stream(f"SELECT {m.columns}, {more} FROM {entity.table}"):
            record = m.decode(row[: len(m.names)])
            right = m.encode(record)[len(m.names) :]
            if tuple(row[len(m.names) :]) != right:
                yield entity.table, names, record.id.bytes, right


def _derived(reader: Reader) -> Iterator[Finding]:
    stale: dict[str, list[UUID]] = defaultdict(list)
    for table, _, key, _ in _stale_derived(reader):
        stale[table].append(UUID(bytes=key))
    for table, ids in stale.items():
        yield _named("derived.stale", table, ids, mendable=True)


def _refresh_derived(reader: Reader) -> None:
    for table, names, key, values in list(_stale_derived(reader)):
        sets = ", ".join(f'"{name}" = ?' for name in names)
        reader.connection.execute(f"UPDATE {table} SET {sets} WHERE id = ?", (*values, key))


def _files(reader: Reader) -> Iterator[Finding]:
    wrong = [
        sha256
        for sha256, content in reader.stream("SELECT sha256, content FROM file")
        if hashlib.sha256(content).hexdigest() != sha256
    ]
    if wrong:
        yield Finding("files.hash", "file", count=len(wrong), detail=wrong[0])
    lost = reader.rows("SELECT p.id FROM issued_paper p LEFT JOIN file f ON f.sha256 = p.sha256 WHERE f.sha256 IS NULL")
    if lost:
        yield _named("papers.file", "issued_paper", [UUID(bytes=row[0]) for row in lost])


def _index(reader: Reader) -> Iterator[Finding]:
    """Compare every word of the index with an index made anew from the tables."""
    connection = reader.connection
    texts = {sql.split()[3]: sql for sql in search.tables()}
    for kind in search.INDEXED:
        name = f"{kind.kind}_fts"
        pending = reader.value("SELECT count(*) FROM search_dirty WHERE kind = ?", (kind.kind,), 0)
        if not reader.value("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)):
            yield Finding("index.stale", name, detail="missing", mendable=True)
            continue
        connection.execute(texts[name].replace(f"CREATE VIRTUAL TABLE {name}", "CREATE VIRTUAL TABLE temp.fresh", 1))
        try:
            search.fill(connection, kind, "temp.fresh")
            for side, owner, table in (("kept_words", "main", name), ("fresh_words", "temp", "fresh")):
                connection.execute(f"CREATE VIRTUAL TABLE temp.{side} USING fts5vocab({owner}, {table}, instance)")
            pairs = (("fresh_words", "kept_words"), ("kept_words", "fresh_words"))
            differing = sum(
                reader.value(f"SELECT count(*) FROM (SELECT * FROM temp.{a} EXCEPT SELECT * FROM temp.{b})")
                for a, b in pairs
            )
        finally:
            for table in ("kept_words", "fresh_words", "fresh"):
                connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
        if differing or pending:
            yield Finding("index.stale", name, count=differing + pending, mendable=True)


def _named(code: str, table: str, ids: list[UUID], *, mendable: bool = False) -> Finding:
    return Finding(code, table, tuple(ids[:_NAMED]), len(ids), mendable=mendable)
