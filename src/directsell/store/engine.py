"""SQLAlchemy over a connection of ours, for migrations: its own pysqlite dialect, our BEGIN IMMEDIATE."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection as SqlConnection
from sqlalchemy.engine import Engine
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as driver

from directsell.store.connection import Connection


def engine_over(connection: Connection) -> Engine:
    """Return an engine whose only connection is the given one; its transactions are immediate."""
    engine = sa.create_engine(
        "sqlite://", module=driver, creator=lambda: connection, poolclass=StaticPool, hide_parameters=True
    )

    @sa.event.listens_for(engine, "begin")
    def begin(sql: SqlConnection) -> None:
        # Deferred transactions fail at once under two writers, whatever the busy timeout says.
        sql.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
