"""What was worked on last, and single things as hits of the search box. Finding by words: search.py."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from directsell.store.queries.names import name_of
from directsell.store.queries.search import DEMO_ROWS, ORDER_ROWS, Hit, HitKind, reach_of
from directsell.store.reader import Reader

_RECENT = {
    "person": HitKind.PERSON,
    "product": HitKind.PRODUCT,
    "sales_order": HitKind.ORDER,
    "issued_paper": HitKind.PAPER,
    "demo": HitKind.DEMO,
}


def recent(reader: Reader, *, limit: int = 8) -> list[Hit]:
    """Return what people worked on last, the latest first; imports and the like do not count."""
    tables = ", ".join(f"'{table}'" for table in _RECENT)
    rows = reader.rows(
        "SELECT j.tbl, j.pk FROM (SELECT tx FROM journal_tx WHERE origin = 'user' ORDER BY tx DESC LIMIT 60) t "
        f"JOIN journal j ON j.tx = t.tx WHERE j.tbl IN ({tables}) ORDER BY t.tx DESC, j.seq LIMIT 200"
    )
    hits: list[Hit] = []
    for table, key in dict.fromkeys(rows):
        hit = find_hit(reader, _RECENT[table], UUID(bytes=key))
        if hit is not None:
            hits.append(hit)
        if len(hits) >= limit:
            break
    return hits


def find_hit(reader: Reader, kind: HitKind, key: UUID) -> Hit | None:
    """Return one thing as a hit, or None when it was deleted."""
    if kind is HitKind.PERSON:
        row = reader.row("SELECT given, family, company, stage FROM person WHERE id = ? AND deleted_at IS NULL", (key,))
        detail = reach_of(reader, [key.bytes])[key.bytes] if row else ""
        return None if row is None else Hit(kind, key, name_of(*row[:3]), detail, "people", state=row[3])
    if kind is HitKind.PRODUCT:
        row = reader.row("SELECT name, code FROM product WHERE id = ? AND deleted_at IS NULL", (key,))
        return None if row is None else Hit(kind, key, row[0], row[1], "products")
    if kind is HitKind.ORDER:
        row = reader.row(f"{ORDER_ROWS} WHERE t.id = ? AND t.deleted_at IS NULL", (key,))
        if row is None:
            return None
        name = name_of(row[6] or "", row[7] or "", row[8] or "")
        marks = " ".join(part for part in (row[9] or "", row[5]) if part)
        day = date.fromisoformat(row[1])
        return Hit(kind, key, name, marks, "orders", day=day, amount=row[2], currency=row[3], state=row[4])
    if kind is HitKind.PAPER:
        row = reader.row(
            "SELECT number, json_extract(content, '$.customer.name'), issued_on, total, currency, kind "
            "FROM issued_paper WHERE id = ?",
            (key,),
        )
        if row is None:
            return None
        day = date.fromisoformat(row[2])
        return Hit(kind, key, row[0], row[1] or "", "documents", day=day, amount=row[3], currency=row[4], state=row[5])
    row = reader.row(f"{DEMO_ROWS} WHERE t.id = ? AND t.deleted_at IS NULL", (key,))
    if row is None:
        return None
    host = name_of(row[5] or "", row[6] or "", row[7] or "")
    detail = " · ".join(part for part in (host if row[2] else "", row[3]) if part)
    return Hit(kind, key, row[2] or host, detail, "demos", day=date.fromisoformat(row[1]), state=row[4])
