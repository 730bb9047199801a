"""The full-text index: what of a row can be found, and how the index is kept. Queries are in queries/search.py.

Triggers only note which rows changed (``search_dirty``); the notes are worked off in one statement for each kind
before the same transaction commits, and at start for whatever another tool wrote. The index is local and can be
rebuilt from the tables at any time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from directsell.store.connection import Connection

PREFIX = "search_mark_"


@dataclass(frozen=True, slots=True)
class Indexed:
    """One kind of thing that can be found: its table, its searchable texts, and whose changes concern it.

    ``sources`` maps a table to the expression that gives the row's ``rid`` of this kind from ``NEW``.
    """

    kind: str
    table: str
    texts: dict[str, str]
    sources: dict[str, str]


def _of_person(column: str) -> str:
    return f"(SELECT rid FROM person WHERE id = NEW.{column})"


INDEXED: tuple[Indexed, ...] = (
    Indexed(
        "person",
        "person",
        {
            "name": "t.given || ' ' || t.family || ' ' || t.company || ' ' || t.customer_number",
            "reach": "(SELECT group_concat(value || ' ' || reach_key, ' ') FROM reach_point "
            "WHERE person_id = t.id AND deleted_at IS NULL)",
            "place": "(SELECT group_concat(street || ' ' || postcode || ' ' || city, ' ') FROM address "
            "WHERE person_id = t.id AND deleted_at IS NULL)",
            "words": "t.note || ' ' || t.need || ' ' || t.lead_source || ' ' || coalesce((SELECT "
            "group_concat(tag, ' ') FROM person_tag WHERE person_id = t.id AND deleted_at IS NULL), '')",
        },
        {
            "person": "NEW.rid",
            "reach_point": _of_person("person_id"),
            "address": _of_person("person_id"),
            "person_tag": _of_person("person_id"),
        },
    ),
    Indexed(
        "product",
        "product",
        {
            "name": "t.name",
            "code": "t.code || ' ' || t.code_key || ' ' || t.barcode",
            "words": "t.category || ' ' || t.description",
        },
        {"product": "NEW.rid"},
    ),
    Indexed(
        "order",
        "sales_order",
        {
            "reference": "t.reference",
            "numbers": "(SELECT group_concat(number, ' ') FROM issued_paper WHERE order_id = t.id)",
            "words": "t.note",
        },
        {"sales_order": "NEW.rid", "issued_paper": "(SELECT rid FROM sales_order WHERE id = NEW.order_id)"},
    ),
    Indexed(
        "demo",
        "demo",
        {"title": "t.title", "place": "t.street || ' ' || t.city", "words": "t.note"},
        {"demo": "NEW.rid"},
    ),
    Indexed("paper", "issued_paper", {"number": "t.number"}, {"issued_paper": "NEW.rid"}),
)


def tables() -> Iterator[str]:
    """Yield the CREATE statements of the index tables."""
    for kind in INDEXED:
        yield (
            f"CREATE VIRTUAL TABLE {kind.kind}_fts USING fts5({', '.join(kind.texts)}, content='', "
            "contentless_delete=1, tokenize=\"unicode61 remove_diacritics 2\", prefix='1 2 3')"
        )


def triggers() -> Iterator[str]:
    """Yield the triggers that note changed rows."""
    for kind in INDEXED:
        for table, rid in kind.sources.items():
            for event in ("INSERT", "UPDATE"):
                yield (
                    f"CREATE TRIGGER {PREFIX}{kind.kind}_{table}_{event.lower()} AFTER {event} ON {table} BEGIN "
                    f"INSERT INTO search_dirty(kind, rid) SELECT '{kind.kind}', r FROM (SELECT {rid} AS r) "
                    "WHERE r IS NOT NULL ON CONFLICT DO NOTHING; END"
                )


def flush(connection: Connection) -> None:
    """Bring the index up to date with every row that was noted; inside the caller's transaction."""
    kinds = {row[0] for row in connection.execute("SELECT DISTINCT kind FROM search_dirty")}
    for kind in INDEXED:
        if kind.kind not in kinds:
            continue
        noted = f"SELECT rid FROM search_dirty WHERE kind = '{kind.kind}'"
        connection.execute(f"DELETE FROM {kind.kind}_fts WHERE rowid IN ({noted})")
        fill(connection, kind, f"{kind.kind}_fts", f"t.rid IN ({noted})")
    if kinds:
        connection.execute("DELETE FROM search_dirty")


def fill(connection: Connection, kind: Indexed, into: str, which: str = "true") -> None:
    """Write the living rows of a kind (those that meet an SQL condition on ``t``) into an index table."""
    alive = "true" if kind.table == "issued_paper" else "t.deleted_at IS NULL"
    texts = ", ".join(f"coalesce({text}, '')" for text in kind.texts.values())
    connection.execute(
        f"INSERT INTO {into}(rowid, {', '.join(kind.texts)}) "
        f"SELECT t.rid, {texts} FROM {kind.table} t WHERE {which} AND {alive}"
    )


def rebuild(connection: Connection) -> None:
    """Note every row of every kind and work them all off; for a repaired or foreign-written database."""
    for kind in INDEXED:
        connection.execute(
            f"INSERT INTO search_dirty(kind, rid) SELECT '{kind.kind}', rid FROM {kind.table} WHERE true "
            "ON CONFLICT DO NOTHING"
        )
    flush(connection)
