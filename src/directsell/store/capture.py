"""The journal's triggers, generated from the entities: whatever writes a synced table is recorded. SQL text only.

Every insert and update of a synced row writes one journal row with the values after and before, inside the same
transaction, and raises the clock of each changed field group (``max(previous + 1, now)``: an edit always beats
the value it has seen, whatever the wall clocks say). Ledgers refuse UPDATE and DELETE, other tables DELETE.
While ``sync_state.capture`` is 0 (migrations, applying another laptop's changes) nothing is recorded or refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from directsell.store.entities import ENTITIES, Entity
from directsell.store.mapper import mapping

PREFIX = "capture_"
_ON = "(SELECT capture FROM sync_state) = 1"
# Inside a transaction of ours `now` is the instant the clock gave it; a foreign tool gets the machine's time.
_NOW = "CASE WHEN tx IS NULL THEN CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER) ELSE now END"


def _columns(entity: Entity) -> list[tuple[str, str]]:
    fields = [(f.name, f.sql_type) for f in mapping(entity.record).fields if f.name != "id"]
    return fields if entity.ledger else [*fields, ("deleted_at", "INTEGER")]


def group_of(entity: Entity, column: str) -> str:
    """Return the merge group of a column: the declared one, else the column itself."""
    return next((name for name, members in entity.groups.items() if column in members), column)


def _value(row: str, name: str, sql_type: str) -> str:
    cell = f'{row}."{name}"'
    return f"CASE WHEN {cell} IS NULL THEN NULL ELSE lower(hex({cell})) END" if sql_type == "BLOB" else cell


def _changed(row: str, columns: list[tuple[str, str]]) -> str:
    parts = (
        f'SELECT \'{name}\' AS k, {_value(row, name, sql_type)} AS v WHERE NEW."{name}" IS NOT OLD."{name}"'
        for name, sql_type in columns
    )
    return f"(SELECT json_group_object(k, v) FROM ({' UNION ALL '.join(parts)}))"


def _insert_trigger(entity: Entity, columns: list[tuple[str, str]]) -> str:
    pairs = ", ".join(f"'{name}', {_value('NEW', name, sql_type)}" for name, sql_type in columns)
    return (
        f"CREATE TRIGGER {PREFIX}{entity.table}_insert AFTER INSERT ON {entity.table} WHEN {_ON} BEGIN "
        f"INSERT INTO journal(tx, at, tbl, op, pk, new) SELECT tx, {_NOW}, '{entity.table}', 'I', NEW.id, "
        f"json_object({pairs}) FROM sync_state; END"
    )


def _update_trigger(entity: Entity, columns: list[tuple[str, str]]) -> str:
    names = ", ".join(f'"{name}"' for name, _ in columns)
    differs = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name, _ in columns)
    groups: dict[str, list[str]] = {}
    for name, _ in columns:
        groups.setdefault(group_of(entity, name), []).append(f'NEW."{name}" IS NOT OLD."{name}"')
    touched = " UNION ALL ".join(f"SELECT '{g}' AS grp WHERE {' OR '.join(tests)}" for g, tests in groups.items())
    return (
        f"CREATE TRIGGER {PREFIX}{entity.table}_update AFTER UPDATE OF {names} ON {entity.table} "
        f"WHEN {_ON} AND ({differs}) BEGIN "
        f"INSERT INTO journal(tx, at, tbl, op, pk, new, old) SELECT tx, {_NOW}, '{entity.table}', 'U', NEW.id, "
        f"{_changed('NEW', columns)}, {_changed('OLD', columns)} FROM sync_state; "
        f"INSERT INTO sync_clock(tbl, pk, grp, hlc, dev, seq) "
        f"SELECT '{entity.table}', NEW.id, grp, {_NOW}, dev, last_insert_rowid() FROM sync_state, ({touched}) "
        f"WHERE true ON CONFLICT(tbl, pk, grp) DO UPDATE SET hlc = max(hlc + 1, excluded.hlc), "
        f"dev = excluded.dev, seq = excluded.seq; END"
    )


def _refusal(entity: Entity, event: str, words: str, when: str = _ON) -> str:
    name = event.split()[0].lower()
    return (
        f"CREATE TRIGGER {PREFIX}{entity.table}_no_{name} BEFORE {event} ON {entity.table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{entity.table}: {words}'); END"
    )


def triggers() -> Iterator[str]:
    """Yield the CREATE TRIGGER statement of every trigger, entity by entity."""
    for entity in ENTITIES:
        columns = _columns(entity)
        yield _insert_trigger(entity, columns)
        yield _refusal(entity, "DELETE", "rows are never deleted, set deleted_at")
        if entity.ledger:
            yield _refusal(entity, "UPDATE", "a ledger is only appended to")
        else:
            yield _refusal(entity, "UPDATE OF id", "the id of a row never changes", "NEW.id IS NOT OLD.id")
            yield _update_trigger(entity, columns)
