"""What was changed, when and where, read from the journal: transactions newest first, each with its rows before and after."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from directsell.domain.clock import from_micros, to_micros
from directsell.store.entities import BY_TABLE, ENTITIES
from directsell.store.mapper import mapping
from directsell.store.queries.names import name_of
from directsell.store.reader import Reader, Row

FIRST = 128
CHANGES = 300  # rows of one transaction that are shown
_NEVER_SHOWN = ("created_at",)


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One transaction: its number in the journal, instant, laptop, label (msgid) with what it is about, and origin."""

    tx: int
    at: datetime
    device: str
    device_name: str
    label: str
    params: Mapping[str, Any]
    origin: str
    reverts: int | None
    barrier: bool


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field with its values before and after, as the domain knows them; an id comes with the name of its record."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class RowChange:
    """One record that a transaction wrote. ``kind`` is ``added``, ``changed``, ``removed`` or ``restored``."""

    table: str
    id: UUID
    kind: str
    name: str
    currency: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A transaction with what it wrote (the first rows; ``total`` counts all) and by which it was taken back."""

    row: HistoryRow
    changes: tuple[RowChange, ...]
    total: int
    taken_back_by: HistoryRow | None


@dataclass(frozen=True, slots=True)
class Named:
    """The id of another record with its name (its own words; "" when it has none)."""

    table: str
    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """What is listed.

    Attributes:
        tables: only transactions that wrote one of these tables; empty for all.
        person_id: only what concerns a person: the record itself, its numbers, orders, payments, papers ...
        text: only those whose label or names contain this.
        labels: labels (msgids) whose translation contains the text.
        device: only those of one laptop (its code).
        day: only those of one calendar day of this machine.
    """

    tables: tuple[str, ...] = ()
    person_id: UUID | None = None
    text: str = ""
    labels: tuple[str, ...] = ()
    device: str = ""
    day: date | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.tables or self.person_id or self.text.strip() or self.device or self.day)


_COLUMNS = (
    "t.tx, t.at, t.device, coalesce((SELECT d.name FROM device d WHERE d.code = t.device LIMIT 1), ''), "
    "t.label, t.params, t.origin, t.reverts, t.barrier"
)


def _concerns() -> str:
    """Return the SELECT of the ids of everything that belongs to a person (each ``?`` is the person's id).

    The indexes hold what was not removed, so the two are asked for apart; removed orders would need a look at all.
    """
    parts = ["SELECT ?"]
    for entity in ENTITIES:
        if entity.table == "person" or "person_id" not in mapping(entity.record).by_name:
            continue
        alive = "" if entity.ledger else " AND deleted_at IS NULL"
        parts.append(f"SELECT id FROM {entity.table} WHERE person_id = ?{alive}")
        if not entity.ledger and entity.table != "sales_order":
            parts.append(f"SELECT id FROM {entity.table} WHERE person_id = ? AND deleted_at IS NOT NULL")
    parts.append(
        "SELECT l.id FROM sales_order o JOIN order_line l ON l.order_id = o.id AND l.deleted_at IS NULL "
        "WHERE o.person_id = ? AND o.deleted_at IS NULL"
    )
    return " UNION ALL ".join(parts)


_CONCERNS = _concerns()


def _condition(wanted: HistoryFilter) -> tuple[str, list[Any]]:
    tests, params = ["1"], list[Any]()
    if wanted.tables:
        marks = ", ".join("?" * len(wanted.tables))
        tests.append(f"EXISTS (SELECT 1 FROM journal j WHERE j.tx = t.tx AND j.tbl IN ({marks}))")
        params += wanted.tables
    if wanted.person_id is not None:
        tests.append(f"t.tx IN (SELECT tx FROM journal WHERE pk IN ({_CONCERNS}))")
        params += [wanted.person_id] * _CONCERNS.count("?")
    if wanted.text.strip():
        like = wanted.text.strip()[:100].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        marks = ", ".join("?" * len(wanted.labels))
        names = "SELECT 1 FROM json_each(t.params) p WHERE p.key <> 'label' AND p.value LIKE ? ESCAPE '\\'"
        tests.append(f"(EXISTS ({names}) OR t.label IN ({marks}))")
        params += [f"%{like}%", *wanted.labels]
    if wanted.device:
        tests.append("t.device = ?")
        params.append(wanted.device)
    if wanted.day is not None:
        start = datetime.combine(wanted.day, time()).astimezone()
        end = datetime.combine(wanted.day + timedelta(days=1), time()).astimezone()
        tests.append("t.at >= ? AND t.at < ?")
        params += [to_micros(start), to_micros(end)]
    return " AND ".join(tests), params


def first_transactions(reader: Reader, wanted: HistoryFilter) -> list[HistoryRow]:
    """Return the newest transactions that fit, as many as a list shows at once."""
    where, params = _condition(wanted)
    sql = f"SELECT {_COLUMNS} FROM journal_tx t WHERE {where} ORDER BY t.tx DESC LIMIT {FIRST}"
    return [_row(row) for row in reader.rows(sql, params)]


def transaction_numbers(reader: Reader, wanted: HistoryFilter) -> array[int]:
    """Return the numbers of all transactions that fit, the newest first; for a worker."""
    where, params = _condition(wanted)
    rows = reader.stream(f"SELECT t.tx FROM journal_tx t WHERE {where} ORDER BY t.tx DESC", params)
    return array("q", (row[0] for row in rows))


def transactions(reader: Reader, numbers: Sequence[int]) -> dict[int, HistoryRow]:
    """Return transactions by their numbers."""
    marks = ",".join(map(str, map(int, numbers)))
    return {row[0]: _row(row) for row in reader.rows(f"SELECT {_COLUMNS} FROM journal_tx t WHERE t.tx IN ({marks})")}


def _row(row: Row) -> HistoryRow:
    tx, at, device, device_name, label, params, origin, reverts, barrier = row
    return HistoryRow(
        tx=tx,
        at=from_micros(at),
        device=device,
        device_name=device_name,
        label=label,
        params=json.loads(params),
        origin=origin,
        reverts=reverts,
        barrier=bool(barrier),
    )


def labels_in_use(reader: Reader) -> list[str]:
    """Return every label (msgid) in the journal; for a worker."""
    return [row[0] for row in reader.rows("SELECT DISTINCT label FROM journal_tx")]


def devices(reader: Reader) -> list[tuple[str, str]]:
    """Return (code, name) of the laptops that write into this book."""
    rows = reader.rows("SELECT code, name FROM device WHERE deleted_at IS NULL ORDER BY name")
    return [(code, name) for code, name in rows]


def entry(reader: Reader, tx: int) -> Entry | None:
    """Return a transaction with what it wrote, or None when the journal does not have it."""
    row = transactions(reader, [tx]).get(tx)
    if row is None:
        return None
    rows = reader.rows("SELECT tbl, op, pk, new, old FROM journal WHERE tx = ? ORDER BY seq LIMIT ?", (tx, CHANGES))
    total = int(reader.value("SELECT count(*) FROM journal WHERE tx = ?", (tx,), 0))
    back = reader.value("SELECT max(tx) FROM journal_tx WHERE reverts = ? AND tx > ?", (tx, tx))
    return Entry(
        row=row,
        changes=tuple(_change(reader, *found) for found in rows if found[0] in BY_TABLE),
        total=total,
        taken_back_by=None if back is None else transactions(reader, [back])[back],
    )


def _change(reader: Reader, table: str, op: str, key: bytes, new: str, old: str | None) -> RowChange:
    after, before = json.loads(new), json.loads(old) if old else {}
    kind = "added" if op == "I" else "changed"
    if op == "U" and "deleted_at" in after:
        kind = "removed" if after["deleted_at"] is not None else "restored"
    whole = op == "I"
    if kind in ("removed", "restored") and len(after) == 1:
        after, whole = _stored(reader, table, key), True  # what it was that went or came
    return RowChange(
        table=table,
        id=UUID(bytes=key),
        kind=kind,
        name=record_name(reader, table, key),
        currency=_currency(reader, table, key),
        fields=tuple(_fields(reader, table, before, after, added=whole)),
    )


def _stored(reader: Reader, table: str, key: bytes) -> dict[str, Any]:
    """Return the values of a row as the journal would write them."""
    fields = mapping(BY_TABLE[table].record).fields
    row = reader.row(f"SELECT {mapping(BY_TABLE[table].record).columns} FROM {table} WHERE id = ?", (key,))
    if row is None:
        return {}
    return {
        field.name: value.hex() if isinstance(value, bytes) else value
        for field, value in zip(fields, row, strict=True)
        if field.name != "id"
    }


def _fields(
    reader: Reader, table: str, before: dict[str, Any], after: dict[str, Any], *, added: bool
) -> Iterable[FieldChange]:
    entity = BY_TABLE[table]
    m = mapping(entity.record)
    for name, value in after.items():
        if name == "deleted_at" or name in _NEVER_SHOWN or name not in m.by_name:
            continue
        if added and value in (None, "", 0):
            continue
        first = None if added else _value(reader, table, name, before.get(name))
        yield FieldChange(name, first, _value(reader, table, name, value))


def _value(reader: Reader, table: str, name: str, value: Any) -> Any:
    """Return a journalled value as the domain knows it; an id of another record with that record's name."""
    if value is None:
        return None
    entity = BY_TABLE[table]
    field = mapping(entity.record).by_name[name]
    target = entity.references.get(name)
    if field.sql_type == "BLOB":
        key = bytes.fromhex(value)
        return Named(target, UUID(bytes=key), record_name(reader, target, key)) if target else value
    if field.decode is None:
        return value
    try:
        return field.decode(value)
    except ValueError:
        return value  # a value that this version of the program does not know


def _currency(reader: Reader, table: str, key: bytes) -> str:
    """Return the currency of a record's amounts, or "" when it has none."""
    if table == "order_line":
        sql = "SELECT o.currency FROM order_line l JOIN sales_order o ON o.id = l.order_id WHERE l.id = ?"
    elif table == "price":
        sql = "SELECT l.currency FROM price p JOIN price_list l ON l.id = p.price_list_id WHERE p.id = ?"
    elif table in BY_TABLE and "currency" in mapping(BY_TABLE[table].record).by_name:
        sql = f"SELECT currency FROM {table} WHERE id = ?"
    else:
        return ""
    found: str = reader.value(sql, (key,), "")
    return found


_OF_PERSON = "SELECT p.given, p.family, p.company FROM {table} t JOIN person p ON p.id = t.{column} WHERE t.id = ?"
_TEXTS = {
    "product": "SELECT name FROM product WHERE id = ?",
    "brand": "SELECT name FROM brand WHERE id = ?",
    "price_list": "SELECT name FROM price_list WHERE id = ?",
    "price": "SELECT p.name FROM price t JOIN product p ON p.id = t.product_id WHERE t.id = ?",
    "tax_rate": "SELECT label FROM tax_rate WHERE id = ?",
    "order_line": "SELECT name FROM order_line WHERE id = ?",
    "issued_paper": "SELECT number FROM issued_paper WHERE id = ?",
    "setting": "SELECT name FROM setting WHERE id = ?",
    "device": "SELECT name FROM device WHERE id = ?",
    "reach_point": "SELECT value FROM reach_point WHERE id = ?",
    "person_tag": "SELECT tag FROM person_tag WHERE id = ?",
}
_PEOPLE = {
    "sales_order": "person_id",
    "person_role": "person_id",
    "address": "person_id",
    "consent": "person_id",
    "demo_guest": "person_id",
    "payment": "person_id",
    "contact_entry": "person_id",
    "follow_up": "person_id",
}


def record_name(reader: Reader, table: str, key: bytes) -> str:
    """Return what a record is called now, also a deleted one; "" when it has no name of its own."""
    if table in _TEXTS:
        text: str = reader.value(_TEXTS[table], (key,), "")
        return text
    if table == "person":
        row = reader.row("SELECT given, family, company FROM person WHERE id = ?", (key,))
    elif table == "demo":
        title: str = reader.value("SELECT title FROM demo WHERE id = ?", (key,), "")
        if title:
            return title
        row = reader.row(_OF_PERSON.format(table="demo", column="host_id"), (key,))
    elif table in _PEOPLE:
        row = reader.row(_OF_PERSON.format(table=table, column=_PEOPLE[table]), (key,))
    else:
        row = None
    return "" if row is None else name_of(*row)


def changed_since(reader: Reader, tx: int, table: str, record_id: UUID, fields: Sequence[str]) -> HistoryRow | None:
    """Return the newest transaction after another that changed one of some fields of a record."""
    rows = reader.rows(
        "SELECT tx, new FROM journal WHERE pk = ? AND tbl = ? AND tx > ? ORDER BY seq DESC", (record_id, table, tx)
    )
    for later, new in rows:
        if set(json.loads(new)) & set(fields):
            return transactions(reader, [later]).get(later)
    return None
