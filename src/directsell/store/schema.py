"""Every table, index and check as SQLAlchemy metadata: one table for each entity, and the tables the store owns.

``rid`` is a local row number: list views and the full-text index point at it; it survives VACUUM because it is
declared. ``id`` is the identity that travels. Foreign keys point at ``id``. No UNIQUE but the key (two laptops
may both be right; duplicates are found by query and offered for merging).
"""

from __future__ import annotations

import sqlalchemy as sa

from directsell.store.entities import ENTITIES, Entity
from directsell.store.mapper import Field, mapping

metadata = sa.MetaData()
_TYPES = {"BLOB": sa.BLOB, "TEXT": sa.TEXT, "INTEGER": sa.INTEGER}


def _column(entity: Entity, field: Field) -> sa.Column[object]:
    target = entity.references.get(field.name)
    keys = (sa.ForeignKey(f"{target}.id"),) if target else ()
    if field.name == "id":
        return sa.Column("id", sa.BLOB, sa.CheckConstraint("length(id) = 16"), nullable=False, unique=True)
    return sa.Column(field.name, _TYPES[field.sql_type](), *keys, nullable=field.nullable)


def _table(entity: Entity) -> sa.Table:
    columns: list[sa.Column[object]] = [sa.Column("rid", sa.INTEGER, primary_key=True)]
    columns += [_column(entity, field) for field in mapping(entity.record).fields]
    columns += [sa.Column(name, sa.TEXT, nullable=False, server_default="") for name in entity.derived]
    columns += [sa.Column(name, sa.INTEGER, nullable=False, server_default="0") for name in entity.local]
    if not entity.ledger:
        columns.append(sa.Column("deleted_at", sa.INTEGER, nullable=True))
    table = sa.Table(entity.table, metadata, *columns)
    alive = None if entity.ledger else sa.text("deleted_at IS NULL")
    for names in entity.indexes:
        sa.Index("_".join(("ix", entity.table, *names)), *(table.c[n] for n in names), sqlite_where=alive)
    return table


TABLES = {entity.table: _table(entity) for entity in ENTITIES}

journal_tx = sa.Table(
    "journal_tx",
    metadata,
    sa.Column("tx", sa.INTEGER, primary_key=True),
    sa.Column("at", sa.INTEGER, nullable=False),
    sa.Column("device", sa.TEXT, nullable=False),
    sa.Column("label", sa.TEXT, nullable=False),
    sa.Column("params", sa.TEXT, nullable=False, server_default="{}"),
    sa.Column("origin", sa.TEXT, nullable=False),
    sa.Column("reverts", sa.INTEGER, nullable=True),
    sa.Column("barrier", sa.INTEGER, nullable=False, server_default="0"),
    sqlite_autoincrement=True,
)
journal = sa.Table(
    "journal",
    metadata,
    sa.Column("seq", sa.INTEGER, primary_key=True),
    sa.Column("tx", sa.INTEGER, nullable=True),
    sa.Column("at", sa.INTEGER, nullable=False),
    sa.Column("tbl", sa.TEXT, nullable=False),
    sa.Column("op", sa.TEXT, nullable=False),
    sa.Column("pk", sa.BLOB, nullable=False),
    sa.Column("new", sa.TEXT, nullable=True),
    sa.Column("old", sa.TEXT, nullable=True),
    sa.Index("ix_journal_tx", "tx"),
    sa.Index("ix_journal_pk", "pk"),
    sqlite_autoincrement=True,
)
sync_state = sa.Table(
    "sync_state",
    metadata,
    sa.Column("id", sa.INTEGER, sa.CheckConstraint("id = 1"), primary_key=True),
    sa.Column("dev", sa.TEXT, nullable=False),
    sa.Column("series", sa.TEXT, nullable=False),
    sa.Column("space", sa.TEXT, nullable=False),
    sa.Column("capture", sa.INTEGER, nullable=False),
    sa.Column("tx", sa.INTEGER, nullable=True),
    sa.Column("now", sa.INTEGER, nullable=False, server_default="0"),
)
sync_clock = sa.Table(
    "sync_clock",
    metadata,
    sa.Column("tbl", sa.TEXT, primary_key=True),
    sa.Column("pk", sa.BLOB, primary_key=True),
    sa.Column("grp", sa.TEXT, primary_key=True),
    sa.Column("hlc", sa.INTEGER, nullable=False),
    sa.Column("dev", sa.TEXT, nullable=False),
    sa.Column("seq", sa.INTEGER, nullable=False),
    sqlite_with_rowid=False,
)
counter = sa.Table(
    "counter",
    metadata,
    sa.Column("kind", sa.TEXT, primary_key=True),
    sa.Column("series", sa.TEXT, primary_key=True),
    sa.Column("period", sa.TEXT, primary_key=True),
    sa.Column("last", sa.INTEGER, nullable=False),
    sqlite_with_rowid=False,
)
file = sa.Table(
    "file",
    metadata,
    sa.Column("sha256", sa.TEXT, primary_key=True),
    sa.Column("mime", sa.TEXT, nullable=False),
    sa.Column("content", sa.BLOB, nullable=False),
    sa.Column("created_at", sa.INTEGER, nullable=False),
)
draft = sa.Table(
    "draft",
    metadata,
    sa.Column("key", sa.TEXT, primary_key=True),
    sa.Column("body", sa.TEXT, nullable=False),
    sa.Column("saved_at", sa.INTEGER, nullable=False),
    sqlite_with_rowid=False,
)
buyer = sa.Table(  # see buyers.py
    "buyer",
    metadata,
    sa.Column("person", sa.INTEGER, primary_key=True),
    sa.Column("currency", sa.TEXT, primary_key=True),
    sa.Column("spent", sa.INTEGER, nullable=False),
    sa.Column("orders", sa.INTEGER, nullable=False),
    sa.Column("last_day", sa.INTEGER, nullable=False),
    sqlite_with_rowid=False,
)
search_dirty = sa.Table(
    "search_dirty",
    metadata,
    sa.Column("kind", sa.TEXT, primary_key=True),
    sa.Column("rid", sa.INTEGER, primary_key=True),
    sqlite_with_rowid=False,
)
